//! How what comes round is told to calendar programs.

use crate::domain::reminder::{Calendar, Pattern, Rule, WeekDays};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

/// Years for which public holidays are left out of working days: what a rule of theirs can't say is listed.
const HOLIDAY_YEARS: i32 = 3;

/// Two letters of a day of the week.
pub(super) fn day(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

/// The value of `RRULE` for a rule.
pub(super) fn rrule(rule: &Rule, zone: &TimeZone) -> String {
    let mut value = match rule.pattern() {
        Pattern::Daily => "FREQ=DAILY".to_owned(),
        Pattern::WorkingDays => weekly(WeekDays::WEEK, 1),
        Pattern::Weekly { days, every } => weekly(days, every),
        Pattern::Monthly { day } => format!("FREQ=MONTHLY;{}", of_month(day)),
        Pattern::LastDay => "FREQ=MONTHLY;BYMONTHDAY=-1".to_owned(),
        Pattern::Nth { nth, weekday } => format!("FREQ=MONTHLY;BYDAY={nth}{}", day(weekday)),
        Pattern::Last { weekday } => format!("FREQ=MONTHLY;BYDAY=-1{}", day(weekday)),
        Pattern::Yearly { month: 2, day: 29 } => "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1".to_owned(),
        Pattern::Yearly { month, day } => format!("FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"),
    };
    let last = rule.until().and_then(|day| {
        let end = day.to_datetime(Time::constant(23, 59, 59, 0));
        zone.to_ambiguous_timestamp(end).compatible().ok()
    });
    if let Some(last) = last {
        value.push_str(";UNTIL=");
        value.push_str(&super::lines::utc(last));
    }
    value
}

fn weekly(days: WeekDays, every: u8) -> String {
    let days: Vec<&str> = days.iter().map(day).collect();
    format!("FREQ=WEEKLY;INTERVAL={every};WKST=MO;BYDAY={}", days.join(","))
}

/// A day of each month; in a shorter month its last day.
fn of_month(day: i8) -> String {
    if day <= 28 {
        return format!("BYMONTHDAY={day}");
    }
    let days: Vec<String> = (28..=day).map(|day| day.to_string()).collect();
    format!("BYMONTHDAY={};BYSETPOS=-1", days.join(","))
}

/// Days of the coming years on which a rule doesn't come though its pattern would: the public holidays of working days.
pub(super) fn left_out(rule: &Rule, from: Date, calendar: &Calendar) -> Vec<Date> {
    if rule.pattern() != Pattern::WorkingDays {
        return Vec::new();
    }
    let last = rule.until().unwrap_or(Date::MAX).min(from.saturating_add((365 * HOLIDAY_YEARS).days()));
    let working = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    from.series(1.day())
        .take_while(|day| *day <= last)
        .filter(working)
        .filter(|day| !calendar.is_working_day(*day))
        .collect()
}
