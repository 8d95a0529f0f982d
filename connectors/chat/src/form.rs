//! Forms: several fields to fill in at once.
//!
//! A form is opened by an action ([`crate::Effect::Open`]) and completes an invocation: each field fills one parameter.
//! What comes back from a network is read by [`Form::fill`] and nothing else. Networks without forms show
//! [`Form::template`] and read lines with an [`OpenForm`].

mod open;

pub use open::{FormProgress, OpenForm};

use crate::{action::Token, command::Need};
use serde::{Deserialize, Serialize};

/// A form as networks get it.
pub type SealedForm = Form<Token>;

/// Several fields to fill in at once. `S` is what submitting it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form<S> {
    /// Title, [`limits::FIELD_LABEL`](crate::limits::FIELD_LABEL) characters at most.
    pub title: String,
    /// Fields, [`limits::MOST_FIELDS`](crate::limits::MOST_FIELDS) at most.
    pub fields: Vec<FormField>,
    /// What submitting holds: an invocation, which the fields complete, or its token.
    pub submit: S,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// The parameter of the invocation that it fills.
    pub param: String,
    /// What is asked, [`limits::FIELD_LABEL`](crate::limits::FIELD_LABEL) characters at most.
    pub label: String,
    /// One line or several.
    pub input: FormInput,
    /// Whether it may stay empty.
    pub need: Need,
    /// What it holds at first.
    pub initial: Option<String>,
}

/// How much is expected in a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormInput {
    /// One line.
    #[default]
    Line,
    /// Several lines.
    Paragraph,
}

impl<S> Form<S> {
    /// A form without fields yet.
    #[must_use]
    pub fn new(title: impl Into<String>, submit: S) -> Self {
        Self { title: title.into(), fields: Vec::new(), submit }
    }

    /// Adds a field.
    #[must_use]
    pub fn field(mut self, field: FormField) -> Self {
        self.fields.push(field);
        self
    }

    /// The same form holding what `seal` makes of its submission.
    #[must_use]
    pub fn seal<T>(self, seal: impl FnOnce(S) -> T) -> Form<T> {
        Form { title: self.title, fields: self.fields, submit: seal(self.submit) }
    }
}

impl FormField {
    /// A field of one line that must be filled.
    #[must_use]
    pub fn line(param: impl Into<String>, label: impl Into<String>) -> Self {
        Self { param: param.into(), label: label.into(), input: FormInput::Line, need: Need::Required, initial: None }
    }

    /// A field of several lines that must be filled.
    #[must_use]
    pub fn paragraph(param: impl Into<String>, label: impl Into<String>) -> Self {
        Self { input: FormInput::Paragraph, ..Self::line(param, label) }
    }

    /// The same field, which may stay empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.need = Need::Optional;
        self
    }

    /// The same field, which holds this at first.
    #[must_use]
    pub fn holding(mut self, initial: impl Into<String>) -> Self {
        self.initial = Some(initial.into());
        self
    }
}
