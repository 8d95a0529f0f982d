//! A call to try in a test: what is accepted must be so by hand and by the description, what is refused already by hand.

use serde_json::{Value, json};

use super::{Call, House, Refusal, Rules, UploadedFile};

/// One call, with `allowed_mentions` put where a message needs them.
#[derive(Clone)]
pub(super) struct Attempt {
    method: &'static str,
    path: &'static str,
    body: Value,
    files: Vec<UploadedFile>,
}

impl Attempt {
    pub(super) fn new(method: &'static str, path: &'static str, body: Value) -> Self {
        Self { method, path, body, files: Vec::new() }
    }

    pub(super) fn message(body: Value) -> Self {
        Self::new("POST", "/channels/1/messages", mentioning(body))
    }

    pub(super) fn edit(body: Value) -> Self {
        Self::new("PATCH", "/channels/1/messages/2", mentioning(body))
    }

    pub(super) fn follow_up(body: Value) -> Self {
        Self::new("POST", "/webhooks/1/token?wait=true", mentioning(body))
    }

    pub(super) fn callback(mut body: Value) -> Self {
        if [Some(4), Some(7)].contains(&body["type"].as_i64()) && body["data"].is_object() {
            body["data"] = mentioning(body["data"].take());
        }
        Self::new("POST", "/interactions/1/token/callback", body)
    }

    pub(super) fn modal(data: &Value) -> Self {
        Self::callback(json!({ "type": 9, "data": data }))
    }

    /// A message with these components.
    pub(super) fn components(components: &Value) -> Self {
        Self::message(json!({ "components": components }))
    }

    /// A message laid out by components alone.
    pub(super) fn layout(components: &Value) -> Self {
        Self::message(json!({ "components": components, "flags": 1 << 15 }))
    }

    pub(super) fn command(body: Value) -> Self {
        Self::new("POST", "/applications/1/guilds/2/commands", body)
    }

    pub(super) fn with_files(mut self, files: &[UploadedFile]) -> Self {
        self.files = files.to_vec();
        self
    }

    pub(super) fn without_allowed_mentions(mut self) -> Self {
        for part in ["/data", ""] {
            if let Some(fields) = self.body.pointer_mut(part).and_then(Value::as_object_mut) {
                fields.remove("allowed_mentions");
            }
        }
        self
    }

    fn check(&self, rules: Rules) -> Result<(), Refusal> {
        rules.check(&Call { method: self.method, path: self.path, body: Some(&self.body), files: &self.files })
    }

    pub(super) fn by_hand(&self) -> Result<(), Refusal> {
        self.check(Rules { description: None, house: House::DemandsAllowedMentions })
    }

    pub(super) fn as_discord(&self) -> Result<(), Refusal> {
        self.check(Rules::load().demanding_allowed_mentions(false))
    }

    #[track_caller]
    pub(super) fn accepted(&self) {
        self.by_hand().expect("by hand");
        self.check(Rules::load()).expect("with the description");
    }

    /// The refusal, which must come without the description too.
    #[track_caller]
    pub(super) fn refusal(&self) -> Refusal {
        self.check(Rules::load()).expect_err("with the description");
        self.by_hand().expect_err("by hand")
    }

    /// Refused for exactly these reasons, as `path: CODE`.
    #[track_caller]
    pub(super) fn refused(&self, reasons: &[&str]) {
        let refusal = self.refusal();
        assert_eq!((refusal.status, refusal.code), (400, 50035));
        let mut found = reasons_of(&refusal);
        let mut reasons = reasons.to_vec();
        found.sort();
        reasons.sort_unstable();
        assert_eq!(found, reasons, "{refusal}");
    }
}

/// The reasons in a refusal, as `path: CODE`.
pub(super) fn reasons_of(refusal: &Refusal) -> Vec<String> {
    fn walk(node: &Value, path: &str, reasons: &mut Vec<String>) {
        for (key, child) in node.as_object().into_iter().flatten() {
            if key == "_errors" {
                let errors = child.as_array().into_iter().flatten();
                reasons.extend(errors.map(|error| format!("{path}: {}", error["code"].as_str().unwrap_or("?"))));
            } else {
                let deeper = if path.is_empty() { key.clone() } else { format!("{path}/{key}") };
                walk(child, &deeper, reasons);
            }
        }
    }
    let mut reasons = Vec::new();
    walk(&refusal.errors, "", &mut reasons);
    reasons
}

fn mentioning(mut body: Value) -> Value {
    if body.get("allowed_mentions").is_none() {
        body["allowed_mentions"] = json!({ "parse": [] });
    }
    body
}

/// A text of this many characters, none of them ASCII, so that bytes and characters differ.
pub(super) fn long(length: usize) -> String {
    "é".repeat(length)
}

/// A small file in `files[n]`.
pub(super) fn file(n: usize, name: &str) -> UploadedFile {
    UploadedFile { field: format!("files[{n}]"), name: name.to_owned(), size: 1 }
}
