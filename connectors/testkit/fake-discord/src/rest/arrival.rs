//! A request that has been read: what befalls it, who sent it, whether it is too soon, and what it does.

use std::time::Duration;

use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::{
    body::ReadBody,
    error::ApiError,
    perform::{Answer, Request, perform},
    respond::Outcome,
    route::Route,
};
use crate::{
    clock::ms,
    fault::Fault,
    hub::{Hub, State},
    limit::{self, Asked, Scope, Verdict},
    rules::{Call, UploadedFile},
};

/// What one file may weigh.
const FILE_BYTES: usize = 10 * 1024 * 1024;

/// A request with all that is known of it.
pub(super) struct Arrival<'a> {
    pub(super) hub: &'a Hub,
    pub(super) asked: Asked<'a>,
    pub(super) route: Option<Route>,
    pub(super) read: &'a Result<ReadBody, String>,
    /// What the rules say of the body.
    pub(super) body_verdict: Result<(), ApiError>,
    pub(super) query: &'a str,
}

impl Arrival<'_> {
    /// Lets the fault befall it, counts it, and does what it asks if nothing is against that.
    pub(super) fn handle(&self, state: &mut State, headers: &HeaderMap, fault: Option<&Fault>) -> Outcome {
        if let Some(what) = state.limits.impatience(&self.asked) {
            state.complain(what);
        }
        let limited = match fault {
            Some(Fault::CutBefore) => return Outcome::Cut,
            Some(Fault::Status(status)) => return Outcome::Page(*status),
            Some(Fault::Refused { status, code, message }) => {
                let body = Some(json!({ "message": message, "code": code }));
                return Outcome::Answered { status: *status, headers: Vec::new(), body, late: Duration::ZERO };
            }
            Some(Fault::RateLimited { retry_after }) => {
                let retry_ms = ms(*retry_after);
                let headers = limit::headers(99, 5, 0, self.asked.now_ms + retry_ms, retry_ms);
                return self.wait(state, Scope::Bucket, retry_ms, headers);
            }
            Some(Fault::RateLimitedGlobally { retry_after }) => {
                return self.wait(state, Scope::Global, ms(*retry_after), Vec::new());
            }
            Some(Fault::CutAfter | Fault::AnsweredLate(_)) | None => match state.limits.count(&self.asked) {
                Verdict::Within(headers) => headers,
                Verdict::Beyond { scope, retry_ms, headers } => return self.wait(state, scope, retry_ms, headers),
            },
        };
        let outcome = self.checked(state, headers).and_then(|(route, body)| {
            let Asked { method, at, .. } = self.asked;
            perform(state, method, route, Request { hub: self.hub, body, query: self.query, at })
        });
        let (status, body) = match outcome {
            Ok(Answer { status, body }) => (status, body),
            Err(error) => {
                if let Some(what) = error.what_to_complain() {
                    let Asked { method, path, .. } = self.asked;
                    state.complain(format!("{method} {path} → {} ({}): {what}", error.status, error.code));
                }
                (error.status, Some(error.json()))
            }
        };
        match fault {
            Some(Fault::CutAfter) => Outcome::Cut,
            Some(Fault::AnsweredLate(late)) => Outcome::Answered { status, headers: limited, body, late: *late },
            _ => Outcome::Answered { status, headers: limited, body, late: Duration::ZERO },
        }
    }

    /// Lets the request in, or says why not.
    fn checked(&self, state: &State, headers: &HeaderMap) -> Result<(&Route, &ReadBody), ApiError> {
        let Some(route) = &self.route else {
            return Err(ApiError::NO_SUCH_ROUTE.complained("there is no such route on the fake"));
        };
        if !route.needs_no_token() {
            authorize(state, headers)?;
        }
        let body = match self.read {
            Ok(body) => body,
            Err(what) => return Err(ApiError::MALFORMED.complained(what.clone())),
        };
        self.body_verdict.clone()?;
        Ok((route, body))
    }

    /// 429, with all that Discord says about it.
    fn wait(
        &self,
        state: &mut State,
        scope: Scope,
        retry_ms: i64,
        mut headers: Vec<(&'static str, String)>,
    ) -> Outcome {
        state.limits.block(&self.asked, scope, retry_ms);
        let is_global = scope == Scope::Global;
        if is_global {
            headers.push(("x-ratelimit-global", "true".to_owned()));
        }
        headers.push(("x-ratelimit-scope", if is_global { "global" } else { "user" }.to_owned()));
        // Discord gives whole seconds here, rounded up; below one second the fake gives the fraction, so that tests
        // needn't wait for a whole one.
        let header = if retry_ms < 1000 { limit::seconds(retry_ms) } else { ((retry_ms + 999) / 1000).to_string() };
        headers.push(("retry-after", header));
        let retry_after = Duration::from_millis(retry_ms.unsigned_abs()).as_secs_f64();
        let body = json!({
            "message": "You are being rate limited.", "retry_after": retry_after, "global": is_global,
        });
        Outcome::Answered { status: 429, headers, body: Some(body), late: Duration::ZERO }
    }
}

/// Checks a body against the rules for bodies.
pub(super) fn judge_body(hub: &Hub, method: &str, path: &str, read: &Result<ReadBody, String>) -> Result<(), ApiError> {
    let Ok(body) = read else { return Ok(()) };
    if body.files.iter().any(|file| file.bytes.len() > FILE_BYTES) {
        return Err(ApiError::TOO_LARGE.complained("a file of more than 10 MiB"));
    }
    let files = body.files.iter().map(|file| UploadedFile {
        field: file.field.clone(),
        name: file.name.clone(),
        size: file.bytes.len(),
    });
    let files = files.collect::<Vec<_>>();
    let call = Call { method, path, body: body.json.as_ref(), files: &files };
    hub.rules.check(&call).map_err(|refusal| ApiError {
        status: refusal.status,
        code: refusal.code,
        complaint: Some(format!("{} {}", refusal.message, refusal.errors)),
        message: refusal.message.into(),
        errors: Some(refusal.errors).filter(|errors: &Value| errors.as_object().is_some_and(|map| !map.is_empty())),
    })
}

fn authorize(state: &State, headers: &HeaderMap) -> Result<(), ApiError> {
    let given = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if given.strip_prefix("Bot ") != Some(state.token.value.as_str()) {
        return Err(ApiError::UNAUTHORIZED.complained("a wrong or missing token"));
    }
    if state.token.is_revoked { Err(ApiError::UNAUTHORIZED) } else { Ok(()) }
}
