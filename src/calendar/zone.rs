//! The rules of a time zone, as far as a file needs them: when its clocks change, and what they show then.
//!
//! They are made from the transitions of the IANA database, for the years of the file. Where the clocks of every year change
//! by one rule, as "the last Sunday of March at 2", the rule is told, so that it holds for later years too; else each
//! change is listed.

use super::lines::{Component, component, local, plain};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Years that are looked at, at least: in fewer, a rule can't be told from chance.
const FEWEST_YEARS: i16 = 5;

/// Years that are looked at, at most: a date that was mistyped makes no long file.
const MOST_YEARS: i16 = 60;

/// A kind of change: to what, from what, in seconds east of UTC, and what clocks are called then.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    name: &'static str,
    from: i32,
    to: i32,
    called: String,
}

/// The rules of a zone for the years of these days, first and last; none for UTC, which needs none.
pub(super) fn rules(zone: &TimeZone, days: RangeInclusive<Date>) -> Option<Component<'static>> {
    let name = zone.iana_name().filter(|name| !is_utc(name))?;
    let first_year = days.start().year().saturating_sub(1).max(1);
    let last_year = days.end().year().saturating_add(1).clamp(first_year + FEWEST_YEARS, first_year + MOST_YEARS);
    let begins = Date::new(first_year, 1, 1).ok()?.to_datetime(jiff::civil::Time::midnight());
    let begins = TimeZone::UTC.to_timestamp(begins).ok()?;
    let mut changes: BTreeMap<Kind, Vec<DateTime>> = BTreeMap::new();
    let mut earliest = None;
    for change in zone.following(begins) {
        let at = change.timestamp();
        let before = zone.to_offset(at.checked_sub(1.second()).ok()?);
        let wall = before.to_datetime(at);
        if wall.year() > last_year {
            break;
        }
        earliest = earliest.or(Some(wall));
        let kind = Kind {
            name: if change.dst().is_dst() { "DAYLIGHT" } else { "STANDARD" },
            from: before.seconds(),
            to: change.offset().seconds(),
            called: change.abbreviation().to_owned(),
        };
        changes.entry(kind).or_default().push(wall);
    }
    let mut rules = component("VTIMEZONE");
    rules.properties.push(plain("TZID", name));
    // What holds before the first change that is told.
    if earliest.is_none_or(|wall| wall.date() >= *days.start()) {
        rules.components.push(before(zone, begins));
    }
    for (kind, walls) in changes {
        rules.components.push(observance(&kind, &walls, last_year));
    }
    Some(rules)
}

/// Whether a name is one of UTC itself, whose times are told as instants.
pub(super) fn is_utc(name: &str) -> bool {
    matches!(name, "UTC" | "Etc/UTC" | "Etc/UCT" | "Etc/Universal" | "Etc/Zulu" | "UCT" | "Universal" | "Zulu")
}

/// What a zone's clocks show at an instant, for all that comes before the next change.
fn before(zone: &TimeZone, at: Timestamp) -> Component<'static> {
    let info = zone.to_offset_info(at);
    let offset = info.offset();
    let kind = Kind {
        name: if info.dst().is_dst() { "DAYLIGHT" } else { "STANDARD" },
        from: offset.seconds(),
        to: offset.seconds(),
        called: info.abbreviation().to_owned(),
    };
    // A year without changes is no rule.
    observance(&kind, &[offset.to_datetime(at)], i16::MAX)
}

fn observance(kind: &Kind, walls: &[DateTime], last_year: i16) -> Component<'static> {
    let mut one = component(kind.name);
    if let Some((first, later)) = walls.split_first() {
        one.properties.push(plain("DTSTART", &local(*first)));
        match yearly(walls, last_year) {
            Some(rule) => one.properties.push(plain("RRULE", &rule)),
            None if later.is_empty() => {}
            None => {
                let all: Vec<String> = later.iter().map(|wall| local(*wall)).collect();
                one.properties.push(plain("RDATE", &all.join(",")));
            }
        }
    }
    one.properties.push(plain("TZOFFSETFROM", &offset(kind.from)));
    one.properties.push(plain("TZOFFSETTO", &offset(kind.to)));
    one.properties.push(plain("TZNAME", &kind.called));
    one
}

/// The rule by which clocks change once in each year up to the last one, if they do.
fn yearly(walls: &[DateTime], last_year: i16) -> Option<String> {
    let (first, last) = (walls.first()?, walls.last()?);
    let each_year = walls.windows(2).all(|pair| pair[1].year() == pair[0].year() + 1);
    let alike = walls
        .iter()
        .all(|wall| (wall.month(), wall.weekday(), wall.time()) == (first.month(), first.weekday(), first.time()));
    if walls.len() < 3 || last.year() != last_year || !each_year || !alike {
        return None;
    }
    let nth = |wall: &DateTime| (wall.day() - 1) / 7 + 1;
    let which = if walls.iter().all(|wall| wall.day() + 7 > wall.date().days_in_month()) {
        -1
    } else if walls.iter().all(|wall| nth(wall) == nth(first)) {
        nth(first)
    } else {
        return None;
    };
    let day = super::recurrence::day(first.weekday());
    Some(format!("FREQ=YEARLY;BYMONTH={};BYDAY={which}{day}", first.month()))
}

/// `+0100`; with seconds where there are some, as before standard time.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (seconds.abs() / 3_600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    let seconds = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{seconds}")
}
