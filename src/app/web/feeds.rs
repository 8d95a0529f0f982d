//! People's own calendars, for whoever has the address of one.
//!
//! Whatever isn't the address of a calendar is answered alike: another path, a secret that nobody has or has any more,
//! somebody who left the space. An address is in no log and no count, and neither is who reads it.

use super::super::clock::Clock;
use super::super::standing;
use super::asking::Asking;
use super::etag;
use super::limits::Limits;
use super::serving::Peer;
use crate::commands::calendar_of;
use crate::config::Proxies;
use crate::domain::feed::FeedSecret;
use crate::store::{FeedOf, Store, StoreError};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use vigie_chat::Connector;

/// What comes before the secret part of an address.
const FOLDER: &str = "/calendrier/";

/// How long a calendar may take to be made.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long it is known that somebody belongs to their space, or doesn't: their network isn't asked at each reading.
const BELONGING: SignedDuration = SignedDuration::from_mins(10);

/// People of whom that is known.
const MOST_KNOWN: usize = 10_000;

/// What an answer says of itself, whatever it is: it is for nobody else, and for no search engine.
const ALWAYS: [(HeaderName, HeaderValue); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow")),
];

/// A calendar is kept by whoever reads it alone, for some minutes.
const KEPT: HeaderValue = HeaderValue::from_static("private, max-age=300");

/// What isn't one is kept by nobody.
const NOT_KEPT: HeaderValue = HeaderValue::from_static("no-store");

const CALENDAR: HeaderValue = HeaderValue::from_static("text/calendar; charset=utf-8");

/// What is known of somebody's belonging to their space, and since when.
type Known = HashMap<FeedOf, (Timestamp, bool)>;

/// What calendars are made of.
#[derive(Clone)]
pub struct Feeds {
    store: Store,
    networks: Arc<[Arc<dyn Connector>]>,
    clock: Clock,
    /// The zone where nobody chose one.
    standard: TimeZone,
    /// The path under which a proxy may pass requests on.
    prefix: Arc<str>,
    asking: Arc<Asking>,
    limits: Arc<Limits>,
    known: Arc<Mutex<Known>>,
}

impl std::fmt::Debug for Feeds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Feeds").finish_non_exhaustive()
    }
}

/// What comes of asking for a calendar.
enum Asked {
    /// This is it.
    Calendar(String),
    /// There is none under this address.
    Nothing,
    /// It is asked too often: how many seconds to wait.
    Wait(u64),
    /// It can't be made now.
    Later,
}

impl Feeds {
    /// Calendars from this store. `prefix` is the path of the address that people are given, if it has one; `believed` are the
    /// proxies that tell who asks.
    #[must_use]
    pub fn new(
        store: Store,
        networks: Arc<[Arc<dyn Connector>]>,
        clock: Clock,
        (standard, prefix): (TimeZone, &str),
        believed: Proxies,
    ) -> Self {
        let (limits, known) = (Arc::default(), Arc::default());
        let asking = Arc::new(Asking::new(believed));
        Self { store, networks, clock, standard, prefix: prefix.into(), asking, limits, known }
    }

    /// What is answered.
    pub fn router(&self) -> Router {
        Router::new().fallback(asked).layer(CompressionLayer::new()).with_state(self.clone())
    }

    async fn calendar(&self, method: &Method, path: &str, from: IpAddr) -> Asked {
        if let Err(seconds) = self.limits.from(from) {
            return Asked::Wait(seconds);
        }
        let Some(secret) = self.secret(path).filter(|_| [Method::GET, Method::HEAD].contains(method)) else {
            return Asked::Nothing;
        };
        match tokio::time::timeout(PATIENCE, self.made(&secret.hash())).await {
            Ok(Ok(asked)) => asked,
            Ok(Err(error)) => {
                tracing::error!(%error, "a calendar could not be made");
                Asked::Later
            }
            Err(_) => {
                tracing::error!("a calendar took too long to be made");
                Asked::Later
            }
        }
    }

    /// The secret of a path, which a proxy passes on as people ask for it or without the prefix. That one is taken off only
    /// where nothing is found with it: it may end like the folder.
    fn secret(&self, path: &str) -> Option<FeedSecret> {
        let read = |path: &str| path.strip_prefix(FOLDER).and_then(FeedSecret::read);
        read(path).or_else(|| read(path.strip_prefix(&*self.prefix)?))
    }

    /// The calendar whose address has this hash, while its person belongs to the space.
    async fn made(&self, hash: &str) -> Result<Asked, StoreError> {
        let Some(of) = self.store.feed_of(hash).await? else { return Ok(Asked::Nothing) };
        // Counted once it is known to be somebody's: addresses that nobody has are remembered nowhere.
        if let Err(seconds) = self.limits.of(hash) {
            return Ok(Asked::Wait(seconds));
        }
        let now = (self.clock)();
        if !self.belongs(of, now).await? {
            return Ok(Asked::Nothing);
        }
        let calendar = calendar_of(&self.store, of, &self.standard).await?;
        if let Err(error) = self.store.feed_was_read(of, TimeZone::UTC.to_datetime(now).date()).await {
            // It is for its person to know whether somebody reads it, and nothing that a reader waits for.
            tracing::warn!(%error, "that a calendar was read could not be noted");
        }
        Ok(Asked::Calendar(calendar.written()))
    }

    async fn belongs(&self, of: FeedOf, now: Timestamp) -> Result<bool, StoreError> {
        let known = |all: &Known| all.get(&of).copied();
        if let Some((since, belongs)) = known(&self.known.lock().unwrap_or_else(PoisonError::into_inner))
            && now.duration_since(since) < BELONGING
        {
            return Ok(belongs);
        }
        let belongs = standing::belongs(of, &self.store, &self.networks).await?;
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_KNOWN {
            all.clear();
        }
        all.insert(of, (now, belongs));
        Ok(belongs)
    }
}

/// Any request, whatever its path and method.
async fn asked(
    State(feeds): State<Feeds>,
    peer: Option<Extension<Peer>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let from = peer.map_or(IpAddr::from([0, 0, 0, 0]), |Extension(Peer(address))| feeds.asking.of(address, &headers));
    let answer = feeds.calendar(&method, uri.path(), from).await;
    let (outcome, mut response) = match answer {
        Asked::Calendar(calendar) => calendar_or_nothing_new(calendar, &headers),
        Asked::Nothing => ("unknown", said(StatusCode::NOT_FOUND, "Rien ici.\n")),
        Asked::Wait(seconds) => {
            let mut response = said(StatusCode::TOO_MANY_REQUESTS, "Trop de demandes\u{a0}: réessayez plus tard.\n");
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            ("limited", response)
        }
        Asked::Later => ("failed", said(StatusCode::SERVICE_UNAVAILABLE, "Réessayez dans un moment.\n")),
    };
    metrics::counter!("vigie_feed_requests_total", "outcome" => outcome).increment(1);
    response.headers_mut().extend(ALWAYS);
    response
}

fn calendar_or_nothing_new(calendar: String, headers: &HeaderMap) -> (&'static str, Response) {
    let etag = etag::of(&calendar);
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let same = known.into_iter().any(|known| etag::is_among(&etag, known));
    let (outcome, mut response) = if same {
        ("unchanged", StatusCode::NOT_MODIFIED.into_response())
    } else {
        ("given", ([(header::CONTENT_TYPE, CALENDAR)], calendar).into_response())
    };
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, KEPT);
    (outcome, response)
}

fn said(status: StatusCode, words: &'static str) -> Response {
    let mut response = (status, words).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, NOT_KEPT);
    response
}

#[cfg(test)]
mod tests;
