//! The line between the bot and its homeserver, which a test can cut while people go on talking.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};
use vigie_testkit::Bell;

/// How long somebody may take to try.
const PATIENCE: Duration = Duration::from_secs(45);

/// A line that passes everything on, unless it is cut.
pub(crate) struct Line {
    port: u16,
    wires: Arc<Mutex<Wires>>,
    accepting: AbortHandle,
    bell: Bell,
}

#[derive(Default)]
struct Wires {
    cut: bool,
    /// How often somebody tried while it was cut.
    tried: usize,
    open: Vec<AbortHandle>,
}

impl Line {
    /// A line to the server at this address, such as `http://127.0.0.1:20017`.
    pub(crate) async fn to(address: &str) -> Self {
        let server = address.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let (wires, bell): (Arc<Mutex<Wires>>, Bell) = (Arc::default(), Bell::patient(PATIENCE));
        let accepting = {
            let (wires, ringing) = (Arc::clone(&wires), bell.clone());
            tokio::spawn(async move {
                while let Ok((mut from, _)) = listener.accept().await {
                    let mut wires = wires.lock().unwrap_or_else(PoisonError::into_inner);
                    if wires.cut {
                        wires.tried += 1;
                        ringing.ring();
                        continue;
                    }
                    let server = server.clone();
                    let wire = tokio::spawn(async move {
                        if let Ok(mut to) = TcpStream::connect(server).await {
                            // Either side may hang up.
                            let _ = copy_bidirectional(&mut from, &mut to).await;
                        }
                    });
                    wires.open.push(wire.abort_handle());
                }
            })
        };
        Self { port, wires, accepting: accepting.abort_handle(), bell }
    }

    /// Where the bot finds the server.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Nothing passes any more, nor what was on its way.
    pub(crate) fn cut(&self) {
        let mut wires = self.wires.lock().unwrap_or_else(PoisonError::into_inner);
        wires.cut = true;
        for wire in wires.open.drain(..) {
            wire.abort();
        }
    }

    /// Waits until it was tried so often while it is cut.
    pub(crate) async fn is_tried(&self, often: usize) {
        let tried = || self.wires.lock().unwrap_or_else(PoisonError::into_inner).tried;
        let found = self.bell.until(|| (tried() >= often).then_some(())).await;
        assert!(found.is_some(), "it was tried {} times", tried());
    }

    /// What comes passes again.
    pub(crate) fn mend(&self) {
        self.wires.lock().unwrap_or_else(PoisonError::into_inner).cut = false;
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
