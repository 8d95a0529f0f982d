//! The lines of a calendar file: names, values, and texts that can't break out of theirs.
//!
//! The `icalendar` crate writes them. Its own events and alarms aren't used: they add the present instant and
//! numbers drawn at random to what has none, and know no rules of time zones.

use icalendar::parser::Parameter;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use vigie_chat::clean;

pub(super) use icalendar::parser::{Component, Property};

/// Longest text of a line, in characters: what people write is shorter.
const LONGEST: usize = 1_000;

/// A component without anything in it.
pub(super) fn component(name: &'static str) -> Component<'static> {
    Component { name: name.into(), properties: Vec::new(), components: Vec::new() }
}

/// A line whose value is no text that people wrote.
pub(super) fn plain(name: &'static str, value: &str) -> Property<'static> {
    Property { name: name.into(), val: value.to_owned().into(), params: Vec::new() }
}

/// The same with a parameter.
pub(super) fn with(mut line: Property<'static>, name: &'static str, value: &str) -> Property<'static> {
    line.params.push(Parameter { key: name.into(), val: Some(value.to_owned().into()) });
    line
}

/// A line that holds what people wrote, or may.
pub(super) fn text(name: &'static str, value: &str) -> Property<'static> {
    plain(name, &escaped(value))
}

/// A text as a value: without what can't be shown, cut where it is too long, each mark that means something escaped.
fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in clean(value).chars().take(LONGEST) {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            // Whatever else would end a line, or means nothing in it.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A text of one line. What keeps two words together still does.
pub(super) fn one_line(value: &str) -> String {
    value.split(char::is_control).filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" ")
}

/// Bytes of a line, its end aside (RFC 5545, 3.1).
const LINE: usize = 75;

/// Lines folded so that none is too long: those that the crate folds may have a byte more, the space at their beginning.
pub(super) fn folded(file: &str) -> String {
    let mut out = String::with_capacity(file.len() + file.len() / 8);
    for line in file.replace("\r\n ", "").split_terminator("\r\n") {
        let mut room = LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                out.push_str("\r\n ");
                room = LINE - 1;
            }
            out.push(c);
            room -= c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

/// `20261127T180000`, on the clock of a zone that is told beside it.
pub(super) fn local(wall: DateTime) -> String {
    wall.strftime("%Y%m%dT%H%M%S").to_string()
}

/// `20261127T170000Z`.
pub(super) fn utc(at: Timestamp) -> String {
    format!("{}Z", local(TimeZone::UTC.to_datetime(at)))
}

/// `20261127`.
pub(super) fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}
