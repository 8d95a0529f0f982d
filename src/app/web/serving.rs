//! Connections, one after the other and so many at a time: each answers one request, within limits of size and of time.

use super::crowd::Crowd;
use crate::config::Proxies;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Connections at a time; the others wait.
const MOST: usize = 256;

/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(5);

/// How long a whole connection may last.
const WHOLE: Duration = Duration::from_secs(20);

/// Bytes of the head of a request, and its headers. Nothing reads a body.
const HEAD_BYTES: usize = 16 * 1024;
const HEADERS: usize = 64;

/// How long to wait when the system gives no more connections.
const PAUSE: Duration = Duration::from_millis(200);

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Peer(pub(super) IpAddr);

/// Answers whoever connects, until `stopped` resolves; what is being answered then is finished. Of one network so many may be
/// connected at a time, save of the proxies that are believed.
pub async fn serve(listener: TcpListener, router: Router, believed: Proxies, stopped: impl Future<Output = ()>) {
    let mut stopped = std::pin::pin!(stopped);
    let places = Arc::new(Semaphore::new(MOST));
    let crowd = Crowd::new(believed);
    let mut open = JoinSet::new();
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        tokio::select! {
            () = &mut stopped => break,
            Some(_) = open.join_next(), if !open.is_empty() => {}
            (accepted, place) = next => match accepted {
                Ok((stream, from)) => {
                    // Closed without a word: what that would cost is what is spared.
                    let Some(theirs) = crowd.enter(from.ip()) else { continue };
                    let router = router.clone().layer(Extension(Peer(from.ip())));
                    open.spawn(async move {
                        answer(stream, router).await;
                        drop((place, theirs));
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection to the web address could not be taken");
                    tokio::time::sleep(PAUSE).await;
                }
            },
        }
    }
    while open.join_next().await.is_some() {}
}

async fn answer(stream: TcpStream, router: Router) {
    let answering = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // Whoever goes away, or is too slow, is left: what they sent is in no log.
    let _ = tokio::time::timeout(WHOLE, answering).await;
}
