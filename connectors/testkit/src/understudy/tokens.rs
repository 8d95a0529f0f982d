//! What actions and forms do, behind the tokens that networks hold.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use vigie_chat::{Form, Invocation, PersonId, Press, PressedBy, Token};

/// How long a token lives.
const LIFE: Duration = Duration::from_hours(24);

/// What a token stands for.
#[derive(Debug, Clone)]
pub(super) enum Kept {
    /// An action under a message.
    Press(Press),
    /// A form to submit.
    Submit(Form<Invocation>),
}

/// What pressing a token means for somebody.
#[derive(Debug)]
pub(super) enum Pressed {
    /// This.
    Does(Kept),
    /// Nothing: it is for somebody else.
    NotTheirs,
    /// Nothing any more, or never anything.
    Expired,
}

/// All tokens, with a clock of their own.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    kept: Mutex<Book>,
    chance: RandomState,
}

#[derive(Debug, Default)]
struct Book {
    now: Duration,
    entries: HashMap<Token, (PersonId, Kept, Duration)>,
}

impl Tokens {
    /// Keeps what an action does, behind a token that nobody can guess.
    pub(super) fn keep(&self, owner: &PersonId, kept: Kept) -> Token {
        let mut book = self.held();
        let rank = book.entries.len();
        let token = Token::new(format!("{:016x}-{rank}", self.chance.hash_one(rank)));
        let until = book.now + LIFE;
        book.entries.insert(token.clone(), (owner.clone(), kept, until));
        token
    }

    /// What a token means when this person presses it now.
    pub(super) fn pressed(&self, token: &Token, by: &PersonId) -> Pressed {
        let book = self.held();
        match book.entries.get(token) {
            Some((_, _, until)) if *until <= book.now => Pressed::Expired,
            Some((owner, Kept::Submit(_), _)) if owner != by => Pressed::NotTheirs,
            Some((owner, Kept::Press(press), _)) if press.by == PressedBy::Owner && owner != by => Pressed::NotTheirs,
            Some((_, kept, _)) => Pressed::Does(kept.clone()),
            None => Pressed::Expired,
        }
    }

    /// Advances the clock.
    pub(super) fn lets_pass(&self, time: Duration) {
        self.held().now += time;
    }

    fn held(&self) -> MutexGuard<'_, Book> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
