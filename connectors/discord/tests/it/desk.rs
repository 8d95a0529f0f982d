//! An application that is as slow and as fussy as a test needs.

use async_trait::async_trait;
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Semaphore;
use vigie_chat::{
    App, Button, CommandSet, CommandSpec, CompletionQuery, ConnectorName, Event, Handled, MessageRef, ParamKind,
    ParamSpec, Reply, Sealed, SendError, Space, SpaceId, Suggestion, Token,
};
use vigie_testkit::Bell;

/// The application.
pub(crate) struct Desk {
    commands: CommandSet,
    gate: Semaphore,
    bell: Bell,
    /// What is said where the bot comes.
    welcome: Option<Sealed>,
    state: Mutex<State>,
}

/// What it has heard and been told.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Commands and words, in order.
    pub(crate) heard: Vec<String>,
    /// What became of everything said.
    pub(crate) said: Vec<Result<MessageRef, SendError>>,
    /// The servers where the bot is.
    pub(crate) spaces: BTreeSet<String>,
    /// The servers that it left, in order.
    pub(crate) left: Vec<String>,
}

impl Desk {
    pub(crate) fn new() -> Arc<Self> {
        Self::with(Vec::new())
    }

    /// A desk that welcomes servers.
    pub(crate) fn polite() -> Arc<Self> {
        Arc::new(Self { welcome: Some(words("Bienvenue.")), ..Self::of(Vec::new()) })
    }

    /// A desk with more commands than usual.
    pub(crate) fn with(more: Vec<CommandSpec>) -> Arc<Self> {
        Arc::new(Self::of(more))
    }

    fn of(more: Vec<CommandSpec>) -> Self {
        let word = ParamSpec::new("mot", "Quoi", ParamKind::Text).required().completed();
        let mut specs = vec![
            CommandSpec::new("vite", "Répond"),
            CommandSpec::new("lent", "Répond tard"),
            CommandSpec::new("discret", "Répond tard, à vous seul").private(),
            CommandSpec::new("suite", "Répond en deux fois"),
            CommandSpec::new("long", "Répond en plusieurs messages"),
            CommandSpec::new("apart", "Répond, puis à vous seul"),
            CommandSpec::new("bouton", "Montre un bouton"),
            CommandSpec::new("cherche", "Complète").param(word),
        ];
        specs.extend(more);
        let (commands, gate) = (CommandSet::new(specs), Semaphore::new(0));
        Self { commands, gate, bell: Bell::default(), welcome: None, state: Mutex::default() }
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.look());
        self.bell.ring();
        changed
    }

    pub(crate) fn look(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until something is so.
    pub(crate) async fn until(&self, what: &str, is_so: impl Fn(&State) -> bool) {
        let found = self.bell.until(|| is_so(&self.look()).then_some(())).await;
        assert!(found.is_some(), "never: {what}, but {:?}", self.look());
    }

    /// Lets one that waits go on.
    pub(crate) fn lets_go(&self) {
        self.gate.add_permits(1);
    }

    async fn waits(&self) {
        self.gate.acquire().await.expect("the gate is never closed").forget();
    }

    async fn says(&self, reply: &dyn Reply, message: Sealed) -> Result<(), SendError> {
        let sent = reply.send(&message).await;
        self.told(sent)
    }

    fn told(&self, sent: Result<MessageRef, SendError>) -> Result<(), SendError> {
        self.change(|state| state.said.push(sent.clone()));
        sent.map(drop)
    }

    async fn answers(&self, asked: &str, reply: &dyn Reply) -> Result<(), SendError> {
        match asked {
            "vite" => self.says(reply, words("Voilà.")).await,
            "suite" => {
                self.says(reply, words("D’abord.")).await?;
                self.waits().await;
                self.says(reply, words("Ensuite.")).await
            }
            "long" => match self.says(reply, words(&"mot ".repeat(2_000))).await {
                Ok(()) => Ok(()),
                Err(_) => self.says(reply, words("Une erreur.")).await,
            },
            "apart" => {
                self.says(reply, words("Pour tous.")).await?;
                self.says(reply, words("Pour vous.").private()).await?;
                self.told(reply.update(&words("Rien que pour vous.").private()).await)
            }
            "bouton" => self.says(reply, words("Encore ?").button(Button::new("Encore", Token::new("encore")))).await,
            "discret" => {
                self.waits().await;
                self.says(reply, words("Pour vous.").private()).await
            }
            "press" => {
                self.waits().await;
                self.told(reply.update(&words("Encore une fois.")).await)
            }
            "secret" => match self.says(reply, words("Pour vous.").private()).await {
                Err(SendError::DirectClosed) => self.says(reply, words("Ouvrez vos messages privés.")).await,
                said => said,
            },
            _ => {
                self.waits().await;
                self.says(reply, words("Voilà.")).await
            }
        }
    }
}

/// A message that says this.
pub(crate) fn words(text: &str) -> Sealed {
    Sealed::answer().paragraph(text)
}

#[async_trait]
impl App for Desk {
    fn commands(&self) -> &CommandSet {
        &self.commands
    }

    async fn handle(&self, event: Event, reply: Arc<dyn Reply>) -> Handled {
        let asked = match event {
            Event::Command { invocation, .. } => invocation.path.as_str().to_owned(),
            Event::Text { text, .. } => text,
            Event::Press { .. } => "press".to_owned(),
            Event::Misread { .. } | Event::Submit { .. } => String::new(),
        };
        self.change(|state| state.heard.push(asked.clone()));
        match self.answers(&asked, reply.as_ref()).await {
            Ok(()) => Handled::Done,
            Err(_) => Handled::Fault,
        }
    }

    async fn complete(&self, query: CompletionQuery) -> Vec<Suggestion> {
        let suggestion =
            |rank| Suggestion { label: format!("{rank} {}", "é".repeat(120)), value: query.typed.clone() };
        (0..40).map(suggestion).collect()
    }

    async fn joined(&self, _connector: &ConnectorName, space: &Space) -> Option<Sealed> {
        let is_new = self.change(|state| state.spaces.insert(space.id.to_string()));
        self.welcome.clone().filter(|_| is_new)
    }

    async fn left(&self, _connector: &ConnectorName, space: &SpaceId) {
        self.change(|state| {
            state.spaces.remove(space.as_str());
            state.left.push(space.to_string());
        });
    }

    async fn spaces(&self, _connector: &ConnectorName) -> Vec<SpaceId> {
        self.look().spaces.iter().map(|space| SpaceId::new(space.as_str())).collect()
    }
}
