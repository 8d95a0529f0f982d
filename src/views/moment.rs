//! Dates as they are repeated to people, and asked about when they may not be what was meant.

use super::words;
use crate::domain::date::{Doubt, Moment, Reading};
use jiff::{Timestamp, Zoned};
use vigie_chat::{Button, Draft, Invocation, List, Press, Text};

/// What follows a date in ISO 8601 that somebody was asked about and confirmed.
pub const CONFIRMED: &str = " oui";

/// Most other readings that are offered.
const OTHERS: usize = 3;

/// `vendredi 27 novembre 2026 à 18 h 00 (dans 4 jours)`.
#[must_use]
pub fn in_full(moment: &Moment, now: &Zoned) -> Text {
    Text::new().time(moment.at(), moment.to_string()).plain(format!(" ({})", moment.relative(now)))
}

/// An instant as the clocks of whoever reads show it.
#[must_use]
pub fn on_the_clock_of(at: Timestamp, now: &Zoned) -> Moment {
    let zone = now.time_zone().clone();
    Moment::new(zone.to_datetime(at), zone)
}

/// A moment as a value that needs no more asking.
#[must_use]
pub fn confirmed(moment: &Moment) -> String {
    format!("{}{CONFIRMED}", moment.civil().strftime("%Y-%m-%dT%H:%M"))
}

/// What was understood of a date and why it may not be what was meant. `asked` is what to do again, and the parameter
/// that holds the date.
#[must_use]
pub fn ask(reading: &Reading, asked: (&Invocation, &str), now: &Zoned) -> Draft {
    asking(reading, asked, in_full(&reading.moment, now), &Moment::short)
}

/// The same of a day, of which the hour says nothing.
#[must_use]
pub fn ask_day(reading: &Reading, asked: (&Invocation, &str)) -> Draft {
    asking(reading, asked, Text::from(reading.moment.day()), &Moment::day)
}

fn asking(
    reading: &Reading,
    (invocation, param): (&Invocation, &str),
    understood: Text,
    short: &dyn Fn(&Moment) -> String,
) -> Draft {
    let meaning = |moment: &Moment| Press::run(invocation.clone().with(param, confirmed(moment))).by_owner();
    let mut draft = Draft::answer()
        .paragraph("Cette date est à confirmer\u{a0}: rien n’est encore enregistré.")
        .paragraph(Text::from("J’ai compris\u{a0}: ").then(understood).plain("."))
        .list(List::bulleted(reading.doubts.iter().map(|doubt| Text::from(doubt.to_string()))))
        .button(Button::primary("Oui, c’est cette date", meaning(&reading.moment)));
    for other in others(reading).into_iter().take(OTHERS) {
        let label = format!("Non, plutôt {}", short(other));
        draft = draft.button(Button::new(words::shortened(&label, vigie_chat::limits::BUTTON_LABEL), meaning(other)));
    }
    draft.note("Si ce n’est pas cela, refaites la demande en écrivant la date en entier, avec l’année.")
}

/// The other meanings of a date.
fn others(reading: &Reading) -> Vec<&Moment> {
    let mut others: Vec<&Moment> = Vec::new();
    for doubt in &reading.doubts {
        if let Doubt::Ambiguous { other, .. } = doubt
            && *other != reading.moment
            && !others.contains(&other)
        {
            others.push(other);
        }
    }
    others
}
