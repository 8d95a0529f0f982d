//! Words for the parts of a référentiel: "épreuves", "critères", "blocs", "lexique".
//!
//! Such a word says which *kind* of thing is looked for. A query that has nothing else ("jury data engineer", "liste des
//! blocs") asks for all things of that kind, whether or not a document has the word.

use crate::{
    analysis::{inflection, is_asking},
    answer::Kind,
    expression::Typed,
};

/// What each word, without its plural, is a word for.
const WORDS: [(&str, Kind); 23] = [
    ("amenagement", Kind::Amenagement),
    ("reussite", Kind::Reussite),
    ("reussir", Kind::Reussite),
    ("valider", Kind::Reussite),
    ("validation", Kind::Reussite),
    ("obtenir", Kind::Reussite),
    ("obtention", Kind::Reussite),
    ("epreuve", Kind::Epreuve),
    ("examen", Kind::Epreuve),
    ("exam", Kind::Epreuve),
    ("jury", Kind::Epreuve),
    ("oral", Kind::Epreuve),
    ("oraux", Kind::Epreuve),
    ("soutenance", Kind::Epreuve),
    ("lexique", Kind::Lexique),
    ("glossaire", Kind::Lexique),
    ("definition", Kind::Lexique),
    ("bloc", Kind::Bloc),
    ("competence", Kind::Competence),
    ("competance", Kind::Competence),
    ("comp", Kind::Competence),
    ("critere", Kind::Competence),
    ("critaire", Kind::Competence),
];

/// Of two kinds in one query, the one that comes first is asked about: "valider un bloc" is about rules.
const PRECEDENCE: [Kind; 6] =
    [Kind::Amenagement, Kind::Reussite, Kind::Epreuve, Kind::Lexique, Kind::Bloc, Kind::Competence];

/// The kind of thing that a folded word is a word for.
pub(crate) fn kind_of(word: &str) -> Option<Kind> {
    let found = |word: &str| WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
    found(word).or_else(|| {
        let form = inflection(word);
        WORDS.iter().find(|(known, _)| inflection(known) == form).map(|(_, kind)| *kind)
    })
}

/// The kind that a query asks for all things of: every word that isn't part of something else, and says anything, is a
/// word for a kind.
pub(crate) fn asked(query: &[Typed], taken: &[bool]) -> Option<Kind> {
    let mut kinds = Vec::new();
    for (typed, taken) in query.iter().zip(taken) {
        let word = typed.token.text.as_str();
        match kind_of(word) {
            _ if *taken || typed.is_function => {}
            Some(kind) => kinds.push(kind),
            None if is_asking(word) => {}
            None => return None,
        }
    }
    PRECEDENCE.into_iter().find(|kind| kinds.contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expect: Option<Kind>) {
        assert_eq!(kind_of(word), expect, "{word}");
    }

    #[test]
    fn a_word_for_a_part_is_known_in_its_plural_too() {
        check("epreuves", Some(Kind::Epreuve));
        check("examens", Some(Kind::Epreuve));
        check("criteres", Some(Kind::Competence));
        check("blocs", Some(Kind::Bloc));
        check("blocage", None);
        check("securite", None);
    }
}
