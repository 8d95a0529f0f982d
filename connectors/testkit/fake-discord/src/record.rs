//! What the bot did: every request and every gateway frame, for tests to look at.

use std::time::Instant;

use serde_json::Value;

/// One REST request, and what was answered.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The method, in capitals.
    pub method: String,
    /// The path without `/api/v10`.
    pub path: String,
    /// What follows the question mark, or nothing.
    pub query: String,
    /// The path with its identifiers named, such as `/channels/{channel}/messages`.
    pub route: &'static str,
    /// The headers, lower case, except the credentials.
    pub headers: Vec<(String, String)>,
    /// The JSON body, or the part `payload_json`.
    pub body: Option<Value>,
    /// The files that came along.
    pub files: Vec<SentFile>,
    /// When the request was read.
    pub at: Instant,
    /// The status answered; `None` when the connection was cut instead.
    pub status: Option<u16>,
    /// The JSON answered, if any.
    pub answer: Option<Value>,
}

impl Recorded {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// One line, as in a log.
    #[must_use]
    pub fn line(&self) -> String {
        let status = self.status.map_or_else(|| "cut".to_owned(), |status| status.to_string());
        format!("{} {} → {status}", self.method, self.path)
    }
}

/// A file as it was uploaded.
#[derive(Clone, Debug)]
pub struct SentFile {
    /// The field of the form, such as `files[0]`.
    pub field: String,
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its alternative text, from `attachments` in the body.
    pub description: Option<String>,
}

/// One frame that came over the gateway.
#[derive(Clone, Debug)]
pub struct GatewayFrame {
    /// Discord's opcode: 1 heartbeat, 2 identify, 3 presence, 6 resume.
    pub op: u64,
    /// What it carried.
    pub data: Value,
    /// Which connection it came over, counted from 1.
    pub connection: u64,
    /// When.
    pub at: Instant,
}
