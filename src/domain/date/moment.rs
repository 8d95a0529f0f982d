//! A moment on a calendar and a clock, and how French writes it.

use super::vocabulary::{month_name, month_short, ordinal, weekday_name, weekday_short};
use jiff::{Timestamp, Unit, Zoned, civil::DateTime, tz::TimeZone};
use std::cmp::Ordering;
use std::fmt;

/// A wall-clock moment in a zone, to the minute.
///
/// The wall-clock time is the truth, and the instant follows from it: when a state changes its rules, « vendredi 18 h »
/// stays at 18 h. A time that doesn't exist, because clocks are put forward, is moved forward by as much; of two that
/// are written alike, because clocks are put back, it is the first.
///
/// Moments are ordered by instant.
#[derive(Debug, Clone)]
pub struct Moment {
    civil: DateTime,
    zone: TimeZone,
    at: Timestamp,
}

impl Moment {
    /// The moment at which clocks of the zone show this; seconds are dropped.
    #[must_use]
    pub fn new(civil: DateTime, zone: TimeZone) -> Self {
        let civil = civil.date().at(civil.hour(), civil.minute(), 0, 0);
        // Past the ends of the calendar, some 8,000 years away, the nearest instant there is.
        let end = if civil.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
        let at = zone.to_ambiguous_timestamp(civil).compatible().unwrap_or(end);
        Self { civil: zone.to_datetime(at), zone, at }
    }

    /// The instant.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// What clocks of the zone show.
    #[must_use]
    pub fn civil(&self) -> DateTime {
        self.civil
    }

    /// The zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The zone's name in the IANA database (`Europe/Paris`); `None` for a zone that is only an offset.
    #[must_use]
    pub fn iana(&self) -> Option<&str> {
        self.zone.iana_name()
    }

    /// Without the year, the names abbreviated: `ven. 27 nov. à 18 h 00`.
    #[must_use]
    pub fn short(&self) -> String {
        let time = self.civil.time();
        format!("{} à {}\u{a0}h\u{a0}{:02}", self.short_day(), time.hour(), time.minute())
    }

    /// The day alone, the names abbreviated: `ven. 27 nov.`
    #[must_use]
    pub fn short_day(&self) -> String {
        let date = self.civil.date();
        let (day, month) = (weekday_short(date.weekday()), month_short(date.month()));
        format!("{day}. {}\u{a0}{month}", ordinal(date.day()))
    }

    /// The day alone: `vendredi 27 novembre 2026`.
    #[must_use]
    pub fn day(&self) -> String {
        let date = self.civil.date();
        let (day, month) = (weekday_name(date.weekday()), month_name(date.month()));
        format!("{day} {}\u{a0}{month}\u{a0}{}", ordinal(date.day()), date.year())
    }

    /// How far it is from now: `dans 20 minutes`, `demain`, `il y a 3 jours`.
    ///
    /// Under six hours it is told in hours or minutes, further away in days of the calendar, those of the moment's zone.
    #[must_use]
    pub fn relative(&self, now: &Zoned) -> String {
        let seconds = self.at.as_second() - now.timestamp().as_second();
        let (minutes, hours) = (seconds.abs() / 60, seconds.abs() / 3600);
        let told = |words: String| if seconds < 0 { format!("il y a {words}") } else { format!("dans {words}") };
        let today = self.zone.to_datetime(now.timestamp()).date();
        let days = today.until((Unit::Day, self.civil.date())).map_or(0, |span| span.get_days());
        match (minutes, hours, days) {
            (0, ..) => "maintenant".to_owned(),
            (_, 0, _) => told(counted(minutes, "minute", "minutes")),
            (_, hours, days) if hours < 6 || days == 0 => told(counted(hours, "heure", "heures")),
            (.., 1) => "demain".to_owned(),
            (.., 2) => "après-demain".to_owned(),
            (.., -1) => "hier".to_owned(),
            (.., -2) => "avant-hier".to_owned(),
            (.., days) => told(match i64::from(days.abs()) {
                days @ ..=60 => counted(days, "jour", "jours"),
                days @ ..=730 => counted(days / 30, "mois", "mois"),
                days => counted(days / 365, "an", "ans"),
            }),
        }
    }
}

fn counted(number: i64, one: &str, several: &str) -> String {
    format!("{number}\u{a0}{}", if number < 2 { one } else { several })
}

impl fmt::Display for Moment {
    /// In full, as it is shown before it counts: `vendredi 27 novembre 2026 à 18 h 00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = (self.civil.hour(), self.civil.minute());
        write!(f, "{} à {hour}\u{a0}h\u{a0}{minute:02}", self.day())
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.at.cmp(&other.at).then_with(|| (self.civil, self.iana()).cmp(&(other.civil, other.iana())))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Moment {}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").expect("the database of zones is in the program")
    }

    #[test]
    fn a_moment_is_written_as_french_does() {
        let moment = Moment::new(datetime(2026, 11, 27, 18, 0, 42, 0), paris());
        assert_eq!(moment.to_string(), "vendredi 27\u{a0}novembre\u{a0}2026 à 18\u{a0}h\u{a0}00");
        assert_eq!(moment.short(), "ven. 27\u{a0}nov. à 18\u{a0}h\u{a0}00");
        assert_eq!(moment.day(), "vendredi 27\u{a0}novembre\u{a0}2026");
        assert_eq!(moment.iana(), Some("Europe/Paris"));
        let first = Moment::new(datetime(2026, 8, 1, 9, 5, 0, 0), paris());
        assert_eq!(first.to_string(), "samedi 1er\u{a0}août\u{a0}2026 à 9\u{a0}h\u{a0}05");
    }

    #[test]
    fn changes_of_the_clocks() {
        let gap = Moment::new(datetime(2027, 3, 28, 2, 30, 0, 0), paris());
        assert_eq!(
            (gap.civil(), gap.at().to_string().as_str()),
            (datetime(2027, 3, 28, 3, 30, 0, 0), "2027-03-28T01:30:00Z")
        );
        let twice = Moment::new(datetime(2026, 10, 25, 2, 30, 0, 0), paris());
        assert_eq!(twice.at().to_string(), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn the_order_is_that_of_instants() {
        let reunion = TimeZone::get("Indian/Reunion").expect("the database of zones is in the program");
        let here = Moment::new(datetime(2026, 11, 27, 18, 0, 0, 0), paris());
        let there = Moment::new(datetime(2026, 11, 27, 19, 0, 0, 0), reunion);
        assert!(there < here);
        assert_ne!(here, Moment::new(datetime(2026, 11, 27, 21, 0, 0, 0), there.zone().clone()));
        let end = Moment::new(DateTime::MAX, TimeZone::UTC);
        assert!(here < end && Moment::new(DateTime::MIN, TimeZone::UTC) < here);
    }

    #[test]
    fn how_far_away() {
        let now = date(2026, 11, 23).at(9, 0, 0, 0).to_zoned(paris()).expect("it exists");
        let told = |at: DateTime| Moment::new(at, paris()).relative(&now).replace('\u{a0}', " ");
        let today = date(2026, 11, 23);
        assert_eq!(told(today.at(9, 0, 0, 0)), "maintenant");
        assert_eq!(told(today.at(9, 1, 0, 0)), "dans 1 minute");
        assert_eq!(told(today.at(8, 15, 0, 0)), "il y a 45 minutes");
        assert_eq!(told(today.at(23, 59, 0, 0)), "dans 14 heures");
        assert_eq!(told(date(2026, 11, 24).at(0, 0, 0, 0)), "demain");
        assert_eq!(told(date(2026, 11, 25).at(23, 59, 0, 0)), "après-demain");
        assert_eq!(told(date(2026, 11, 22).at(9, 0, 0, 0)), "hier");
        assert_eq!(told(date(2026, 11, 21).at(9, 0, 0, 0)), "avant-hier");
        assert_eq!(told(date(2026, 11, 26).at(1, 0, 0, 0)), "dans 3 jours");
        assert_eq!(told(date(2026, 10, 24).at(1, 0, 0, 0)), "il y a 30 jours");
        assert_eq!(told(date(2027, 5, 24).at(1, 0, 0, 0)), "dans 6 mois");
        assert_eq!(told(date(2030, 1, 1).at(1, 0, 0, 0)), "dans 3 ans");
    }
}
