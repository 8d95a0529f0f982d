//! What a picture says, in words.

use crate::domain::limits::visible;

/// Most characters of an alternative text: what networks take, and what anybody listens to.
const MOST: usize = 1_000;

/// What ends a text that doesn't hold everything.
const MORE: &str = " La suite est dans le tableau.";

/// The alternative text of a picture: a sentence that reads it, then its main facts, the most important first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Words {
    text: String,
    /// Where each sentence ends, in bytes: first the one that reads the picture.
    ends: Vec<usize>,
    /// Whether something was left out, after which nothing more is taken.
    is_full: bool,
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
        Self { ends: vec![text.len()], text, is_full: false }
    }

    /// A fact more, as a whole sentence. The first for which there is no room ends the text, which then says where to read on:
    /// a shorter one after it would hide that something is missing. The table beside the picture has everything.
    #[must_use]
    pub fn and(mut self, sentence: &str) -> Self {
        let sentence = plain(sentence);
        if sentence.is_empty() || self.is_full {
            return self;
        }
        if self.text.chars().count() + 1 + sentence.chars().count() <= MOST {
            self.text.push(' ');
            self.text.push_str(&sentence);
            self.ends.push(self.text.len());
            return self;
        }
        self.is_full = true;
        let fits = |end: &&usize| self.text[..**end].chars().count() + MORE.chars().count() <= MOST;
        if let Some(end) = self.ends.iter().rev().find(fits) {
            self.text.truncate(*end);
            self.text.push_str(MORE);
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
        &self.text[..self.ends[0]]
    }

    /// What follows it.
    #[must_use]
    pub fn facts(&self) -> &str {
        self.text[self.ends[0]..].trim_start()
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
    fn what_has_no_room_ends_the_text_and_says_so() {
        let long = "x".repeat(700);
        let words = Words::new("Une phrase.").and(&long).and(&long).and("La fin.\n");
        assert_eq!(words.as_str(), format!("Une phrase. {long} La suite est dans le tableau."));
        assert_eq!(words.reading(), "Une phrase.");
        assert_eq!(words.facts(), format!("{long} La suite est dans le tableau."));
    }

    #[test]
    fn a_sentence_makes_room_for_saying_that_there_is_more() {
        let all = Words::new("Une phrase.").and(&"x".repeat(980)).and("");
        assert_eq!(all.as_str().chars().count(), 992);
        assert_eq!(all.and("Encore une.").as_str(), "Une phrase. La suite est dans le tableau.");
    }

    #[test]
    fn a_reading_that_is_too_long_is_cut() {
        let cut = Words::new(&"y ".repeat(900)).and("Non.");
        assert!(cut.as_str().chars().count() <= MOST && cut.as_str().ends_with('…'));
        assert_eq!(cut.facts(), "");
    }
}
