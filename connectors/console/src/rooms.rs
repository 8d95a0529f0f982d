//! Rooms that the application opened for some of the people of the script.
//!
//! Any other room is there as soon as somebody goes into it, and is open to all. Nothing here reads or writes anything.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use vigie_chat::{IdempotencyKey, PersonId, folded};

/// What a room is called whose name has neither letter nor digit.
const NAMELESS: &str = "salon";

/// All rooms that were opened.
#[derive(Debug, Default)]
pub(crate) struct Rooms {
    rooms: BTreeMap<String, Room>,
    keys: HashMap<IdempotencyKey, String>,
}

/// One of them.
#[derive(Debug)]
struct Room {
    /// The room beside which it was opened.
    near: String,
    guests: BTreeSet<String>,
}

impl Rooms {
    /// The room that was opened with this key, or a new one beside `near`, named after `name` unlike any that `is_taken`.
    pub(crate) fn open(
        &mut self,
        near: &str,
        name: &str,
        key: &IdempotencyKey,
        is_taken: impl Fn(&str) -> bool,
    ) -> String {
        if let Some(known) = self.keys.get(key) {
            return known.clone();
        }
        let plain = typed(name);
        let is_free = |room: &str| !self.rooms.contains_key(room) && !is_taken(room);
        let numbered = (2..).map(|number: u32| format!("{plain}-{number}"));
        let room = std::iter::once(plain.clone()).chain(numbered).find(|room| is_free(room)).unwrap_or(plain);
        self.rooms.insert(room.clone(), Room { near: self.base(near).to_owned(), guests: BTreeSet::new() });
        self.keys.insert(key.clone(), room.clone());
        room
    }

    /// Lets people into a room; false when it isn't one that was opened.
    pub(crate) fn let_in(&mut self, room: &str, people: &[PersonId]) -> bool {
        let Some(room) = self.rooms.get_mut(room) else { return false };
        room.guests.extend(people.iter().map(|person| person.as_str().to_owned()));
        true
    }

    /// Takes people out of a room; false when it isn't one that was opened.
    pub(crate) fn take_out(&mut self, room: &str, people: &[PersonId]) -> bool {
        let Some(room) = self.rooms.get_mut(room) else { return false };
        room.guests.retain(|guest| !people.iter().any(|person| person.as_str() == guest));
        true
    }

    /// Whether somebody may be in a room.
    pub(crate) fn lets(&self, room: &str, name: &str) -> bool {
        self.rooms.get(room).is_none_or(|room| room.guests.contains(name))
    }

    /// The room to whose space a room belongs: itself, unless it was opened beside another.
    pub(crate) fn base<'a>(&'a self, room: &'a str) -> &'a str {
        self.rooms.get(room).map_or(room, |room| room.near.as_str())
    }
}

/// A name as it is typed after `:salon`: lower case, without accents, spaces or anything that lines give a meaning to.
fn typed(name: &str) -> String {
    let words: Vec<String> =
        folded(name).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.is_empty() { NAMELESS.to_owned() } else { words.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(rooms: &mut Rooms, near: &str, name: &str, key: &str) -> String {
        rooms.open(near, name, &IdempotencyKey::new(key), |room| room == "general")
    }

    #[test]
    fn each_key_has_a_room_that_can_be_typed() {
        let mut rooms = Rooms::default();
        assert_eq!(open(&mut rooms, "general", "Équipe « Les lions »", "a"), "equipe-les-lions");
        assert_eq!(open(&mut rooms, "general", "Équipe : les lions", "b"), "equipe-les-lions-2");
        assert_eq!(open(&mut rooms, "general", "Autre nom", "a"), "equipe-les-lions");
        assert_eq!(open(&mut rooms, "general", "Général", "c"), "general-2");
        assert_eq!(open(&mut rooms, "general", "🦁", "d"), "salon");
        assert_eq!(open(&mut rooms, "equipe-les-lions", "sous-groupe", "e"), "sous-groupe");
        assert_eq!(rooms.base("sous-groupe"), "general");
        assert_eq!(rooms.base("ailleurs"), "ailleurs");
    }

    #[test]
    fn only_guests_are_let_in() {
        let (mut rooms, [alice, bob]) = (Rooms::default(), ["alice", "bob"].map(PersonId::new));
        let room = open(&mut rooms, "general", "lions", "a");
        assert!(
            rooms.let_in(&room, &[alice.clone(), bob.clone()])
                && !rooms.let_in("general", std::slice::from_ref(&alice))
        );
        assert!(rooms.take_out(&room, &[bob]) && !rooms.take_out("general", &[alice]));
        assert!(rooms.lets(&room, "alice") && !rooms.lets(&room, "bob") && rooms.lets("general", "bob"));
    }
}
