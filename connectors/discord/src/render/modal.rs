//! Forms as Discord's modals.

use super::{
    component::{Component, Row, TextInput},
    measure::{FIELD_PLACEHOLDER, shortened, units},
};
use serde::Serialize;
use vigie_chat::{
    FormField, FormInput, Need, SealedForm, clean,
    limits::{FIELD_LABEL, FIELD_VALUE, MOST_FIELDS},
};

/// The body of a modal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Modal {
    /// What submitting it holds; [`token`](super::token) reads it back.
    pub custom_id: String,
    /// Title.
    pub title: String,
    /// Fields, one a row.
    pub components: Vec<Row>,
}

/// The form as a modal. Each field's `custom_id` is the name of its parameter.
///
/// [`vigie_chat::Form::check`] asserts that forms have five fields at most, which is all that a modal takes.
#[must_use]
pub fn modal(form: &SealedForm) -> Modal {
    let fields = form.fields.iter().take(MOST_FIELDS);
    Modal {
        custom_id: format!("0:{}", form.submit),
        title: shortened(&one_line(&form.title), FIELD_LABEL),
        components: fields.map(|field| Row::of(vec![Component::Text(input(field))])).collect(),
    }
}

fn input(field: &FormField) -> TextInput {
    let asked = one_line(&field.label);
    let initial = field.initial.as_deref().map(clean).map(|initial| match field.input {
        FormInput::Line => initial.replace('\n', " "),
        FormInput::Paragraph => initial.into_owned(),
    });
    TextInput {
        kind: 4,
        custom_id: field.param.clone(),
        label: shortened(&asked, FIELD_LABEL),
        style: match field.input {
            FormInput::Line => 1,
            FormInput::Paragraph => 2,
        },
        required: field.need == Need::Required,
        max_length: FIELD_VALUE,
        value: initial.filter(|initial| !initial.is_empty()).map(|initial| shortened(&initial, FIELD_VALUE)),
        placeholder: (units(&asked) > FIELD_LABEL).then(|| shortened(&asked, FIELD_PLACEHOLDER)),
    }
}

fn one_line(words: &str) -> String {
    let line = clean(words).split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "…".to_owned() } else { line }
}
