//! The application that stands in for the real one.
//!
//! It does in small what the real one does: keeps what actions do behind tokens, in a memory of its own that outlives any
//! connector; refuses strangers, expired tokens and unknown commands with a sentence; answers each event to its end. It
//! adds what tests need: a clock to advance, a gate that holds slow answers, and a journal of what it heard.

mod commands;
mod journal;
mod lines;
mod refusals;
mod tokens;
mod turns;

pub use journal::Entry;
pub(crate) use lines::{HOSTILE, OPTIONS, PARAGRAPHS, WORDS, picture, short};
pub(crate) use refusals::{EXPIRED, NOT_YOURS};

use crate::Bell;
use async_trait::async_trait;
use journal::Journal;
use std::{sync::Arc, time::Duration};
use tokens::{Kept, Pressed, Tokens};
use tokio::sync::Semaphore;
use vigie_chat::{
    App, CommandSet, CompletionQuery, Draft, Effect, Event, Handled, Nobody, PersonId, Reply, Sealed, SendError,
    Suggestion, Then,
};

/// A small application, the same for every network.
pub struct Understudy {
    commands: CommandSet,
    tokens: Tokens,
    journal: Journal,
    gate: Semaphore,
    bell: Bell,
}

/// What is said to an event, how, and how it ended.
struct Answer {
    draft: Draft,
    then: Then,
    handled: Handled,
}

impl Answer {
    fn refused(words: &str) -> Self {
        Self { draft: Draft::error().paragraph(words), then: Then::Add, handled: Handled::Refused }
    }

    fn misread(draft: Draft) -> Self {
        Self { draft, then: Then::Add, handled: Handled::Misread }
    }
}

impl Default for Understudy {
    fn default() -> Self {
        Self {
            commands: commands::commands(),
            tokens: Tokens::default(),
            journal: Journal::default(),
            gate: Semaphore::new(0),
            bell: Bell::default(),
        }
    }
}

impl Understudy {
    /// Rings whenever the journal has something new.
    #[must_use]
    pub fn bell(&self) -> &Bell {
        &self.bell
    }

    /// What was heard so far, in the order in which it came.
    #[must_use]
    pub fn heard(&self) -> Vec<Entry> {
        self.journal.entries()
    }

    /// Lets one slow answer go on, now or when it comes.
    pub fn lets_one_go_on(&self) {
        self.gate.add_permits(1);
    }

    /// Advances the clock by which tokens expire: each lives for a day.
    pub fn lets_pass(&self, time: Duration) {
        self.tokens.lets_pass(time);
    }

    /// A message as networks take it, with its actions kept for `owner`.
    ///
    /// # Panics
    ///
    /// When a network couldn't take it: the scenario is wrong.
    #[must_use]
    pub fn seal(&self, draft: Draft, owner: &PersonId) -> Sealed {
        assert_eq!(draft.check(), [], "the understudy breaks a rule of the networks");
        draft.seal(|press| self.tokens.keep(owner, Kept::Press(press)))
    }

    async fn answer(&self, event: Event, reply: &dyn Reply) -> Result<Handled, SendError> {
        let owner = event.origin().person.id.clone();
        let answer = match event {
            Event::Command { invocation, .. } => Some(self.run(&invocation, &owner, Then::Add, reply).await?),
            Event::Misread { misread, .. } => Some(Answer::misread(refusals::misread(&misread))),
            Event::Text { text, .. } => Some(Answer {
                draft: Draft::answer().paragraph(format!("Vous écrivez\u{a0}: {text}")),
                then: Then::Add,
                handled: Handled::Done,
            }),
            Event::Press { token, .. } => match self.tokens.pressed(&token, &owner) {
                Pressed::Does(Kept::Press(press)) => match press.effect {
                    Effect::Run(invocation) => Some(self.run(&invocation, &owner, press.then, reply).await?),
                    Effect::Open(form) => {
                        let token = self.tokens.keep(&owner, Kept::Submit(form.clone()));
                        reply.form(&form.seal(|_| token)).await?;
                        None
                    }
                },
                Pressed::Does(Kept::Submit(_)) | Pressed::Expired => Some(Answer::refused(refusals::EXPIRED)),
                Pressed::NotTheirs => Some(Answer::refused(refusals::NOT_YOURS)),
            },
            Event::Submit { token, fields, origin } => match self.tokens.pressed(&token, &owner) {
                Pressed::Does(Kept::Submit(form)) => {
                    match form.fill(fields, &self.commands, &Nobody, &origin.attachments) {
                        Ok(invocation) => Some(self.run(&invocation, &owner, Then::Add, reply).await?),
                        Err(misread) => Some(Answer::misread(refusals::misread(&misread))),
                    }
                }
                Pressed::Does(Kept::Press(_)) | Pressed::Expired => Some(Answer::refused(refusals::EXPIRED)),
                Pressed::NotTheirs => Some(Answer::refused(refusals::NOT_YOURS)),
            },
        };
        match answer {
            Some(answer) => self.say(answer, &owner, reply).await,
            None => Ok(Handled::Done),
        }
    }

    async fn say(&self, answer: Answer, owner: &PersonId, reply: &dyn Reply) -> Result<Handled, SendError> {
        let sealed = self.seal(answer.draft, owner);
        match answer.then {
            Then::Add => reply.send(&sealed).await?,
            Then::Replace => reply.update(&sealed).await?,
        };
        Ok(answer.handled)
    }
}

#[async_trait]
impl App for Understudy {
    fn commands(&self) -> &CommandSet {
        &self.commands
    }

    async fn handle(&self, event: Event, reply: Arc<dyn Reply>) -> Handled {
        let rank = self.journal.begins(&event);
        self.bell.ring();
        let answered = self.answer(event, reply.as_ref()).await;
        let handled = *answered.as_ref().unwrap_or(&Handled::Fault);
        self.journal.ends(rank, answered);
        self.bell.ring();
        handled
    }

    async fn complete(&self, query: CompletionQuery) -> Vec<Suggestion> {
        lines::suggestions(&query.typed)
    }
}
