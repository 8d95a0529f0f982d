//! What the actions under messages do, behind the tokens that networks hold.
//!
//! Kept in memory, so many for each person, the oldest forgotten first; a forgotten one is answered politely.

use super::chance;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use vigie_chat::{Draft, Form, Invocation, PersonId, Press, PressedBy, Sealed, SealedForm, Token};

/// Actions kept for one person: some forty answers. Nobody can make others' buttons expire.
const MOST_FOR_ONE: usize = 500;
/// People whose actions are kept. With half a kilobyte each, all of it stays under fifty megabytes.
const MOST_PEOPLE: usize = 200;

/// What pressing a token means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Pressed {
    /// It does this.
    Does(Press),
    /// A form was submitted for this.
    Submits(Form<Invocation>),
    /// It was made for somebody else.
    NotTheirs,
    /// It is no longer known.
    Expired,
}

#[derive(Debug, Clone)]
enum Kept {
    Press(Press),
    Submit(Form<Invocation>),
}

/// The book of tokens.
#[derive(Debug, Default)]
pub(super) struct Buttons(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    kept: HashMap<String, (PersonId, Kept)>,
    /// For each person their tokens, oldest first.
    tokens: HashMap<PersonId, VecDeque<String>>,
    /// People, the one who was answered longest ago first.
    people: VecDeque<PersonId>,
}

impl Book {
    fn keep(&mut self, token: String, owner: &PersonId, kept: Kept) {
        self.people.retain(|person| person != owner);
        self.people.push_back(owner.clone());
        if self.people.len() > MOST_PEOPLE
            && let Some(forgotten) = self.people.pop_front()
        {
            for token in self.tokens.remove(&forgotten).unwrap_or_default() {
                self.kept.remove(&token);
            }
        }
        let tokens = self.tokens.entry(owner.clone()).or_default();
        tokens.push_back(token.clone());
        if tokens.len() > MOST_FOR_ONE
            && let Some(oldest) = tokens.pop_front()
        {
            self.kept.remove(&oldest);
        }
        self.kept.insert(token, (owner.clone(), kept));
    }
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
        let token = self.keep(owner, Kept::Submit(form.clone()))?;
        Ok(form.seal(|_| token))
    }

    fn keep(&self, owner: &PersonId, kept: Kept) -> Result<Token, getrandom::Error> {
        let token = chance::draw::<26>()?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keep(token.clone(), owner, kept);
        Ok(Token::new(token))
    }

    /// Forgets a token: a form is submitted once.
    pub(super) fn spend(&self, token: &Token) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).kept.remove(token.as_str());
    }

    /// What a token means when this person presses it.
    pub(super) fn pressed(&self, token: &Token, by: &PersonId) -> Pressed {
        let book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match book.kept.get(token.as_str()) {
            None => Pressed::Expired,
            Some((owner, Kept::Submit(_))) if owner != by => Pressed::NotTheirs,
            Some((_, Kept::Submit(form))) => Pressed::Submits(form.clone()),
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
    fn the_oldest_of_the_same_person_are_forgotten_first() {
        let buttons = Buttons::default();
        let seal = |owner: &str| {
            let draft = Draft::answer().button(Button::new("Aide", Press::run(Invocation::new("aide"))));
            buttons.seal(draft, &person(owner)).expect("randomness").choices()[0].press.clone()
        };
        let (bobs, first) = (seal("bob"), seal("alice"));
        let tokens: Vec<Token> = (0..MOST_FOR_ONE).map(|_| seal("alice")).collect();
        assert_eq!(buttons.pressed(&first, &person("alice")), Pressed::Expired);
        assert!(matches!(buttons.pressed(&tokens[0], &person("alice")), Pressed::Does(_)));
        assert!(matches!(buttons.pressed(&bobs, &person("bob")), Pressed::Does(_)));
    }
}
