//! What a picture says, in words.

use crate::domain::limits::visible;

/// Most characters of an alternative text: what networks take, and what anybody listens to.
const MOST: usize = 1_000;

/// The alternative text of a picture: a sentence that reads it, then its main facts, the most important first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Words {
    text: String,
    /// Where the first sentence ends, in bytes.
    reading: usize,
}

impl Words {
    /// The sentence that reads the picture.
    #[must_use]
    pub fn new(reading: &str) -> Self {
        let mut text = plain(reading);
        if text.chars().count() > MOST {
            let kept: String = text.chars().take(MOST - 1).collect();
            text = format!("{}…", kept.trim_end());
        }
        Self { reading: text.len(), text }
    }

    /// A fact more, as a whole sentence. One for which there is no room is left out: the same is said in full by the table
    /// beside the picture.
    #[must_use]
    pub fn and(mut self, sentence: &str) -> Self {
        let sentence = plain(sentence);
        if !sentence.is_empty() && self.text.chars().count() + 1 + sentence.chars().count() <= MOST {
            self.text.push(' ');
            self.text.push_str(&sentence);
        }
        self
    }

    /// All of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The sentence that reads the picture.
    #[must_use]
    pub fn reading(&self) -> &str {
        &self.text[..self.reading]
    }

    /// What follows it.
    #[must_use]
    pub fn facts(&self) -> &str {
        self.text[self.reading..].trim_start()
    }
}

/// On one line, without what nobody sees.
fn plain(text: &str) -> String {
    let text = visible(text);
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    one_line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_is_left_out() {
        let long = "x".repeat(700);
        let words = Words::new("Une phrase.").and(&long).and(&long).and("La fin.\n");
        assert_eq!(words.as_str(), format!("Une phrase. {long} La fin."));
        assert_eq!((words.reading(), words.facts()), ("Une phrase.", format!("{long} La fin.").as_str()));
        let cut = Words::new(&"y ".repeat(900)).and("Non.");
        assert!(cut.as_str().chars().count() <= MOST && cut.as_str().ends_with('…'));
    }
}
