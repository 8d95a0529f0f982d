//! French wording that several views share.

use vigie_chat::{ConnectorName, Invocation, Item, Press};
use vigie_index::Kind;
use vigie_referentiels::{Referentiel, Work};

/// A number with its noun: `1 critère`, `12 critères`.
#[must_use]
pub fn counted(number: usize, one: &str, several: &str) -> String {
    // In French, zero is singular.
    format!("{number}\u{a0}{}", if number < 2 { one } else { several })
}

/// A text cut at a word to fit, with an ellipsis.
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let at_word = kept.rsplit_once(' ').map_or(kept.as_str(), |(head, _)| head);
    let head = if at_word.chars().count() * 2 > most { at_word } else { &kept };
    format!("{}…", head.trim_end_matches([' ', ',', ';', ':', '.', '(']))
}

/// What a kind of result is called.
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Competence => "Compétences",
        Kind::Bloc => "Blocs",
        Kind::Lexique => "Définitions",
        Kind::Amenagement => "Aménagements",
        Kind::Epreuve => "Épreuves",
        Kind::Reussite => "Règles de réussite",
    }
}

/// What a network is called.
#[must_use]
pub fn network(connector: &ConnectorName) -> String {
    match connector.as_str() {
        "discord" => "Discord".to_owned(),
        "matrix" => "Matrix".to_owned(),
        "console" => "Console".to_owned(),
        other => other.to_owned(),
    }
}

/// Alone or in a team.
#[must_use]
pub fn work(work: Work) -> &'static str {
    match work {
        Work::Individual => "travail individuel",
        Work::Team => "travail en équipe",
        Work::IndividualOrTeam => "travail individuel ou en groupe",
    }
}

/// Several things in a sentence: `a`, `a et b`, `a, b et c`.
#[must_use]
pub fn and<T: AsRef<str>>(things: &[T]) -> String {
    match things {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} et {}", first.join(", "), last.as_ref())
        }
    }
}

/// Sentences as a list: what follows one that announces it ("… le candidat doit :") is set under it, for as long as it is
/// written alike.
#[must_use]
pub fn nested(sentences: &[String]) -> Vec<Item> {
    let lower = |text: &str| text.starts_with(char::is_lowercase);
    let mut items: Vec<Item> = Vec::new();
    // Whether the last item announces what follows, and how the first thing under it is written.
    let mut open = false;
    let mut first: Option<bool> = None;
    for sentence in sentences {
        let lead_in = sentence.trim_end().ends_with(':');
        match items.last_mut() {
            Some(above) if open && !lead_in && first.is_none_or(|first| first == lower(sentence)) => {
                first.get_or_insert(lower(sentence));
                above.children.push(Item::from(sentence.as_str()));
            }
            _ => {
                (open, first) = (lead_in, None);
                items.push(Item::from(sentence.as_str()));
            }
        }
    }
    items
}

/// A lead-in and what it announces, when a criterion is written so ("lead-in : a ; b").
#[must_use]
pub fn parts(text: &str) -> (&str, Vec<&str>) {
    match text.split_once(" : ") {
        Some((lead, rest)) if rest.contains(" ; ") => (&text[..lead.len() + 2], rest.split(" ; ").collect()),
        _ => (text, Vec::new()),
    }
}

/// Title of a référentiel as readers know it.
#[must_use]
pub fn title(referentiel: &Referentiel) -> &str {
    &referentiel.titre
}

/// Opens the sheet of a competency.
#[must_use]
pub fn open_competency(referentiel: &str, code: &str) -> Press {
    Press::run(Invocation::new("competence").with("code", code).with("referentiel", referentiel))
}

/// Opens a bloc.
#[must_use]
pub fn open_bloc(referentiel: &str, code: &str) -> Press {
    Press::run(Invocation::new("bloc").with("bloc", code).with("referentiel", referentiel))
}

/// Opens the summary of a référentiel.
#[must_use]
pub fn open_referentiel(slug: &str) -> Press {
    Press::run(Invocation::new("referentiel").with("referentiel", slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_at_words() {
        assert_eq!(shortened("court", 10), "court");
        assert_eq!(shortened("une phrase un peu longue", 16), "une phrase un…");
        assert_eq!(shortened("anticonstitutionnellement", 10), "anticonst…");
    }

    #[test]
    fn what_is_announced_stands_under_what_announces_it() {
        let sentences = ["Il doit :", "lire", "écrire", "Le rapport dit :", "Un bilan", "la fin"].map(str::to_owned);
        let items = nested(&sentences);
        let shape: Vec<(String, usize)> = items.iter().map(|i| (i.text.words(), i.children.len())).collect();
        let expect = [("Il doit :", 2), ("Le rapport dit :", 1), ("la fin", 0)].map(|(text, n)| (text.to_owned(), n));
        assert_eq!(shape, expect);
    }

    #[test]
    fn french_counts() {
        assert_eq!(counted(0, "critère", "critères"), "0\u{a0}critère");
        assert_eq!(counted(2, "critère", "critères"), "2\u{a0}critères");
        assert_eq!(and(&["a", "b", "c"]), "a, b et c");
    }
}
