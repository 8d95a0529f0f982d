//! Durations as people write them in French.

use regex::Regex;
use std::fmt;
use std::sync::LazyLock;

/// A duration in whole minutes, from one minute to one hundred hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minutes(u32);

/// What was given isn't a duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "«\u{a0}{0}\u{a0}» n’est pas une durée que je comprends. Exemples\u{a0}: 30\u{a0}min, 1\u{a0}h\u{a0}30, 2\u{a0}heures."
)]
pub struct NotADuration(String);

static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^\s*(?:",
        r"(?P<hours>\d{1,3})\s*(?:h|heures?)\s*(?:et\s*)?(?:(?P<rest>[0-5]?\d)\s*(?:m|mn|min|minutes?)?|(?P<part>demie|quart))?",
        r"|(?P<minutes>\d{1,4})\s*(?:m|mn|min|minutes?|')",
        r"|(?P<clock>\d{1,2}):(?P<sexagesimal>[0-5]\d)",
        r"|(?P<word>une\s+demi[ -]heure|une\s+heure(?:\s+et\s+(?P<wordpart>demie|quart))?)",
        r")\s*\.?\s*$"
    ))
    .expect("the pattern is constant")
});

impl Minutes {
    /// Longest duration that is understood: a hundred hours.
    pub const MOST: u32 = 6_000;

    /// A number of minutes, if it is a duration that makes sense here.
    #[must_use]
    pub fn new(minutes: u32) -> Option<Self> {
        (1..=Self::MOST).contains(&minutes).then_some(Self(minutes))
    }

    /// The number of minutes.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// Both one after the other.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Reads `30 min`, `1h30`, `2 heures`, `1:15`, `une heure et demie`.
    ///
    /// # Errors
    ///
    /// [`NotADuration`], with examples, for anything else and for durations past [`Self::MOST`].
    pub fn read(text: &str) -> Result<Self, NotADuration> {
        let refuse = || NotADuration(text.trim().chars().take(40).collect());
        let found = SHAPE.captures(text).ok_or_else(refuse)?;
        let number = |name: &str| found.name(name).and_then(|n| n.as_str().parse::<u32>().ok());
        let part = |name: &str| match found.name(name).map(|p| p.as_str().to_lowercase()) {
            Some(part) if part == "demie" => 30,
            Some(_) => 15,
            None => 0,
        };
        let minutes = if let Some(minutes) = number("minutes") {
            minutes
        } else if let Some(hours) = number("hours") {
            hours * 60 + number("rest").unwrap_or(0) + part("part")
        } else if let Some(hours) = number("clock") {
            hours * 60 + number("sexagesimal").unwrap_or(0)
        } else {
            let half = found
                .name("word")
                .is_some_and(|w| w.as_str().to_lowercase().contains("demi") && !w.as_str().contains(" et "));
            if half { 30 } else { 60 + part("wordpart") }
        };
        Self::new(minutes).ok_or_else(refuse)
    }
}

impl fmt::Display for Minutes {
    /// As French writes it: `30 min`, `2 h`, `1 h 30`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 60, self.0 % 60) {
            (0, minutes) => write!(f, "{minutes}\u{a0}min"),
            (hours, 0) => write!(f, "{hours}\u{a0}h"),
            (hours, minutes) => write!(f, "{hours}\u{a0}h\u{a0}{minutes:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, minutes: Option<u32>) {
        assert_eq!(Minutes::read(text).ok().map(Minutes::get), minutes, "{text:?}");
    }

    #[test]
    fn the_ways_people_write_durations() {
        check("30min", Some(30));
        check("30 mn", Some(30));
        check("45 minutes", Some(45));
        check("1h", Some(60));
        check("1h30", Some(90));
        check("1 h 05 min", Some(65));
        check("2 heures", Some(120));
        check("3 heures et demie", Some(210));
        check("1:15", Some(75));
        check("une demi-heure", Some(30));
        check("une heure et quart", Some(75));
        check("Une heure", Some(60));
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in ["", "0 min", "30", "demain", "-5 min", "101 h", "9999 min", "1h99x", "1h75", "30 pages"] {
            check(text, None);
        }
    }

    #[test]
    fn french_writing() {
        let written = |minutes| Minutes::new(minutes).map(|m| m.to_string());
        assert_eq!(written(30).as_deref(), Some("30\u{a0}min"));
        assert_eq!(written(120).as_deref(), Some("2\u{a0}h"));
        assert_eq!(written(65).as_deref(), Some("1\u{a0}h\u{a0}05"));
        assert_eq!(written(0), None);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,40}") {
            let _ = Minutes::read(&text);
        }

        #[test]
        fn what_is_written_reads_back(minutes in 1u32..=Minutes::MOST) {
            let written = Minutes::new(minutes).expect("in range").to_string();
            proptest::prop_assert_eq!(Minutes::read(&written).map(Minutes::get).ok(), Some(minutes));
        }
    }
}
