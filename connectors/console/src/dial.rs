//! The clock that a script moves: `:avance 3 jours`, `:maintenant 2026-11-27T18:00`.
//!
//! It goes forward only: what was said has been said at its hour.

use crate::options::Clock;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, civil::DateTime};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use vigie_chat::folded;

/// A clock, and how far it was moved ahead.
pub struct Dial {
    clock: Clock,
    /// Milliseconds.
    ahead: AtomicI64,
}

/// Why the clock doesn't move. Each is a French sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unmoved {
    /// What was typed is neither a duration nor a date.
    #[error(
        "Exemples\u{a0}: «\u{a0}:avance 3 jours\u{a0}», «\u{a0}:avance 2 h\u{a0}», «\u{a0}:maintenant 2026-11-27T18:00\u{a0}»."
    )]
    NotRead,
    /// It would go back.
    #[error("L’horloge n’avance que vers l’avenir.")]
    Back,
    /// It would leave the calendar.
    #[error("Cette date est trop lointaine.")]
    TooFar,
}

impl Dial {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, ahead: AtomicI64::new(0) }
    }

    /// Now, as it was moved.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.ahead.load(Ordering::Relaxed));
        (self.clock)().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }

    /// The clock that follows it, for the application.
    #[must_use]
    pub fn clock(self: &Arc<Self>) -> Clock {
        let dial = Arc::clone(self);
        Arc::new(move || dial.now())
    }

    /// When it is after what was typed: civil days and weeks of the zone, hours and minutes of the clock.
    pub(crate) fn after(&self, typed: &str, zone: &TimeZone) -> Result<Timestamp, Unmoved> {
        let span = span(typed).ok_or(Unmoved::NotRead)?;
        let then = self.now().to_zoned(zone.clone()).checked_add(span).map_err(|_| Unmoved::TooFar)?;
        self.ahead(then.timestamp())
    }

    /// When it is that wall-clock time of the zone.
    pub(crate) fn at(&self, typed: &str, zone: &TimeZone) -> Result<Timestamp, Unmoved> {
        let wall: DateTime = typed.trim().parse().map_err(|_| Unmoved::NotRead)?;
        let then = zone.to_ambiguous_zoned(wall).compatible().map_err(|_| Unmoved::TooFar)?;
        self.ahead(then.timestamp())
    }

    /// An instant, unless it has passed.
    fn ahead(&self, then: Timestamp) -> Result<Timestamp, Unmoved> {
        if then < self.now() { Err(Unmoved::Back) } else { Ok(then) }
    }

    /// Goes to an instant; where it has passed, the clock stays.
    pub(crate) fn go(&self, then: Timestamp) {
        let further = then.duration_since(self.now()).as_millis();
        if let Ok(further) = i64::try_from(further.max(0)) {
            self.ahead.fetch_add(further, Ordering::Relaxed);
        }
    }
}

/// `3 jours`, `2 h`, `30min`, `1 semaine`, `1h30`.
fn span(typed: &str) -> Option<Span> {
    let typed = folded(typed.trim());
    let digits = typed.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = (typed[..digits].parse::<i32>().ok()?, typed[digits..].trim());
    let span = Span::new();
    // What no calendar holds is no duration.
    let span = match unit {
        "j" | "jour" | "jours" => span.try_days(number),
        "semaine" | "semaines" => span.try_weeks(number),
        "mois" => span.try_months(number),
        "h" | "heure" | "heures" => span.try_hours(number),
        "m" | "mn" | "min" | "minute" | "minutes" => span.try_minutes(number),
        _ => {
            let minutes = unit.strip_prefix('h')?.trim().parse::<i32>().ok()?;
            span.try_hours(number).and_then(|span| span.try_minutes(minutes))
        }
    };
    span.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dial() -> (Dial, TimeZone) {
        // The night before clocks go forward in Paris.
        let start: Timestamp = "2027-03-27T20:00:00Z".parse().expect("an instant");
        (Dial::new(Arc::new(move || start)), TimeZone::get("Europe/Paris").expect("the time zones are bundled"))
    }

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        let (dial, zone) = dial();
        let then = dial.after(typed, &zone).expect("a duration").to_zoned(zone);
        assert_eq!(then.datetime().to_string(), expected, "{typed:?}");
    }

    #[test]
    fn days_are_of_the_calendar_and_hours_of_the_clock() {
        check("1 jour", "2027-03-28T21:00:00");
        check("24 h", "2027-03-28T22:00:00");
        check("2 semaines", "2027-04-10T21:00:00");
        check("1h30", "2027-03-27T22:30:00");
        check("45min", "2027-03-27T21:45:00");
        check("1 MOIS", "2027-04-27T21:00:00");
    }

    #[test]
    fn it_never_goes_back() {
        let (dial, zone) = dial();
        assert_eq!(dial.at("2027-03-27T20:59", &zone), Err(Unmoved::Back));
        dial.go(dial.at("2027-03-28T09:00", &zone).expect("later"));
        assert_eq!(dial.now().to_string(), "2027-03-28T07:00:00Z");
        for wrong in ["", "3", "demain", "-1 jour", "999999999 jours", "999999999999 jours"] {
            assert_eq!(dial.after(wrong, &zone), Err(Unmoved::NotRead), "{wrong:?}");
        }
        assert_eq!(dial.after("7000000 jours", &zone), Err(Unmoved::TooFar));
        assert_eq!(dial.at("hier", &zone), Err(Unmoved::NotRead));
    }
}
