//! A connector for the village, which may have a fault.

use crate::{
    fault::Fault,
    network::{Act, Deed, LONGEST, Network, Post, SQUARE, actor, house},
    reply::VillageReply,
};
use async_trait::async_trait;
use std::{collections::HashSet, sync::Arc};
use tokio::{sync::watch, task::JoinSet};
use vigie_chat::{
    App, Attachment, Connector, ConnectorError, ConnectorName, Destination, Event, EventId, IdempotencyKey, MessageId,
    MessageRef, Nobody, Opened, Origin, Person, PersonId, Privacy, Room, RoomId, RoomKind, Sealed, SendError, Shutdown,
    Standing, plain, read,
};
use vigie_testkit::{Actor, Notified, ShownFile};

/// The connector.
pub(crate) struct Messenger(pub(crate) Arc<Network>);

/// Where a message goes.
pub(crate) struct Address {
    pub(crate) room: String,
    pub(crate) alone: Option<Actor>,
}

impl Messenger {
    /// Shows a message in a room, in as many parts as it needs.
    pub(crate) fn post(&self, to: &Address, message: &Sealed) -> MessageRef {
        let mut parts = self.parts(to, message);
        if self.0.has(Fault::TurnsPartsRound) {
            parts.reverse();
        }
        let mut ids = Vec::new();
        {
            let mut state = self.0.state();
            for mut part in parts {
                state.last_post += 1;
                part.id = state.last_post;
                ids.push(part.id);
                state.posts.push(part);
            }
        }
        self.0.bell.ring();
        // A network has bots hear what they say.
        if message.privacy == Privacy::Public {
            self.0.happens(None, to.room.clone(), None, Deed::Said(plain(message)));
        }
        reference(&to.room, &ids)
    }

    /// Puts a message in the place of another.
    pub(crate) fn repost(&self, id: &MessageId, message: &Sealed) -> Result<MessageRef, SendError> {
        let ids: Vec<u64> = id.as_str().split(',').filter_map(|id| id.parse().ok()).collect();
        let known = self.0.state().posts.iter().find(|post| ids.contains(&post.id)).cloned();
        let Some(known) = known else {
            return if self.0.has(Fault::HidesErrors) { Ok(reference("", &ids)) } else { Err(SendError::Gone) };
        };
        let to = Address { room: known.room.clone(), alone: known.alone };
        if self.0.has(Fault::EditsBySending) {
            return Ok(self.post(&to, message));
        }
        {
            let mut state = self.0.state();
            let mut parts = self.parts(&to, message).into_iter();
            for post in state.posts.iter_mut().filter(|post| ids.contains(&post.id)) {
                match parts.next() {
                    Some(part) => *post = Post { id: post.id, edited: true, ..part },
                    None if self.0.has(Fault::LeavesParts) => {}
                    None => post.id = 0,
                }
            }
            state.posts.retain(|post| post.id != 0);
        }
        self.0.bell.ring();
        Ok(reference(&to.room, &ids))
    }

    /// A message in parts, the last of which has what can be pressed.
    fn parts(&self, to: &Address, message: &Sealed) -> Vec<Post> {
        let mut words = plain(message);
        if self.0.has(Fault::ReadsMarkup) {
            words = words.replace("**", "");
        }
        let chars: Vec<char> = words.chars().collect();
        let pieces: Vec<String> = chars.chunks(LONGEST - 20).map(|piece| piece.iter().collect()).collect();
        let count = pieces.len();
        let mut posts: Vec<Post> =
            pieces.into_iter().zip(1..).map(|(words, rank)| self.part(to, words, rank, count)).collect();
        if let Some(last) = posts.last_mut() {
            last.actions = message.choices().iter().map(|c| (c.label.to_owned(), c.press.clone())).collect();
            last.files = message.all_files().into_iter().map(|file| self.file(file)).collect();
            last.notified = message.notifies.iter().filter_map(|id| actor(id.as_str())).map(Notified::One).collect();
            if words.contains("@everyone") && self.0.has(Fault::NotifiesByText) {
                last.notified.push(Notified::Others("@everyone".to_owned()));
            }
        }
        posts
    }

    fn part(&self, to: &Address, mut words: String, rank: usize, count: usize) -> Post {
        if self.0.has(Fault::ShortensParts) && rank < count {
            words.pop();
        }
        if count > 1 && !self.0.has(Fault::LeavesPartsUnmarked) {
            words = format!("({rank}/{count}) {words}");
        }
        let (actions, files, notified) = Default::default();
        Post { id: 0, room: to.room.clone(), alone: to.alone, words, actions, files, edited: false, notified }
    }

    fn file(&self, file: &vigie_chat::File) -> ShownFile {
        let lost = self.0.has(Fault::LosesAlternativeTexts);
        let alt = if lost { &file.name } else { file.description.as_str() };
        ShownFile { name: file.name.clone(), alt: alt.to_owned() }
    }

    /// Has the application answer what was done.
    async fn hears(&self, app: &dyn App, act: Act) {
        let Some(event) = self.event(app, &act) else { return };
        let reply = VillageReply::new(Arc::clone(&self.0), &act);
        app.handle(event, Arc::new(reply)).await;
    }

    fn event(&self, app: &dyn App, act: &Act) -> Option<Event> {
        let mut origin = self.origin(act)?;
        Some(match &act.deed {
            Deed::Said(words) => read(app.commands(), words, &Nobody, &[]).into_event(origin),
            Deed::Gave(invocation, file) => {
                let mut invocation = invocation.clone();
                if let Some(file) = file {
                    let size = file.bytes.len() as u64;
                    self.0.state().files.insert(file.name.clone(), file.bytes.clone());
                    let file =
                        Attachment { source: file.name.clone(), name: file.name.clone(), media_type: None, size };
                    origin.attachments.push(file.clone());
                    invocation = invocation.with("fichier", file);
                }
                Event::Command { invocation, origin }
            }
            Deed::Pressed(token) => Event::Press { token: token.clone(), origin },
            Deed::Submitted(token, fields) => Event::Submit { token: token.clone(), fields: fields.clone(), origin },
        })
    }

    /// Who did it, where and when; nobody if it was a bot.
    fn origin(&self, act: &Act) -> Option<Origin> {
        let who = match act.who {
            None if self.0.has(Fault::AnswersBots)
                && matches!(&act.deed, Deed::Said(words) if words.starts_with('/')) =>
            {
                "bot"
            }
            None => return None,
            Some(_) if self.0.has(Fault::TakesAllForAlice) => Actor::Alice.name(),
            Some(who) => who.name(),
        };
        let is_shared = act.room == SQUARE || self.0.state().club(&act.room).is_some();
        let kind = if is_shared { RoomKind::Shared } else { RoomKind::Direct };
        Some(Origin {
            connector: self.name(),
            space: None,
            room: Room { id: RoomId::new(&act.room), kind },
            person: Person::new(who, who),
            standing: Standing::Member,
            roles: Vec::new(),
            locale: None,
            attachments: Vec::new(),
            at: "2026-11-23T08:00:00Z".parse().expect("a valid instant"),
            event: EventId::new(act.event.to_string()),
            message: act.message.as_deref().map(MessageId::new),
        })
    }
}

fn reference(room: &str, ids: &[u64]) -> MessageRef {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    MessageRef { room: RoomId::new(room), id: MessageId::new(ids.join(",")) }
}

#[async_trait]
impl Connector for Messenger {
    fn name(&self) -> ConnectorName {
        ConnectorName::new("village")
    }

    async fn run(&self, app: Arc<dyn App>, shutdown: Shutdown) -> Result<(), ConnectorError> {
        let (stop, stopping) = watch::channel(());
        let mut people = JoinSet::new();
        // What one person does is answered in order; people don't wait for each other.
        for who in Actor::ALL.into_iter().map(Some).chain([None]) {
            let (messenger, app, mut stopping) = (Self(Arc::clone(&self.0)), Arc::clone(&app), stopping.clone());
            people.spawn(async move {
                loop {
                    tokio::select! {
                        act = messenger.0.next(who) => messenger.hears(app.as_ref(), act).await,
                        _ = stopping.changed() => break,
                    }
                }
            });
        }
        shutdown.await;
        drop(stop);
        if self.0.has(Fault::DropsAtStop) {
            people.shutdown().await;
        }
        people.join_all().await;
        Ok(())
    }

    async fn send(&self, to: &Destination, message: &Sealed, key: &IdempotencyKey) -> Result<MessageRef, SendError> {
        if self.0.state().cut {
            return Err(SendError::Network("the village is cut off".to_owned()));
        }
        if let Some(sent) = self.0.state().keys.get(key).filter(|_| !self.0.has(Fault::ForgetsKeys)) {
            return Ok(sent.clone());
        }
        let room = match to {
            Destination::Room(room) => room.as_str().to_owned(),
            Destination::Direct(person) => {
                let closed = actor(person.as_str()).is_some_and(|who| self.0.state().closed.contains(&who));
                if closed && !self.0.has(Fault::HidesErrors) {
                    return Err(SendError::DirectClosed);
                }
                house(person.as_str())
            }
        };
        let sent = self.post(&Address { room, alone: None }, message);
        self.0.state().keys.insert(key.clone(), sent.clone());
        Ok(sent)
    }

    async fn edit(&self, sent: &MessageRef, message: &Sealed) -> Result<(), SendError> {
        self.repost(&sent.id, message).map(drop)
    }

    async fn open_room(
        &self,
        near: &RoomId,
        name: &str,
        people: &[PersonId],
        key: &IdempotencyKey,
    ) -> Result<Opened, SendError> {
        if near.as_str() != SQUARE {
            return Err(SendError::Gone);
        }
        let known = self.0.state().club_keys.get(key).filter(|_| !self.0.has(Fault::ForgetsKeys)).cloned();
        let room = known.unwrap_or_else(|| {
            let mut state = self.0.state();
            let room = format!("club {}: {name}", state.clubs.len());
            let members = if self.0.has(Fault::LetsAllIn) { Actor::ALL.into() } else { HashSet::new() };
            state.clubs.push((room.clone(), members));
            state.club_keys.insert(key.clone(), room.clone());
            room
        });
        let room = RoomId::new(room);
        let absent = self.let_in(&room, people).await?;
        Ok(Opened { room, absent })
    }

    async fn let_in(&self, room: &RoomId, people: &[PersonId]) -> Result<Vec<PersonId>, SendError> {
        let mut state = self.0.state();
        let out = state.staying_out.clone();
        let members = state.club(room.as_str()).ok_or(SendError::Gone)?;
        let mut absent = Vec::new();
        for person in people {
            match actor(person.as_str()).filter(|who| !out.contains(who)) {
                Some(who) => drop(members.insert(who)),
                None => absent.push(person.clone()),
            }
        }
        Ok(absent)
    }

    async fn take_out(&self, room: &RoomId, people: &[PersonId]) -> Result<(), SendError> {
        let mut state = self.0.state();
        let members = state.club(room.as_str()).ok_or(SendError::Gone)?;
        members.retain(|who| !people.iter().any(|person| person.as_str() == who.name()));
        Ok(())
    }
}
