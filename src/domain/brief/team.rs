//! How many people make a team, as a sentence tells it.

use super::content::TeamSize;
use super::limits::TEAM;
use super::numbers;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:\d{1,2}|deux|trois|quatre|cinq|six|sept|huit)\b").expect("the pattern is constant")
});

/// After a number that counts something else than people of a team.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?:h\b|heure|min\b|minutes?|mn\b|jour|page|%|prof|semaine|equipe|groupe|e\b|er\b|janv|fev|mars|avr|mai\b|juin|juil|aout|sept|oct|nov|dec|livrable|diapo|slide|mois|ans?\b|bloc|competence|points?\b|euro|k\b|sprint|seance|jure|examinateur)|^[.,/:]\d",
    )
    .expect("the pattern is constant")
});

/// Before such a number.
static OTHER_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\d[.,/:]|\bblocs? (?:n°? ?)?|\bn° ?|/20|\bniveau )$").expect("the pattern is constant")
});

static CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:equipes?|groupes?|par|constitu\w*|compos\w*|effectifs?|a)\b[^.;]{0,25}$")
        .expect("the pattern is constant")
});

static PEOPLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:personnes?|membres?|etudiante?s?|candidate?s?|apprenante?s?|eleves?|stagiaires?|participante?s?|coequipi\w*|alternante?s?)\b")
        .expect("the pattern is constant")
});

static ODD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:impaire?s?|reste|multiple|divisible|besoin|exception\w*|tolere\w*|derogation|effectif)\b")
        .expect("the pattern is constant")
});

static JURY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bjury\b[^.;,)]*").expect("the pattern is constant"));

/// Whether the sentence stands where teams are spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    OfTeams,
    Anywhere,
}

/// The size that a folded sentence tells.
pub(super) fn size(folded: &str, place: Place) -> Option<TeamSize> {
    let text = JURY.replace_all(folded, "");
    let named = ["equipe", "groupe", "binome", "trinome", "effectif"].iter().any(|word| text.contains(word));
    if !named && place == Place::Anywhere {
        return None;
    }
    let counted = counts(&text, place);
    let Some((first, at)) = counted.first().cloned() else { return in_a_word(&text) };
    let between = |other: &Range<usize>| text[at.end..other.start].trim();
    let mut least = first;
    let mut most = first;
    let mut others = &counted[1..];
    if let Some((second, range)) = others.first()
        && *second > first
        && (matches!(between(range), "a" | "ou" | "-" | "/" | "et") || between(range).contains("min"))
    {
        others = &others[1..];
        // "4 ou 5 si l’effectif est impair" tolerates the fifth.
        if between(range) == "ou" && is_odd(&text, range) {
            return checked(TeamSize { least, most, most_if_odd: Some(*second) });
        }
        most = *second;
    } else if is_most(&text, &at) {
        least = 1;
    }
    let odd = others.iter().find(|(number, range)| *number > most && is_odd(&text, range)).map(|(number, _)| *number);
    checked(TeamSize { least, most, most_if_odd: odd })
}

/// The numbers that may count people of a team, in order. The first must be announced, or be followed by people.
fn counts(text: &str, place: Place) -> Vec<(u32, Range<usize>)> {
    let mut found: Vec<(u32, Range<usize>)> = Vec::new();
    for number in NUMBER.find_iter(text) {
        let (before, after) = (&text[..number.start()], &text[number.end()..]);
        if OTHER.is_match(after) || OTHER_BEFORE.is_match(before) {
            continue;
        }
        let announced = !found.is_empty() || place == Place::OfTeams || CUE.is_match(before) || PEOPLE.is_match(after);
        let value = numbers::value(number.as_str()).filter(|n| (1..=TEAM).contains(n));
        if let Some(value) = value.filter(|_| announced) {
            found.push((value, number.range()));
        }
        if found.len() == 4 {
            break;
        }
    }
    found
}

/// "En binôme", "binômes ou trinômes".
fn in_a_word(text: &str) -> Option<TeamSize> {
    let (pair, three) = (text.contains("binome"), text.contains("trinome"));
    let (least, most) = match (pair, three) {
        (true, true) => (2, 3),
        (true, false) => (2, 2),
        (false, true) => (3, 3),
        (false, false) => return None,
    };
    Some(TeamSize { least, most, most_if_odd: None })
}

fn near<'a>(text: &'a str, range: &Range<usize>, after: usize) -> &'a str {
    let rest = &text[range.end..];
    &rest[..rest.char_indices().nth(after).map_or(rest.len(), |(at, _)| at)]
}

fn is_odd(text: &str, range: &Range<usize>) -> bool {
    ODD.is_match(near(text, range, 70)) || text[..range.start].contains("impair")
}

fn is_most(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    near(text, range, 25).contains("max")
        || near(text, range, 25).contains("au plus")
        || ["jusqu'a ", "maximum ", "max ", "maximum de ", "maximum : ", "pas plus de "]
            .iter()
            .any(|w| before.ends_with(w))
}

fn checked(size: TeamSize) -> Option<TeamSize> {
    let odd = size.most_if_odd.filter(|odd| *odd > size.most && *odd <= TEAM);
    (size.least <= size.most).then_some(TeamSize { most_if_odd: odd, ..size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(folded: &str, place: Place, expected: Option<(u32, u32, Option<u32>)>) {
        let found = size(folded, place).map(|s| (s.least, s.most, s.most_if_odd));
        assert_eq!(found, expected, "{folded}");
    }

    #[test]
    fn sizes_and_tolerances() {
        check("groupes de 4 (5 si l'effectif est impair)", Place::Anywhere, Some((4, 4, Some(5))));
        check("4, 5 si la classe est impaire", Place::OfTeams, Some((4, 4, Some(5))));
        check("4 personnes", Place::OfTeams, Some((4, 4, None)));
        check("equipes de 3 a 4 etudiants", Place::Anywhere, Some((3, 4, None)));
        check(
            "preparation de la mspr par equipe de 4 max / duree de preparation : 30h",
            Place::Anywhere,
            Some((1, 4, None)),
        );
        check("3 minimum, 4 maximum", Place::OfTeams, Some((3, 4, None)));
        check("par groupe de quatre ou cinq si la promotion est impaire", Place::Anywhere, Some((4, 4, Some(5))));
        check("en binome", Place::OfTeams, Some((2, 2, None)));
        check("les 6 equipes passent le 10 decembre", Place::Anywhere, None);
        check("soutenance par equipe devant un jury de deux professionnels", Place::Anywhere, None);
        check("l'equipe rend 3 livrables avant 18 h", Place::Anywhere, None);
        check("deux professionnels", Place::Anywhere, None);
    }
}
