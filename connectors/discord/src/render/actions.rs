//! What can be pressed, as rows.
//!
//! A `custom_id` is the rank of the action and its token, so that a token used twice in a message still makes two ids.

use super::{
    component::{ButtonBody, Component, OptionBody, Row, SelectBody},
    measure::{BUTTON_URL, BUTTONS, shortened, units},
};
use vigie_chat::{
    Action, Button, ButtonStyle, Select, Token, WebLink, clean,
    limits::{BUTTON_LABEL, MOST_OPTIONS, PLACEHOLDER, WORDS},
};

/// The rows, and what had to be shortened in them.
#[derive(Debug, Default)]
pub(super) struct Under {
    pub(super) rows: Vec<Row>,
    /// What Discord can't show whole, each with what it is.
    pub(super) said_whole: Vec<String>,
    next: usize,
}

/// The actions in order: up to five buttons a row, one select a row.
pub(super) fn rows(actions: &[Action<Token>]) -> Under {
    let mut under = Under::default();
    let mut buttons = Vec::new();
    for action in actions {
        match action {
            Action::Button(button) => buttons.push(under.button(button)),
            Action::Link { label, url } => buttons.extend(under.link(label, url)),
            Action::Select(select) => {
                under.buttons(&mut buttons);
                under.select(select);
            }
        }
    }
    under.buttons(&mut buttons);
    under
}

/// Reads back what a pressed button, a chosen option or a submitted form holds.
#[must_use]
pub fn token(custom_id: &str) -> Option<Token> {
    let (rank, token) = custom_id.split_once(':')?;
    let sound = !token.is_empty() && rank.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| Token::new(token))
}

impl Under {
    fn buttons(&mut self, buttons: &mut Vec<Component>) {
        let mut buttons = std::mem::take(buttons).into_iter().peekable();
        while buttons.peek().is_some() {
            self.rows.push(Row::of(buttons.by_ref().take(BUTTONS).collect()));
        }
    }

    fn button(&mut self, Button { label, style, press }: &Button<Token>) -> Component {
        let style = match style {
            ButtonStyle::Primary => 1,
            ButtonStyle::Secondary => 2,
            ButtonStyle::Success => 3,
            ButtonStyle::Danger => 4,
        };
        let custom_id = Some(self.id(press));
        let label = self.fitting("Bouton", label, BUTTON_LABEL);
        Component::Button(ButtonBody { kind: 2, style, label, custom_id, url: None })
    }

    /// A link as a button, or in the text where Discord has no button for it.
    fn link(&mut self, label: &str, url: &WebLink) -> Option<Component> {
        let address = url.as_str();
        let page = address.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
        if !page || units(address) > BUTTON_URL {
            self.said_whole.push(format!("{}\u{a0}: {address}", one_line(label)));
            return None;
        }
        let label = self.fitting("Lien", label, BUTTON_LABEL);
        Some(Component::Button(ButtonBody { kind: 2, style: 5, label, custom_id: None, url: Some(address.to_owned()) }))
    }

    fn select(&mut self, Select { placeholder, options }: &Select<Token>) {
        let all: Vec<OptionBody> = options
            .iter()
            .map(|option| OptionBody {
                value: self.id(&option.press),
                label: self.fitting("Choix", &option.label, WORDS),
                description: option
                    .description
                    .as_deref()
                    .filter(|description| !one_line(description).is_empty())
                    .map(|description| self.fitting("Choix", description, WORDS)),
            })
            .collect();
        if all.is_empty() {
            return;
        }
        let placeholder = self.fitting("Choisir", placeholder, PLACEHOLDER);
        for options in all.chunks(MOST_OPTIONS) {
            let custom_id = format!("s{}", self.rank());
            let select = SelectBody { kind: 3, custom_id, placeholder: placeholder.clone(), options: options.to_vec() };
            self.rows.push(Row::of(vec![Component::Select(select)]));
        }
    }

    fn rank(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn id(&mut self, token: &Token) -> String {
        format!("{}:{token}", self.rank())
    }

    /// Words that fit; those that don't are said whole in the text. Discord refuses empty ones.
    fn fitting(&mut self, what: &str, words: &str, most: usize) -> String {
        let words = one_line(words);
        if words.is_empty() {
            return "…".to_owned();
        }
        if units(&words) > most {
            self.said_whole.push(format!("{what}\u{a0}: {words}"));
        }
        shortened(&words, most)
    }
}

fn one_line(words: &str) -> String {
    clean(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back() {
        assert_eq!(token("12:abc_-9"), Some(Token::new("abc_-9")));
        for foreign in ["", "s3", "12:", "x:abc", "abc"] {
            assert_eq!(token(foreign), None);
        }
    }
}
