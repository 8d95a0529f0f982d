//! An application that is as slow and as plain as a test needs.

use async_trait::async_trait;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::Semaphore;
use vigie_chat::{
    AltText, App, Attachment, Button, CommandSet, CommandSpec, CompletionQuery, ConnectorName, Event, File, Handled,
    Invocation, Origin, ParamKind, ParamSpec, Privacy, Reply, RoomId, Sealed, SendError, Space, SpaceId, Suggestion,
    Token,
};
use vigie_testkit::Bell;

/// How long a test waits for something to be heard. A real homeserver on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(45);
/// The largest file that is read.
const LARGEST: u64 = 1 << 20;

/// The application.
pub(crate) struct Desk {
    commands: CommandSet,
    gate: Semaphore,
    bell: Bell,
    state: Mutex<State>,
}

/// What it has heard and been told.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// What was asked, in order, each time that it was.
    pub(crate) heard: Vec<Heard>,
    /// Which room continued as which other.
    pub(crate) moved: Vec<(String, String)>,
    /// The tenants where the bot is, with their names.
    pub(crate) spaces: BTreeMap<String, String>,
    /// The tenants where it ever was.
    pub(crate) known: BTreeSet<String>,
}

/// Something that was asked.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) asked: String,
    pub(crate) origin: Origin,
}

impl Desk {
    pub(crate) fn new() -> Arc<Self> {
        let text = |name: &str| ParamSpec::new(name, "Quoi", ParamKind::Text).required();
        let specs = vec![
            CommandSpec::new("dire", "Répète").param(text("mot")),
            CommandSpec::new("lent", "Répond quand on le laisse faire"),
            CommandSpec::new("suite", "Répond en deux fois"),
            CommandSpec::new("mieux", "Répond, puis corrige sa réponse"),
            CommandSpec::new("secret", "Répond à vous seul"),
            CommandSpec::new("choix", "Propose deux actions"),
            CommandSpec::new("papiers", "Donne un fichier et une image"),
            CommandSpec::new("lire", "Lit un fichier").param(ParamSpec::new(
                "fichier",
                "Lequel",
                ParamKind::Attachment,
            )),
        ];
        let (commands, gate) = (CommandSet::new(specs), Semaphore::new(0));
        Arc::new(Self { commands, gate, bell: Bell::patient(PATIENCE), state: Mutex::default() })
    }

    pub(crate) fn look(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until something is so.
    pub(crate) async fn until(&self, what: &str, is_so: impl Fn(&State) -> bool) {
        let found = self.bell.until(|| is_so(&self.look()).then_some(())).await;
        assert!(found.is_some(), "never: {what}, but {:?}", self.look());
    }

    /// Waits until something was asked, and tells how it was asked last.
    pub(crate) async fn hears(&self, asked: &str) -> Heard {
        let last = |state: &State| state.heard.iter().rfind(|heard| heard.asked == asked).cloned();
        self.until(asked, |state| last(state).is_some()).await;
        last(&self.look()).expect("it was just there")
    }

    /// How often something was asked.
    pub(crate) fn times(&self, asked: &str) -> usize {
        self.look().heard.iter().filter(|heard| heard.asked == asked).count()
    }

    /// Lets one that waits go on.
    pub(crate) fn lets_go(&self) {
        self.gate.add_permits(1);
    }

    async fn waits(&self) {
        self.gate.acquire().await.expect("the gate is never closed").forget();
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.look());
        self.bell.ring();
        changed
    }

    async fn answers(&self, asked: &str, file: Option<&Attachment>, reply: &dyn Reply) -> Result<(), SendError> {
        match asked {
            "lent" => {
                reply.progress(Privacy::Public).await?;
                self.waits().await;
                reply.send(&words("Enfin.")).await?;
            }
            "suite" => {
                reply.send(&words("D’abord.")).await?;
                self.waits().await;
                reply.send(&words("Ensuite.")).await?;
            }
            "mieux" => {
                reply.send(&words("Voici.")).await?;
                reply.update(&words("Voici mieux.")).await?;
            }
            "secret" => match reply.send(&words("Pour vous.").private()).await {
                Err(SendError::DirectClosed) => drop(reply.send(&words("Votre porte est fermée.")).await?),
                sent => drop(sent?),
            },
            "choix" => {
                let button = |label: &str| Button::new(label, Token::new(label.to_lowercase()));
                reply.send(&words("Que faire ?").button(button("Lire")).button(button("Écrire"))).await?;
            }
            "papiers" => drop(reply.send(&words("Les voici.").file(notes()).picture(pixel())).await?),
            "lire" => {
                let Some(file) = file else { return reply.send(&words("Aucun fichier.")).await.map(drop) };
                let bytes = reply.fetch(file, LARGEST).await?;
                let said = format!("{} : {}", file.name, String::from_utf8_lossy(&bytes));
                reply.send(&words(&said)).await?;
            }
            said => drop(reply.send(&words(&format!("Entendu : {said}"))).await?),
        }
        Ok(())
    }
}

/// A message that says this.
pub(crate) fn words(text: &str) -> Sealed {
    Sealed::answer().paragraph(text)
}

fn described(words: &str) -> AltText {
    AltText::new(words).expect("it says something")
}

fn notes() -> File {
    File::new("notes.txt", "text/plain", "Ce que disent les notes.", described("Les notes"))
}

fn pixel() -> File {
    const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
        \0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";
    File::new("point.png", "image/png", PIXEL, described("Un point"))
}

/// What a command asks, in a word or two.
fn asked(invocation: &Invocation) -> String {
    match invocation.text("mot") {
        Some(word) => word.to_owned(),
        None => invocation.path.as_str().to_owned(),
    }
}

#[async_trait]
impl App for Desk {
    fn commands(&self) -> &CommandSet {
        &self.commands
    }

    async fn handle(&self, event: Event, reply: Arc<dyn Reply>) -> Handled {
        let origin = event.origin().clone();
        let asked = match &event {
            Event::Command { invocation, .. } => asked(invocation),
            Event::Text { text, .. } => text.clone(),
            Event::Press { token, .. } => format!("pressé {}", token.as_str()),
            Event::Misread { .. } => "incompris".to_owned(),
            Event::Submit { .. } => "rempli".to_owned(),
        };
        let file = match &event {
            Event::Command { invocation, .. } => invocation.attachment("fichier").cloned(),
            _ => None,
        };
        self.change(|state| state.heard.push(Heard { asked: asked.clone(), origin }));
        match self.answers(&asked, file.as_ref(), reply.as_ref()).await {
            Ok(()) => Handled::Done,
            Err(_) => Handled::Fault,
        }
    }

    async fn complete(&self, _query: CompletionQuery) -> Vec<Suggestion> {
        Vec::new()
    }

    async fn joined(&self, _connector: &ConnectorName, space: &Space) -> Option<Sealed> {
        self.change(|state| {
            state.known.insert(space.id.to_string());
            state.spaces.insert(space.id.to_string(), space.name.clone());
        });
        None
    }

    async fn left(&self, _connector: &ConnectorName, space: &SpaceId) {
        self.change(|state| state.spaces.remove(space.as_str()));
    }

    async fn moved(&self, _connector: &ConnectorName, from: &RoomId, to: &RoomId) -> bool {
        self.change(|state| state.moved.push((from.to_string(), to.to_string())));
        true
    }

    async fn spaces(&self, _connector: &ConnectorName) -> Vec<SpaceId> {
        self.look().spaces.keys().map(|space| SpaceId::new(space.as_str())).collect()
    }
}
