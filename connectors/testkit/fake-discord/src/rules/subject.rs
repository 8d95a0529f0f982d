//! What a call is about, as far as the hand-written rules go.

use super::event::EventKind;

/// The kinds of bodies that have rules of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Message(MessageKind),
    Callback,
    Command(CommandKind),
    /// The making of a thread.
    Thread,
    /// A scheduled event of a guild.
    Event(EventKind),
    /// Left to the description alone.
    Other,
}

/// Which message body: they differ in the fields and flags that they accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MessageKind {
    /// A message in a channel.
    Create,
    /// The edit of one.
    Edit,
    /// A message through a webhook, which a follow-up to an interaction is too.
    FollowUp,
    /// The edit of one, `@original` included.
    FollowUpEdit,
    /// The first answer to an interaction (callback type 4).
    Answer,
    /// The answer that changes the message whose button was pressed (callback type 7).
    Update,
}

/// Which command body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CommandKind {
    Create,
    Edit,
    /// All commands at once, as a list.
    Overwrite,
}

impl Subject {
    pub(super) fn of(method: &str, path: &str) -> Self {
        let pieces: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (method, pieces.as_slice()) {
            ("POST", ["channels", _, "messages"]) => Self::Message(MessageKind::Create),
            ("PATCH", ["channels", _, "messages", _]) => Self::Message(MessageKind::Edit),
            ("POST", ["channels", _, "threads"]) => Self::Thread,
            ("POST", ["guilds", _, "scheduled-events"]) => Self::Event(EventKind::Create),
            ("PATCH", ["guilds", _, "scheduled-events", _]) => Self::Event(EventKind::Edit),
            ("POST", ["webhooks", _, _]) => Self::Message(MessageKind::FollowUp),
            ("PATCH", ["webhooks", _, _, "messages", _]) => Self::Message(MessageKind::FollowUpEdit),
            ("POST", ["interactions", _, _, "callback"]) => Self::Callback,
            (method, ["applications", _, "commands"] | ["applications", _, "guilds", _, "commands"]) => match method {
                "POST" => Self::Command(CommandKind::Create),
                "PUT" => Self::Command(CommandKind::Overwrite),
                _ => Self::Other,
            },
            ("PATCH", ["applications", _, "commands", _] | ["applications", _, "guilds", _, "commands", _]) => {
                Self::Command(CommandKind::Edit)
            }
            _ => Self::Other,
        }
    }
}

impl MessageKind {
    /// Whether what the body doesn't name stays as it was.
    pub(super) fn edits(self) -> bool {
        matches!(self, Self::Edit | Self::FollowUpEdit | Self::Update)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_follows_from_method_and_path() {
        let cases = [
            ("POST", "/channels/1/messages", Subject::Message(MessageKind::Create)),
            ("GET", "/channels/1/messages", Subject::Other),
            ("POST", "/channels/1/threads", Subject::Thread),
            ("POST", "/guilds/1/scheduled-events", Subject::Event(EventKind::Create)),
            ("PATCH", "/guilds/1/scheduled-events/2", Subject::Event(EventKind::Edit)),
            ("GET", "/guilds/1/scheduled-events", Subject::Other),
            ("PATCH", "/channels/1/messages/2", Subject::Message(MessageKind::Edit)),
            ("POST", "/webhooks/1/token", Subject::Message(MessageKind::FollowUp)),
            ("PATCH", "/webhooks/1/token/messages/@original", Subject::Message(MessageKind::FollowUpEdit)),
            ("POST", "/interactions/1/token/callback", Subject::Callback),
            ("PUT", "/applications/1/guilds/2/commands", Subject::Command(CommandKind::Overwrite)),
            ("POST", "/applications/1/commands", Subject::Command(CommandKind::Create)),
            ("PATCH", "/applications/1/commands/3", Subject::Command(CommandKind::Edit)),
            ("PUT", "/applications/1/guilds/2/commands/3/permissions", Subject::Other),
        ];
        for (method, path, subject) in cases {
            assert_eq!(Subject::of(method, path), subject, "{method} {path}");
        }
    }
}
