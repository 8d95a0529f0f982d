//! The fields of one TOML table, read by name: what is missing, empty, of a wrong type or unknown becomes a defect.

use super::defects::Gathered;
use crate::code::CompetencyCode;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its place in the file.
#[derive(Debug, Clone)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// One table, and which of its keys were asked for.
pub(super) struct Fields<'a> {
    table: &'a DeTable<'a>,
    pub(super) span: Range<usize>,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { table, span, known: Vec::new() }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// A text that must be there; an empty one is a defect.
    pub(super) fn text(&mut self, key: &'static str, defects: &mut Gathered) -> Placed<String> {
        let missing = Placed { value: String::new(), span: self.span.clone() };
        let Some(value) = self.get(key) else {
            defects.add(&self.span, format!("`{key}` is missing"));
            return missing;
        };
        let Some(text) = text_of(value, key, defects) else { return missing };
        if text.value.trim().is_empty() {
            defects.add(&text.span, format!("`{key}` is empty"));
        }
        text
    }

    /// A text that may be absent.
    pub(super) fn optional_text(&mut self, key: &'static str, defects: &mut Gathered) -> Option<Placed<String>> {
        let text = text_of(self.get(key)?, key, defects)?;
        if text.value.trim().is_empty() {
            defects.add(&text.span, format!("`{key}` is empty; leave it out instead"));
            return None;
        }
        Some(text)
    }

    /// `true` or `false`; absent is `false`.
    pub(super) fn flag(&mut self, key: &'static str, defects: &mut Gathered) -> bool {
        match self.get(key) {
            None => false,
            Some(value) => value.get_ref().as_bool().unwrap_or_else(|| {
                defects.add(&value.span(), format!("`{key}` is {}; expected true or false", kind(value)));
                false
            }),
        }
    }

    /// A whole number between two others.
    pub(super) fn number(&mut self, key: &'static str, range: Range<u8>, defects: &mut Gathered) -> Option<u8> {
        let value = self.get(key)?;
        let number =
            value.get_ref().as_integer().and_then(|i| i.as_str().parse::<u8>().ok()).filter(|n| range.contains(n));
        if number.is_none() {
            defects.add(
                &value.span(),
                format!("`{key}` must be a whole number from {} to {}", range.start, range.end - 1),
            );
        }
        number
    }

    /// A list of texts; absent is empty, an empty text is a defect.
    pub(super) fn texts(&mut self, key: &'static str, defects: &mut Gathered) -> Vec<Placed<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            defects.add(&value.span(), format!("`{key}` is {}; expected a list of texts", kind(value)));
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in array {
            let Some(text) = text_of(item, key, defects) else { continue };
            if text.value.trim().is_empty() {
                defects.add(&text.span, format!("`{key}` holds an empty text"));
            }
            found.push(text);
        }
        found
    }

    /// A list of competency codes.
    pub(super) fn codes(&mut self, key: &'static str, defects: &mut Gathered) -> Vec<Placed<CompetencyCode>> {
        let texts = self.texts(key, defects);
        texts.into_iter().filter_map(|text| canonical(text, defects)).collect()
    }

    /// One competency code, in its canonical writing.
    pub(super) fn code(&mut self, key: &'static str, defects: &mut Gathered) -> Option<Placed<CompetencyCode>> {
        let text = self.text(key, defects);
        (!text.value.is_empty()).then(|| canonical(text, defects)).flatten()
    }

    /// A list of tables; absent is empty.
    pub(super) fn tables(&mut self, key: &'static str, defects: &mut Gathered) -> Vec<Fields<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            defects.add(&value.span(), format!("`{key}` is {}; expected [[{key}]] tables", kind(value)));
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in array {
            match item.get_ref().as_table() {
                Some(table) => found.push(Fields::new(table, item.span())),
                None => defects.add(&item.span(), format!("`{key}` holds {}; expected tables", kind(item))),
            }
        }
        found
    }

    /// One table that must be there.
    pub(super) fn table(&mut self, key: &'static str, defects: &mut Gathered) -> Option<Fields<'a>> {
        let Some(value) = self.get(key) else {
            defects.add(&self.span, format!("the table [{key}] is missing"));
            return None;
        };
        let table = value.get_ref().as_table();
        if table.is_none() {
            defects.add(&value.span(), format!("`{key}` is {}; expected a table", kind(value)));
        }
        table.map(|table| Fields::new(table, value.span()))
    }

    /// Notes every key that nobody asked for.
    pub(super) fn finish(self, defects: &mut Gathered) {
        for (key, _) in self.table {
            if !self.known.contains(&key.get_ref().as_ref()) {
                let known = self.known.join(", ");
                defects.add(&key.span(), format!("unknown key `{}`; the keys here are {known}", key.get_ref()));
            }
        }
    }
}

fn canonical(text: Placed<String>, defects: &mut Gathered) -> Option<Placed<CompetencyCode>> {
    match text.value.parse::<CompetencyCode>() {
        Ok(code) if code.as_str() == text.value => Some(Placed { value: code, span: text.span }),
        Ok(code) => {
            defects.add(&text.span, format!("`{}` is not canonical; write `{code}`", text.value));
            Some(Placed { value: code, span: text.span })
        }
        Err(error) => {
            defects.add(&text.span, error.to_string());
            None
        }
    }
}

fn text_of(value: &Spanned<DeValue<'_>>, key: &str, defects: &mut Gathered) -> Option<Placed<String>> {
    let text = value.get_ref().as_str();
    if text.is_none() {
        defects.add(&value.span(), format!("`{key}` is {}; expected a text", kind(value)));
    }
    let text = text.map(|text| Placed { value: text.to_owned(), span: value.span() })?;
    if let Some(control) = text.value.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        defects.add(&text.span, format!("`{key}` holds the control character U+{:04X}", u32::from(control)));
    }
    Some(text)
}

fn kind(value: &Spanned<DeValue<'_>>) -> String {
    format!("of type {}", value.get_ref().type_str())
}
