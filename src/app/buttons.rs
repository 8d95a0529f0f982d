//! What the actions under messages do, behind the tokens that networks hold.
//!
//! Kept in memory, the oldest forgotten first; a forgotten one is answered politely.

use super::chance;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use vigie_chat::{Draft, Form, Invocation, PersonId, Press, PressedBy, Sealed, SealedForm, Token};

/// Actions kept at most. At two kilobytes each this stays under ten megabytes.
const MOST: usize = 5_000;

/// What pressing a token means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Pressed {
    /// It does this.
    Does(Press),
    /// A form was submitted for this.
    Submits(Invocation),
    /// It was made for somebody else.
    NotTheirs,
    /// It is no longer known.
    Expired,
}

#[derive(Debug, Clone)]
enum Kept {
    Press(Press),
    Submit(Invocation),
}

/// The book of tokens.
#[derive(Debug, Default)]
pub(super) struct Buttons(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    kept: HashMap<String, (PersonId, Kept)>,
    oldest: VecDeque<String>,
}

impl Buttons {
    /// Puts tokens in the place of what the actions of a message do.
    pub(super) fn seal(&self, draft: Draft, owner: &PersonId) -> Result<Sealed, getrandom::Error> {
        let mut failed = None;
        let sealed = draft.seal(|press| {
            self.keep(owner, Kept::Press(press)).unwrap_or_else(|error| {
                failed = Some(error);
                Token::new("")
            })
        });
        failed.map_or(Ok(sealed), Err)
    }

    /// Puts a token in the place of what a form does.
    pub(super) fn seal_form(&self, form: Form<Invocation>, owner: &PersonId) -> Result<SealedForm, getrandom::Error> {
        let token = self.keep(owner, Kept::Submit(form.submit.clone()))?;
        Ok(form.seal(|_| token))
    }

    fn keep(&self, owner: &PersonId, kept: Kept) -> Result<Token, getrandom::Error> {
        let token = chance::draw::<26>()?;
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while book.oldest.len() >= MOST {
            if let Some(oldest) = book.oldest.pop_front() {
                book.kept.remove(&oldest);
            }
        }
        book.oldest.push_back(token.clone());
        book.kept.insert(token.clone(), (owner.clone(), kept));
        Ok(Token::new(token))
    }

    /// What a token means when this person presses it.
    pub(super) fn pressed(&self, token: &Token, by: &PersonId) -> Pressed {
        let book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match book.kept.get(token.as_str()) {
            None => Pressed::Expired,
            Some((owner, Kept::Submit(_))) if owner != by => Pressed::NotTheirs,
            Some((_, Kept::Submit(invocation))) => Pressed::Submits(invocation.clone()),
            Some((owner, Kept::Press(press))) if press.by == PressedBy::Owner && owner != by => Pressed::NotTheirs,
            Some((_, Kept::Press(press))) => Pressed::Does(press.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_chat::Button;

    fn person(name: &str) -> PersonId {
        PersonId::new(name)
    }

    #[test]
    fn a_token_leads_back_to_what_it_does() {
        let buttons = Buttons::default();
        let press = Press::run(Invocation::new("aide"));
        let draft = Draft::answer().button(Button::new("Aide", press.clone()));
        let sealed = buttons.seal(draft, &person("alice")).expect("randomness");
        let token = sealed.choices()[0].press.clone();
        assert_eq!(buttons.pressed(&token, &person("bob")), Pressed::Does(press));
        assert_eq!(buttons.pressed(&Token::new("unknown"), &person("bob")), Pressed::Expired);
    }

    #[test]
    fn a_personal_action_refuses_strangers() {
        let buttons = Buttons::default();
        let press = Press::run(Invocation::new("aide")).by_owner();
        let sealed =
            buttons.seal(Draft::answer().button(Button::new("Aide", press)), &person("alice")).expect("randomness");
        let token = sealed.choices()[0].press.clone();
        assert_eq!(buttons.pressed(&token, &person("bob")), Pressed::NotTheirs);
        assert!(matches!(buttons.pressed(&token, &person("alice")), Pressed::Does(_)));
    }

    #[test]
    fn the_oldest_are_forgotten_first() {
        let buttons = Buttons::default();
        let seal = || {
            let draft = Draft::answer().button(Button::new("Aide", Press::run(Invocation::new("aide"))));
            buttons.seal(draft, &person("alice")).expect("randomness").choices()[0].press.clone()
        };
        let first = seal();
        let tokens: Vec<Token> = (0..MOST).map(|_| seal()).collect();
        assert_eq!(buttons.pressed(&first, &person("alice")), Pressed::Expired);
        assert!(matches!(buttons.pressed(&tokens[0], &person("alice")), Pressed::Does(_)));
    }
}
