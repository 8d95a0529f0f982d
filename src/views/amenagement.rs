//! Accommodation: rights, procedure, contact, extra time. The document's words are quoted, never rephrased.

use super::moment::{in_full, on_the_clock_of};
use super::{choice, words};
use crate::config::ReferentHandicap;
use crate::domain::accommodation::{self, Limit, extra_time_said, legal_right};
use crate::domain::duration::Minutes;
use crate::library::Library;
use crate::store::Reminder;
use jiff::{Timestamp, Zoned};
use vigie_chat::{Block, Button, Draft, Field, Form, FormField, Invocation, Item, List, Press, Text};
use vigie_referentiels::{CompetencyCode, Referentiel};

const TITLE: &str = "Aménagements des épreuves";

/// What one document says, and whom to contact.
#[must_use]
pub fn procedure(referentiel: &Referentiel, library: &Library, contact: Option<&ReferentHandicap>) -> Draft {
    let mut draft = Draft::answer().title(format!("{TITLE} — {}", words::title(referentiel)));
    if referentiel.amenagements.is_empty() {
        return silent(draft, library, contact);
    }
    let (general, tied): (Vec<_>, Vec<_>) = referentiel.amenagements.iter().partition(|a| a.competences.is_empty());
    let sentences: Vec<String> = general.iter().map(|a| a.texte.clone()).collect();
    draft = draft.paragraph("Ce que dit le document, dans ses propres mots\u{a0}:");
    draft = draft.block(Block::Quote(vec![Block::List(List::bulleted(words::nested(&sentences)))]));
    for accommodation in tied {
        let codes: Vec<&str> =
            accommodation.competences.iter().map(vigie_referentiels::CompetencyCode::as_str).collect();
        draft = draft.paragraph(
            Text::from("Pour ").strong(words::and(&codes)).plain("\u{a0}: ").emphasis(accommodation.texte.as_str()),
        );
    }
    with_contact(draft, contact)
        .button(Button::new("Calculer un temps majoré pour 30 min", Press::run(time_for("30 min", &referentiel.slug))))
        .button(Button::new("Me rappeler d’envoyer ma demande…", remind_me()))
        .note(format!("Source\u{a0}: référentiel {}.", words::title(referentiel)))
}

/// A document that says nothing: no step is made up. The right is in the law, as another document cites it.
fn silent(draft: Draft, library: &Library, contact: Option<&ReferentHandicap>) -> Draft {
    let draft = draft.paragraph(
        "Le document de ce référentiel ne dit rien des aménagements ni de la démarche\u{a0}: je n’en invente pas. Cela ne vous \
         enlève aucun droit\u{a0}: c’est le référent handicap de votre centre de formation qui vous dira comment faire.",
    );
    match legal_right(library.referentiels.iter()) {
        None => with_contact(draft, contact),
        Some((cited, law)) => {
            let title = words::title(cited);
            let draft = draft
                .paragraph(format!("Le droit lui-même est dans la loi, que le référentiel {title} cite ainsi\u{a0}:"))
                .quote(law);
            with_contact(draft, contact).note(format!("Source de la citation\u{a0}: référentiel {title}."))
        }
    }
}

/// Says beside criteria what the document says of those that aren't applied to whoever asks for it: to everybody alike.
#[must_use]
pub fn on_criteria(mut draft: Draft, referentiel: &Referentiel, is_meant: impl Fn(&CompetencyCode) -> bool) -> Draft {
    for (codes, said) in accommodation::on_criteria(referentiel, is_meant) {
        let codes: Vec<&str> = codes.into_iter().map(CompetencyCode::as_str).collect();
        let lead = match codes.as_slice() {
            [] => Text::from("Aménagement, pour tous les critères"),
            codes => Text::from("Aménagement, pour ").strong(words::and(codes)),
        };
        let from = format!(" (référentiel {})\u{a0}: ", words::title(referentiel));
        draft = draft.paragraph(lead.plain(from).plain("«\u{a0}").emphasis(said).plain("\u{a0}»"));
    }
    draft
}

/// A reminder that somebody asked for: when it comes, and how little it will say.
#[must_use]
pub fn reminded(reminder: &Reminder, first: Timestamp, said: Option<(&Referentiel, &str)>, now: &Zoned) -> Draft {
    let at = on_the_clock_of(first, now);
    let mut draft = Draft::answer()
        .title("C’est noté")
        .paragraph(Text::from("Un message privé arrivera le ").then(in_full(&at, now)).plain("."))
        .paragraph(
            "Il dira seulement «\u{a0}Rappel personnel\u{a0}»\u{a0}: rien, ni là ni ailleurs, ne dit de quoi il s’agit. Un bouton \
             l’arrête.",
        );
    if let Some((referentiel, sentence)) = said {
        draft = draft.quote(sentence).note(format!("Source\u{a0}: référentiel {}.", words::title(referentiel)));
    }
    let number = i64::from(reminder.number);
    draft
        .button(Button::new(
            "Supprimer ce rappel",
            Press::run(Invocation::new("rappel supprimer").with("numero", number)).by_owner(),
        ))
        .private()
}

/// A reminder needs a date.
#[must_use]
pub fn when_to_remind() -> Text {
    Text::from("Quand faut-il vous le rappeler\u{202f}? Par exemple «\u{a0}lundi prochain 9h\u{a0}».")
}

/// The document says of no decision that it holds for a year.
#[must_use]
pub fn no_validity(referentiel: &Referentiel) -> Text {
    Text::from(format!(
        "Le document du référentiel {} ne dit pas pour combien de temps une décision vaut. Demandez-le au référent handicap, puis \
         donnez une date\u{a0}: /amenagement rappel quand:…",
        words::title(referentiel)
    ))
}

/// The reminders without words are erased.
#[must_use]
pub fn forgotten(how_many: u64) -> Draft {
    let many = usize::try_from(how_many).unwrap_or(usize::MAX);
    let draft = Draft::answer().private();
    if many == 0 {
        return draft.paragraph("Vous n’aviez aucun rappel sans texte.");
    }
    draft.paragraph(format!("C’est effacé\u{a0}: {}.", words::counted(many, "rappel sans texte", "rappels sans texte")))
}

/// What opens a form that asks when to be reminded.
fn remind_me() -> Press {
    let form = Form::new("Me le rappeler", Invocation::new("amenagement rappel"));
    Press::open(form.field(FormField::line("quand", "Quand\u{202f}? Par exemple\u{a0}: lundi prochain 9h")))
}

/// Asks which référentiel is the candidate's.
#[must_use]
pub fn choose(library: &Library, open: &str) -> Draft {
    let silent: Vec<&str> =
        library.referentiels.iter().filter(|r| r.amenagements.is_empty()).map(words::title).collect();
    let mut draft = Draft::answer()
        .title(TITLE)
        .paragraph(
            "L’aménagement des épreuves est un droit, à la demande du candidat. La démarche dépend de votre certification\u{a0}: \
             choisissez-la. Rien de ce que vous demandez ici n’est visible des autres ni gardé.",
        )
        .select(choice::referentiels(library.referentiels.iter(), open));
    if !silent.is_empty() {
        draft = draft.paragraph(format!(
            "{} {}\u{a0}: j’y donne le droit qui est dans la loi, et la personne à contacter.",
            if silent.len() == 1 { "Le document de" } else { "Les documents de" },
            match silent.as_slice() {
                [one] => format!("{one} n’en parle pas"),
                several => format!("{} n’en parlent pas", words::and(several)),
            }
        ));
    }
    draft.button(Button::new("Qui contacter\u{202f}?", Press::run(Invocation::new("amenagement contact"))))
}

/// The person to contact.
#[must_use]
pub fn contact(contact: Option<&ReferentHandicap>) -> Draft {
    with_contact(Draft::answer().title("Référent handicap"), contact)
}

fn with_contact(draft: Draft, contact: Option<&ReferentHandicap>) -> Draft {
    let Some(contact) = contact else {
        return draft.paragraph(
            "Le centre n’a pas encore indiqué ici son référent handicap. Demandez son nom à votre formateur ou à l’accueil du centre.",
        );
    };
    let mut fields = vec![Field::new("Référent handicap", contact.nom.as_str())];
    for (name, value) in [("Courriel", &contact.courriel), ("Téléphone", &contact.telephone), ("Lieu", &contact.lieu)]
    {
        fields.extend(value.as_ref().map(|value| Field::new(name, value.as_str())));
    }
    draft.fields(fields)
}

/// Extra time for one or several normal times, référentiel by référentiel.
#[must_use]
pub fn extra_time(normal: &[Minutes], limits: &[(&Referentiel, Option<Limit<'_>>)]) -> Draft {
    let mut draft = Draft::answer().title(match normal {
        [one] => format!("Temps majoré pour une épreuve de {one}"),
        several => format!("Temps majoré pour {}\u{a0}épreuves", several.len()),
    });
    let (mut unlimited, mut silent) = (Vec::new(), Vec::new());
    for (referentiel, limit) in limits {
        let title = words::title(referentiel);
        match (limit, extra_time_said(referentiel)) {
            (Some(limit), _) => draft = within(draft, title, normal, limit),
            (None, Some(said)) => unlimited.push((title, said)),
            (None, None) => silent.push(title),
        }
    }
    for (title, said) in unlimited {
        draft = draft
            .paragraph(
                Text::new()
                    .strong(title)
                    .plain("\u{a0}: le document parle de temps supplémentaire sans fixer de limite\u{a0}; je ne peux rien calculer."),
            )
            .quote(said)
            .note(format!("Source\u{a0}: référentiel {title}."));
    }
    if !silent.is_empty() {
        let documents = if silent.len() == 1 { "Le document de" } else { "Les documents de" };
        let state = if silent.len() == 1 { "ne fixe" } else { "ne fixent" };
        draft = draft.paragraph(format!(
            "{documents} {} {state} pas de limite\u{a0}; renseignez-vous auprès du référent handicap.",
            words::and(&silent)
        ));
    }
    draft.button(Button::new("Qui contacter\u{202f}?", Press::run(Invocation::new("amenagement contact"))))
}

/// Extra time where a document sets a limit, and what it says of going past it.
fn within(draft: Draft, title: &str, normal: &[Minutes], limit: &Limit<'_>) -> Draft {
    let told = |normal: Minutes| match limit.extra(normal) {
        Some(extra) => format!("jusqu’à {extra} de plus, soit {} au plus.", normal.plus(extra)),
        None => "moins d’une minute de plus.".to_owned(),
    };
    let name = Text::new().strong(title);
    let draft = match normal {
        [one] => draft.paragraph(name.plain("\u{a0}: ").plain(told(*one))),
        several => {
            let each = several.iter().map(|one| Item::from(format!("{one}\u{a0}: {}", told(*one))));
            let all = several.iter().copied().reduce(Minutes::plus);
            let extra = several.iter().filter_map(|one| limit.extra(*one)).reduce(Minutes::plus);
            let draft = draft.paragraph(name.plain("\u{a0}:")).list(List::bulleted(each));
            match (all, extra) {
                (Some(all), Some(extra)) => draft.paragraph(format!(
                    "En tout\u{a0}: {all} d’épreuves, jusqu’à {extra} de plus, soit {} au plus.",
                    all.plus(extra)
                )),
                _ => draft,
            }
        }
    };
    let draft = draft.quote(limit.sentence);
    let draft = match limit.beyond {
        Some(beyond) => draft.paragraph("Au-delà, le document dit\u{a0}:").quote(beyond),
        None => draft,
    };
    draft.note(format!("Source\u{a0}: référentiel {title}."))
}

fn time_for(duration: &str, slug: &str) -> Invocation {
    Invocation::new("amenagement temps").with("duree", duration).with("referentiel", slug)
}
