//! The console as a network: what it shares between the conversation and what the application sends by itself.

use crate::{
    options::{Format, Input, Options, Settings},
    output::Output,
    play,
    record::{Manner, record},
    screen::screen,
    stage::{Place, Seen, Stage},
};
use async_trait::async_trait;
use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use vigie_chat::{
    App, Connector, ConnectorError, ConnectorName, Destination, IdempotencyKey, Kind, MessageId, MessageRef, OpenForm,
    Opened, PersonId, Privacy, RoomId, Sealed, SendError, Shutdown, Token, room_name,
};

/// A chat in a terminal, or a whole class played from a script.
pub struct Console {
    desk: Arc<Desk>,
    input: Mutex<Option<Input>>,
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Every line was understood and did what it asked; or a person typed the lines, who corrects what went wrong.
    Clean,
    /// At least one line of a script could not be understood, was refused or failed. The process ends with status 1.
    Failed,
}

/// Who gives the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manners {
    /// A person corrects what they typed, and has been told: nothing failed.
    Person,
    /// A script goes on, so that an open form must not swallow the lines after it; whoever runs it wants to know.
    Script,
}

/// A form that is being filled in.
pub(crate) struct Filling {
    pub(crate) form: OpenForm,
    /// The message whose action opened it.
    pub(crate) message: Option<MessageId>,
}

/// Everything that the conversation and the application's own messages share.
pub(crate) struct Desk {
    pub(crate) settings: Settings,
    pub(crate) state: Mutex<State>,
}

/// What changes during a conversation.
pub(crate) struct State {
    pub(crate) stage: Stage,
    pub(crate) output: Output,
    pub(crate) form: Option<Filling>,
    pub(crate) manners: Manners,
    outcome: Outcome,
    sent: HashMap<IdempotencyKey, MessageRef>,
}

impl Console {
    /// A console that is ready to run once.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let (settings, input, output) = options.open();
        let manners = match input {
            Input::Terminal => Manners::Person,
            Input::Script(_) => Manners::Script,
        };
        let state = State::new(output, manners);
        Self { desk: Arc::new(Desk { settings, state: Mutex::new(state) }), input: Mutex::new(Some(input)) }
    }

    /// What the conversation shares with the rest.
    #[cfg(test)]
    pub(crate) fn desk(&self) -> Arc<Desk> {
        Arc::clone(&self.desk)
    }

    /// How the conversation went so far.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.desk.state().outcome
    }
}

impl State {
    fn new(output: Output, manners: Manners) -> Self {
        Self { stage: Stage::new(), output, form: None, manners, outcome: Outcome::Clean, sent: HashMap::new() }
    }

    /// Notes that a line wasn't understood, was refused or failed.
    pub(crate) fn fail(&mut self) {
        if self.manners == Manners::Script {
            self.outcome = Outcome::Failed;
        }
    }
}

impl Desk {
    /// The state. A panic while it was held leaves nothing half done that matters here.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows a message for the first time.
    pub(crate) fn post(&self, seen: &Seen, message: &Sealed) -> Result<MessageRef, SendError> {
        self.post_in(&mut self.state(), seen, message)
    }

    /// Shows a message for the first time, unless one of this key was.
    fn post_once(&self, key: &IdempotencyKey, seen: &Seen, message: &Sealed) -> Result<MessageRef, SendError> {
        // One lock from the question to the answer, so that two deliveries at once show one message.
        let mut state = self.state();
        if let Some(sent) = state.sent.get(key) {
            return Ok(sent.clone());
        }
        let sent = self.post_in(&mut state, seen, message)?;
        state.sent.insert(key.clone(), sent.clone());
        Ok(sent)
    }

    fn post_in(&self, state: &mut State, seen: &Seen, message: &Sealed) -> Result<MessageRef, SendError> {
        let sent = state.stage.post(seen.clone(), tokens(message));
        self.show(state, message, Manner::Sent, seen, Some(&sent.id))?;
        Ok(sent)
    }

    /// Shows a message in the place of one shown before, if there is such a one.
    pub(crate) fn repost(&self, id: &MessageId, message: &Sealed) -> Result<MessageRef, SendError> {
        let mut state = self.state();
        let seen = state.stage.seen_by(id).cloned().ok_or(SendError::Gone)?;
        // What is for one person only must not take the place of what a whole room saw.
        if message.privacy == Privacy::Private && matches!(seen, Seen::Room(_)) {
            return Err(SendError::Forbidden("a private message in the place of a public one".to_owned()));
        }
        let sent = state.stage.repost(id, tokens(message)).ok_or(SendError::Gone)?;
        self.show(&mut state, message, Manner::Edited, &seen, Some(id))?;
        Ok(sent)
    }

    /// Says something to the speaker on the console's own behalf. It holds nothing that can be pressed.
    pub(crate) fn say(&self, message: &Sealed) {
        let mut state = self.state();
        let speaker = Seen::Person(state.stage.person().id.as_str().to_owned());
        if message.kind == Kind::Error {
            state.fail();
        }
        // An output that fails is noticed by the loop that reads lines.
        let _ = self.show(&mut state, message, Manner::Sent, &speaker, None);
    }

    fn show(
        &self,
        state: &mut State,
        message: &Sealed,
        manner: Manner,
        seen: &Seen,
        id: Option<&MessageId>,
    ) -> Result<(), SendError> {
        let failed = |error: io::Error| SendError::Network(error.to_string());
        let paths = match id {
            Some(id) => state.output.save(message, id).map_err(failed)?,
            None => Vec::new(),
        };
        let text = match self.settings.format {
            Format::Json => {
                let at = (self.settings.dial.now(), &self.settings.zone);
                record(message, manner, seen, at, &paths).map_err(|error| failed(error.into()))?
            }
            Format::Text => {
                // What the console says itself has no id; it is for the speaker, and for nobody else to wonder about.
                let marker = match id {
                    Some(_) => marker(message, manner, seen, &state.stage),
                    None => kind(message).unwrap_or_default().to_owned(),
                };
                // An empty line ends each message, so that two are never read as one.
                screen(message, &marker, &paths, self.settings.look()) + "\n"
            }
        };
        state.output.print(&text).map_err(failed)
    }
}

/// What the words of a message don't say: who sees it if that isn't obvious, and why it is said.
fn marker(message: &Sealed, manner: Manner, seen: &Seen, stage: &Stage) -> String {
    let mut marks = Vec::new();
    match seen {
        Seen::Room(room) if stage.here() != *seen => marks.push(format!("(salon {room})")),
        Seen::Person(name) if *name != stage.person().name => marks.push(format!("(privé, {name})")),
        Seen::Person(_) if *stage.place() != Place::Direct => marks.push("(privé)".to_owned()),
        Seen::Room(_) | Seen::Person(_) => {}
    }
    if manner == Manner::Edited {
        marks.push("(modifié)".to_owned());
    }
    marks.extend(kind(message).map(str::to_owned));
    vigie_chat::clean(&marks.join(" ")).into_owned()
}

/// Why a message is said, unless it answers.
fn kind(message: &Sealed) -> Option<&'static str> {
    match message.kind {
        // A reminder says in its title that it is one.
        Kind::Answer | Kind::Reminder => None,
        Kind::Notice => Some("Annonce\u{a0}:"),
        Kind::Error => Some("Erreur\u{a0}:"),
    }
}

fn tokens(message: &Sealed) -> Vec<Token> {
    message.choices().into_iter().map(|choice| choice.press.clone()).collect()
}

#[async_trait]
impl Connector for Console {
    fn name(&self) -> ConnectorName {
        ConnectorName::new(crate::NAME)
    }

    async fn run(&self, app: Arc<dyn App>, shutdown: Shutdown) -> Result<(), ConnectorError> {
        let input = self.input.lock().unwrap_or_else(PoisonError::into_inner).take();
        let input = input.ok_or_else(|| ConnectorError::Refused("the console runs once".to_owned()))?;
        play::play(Arc::clone(&self.desk), input, app, shutdown).await
    }

    async fn send(&self, to: &Destination, message: &Sealed, key: &IdempotencyKey) -> Result<MessageRef, SendError> {
        let seen = match to {
            Destination::Room(room) => Seen::in_room(room),
            Destination::Direct(person) => Seen::Person(person.as_str().to_owned()),
        };
        if message.privacy == Privacy::Private && matches!(seen, Seen::Room(_)) {
            return Err(SendError::Forbidden("a private message to a room".to_owned()));
        }
        self.desk.post_once(key, &seen, message)
    }

    async fn edit(&self, sent: &MessageRef, message: &Sealed) -> Result<(), SendError> {
        self.desk.repost(&sent.id, message).map(drop)
    }

    async fn open_room(
        &self,
        near: &RoomId,
        name: &str,
        people: &[PersonId],
        key: &IdempotencyKey,
    ) -> Result<Opened, SendError> {
        let Seen::Room(near) = Seen::in_room(near) else {
            return Err(SendError::Forbidden("a room beside a direct one".to_owned()));
        };
        let room = self.desk.state().stage.open(&near, &room_name(name), people, key);
        // Whoever is named in a script is there.
        Ok(Opened { room, absent: Vec::new() })
    }

    async fn let_in(&self, room: &RoomId, people: &[PersonId]) -> Result<Vec<PersonId>, SendError> {
        if self.desk.state().stage.let_in(room.as_str(), people) { Ok(Vec::new()) } else { Err(SendError::Gone) }
    }

    async fn take_out(&self, room: &RoomId, people: &[PersonId]) -> Result<(), SendError> {
        if self.desk.state().stage.take_out(room.as_str(), people) { Ok(()) } else { Err(SendError::Gone) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{io::sink, thread};

    #[test]
    fn only_scripts_fail() {
        for (manners, outcome) in [(Manners::Person, Outcome::Clean), (Manners::Script, Outcome::Failed)] {
            let mut state = State::new(Output::new(Box::new(sink()), None), manners);
            state.fail();
            assert_eq!(state.outcome, outcome);
        }
    }

    #[test]
    fn two_deliveries_at_once_show_one_message() {
        let options = Options::new(Arc::new(|| jiff::Timestamp::UNIX_EPOCH)).script(io::empty()).output(sink());
        let console = Console::new(options);
        let (key, seen) = (IdempotencyKey::new("k"), Seen::Room("general".to_owned()));
        let message = Sealed::notice().paragraph("Bonjour");
        let post = || console.desk.post_once(&key, &seen, &message).expect("the output takes everything");
        let sent: Vec<MessageRef> = thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(post)).collect();
            threads.into_iter().map(|thread| thread.join().expect("the thread ends")).collect()
        });
        assert!(sent.iter().all(|one| *one == sent[0]), "{sent:?}");
    }
}
