//! The address of a homeserver.

use crate::config::address;
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;
use url::Url;

/// Address of a homeserver's client API: what clients connect to, which need not be the name that ends its users' ids.
///
/// The name alone isn't enough: finding the address by it asks another site, which is best done once, by the operator.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Homeserver(Url);

/// An address that can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongHomeserver {
    /// A name, or something else.
    #[error(
        "`homeserver` is the address that clients connect to, such as https://matrix.ecole.example; for the server of @vigie:ecole.example, https://ecole.example/.well-known/matrix/client tells it as base_url"
    )]
    NoUrl,
    /// A scheme that isn't the web's.
    #[error("`homeserver` begins with https:// (or http:// on this machine or a private network)")]
    Scheme,
    /// It holds what has keys of its own, or what no address of an API has.
    #[error("`homeserver` holds nothing but the address: no user, no password, no ? and no #")]
    More,
}

impl Homeserver {
    /// The address, as it is asked for.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The address, in its parts.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Whether what is sent there can be read on the way: plain http to another machine.
    #[must_use]
    pub fn is_readable_on_the_way(&self) -> bool {
        address::is_readable_on_the_way(&self.0)
    }
}

impl fmt::Debug for Homeserver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Homeserver {
    type Err = WrongHomeserver;

    fn from_str(text: &str) -> Result<Self, WrongHomeserver> {
        address::read(text).map(Self).map_err(|wrong| match wrong {
            address::Wrong::NoUrl => WrongHomeserver::NoUrl,
            address::Wrong::Scheme => WrongHomeserver::Scheme,
            address::Wrong::More => WrongHomeserver::More,
        })
    }
}

impl TryFrom<String> for Homeserver {
    type Error = WrongHomeserver;

    fn try_from(text: String) -> Result<Self, WrongHomeserver> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read() {
        for (text, address) in [
            ("https://matrix.ecole.example", "https://matrix.ecole.example/"),
            (" https://ecole.example:8448/ ", "https://ecole.example:8448/"),
            ("https://ecole.example/matrix", "https://ecole.example/matrix"),
            ("http://127.0.0.1:8008", "http://127.0.0.1:8008/"),
        ] {
            assert_eq!(text.parse::<Homeserver>().as_ref().map(Homeserver::as_str), Ok(address));
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (text, wrong) in [
            ("", WrongHomeserver::NoUrl),
            ("ecole.example", WrongHomeserver::NoUrl),
            ("ecole.example:8448", WrongHomeserver::NoUrl),
            ("https://", WrongHomeserver::NoUrl),
            ("https://ecole example", WrongHomeserver::NoUrl),
            ("matrix://ecole.example", WrongHomeserver::Scheme),
            ("ftp://ecole.example", WrongHomeserver::Scheme),
            ("https://vigie@ecole.example", WrongHomeserver::More),
            ("https://:s3cret@ecole.example", WrongHomeserver::More),
            ("https://ecole.example?access_token=s3cret", WrongHomeserver::More),
            ("https://ecole.example/#/login", WrongHomeserver::More),
        ] {
            assert_eq!(text.parse::<Homeserver>(), Err(wrong), "{text}");
            assert!(!wrong.to_string().contains("s3cret"));
        }
    }

    #[test]
    fn plain_http_is_safe_on_this_machine_only() {
        for (text, readable) in [
            ("https://ecole.example", false),
            ("http://localhost:8008", false),
            ("http://127.8.0.1", false),
            ("http://[::1]:8008", false),
            ("http://synapse:8008", true),
            ("http://192.168.1.2", true),
            ("http://localhost.example", true),
        ] {
            let homeserver: Homeserver = text.parse().expect("an address");
            assert_eq!(homeserver.is_readable_on_the_way(), readable, "{text}");
        }
    }
}
