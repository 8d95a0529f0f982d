//! What the application says, as a tree.
//!
//! Views build a [`Draft`]; the application seals it (see [`Message::seal`]); renderers, one a network, turn the sealed
//! tree into payloads and drop nothing. A message can be stored as JSON, which is how the outbox keeps it.

use crate::{
    action::{Action, Press, Token},
    clean::says_something,
    id::PersonId,
    text::Text,
};
use serde::{Deserialize, Serialize};

mod check;

/// A message as views write it: its actions hold what they do.
pub type Draft = Message<Press>;

/// A message as networks get it: its actions hold opaque tokens.
pub type Sealed = Message<Token>;

/// Everything said at once. `P` is what its actions hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message<P> {
    /// Why it is said.
    pub kind: Kind,
    /// Who may read it.
    pub privacy: Privacy,
    /// Title.
    pub title: Option<Text>,
    /// Content, in reading order.
    pub blocks: Vec<Block>,
    /// What can be pressed or chosen under it, in reading order.
    pub actions: Vec<Action<P>>,
    /// Files that come with it, besides the pictures among its blocks.
    pub files: Vec<File>,
    /// The people whom the network notifies. Nobody else is, whatever the text says.
    pub notifies: Vec<PersonId>,
}

/// Why a message is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It answers what somebody did.
    #[default]
    Answer,
    /// It tells of something that happened.
    Notice,
    /// It reminds of something due.
    Reminder,
    /// It says that something was not understood, was refused, or failed.
    Error,
}

/// Who may read a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Privacy {
    /// Everybody in the room.
    #[default]
    Public,
    /// Only the person who is answered. A connector that cannot show it to them alone sends it to their direct room.
    Private,
}

/// One piece of content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading within the message, one level under its title.
    Heading(Text),
    /// A paragraph.
    Paragraph(Text),
    /// A list.
    List(List),
    /// Names and values.
    Fields(Vec<Field>),
    /// Rows and columns.
    Table(Table),
    /// Somebody else's words, or a document's.
    Quote(Vec<Block>),
    /// A picture. Its description is the alternative text, without which it cannot be built.
    Picture(File),
    /// Content that may be hidden until asked for, on networks that can hide.
    Fold {
        /// What is always shown.
        summary: Text,
        /// What may be hidden.
        blocks: Vec<Block>,
    },
    /// Small print, such as a source.
    Note(Text),
}

/// A list of items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Bullets or numbers.
    pub order: Order,
    /// The items.
    pub items: Vec<Item>,
}

/// How the items of a list are marked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// By bullets.
    #[default]
    Bulleted,
    /// By numbers, the first being this one.
    NumberedFrom(u32),
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it says.
    pub text: Text,
    /// Items under it, always bulleted.
    pub children: Vec<Item>,
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Name.
    pub name: Text,
    /// Value.
    pub value: Text,
}

/// Rows under a header. A short row has empty cells at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Names of the columns.
    pub header: Vec<Text>,
    /// Cells, row by row.
    pub rows: Vec<Vec<Text>>,
}

/// A file that the bot sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Name with its extension, without a folder.
    pub name: String,
    /// Media type, for instance `image/png`.
    pub media_type: String,
    /// Content.
    #[serde(with = "base64_bytes")]
    pub bytes: Vec<u8>,
    /// What it is, in words; for a picture, its alternative text.
    pub description: AltText,
}

/// A description that says something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AltText(String);

/// A picture or a file was given an empty description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a picture or a file needs a description in words")]
pub struct EmptyAltText;

impl AltText {
    /// A description.
    ///
    /// # Errors
    ///
    /// [`EmptyAltText`] when nothing would be read out.
    pub fn new(words: impl Into<String>) -> Result<Self, EmptyAltText> {
        let words = words.into();
        if says_something(&words) { Ok(Self(words)) } else { Err(EmptyAltText) }
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AltText {
    type Error = EmptyAltText;

    fn try_from(words: String) -> Result<Self, EmptyAltText> {
        Self::new(words)
    }
}

impl From<AltText> for String {
    fn from(alt: AltText) -> Self {
        alt.0
    }
}

impl File {
    /// A file with its description.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        media_type: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
        description: AltText,
    ) -> Self {
        Self { name: name.into(), media_type: media_type.into(), bytes: bytes.into(), description }
    }
}

impl List {
    /// A bulleted list.
    #[must_use]
    pub fn bulleted<I: Into<Item>>(items: impl IntoIterator<Item = I>) -> Self {
        Self { order: Order::Bulleted, items: items.into_iter().map(Into::into).collect() }
    }

    /// A numbered list; `first` is the first number.
    #[must_use]
    pub fn numbered<I: Into<Item>>(first: u32, items: impl IntoIterator<Item = I>) -> Self {
        Self { order: Order::NumberedFrom(first), items: items.into_iter().map(Into::into).collect() }
    }
}

impl Item {
    /// An item with items under it.
    #[must_use]
    pub fn with<I: Into<Self>>(text: impl Into<Text>, children: impl IntoIterator<Item = I>) -> Self {
        Self { text: text.into(), children: children.into_iter().map(Into::into).collect() }
    }
}

impl<T: Into<Text>> From<T> for Item {
    fn from(text: T) -> Self {
        Self { text: text.into(), children: Vec::new() }
    }
}

impl Field {
    /// A name and its value.
    #[must_use]
    pub fn new(name: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

impl Table {
    /// A table with these columns and no row yet.
    #[must_use]
    pub fn new<T: Into<Text>>(header: impl IntoIterator<Item = T>) -> Self {
        Self { header: header.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    #[must_use]
    pub fn row<T: Into<Text>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }
}

/// Bytes as base64, so that a stored message stays a short JSON text.
mod base64_bytes {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_description_says_something() {
        for empty in ["", " \n", "\u{202e}", "\u{200b}", "\u{2060} \u{fe0f}\u{ad}", "\u{1b}[1m"] {
            assert_eq!(AltText::new(empty), Err(EmptyAltText));
        }
        assert!(serde_json::from_str::<AltText>("\" \"").is_err());
    }

    proptest! {
        #[test]
        fn a_stored_message_is_the_same(message in crate::arbitrary::message()) {
            let stored = serde_json::to_string(&message).expect("a message is always JSON");
            prop_assert_eq!(serde_json::from_str::<Sealed>(&stored).expect("what was written is read"), message);
        }
    }
}
