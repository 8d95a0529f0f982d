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
        r"(?P<whole>\d{1,3})[.,](?P<decimals>\d{1,2})\s*(?:h|heures?)",
        r"|(?P<hours>\d{1,3})\s*(?:h|heures?)\s*(?:et\s*)?(?:(?P<rest>[0-5]?\d)\s*(?:m|mn|min|minutes?)?|(?P<part>demie|quart))?",
        r"|(?P<minutes>\d{1,4})\s*(?:m|mn|min|minutes?|')",
        r"|(?P<clock>\d{1,2}):(?P<sexagesimal>[0-5]\d)",
        r"|(?P<word>(?:une\s+)?demi[ -]heure)",
        r"|(?P<quarters>un|trois)\s+quarts?\s+d['’]\s*heure",
        r"|(?P<saidhours>[a-z]+)\s+heures?(?:\s+(?:et\s+)?(?:(?P<saidpart>demie|quart)|(?P<saidrest>[a-z]+(?:[ -](?:et[ -])?[a-z]+)?)(?:\s+minutes?)?))?",
        r"|(?P<saidminutes>[a-z]+(?:[ -](?:et[ -])?[a-z]+)?)\s+minutes?",
        r")\s*\.?\s*$"
    ))
    .expect("the pattern is constant")
});

/// Hours as they are said, without what joins their words.
const HOURS: [(&str, u32); 12] = [
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
];

/// Minutes as they are said, by fives.
const MINUTES: [(&str, u32); 12] = [
    ("cinq", 5),
    ("dix", 10),
    ("quinze", 15),
    ("vingt", 20),
    ("vingtcinq", 25),
    ("trente", 30),
    ("trentecinq", 35),
    ("quarante", 40),
    ("quarantecinq", 45),
    ("cinquante", 50),
    ("cinquantecinq", 55),
    ("soixante", 60),
];

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

    /// Reads `30 min`, `1h30`, `1,5 h`, `2 heures`, `1:15`, `une heure et demie`, `une heure trente`. A number without a unit
    /// isn't a duration: nobody knows of what.
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
        let said = |name: &str, words: &[(&str, u32)]| {
            let word = found.name(name)?.as_str().to_lowercase().replace([' ', '-'], "");
            words.iter().find(|(known, _)| *known == word).map(|(_, number)| *number)
        };
        let minutes = if let Some(minutes) = number("minutes") {
            minutes
        } else if let Some(hours) = number("whole") {
            // Hundredths of an hour, to the nearest minute: a third is written 0,33.
            let scale = if found["decimals"].len() == 1 { 10 } else { 1 };
            (hours * 6_000 + number("decimals").unwrap_or(0) * scale * 60 + 50) / 100
        } else if let Some(hours) = number("hours") {
            hours * 60 + number("rest").unwrap_or(0) + part("part")
        } else if let Some(hours) = number("clock") {
            hours * 60 + number("sexagesimal").unwrap_or(0)
        } else if found.name("word").is_some() {
            30
        } else if let Some(quarters) = found.name("quarters") {
            if quarters.as_str().eq_ignore_ascii_case("un") { 15 } else { 45 }
        } else if found.name("saidhours").is_some() {
            let hours = said("saidhours", &HOURS).ok_or_else(refuse)?;
            let rest = match found.name("saidrest") {
                Some(_) => said("saidrest", &MINUTES).ok_or_else(refuse)?,
                None => part("saidpart"),
            };
            hours * 60 + rest
        } else {
            said("saidminutes", &MINUTES).ok_or_else(refuse)?
        };
        Self::new(minutes).ok_or_else(refuse)
    }
}

/// Durations that are read at once, at most.
const MOST_AT_ONCE: usize = 12;

/// Several durations can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotDurations {
    /// One of them isn't a duration.
    #[error(transparent)]
    One(#[from] NotADuration),
    /// There are too many.
    #[error("{MOST_AT_ONCE}\u{a0}durées au plus à la fois\u{a0}: faites-le en plusieurs fois.")]
    TooMany,
}

/// Reads durations one after the other: `30 min, 45 min et 4h`. What is between two may also join the parts of one (`1,5 h`,
/// `une heure et demie`): the longest text that is one duration is one.
///
/// # Errors
///
/// [`NotDurations`]; a text without any is one that isn't a duration.
pub fn read_several(text: &str) -> Result<Vec<Minutes>, NotDurations> {
    static BETWEEN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)\s*[,;+\n]\s*|\s+(?:et|puis)\s+").expect("the pattern is constant"));
    // Each part of a duration that is understood has a joint at most.
    if text.chars().count() > 400 {
        return Err(NotDurations::TooMany);
    }
    let joints: Vec<(usize, usize)> = BETWEEN.find_iter(text).map(|joint| (joint.start(), joint.end())).collect();
    let mut all = Vec::new();
    let (mut from, mut next) = (0, 0);
    loop {
        // Where this duration may end, the furthest first: at the joint after the next, at the next one.
        let ends = [next + 1, next].map(|rank| (rank, joints.get(rank).map_or(text.len(), |joint| joint.0)));
        let found = ends.into_iter().find_map(|(rank, end)| Some((rank, Minutes::read(text.get(from..end)?).ok()?)));
        let Some((rank, minutes)) = found else {
            let end = joints.get(next).map_or(text.len(), |joint| joint.0);
            return Err(Minutes::read(&text[from..end]).map_or_else(NotDurations::One, |_| NotDurations::TooMany));
        };
        if all.len() == MOST_AT_ONCE {
            return Err(NotDurations::TooMany);
        }
        all.push(minutes);
        match joints.get(rank) {
            // What follows the last joint may be nothing.
            Some((_, after)) if text[*after..].trim().is_empty() => return Ok(all),
            Some((_, after)) => (from, next) = (*after, rank + 1),
            None => return Ok(all),
        }
    }
}

impl fmt::Display for Minutes {
    /// As French writes it: `30 min`, `2 h`, `1 h 30`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hours(self.0.into()))
    }
}

/// Minutes of work as French writes them: `30 min`, `2 h`, `1 h 30`, `0 h` where there are none, `−1 h` where they lack.
#[must_use]
pub fn hours(minutes: i64) -> String {
    let sign = if minutes < 0 { "−" } else { "" };
    match (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60) {
        (hours, 0) => format!("{sign}{hours}\u{a0}h"),
        (0, minutes) => format!("{sign}{minutes}\u{a0}min"),
        (hours, minutes) => format!("{sign}{hours}\u{a0}h\u{a0}{minutes:02}"),
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
    fn decimals_of_an_hour() {
        check("1,5 h", Some(90));
        check("1.5h", Some(90));
        check("0,25 heure", Some(15));
        check("1,33 h", Some(80));
        check("2,05 h", Some(123));
        check("2,50 heures", Some(150));
        check("100,0 h", Some(6_000));
        for text in ["1,5", "1.5", "1,5 min", "0,0 h", "0,00 h", "100,01 h", "1,555 h", "1,5h30", ",5 h", "1,h"] {
            check(text, None);
        }
    }

    #[test]
    fn durations_in_words() {
        check("une heure trente", Some(90));
        check("Une heure quarante-cinq", Some(105));
        check("deux heures", Some(120));
        check("deux heures et quart", Some(135));
        check("trois heures vingt cinq minutes", Some(205));
        check("douze heures", Some(720));
        check("demi-heure", Some(30));
        check("un quart d’heure", Some(15));
        check("trois quarts d'heure", Some(45));
        check("quarante minutes", Some(40));
        for text in
            ["mille heures", "une heure treize cents", "heure", "deux minutes de pause", "treize heures", "minutes"]
        {
            check(text, None);
        }
    }

    #[track_caller]
    fn several(text: &str, minutes: &[u32]) {
        let read = read_several(text).map(|all| all.into_iter().map(Minutes::get).collect::<Vec<_>>());
        assert_eq!(read.ok().as_deref(), (!minutes.is_empty()).then_some(minutes), "{text:?}");
    }

    #[test]
    fn several_durations_at_once() {
        several("30 min", &[30]);
        several("30 min, 45 min, 4h", &[30, 45, 240]);
        several("30min ; 1,5 h et 20 min", &[30, 90, 20]);
        several("une heure et demie, 1 h et 30 min + 45 min", &[90, 90, 45]);
        several("1 h et quart puis 2 h,", &[75, 120]);
        several("30, 45 min", &[]);
        several("30 min, demain", &[]);
        several("", &[]);
        several(",", &[]);
        assert_eq!(read_several(&["1 h"; 12].join(", ")).map(|all| all.len()), Ok(12));
        assert_eq!(read_several(&["1 h"; 13].join(", ")), Err(NotDurations::TooMany));
        assert_eq!(read_several(&"1 h, ".repeat(10_000)), Err(NotDurations::TooMany));
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
            let _ = read_several(&text);
        }

        #[test]
        fn what_is_written_reads_back(minutes in 1u32..=Minutes::MOST) {
            let written = Minutes::new(minutes).expect("in range").to_string();
            proptest::prop_assert_eq!(Minutes::read(&written).map(Minutes::get).ok(), Some(minutes));
        }
    }
}
