//! The numbering of what can be pressed.
//!
//! Networks without buttons number actions from 1, and all of them number alike: what a reply "2" means on one is what
//! `:2` means on another.

use crate::{
    action::{Action, Button},
    message::Message,
    text::{Text, WebLink},
};

/// Something that can be pressed, in the order in which networks without buttons number them from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice<'a, P> {
    /// What is chosen, when it is an option of a [`crate::Select`].
    pub among: Option<&'a str>,
    /// Words of the button or option.
    pub label: &'a str,
    /// More about it.
    pub description: Option<&'a str>,
    /// What it holds.
    pub press: &'a P,
}

impl<P> Choice<'_, P> {
    /// Everything that is said of it, as one text.
    #[must_use]
    pub fn text(&self) -> Text {
        let text = Text::from(self.label);
        match self.description {
            Some(description) => text.plain(" — ").plain(description),
            None => text,
        }
    }
}

impl<P> Message<P> {
    /// The links under the message, with their words.
    pub fn links(&self) -> impl Iterator<Item = (&str, &WebLink)> {
        self.actions.iter().filter_map(|action| match action {
            Action::Link { label, url } => Some((label.as_str(), url)),
            _ => None,
        })
    }

    /// Everything that can be pressed: the Nth is what `:N`, a reply "N" or the Nth reaction stands for. A select counts
    /// for as many as it has options; links don't count.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice<'_, P>> {
        let mut found = Vec::new();
        for action in &self.actions {
            match action {
                Action::Button(Button { label, press, .. }) => {
                    found.push(Choice { among: None, label, description: None, press });
                }
                Action::Select(select) => found.extend(select.options.iter().map(|option| Choice {
                    among: Some(&select.placeholder),
                    label: &option.label,
                    description: option.description.as_deref(),
                    press: &option.press,
                })),
                Action::Link { .. } => {}
            }
        }
        found
    }
}
