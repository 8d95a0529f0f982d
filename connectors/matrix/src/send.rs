//! Saying something: in a room or to a person, once for each key, in order.

mod direct;
mod edit;
mod event;
mod file;
mod relation;

pub(crate) use direct::{direct, kind};
pub(crate) use edit::edit;
pub(crate) use event::transaction;
pub(crate) use relation::Relation;

use crate::{
    failure::Failure,
    offers::PARTS,
    render::{self, Part},
    wire::{Online, Wire},
};
use event::Said;
use matrix_sdk::Room;
use ruma::{EventId, OwnedServerName, ServerName};
use vigie_chat::{MessageId, MessageRef, RoomId, Sealed, SendError, WebLink};

/// Where a message goes, and what makes it this message for good.
pub(crate) struct Post<'a> {
    pub(crate) room: &'a Room,
    /// The same for the same message, whenever it is said again.
    pub(crate) key: &'a str,
    /// What it answers.
    pub(crate) relation: Option<&'a Relation>,
}

/// The parts of a message, as its id packs them. Events of words and of files are told apart, since only words are edited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Parts(Vec<(PartKind, String)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartKind {
    Words,
    File,
}

impl Parts {
    fn packed(&self) -> MessageId {
        let part = |(kind, event): &(PartKind, String)| match kind {
            PartKind::Words => event.clone(),
            PartKind::File => format!("f{event}"),
        };
        MessageId::new(self.0.iter().map(part).collect::<Vec<_>>().join(" "))
    }

    fn of(id: &MessageId) -> Self {
        let part = |text: &str| match text.strip_prefix('f') {
            Some(event) => (PartKind::File, event.to_owned()),
            None => (PartKind::Words, text.to_owned()),
        };
        Self(id.as_str().split(' ').map(part).collect())
    }

    fn events(&self, kind: PartKind) -> Vec<&str> {
        self.0.iter().filter(|(of, _)| *of == kind).map(|(_, event)| event.as_str()).collect()
    }
}

/// Says a message in a room, as one event or several that nothing of the bot comes between.
pub(crate) async fn post(wire: &Wire, message: &Sealed, post: &Post<'_>) -> Result<MessageRef, SendError> {
    let online = wire.online()?;
    let parts = rendered(wire, &online, message)?;
    Ok(post_parts(wire, &online, parts, post).await?)
}

/// Says what was rendered.
pub(crate) async fn post_parts(
    wire: &Wire,
    online: &Online,
    parts: Vec<Part>,
    post: &Post<'_>,
) -> Result<MessageRef, Failure> {
    let _turn = wire.turns.turn(post.room.room_id()).await;
    let mut sent = Parts::default();
    for (rank, part) in parts.into_iter().enumerate() {
        // Clients show the link to what is answered once; a thread holds all of it.
        let relation = post.relation.filter(|relation| rank == 0 || relation.is_in_thread());
        let said = Said { key: post.key, rank, relation };
        let (kind, event) = match part {
            Part::Words(words) => {
                let mut content = words.content;
                if rank > 0 && content.contains_key(crate::offer::KEY) {
                    content.insert(PARTS.to_owned(), sent.packed().as_str().into());
                }
                let event = said.words(wire, post.room, content.clone()).await?;
                wire.offers.note(post.room, &event, post.relation.and_then(Relation::thread), &content.into());
                event::offer_reactions(wire, post.room, &event, words.choices);
                (PartKind::Words, event)
            }
            Part::File(upload) => (PartKind::File, said.file(wire, online, post.room, upload).await?),
        };
        sent.0.push((kind, event.to_string()));
    }
    Ok(MessageRef { room: RoomId::new(post.room.room_id().as_str()), id: sent.packed() })
}

/// Where people find a message: its first part, by way of a server that is in the room.
pub(crate) fn link(message: &MessageRef, via: Option<&ServerName>) -> Option<WebLink> {
    let room = ruma::RoomId::parse(message.room.as_str()).ok()?;
    let parts = Parts::of(&message.id);
    let event = EventId::parse(&parts.0.first()?.1).ok()?;
    // Newer rooms don't name a server.
    let via: Vec<OwnedServerName> = via.or(room.server_name()).map(ToOwned::to_owned).into_iter().collect();
    room.matrix_to_event_uri_via(event, via).to_string().parse().ok()
}

fn rendered(wire: &Wire, online: &Online, message: &Sealed) -> Result<Vec<Part>, SendError> {
    let parts = render::message(message, &online.limits, &wire.options.prefix);
    parts.map_err(|error| SendError::TooLarge(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_link((room, message): (&str, &str), via: Option<&str>, expected: Option<&str>) {
        let message = MessageRef { room: RoomId::new(room), id: MessageId::new(message) };
        let via = via.map(|via| ServerName::parse(via).expect("a server's name"));
        assert_eq!(link(&message, via.as_deref()).as_ref().map(WebLink::as_str), expected);
    }

    #[test]
    fn a_link_leads_to_the_first_part_of_a_message() {
        let link = "https://matrix.to/#/!a:x.fr/$b";
        check_link(("!a:x.fr", "$b f$c"), Some("y.fr:8448"), Some(&format!("{link}?via=y.fr:8448")));
        check_link(("!a:x.fr", "f$b"), None, Some(&format!("{link}?via=x.fr")));
        check_link(("!a/ é?:x.fr", "$b"), None, Some("https://matrix.to/#/!a%2F%20%C3%A9%3F:x.fr/$b?via=x.fr"));
        check_link(("#a:x.fr", "$b"), None, None);
        check_link(("!a:x.fr", "b"), None, None);
    }

    #[test]
    fn a_message_of_several_events_has_one_id() {
        let parts = Parts(vec![(PartKind::Words, "$a".to_owned()), (PartKind::File, "$b:x.fr".to_owned())]);
        let id = parts.packed();
        assert_eq!(id.as_str(), "$a f$b:x.fr");
        assert_eq!(Parts::of(&id), parts);
        assert_eq!(parts.events(PartKind::File), ["$b:x.fr"]);
    }
}
