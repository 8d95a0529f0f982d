//! Answering one thing that was said or pressed.

use crate::{
    NAME,
    failure::Failure,
    hear::{self, Called, Chosen, Meant, Named, Replying, Words},
    offer::Offer,
    offers::Shown,
    render::Trouble,
    reply::MatrixReply,
    rooms::Tenants,
    send::{self, Relation},
    sync::{Opened, Unsealed},
    unreadable::Reason,
    wire::{Online, Wire},
};
use jiff::Timestamp;
use matrix_sdk::Room;
use ruma::{
    EventId, MilliSecondsSinceUnixEpoch, OwnedEventId, UserId,
    events::{Mentions, reaction::OriginalSyncReactionEvent, room::message::OriginalSyncRoomMessageEvent},
};
use std::sync::Arc;
use vigie_chat::{
    App, Arrival, Attachment, ConnectorName, Draft, Event, EventId as PortEventId, FormProgress, Handled, MessageId,
    OpenForm, Origin, Person, Reply as _, Role, Room as PortRoom, RoomId, RoomKind, SpaceId, Standing, Token, read,
};

/// How an arrival ended.
pub(crate) enum Outcome {
    /// It was answered, or needs no answer.
    Answered,
    /// The homeserver kept the answer from being said.
    Undelivered,
    /// It can't be decrypted, yet.
    Unreadable(Reason),
}

/// What answering needs.
pub(crate) struct Asked<'a> {
    pub(crate) wire: &'a Arc<Wire>,
    pub(crate) online: &'a Online,
    pub(crate) app: &'a dyn App,
    pub(crate) tenants: &'a Tenants,
}

/// Who does something, where and when.
struct Scene {
    room: Room,
    kind: RoomKind,
    person: Person,
    event: OwnedEventId,
    at: Timestamp,
}

impl Asked<'_> {
    /// Answers an arrival, however long the homeserver can't be reached.
    pub(crate) async fn answer(&self, arrival: &Arrival, unsealed: &Unsealed) -> Outcome {
        let mut waits = self.wire.options.patience.endless();
        loop {
            match self.answer_once(arrival, unsealed).await {
                Ok(outcome) => return outcome,
                Err(failure) if failure.passes() => {
                    tokio::time::sleep(waits.next().unwrap_or(self.wire.options.patience.longest())).await;
                }
                Err(failure) => {
                    tracing::warn!(%failure, "something that was said can't be answered");
                    return Outcome::Answered;
                }
            }
        }
    }

    /// Fails before the application hears of it, never after.
    async fn answer_once(&self, arrival: &Arrival, unsealed: &Unsealed) -> Result<Outcome, Failure> {
        // Whoever made the bot leave expects no answer.
        let Some(room) = self.online.room(arrival.room.as_str()) else { return Ok(Outcome::Answered) };
        match unsealed.opened(&room).await? {
            Opened::Said(event) => self.said(room, &event).await,
            Opened::Reacted(event) => self.reacted(room, &event).await,
            Opened::Unreadable(reason) => Ok(Outcome::Unreadable(reason.into())),
            Opened::Nothing => Ok(Outcome::Answered),
        }
    }

    async fn reacted(&self, room: Room, event: &OriginalSyncReactionEvent) -> Result<Outcome, Failure> {
        let Some(reacted) = hear::reacted(event, self.online.me()) else { return Ok(Outcome::Answered) };
        let Some(shown) = self.wire.offers.of(&room, &reacted.message, self.online.me()).await? else {
            return Ok(Outcome::Answered);
        };
        let Some(offered) = hear::numbered(&shown.offer, reacted.number).cloned() else { return Ok(Outcome::Answered) };
        let kind = send::kind(&room).await;
        let scene = self.scene((room, kind), &event.sender, &event.event_id, event.origin_server_ts).await;
        let relation = Relation::answer(shown.event.clone(), shown.thread.clone());
        let reply = self.reply(&scene, relation, &event.sender).under(&shown);
        let origin = self.origin(&scene, Some(shown.message.clone()), Vec::new()).await;
        Ok(self.handled(Event::Press { token: offered.token, origin }, reply).await.0)
    }

    async fn said(&self, room: Room, event: &OriginalSyncRoomMessageEvent) -> Result<Outcome, Failure> {
        let kind = send::kind(&room).await;
        let name = self.wire.name_in(&room).await;
        let called = Called {
            user: self.online.me(),
            name: &name,
            prefix: &self.wire.options.prefix,
            commands: self.app.commands(),
        };
        let Some(words) = hear::said(event, kind, called) else { return Ok(Outcome::Answered) };
        let scene = self.scene((room, kind), &event.sender, &event.event_id, event.origin_server_ts).await;
        let relation = Relation::answer(event.event_id.clone(), words.thread.clone());
        let reply = self.reply(&scene, relation, &event.sender);
        if let Some((shown, chosen)) = self.chosen(&scene, &words).await? {
            return self.choose(&scene, &shown, chosen, reply).await;
        }
        if words.meant == Meant::ForRoom || (words.text.is_empty() && words.attachment.is_some()) {
            return Ok(Outcome::Answered);
        }
        let attachments: Vec<Attachment> = match words.attachment {
            Some(attachment) => vec![attachment],
            None => self.answered_file(&scene, words.replies_to.as_deref()).await?.into_iter().collect(),
        };
        let named = self.named(&scene.room, event.content.mentions.as_ref(), &words.text).await;
        let message = MessageId::new(event.event_id.as_str());
        let origin = self.origin(&scene, Some(message), attachments.clone()).await;
        let event = read(self.app.commands(), &words.text, &named, &attachments).into_event(origin);
        Ok(self.handled(event, reply).await.0)
    }

    /// What words choose among what the bot offers: in the message that they answer, or else in the last one there.
    async fn chosen(&self, scene: &Scene, words: &Words) -> Result<Option<(Shown, Chosen)>, Failure> {
        let (offers, me) = (&self.wire.offers, self.online.me());
        let (shown, replying) = match (&words.replies_to, &words.thread) {
            (Some(target), _) => (offers.of(&scene.room, target, me).await?, Replying::ToOffer),
            (None, thread) if thread.is_some() || scene.kind == RoomKind::Direct || hear::is_number(&words.text) => {
                (offers.last(&scene.room, thread.as_deref(), me).await?, Replying::Elsewhere)
            }
            _ => return Ok(None),
        };
        let Some(shown) = shown else { return Ok(None) };
        let theirs = match &shown.offer {
            Offer::Form { person, .. } => *person == scene.person.id,
            Offer::Actions(_) => true,
        };
        let chosen = if theirs { hear::chosen(&shown.offer, &words.text, replying) } else { None };
        Ok(chosen.map(|chosen| (shown, chosen)))
    }

    async fn choose(
        &self,
        scene: &Scene,
        shown: &Shown,
        chosen: Chosen,
        reply: MatrixReply,
    ) -> Result<Outcome, Failure> {
        let trouble = match chosen {
            Chosen::Action(offered) => {
                let origin = self.origin(scene, Some(shown.message.clone()), Vec::new()).await;
                let event = Event::Press { token: offered.token, origin };
                return Ok(self.handled(event, reply.under(shown)).await.0);
            }
            Chosen::Cancelled => {
                self.wire.offers.close(&scene.room, shown);
                let told = Draft::answer().paragraph("C’est annulé\u{a0}: le formulaire est fermé.");
                return Ok(sent(&reply.send(&told.seal(|_| Token::new(""))).await));
            }
            Chosen::Filled(open, FormProgress::Complete { token, fields }) => {
                self.wire.offers.close(&scene.room, shown);
                let origin = self.origin(scene, Some(shown.message.clone()), Vec::new()).await;
                let event = Event::Submit { token, fields, origin };
                let (outcome, handled, reply) = self.handled(event, reply.under(shown)).await;
                if handled == Handled::Misread {
                    // What was wrong was said; the form can be corrected.
                    return Ok(sent(&reply.form_goes_on(&open, None).await));
                }
                return Ok(outcome);
            }
            Chosen::Filled(open, FormProgress::Missing(labels)) => (open, Some(Trouble::Missing(labels))),
            Chosen::Filled(open, FormProgress::NoField) => (open, Some(Trouble::NoField)),
            Chosen::Filled(open, FormProgress::Open) => (open, None),
        };
        let (open, trouble): (OpenForm, _) = trouble;
        Ok(sent(&reply.form_goes_on(&open, trouble).await))
    }

    /// Hands an event to the application.
    async fn handled(&self, event: Event, reply: MatrixReply) -> (Outcome, Handled, Arc<MatrixReply>) {
        let reply = Arc::new(reply);
        let handled = self.app.handle(event, Arc::clone(&reply) as _).await;
        reply.over().await;
        let outcome = if reply.is_undelivered() { Outcome::Undelivered } else { Outcome::Answered };
        (outcome, handled, reply)
    }

    fn reply(&self, scene: &Scene, relation: Relation, person: &UserId) -> MatrixReply {
        let place = (scene.room.clone(), scene.kind);
        MatrixReply::new(Arc::clone(self.wire), place, person.to_owned(), scene.event.clone(), relation)
    }

    async fn scene(
        &self,
        (room, kind): (Room, RoomKind),
        sender: &UserId,
        event: &EventId,
        at: MilliSecondsSinceUnixEpoch,
    ) -> Scene {
        let now = (self.wire.options.clock)();
        // The sender's homeserver tells the time; nothing was said later than now.
        let at = i64::try_from(u64::from(at.get())).ok().and_then(|at| Timestamp::from_millisecond(at).ok());
        let person = person(&room, sender).await;
        Scene { kind, person, event: event.to_owned(), at: at.map_or(now, |at| at.min(now)), room }
    }

    async fn origin(&self, scene: &Scene, message: Option<MessageId>, attachments: Vec<Attachment>) -> Origin {
        let space = self.tenants.of(&scene.room, scene.kind).await.map(|space| space.id);
        let (standing, roles) = self.standing(scene, space.as_ref()).await.unwrap_or_default();
        Origin {
            connector: ConnectorName::new(NAME),
            space,
            room: PortRoom { id: RoomId::new(scene.room.room_id().as_str()), kind: scene.kind },
            person: scene.person.clone(),
            standing,
            roles,
            locale: None,
            attachments,
            at: scene.at,
            event: PortEventId::new(scene.event.as_str()),
            message,
        }
    }

    /// What the person may do in the tenant: the levels of the space decide where there is one, since whoever makes a room has
    /// all power in it. Without levels nobody stands out.
    async fn standing(&self, scene: &Scene, space: Option<&SpaceId>) -> Option<(Standing, Vec<Role>)> {
        let room = self.online.room(space?.as_str())?;
        let user = UserId::parse(scene.person.id.as_str()).ok()?;
        let level = room.get_user_power_level(&user).await.ok()?;
        Some(hear::standing(level, self.wire.options.levels))
    }

    /// The file that words answer, if it is the person's own: clients without captions can't say anything with a file.
    async fn answered_file(&self, scene: &Scene, answered: Option<&EventId>) -> Result<Option<Attachment>, Failure> {
        let Some(answered) = answered else { return Ok(None) };
        let found = match scene.room.event(answered, None).await.map_err(Failure::from) {
            Ok(found) => found,
            Err(failure) if failure.passes() => return Err(failure),
            Err(_) => return Ok(None),
        };
        let Ok(event) = serde_json::from_str::<OriginalSyncRoomMessageEvent>(found.raw().json().get()) else {
            return Ok(None);
        };
        let theirs = event.sender.as_str() == scene.person.id.as_str();
        Ok(if theirs { hear::file(&event.content.msgtype) } else { None })
    }

    /// The people and rooms that a message can name.
    async fn named(&self, room: &Room, mentions: Option<&Mentions>, text: &str) -> Named {
        let written = hear::users_in(text);
        let mentioned = mentions.iter().flat_map(|mentions| mentions.user_ids.iter().cloned());
        let mut people = Vec::new();
        for user in written.into_iter().chain(mentioned) {
            people.push(person(room, &user).await);
        }
        let mut rooms = Vec::new();
        if text.contains('#') || text.contains("matrix.to") {
            for room in self.online.client.joined_rooms() {
                let Some(alias) = room.canonical_alias() else { continue };
                let id = RoomId::new(room.room_id().as_str());
                rooms.push((alias.to_string(), PortRoom { id, kind: send::kind(&room).await }));
            }
        }
        Named { people, rooms }
    }
}

/// A person as the room knows them.
async fn person(room: &Room, user: &UserId) -> Person {
    let member = room.get_member_no_sync(user).await.ok().flatten();
    let name = member.as_ref().and_then(|member| member.display_name()).unwrap_or(user.localpart());
    Person::new(user.as_str(), name)
}

fn sent<T>(sent: &Result<T, vigie_chat::SendError>) -> Outcome {
    match sent {
        Err(vigie_chat::SendError::Network(_) | vigie_chat::SendError::RateLimited { .. }) => Outcome::Undelivered,
        _ => Outcome::Answered,
    }
}
