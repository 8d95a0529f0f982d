//! The day on which somebody worked: a date in French, of which the past one is meant.

use crate::commands::moment::Anchors;
use crate::domain::date::{Doubt, Moment, NotADate, Reading};
use jiff::civil::Date;
use jiff::{ToSpan, Zoned};
use vigie_chat::folded;

/// Reads the day of work that is over. Dates are read as those to come: a weekday, a day or a month that isn't over yet is
/// the one before, which the answer repeats in full. What is to come without any doubt stays so, to be refused.
///
/// # Errors
///
/// [`NotADate`].
pub(super) fn read(typed: &str, now: &Zoned) -> Result<Reading, NotADate> {
    let read = Anchors::default().read(typed, now)?;
    let (today, date) = (now.date(), read.moment.civil().date());
    let date = if date > today { before(typed, &read, today) } else { date };
    let at_end = |date: Date| Moment::new(date.at(23, 59, 0, 0), now.time_zone().clone());
    let doubts = read.doubts.into_iter().filter(|doubt| match doubt {
        Doubt::Typo { .. } => true,
        // A meaning that isn't over isn't one, nor one of the same day.
        Doubt::Ambiguous { other, .. } => other.civil().date() <= today && other.civil().date() != date,
        _ => false,
    });
    Ok(Reading { doubts: doubts.collect(), moment: at_end(date) })
}

/// The day that was meant where the reading took the next one.
fn before(typed: &str, read: &Reading, today: Date) -> Date {
    let date = read.moment.civil().date();
    let assumed = |is: fn(&Doubt) -> bool| read.doubts.iter().any(is);
    let back = if assumed(|doubt| matches!(doubt, Doubt::YearAssumed { .. })) {
        date.checked_sub(1.year())
    } else if assumed(|doubt| matches!(doubt, Doubt::MonthAssumed { .. })) {
        date.checked_sub(1.month())
    } else if is_weekday(typed) {
        date.checked_sub(7.days())
    } else {
        return date;
    };
    back.ok().filter(|back| *back <= today).unwrap_or(date)
}

/// Whether a text that was read as a date is a day of the week and no more: `vendredi`, `lun.`.
fn is_weekday(typed: &str) -> bool {
    let folded = folded(typed);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !matches!(*word, "" | "le" | "ce"));
    let names = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];
    words.next().is_some_and(|word| names.iter().any(|name| word.starts_with(name))) && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, day: &str) {
        let now: Zoned = "2026-11-25T09:00:00+01:00[Europe/Paris]".parse().expect("a Wednesday");
        let read = read(typed, &now).expect("a date");
        let doubts = if read.doubts.is_empty() { "" } else { " ?" };
        assert_eq!(format!("{}{doubts}", read.moment.civil().date()), day, "{typed:?}");
    }

    #[test]
    fn the_past_day_is_meant() {
        check("hier", "2026-11-24");
        check("aujourd’hui", "2026-11-25");
        check("lundi", "2026-11-23");
        check("vendredi", "2026-11-20");
        check("mercredi", "2026-11-25");
        check("12/11", "2026-11-12");
        check("le 12", "2026-11-12");
        check("24 décembre 2025", "2025-12-24");
        check("lundu", "2026-11-23 ?");
    }

    #[test]
    fn what_is_to_come_stays_so() {
        check("demain", "2026-11-26");
        check("le 26", "2026-11-26");
        check("27/11/2026", "2026-11-27");
        check("dans 3 jours", "2026-11-28");
    }
}
