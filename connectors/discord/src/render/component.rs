//! Discord's components, as it writes them.

use serde::Serialize;

/// A row under a message or in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Always 1, an action row.
    #[serde(rename = "type")]
    pub kind: u8,
    /// Five buttons at most, or one select, or one field.
    pub components: Vec<Component>,
}

/// What a row holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Component {
    /// A button.
    Button(ButtonBody),
    /// A choice of one.
    Select(SelectBody),
    /// A field of a form.
    Text(TextInput),
}

/// A button: pressed when it has a `custom_id`, followed when it has a `url`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ButtonBody {
    /// Always 2.
    #[serde(rename = "type")]
    pub kind: u8,
    /// 1 primary, 2 secondary, 3 success, 4 danger, 5 link.
    pub style: u8,
    /// Words on it.
    pub label: String,
    /// What it holds; [`token`](super::token) reads it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_id: Option<String>,
    /// Where it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A choice of one among options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SelectBody {
    /// Always 3.
    #[serde(rename = "type")]
    pub kind: u8,
    /// Rank of the select; what is chosen is a value.
    pub custom_id: String,
    /// What is chosen.
    pub placeholder: String,
    /// The options.
    pub options: Vec<OptionBody>,
}

/// One option of a select.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionBody {
    /// Words of the option.
    pub label: String,
    /// What choosing it holds; [`token`](super::token) reads it back.
    pub value: String,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextInput {
    /// Always 4.
    #[serde(rename = "type")]
    pub kind: u8,
    /// The parameter that it fills.
    pub custom_id: String,
    /// What is asked.
    pub label: String,
    /// 1 one line, 2 several.
    pub style: u8,
    /// Whether it must be filled.
    pub required: bool,
    /// Most characters that may be typed.
    pub max_length: usize,
    /// What it holds at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is asked, in full, where the label had to be shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
}

impl Row {
    /// A row of these.
    #[must_use]
    pub(super) fn of(components: Vec<Component>) -> Self {
        Self { kind: 1, components }
    }
}
