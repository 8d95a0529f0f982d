//! Discord's components, as it writes them.

use serde::Serialize;

/// A row under a message or in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Row {
    /// Always 1, an action row.
    #[serde(rename = "type")]
    pub(crate) kind: u8,
    /// Five buttons at most, or one select, or one field.
    pub(crate) components: Vec<Component>,
}

/// What a row holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Component {
    /// A button.
    Button(ButtonBody),
    /// A choice of one.
    Select(SelectBody),
    /// A field of a form.
    Text(TextInput),
}

/// A button: pressed when it has a `custom_id`, followed when it has a `url`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ButtonBody {
    /// Always 2.
    #[serde(rename = "type")]
    pub(crate) kind: u8,
    /// 1 primary, 2 secondary, 3 success, 4 danger, 5 link.
    pub(crate) style: u8,
    /// Words on it.
    pub(crate) label: String,
    /// What it holds; [`token`](super::token) reads it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_id: Option<String>,
    /// Where it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
}

/// A choice of one among options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SelectBody {
    /// Always 3.
    #[serde(rename = "type")]
    pub(crate) kind: u8,
    /// Rank of the select; what is chosen is a value.
    pub(crate) custom_id: String,
    /// What is chosen.
    pub(crate) placeholder: String,
    /// The options.
    pub(crate) options: Vec<OptionBody>,
}

/// One option of a select.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OptionBody {
    /// Words of the option.
    pub(crate) label: String,
    /// What choosing it holds; [`token`](super::token) reads it back.
    pub(crate) value: String,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TextInput {
    /// Always 4.
    #[serde(rename = "type")]
    pub(crate) kind: u8,
    /// The parameter that it fills.
    pub(crate) custom_id: String,
    /// What is asked.
    pub(crate) label: String,
    /// 1 one line, 2 several.
    pub(crate) style: u8,
    /// Whether it must be filled.
    pub(crate) required: bool,
    /// Most characters that may be typed.
    pub(crate) max_length: usize,
    /// What it holds at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<String>,
    /// What is asked, in full, where the label had to be shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) placeholder: Option<String>,
}

impl Row {
    /// A row of these.
    #[must_use]
    pub(super) fn of(components: Vec<Component>) -> Self {
        Self { kind: 1, components }
    }
}
