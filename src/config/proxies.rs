//! Which proxies are believed when they say who asks.

use ipnet::IpNet;
use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// The proxies that are believed, by their addresses: this machine alone unless the settings name others in its place. Whoever
/// else says for whom they ask may be anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxies(Vec<IpNet>);

/// Something that is no address and no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "`web_trusted_proxies` names the addresses or networks of proxies, such as 127.0.0.1, 10.0.0.2 or 172.18.0.0/16"
)]
pub struct WrongProxy;

/// The network of this machine: `127.0.0.0/8`.
const LOOPBACK: (Ipv4Addr, u8) = (Ipv4Addr::new(127, 0, 0, 0), 8);

impl Default for Proxies {
    fn default() -> Self {
        let (network, bits) = LOOPBACK;
        let v4 = IpNet::new(network.into(), bits).ok();
        Self(v4.into_iter().chain([IpNet::from(IpAddr::from(Ipv6Addr::LOCALHOST))]).collect())
    }
}

impl Proxies {
    /// Whether an address is that of one of them.
    #[must_use]
    pub fn include(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

fn network(text: &str) -> Result<IpNet, WrongProxy> {
    let text = text.trim();
    let alone = text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
    alone.or_else(|_| text.parse()).map_err(|_| WrongProxy)
}

impl FromStr for Proxies {
    type Err = WrongProxy;

    /// Reads addresses and networks separated by commas.
    fn from_str(text: &str) -> Result<Self, WrongProxy> {
        let written = text.split(',').filter(|one| !one.trim().is_empty());
        written.map(network).collect::<Result<_, _>>().map(Self)
    }
}

impl<'de> Deserialize<'de> for Proxies {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

/// A list, or one text with commas, which is all that a variable can hold.
struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Proxies;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("addresses or networks such as \"10.0.0.2\", in a list or separated by commas")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Proxies, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Proxies, A::Error> {
        let mut networks = Vec::new();
        while let Some(text) = list.next_element::<String>()? {
            networks.push(network(&text).map_err(A::Error::custom)?);
        }
        Ok(Proxies(networks))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_alone_is_believed_unless_others_are_named() {
        let of = |proxies: &Proxies, text: &str| proxies.include(text.parse().expect("an address"));
        let standard = Proxies::default();
        assert!(of(&standard, "127.0.0.1") && of(&standard, "127.8.0.1") && of(&standard, "::1"));
        assert!(of(&standard, "::ffff:127.0.0.1"), "as a socket of both families gives it");
        assert!(!of(&standard, "10.0.0.2") && !of(&standard, "fd00::2") && !of(&standard, "203.0.113.7"));
        let named: Proxies = " 10.0.0.2 , 172.18.0.0/16,, fd00::/8".parse().expect("addresses");
        assert!(of(&named, "10.0.0.2") && of(&named, "172.18.3.4") && of(&named, "fd00::2"));
        assert!(!of(&named, "10.0.0.3") && !of(&named, "127.0.0.1"), "in its place");
        for wrong in ["proxy", "10.0.0", "10.0.0.0/33", "10.0.0.2:8080", "https://10.0.0.2"] {
            assert_eq!(wrong.parse::<Proxies>(), Err(WrongProxy), "{wrong}");
        }
    }
}
