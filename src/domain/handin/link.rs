//! Links that are handed in: pages, without secrets in the address. Shown, never fetched.

use crate::domain::limits::{self, NotTaken};
use serde::{Deserialize, Serialize};
use std::fmt;
use url::Url;
use vigie_chat::WebLink;

/// The address of a page: `http` or `https`, a host, no name or password in it, within [`limits::LINK`].
///
/// It is kept as the URL standard writes it: a host in letters that only look Latin is shown as its `xn--` form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(WebLink);

/// An address that isn't taken, and why. What was typed isn't in it: it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotALink {
    /// Empty or too long.
    #[error(transparent)]
    Length(#[from] NotTaken),
    /// Not the whole address of a page.
    #[error(
        "Ce n’est pas l’adresse d’une page. Donnez-la en entier, par exemple https://forge.exemple.fr/equipe/depot."
    )]
    NotAPage,
    /// Another kind of address.
    #[error("Seules les adresses qui commencent par https:// ou http:// sont acceptées.")]
    Scheme,
    /// A name or a password in the address.
    #[error(
        "Cette adresse contient un identifiant ou un mot de passe\u{a0}: tout le monde le lirait. Retirez ce qui précède «\u{a0}@\u{a0}» \
         et changez ce mot de passe s’il est encore valable."
    )]
    Credentials,
}

impl Link {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// [`NotALink`], which says what to change.
    pub fn read(text: &str) -> Result<Self, NotALink> {
        let text = limits::LINK.read(text)?;
        // A browser would take these as part of the address; nobody writes them on purpose.
        if text.contains(|c: char| c.is_whitespace() || c == '\\') {
            return Err(NotALink::NotAPage);
        }
        let url = Url::parse(&text).map_err(|_| NotALink::NotAPage)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(NotALink::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NotALink::Credentials);
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(NotALink::NotAPage);
        }
        // Written by the standard it may be longer, accents and spaces being three characters each.
        let written = limits::LINK.read(url.as_str())?;
        written.parse().map(Self).map_err(|_| NotALink::NotAPage)
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The address as a message shows it.
    #[must_use]
    pub fn shown(&self) -> &WebLink {
        &self.0
    }
}

impl TryFrom<String> for Link {
    type Error = NotALink;

    fn try_from(address: String) -> Result<Self, NotALink> {
        Self::read(&address)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0.into()
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pages_are_taken() {
        for (typed, kept) in [
            ("https://forge.example/equipe/depot?a=b#c", "https://forge.example/equipe/depot?a=b#c"),
            (" HTTP://Forge.Example ", "http://forge.example/"),
            ("https://forge.example/café", "https://forge.example/caf%C3%A9"),
            ("https://fоrge.example", "https://xn--frge-55d.example/"),
            ("https://forge.example/a@b", "https://forge.example/a@b"),
            ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ] {
            let link = Link::read(typed).map(String::from);
            assert_eq!(link.as_deref(), Ok(kept), "{typed}");
        }
    }

    #[test]
    fn what_is_no_page_is_refused_with_the_reason() {
        for (typed, why) in [
            ("forge.example/depot", NotALink::NotAPage),
            ("https://", NotALink::NotAPage),
            ("https://a b", NotALink::NotAPage),
            ("https:\\\\forge.example", NotALink::NotAPage),
            ("javascript:alert(1)", NotALink::Scheme),
            ("file:///etc/passwd", NotALink::Scheme),
            ("data:text/html,x", NotALink::Scheme),
            ("mailto:a@b.example", NotALink::Scheme),
            ("ftp://forge.example", NotALink::Scheme),
            ("https://moi:secret@forge.example", NotALink::Credentials),
            ("https://ghp_jeton@forge.example/depot", NotALink::Credentials),
        ] {
            let refused = Link::read(typed).expect_err(typed);
            assert_eq!(refused, why, "{typed}");
            assert!(!refused.to_string().contains("secret"));
        }
        assert!(matches!(Link::read(""), Err(NotALink::Length(NotTaken::Empty { .. }))));
        let long = format!("https://forge.example/{}", "a".repeat(2_000));
        assert!(matches!(Link::read(&long), Err(NotALink::Length(NotTaken::TooLong { most: 2_000, .. }))));
    }

    proptest! {
        #[test]
        fn what_is_kept_reads_back(rest in "\\PC{0,40}") {
            for head in ["", "https://forge.example/", "https://"] {
                if let Ok(link) = Link::read(&format!("{head}{rest}")) {
                    prop_assert!(link.as_str().starts_with("http") && link.as_str().is_ascii());
                    prop_assert_eq!(Link::read(link.as_str()), Ok(link.clone()));
                }
            }
        }
    }
}
