//! A date and hour as the clock on the wall shows it, with the zone of the wall.
//!
//! The wall-clock time is the truth of a brief: when the rules of a zone change, "18 h 00" stays 18 h 00.

use jiff::civil::{DateTime, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A wall-clock time and the IANA name of its zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallTime {
    /// Date and hour, written `2026-11-27T18:00:00` in JSON.
    #[serde(with = "written")]
    pub civil: DateTime,
    /// IANA name of the zone, such as `Europe/Paris`.
    pub zone: String,
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

impl WallTime {
    /// The day in words: `vendredi 27 novembre 2026`.
    #[must_use]
    pub fn day(&self) -> String {
        let date = self.civil.date();
        let weekday = match date.weekday() {
            Weekday::Monday => "lundi",
            Weekday::Tuesday => "mardi",
            Weekday::Wednesday => "mercredi",
            Weekday::Thursday => "jeudi",
            Weekday::Friday => "vendredi",
            Weekday::Saturday => "samedi",
            Weekday::Sunday => "dimanche",
        };
        let first = if date.day() == 1 { "er" } else { "" };
        let month = usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month - 1)).unwrap_or(&"");
        format!("{weekday} {}{first}\u{a0}{month}\u{a0}{}", date.day(), date.year())
    }

    /// The same day at its beginning, where the hour is only the end of a day that was given without one.
    ///
    /// Something begins with its day, while it is due at the end of it.
    #[must_use]
    pub(super) fn at_beginning(self) -> Self {
        if self.is_end_of_day() { Self { civil: self.civil.date().at(0, 0, 0, 0), ..self } } else { self }
    }

    /// Whether the hour is 23 h 59, which stands for a day without an hour.
    #[must_use]
    pub fn is_end_of_day(&self) -> bool {
        (self.civil.hour(), self.civil.minute()) == (23, 59)
    }

    /// The day, with its hour if one was given: for what takes place on a day, as a defence does.
    #[must_use]
    pub fn as_day(&self) -> String {
        let is_whole = self.is_end_of_day() || (self.civil.hour(), self.civil.minute()) == (0, 0);
        if is_whole { self.day() } else { self.to_string() }
    }

    /// The hour in words: `18 h 00`.
    #[must_use]
    pub fn hour(&self) -> String {
        format!("{}\u{a0}h\u{a0}{:02}", self.civil.hour(), self.civil.minute())
    }
}

impl fmt::Display for WallTime {
    /// `vendredi 27 novembre 2026 à 18 h 00`. The zone is left to those who show several.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} à {}", self.day(), self.hour())
    }
}

/// A civil time as ISO 8601 without an offset.
mod written {
    use jiff::civil::DateTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(civil: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(civil)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
