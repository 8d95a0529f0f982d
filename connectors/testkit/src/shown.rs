//! What a person sees of what the bot said.

use crate::Actor;
use vigie_chat::clean;

/// A message as one person sees it: one for each that the network shows, so that an answer in three parts is three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The network's own name for it, which only the stage understands.
    pub id: String,
    /// Everything that it says in words, title first, without the network's markup. How white space falls is free.
    pub words: String,
    /// Whether this person alone sees it.
    pub private: bool,
    /// Words of everything that can be pressed or chosen, in reading order. A select counts for each of its options.
    pub actions: Vec<String>,
    /// Files and pictures that come with it.
    pub files: Vec<ShownFile>,
    /// Whether it took the place of an earlier one. Where nothing shown can be taken back, both are shown.
    pub edited: bool,
    /// Whose attention the network draws to it.
    pub notified: Vec<Notified>,
}

/// A file that comes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownFile {
    /// Its name.
    pub name: String,
    /// What those hear who don't see it.
    pub alt: String,
}

/// Whose attention a network draws to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notified {
    /// One of the people.
    One(Actor),
    /// Somebody else or many, as the network writes it: `@everyone`, `@room`.
    Others(String),
}

impl Shown {
    /// Whether it says these words, in a row.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        heard(&self.words).contains(&heard(words))
    }

    /// The number, from 1, of what can be pressed under these words.
    #[must_use]
    pub fn action(&self, label: &str) -> Option<usize> {
        let found = self.actions.iter().position(|action| heard(action) == heard(label));
        found.map(|rank| rank + 1)
    }
}

/// A text as far as networks must keep it: without white space, without what [`clean`] takes away, and without the
/// joiners and empty marks that renderers add to keep a text from being read as markup.
#[must_use]
pub fn heard(text: &str) -> String {
    let silent = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}');
    clean(text).chars().filter(|c| !c.is_whitespace() && !silent(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_is_free_and_words_are_not() {
        assert_eq!(heard("@\u{200b}room \u{202e}a\n b"), "@rooma".to_owned() + "b");
        assert_ne!(heard("**a**"), heard("a"));
    }
}
