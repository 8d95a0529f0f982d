//! What words do with something that the bot offers: choose an action, or fill in a form.
//!
//! `2`, `2.`, `n° 2`, `choix 2` and `!vigie 2` name an action by its number wherever they are said; its label does only in an
//! answer to the message that shows it, since anywhere else it is an ordinary phrase.

use crate::offer::{Offer, Offered};
use vigie_chat::{FormProgress, OpenForm, folded};

/// Whether words answer the message that offers something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replying {
    /// They answer it.
    ToOffer,
    /// They were said after it, alone.
    Elsewhere,
}

/// What words do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// They choose an action.
    Action(Offered),
    /// They fill in a form, so far; the form as it is from now on.
    Filled(OpenForm, FormProgress),
    /// They leave the form.
    Cancelled,
}

/// What `words` do with `offer`; `None` when they are about something else.
///
/// A form takes whatever is said. Only a command (`!…`, `/…`) that doesn't answer it isn't meant for it.
pub(crate) fn chosen(offer: &Offer, words: &str, replying: Replying) -> Option<Chosen> {
    let said = unmarked(words.trim());
    match offer {
        Offer::Actions(actions) => {
            let by_label = || {
                let said = folded(said);
                let same = |offered: &&Offered| replying == Replying::ToOffer && folded(offered.label.trim()) == said;
                actions.iter().find(same)
            };
            let offered = match number(said) {
                Some(number) => numbered(offer, number),
                None => by_label(),
            };
            offered.cloned().map(Chosen::Action)
        }
        Offer::Form { .. } if folded(said.trim_end_matches(['.', '!'])) == "annuler" => Some(Chosen::Cancelled),
        Offer::Form { open, .. } => {
            let command = words.trim().starts_with(['!', '/']);
            if said.is_empty() || (command && replying == Replying::Elsewhere) {
                return None;
            }
            let mut open = open.clone();
            let progress = open.take_all(said);
            Some(Chosen::Filled(open, progress))
        }
    }
}

/// Whether words are a number and nothing else, however it is written.
pub(crate) fn is_number(words: &str) -> bool {
    number(unmarked(words.trim())).is_some()
}

/// The action of this number, counted from 1.
pub(crate) fn numbered(offer: &Offer, number: usize) -> Option<&Offered> {
    match offer {
        Offer::Actions(actions) => actions.get(number.checked_sub(1)?),
        Offer::Form { .. } => None,
    }
}

/// The words without the bot's own mark.
fn unmarked(words: &str) -> &str {
    match words.strip_prefix("!vigie") {
        Some(rest) if rest.is_empty() || rest.starts_with(char::is_whitespace) => rest.trim_start(),
        _ => words,
    }
}

/// The number that words are, with nothing else.
fn number(words: &str) -> Option<usize> {
    // The sign of `n°` folds away or to a letter, as it was typed.
    let words = folded(words);
    let rest = ["choix", "numero", "no", "n°", "nº", "n", "#"].into_iter().find_map(|word| words.strip_prefix(word));
    let rest = rest.unwrap_or(&words).trim();
    let rest = rest.strip_prefix("n°").or_else(|| rest.strip_prefix("no")).unwrap_or(rest).trim();
    let digits = rest.trim_end_matches(['.', ')', '!']).trim_end();
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use vigie_chat::{Form, FormField, PersonId, Token};

    fn actions() -> Offer {
        let offered = |token: &str, label: &str| Offered { token: Token::new(token), label: label.to_owned() };
        Offer::Actions(vec![offered("t1", "Page suivante"), offered("t2", "Référentiel"), offered("t3", "2 h avant")])
    }

    fn form() -> Offer {
        let form = Form::new("Sujet", Token::new("t"))
            .field(FormField::line("titre", "Titre"))
            .field(FormField::paragraph("texte", "Texte"));
        Offer::Form { open: OpenForm::new(form), person: PersonId::new("@alice:exemple.fr") }
    }

    #[track_caller]
    fn check_number(words: &str, expected: Option<&str>) {
        for replying in [Replying::ToOffer, Replying::Elsewhere] {
            let token = match chosen(&actions(), words, replying) {
                Some(Chosen::Action(offered)) => Some(offered.token.as_str().to_owned()),
                _ => None,
            };
            assert_eq!(token.as_deref(), expected, "{words:?} {replying:?}");
        }
    }

    #[track_caller]
    fn check_form(words: &str, replying: Replying, expected: &Expect) {
        let done = match chosen(&form(), words, replying) {
            Some(Chosen::Filled(_, progress)) => format!("{progress:?}"),
            other => format!("{other:?}"),
        };
        expected.assert_eq(&done);
    }

    #[test]
    fn a_number_chooses_wherever_it_is_said() {
        for words in
            ["2", " 2. ", "2)", "n° 2", "N°2", "nº 2", "n 2", "numéro 2", "choix 2", "Choix n° 2", "#2", "!vigie 2"]
        {
            check_number(words, Some("t2"));
        }
        check_number("1", Some("t1"));
        for words in ["0", "4", "02", "2 3", "2 h", "-1", "deux", "", "!2", "C1.5", "!vigies 2", "18446744073709551617"]
        {
            check_number(words, None);
        }
    }

    #[test]
    fn a_label_chooses_only_in_an_answer_to_the_offer() {
        let label = |words, replying| chosen(&actions(), words, replying);
        let second = Chosen::Action(Offered { token: Token::new("t2"), label: "Référentiel".to_owned() });
        assert_eq!(label("referentiel", Replying::ToOffer), Some(second.clone()));
        assert_eq!(label("!vigie RÉFÉRENTIEL", Replying::ToOffer), Some(second));
        assert_eq!(label("referentiel", Replying::Elsewhere), None);
        assert_eq!(label("referentiel data", Replying::ToOffer), None);
        assert!(label("2 h avant", Replying::ToOffer).is_some());
    }

    #[test]
    fn a_form_takes_what_is_said_and_can_be_left() {
        check_form(
            "titre : Data\ntexte : un\ndeux",
            Replying::Elsewhere,
            &expect![[r#"Complete { token: Token("t"), fields: {"texte": "un\ndeux", "titre": "Data"} }"#]],
        );
        check_form("texte : un", Replying::ToOffer, &expect![[r#"Missing(["Titre"])"#]]);
        check_form("Annuler.", Replying::Elsewhere, &expect!["Some(Cancelled)"]);
        check_form("!vigie annuler", Replying::Elsewhere, &expect!["Some(Cancelled)"]);
        check_form("!chercher rgpd", Replying::Elsewhere, &expect!["None"]);
        check_form("!vigie titre : Data", Replying::ToOffer, &expect![[r#"Missing(["Texte"])"#]]);
        check_form("  ", Replying::ToOffer, &expect!["None"]);
    }

    #[test]
    fn a_form_keeps_what_it_was_told_before() {
        let Some(Chosen::Filled(open, _)) = chosen(&form(), "texte : un", Replying::Elsewhere) else {
            panic!("filled")
        };
        let offer = Offer::Form { open, person: PersonId::new("@alice:exemple.fr") };
        let Some(Chosen::Filled(_, progress)) = chosen(&offer, "titre : Data", Replying::Elsewhere) else {
            panic!("filled")
        };
        assert!(matches!(progress, FormProgress::Complete { fields, .. } if fields.len() == 2));
    }

    proptest! {
        #[test]
        fn only_what_is_offered_is_chosen(words in "(!vigie |choix |n° )?[0-9]{0,3}\\PC{0,6}") {
            for replying in [Replying::ToOffer, Replying::Elsewhere] {
                if let Some(Chosen::Action(offered)) = chosen(&actions(), &words, replying) {
                    let Offer::Actions(all) = actions() else { unreachable!("these are actions") };
                    prop_assert!(all.contains(&offered));
                }
                let _ = chosen(&form(), &words, replying);
            }
        }
    }
}
