//! Who asks: whoever is connected, or whom a believed proxy says.

use crate::config::Proxies;
use axum::http::{HeaderMap, HeaderName};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

/// What tells where a request came from.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Tells who asks.
#[derive(Debug)]
pub(super) struct Asking {
    believed: Proxies,
    /// Whether the operator was told that a proxy says nothing of who asks.
    is_told: AtomicBool,
}

impl Asking {
    /// Believes these proxies.
    pub(super) fn new(believed: Proxies) -> Self {
        Self { believed, is_told: AtomicBool::new(false) }
    }

    /// Who asks, by whoever is connected and what they say.
    pub(super) fn of(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if !self.believed.include(peer) {
            return peer;
        }
        self.told(headers).unwrap_or_else(|| {
            if !self.is_told.swap(true, Ordering::Relaxed) {
                tracing::warn!(
                    "a proxy does not say who asks for a calendar: all who come through it count as one (set X-Forwarded-For)"
                );
            }
            peer
        })
    }

    /// Whom proxies say. The last is the one that the nearest proxy itself saw; whoever asks may have written the others,
    /// save those that a believed proxy saw in its turn.
    fn told(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let lines = headers.get_all(FORWARDED).iter().map(|line| line.to_str().unwrap_or_default());
        let all: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
        let mut told = None;
        for one in all.iter().rev() {
            let Some(address) = address(one) else { break };
            told = Some(address);
            if !self.believed.include(address) {
                break;
            }
        }
        told
    }
}

/// An address, with or without the port that some proxies add.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let with_port = || text.parse().ok().map(|socket: SocketAddr| socket.ip());
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn lines(lines: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED, HeaderValue::from_static(line));
        }
        headers
    }

    #[test]
    fn a_believed_proxy_says_who_asks_and_nobody_else_does() {
        let asking = Asking::new(Proxies::default());
        let headers = lines(&["203.0.113.9", "198.51.100.1, 192.0.2.7"]);
        assert_eq!(asking.of(ip("127.0.0.1"), &headers), ip("192.0.2.7"));
        assert_eq!(asking.of(ip("::ffff:127.0.0.1"), &headers), ip("192.0.2.7"));
        for stranger in ["10.0.0.2", "192.168.1.7", "fd00::7", "198.51.100.77"] {
            assert_eq!(asking.of(ip(stranger), &headers), ip(stranger), "anybody in the same building");
        }
        assert_eq!(asking.of(ip("::1"), &lines(&["192.0.2.7", "nobody"])), ip("::1"));
        assert_eq!(asking.of(ip("::1"), &lines(&[])), ip("::1"));
    }

    #[test]
    fn a_port_is_no_part_of_who_asks() {
        let asking = Asking::new(Proxies::default());
        for (said, who) in [
            ("203.0.113.7:51234", "203.0.113.7"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            ("198.51.100.1:80, 203.0.113.7:51234", "203.0.113.7"),
        ] {
            assert_eq!(asking.of(ip("127.0.0.1"), &lines(&[said])), ip(who), "{said}");
        }
        assert!(!asking.is_told.load(Ordering::Relaxed));
    }

    #[test]
    fn the_operator_hears_once_of_a_proxy_that_does_not_say_who_asks() {
        let asking = Asking::new(Proxies::default());
        asking.of(ip("198.51.100.1"), &lines(&[]));
        assert!(!asking.is_told.load(Ordering::Relaxed), "it is no proxy");
        asking.of(ip("127.0.0.1"), &lines(&["unknown"]));
        assert!(asking.is_told.load(Ordering::Relaxed));
    }

    #[test]
    fn of_two_proxies_the_outer_one_tells() {
        let asking = Asking::new("10.0.0.0/8".parse().expect("a network"));
        let headers = lines(&["203.0.113.9, 192.0.2.7, 10.1.1.1"]);
        assert_eq!(asking.of(ip("10.0.0.2"), &headers), ip("192.0.2.7"), "the first was written by whoever asks");
        assert_eq!(asking.of(ip("127.0.0.1"), &headers), ip("127.0.0.1"));
    }
}
