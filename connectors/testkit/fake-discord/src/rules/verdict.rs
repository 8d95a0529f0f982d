//! Which hand-written rules apply to which call.

use super::file::UploadedFile;
use super::finding::Findings;
use super::place::Place;
use super::subject::{CommandKind, MessageKind, Subject};
use super::{House, Refusal, callback, command, command_set, event, message, thread};

/// Applies the rules that name a place.
pub(super) fn check(subject: Subject, body: &Place<'_>, files: &[UploadedFile], house: House, findings: &mut Findings) {
    match subject {
        Subject::Message(kind) => message::check(kind, body, files, house, findings),
        Subject::Callback => callback::check(body, files, house, findings),
        Subject::Command(CommandKind::Overwrite) => command_set::check(body, findings),
        Subject::Command(kind) => command::check(kind, body, findings),
        Subject::Thread => thread::check(body, findings),
        Subject::Event(kind) => event::check(kind, body, findings),
        Subject::Other => {}
    }
}

/// Applies the rules whose refusal names no place, once the body is otherwise right.
///
/// # Errors
///
/// An empty message (50006) and too many commands (30032).
pub(super) fn last(subject: Subject, body: &Place<'_>, files: &[UploadedFile]) -> Result<(), Refusal> {
    match subject {
        Subject::Message(kind) => message::not_empty(kind, body, files),
        Subject::Callback => match (callback::message_kind(body), body.get("data")) {
            (Some(MessageKind::Answer), None) => Err(Refusal::empty_message()),
            (Some(kind), Some(data)) => message::not_empty(kind, &data, files),
            _ => Ok(()),
        },
        Subject::Command(CommandKind::Overwrite) => command_set::few_enough(body),
        Subject::Command(_) | Subject::Thread | Subject::Event(_) | Subject::Other => Ok(()),
    }
}
