//! What is said in a room: the words, the file with them, and for whom they are.
//!
//! Nothing that a program says is heard: notices, the bot's own messages. Edits aren't either: what was asked is answered
//! once. An emote tells what somebody does; it asks for nothing.

use super::call::Called;
use super::file::sent;
use matrix_sdk::ruma::OwnedEventId;
use matrix_sdk::ruma::events::room::message::{
    MessageType, OriginalSyncRoomMessageEvent, Relation, sanitize::remove_plain_reply_fallback,
};
use vigie_chat::{Attachment, RoomKind};

/// What a person said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    /// A line for the port's parser, without the mention; empty when a file came alone or the bot was only named.
    pub(crate) text: String,
    /// For whom it is.
    pub(crate) meant: Meant,
    /// The file that came with it.
    pub(crate) attachment: Option<Attachment>,
    /// The message that it answers.
    pub(crate) replies_to: Option<OwnedEventId>,
    /// The message with which its thread begins.
    pub(crate) thread: Option<OwnedEventId>,
}

/// For whom words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meant {
    /// For the bot: it was called, or is alone with the person.
    ForBot,
    /// For the room. They concern the bot only where they answer what it offers.
    ForRoom,
}

/// What an event says, as text or as a file; `None` when nothing that a person says.
pub(crate) fn said(event: &OriginalSyncRoomMessageEvent, kind: RoomKind, called: Called<'_>) -> Option<Words> {
    if event.sender == called.user {
        return None;
    }
    let content = &event.content;
    let (replies_to, thread) = match &content.relates_to {
        Some(Relation::Replacement(_)) => return None,
        Some(Relation::Reply(reply)) => (Some(reply.in_reply_to.event_id.clone()), None),
        Some(Relation::Thread(thread)) => {
            // In a thread, the answered message may only stand there for clients without threads.
            let real = thread.in_reply_to.as_ref().filter(|_| !thread.is_falling_back);
            (real.map(|reply| reply.event_id.clone()), Some(thread.event_id.clone()))
        }
        _ => (None, None),
    };
    let (body, attachment) = match &content.msgtype {
        MessageType::Text(text) => (text.body.as_str(), None),
        other => {
            let sent = sent(other)?;
            (sent.caption.unwrap_or_default(), Some(sent.attachment))
        }
    };
    let body = if replies_to.is_some() { remove_plain_reply_fallback(body) } else { body };
    let mentions = content.mentions.as_ref();
    let (text, meant) = match (kind, called.line(body, mentions)) {
        (RoomKind::Direct, _) => (called.bare_line(body, mentions), Meant::ForBot),
        // Answering one of the bot's messages with a file mentions the bot; that says nothing yet.
        (RoomKind::Shared, Some(line)) if attachment.is_none() || !line.is_empty() => (line, Meant::ForBot),
        (RoomKind::Shared, _) => (body.trim().to_owned(), Meant::ForRoom),
    };
    Some(Words { text, meant, attachment, replies_to, thread })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use matrix_sdk::ruma::user_id;
    use serde_json::{Value, json};
    use vigie_chat::{CommandSet, CommandSpec};

    fn hear(sender: &str, content: &Value, kind: RoomKind) -> Option<Words> {
        let commands = CommandSet::new(vec![CommandSpec::new("chercher", "Cherche")]);
        let called =
            Called { user: user_id!("@vigie:exemple.fr"), name: "Vigie", prefix: "!vigie", commands: &commands };
        let event: OriginalSyncRoomMessageEvent = serde_json::from_value(json!({
            "type": "m.room.message", "event_id": "$e", "origin_server_ts": 1, "sender": sender, "content": content,
        }))
        .expect("an event");
        said(&event, kind, called)
    }

    #[track_caller]
    fn check(content: &Value, kind: RoomKind, expected: &Expect) {
        let heard = hear("@alice:exemple.fr", content, kind).map(|words| {
            let file = words.attachment.map(|file| file.name);
            let ids = [words.replies_to, words.thread].map(|id| id.map(|id| id.to_string()).unwrap_or_default());
            format!("{:?} {:?} file {file:?} replies to {:?} thread {:?}", words.text, words.meant, ids[0], ids[1])
        });
        expected.assert_eq(&heard.unwrap_or_else(|| "nothing".to_owned()));
    }

    #[test]
    fn in_a_direct_room_everything_is_for_the_bot() {
        check(
            &json!({ "msgtype": "m.text", "body": "et C1.5 ?" }),
            RoomKind::Direct,
            &expect![[r#""et C1.5 ?" ForBot file None replies to "" thread """#]],
        );
        check(
            &json!({ "msgtype": "m.text", "body": "!vigie: chercher rgpd" }),
            RoomKind::Direct,
            &expect![[r#""!vigie chercher rgpd" ForBot file None replies to "" thread """#]],
        );
        check(
            &json!({ "msgtype": "m.text", "body": "et C1.5 ?", "m.mentions": {} }),
            RoomKind::Shared,
            &expect![[r#""et C1.5 ?" ForRoom file None replies to "" thread """#]],
        );
    }

    #[test]
    fn what_programs_say_and_edits_are_not_heard() {
        let nothing = expect!["nothing"];
        check(&json!({ "msgtype": "m.notice", "body": "!chercher rgpd" }), RoomKind::Direct, &nothing);
        check(&json!({ "msgtype": "m.emote", "body": "!chercher rgpd" }), RoomKind::Direct, &nothing);
        check(
            &json!({ "msgtype": "m.location", "body": "!chercher", "geo_uri": "geo:1,2" }),
            RoomKind::Direct,
            &nothing,
        );
        check(&json!({ "msgtype": "fr.autre", "body": "!chercher rgpd" }), RoomKind::Direct, &nothing);
        let edit = json!({
            "msgtype": "m.text", "body": "* !chercher rgpd", "m.new_content": { "msgtype": "m.text", "body": "!chercher rgpd" },
            "m.relates_to": { "rel_type": "m.replace", "event_id": "$a" },
        });
        check(&edit, RoomKind::Direct, &nothing);
        let own = json!({ "msgtype": "m.text", "body": "!chercher rgpd" });
        assert_eq!(hear("@vigie:exemple.fr", &own, RoomKind::Direct), None);
    }

    #[test]
    fn a_reply_loses_the_quoted_words_only_when_it_is_one() {
        let quoted = "> <@vigie:exemple.fr> Voici\n> la suite\n\n2";
        check(
            &json!({ "msgtype": "m.text", "body": quoted, "m.relates_to": { "m.in_reply_to": { "event_id": "$offer" } } }),
            RoomKind::Shared,
            &expect![[r#""2" ForRoom file None replies to "$offer" thread """#]],
        );
        check(
            &json!({ "msgtype": "m.text", "body": quoted }),
            RoomKind::Direct,
            &expect![[r#""> <@vigie:exemple.fr> Voici\n> la suite\n\n2" ForBot file None replies to "" thread """#]],
        );
    }

    #[test]
    fn in_a_thread_only_a_real_answer_is_one() {
        let thread = |falling: bool| {
            json!({
                "msgtype": "m.text", "body": "!chercher rgpd",
                "m.relates_to": { "rel_type": "m.thread", "event_id": "$root", "is_falling_back": falling,
                                  "m.in_reply_to": { "event_id": "$last" } },
            })
        };
        check(
            &thread(true),
            RoomKind::Shared,
            &expect![[r#""!chercher rgpd" ForBot file None replies to "" thread "$root""#]],
        );
        check(
            &thread(false),
            RoomKind::Shared,
            &expect![[r#""!chercher rgpd" ForBot file None replies to "$last" thread "$root""#]],
        );
    }

    #[test]
    fn a_file_brings_its_caption() {
        check(
            &json!({ "msgtype": "m.file", "body": "!chercher rgpd", "filename": "a.md", "url": "mxc://exemple.fr/a" }),
            RoomKind::Shared,
            &expect![[r#""!chercher rgpd" ForBot file Some("a.md") replies to "" thread """#]],
        );
        check(
            &json!({ "msgtype": "m.file", "body": "chercher.md", "url": "mxc://exemple.fr/a" }),
            RoomKind::Direct,
            &expect![[r#""" ForBot file Some("chercher.md") replies to "" thread """#]],
        );
        let answering = json!({
            "msgtype": "m.image", "body": "a.png", "url": "mxc://exemple.fr/a",
            "m.mentions": { "user_ids": ["@vigie:exemple.fr"] },
            "m.relates_to": { "m.in_reply_to": { "event_id": "$offer" } },
        });
        check(
            &answering,
            RoomKind::Shared,
            &expect![[r#""" ForRoom file Some("a.png") replies to "$offer" thread """#]],
        );
    }
}
