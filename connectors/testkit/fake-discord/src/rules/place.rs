//! A place in a body: a value and the path that leads to it.
//!
//! Reading goes through here, so that `null` is absent everywhere and every finding knows its path.

use serde_json::Value;

use super::finding::Path;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    pub(super) value: &'a Value,
    pub(super) path: Path,
}

impl<'a> Place<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self { value, path: Path::new() }
    }

    /// The path of a child, there or not.
    pub(super) fn under(&self, key: &str) -> Path {
        let mut path = self.path.clone();
        path.push(key.to_owned());
        path
    }

    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Self { value, path: self.under(key) })
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether the key holds something: neither absent nor an empty list, text or object, nor `false`.
    pub(super) fn fills(&self, key: &str) -> bool {
        self.get(key).is_some_and(|place| match place.value {
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            Value::String(text) => !text.trim().is_empty(),
            Value::Bool(yes) => *yes,
            _ => true,
        })
    }

    /// The elements of this list; none when it isn't a list.
    pub(super) fn elements(&self) -> Vec<Self> {
        let items = self.value.as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().enumerate().map(|(i, value)| Self { value, path: self.under(&i.to_string()) }).collect()
    }

    /// The elements of the list at `key`; none when there is no list.
    pub(super) fn items(&self, key: &str) -> Vec<Self> {
        self.get(key).map(|list| list.elements()).unwrap_or_default()
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key).and_then(Value::as_str)
    }

    pub(super) fn integer(&self, key: &str) -> Option<i64> {
        self.value.get(key).and_then(Value::as_i64)
    }

    pub(super) fn is_true(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }
}
