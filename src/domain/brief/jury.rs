//! Before whom the oral is held, as a sentence tells it.

use super::content::Jury;
use super::limits::{JURY, NOTE, cut};
use super::numbers::{self, NUMBER};
use super::sentences::Sentence;
use regex::Regex;
use std::sync::LazyLock;

const PEOPLE: &str = r"(?:personnes?|membres?|professionnel\w*|jures?|examina\w*|evalua\w*|intervenant\w*|format\w*|experts?|representants?)";

static OF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"\bjury\b[^.;\d]{{0,50}}?\b(?P<first>{NUMBER})\s+{PEOPLE}(?:\s+[a-z]{{3,}})?(?:\s+(?:et|\+)\s+(?:de |d')?(?P<second>{NUMBER})\s+{PEOPLE})?"
    ))
    .expect("the pattern is constant")
});

static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"\b(?P<first>{NUMBER})\s+(?:professionnel\w*|jures?|examina\w*|evaluateurs?|evaluatrices?|membres? (?:de|du) jury)(?:\s+[a-z]{{3,}})?(?:\s+(?:et|\+)\s+(?:de |d')?(?P<second>{NUMBER})\s+{PEOPLE})?"
    ))
    .expect("the pattern is constant")
});

static ANY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"\b(?P<first>{NUMBER})\s+{PEOPLE}(?:\s+[a-z]{{3,}})?(?:\s+(?:et|\+)\s+(?:de |d')?(?P<second>{NUMBER})\s+{PEOPLE})?")).expect("the pattern is constant")
});

/// Where a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Where the jury is spoken of.
    OfJury,
    /// Elsewhere.
    Anywhere,
}

/// The jury that a sentence tells. In prose, only one whose size is told counts.
pub(super) fn jury(sentence: &Sentence, place: Place) -> Option<Jury> {
    let text = &sentence.folded;
    let found = OF.captures(text).or_else(|| BARE.captures(text));
    let found = if place == Place::OfJury { found.or_else(|| ANY.captures(text)) } else { found };
    let people = found.and_then(|found| {
        let number = |name| found.name(name).and_then(|n| numbers::value(n.as_str()));
        Some(number("first")? + number("second").unwrap_or(0))
    });
    let people = people.filter(|people| (1..=JURY).contains(people));
    (people.is_some() || place == Place::OfJury)
        .then(|| Jury { people, words: Some(cut(sentence.said.trim_end_matches('.'), NOTE).0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    #[expect(clippy::option_option, reason = "no jury, one without a size, one with")]
    fn check(text: &str, place: Place, people: Option<Option<u32>>) {
        assert_eq!(jury(&Sentence::new(text), place).map(|j| j.people), people, "{text}");
    }

    #[test]
    fn sizes_of_a_jury() {
        check("Oral devant un jury de deux professionnels", Place::Anywhere, Some(Some(2)));
        check("jury de 2 personnes", Place::Anywhere, Some(Some(2)));
        check("Devant deux professionnels", Place::Anywhere, Some(Some(2)));
        check("deux professionnels et un formateur", Place::OfJury, Some(Some(3)));
        check("jury composé de 3 membres (deux professionnels + un membre)", Place::Anywhere, Some(Some(3)));
        check("des professionnels du secteur", Place::OfJury, Some(None));
        check("le jury appréciera la clarté", Place::Anywhere, None);
        check("groupes de 4 personnes", Place::Anywhere, None);
    }
}
