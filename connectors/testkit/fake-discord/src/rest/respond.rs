//! From an outcome to bytes, or to a cut connection. Downloads too.

use std::time::Duration;

use axum::{body::Body, http::StatusCode, response::Response};
use serde_json::Value;

use crate::{hub::Hub, id::Id};

/// What happens to the connection.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It is answered, perhaps late.
    Answered { status: u16, headers: Vec<(&'static str, String)>, body: Option<Value>, late: Duration },
    /// It is answered by a page, as a proxy in trouble does.
    Page(u16),
    /// It ends.
    Cut,
}

impl Outcome {
    /// The status and the JSON, for the record.
    pub(super) fn recorded(&self) -> (Option<u16>, Option<Value>) {
        match self {
            Self::Answered { status, body, .. } => (Some(*status), body.clone()),
            Self::Page(status) => (Some(*status), None),
            Self::Cut => (None, None),
        }
    }
}

/// A file behind an address of the fake.
pub(super) fn download(hub: &Hub, path: &str) -> Response {
    let id = path.split('/').nth(3).and_then(Id::parse);
    let file = id.and_then(|id| hub.look(|state| state.world.files.get(&id).cloned()));
    let (status, kind, bytes) = match file {
        Some(file) => (StatusCode::OK, file.media_type(), file.bytes.to_vec()),
        None => (StatusCode::NOT_FOUND, "text/plain", b"This content is no longer available.".to_vec()),
    };
    let response = Response::builder().status(status).header("content-type", kind);
    response.body(Body::from(bytes)).expect("a response of known headers")
}

/// The answer itself.
pub(super) async fn respond(outcome: Outcome) -> Response {
    match outcome {
        Outcome::Cut => cut(),
        Outcome::Page(status) => {
            let page = format!("<html><body><h1>{status}</h1>upstream is in trouble</body></html>");
            let response = Response::builder().status(status).header("content-type", "text/html");
            response.body(Body::from(page)).expect("a scripted status is one of HTTP's")
        }
        Outcome::Answered { status, headers, body, late } => {
            if !late.is_zero() {
                tokio::time::sleep(late).await;
            }
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            let body = match body {
                Some(json) => {
                    response = response.header("content-type", "application/json");
                    Body::from(json.to_string())
                }
                None => Body::empty(),
            };
            response.body(body).expect("a response of known headers")
        }
    }
}

/// Ends the connection without an answer.
///
/// The server runs each connection in a task of its own; unwinding that task closes its socket, and `resume_unwind`
/// does so without the noise of a panic.
pub(super) fn cut() -> ! {
    std::panic::resume_unwind(Box::new("the connection is cut, as the test wants"))
}
