//! Bodies: JSON, or a form with the part `payload_json` and files.

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request},
    http::request::Parts,
};
use serde_json::Value;

use crate::record::SentFile;

/// A body, read.
#[derive(Debug, Default)]
pub(crate) struct ReadBody {
    pub(crate) json: Option<Value>,
    pub(crate) files: Vec<SentFile>,
}

/// Reads a body, whose form is in the header `content-type`.
///
/// # Errors
///
/// What is wrong with it.
pub(crate) async fn read(parts: Parts, bytes: Vec<u8>) -> Result<ReadBody, String> {
    if bytes.is_empty() {
        return Ok(ReadBody::default());
    }
    let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let mut body = if kind.starts_with("multipart/form-data") {
        read_form(parts, bytes).await?
    } else if kind.starts_with("application/json") {
        let json = serde_json::from_slice(&bytes).map_err(|error| format!("the body isn't JSON: {error}"))?;
        ReadBody { json: Some(json), files: Vec::new() }
    } else {
        return Err(format!("a body of the type {kind:?}"));
    };
    describe(&mut body);
    Ok(body)
}

async fn read_form(parts: Parts, bytes: Vec<u8>) -> Result<ReadBody, String> {
    let request = Request::from_parts(parts, Body::from(bytes));
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| error.body_text())?;
    let mut body = ReadBody::default();
    while let Some(field) = form.next_field().await.map_err(|error| error.body_text())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|error| error.body_text())?;
        match file {
            Some(file) if is_a_file_field(&name) => {
                body.files.push(SentFile { field: name, name: file, bytes: bytes.to_vec(), description: None });
            }
            None if name == "payload_json" => {
                let json = serde_json::from_slice(&bytes).map_err(|error| format!("payload_json: {error}"))?;
                body.json = Some(json);
            }
            _ => return Err(format!("a part of the form that isn't known: {name:?}")),
        }
    }
    Ok(body)
}

fn is_a_file_field(name: &str) -> bool {
    let number = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
    number.is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Gives the files the descriptions that the JSON has for them.
fn describe(body: &mut ReadBody) {
    let Some(json) = &body.json else { return };
    for file in &mut body.files {
        let number = file.field.trim_start_matches("files[").trim_end_matches(']').to_owned();
        let about = attachments_of(json).find(|about| same_number(&about["id"], &number));
        file.description = about.and_then(|about| about["description"].as_str()).map(str::to_owned);
        if let Some(name) = about.and_then(|about| about["filename"].as_str()) {
            name.clone_into(&mut file.name);
        }
    }
}

/// The entries of `attachments`, wherever this body has them.
pub(crate) fn attachments_of(json: &Value) -> impl Iterator<Item = &Value> {
    let list = json.get("attachments").or_else(|| json.get("data")?.get("attachments"));
    list.and_then(Value::as_array).into_iter().flatten()
}

/// Whether a JSON id, text or number, is this number.
pub(crate) fn same_number(value: &Value, number: &str) -> bool {
    match value {
        Value::String(text) => text == number,
        Value::Number(other) => other.to_string() == number,
        _ => false,
    }
}
