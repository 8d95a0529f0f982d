//! Deliverables and hand-ins: the list, receipts, verdicts, refusals.

mod list;
mod receipt;
mod refusal;
mod verdict;

pub use list::{For, list};
pub use receipt::{given_back, receipt, restored, withdrawn};
pub use refusal::{
    already, changed, disk_full, empty_file, full, gone, neither, newer, no_such, no_version, none, nothing_handed_in,
    nothing_withdrawn, one_of_two, several, space_full, team_full, too_late, validated,
};
pub use verdict::{Told, answer, notice};

use super::whose::{NAME, Whose};
use super::words;
use crate::domain::timing::{Lapse, Timing};
use crate::store::{Deliverable, DeliverableState, Handin};
use vigie_chat::Text;

/// `L2 « Dossier »`.
fn named(deliverable: &Deliverable) -> Text {
    Text::new()
        .strong(format!("L{}", deliverable.number))
        .plain(" «\u{a0}")
        .plain(words::shortened(&deliverable.draft.title, NAME))
        .plain("\u{a0}»")
}

/// Early or late, by the deadline that was in force. No brief gives minutes of grace.
fn timing(handin: &Handin) -> Option<Timing> {
    handin.due_at.map(|due| Timing::of(handin.handed_in_at, due, 0))
}

/// How far a deliverable is, as a part of a sentence.
fn state(whose: &Whose<'_>, deliverable: &Deliverable) -> Text {
    let version = deliverable.latest.as_ref();
    match (deliverable.state, version) {
        (DeliverableState::Expected, _) | (_, None) => awaited(whose, deliverable),
        (DeliverableState::HandedIn, Some(handin)) => handed_in(whose, handin).plain("\u{a0}; en attente d’un avis"),
        (DeliverableState::Accepted, Some(handin)) => handed_in(whose, handin).plain("\u{a0}; validé"),
        (DeliverableState::SentBack, Some(handin)) => {
            handed_in(whose, handin).plain("\u{a0}; à reprendre, ").then(awaited(whose, deliverable))
        }
    }
}

fn handed_in(whose: &Whose<'_>, handin: &Handin) -> Text {
    let text = Text::from(format!("version\u{a0}{} déposée le ", handin.version)).then(whose.at(handin.handed_in_at));
    match timing(handin) {
        Some(timing) => text.plain(format!(", {timing}")),
        None => text,
    }
}

/// What is still to come, and by when.
fn awaited(whose: &Whose<'_>, deliverable: &Deliverable) -> Text {
    let Some(due) = &deliverable.draft.due else { return Text::from("attendu, sans date") };
    if crate::domain::timing::is_past(due.at, whose.now) {
        let by = Lapse::between(due.at, whose.now);
        return Text::from("en retard de ").strong(by.to_string()).plain(", attendu le ").then(whose.at(due.at));
    }
    Text::from("attendu le ").then(whose.at(due.at)).plain(format!(" ({})", whose.relative(due.at)))
}
