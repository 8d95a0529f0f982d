//! Addresses of the web as settings give them.

use url::{Host, Url};

/// What keeps a text from being an address of the web and nothing more.
pub(in crate::config) enum Wrong {
    /// A name, or something else.
    NoUrl,
    /// A scheme that isn't the web's.
    Scheme,
    /// It holds more than an address: a user, a password, a query, a fragment.
    More,
}

/// Reads an address.
pub(in crate::config) fn read(text: &str) -> Result<Url, Wrong> {
    let text = text.trim();
    // `ecole.example:8448` would be taken for a scheme.
    if !text.contains("://") {
        return Err(Wrong::NoUrl);
    }
    let url = Url::parse(text).map_err(|_| Wrong::NoUrl)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Wrong::Scheme);
    }
    let more = [url.query(), url.fragment(), url.password()].into_iter().any(|part| part.is_some());
    if more || !url.username().is_empty() { Err(Wrong::More) } else { Ok(url) }
}

/// Whether what is sent there can be read on the way: plain http to another machine.
pub(in crate::config) fn is_readable_on_the_way(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    };
    url.scheme() == "http" && !here
}
