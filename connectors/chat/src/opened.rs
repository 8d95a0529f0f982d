//! Rooms that the bot opens: what became of the opening, and what they are called.

use crate::{
    clean::clean,
    id::{PersonId, RoomId},
    limits,
};
use serde::{Deserialize, Serialize};

/// A room that the bot opened for several people.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Opened {
    /// Which one.
    pub room: RoomId,
    /// Those who could not be let in: they left the server, they refuse invitations. In the order in which they were named.
    pub absent: Vec<PersonId>,
}

/// A room's name as every network takes it: on one line, without control characters, of [`limits::ROOM_NAME`] characters
/// at most.
#[must_use]
pub fn room_name(asked: &str) -> String {
    let words: Vec<&str> = asked.split_whitespace().collect();
    let line = words.join(" ");
    let name = clean(&line);
    if name.chars().count() <= limits::ROOM_NAME {
        return name.trim().to_owned();
    }
    let kept: String = name.chars().take(limits::ROOM_NAME - 1).collect();
    format!("{}…", kept.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_has_a_short_name_on_one_line() {
        assert_eq!(room_name(" Équipe\n des \u{1b}[31mlions\u{202e} "), "Équipe des lions");
        assert_eq!(room_name(&"é".repeat(limits::ROOM_NAME)).chars().count(), limits::ROOM_NAME);
        let cut = room_name(&"é ".repeat(1_000));
        assert!(cut.ends_with("é…") && cut.chars().count() <= limits::ROOM_NAME, "{cut}");
        assert_eq!(room_name(" \u{200e} \n"), "");
    }
}
