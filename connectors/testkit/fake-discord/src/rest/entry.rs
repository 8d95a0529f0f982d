//! The one door of REST: from bytes to a record and an answer.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::Instant,
};

use axum::{
    body::to_bytes,
    extract::{Request, State},
    http::HeaderMap,
    response::Response,
};

use super::{
    arrival::{Arrival, judge_body},
    body,
    respond::{cut, download, respond},
    route::Route,
};
use crate::{hub::Hub, limit::Asked, record::Recorded};

/// More than Discord takes in one request.
const BODY_BYTES: usize = 100 * 1024 * 1024;

/// Answers any request but those for the gateway.
pub(crate) async fn entry(State(hub): State<Arc<Hub>>, request: Request) -> Response {
    if hub.look(|state| state.is_stopped) {
        cut();
    }
    let at = Instant::now();
    let (parts, body) = request.into_parts();
    let full_path = parts.uri.path().to_owned();
    if full_path.starts_with("/attachments/") {
        return download(&hub, &full_path);
    }
    let method = parts.method.as_str().to_owned();
    let path = without_version(&full_path);
    let (route, template) = path.and_then(Route::read).map_or((None, ""), |(route, name)| (Some(route), name));
    let path = path.unwrap_or(&full_path);
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let headers = parts.headers.clone();
    let bytes = to_bytes(body, BODY_BYTES).await.map(|bytes| bytes.to_vec()).unwrap_or_default();
    let fingerprint = fingerprint(&method, path, &bytes);
    let text = bytes.clone();
    let read = body::read(parts, bytes).await;
    // The rules take their time: they are read before the state is locked.
    let body_verdict = route.as_ref().map_or(Ok(()), |_| judge_body(&hub, &method, path, &read));
    let outcome = hub.change(|state| {
        let now_ms = state.now_ms();
        let asked = Asked { method: &method, path, route: template, fingerprint, at, now_ms };
        let fault = state.faults.take(&method, path, &text);
        let arrival = Arrival { hub: &hub, asked, route, read: &read, body_verdict, query: &query };
        let outcome = arrival.handle(state, &headers, fault.as_ref());
        let (status, answer) = outcome.recorded();
        let body = read.as_ref().ok();
        state.requests.push(Recorded {
            method: method.clone(),
            path: path.to_owned(),
            query: query.clone(),
            route: template,
            headers: recorded(&headers),
            body: body.and_then(|body| body.json.clone()),
            files: body.map(|body| body.files.clone()).unwrap_or_default(),
            at,
            status,
            answer,
        });
        outcome
    });
    respond(outcome).await
}

fn without_version(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/api")?;
    let rest = rest.strip_prefix("/v10").unwrap_or(rest);
    rest.starts_with('/').then_some(rest)
}

fn fingerprint(method: &str, path: &str, bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (method, path, bytes).hash(&mut hasher);
    hasher.finish()
}

fn recorded(headers: &HeaderMap) -> Vec<(String, String)> {
    let shown = headers.iter().filter(|(name, _)| name.as_str() != "authorization");
    shown.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())).collect()
}
