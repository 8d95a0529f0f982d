//! Who may have the bot: patterns of user ids, as the operator writes them.
//!
//! Ids are compared as they are: Matrix tells `@Alice:exemple.fr` and `@alice:exemple.fr` apart, and a server on another port
//! is another server.

use matrix_sdk::ruma::{OwnedServerName, OwnedUserId, ServerName, UserId};
use std::fmt;
use std::str::FromStr;

/// Some people: `*` is everybody, `*:exemple.fr` everybody of a server, `@alice:exemple.fr` one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Everybody.
    Everybody,
    /// Everybody whose account is on this server.
    Server(OwnedServerName),
    /// One person.
    Person(OwnedUserId),
}

/// A pattern that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` names nobody on Matrix: write * for everybody, *:example.org for everybody of a server, or @alice:example.org for one person"
)]
pub struct WrongPattern(String);

impl Pattern {
    /// Whether a person is one of them.
    #[must_use]
    pub fn matches(&self, user: &UserId) -> bool {
        match self {
            Self::Everybody => true,
            Self::Server(server) => user.server_name() == server,
            Self::Person(person) => user == person,
        }
    }
}

impl FromStr for Pattern {
    type Err = WrongPattern;

    fn from_str(text: &str) -> Result<Self, WrongPattern> {
        let text = text.trim();
        let wrong = || WrongPattern(text.to_owned());
        match text.strip_prefix('*') {
            Some("") => Ok(Self::Everybody),
            Some(rest) => {
                let server = rest.strip_prefix(':').ok_or_else(wrong)?;
                ServerName::parse(server).map(Self::Server).map_err(|_| wrong())
            }
            // Old ids may hold any character; here a star would look as if it stood for others.
            None if text.contains('*') => Err(wrong()),
            None => UserId::parse(text).map(Self::Person).map_err(|_| wrong()),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everybody => f.write_str("*"),
            Self::Server(server) => write!(f, "*:{server}"),
            Self::Person(person) => f.write_str(person.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(pattern: &str, user: &str, expected: bool) {
        let pattern: Pattern = pattern.parse().expect("a pattern");
        let user = UserId::parse(user).expect("a user id");
        assert_eq!(pattern.matches(&user), expected, "{pattern} {user}");
    }

    #[test]
    fn servers_are_compared_whole() {
        check("*", "@alice:exemple.fr", true);
        check(" *:exemple.fr ", "@alice:exemple.fr", true);
        check("*:exemple.fr", "@alice:sous.exemple.fr", false);
        check("*:exemple.fr", "@alice:exemple.fr.mechant.org", false);
        check("*:exemple.fr", "@alice:exemple.fr:8448", false);
        check("*:exemple.fr:8448", "@alice:exemple.fr:8448", true);
        check("*:[::1]:8008", "@alice:[::1]:8008", true);
    }

    #[test]
    fn a_person_is_one_id() {
        check("@alice:exemple.fr", "@alice:exemple.fr", true);
        check("@alice:exemple.fr", "@alice:autre.fr", false);
        check("@alice:exemple.fr", "@Alice:exemple.fr", false);
        check("@alice:exemple.fr", "@alice2:exemple.fr", false);
    }

    #[test]
    fn what_names_nobody_is_told() {
        for wrong in [
            "",
            "alice",
            "@alice",
            "@alice:",
            "*exemple.fr",
            "*:",
            "**",
            "*:a b",
            "@*:exemple.fr",
            "@al*:exemple.fr",
            "#salon:exemple.fr",
            "@alice:*",
        ] {
            let error = wrong.parse::<Pattern>().expect_err(wrong).to_string();
            assert!(error.contains("*:example.org"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in "(\\*|@[a-z0-9._=/+-]{1,8})(:[a-z]{1,8}(\\.[a-z]{2,3})?(:[0-9]{2,4})?)?") {
            if let Ok(pattern) = text.parse::<Pattern>() {
                prop_assert_eq!(pattern.to_string().parse::<Pattern>(), Ok(pattern));
            }
        }
    }
}
