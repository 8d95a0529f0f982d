//! Where people's own calendars are read from outside.

use crate::config::address;
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;
use url::Url;

/// The address under which people reach the server of feeds: that of the proxy in front of it, with its path if it has one.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl(Url);

/// An address that can't be given to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongPublicUrl {
    /// A name, or something else.
    #[error("`web_public_url` is the address that people are given, such as https://vigie.ecole.example")]
    NoUrl,
    /// A scheme that isn't the web's.
    #[error("`web_public_url` begins with https:// (or http:// for a trial on this machine)")]
    Scheme,
    /// It holds more than an address.
    #[error("`web_public_url` holds nothing but the address: no user, no password, no ? and no #")]
    More,
}

impl PublicUrl {
    /// The address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Its path, without a slash at its end; nothing where it has none.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path().trim_end_matches('/')
    }

    /// Whether the secret part of an address can be read on the way: plain http to another machine.
    #[must_use]
    pub fn is_readable_on_the_way(&self) -> bool {
        address::is_readable_on_the_way(&self.0)
    }
}

impl fmt::Debug for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PublicUrl {
    type Err = WrongPublicUrl;

    fn from_str(text: &str) -> Result<Self, WrongPublicUrl> {
        address::read(text).map(Self).map_err(|wrong| match wrong {
            address::Wrong::NoUrl => WrongPublicUrl::NoUrl,
            address::Wrong::Scheme => WrongPublicUrl::Scheme,
            address::Wrong::More => WrongPublicUrl::More,
        })
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = WrongPublicUrl;

    fn try_from(text: String) -> Result<Self, WrongPublicUrl> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_its_path() {
        let read = |text: &str| text.parse::<PublicUrl>();
        let url = read(" https://ecole.example/vigie/ ").expect("an address");
        assert_eq!((url.as_str(), url.path()), ("https://ecole.example/vigie", "/vigie"));
        let bare = read("https://vigie.ecole.example").expect("an address");
        assert_eq!((bare.as_str(), bare.path()), ("https://vigie.ecole.example", ""));
        assert!(!bare.is_readable_on_the_way());
        assert!(read("http://ecole.example").expect("an address").is_readable_on_the_way());
        assert!(!read("http://127.0.0.1:8080").expect("an address").is_readable_on_the_way());
        assert_eq!(read("vigie.ecole.example"), Err(WrongPublicUrl::NoUrl));
        assert_eq!(read("ftp://ecole.example"), Err(WrongPublicUrl::Scheme));
        assert_eq!(read("https://a:b@ecole.example"), Err(WrongPublicUrl::More));
        assert_eq!(read("https://ecole.example/?a"), Err(WrongPublicUrl::More));
    }
}
