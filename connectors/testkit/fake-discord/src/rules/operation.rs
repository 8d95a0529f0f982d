//! One operation of the description: its path, its body, and whether a call fits them.

use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::Value;

use super::description::Found;
use super::finding::Findings;
use super::snowflake::is_snowflake_text;
use super::{schema_error, strict};

/// A method and a path template, with the schema of the JSON body.
#[derive(Debug)]
pub(super) struct Operation {
    method: String,
    pieces: Vec<Piece>,
    body: Option<Value>,
    needs_body: bool,
    validator: OnceLock<Validator>,
}

#[derive(Debug)]
enum Piece {
    Literal(String),
    Variable(String),
}

impl Operation {
    pub(super) fn new(method: &str, template: &str, operation: &Value) -> Self {
        let piece = |text: &str| match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => Piece::Variable(name.to_owned()),
            None => Piece::Literal(text.to_owned()),
        };
        let request = &operation["requestBody"];
        let content = &request["content"];
        let schema =
            ["application/json", "multipart/form-data"].into_iter().find_map(|kind| content[kind].get("schema"));
        Self {
            method: method.to_ascii_uppercase(),
            pieces: template.trim_start_matches('/').split('/').map(piece).collect(),
            body: schema.cloned(),
            needs_body: request["required"] == Value::Bool(true),
            validator: OnceLock::new(),
        }
    }

    pub(super) fn fits(&self, method: &str, path: &str) -> bool {
        let texts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        self.method == method
            && self.pieces.len() == texts.len()
            && self.pieces.iter().zip(texts).all(|(piece, text)| match piece {
                Piece::Literal(literal) => literal == text,
                Piece::Variable(_) => !text.is_empty(),
            })
    }

    pub(super) fn variables(&self) -> usize {
        self.pieces.iter().filter(|piece| matches!(piece, Piece::Variable(_))).count()
    }

    /// Ids in the path are snowflakes.
    fn check_ids(&self, path: &str, findings: &mut Findings) {
        for (piece, text) in self.pieces.iter().zip(path.trim_start_matches('/').split('/')) {
            if let Piece::Variable(name) = piece
                && name.ends_with("_id")
                && !is_snowflake_text(text)
            {
                findings.add(
                    vec![name.clone()],
                    "NUMBER_TYPE_COERCE",
                    format!("`{text}` in the path is not a snowflake."),
                );
            }
        }
    }

    fn validator(&self, schema: &Value, components: &Value) -> &Validator {
        self.validator.get_or_init(|| {
            let closed = strict::closed(schema, components);
            jsonschema::draft202012::new(&closed).expect("Discord's description holds valid schemas")
        })
    }
}

impl Found<'_> {
    /// Compares a normalised call with the description. What the hand-written rules have said of a place isn't said again.
    pub(super) fn check(&self, path: &str, body: &Value, findings: &mut Findings) {
        let Self { operation, components } = *self;
        operation.check_ids(path, findings);
        match (&operation.body, body) {
            (None, Value::Null) => {}
            (None, Value::Object(fields)) if fields.is_empty() => {}
            (None, _) => findings.add(Vec::new(), "UNKNOWN_FIELD", "This call has no body."),
            (Some(_), Value::Null) if !operation.needs_body => {}
            (Some(_), Value::Null) => findings.add(Vec::new(), "BASE_TYPE_REQUIRED", "This call needs a body."),
            (Some(schema), body) => {
                for error in operation.validator(schema, components).iter_errors(body) {
                    schema_error::report(&error, findings);
                }
            }
        }
    }
}
