//! Asking the homeserver, as a client without any state would.

use super::{Access, CheckupError, keys::Keys};
use matrix_sdk::reqwest::{Client, Method, Response, StatusCode, Url, redirect::Policy};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use std::error::Error as _;
use std::time::Duration;

/// A homeserver that is silent for longer is taken to be away.
const PATIENCE: Duration = Duration::from_secs(15);

/// The homeserver, to whoever has the token.
pub(super) struct Server {
    base: Url,
    http: Client,
    token: SecretString,
}

impl Server {
    pub(super) fn new(access: &Access) -> Result<Self, CheckupError> {
        let wrong = || CheckupError::Address(access.homeserver.clone());
        let base = Url::parse(&access.homeserver).map_err(|_| wrong())?;
        if !matches!(base.scheme(), "http" | "https") || base.cannot_be_a_base() {
            return Err(wrong());
        }
        // The token goes to the homeserver and to nobody whom it points to.
        let http = Client::builder().timeout(PATIENCE).redirect(Policy::none()).build();
        let http = http.map_err(|error| unreachable(&base, &error))?;
        Ok(Self { base, http, token: access.token.clone() })
    }

    /// Whose token it is: the person, and the device if it belongs to one.
    pub(super) async fn who_am_i(&self) -> Result<(String, Option<String>), CheckupError> {
        let answer = self.get(&["v3", "account", "whoami"]).await?.unwrap_or_default();
        let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
        let user = text("user_id").ok_or_else(|| CheckupError::NotAHomeserver(self.base.to_string()))?;
        Ok((user, text("device_id")))
    }

    /// The public keys of the person.
    pub(super) async fn keys(&self, user: &str) -> Result<Keys, CheckupError> {
        let question = json!({ "device_keys": { user: [] } }).to_string();
        let answer = self.ask(Method::POST, &["v3", "keys", "query"], Some(question)).await?.unwrap_or_default();
        let of = |kind: &str| answer.get(kind).and_then(|all| all.get(user)).cloned().unwrap_or_default();
        Ok(Keys { devices: of("device_keys"), master: of("master_keys"), self_signing: of("self_signing_keys") })
    }

    /// What is at this place of the client API; `None` when nothing is.
    pub(super) async fn get(&self, path: &[&str]) -> Result<Option<Value>, CheckupError> {
        self.ask(Method::GET, path, None).await
    }

    async fn ask(&self, method: Method, path: &[&str], body: Option<String>) -> Result<Option<Value>, CheckupError> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| CheckupError::Address(self.base.to_string()))?
            .pop_if_empty()
            .extend(["_matrix", "client"])
            .extend(path);
        let mut request = self.http.request(method, url).bearer_auth(self.token.expose_secret());
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        let answer = request.send().await.map_err(|error| unreachable(&self.base, &error))?;
        self.read(answer).await
    }

    async fn read(&self, answer: Response) -> Result<Option<Value>, CheckupError> {
        let status = answer.status();
        let body = answer.bytes().await.map_err(|error| unreachable(&self.base, &error))?;
        let body: Option<Value> = serde_json::from_slice(&body).ok();
        let code = body.as_ref().and_then(|body| body.get("errcode")).and_then(Value::as_str).map(str::to_owned);
        match (status, body, code) {
            (status, Some(body), None) if status.is_success() => Ok(Some(body)),
            (StatusCode::NOT_FOUND, _, Some(code)) if code == "M_NOT_FOUND" => Ok(None),
            (StatusCode::UNAUTHORIZED, _, Some(_)) => Err(CheckupError::TokenRefused),
            (status, _, Some(code)) => {
                Err(CheckupError::Failed { status: status.as_u16(), code: format!(" ({code})") })
            }
            (status, ..) if status.is_server_error() => {
                Err(CheckupError::Failed { status: status.as_u16(), code: String::new() })
            }
            _ => Err(CheckupError::NotAHomeserver(self.base.to_string())),
        }
    }
}

/// Nothing came back. The innermost cause says most; the address is told once.
fn unreachable(base: &Url, error: &matrix_sdk::reqwest::Error) -> CheckupError {
    let mut cause = if error.is_timeout() { "it doesn't answer in time".to_owned() } else { error.to_string() };
    let mut inner = error.source().filter(|_| !error.is_timeout());
    while let Some(deeper) = inner {
        cause = deeper.to_string();
        inner = deeper.source();
    }
    CheckupError::Unreachable { homeserver: base.to_string(), cause }
}
