//! Who may invite the bot.

use super::user::{is_name, is_server};
use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use std::fmt;
use std::str::FromStr;

/// Who may invite the bot: whoever one of the patterns names. Nobody when there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed(Vec<Pattern>);

/// People who may invite the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Everybody: `*`.
    Everybody,
    /// Everybody on a homeserver: `*:ecole.example`.
    Server(String),
    /// One person, by the whole id: `@alice:ecole.example`.
    Person(String),
}

/// A pattern that can't be read. It isn't quoted: something else may have been pasted there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "`allowed` names who may invite the bot: * for everybody, *:ecole.example for everybody of a homeserver, @alice:ecole.example for one person"
)]
pub struct WrongPattern;

impl Allowed {
    /// The patterns, in the order in which they were written.
    #[must_use]
    pub fn patterns(&self) -> &[Pattern] {
        &self.0
    }
}

impl FromStr for Allowed {
    type Err = WrongPattern;

    /// Reads patterns separated by commas.
    fn from_str(text: &str) -> Result<Self, WrongPattern> {
        let written = text.split(',').map(str::trim).filter(|pattern| !pattern.is_empty());
        written.map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl FromStr for Pattern {
    type Err = WrongPattern;

    fn from_str(text: &str) -> Result<Self, WrongPattern> {
        if text == "*" {
            return Ok(Self::Everybody);
        }
        match text.split_once(':') {
            Some(("*", server)) if is_server(server) => Ok(Self::Server(server.to_owned())),
            Some((name, server)) if name.strip_prefix('@').is_some_and(is_name) && is_server(server) => {
                Ok(Self::Person(text.to_owned()))
            }
            _ => Err(WrongPattern),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everybody => f.write_str("*"),
            Self::Server(server) => write!(f, "*:{server}"),
            Self::Person(id) => f.write_str(id),
        }
    }
}

impl<'de> Deserialize<'de> for Allowed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

/// A list, or one text with commas, which is all that a variable can hold.
struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Allowed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("patterns such as \"*:ecole.example\", in a list or separated by commas")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Allowed, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Allowed, A::Error> {
        let mut patterns = Vec::new();
        while let Some(text) = list.next_element::<String>()? {
            patterns.push(text.trim().parse().map_err(A::Error::custom)?);
        }
        Ok(Allowed(patterns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_and_written_back() {
        let allowed: Allowed = " *:ecole.example , @alice:e.fr:8448,, *".parse().expect("patterns");
        let everybody_there = Pattern::Server("ecole.example".to_owned());
        let alice = Pattern::Person("@alice:e.fr:8448".to_owned());
        assert_eq!(allowed.patterns(), [everybody_there, alice, Pattern::Everybody]);
        let written: Vec<String> = allowed.patterns().iter().map(Pattern::to_string).collect();
        assert_eq!(written.join(",").parse(), Ok(allowed));
        assert_eq!("".parse(), Ok(Allowed::default()));
    }

    #[test]
    fn malformed_ones_are_refused() {
        let wrong = [
            "ecole.example",
            "*:",
            "*:*",
            "**",
            "*.ecole.example",
            "*:*.ecole.example",
            "@alice",
            "alice:e.fr",
            "@*:e.fr",
            "@:e.fr",
            "* :e.fr",
            "!room:e.fr",
        ];
        for wrong in wrong {
            assert_eq!(wrong.parse::<Allowed>(), Err(WrongPattern), "{wrong}");
        }
    }
}
