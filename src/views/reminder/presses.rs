//! What can be pressed under a reminder.
//!
//! Nothing is kept of it but the reminder's own row: a token is the name of the reminder and the name of the button, and what
//! a button does follows from both. So buttons outlive the process and its upgrades, and the store holds nothing that tells
//! one private reminder from another.

use super::Said;
use crate::domain::occasion::OccasionKind;
use crate::domain::reminder::Snooze;
use vigie_chat::{Button, Draft, Form, FormField, Invocation, Press, Token};

/// The parameter that names a reminder which was received.
pub const RECEIVED: &str = "envoi";

/// The button that says that it is done, or seen.
const DONE: &str = "fait";
/// The button that opens what it is about.
const OPEN: &str = "ouvrir";
/// The button that asks for a date.
const DATE: &str = "date";

/// What a button of a reminder does.
#[must_use]
pub fn press(name: &str, reminder: &str) -> Option<Press> {
    let run = |path: &str| Invocation::new(path).with(RECEIVED, reminder);
    Some(match name {
        DONE => Press::run(run("rappel fait")),
        OPEN => Press::run(run("rappel ouvrir")),
        DATE => Press::open(
            Form::new("Reporter ce rappel", run("rappel reporter"))
                .field(FormField::line("quand", "Quand\u{202f}? Par exemple\u{a0}: jeudi 14 h")),
        ),
        name => Press::run(run("rappel reporter").with("quand", Snooze::from_stored(name)?.to_stored())),
    })
}

/// The token of a press that [`press`] made; empty for any other.
#[must_use]
pub fn token(reminder: &str, press: &Press) -> Token {
    let names = [DONE, OPEN, DATE].into_iter().chain(Snooze::ALL.map(Snooze::to_stored));
    let mut same = names.filter(|name| self::press(name, reminder).as_ref() == Some(press));
    Token::new(same.next().map(|name| format!("{reminder}-{name}")).unwrap_or_default())
}

/// The reminder and the button of a token, where it is of this kind: those of other messages end with a number.
#[must_use]
pub fn parts(token: &str) -> Option<(&str, &str)> {
    token.rsplit_once('-').filter(|(_, name)| name.parse::<usize>().is_err())
}

fn add(draft: Draft, said: &Said<'_>, label: &str, name: &str) -> Draft {
    match press(name, said.token) {
        Some(press) => draft.button(Button::new(label, press)),
        None => draft,
    }
}

/// The buttons under what a person reads.
pub(super) fn under(draft: Draft, said: &Said<'_>) -> Draft {
    let draft = match said.kind {
        OccasionKind::Milestone => add(draft, said, "C’est fait", DONE),
        OccasionKind::Asked => add(draft, said, "Vu", DONE),
        _ => draft,
    };
    let draft = match said.kind {
        OccasionKind::Asked => draft,
        _ => add(draft, said, "Ouvrir", OPEN),
    };
    let draft =
        Snooze::ALL.into_iter().fold(draft, |draft, snooze| add(draft, said, snooze.label(), snooze.to_stored()));
    add(draft, said, "Autre date…", DATE)
}

/// The buttons under what a team reads in its room.
pub(super) fn for_the_team(draft: Draft, said: &Said<'_>) -> Draft {
    match said.kind {
        OccasionKind::Milestone => add(add(draft, said, "C’est fait", DONE), said, "Ouvrir", OPEN),
        OccasionKind::Deliverable | OccasionKind::Defence => add(draft, said, "Ouvrir", OPEN),
        OccasionKind::Asked => add(draft, said, "Vu", DONE),
        OccasionKind::Rights | OccasionKind::Digest => draft,
    }
}
