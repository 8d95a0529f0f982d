//! Who speaks, where, and what each person saw last.
//!
//! The console plays a class: people enter with `:moi`, and one of them speaks at a time in one place. A message to a
//! room is seen by everybody who has been there, also by those who come later; a private one by one person. Nothing here
//! reads or writes anything.

use crate::{SPACE, rooms::Rooms};
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{BuildHasher, RandomState},
};
use vigie_chat::{
    Attachment, Directory, EventId, IdempotencyKey, MessageId, MessageRef, Person, PersonId, Role, RoleId, Room,
    RoomId, RoomKind, Standing, Token, folded,
};

/// The prefix of a direct room's id; the rest is the person's name.
const DIRECT: &str = "prive:";

/// What somebody is in the class that is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A candidate.
    Candidate,
    /// A trainer.
    Trainer,
    /// An administrator of the space.
    Administrator,
}

impl Part {
    /// The part of this name, accents and case aside.
    pub(crate) fn read(name: &str) -> Option<Self> {
        let name = folded(name);
        [Self::Candidate, Self::Trainer, Self::Administrator].into_iter().find(|part| part.name() == name)
    }

    /// Its French name, which is also the name of the network's role.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Candidate => "candidat",
            Self::Trainer => "formateur",
            Self::Administrator => "administrateur",
        }
    }

    /// What it lets people do in the space.
    pub(crate) fn standing(self) -> Standing {
        match self {
            Self::Administrator => Standing::Administrator,
            Self::Candidate | Self::Trainer => Standing::Member,
        }
    }

    /// The role that it is on this network.
    pub(crate) fn role(self) -> Role {
        Role { id: RoleId::new(self.name()), name: self.name().to_owned() }
    }
}

/// Where things are said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a room.
    Room(String),
    /// In the direct room of whoever speaks.
    Direct,
}

/// Who sees a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Those who have been in this room.
    Room(String),
    /// One person.
    Person(String),
}

impl Seen {
    /// The writing of the contract: `salon:general` or `prive:alice`.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::Room(room) => format!("salon:{room}"),
            Self::Person(name) => format!("{DIRECT}{name}"),
        }
    }

    /// Those who see what is sent to a room of this id.
    pub(crate) fn in_room(room: &RoomId) -> Self {
        match room.as_str().strip_prefix(DIRECT) {
            Some(name) => Self::Person(name.to_owned()),
            None => Self::Room(room.as_str().to_owned()),
        }
    }

    /// The id of the room in which the message is.
    fn room(&self) -> RoomId {
        match self {
            Self::Room(room) => RoomId::new(room),
            Self::Person(name) => RoomId::new(format!("{DIRECT}{name}")),
        }
    }
}

/// A message that was shown.
#[derive(Debug, Clone)]
struct Posted {
    id: MessageId,
    seen: Seen,
    tokens: Vec<Token>,
}

/// Why an action can't be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAction {
    /// The person has seen no message.
    NothingSeen,
    /// The message has this many actions.
    Only(usize),
}

/// Who speaks, where, and what each person saw.
#[derive(Debug)]
pub(crate) struct Stage {
    people: BTreeMap<String, Part>,
    speaker: String,
    place: Place,
    /// Pairs (person, room).
    visits: BTreeSet<(String, String)>,
    /// In the order in which they were shown or edited last.
    posted: Vec<Posted>,
    shown: u64,
    /// Drawn at random, so that what happens in two runs over one database never has one name.
    run: u64,
    happened: u64,
    rooms: Rooms,
    /// Files for the next command.
    pub(crate) files: Vec<Attachment>,
}

impl Stage {
    /// Alice, administrator, in the room `general`.
    pub(crate) fn new() -> Self {
        Self {
            people: BTreeMap::from([("alice".to_owned(), Part::Administrator)]),
            speaker: "alice".to_owned(),
            place: Place::Room("general".to_owned()),
            visits: BTreeSet::new(),
            posted: Vec::new(),
            shown: 0,
            run: RandomState::new().hash_one(SPACE),
            happened: 0,
            rooms: Rooms::default(),
            files: Vec::new(),
        }
    }

    /// Has a person speak; a newcomer is a candidate unless `part` says otherwise.
    pub(crate) fn speak_as(&mut self, name: &str, part: Option<Part>) {
        let known = self.people.keys().find(|known| folded(known) == folded(name)).cloned();
        self.speaker = known.unwrap_or_else(|| name.to_owned());
        let current = self.people.entry(self.speaker.clone()).or_insert(Part::Candidate);
        if let Some(part) = part {
            *current = part;
        }
    }

    /// Changes where things are said.
    pub(crate) fn go(&mut self, place: Place) {
        self.place = place;
    }

    /// Notes that the speaker does something here, and so sees what was and will be said here. Only passing through, as
    /// between `:moi` and `:salon`, shows nothing.
    pub(crate) fn visit(&mut self) {
        if let Place::Room(room) = &self.place {
            self.visits.insert((self.speaker.clone(), room.clone()));
        }
    }

    /// Names the next thing that happens.
    pub(crate) fn happens(&mut self) -> EventId {
        self.happened += 1;
        EventId::new(format!("{:016x}-{}", self.run, self.happened))
    }

    /// Who speaks.
    pub(crate) fn person(&self) -> Person {
        Person::new(&self.speaker, &self.speaker)
    }

    /// What the speaker is.
    pub(crate) fn part(&self) -> Part {
        self.people.get(&self.speaker).copied().unwrap_or(Part::Candidate)
    }

    /// Where things are said.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// The room in which things are said, as the port knows it.
    pub(crate) fn room(&self) -> Room {
        let kind = if self.place == Place::Direct { RoomKind::Direct } else { RoomKind::Shared };
        Room { id: self.here().room(), kind }
    }

    /// The same, or the room beside which it was opened: to its space belongs what is said here.
    pub(crate) fn base(&self) -> Room {
        let Room { id, kind } = self.room();
        Room { id: RoomId::new(self.rooms.base(id.as_str())), kind }
    }

    /// Opens a room beside another for these people, once for each key.
    pub(crate) fn open(&mut self, near: &str, name: &str, people: &[PersonId], key: &IdempotencyKey) -> RoomId {
        let here = match &self.place {
            Place::Room(room) => Some(room.as_str()),
            Place::Direct => None,
        };
        let visits = &self.visits;
        let taken = |room: &str| here == Some(room) || near == room || visits.iter().any(|(_, known)| known == room);
        let room = self.rooms.open(near, name, key, taken);
        self.let_in(&room, people);
        RoomId::new(room)
    }

    /// Lets people into a room that was opened, who see what was said there; false when it wasn't.
    pub(crate) fn let_in(&mut self, room: &str, people: &[PersonId]) -> bool {
        let is_open = self.rooms.let_in(room, people);
        if is_open {
            self.visits.extend(people.iter().map(|person| (person.as_str().to_owned(), room.to_owned())));
        }
        is_open
    }

    /// Takes people out of a room that was opened; false when it wasn't.
    pub(crate) fn take_out(&mut self, room: &str, people: &[PersonId]) -> bool {
        let is_open = self.rooms.take_out(room, people);
        if is_open {
            self.visits.retain(|(name, place)| place != room || !people.iter().any(|person| person.as_str() == name));
        }
        is_open
    }

    /// The room where things are said, if it was opened for others than the speaker.
    pub(crate) fn closed(&self) -> Option<&str> {
        match &self.place {
            Place::Room(room) if !self.rooms.lets(room, &self.speaker) => Some(room),
            Place::Room(_) | Place::Direct => None,
        }
    }

    /// Those who see what is said here.
    pub(crate) fn here(&self) -> Seen {
        match &self.place {
            Place::Room(room) => Seen::Room(room.clone()),
            Place::Direct => Seen::Person(self.speaker.clone()),
        }
    }

    /// Notes that a message is shown, and names it.
    pub(crate) fn post(&mut self, seen: Seen, tokens: Vec<Token>) -> MessageRef {
        self.shown += 1;
        let id = MessageId::new(format!("m{}", self.shown));
        let room = seen.room();
        self.posted.push(Posted { id: id.clone(), seen, tokens });
        MessageRef { room, id }
    }

    /// Who saw a message, if there is such a message.
    pub(crate) fn seen_by(&self, id: &MessageId) -> Option<&Seen> {
        self.posted.iter().rev().find(|posted| posted.id == *id).map(|posted| &posted.seen)
    }

    /// Notes that a message is shown again with other actions; it is then the last that its readers saw.
    pub(crate) fn repost(&mut self, id: &MessageId, tokens: Vec<Token>) -> Option<MessageRef> {
        let at = self.posted.iter().rposition(|posted| posted.id == *id)?;
        let mut posted = self.posted.remove(at);
        let sent = MessageRef { room: posted.seen.room(), id: posted.id.clone() };
        posted.tokens = tokens;
        self.posted.push(posted);
        Some(sent)
    }

    /// The Nth action (from 1) of the last message that the speaker saw, and that message.
    pub(crate) fn action(&mut self, number: usize) -> Result<(Token, MessageId), NoAction> {
        self.visit();
        let saw = |posted: &&Posted| match &posted.seen {
            Seen::Person(name) => *name == self.speaker,
            Seen::Room(room) => self.visits.contains(&(self.speaker.clone(), room.clone())),
        };
        let last = self.posted.iter().rev().find(saw).ok_or(NoAction::NothingSeen)?;
        let token = number.checked_sub(1).and_then(|rank| last.tokens.get(rank));
        token.map(|token| (token.clone(), last.id.clone())).ok_or(NoAction::Only(last.tokens.len()))
    }

    /// Everybody who was named so far.
    pub(crate) fn people(&self) -> impl Iterator<Item = &str> {
        self.people.keys().map(String::as_str)
    }

    fn known_room(&self, name: &str) -> Option<&str> {
        self.visits.iter().map(|(_, room)| room.as_str()).find(|room| folded(room) == folded(name))
    }
}

/// `@name` is a person, also one who hasn't spoken yet; a name alone is one who has. Likewise `#name` for rooms.
impl Directory for Stage {
    fn person(&self, typed: &str) -> Option<Person> {
        let bare = typed.trim_start_matches('@').trim();
        let known = self.people.keys().find(|name| folded(name) == folded(bare));
        let name = match known {
            Some(name) => name,
            None if typed.starts_with('@') && !bare.is_empty() && !bare.contains(char::is_whitespace) => bare,
            None => return None,
        };
        Some(Person { id: PersonId::new(name), name: name.to_owned() })
    }

    fn room(&self, typed: &str) -> Option<Room> {
        let bare = typed.trim_start_matches('#').trim();
        let name = match self.known_room(bare) {
            Some(name) => name,
            None if typed.starts_with('#') && !bare.is_empty() && !bare.contains([' ', ':']) => bare,
            None => return None,
        };
        Some(Room { id: RoomId::new(name), kind: RoomKind::Shared })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(names: &[&str]) -> Vec<Token> {
        names.iter().copied().map(Token::new).collect()
    }

    #[track_caller]
    fn check(stage: &mut Stage, name: &str, number: usize, token: Option<&str>) {
        stage.speak_as(name, None);
        let found = stage.action(number).ok();
        assert_eq!(found.as_ref().map(|(token, _)| token.as_str()), token, "{name} presses {number}");
    }

    #[test]
    fn each_person_presses_what_they_saw_last() {
        let mut stage = Stage::new();
        assert_eq!(stage.action(1), Err(NoAction::NothingSeen));
        stage.post(Seen::Room("general".into()), tokens(&["a", "b"]));
        stage.speak_as("bob", None);
        let private = stage.post(Seen::Person("bob".into()), tokens(&["c"]));
        stage.post(Seen::Room("equipe".into()), tokens(&["d"]));
        check(&mut stage, "alice", 2, Some("b"));
        check(&mut stage, "ALICE", 3, None);
        check(&mut stage, "bob", 1, Some("c"));
        check(&mut stage, "carla", 1, Some("a"));
        check(&mut stage, "carla", 0, None);
        stage.go(Place::Room("equipe".into()));
        check(&mut stage, "carla", 1, Some("d"));
        stage.repost(&private.id, tokens(&["e"]));
        check(&mut stage, "bob", 1, Some("e"));
    }

    #[test]
    fn a_newcomer_is_a_candidate() {
        let mut stage = Stage::new();
        assert_eq!(stage.part(), Part::Administrator);
        stage.speak_as("prof", Some(Part::Trainer));
        stage.speak_as("bob", None);
        assert_eq!(stage.part(), Part::Candidate);
        stage.speak_as("prof", None);
        assert_eq!(stage.part(), Part::Trainer);
    }
}
