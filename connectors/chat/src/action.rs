//! What can be pressed, chosen or filled in under a message.
//!
//! An action names what it does as an [`Invocation`], the same value that a typed command gives, so that it goes through
//! the same dispatcher and the same permission checks. The application keeps that value behind a [`Token`]; only the
//! token travels.

use crate::{clean::says_something, form::Form, id::opaque, invocation::Invocation, text::WebLink};
use serde::{Deserialize, Serialize};

opaque! {
    /// What a network holds of an action: at most 64 ASCII letters, digits, `-` or `_`, drawn at random.
    Token
}

/// What an action does and who may do it: what the application keeps behind a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Press {
    /// What happens.
    pub effect: Effect,
    /// Who may press.
    pub by: PressedBy,
    /// Where the answer goes.
    #[serde(default)]
    pub then: Then,
}

/// Where the answer to a pressed action goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// After what was said.
    #[default]
    Add,
    /// In the place of the message that has the action, as when a page is turned.
    Replace,
}

/// What happens when an action is pressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The invocation is run for the person who pressed.
    Run(Invocation),
    /// A form is opened for the person who pressed; submitting it runs its invocation.
    Open(Form<Invocation>),
}

/// Who may press an action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PressedBy {
    /// Anyone who sees it, within what the command allows them.
    #[default]
    Anyone,
    /// Only the person for whom the message was made.
    Owner,
}

impl Press {
    /// Runs an invocation, for anyone.
    #[must_use]
    pub fn run(invocation: Invocation) -> Self {
        Self { effect: Effect::Run(invocation), by: PressedBy::Anyone, then: Then::Add }
    }

    /// Opens a form, for anyone.
    #[must_use]
    pub fn open(form: Form<Invocation>) -> Self {
        Self { effect: Effect::Open(form), by: PressedBy::Anyone, then: Then::Add }
    }

    /// The same, for the person for whom the message was made only.
    #[must_use]
    pub fn by_owner(mut self) -> Self {
        self.by = PressedBy::Owner;
        self
    }

    /// The same, whose answer takes the place of the message that has the action.
    #[must_use]
    pub fn replacing(mut self) -> Self {
        self.then = Then::Replace;
        self
    }
}

/// Something to act upon under a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action<P> {
    /// A button.
    Button(Button<P>),
    /// A choice of one among options.
    Select(Select<P>),
    /// A way to a page. It isn't pressed: the network follows it by itself.
    Link {
        /// Words to show.
        label: String,
        /// Where it leads.
        url: WebLink,
    },
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button<P> {
    /// Words on it, [`limits::BUTTON_LABEL`](crate::limits::BUTTON_LABEL) characters at most. They must make sense without the colour.
    pub label: String,
    /// How it looks.
    pub style: ButtonStyle,
    /// What it holds.
    pub press: P,
}

/// How a button looks, where looks exist.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ButtonStyle {
    /// One among others.
    #[default]
    Secondary,
    /// What most people want next.
    Primary,
    /// A yes.
    Success,
    /// What can't be undone.
    Danger,
}

/// A choice of one among options, [`limits::MOST_OPTIONS`](crate::limits::MOST_OPTIONS) at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Select<P> {
    /// What is chosen, said before a choice is made; [`limits::PLACEHOLDER`](crate::limits::PLACEHOLDER) characters at
    /// most.
    pub placeholder: String,
    /// The options.
    pub options: Vec<SelectOption<P>>,
}

/// One option of a [`Select`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectOption<P> {
    /// Words of the option, [`limits::WORDS`](crate::limits::WORDS) characters at most.
    pub label: String,
    /// More about it, [`limits::WORDS`](crate::limits::WORDS) characters at most, and never empty.
    pub description: Option<String>,
    /// What choosing it holds.
    pub press: P,
}

impl<P> Button<P> {
    /// A button among others.
    #[must_use]
    pub fn new(label: impl Into<String>, press: P) -> Self {
        Self { label: label.into(), style: ButtonStyle::Secondary, press }
    }

    /// A button for what most people want next.
    #[must_use]
    pub fn primary(label: impl Into<String>, press: P) -> Self {
        Self { style: ButtonStyle::Primary, ..Self::new(label, press) }
    }

    /// A button that says yes.
    #[must_use]
    pub fn success(label: impl Into<String>, press: P) -> Self {
        Self { style: ButtonStyle::Success, ..Self::new(label, press) }
    }

    /// A button for what can't be undone.
    #[must_use]
    pub fn danger(label: impl Into<String>, press: P) -> Self {
        Self { style: ButtonStyle::Danger, ..Self::new(label, press) }
    }
}

impl<P> Select<P> {
    /// A choice without options yet.
    #[must_use]
    pub fn new(placeholder: impl Into<String>) -> Self {
        Self { placeholder: placeholder.into(), options: Vec::new() }
    }

    /// Adds an option.
    #[must_use]
    pub fn option(mut self, label: impl Into<String>, press: P) -> Self {
        self.options.push(SelectOption { label: label.into(), description: None, press });
        self
    }

    /// Adds an option with more about it; a description that says nothing is left out.
    #[must_use]
    pub fn described(mut self, label: impl Into<String>, description: impl Into<String>, press: P) -> Self {
        let description = Some(description.into()).filter(|description| says_something(description));
        self.options.push(SelectOption { label: label.into(), description, press });
        self
    }
}

impl<P> Action<P> {
    pub(crate) fn seal<Q>(self, seal: &mut impl FnMut(P) -> Q) -> Action<Q> {
        match self {
            Self::Button(Button { label, style, press }) => Action::Button(Button { label, style, press: seal(press) }),
            Self::Select(Select { placeholder, options }) => {
                let options = options.into_iter().map(|SelectOption { label, description, press }| SelectOption {
                    label,
                    description,
                    press: seal(press),
                });
                Action::Select(Select { placeholder, options: options.collect() })
            }
            Self::Link { label, url } => Action::Link { label, url },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_stored_before_it_could_replace_adds() {
        let stored = r#"{"effect":{"run":{"path":"aide"}},"by":"anyone"}"#;
        let press: Press = serde_json::from_str(stored).expect("older versions wrote this");
        assert_eq!(press, Press::run(Invocation::new("aide")));
        assert_eq!(press.replacing().then, Then::Replace);
    }

    #[test]
    fn a_description_that_says_nothing_is_none() {
        let select = Select::new("Ouvrir").described("C1", " \u{200b}", 1);
        assert_eq!(select.options[0].description, None);
    }
}
