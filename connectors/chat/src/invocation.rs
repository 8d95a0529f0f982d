//! A command with its values: what was asked, whatever the way.
//!
//! A slash command, a typed line, a pressed button and a submitted form all end in an [`Invocation`]. It is stored behind
//! the tokens of actions, so its JSON writing must stay readable by later versions.

use crate::{
    event::{Attachment, Room},
    id::Person,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// Which command: its words joined by single spaces, such as `chercher` or `amenagement temps`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandPath(String);

impl CommandPath {
    /// The path as one text, for instance `"amenagement temps"`; runs of white space count as one.
    #[must_use]
    pub fn new(words: &str) -> Self {
        Self(words.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The path one level down.
    #[must_use]
    pub fn sub(&self, word: &str) -> Self {
        Self::new(&format!("{self} {word}"))
    }

    /// The words joined by single spaces: what a dispatcher matches on.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The words, command first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ')
    }
}

impl From<&str> for CommandPath {
    fn from(words: &str) -> Self {
        Self::new(words)
    }
}

impl fmt::Display for CommandPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A command with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invocation {
    /// Which command.
    pub path: CommandPath,
    /// Values by parameter name.
    #[serde(default)]
    pub args: BTreeMap<String, Value>,
}

/// The value of one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Free text; also a code, a date or a duration as the person wrote it, and the value of an alternative.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A person.
    Person(Person),
    /// A room.
    Room(Room),
    /// A file that came with the command.
    Attachment(Attachment),
}

impl Invocation {
    /// A command without values.
    #[must_use]
    pub fn new(path: impl Into<CommandPath>) -> Self {
        Self { path: path.into(), args: BTreeMap::new() }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, param: impl Into<String>, value: impl Into<Value>) -> Self {
        self.args.insert(param.into(), value.into());
        self
    }

    /// The same with one more value, if there is one.
    #[must_use]
    pub fn with_some(self, param: impl Into<String>, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(param, value),
            None => self,
        }
    }

    /// Free text, a code, a date, a duration or an alternative.
    #[must_use]
    pub fn text(&self, param: &str) -> Option<&str> {
        match self.args.get(param)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number.
    #[must_use]
    pub fn integer(&self, param: &str) -> Option<i64> {
        match self.args.get(param)? {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// A person.
    #[must_use]
    pub fn person(&self, param: &str) -> Option<&Person> {
        match self.args.get(param)? {
            Value::Person(person) => Some(person),
            _ => None,
        }
    }

    /// A room.
    #[must_use]
    pub fn room(&self, param: &str) -> Option<&Room> {
        match self.args.get(param)? {
            Value::Room(room) => Some(room),
            _ => None,
        }
    }

    /// A file that came with the command.
    #[must_use]
    pub fn attachment(&self, param: &str) -> Option<&Attachment> {
        match self.args.get(param)? {
            Value::Attachment(attachment) => Some(attachment),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<Person> for Value {
    fn from(person: Person) -> Self {
        Self::Person(person)
    }
}

impl From<Room> for Value {
    fn from(room: Room) -> Self {
        Self::Room(room)
    }
}

impl From<Attachment> for Value {
    fn from(attachment: Attachment) -> Self {
        Self::Attachment(attachment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn stored_writing_is_stable() {
        let invocation = Invocation::new("equipe  membre")
            .with("personne", Person::new("42", "Zoé"))
            .with("role", "rapporteur")
            .with("page", 2);
        let json = serde_json::to_string(&invocation).expect("an invocation is always JSON");
        expect![[r#"{"path":"equipe membre","args":{"page":{"integer":2},"personne":{"person":{"id":"42","name":"Zoé"}},"role":{"text":"rapporteur"}}}"#]].assert_eq(&json);
        assert_eq!(serde_json::from_str::<Invocation>(&json).expect("what was written is read"), invocation);
    }
}
