//! The people and rooms that typed words name.
//!
//! Whoever asks knows who was mentioned and which rooms the bot is in; nothing is looked up here.

use matrix_sdk::ruma::{OwnedUserId, RoomAliasId, RoomId as MatrixRoomId, UserId};
use std::borrow::Cow;
use vigie_chat::{Directory, Person, Room, RoomId, RoomKind, folded};

/// Where clients link to.
const LINKS: &str = "https://matrix.to/#/";

/// Whom and what a message can name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named {
    /// Those whom the message mentions, with the names that the room knows them by.
    pub(crate) people: Vec<Person>,
    /// Rooms by alias (`#salon:exemple.fr`).
    pub(crate) rooms: Vec<(String, Room)>,
}

impl Directory for Named {
    /// `@alice:exemple.fr`, a link to it, or the name of somebody who is mentioned.
    fn person(&self, typed: &str) -> Option<Person> {
        let typed = unlinked(typed.trim());
        if let Some(user) = user(&typed) {
            let known = self.people.iter().find(|person| person.id.as_str() == user.as_str());
            return Some(known.cloned().unwrap_or_else(|| Person::new(user.as_str(), user.localpart())));
        }
        let name = folded(typed.strip_prefix('@').unwrap_or(&typed));
        let mut found = self.people.iter().filter(|person| folded(person.name.trim()) == name);
        match (found.next(), found.next()) {
            (Some(only), None) => Some(only.clone()),
            _ => None,
        }
    }

    /// `!id`, `#alias:exemple.fr` of a known room, or a link to either.
    fn room(&self, typed: &str) -> Option<Room> {
        let typed = unlinked(typed.trim());
        let id = typed.strip_prefix('#').filter(|id| id.starts_with('!')).unwrap_or(&typed);
        if id.len() > 1 && id.starts_with('!') {
            let id = MatrixRoomId::parse(id).ok()?;
            let known = self.rooms.iter().map(|(_, room)| room).find(|room| room.id.as_str() == id.as_str());
            return Some(
                known.cloned().unwrap_or_else(|| Room { id: RoomId::new(id.as_str()), kind: RoomKind::Shared }),
            );
        }
        let alias = RoomAliasId::parse(&*typed).ok()?;
        self.rooms.iter().find(|(known, _)| known == alias.as_str()).map(|(_, room)| room.clone())
    }
}

/// The people whose ids stand in a text.
pub(crate) fn users_in(text: &str) -> Vec<OwnedUserId> {
    text.split_whitespace().filter_map(|word| user(&unlinked(word))).collect()
}

/// A user id as it is typed. A second mark comes from commands that the bot writes out.
fn user(typed: &str) -> Option<OwnedUserId> {
    let id = typed.strip_prefix('@').filter(|id| id.starts_with('@')).unwrap_or(typed);
    UserId::parse(id).ok()
}

/// What a link to a person or a room links to; anything else as it is.
fn unlinked(typed: &str) -> Cow<'_, str> {
    let inner = typed.strip_prefix('<').and_then(|typed| typed.strip_suffix('>')).unwrap_or(typed);
    let Some(target) = inner.strip_prefix(LINKS) else { return Cow::Borrowed(typed) };
    let target = target.split('?').next().unwrap_or_default();
    let sigils = [("%40", "@"), ("%3A", ":"), ("%3a", ":"), ("%23", "#"), ("%21", "!")];
    Cow::Owned(sigils.iter().fold(target.to_owned(), |target, (from, to)| target.replace(from, to)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_chat::{CommandSet, CommandSpec, Invocation, ParamKind, ParamSpec, Reading, read};

    fn named() -> Named {
        let room = Room { id: RoomId::new("!abc"), kind: RoomKind::Shared };
        Named {
            people: vec![
                Person::new("@alice:exemple.fr", "Alice Martin"),
                Person::new("@bob:exemple.fr", "Bob"),
                Person::new("@bob:autre.fr", "bob"),
            ],
            rooms: vec![("#salon:exemple.fr".to_owned(), room)],
        }
    }

    #[test]
    fn people_are_known_by_id_by_link_and_by_a_name_that_only_one_has() {
        for (typed, id, name) in [
            ("@alice:exemple.fr", "@alice:exemple.fr", "Alice Martin"),
            ("@@alice:exemple.fr", "@alice:exemple.fr", "Alice Martin"),
            ("@zoe:exemple.fr:8448", "@zoe:exemple.fr:8448", "zoe"),
            ("alice martin", "@alice:exemple.fr", "Alice Martin"),
            ("@Alice Martin", "@alice:exemple.fr", "Alice Martin"),
            ("https://matrix.to/#/%40alice%3Aexemple.fr", "@alice:exemple.fr", "Alice Martin"),
            ("<https://matrix.to/#/@zoe:exemple.fr>", "@zoe:exemple.fr", "zoe"),
        ] {
            assert_eq!(named().person(typed), Some(Person::new(id, name)), "{typed}");
        }
        for nobody in ["", "@", "Bob", "alice", "@alice", "Zoé", "#salon:exemple.fr"] {
            assert_eq!(named().person(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn rooms_are_known_by_alias_and_by_id() {
        for known in ["#salon:exemple.fr", "!abc", "#!abc", "https://matrix.to/#/%23salon%3Aexemple.fr?via=exemple.fr"]
        {
            assert_eq!(named().room(known).map(|room| room.id), Some(RoomId::new("!abc")), "{known}");
        }
        let other = named().room("!xyz:exemple.fr").map(|room| room.id);
        assert_eq!(other, Some(RoomId::new("!xyz:exemple.fr")));
        for none in ["", "#autre:exemple.fr", "#salon", "salon", "@alice:exemple.fr", "!"] {
            assert_eq!(named().room(none), None, "{none}");
        }
    }

    #[test]
    fn a_typed_command_names_them_and_what_the_bot_writes_reads_back() {
        let spec = CommandSpec::new("membre", "Ajoute")
            .param(ParamSpec::new("personne", "Qui", ParamKind::Person).required())
            .param(ParamSpec::new("salon", "Où", ParamKind::Room).required());
        let commands = CommandSet::new(vec![spec]);
        let meant = Invocation::new("membre")
            .with("personne", named().people[0].clone())
            .with("salon", named().rooms[0].1.clone());
        let shown = format!("!{}", meant.to_typed(&commands));
        for typed in ["!membre @alice:exemple.fr #salon:exemple.fr", "!membre Alice Martin !abc", &shown] {
            assert_eq!(read(&commands, typed, &named(), &[]), Reading::Command(meant.clone()), "{typed}");
        }
    }
}
