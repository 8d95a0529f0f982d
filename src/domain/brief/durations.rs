//! Durations inside a sentence, told apart from hours of the clock.

use super::numbers::{self, NUMBER};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A duration that a folded sentence tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Duration {
    /// Where, in bytes of the folded sentence.
    pub range: Range<usize>,
    /// In minutes; of a range, the shortest.
    pub least: u32,
    /// In minutes; of a range, the longest.
    pub most: u32,
    /// In what it is told.
    pub unit: Unit,
}

/// In what a duration is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minutes,
    Hours,
    /// Days, whose hours are for the trainer to say.
    Days,
}

static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"\b(?:(?P<low>{NUMBER})\s*(?:h|heures?|min|mn|minutes?)?\s*(?:a|-|ou)\s*)?(?P<number>{NUMBER})\s*(?P<unit>heures?|h|minutes?|min|mn|jours?|journees?)(?:\s*(?P<rest>[0-5]\d))?\b|\b(?P<half>(?:une\s+)?demi-?\s?heure)\b"
    ))
    .expect("the pattern is constant")
});

/// Before an hour of the clock.
static CLOCK_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:\b(?:avant|vers|des|entre|apres|jusqu'a|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|midi)|\b\d{4}|/\d{2}|(?P<at>(?P<word>\S+)\s+a)),?\s*$",
    )
    .expect("the pattern is constant")
});

/// After a delay, which is no duration of anything.
static DELAY_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:avant|apres|a l'avance|au plus tard|ouvrees?|de retard|plus tard)\b")
        .expect("the pattern is constant")
});

/// The durations of a folded sentence, in order.
pub(super) fn durations(folded: &str) -> Vec<Duration> {
    SHAPE.captures_iter(folded).filter_map(|found| one(folded, &found)).collect()
}

fn one(folded: &str, found: &regex::Captures<'_>) -> Option<Duration> {
    let whole = found.get(0)?;
    let range = whole.range();
    if DELAY_AFTER.is_match(&folded[range.end..]) {
        return None;
    }
    if found.name("half").is_some() {
        return Some(Duration { range, least: 30, most: 30, unit: Unit::Minutes });
    }
    let number = numbers::value(&found["number"])?;
    let low = found.name("low").and_then(|low| numbers::value(low.as_str())).filter(|low| *low < number);
    let rest = found.name("rest").and_then(|rest| rest.as_str().parse().ok());
    let (unit, factor) = match found["unit"].as_bytes()[0] {
        b'h' => (Unit::Hours, 60),
        b'm' => (Unit::Minutes, 1),
        _ => (Unit::Days, 24 * 60),
    };
    let clock = unit == Unit::Hours && number <= 24 && (rest == Some(0) || is_clock(&folded[..range.start]));
    if clock || (rest.is_some() && unit != Unit::Hours) {
        return None;
    }
    let most = number * factor + rest.unwrap_or(0);
    Some(Duration { range, least: low.map_or(most, |low| low * factor), most, unit })
}

/// Whether an hour after these words is one of the clock. "Fixée à 24 h" announces a duration, "rendu à 18 h" doesn't.
fn is_clock(before: &str) -> bool {
    // A few words are enough, and keep the cost of a sentence low.
    let from = before.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    CLOCK_BEFORE.captures(&before[from..]).is_some_and(|found| {
        let announces = |word: &str| {
            ["fixe", "estime", "limite", "evalue", "porte", "prevu", "etabli", "duree"]
                .iter()
                .any(|w| word.starts_with(w))
        };
        !found.name("word").is_some_and(|word| announces(word.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(folded: &str, expected: &[(u32, u32)]) {
        let found: Vec<(u32, u32)> = durations(folded).iter().map(|d| (d.least, d.most)).collect();
        assert_eq!(found, expected, "{folded}");
    }

    #[test]
    fn durations_are_told_from_hours_of_the_clock() {
        check("24 h de preparation", &[(1440, 1440)]);
        check("preparation : 24 a 30 h", &[(1440, 1800)]);
        check("duree de preparation : 30h", &[(1800, 1800)]);
        check("fixee a 24 heures", &[(1440, 1440)]);
        check("20 min + 30mn puis 1 h 30", &[(20, 20), (30, 30), (90, 90)]);
        check("vingt minutes et une demi-heure", &[(20, 20), (30, 30)]);
        check("vendredi 27 novembre 2026 a 18 h 00", &[]);
        check("avant 18 h, rendu a 12h", &[]);
        check("le 27/11/2026 18h", &[]);
        check("48 h avant la soutenance", &[]);
        check("3 jours", &[(4320, 4320)]);
    }
}
