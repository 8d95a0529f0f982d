//! The plainest of bots.

use std::{future::Future, time::Duration};

use fake_discord::{Builder, FakeDiscord};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

/// A fake that asks no more than Discord does.
pub(crate) fn lenient() -> Builder {
    FakeDiscord::builder().lets_mentions_be_implied()
}

/// Guilds, guild messages, direct messages.
pub(crate) const INTENTS: u64 = 1 | 1 << 9 | 1 << 12;

/// A client of REST.
#[derive(Clone)]
pub(crate) struct Rest {
    http: reqwest::Client,
    base: String,
    token: String,
}

/// What was answered.
pub(crate) struct Said {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) json: Value,
}

impl Rest {
    pub(crate) fn new(discord: &FakeDiscord) -> Self {
        Self::with(reqwest::Client::new(), &discord.base_url(), &discord.token())
    }

    pub(crate) fn with(http: reqwest::Client, base: &str, token: &str) -> Self {
        Self { http, base: format!("{base}/api/v10"), token: token.to_owned() }
    }

    fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        let request = self.http.request(method, format!("{}{path}", self.base));
        request.header("authorization", format!("Bot {}", self.token)).timeout(Duration::from_secs(5))
    }

    pub(crate) async fn try_ask(&self, method: &str, path: &str, body: Option<&Value>) -> reqwest::Result<Said> {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        said(request.send().await?).await
    }

    pub(crate) async fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Said {
        self.try_ask(method, path, body).await.expect("the fake answers")
    }

    pub(crate) async fn get(&self, path: &str) -> Said {
        self.ask("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Said {
        self.ask("POST", path, Some(body)).await
    }

    /// Sends a message with one file.
    pub(crate) async fn upload(&self, path: &str, body: &Value, name: &str, bytes: &[u8]) -> Said {
        let file = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().text("payload_json", body.to_string()).part("files[0]", file);
        let sent = self.request("POST", path).multipart(form).send().await;
        said(sent.expect("the fake answers")).await.expect("the answer can be read")
    }

    pub(crate) async fn answer(&self, interaction: &Value, body: &Value) -> Said {
        let (id, token) = (text(interaction, "id"), text(interaction, "token"));
        self.post(&format!("/interactions/{id}/{token}/callback"), body).await
    }
}

async fn said(response: reqwest::Response) -> reqwest::Result<Said> {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await?;
    Ok(Said { status, headers, json: serde_json::from_str(&text).unwrap_or(Value::Null) })
}

pub(crate) fn text<'a>(json: &'a Value, field: &str) -> &'a str {
    json[field].as_str().unwrap_or_else(|| panic!("{field} is text in {json}"))
}

/// A client of the gateway.
pub(crate) struct Gateway {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) last: u64,
}

impl Gateway {
    /// Connects and reads HELLO.
    pub(crate) async fn connect(discord: &FakeDiscord) -> Self {
        let url = format!("{}?v=10&encoding=json", discord.gateway_url());
        let (socket, _) = connect_async(url).await.expect("the gateway is there");
        let mut gateway = Self { socket, last: 0 };
        assert_eq!(gateway.next().await.expect("HELLO comes")["op"], 10);
        gateway
    }

    /// Connects and identifies; returns READY too.
    pub(crate) async fn identify(discord: &FakeDiscord) -> (Self, Value) {
        let mut gateway = Self::connect(discord).await;
        gateway.send(&json!({ "op": 2, "d": identity(discord) })).await;
        let ready = gateway.event("READY").await;
        (gateway, ready)
    }

    pub(crate) async fn send(&mut self, frame: &Value) {
        self.socket.send(Message::text(frame.to_string())).await.expect("the socket is open");
    }

    /// The next frame, or the code of the close frame; 0 when the socket was cut.
    pub(crate) async fn next(&mut self) -> Result<Value, u16> {
        loop {
            let message = tokio::time::timeout(Duration::from_secs(5), self.socket.next()).await;
            match message.expect("a frame within 5 s") {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(text.as_str()).expect("frames are JSON");
                    self.last = frame["s"].as_u64().unwrap_or(self.last);
                    return Ok(frame);
                }
                Some(Ok(Message::Close(frame))) => return Err(frame.map_or(1005, |frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(0),
            }
        }
    }

    /// The data of the next event of that name; others are skipped.
    pub(crate) async fn event(&mut self, name: &str) -> Value {
        loop {
            let frame = self.next().await.expect("the socket stays open");
            if frame["t"] == name {
                return frame["d"].clone();
            }
        }
    }
}

pub(crate) fn identity(discord: &FakeDiscord) -> Value {
    json!({
        "token": discord.token(),
        "intents": INTENTS,
        "properties": { "os": "linux", "browser": "it", "device": "it" },
    })
}

/// Runs a bot that handles each interaction by `handle`, until the test ends.
pub(crate) async fn run<F, Fut>(discord: &FakeDiscord, handle: F) -> Rest
where
    F: Fn(Rest, Value) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let rest = Rest::new(discord);
    let (mut gateway, _) = Gateway::identify(discord).await;
    let own = rest.clone();
    tokio::spawn(async move {
        loop {
            match gateway.next_forever().await {
                Some(frame) if frame["t"] == "INTERACTION_CREATE" => {
                    tokio::spawn(handle(own.clone(), frame["d"].clone()));
                }
                Some(_) => {}
                None => break,
            }
        }
    });
    rest
}

impl Gateway {
    async fn next_forever(&mut self) -> Option<Value> {
        loop {
            match self.socket.next().await? {
                Ok(Message::Text(text)) => return serde_json::from_str(text.as_str()).ok(),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }
}

/// Registers commands for all guilds.
pub(crate) async fn register(rest: &Rest, discord: &FakeDiscord, commands: &Value) {
    let path = format!("/applications/{}/commands", discord.application_id());
    let said = rest.ask("PUT", &path, Some(commands)).await;
    assert_eq!(said.status, 200, "{}", said.json);
}

/// A command with one text option that completes itself, one required choice, and so on.
pub(crate) fn commands() -> Value {
    json!([
        { "name": "search", "description": "Searches", "options": [
            { "type": 3, "name": "text", "description": "What", "required": true, "autocomplete": true },
            { "type": 4, "name": "page", "description": "Where", "min_value": 1 },
        ] },
        { "name": "team", "description": "Teams", "options": [
            { "type": 1, "name": "add", "description": "Adds", "options": [
                { "type": 6, "name": "who", "description": "Whom", "required": true },
                { "type": 3, "name": "as", "description": "As", "choices": [{ "name": "Lead", "value": "lead" }] },
            ] },
            { "type": 1, "name": "list", "description": "Lists" },
        ] },
        { "name": "secret", "description": "For administrators", "default_member_permissions": "0" },
        { "name": "read", "description": "Reads a file", "options": [
            { "type": 11, "name": "file", "description": "Which", "required": true },
        ] },
    ])
}
