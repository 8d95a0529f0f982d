//! A port for a server that must be found again on the same one.

use std::{
    net::TcpListener,
    sync::atomic::{AtomicU16, Ordering},
};

/// A port of the loopback address on which nobody listens.
///
/// It lies below those that systems give to outgoing connections: while the server is down, nothing takes it by chance,
/// and no client that tries to connect meets itself.
pub(crate) fn free_port() -> u16 {
    const FIRST: u16 = 20_000;
    const HOW_MANY: u16 = 12_000;
    static NEXT: AtomicU16 = AtomicU16::new(0);
    loop {
        // Programs that run side by side begin at different places.
        let step = NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(7);
        let begin = u16::try_from(std::process::id().wrapping_mul(61) % u32::from(HOW_MANY)).unwrap_or(0);
        let port = FIRST + begin.wrapping_add(step) % HOW_MANY;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
