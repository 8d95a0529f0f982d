//! One request to the server, as its documentation spells it, and its answer.

use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::Value;

use crate::error::Refusal;

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where requests go, and in whose name.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    client: Client,
    address: String,
    token: Option<String>,
}

impl Caller {
    pub(crate) fn new(address: &str, token: Option<&str>) -> Self {
        // Connections belong to the runtime that made them, and several tests, each with its own, share one server.
        let client = Client::builder().pool_max_idle_per_host(0).timeout(PATIENCE).no_proxy();
        let client = client.build().expect("nothing of the machine is asked for");
        Self { client, address: address.to_owned(), token: token.map(str::to_owned) }
    }

    /// Makes a request, such as `GET /_matrix/client/versions`.
    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Refusal> {
        let method: Method = method.parse().expect("the caller spells a method");
        let mut request = self.client.request(method, format!("{}{path}", self.address));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body.to_string());
        }
        let answer = request.send().await.map_err(|error| Refusal::unreached(&error))?;
        let status = answer.status();
        let text = answer.text().await.map_err(|error| Refusal::unreached(&error))?;
        let answer = serde_json::from_str(&text).unwrap_or(Value::String(text));
        if status.is_success() { Ok(answer) } else { Err(Refusal::Server { status: status.as_u16(), answer }) }
    }
}

/// A part of a path, with what has a meaning in one escaped.
pub(crate) fn path_part(part: &str) -> String {
    use std::fmt::Write as _;
    part.bytes().fold(String::new(), |mut path, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            write!(path, "%{byte:02X}").expect("a string takes all");
        }
        path
    })
}
