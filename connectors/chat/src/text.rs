//! Text as spans, never as markup.
//!
//! A [`Text`] says what each run of words is; how that looks is a renderer's affair, and so is escaping. Words that came
//! from a person or a document are put in a span as they are.

use crate::{clean, id::Person};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};

/// A run of spans that reads as one paragraph.
///
/// ```
/// use vigie_chat::Text;
/// let text = Text::from("Compétence ").strong("C1.5").plain(" : auditer.");
/// assert_eq!(text.words(), "Compétence C1.5 : auditer.");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(Vec<Span>);

/// Words, and what they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Ordinary words.
    Plain(String),
    /// Words that stand out.
    Strong(String),
    /// Words said with stress, or a title quoted.
    Emphasis(String),
    /// Words that a search found.
    Match(String),
    /// Something to type or to copy to the letter.
    Code(String),
    /// A command to type, without its mark: each network puts its own before it (`/` or `!`).
    Command(String),
    /// Words that lead to a page.
    Link {
        /// Words to show.
        label: String,
        /// Where they lead.
        url: WebLink,
    },
    /// A person's name. It notifies nobody by itself: see [`crate::Message::notifies`].
    Mention(Person),
    /// An instant.
    Time {
        /// The instant itself, for networks that show it in each reader's own zone.
        at: Timestamp,
        /// The same in words and in the space's zone, for instance "vendredi 27 novembre 2026 à 18 h 00".
        words: String,
    },
}

impl Span {
    /// The words to be read, without control characters: for a link its label, for a person their name, for a command
    /// its words after a `/`.
    #[must_use]
    pub fn words(&self) -> Cow<'_, str> {
        if let Self::Command(words) = self {
            return Cow::Owned(format!("/{}", clean(words)));
        }
        clean(match self {
            Self::Plain(words)
            | Self::Strong(words)
            | Self::Emphasis(words)
            | Self::Match(words)
            | Self::Code(words)
            | Self::Command(words)
            | Self::Link { label: words, .. }
            | Self::Time { words, .. } => words,
            Self::Mention(person) => &person.name,
        })
    }
}

impl Text {
    /// No words yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds ordinary words.
    #[must_use]
    pub fn plain(self, words: impl Into<String>) -> Self {
        self.span(Span::Plain(words.into()))
    }

    /// Adds words that stand out.
    #[must_use]
    pub fn strong(self, words: impl Into<String>) -> Self {
        self.span(Span::Strong(words.into()))
    }

    /// Adds words said with stress.
    #[must_use]
    pub fn emphasis(self, words: impl Into<String>) -> Self {
        self.span(Span::Emphasis(words.into()))
    }

    /// Adds words that a search found.
    #[must_use]
    pub fn matched(self, words: impl Into<String>) -> Self {
        self.span(Span::Match(words.into()))
    }

    /// Adds something to type or to copy to the letter.
    #[must_use]
    pub fn code(self, words: impl Into<String>) -> Self {
        self.span(Span::Code(words.into()))
    }

    /// Adds a command to type, written without its mark.
    #[must_use]
    pub fn command(self, words: impl Into<String>) -> Self {
        self.span(Span::Command(words.into()))
    }

    /// Adds words that lead to a page.
    #[must_use]
    pub fn link(self, label: impl Into<String>, url: WebLink) -> Self {
        self.span(Span::Link { label: label.into(), url })
    }

    /// Adds a person's name.
    #[must_use]
    pub fn mention(self, person: Person) -> Self {
        self.span(Span::Mention(person))
    }

    /// Adds an instant, with the same in words.
    #[must_use]
    pub fn time(self, at: Timestamp, words: impl Into<String>) -> Self {
        self.span(Span::Time { at, words: words.into() })
    }

    /// Adds any span.
    #[must_use]
    pub fn span(mut self, span: Span) -> Self {
        self.0.push(span);
        self
    }

    /// Adds all of another text.
    #[must_use]
    pub fn then(mut self, other: impl Into<Self>) -> Self {
        self.0.extend(other.into().0);
        self
    }

    /// The spans, in reading order.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.words().trim().is_empty())
    }

    /// Everything that is said, in plain words. A link is followed by its address in brackets, unless it shows it.
    #[must_use]
    pub fn words(&self) -> String {
        let mut out = String::new();
        for span in &self.0 {
            let words = span.words();
            out.push_str(&words);
            if let Span::Link { url, .. } = span
                && words != url.as_str()
            {
                out.push_str(" (");
                out.push_str(url.as_str());
                out.push(')');
            }
        }
        out
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::new().plain(words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::new().plain(words)
    }
}

impl From<Span> for Text {
    fn from(span: Span) -> Self {
        Self::new().span(span)
    }
}

impl FromIterator<Span> for Text {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        Self(spans.into_iter().collect())
    }
}

/// An address that may be shown as a link: `http`, `https` or `mailto`, in visible characters only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebLink(String);

/// What was given cannot be shown as a link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("« {0} » n’est pas une adresse de page (https://…)")]
pub struct NotAWebLink(String);

impl WebLink {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WebLink {
    type Err = NotAWebLink;

    fn from_str(address: &str) -> Result<Self, NotAWebLink> {
        let address = address.trim();
        let rest = ["https://", "http://", "mailto:"].iter().find_map(|scheme| {
            let head = address.get(..scheme.len())?;
            head.eq_ignore_ascii_case(scheme).then(|| &address[scheme.len()..])
        });
        // Brackets and quotes would end the address early in Markdown or HTML; a sender can percent-encode them.
        let forbidden = |c: char| {
            c.is_whitespace()
                || matches!(c, '<' | '>' | '"' | '`' | '\\')
                || clean(c.encode_utf8(&mut [0; 4])).is_empty()
        };
        match rest {
            Some(rest) if !rest.is_empty() && !rest.starts_with('/') && !rest.contains(forbidden) => {
                Ok(Self(address.to_owned()))
            }
            _ => Err(NotAWebLink(clean(address).chars().take(80).collect())),
        }
    }
}

impl TryFrom<String> for WebLink {
    type Error = NotAWebLink;

    fn try_from(address: String) -> Result<Self, NotAWebLink> {
        address.parse()
    }
}

impl From<WebLink> for String {
    fn from(link: WebLink) -> Self {
        link.0
    }
}

impl fmt::Display for WebLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_pages_become_links() {
        for good in ["https://ecole.example/a?b=c#d", "HTTP://x", "mailto:handicap@ecole.example"] {
            assert!(good.parse::<WebLink>().is_ok(), "{good}");
        }
        for bad in
            ["", "javascript:alert(1)", "https://", "https:///x", "https://a b", "https://a\u{202e}b", "ftp://x", "é"]
        {
            assert!(bad.parse::<WebLink>().is_err(), "{bad}");
        }
    }

    #[test]
    fn words_say_where_a_link_leads() {
        let url: WebLink = "https://x.example".parse().expect("a valid address");
        let text = Text::from("Voir ").link("le guide", url.clone()).plain(" ou ").link(url.to_string(), url);
        assert_eq!(text.words(), "Voir le guide (https://x.example) ou https://x.example");
    }
}
