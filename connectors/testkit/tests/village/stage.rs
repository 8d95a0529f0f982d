//! The village as a stage.

use crate::{
    fault::Fault,
    messenger::Messenger,
    network::{Deed, Network, SQUARE, house},
};
use async_trait::async_trait;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{sync::oneshot, task::JoinHandle};
use vigie_chat::{
    App, CompletionQuery, Connector, ConnectorError, ConnectorName, EventId, Invocation, Origin, Person, Room, RoomId,
    RoomKind, SealedForm, Standing,
};
use vigie_testkit::{Actor, Bell, HandedFile, Place, Shown, Skill, Stage};

/// The network, and the connector that runs.
pub(crate) struct Village {
    app: Arc<dyn App>,
    network: Arc<Network>,
    run: Mutex<Option<Run>>,
}

struct Run {
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Result<(), ConnectorError>>,
}

impl Village {
    /// A village whose connector runs, with this fault.
    pub(crate) fn open(app: Arc<dyn App>, fault: Option<Fault>) -> Self {
        let village = Self { app, network: Arc::new(Network::new(fault)), run: Mutex::default() };
        village.starts();
        village
    }

    fn starts(&self) {
        let (messenger, app) = (Messenger(Arc::clone(&self.network)), Arc::clone(&self.app));
        let (stop, stopping) = oneshot::channel();
        let shutdown = Box::pin(async { drop(stopping.await) });
        let running = tokio::spawn(async move { messenger.run(app, shutdown).await });
        *self.run() = Some(Run { stop: Some(stop), running });
    }

    fn run(&self) -> MutexGuard<'_, Option<Run>> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn acts(&self, who: Actor, place: Place, deed: Deed) {
        self.network.happens(Some(who), self.network.room(who, place), None, deed);
    }

    /// The form in front of somebody, once it is there.
    async fn form(&self, who: Actor) -> (SealedForm, Option<String>) {
        let form = self.network.bell.until(|| self.network.state().forms.remove(&who)).await;
        form.expect("a form opens")
    }
}

#[async_trait]
impl Stage for Village {
    fn network(&self) -> &'static str {
        "village"
    }

    fn cannot(&self) -> &'static [(Skill, &'static str)] {
        &[]
    }

    fn bell(&self) -> &Bell {
        &self.network.bell
    }

    fn connector(&self) -> Arc<dyn Connector> {
        Arc::new(Messenger(Arc::clone(&self.network)))
    }

    fn person(&self, who: Actor) -> Person {
        Person::new(who.name(), who.name())
    }

    fn room(&self) -> RoomId {
        RoomId::new(SQUARE)
    }

    async fn sees(&self, who: Actor) -> Vec<Shown> {
        let own = house(who.name());
        let state = self.network.state();
        let seen = state.posts.iter().filter(|post| match post.alone {
            Some(alone) => alone == who,
            None => state.shows(&post.room, who),
        });
        let shown = seen.cloned().map(|post| Shown {
            id: post.id.to_string(),
            words: post.words,
            private: post.alone.is_some() || post.room == own,
            actions: post.actions.into_iter().map(|(label, _)| label).collect(),
            files: post.files,
            edited: post.edited,
            notified: post.notified,
        });
        shown.collect()
    }

    async fn says(&self, who: Actor, place: Place, words: &str) {
        self.acts(who, place, Deed::Said(words.to_owned()));
    }

    async fn gives(&self, who: Actor, place: Place, command: &Invocation) {
        self.acts(who, place, Deed::Gave(command.clone(), None));
    }

    async fn hands(&self, who: Actor, place: Place, command: &Invocation, file: HandedFile) {
        self.acts(who, place, Deed::Gave(command.clone(), Some(file)));
    }

    async fn presses(&self, who: Actor, shown: &Shown, number: usize) {
        let post = self.network.state().posts.iter().find(|post| post.id.to_string() == shown.id).cloned();
        let post = post.expect("the message is there");
        let token = post.actions[number - 1].1.clone();
        self.network.happens(Some(who), post.room, Some(shown.id.clone()), Deed::Pressed(token));
    }

    async fn fills(&self, who: Actor, fields: &[(&str, &str)]) {
        let (form, message) = self.form(who).await;
        let fields = fields.iter().map(|(param, value)| ((*param).to_owned(), (*value).to_owned())).collect();
        self.network.happens(Some(who), SQUARE.to_owned(), message, Deed::Submitted(form.submit, fields));
    }

    async fn cancels(&self, who: Actor) {
        let (form, message) = self.form(who).await;
        if self.network.has(Fault::SubmitsCancelled) {
            let submitted = Deed::Submitted(form.submit, BTreeMap::new());
            self.network.happens(Some(who), SQUARE.to_owned(), message, submitted);
        }
    }

    async fn asks_to_stop(&self) {
        if let Some(stop) = self.run().as_mut().and_then(|run| run.stop.take()) {
            // It may have stopped by itself, which `stopped` tells.
            let _ = stop.send(());
        }
    }

    async fn stopped(&self) -> Result<(), ConnectorError> {
        let run = self.run().take().expect("the connector is waited for once");
        run.running.await.expect("the connector doesn't panic")
    }

    async fn completes(&self, who: Actor, command: &Invocation, param: &str, typed: &str) -> Vec<String> {
        let origin = Origin {
            connector: ConnectorName::new(self.network()),
            space: None,
            room: Room { id: self.room(), kind: RoomKind::Shared },
            person: self.person(who),
            standing: Standing::Member,
            roles: Vec::new(),
            locale: None,
            attachments: Vec::new(),
            at: "2026-11-23T08:00:00Z".parse().expect("a valid instant"),
            event: EventId::new("completion"),
            message: None,
        };
        let (invocation, param, typed) = (command.clone(), param.to_owned(), typed.to_owned());
        let query = CompletionQuery { invocation, param, typed, origin };
        self.app.complete(query).await.into_iter().map(|suggestion| suggestion.value).collect()
    }

    async fn other_bot_says(&self, words: &str) {
        self.network.happens(None, SQUARE.to_owned(), None, Deed::Said(words.to_owned()));
    }

    async fn deletes(&self, shown: &Shown) {
        self.network.state().posts.retain(|post| post.id.to_string() != shown.id);
    }

    async fn closes_direct(&self, who: Actor) {
        self.network.state().closed.insert(who);
    }

    async fn cuts(&self) {
        self.network.state().cut = true;
    }

    async fn restores(&self) {
        self.network.state().cut = false;
        self.network.news.send_replace(());
    }

    async fn opened(&self, room: &RoomId) {
        self.network.state().aside = Some(room.as_str().to_owned());
    }

    async fn stays_out(&self, who: Actor) {
        self.network.state().staying_out.insert(who);
    }

    async fn starts_again(&self) {
        self.starts();
    }
}
