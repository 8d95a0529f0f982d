//! A calendar as a file.

use super::entry::{Entry, Span, Standing};
use super::lines::{Component, Property, component, day, folded, local, one_line, plain, text, utc, with};
use super::recurrence::rrule;
use super::zone::{is_utc, rules};
use icalendar::parser;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::BTreeMap;

/// Who wrote it, as such files say.
const PRODUCT: &str = "-//Vigie//Vigie//FR";

/// Years for which the rules of a zone are told for what comes round.
const YEARS_AHEAD: i32 = 10;

/// What a file says.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// What it is called.
    pub name: String,
    /// What stands in it.
    pub entries: Vec<Entry>,
    /// Whether it is to be read again.
    pub refresh: Refresh,
}

/// Whether a calendar is read again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    /// It is a file, opened once.
    Never,
    /// It is subscribed to, and read each hour.
    Hourly,
}

impl Calendar {
    /// The file: UTF-8, lines of 75 bytes at most that end by CR LF.
    #[must_use]
    pub fn written(&self) -> String {
        let mut lines = vec![
            plain("VERSION", "2.0"),
            plain("PRODID", PRODUCT),
            plain("CALSCALE", "GREGORIAN"),
            plain("METHOD", "PUBLISH"),
            text("NAME", &one_line(&self.name)),
            text("X-WR-CALNAME", &one_line(&self.name)),
        ];
        if self.refresh == Refresh::Hourly {
            lines.push(with(plain("REFRESH-INTERVAL", "PT1H"), "VALUE", "DURATION"));
            lines.push(plain("X-PUBLISHED-TTL", "PT1H"));
        }
        let mut components = self.zones();
        components.extend(self.entries.iter().map(event));
        folded(&parser::Calendar { properties: lines, components }.to_string())
    }

    /// The rules of each zone whose clocks tell something, for the years in which they do.
    fn zones(&self) -> Vec<Component<'static>> {
        let mut used: BTreeMap<String, (TimeZone, Date, Date)> = BTreeMap::new();
        for entry in &self.entries {
            let (zone, first, last) = match &entry.span {
                Span::Day(_) => continue,
                Span::Point { zone, .. } | Span::Slot { zone, .. } => (zone, entry.span.day(), entry.span.day()),
                Span::Recurring { zone, .. } => {
                    let first = entry.span.day();
                    (zone, first, first.saturating_add(YEARS_AHEAD.years()))
                }
            };
            let Some(name) = named(zone) else { continue };
            let known = used.entry(name.to_owned()).or_insert_with(|| (zone.clone(), first, last));
            (known.1, known.2) = (known.1.min(first), known.2.max(last));
        }
        used.into_values().filter_map(|(zone, first, last)| rules(&zone, first..=last)).collect()
    }
}

/// The name under which a zone's rules are told; none where instants are told instead.
fn named(zone: &TimeZone) -> Option<&str> {
    zone.iana_name().filter(|name| !is_utc(name))
}

fn event(entry: &Entry) -> Component<'static> {
    let mut event = component("VEVENT");
    let lines = &mut event.properties;
    lines.push(plain("UID", &entry.uid.to_string()));
    lines.push(plain("SEQUENCE", &entry.sequence.to_string()));
    lines.push(plain("DTSTAMP", &utc(entry.changed_at)));
    lines.push(plain("LAST-MODIFIED", &utc(entry.changed_at)));
    lines.push(text("SUMMARY", &one_line(&entry.title)));
    if !entry.details.is_empty() {
        lines.push(text("DESCRIPTION", &entry.details));
    }
    if let Some(place) = &entry.place {
        lines.push(text("LOCATION", &one_line(place)));
    }
    lines.extend(span(&entry.span));
    let stands = entry.standing == Standing::Stands;
    lines.push(plain("STATUS", if stands { "CONFIRMED" } else { "CANCELLED" }));
    // A date to meet takes no time: nobody is busy because of it.
    let busy = matches!(entry.span, Span::Slot { .. });
    lines.push(plain("TRANSP", if busy { "OPAQUE" } else { "TRANSPARENT" }));
    if stands {
        event.components = entry.alarms.iter().map(|alarm| ring(entry, *alarm)).collect();
    }
    event
}

fn span(span: &Span) -> Vec<Property<'static>> {
    match span {
        Span::Day(date) => {
            let next = date.tomorrow().unwrap_or(*date);
            let of_day = |name, date: Date| with(plain(name, &day(date)), "VALUE", "DATE");
            vec![of_day("DTSTART", *date), of_day("DTEND", next)]
        }
        // Without an end it takes no time at all (RFC 5545, 3.6.1).
        Span::Point { at, zone } => vec![instant("DTSTART", *at, zone)],
        Span::Slot { at, zone, minutes } => {
            let end = at.checked_add(SignedDuration::from_mins(minutes.get().into())).unwrap_or(*at);
            vec![instant("DTSTART", *at, zone), instant("DTEND", end, zone)]
        }
        Span::Recurring { first, zone, rule, left_out } => {
            let told = |name, at: &str| match named(zone) {
                Some(zone) => with(plain(name, at), "TZID", zone),
                None => plain(name, &format!("{at}Z")),
            };
            let mut lines = vec![told("DTSTART", &local(*first)), plain("RRULE", &rrule(rule, zone))];
            lines.extend(left_out.iter().map(|day| told("EXDATE", &local(day.to_datetime(first.time())))));
            lines
        }
    }
}

/// An instant, as clocks of a zone show it.
fn instant(name: &'static str, at: Timestamp, zone: &TimeZone) -> Property<'static> {
    match named(zone) {
        Some(iana) => with(plain(name, &local(zone.to_datetime(at))), "TZID", iana),
        None => plain(name, &utc(at)),
    }
}

/// An alarm: so long before the entry, where it has an hour, since all programs understand that; else at an instant.
fn ring(entry: &Entry, at: Timestamp) -> Component<'static> {
    let starts = match &entry.span {
        Span::Day(_) => None,
        Span::Point { at, .. } | Span::Slot { at, .. } => Some(*at),
        Span::Recurring { first, zone, .. } => zone.to_ambiguous_timestamp(*first).compatible().ok(),
    };
    let trigger = match starts {
        Some(starts) => plain("TRIGGER", &elapsed(at.duration_since(starts))),
        None => with(plain("TRIGGER", &utc(at)), "VALUE", "DATE-TIME"),
    };
    let mut alarm = component("VALARM");
    alarm.properties = vec![plain("ACTION", "DISPLAY"), text("DESCRIPTION", &one_line(&entry.title)), trigger];
    alarm
}

/// `-PT26H30M`: hours rather than days, which may have 23 or 25 of them.
fn elapsed(time: SignedDuration) -> String {
    let sign = if time.is_negative() { "-" } else { "" };
    let seconds = time.as_secs().unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest}S") };
    format!("{sign}PT{hours}H{minutes}M{rest}")
}
