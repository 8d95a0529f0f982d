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

<<<<<<< HEAD
/// A request with all that is known of it.
struct Arrival<'a> {
    hub: &'a Hub,
    asked: Asked<'a>,
    route: Option<Route>,
    read: &'a Result<ReadBody, String>,
    query: &'a str,
}

impl Arrival<'_> {
    fn handle(&self, state: &mut hub::State, headers: &HeaderMap, fault: Option<&Fault>) -> Outcome {
        if let Some(what) = state.limits.impatience(&self.asked) {
            state.complain(what);
        }
        let limited = match fault {
            Some(Fault::CutBefore) => return Outcome::Cut,
            Some(Fault::Status(status)) => return Outcome::Page(*status),
            Some(Fault::Refused { status, code, message }) => {
                return answered(*status, Some(json!({ "message": message, "code": code })));
            }
            Some(Fault::RateLimited { retry_after }) => {
                let retry_ms = crate::clock::ms(*retry_after);
                let headers = limit::headers(99, 5, 0, self.asked.now_ms + retry_ms, retry_ms);
                return self.wait(state, Scope::Bucket, retry_ms, headers);
            }
            Some(Fault::RateLimitedGlobally { retry_after }) => {
                return self.wait(state, Scope::Global, crate::clock::ms(*retry_after), Vec::new());
            }
            Some(Fault::CutAfter | Fault::AnsweredLate(_)) | None => match state.limits.count(&self.asked) {
                Verdict::Within(headers) => headers,
                Verdict::Beyond { scope, retry_ms, headers } => return self.wait(state, scope, retry_ms, headers),
            },
        };
        let outcome = self
            .checked(state, headers)
            .and_then(|(route, body)| perform(self.hub, state, self.asked.method, route, body, self.query));
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
    fn checked(&self, state: &hub::State, headers: &HeaderMap) -> Result<(&Route, &ReadBody), ApiError> {
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
        if body.files.iter().any(|file| file.bytes.len() > FILE_BYTES) {
            return Err(ApiError::TOO_LARGE.complained("a file of more than 10 MiB"));
        }
        let files = body.files.iter().map(|file| UploadedFile {
            field: file.field.clone(),
            name: file.name.clone(),
            size: file.bytes.len(),
        });
        let files = files.collect::<Vec<_>>();
        let Asked { method, path, .. } = self.asked;
        let call = Call { method, path, body: body.json.as_ref(), files: &files };
        self.hub.rules.check(&call).map_err(|refusal| ApiError {
            status: refusal.status,
            code: refusal.code,
            complaint: Some(format!("{} {}", refusal.message, refusal.errors)),
            message: refusal.message.into(),
            errors: Some(refusal.errors),
        })?;
        Ok((route, body))
    }

    /// 429, with all that Discord says about it.
    fn wait(
        &self,
        state: &mut hub::State,
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

fn authorize(state: &hub::State, headers: &HeaderMap) -> Result<(), ApiError> {
    let given = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if given.strip_prefix("Bot ") != Some(state.token.value.as_str()) {
        return Err(ApiError::UNAUTHORIZED.complained("a wrong or missing token"));
    }
    if state.token.is_revoked { Err(ApiError::UNAUTHORIZED) } else { Ok(()) }
}

=======
>>>>>>> fake
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
