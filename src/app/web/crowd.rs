//! Who is connected: so many from one network, so that no machine takes the places of all.

use super::limits::network_of;
use crate::config::Proxies;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Connections at a time from one address of IPv4, or one network of IPv6.
const MOST: usize = 16;

/// How many are connected from each network.
type Counts = Mutex<HashMap<IpAddr, usize>>;

/// Those who are connected.
#[derive(Debug)]
pub(super) struct Crowd {
    /// Through these everybody may come.
    believed: Proxies,
    counts: Arc<Counts>,
}

/// The place of a connection, free again once it is dropped; a believed proxy has no place to give back.
#[derive(Debug)]
pub(super) struct Place(Option<(Arc<Counts>, IpAddr)>);

impl Crowd {
    /// Nobody yet.
    pub(super) fn new(believed: Proxies) -> Self {
        Self { believed, counts: Arc::default() }
    }

    /// Takes somebody in; none where too many of their network are there.
    pub(super) fn enter(&self, address: IpAddr) -> Option<Place> {
        if self.believed.include(address) {
            return Some(Place(None));
        }
        let network = network_of(address);
        let mut counts = locked(&self.counts);
        let count = counts.entry(network).or_default();
        if *count >= MOST {
            return None;
        }
        *count += 1;
        Some(Place(Some((Arc::clone(&self.counts), network))))
    }
}

fn locked(counts: &Counts) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((counts, network)) = self.0.take() else { return };
        let mut counts = locked(&counts);
        match counts.get_mut(&network) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                counts.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seventeenth_of_a_network_is_refused_until_another_goes() {
        let crowd = Crowd::new(Proxies::default());
        let enter = |text: &str| crowd.enter(text.parse().expect("an address"));
        let mut inside: Vec<Option<Place>> = (0..16).map(|_| enter("203.0.113.7")).collect();
        inside.extend((0..16).map(|rank| enter(&format!("2001:db8::{rank:x}"))));
        assert!(inside.iter().all(Option::is_some));
        assert!(enter("203.0.113.7").is_none() && enter("::ffff:203.0.113.7").is_none());
        assert!(enter("2001:db8::ffff").is_none(), "one network of IPv6");
        assert!(enter("203.0.113.8").is_some() && enter("2001:db8:0:1::1").is_some());
        inside.remove(0);
        assert!(enter("203.0.113.7").is_some());
        drop(inside);
        assert!(locked(&crowd.counts).is_empty(), "nobody is remembered");
        let proxied: Vec<Option<Place>> = (0..100).map(|_| enter("127.0.0.1")).collect();
        assert!(proxied.iter().all(Option::is_some), "everybody comes through it");
    }
}
