//! Matrix as a stage: one room, three people and another bot, each at a client of their own.

use super::{
    bot::Bot,
    reading,
    town::{self, Lodging, Privacy},
};
use async_trait::async_trait;
use homeserver::{File, Homeserver, Message, Person, Room, Standing, Text};
use matrix_sdk::ruma::{EventId, OwnedRoomId, RoomId as MatrixRoomId};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::task::AbortHandle;
use vigie_chat::{App, Connector, ConnectorError, Invocation, RoomId};
use vigie_testkit::{Actor, Bell, HandedFile, Notified, Place, Shown, ShownFile, Skill, Stage};

/// How long people wait. A real homeserver on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(45);
/// Where a message holds what it offers.
const OFFER: &str = "fr.vigie.offer";

/// The network, and the connector that runs.
pub(crate) struct MatrixStage {
    app: Arc<dyn App>,
    server: &'static Homeserver,
    lodging: Lodging,
    people: HashMap<Actor, Person>,
    room: OwnedRoomId,
    privacy: Privacy,
    bell: Bell,
    connector: Mutex<Arc<dyn Connector>>,
    bot: Mutex<Option<Bot>>,
    /// Who takes no direct room.
    closed: Arc<Mutex<HashSet<Actor>>>,
    /// What was pressed already: a second time is said in words.
    pressed: Mutex<HashSet<(Actor, String, usize)>>,
    accepting: Vec<AbortHandle>,
    /// The rooms that the bot opened.
    opened: Mutex<Vec<OwnedRoomId>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl MatrixStage {
    /// A room on the shared Synapse, whose bot runs against `app`; none where there can be no Synapse.
    pub(crate) async fn open(app: Arc<dyn App>, privacy: Privacy) -> Option<Self> {
        Self::open_for(app, privacy, &Actor::ALL).await
    }

    /// The same with these people, of whom Alice makes the room.
    pub(crate) async fn open_for(app: Arc<dyn App>, privacy: Privacy, actors: &[Actor]) -> Option<Self> {
        let server = town::shared().await?;
        let lodging = Lodging::on(server).await;
        let bot = lodging.bot(Arc::clone(&app));
        let mut people = HashMap::new();
        for who in actors.iter().copied() {
            let person = server.person(who.name()).await.expect("they log in");
            person.calls_themselves(who.name()).await.expect("they have a name");
            people.insert(who, person);
        }
        let others: Vec<&Person> = actors.iter().filter(|who| **who != Actor::Alice).map(|who| &people[who]).collect();
        let room = town::room_with(&people[&Actor::Alice], &lodging, &others, privacy).await;
        let bell = Bell::patient(PATIENCE);
        let closed: Arc<Mutex<HashSet<Actor>>> = Arc::default();
        let accepting = people.iter().map(|(who, person)| {
            let ringing = bell.clone();
            person.on_change(move || ringing.ring());
            accepts_all(*who, person, &closed)
        });
        let accepting = accepting.collect();
        let connector = Mutex::new(Arc::clone(&bot.connector) as Arc<dyn Connector>);
        let (bot, pressed, opened) = (Mutex::new(Some(bot)), Mutex::default(), Mutex::default());
        Some(Self {
            app,
            server,
            lodging,
            people,
            room,
            privacy,
            bell,
            connector,
            bot,
            closed,
            pressed,
            accepting,
            opened,
        })
    }

    /// The room in which somebody is alone with the bot, opened by them if there is none yet.
    async fn direct(&self, who: Actor) -> OwnedRoomId {
        if let Some(room) = self.direct_rooms(who).first() {
            return room.clone();
        }
        let (person, bot) = (&self.people[&who], self.lodging.user());
        let room = match self.privacy {
            Privacy::Plain => Room::plain(),
            Privacy::Encrypted => Room::encrypted(),
        };
        let room = person.creates_room(room.direct().inviting(&bot)).await.expect("a room is made");
        person.until_member(&room, &bot).await.expect("the bot joins");
        room
    }

    fn direct_rooms(&self, who: Actor) -> Vec<OwnedRoomId> {
        let opened = held(&self.opened).clone();
        let rooms = self.people[&who].rooms().into_iter().filter(|(_, standing)| *standing == Standing::Joined);
        rooms.map(|(id, _)| id).filter(|id| *id != self.room && !opened.contains(id)).collect()
    }

    async fn place(&self, who: Actor, place: Place) -> OwnedRoomId {
        match place {
            Place::Room => self.room.clone(),
            Place::Direct => self.direct(who).await,
            Place::Aside => {
                let room = held(&self.opened).last().expect("a room was opened").clone();
                let bot = self.lodging.user();
                self.people[&who].until_member(&room, &bot).await.expect("they come in");
                room
            }
        }
    }

    /// The bot's messages that somebody sees, with the room of each, in the order in which they were said.
    fn messages(&self, who: Actor) -> Vec<(OwnedRoomId, Message)> {
        let (person, bot) = (&self.people[&who], self.lodging.user());
        let opened = held(&self.opened).clone();
        let rooms = self.direct_rooms(who).into_iter().chain([self.room.clone()]).chain(opened);
        let all = rooms.flat_map(|room| {
            let messages = person.view(&room).map(|view| view.messages).unwrap_or_default();
            messages.into_iter().map(move |message| (room.clone(), message))
        });
        let mut said: Vec<_> = all
            .filter(|(_, message)| message.sender == bot && !message.is_redacted && !message.is_undecryptable())
            .collect();
        said.sort_by_key(|(_, message)| message.event["origin_server_ts"].as_u64());
        said
    }

    fn shown(&self, room: &MatrixRoomId, message: &Message) -> Shown {
        let offered = message.content[OFFER]["actions"].as_array().cloned().unwrap_or_default();
        let words = reading::words(message);
        let actions: Vec<String> =
            offered.iter().filter_map(|offered| Some(offered["label"].as_str()?.to_owned())).collect();
        Shown {
            id: message.id.to_string(),
            words,
            private: room != self.room && !held(&self.opened).iter().any(|opened| opened == room),
            actions,
            files: Vec::new(),
            edited: message.edits > 0,
            notified: self.notified(message),
        }
    }

    fn notified(&self, message: &Message) -> Vec<Notified> {
        let one = |user: &matrix_sdk::ruma::OwnedUserId| {
            let known = self.people.keys().copied().find(|who| self.people[who].id() == user);
            known.map_or_else(|| Notified::Others(user.to_string()), Notified::One)
        };
        let room = message.mentions_room.then(|| Notified::Others("@room".to_owned()));
        message.mentions.iter().map(one).chain(room).collect()
    }

    /// Words that call the bot where others are.
    fn calling(&self, place: Place, words: &str) -> Text {
        match place {
            Place::Room | Place::Aside => {
                let bot = self.lodging.user();
                Text::new(&format!("{bot}: {words}")).mentioning(&bot)
            }
            Place::Direct => Text::new(words),
        }
    }

    /// What is typed to give a command.
    fn typed(&self, place: Place, command: &Invocation) -> String {
        let typed = command.to_typed(self.app.commands());
        match place {
            Place::Room | Place::Aside => format!("!vigie {typed}"),
            Place::Direct => format!("!{typed}"),
        }
    }

    /// The form in front of somebody, once it is there.
    async fn form(&self, who: Actor) -> (OwnedRoomId, Message) {
        let mine = |message: &Message| message.content[OFFER]["form"]["person"] == self.people[&who].id().as_str();
        let answered = |room: &MatrixRoomId, message: &Message| {
            let view = self.people[&who].view(room).unwrap_or_default();
            view.messages
                .iter()
                .any(|other| other.reply_to.as_ref() == Some(&message.id) && other.sender == self.people[&who].id())
        };
        let find = || {
            let all = self.messages(who).into_iter().rev();
            let mut open = all.filter(|(room, message)| mine(message) && !answered(room, message));
            open.next()
        };
        self.bell.until(find).await.expect("a form opens")
    }

    /// Waits until everybody has seen all that was said until now: what Carla says now comes after it.
    async fn settles(&self) {
        let last = self.people[&Actor::Carla].says(&self.room, "Voilà.").await.expect("it is said");
        for person in self.people.values() {
            person.sees(&self.room, |message| message.id == last).await.expect("they see it");
        }
    }

    async fn answers(&self, who: Actor, (room, message): (OwnedRoomId, Message), words: &str) {
        let text = Text::new(words).quoting(&message);
        self.people[&who].says(&room, text).await.expect("it is said");
    }
}

/// Has somebody accept whatever they are invited to, unless they closed their door.
fn accepts_all(who: Actor, person: &Person, closed: &Arc<Mutex<HashSet<Actor>>>) -> AbortHandle {
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    // Whoever no longer listens has left.
    person.on_change(move || {
        let _ = tell.send(());
    });
    let (person, closed) = (person.clone(), Arc::clone(closed));
    let accepting = tokio::spawn(async move {
        while told.recv().await.is_some() {
            let invited = person.rooms().into_iter().filter(|(_, standing)| *standing == Standing::Invited);
            for (room, _) in invited.collect::<Vec<_>>() {
                if !held(&closed).contains(&who) {
                    // The invitation may be taken back meanwhile.
                    let _ = person.accepts(&room).await;
                }
            }
        }
    });
    accepting.abort_handle()
}

impl Drop for MatrixStage {
    fn drop(&mut self) {
        self.accepting.iter().for_each(AbortHandle::abort);
    }
}

#[async_trait]
impl Stage for MatrixStage {
    fn network(&self) -> &'static str {
        match self.privacy {
            Privacy::Plain => "matrix (plain)",
            Privacy::Encrypted => "matrix (encrypted)",
        }
    }

    fn cannot(&self) -> &'static [(Skill, &'static str)] {
        &[(Skill::Completing, "because Matrix has no completion of what is typed")]
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }

    fn connector(&self) -> Arc<dyn Connector> {
        Arc::clone(&held(&self.connector))
    }

    fn person(&self, who: Actor) -> vigie_chat::Person {
        vigie_chat::Person::new(self.people[&who].id().as_str(), who.name())
    }

    fn room(&self) -> RoomId {
        RoomId::new(self.room.as_str())
    }

    async fn sees(&self, who: Actor) -> Vec<Shown> {
        let mut seen: Vec<(OwnedRoomId, Shown)> = Vec::new();
        for (room, message) in self.messages(who) {
            match &message.attachment {
                // People see a file under the words that came just before it.
                Some(file) => {
                    let shown = ShownFile { name: file.name.clone(), alt: file.caption.clone().unwrap_or_default() };
                    match seen.iter_mut().rfind(|(of, _)| *of == room) {
                        Some((_, words)) => words.files.push(shown),
                        None => seen.push((room.clone(), Shown { files: vec![shown], ..self.shown(&room, &message) })),
                    }
                }
                None => seen.push((room.clone(), self.shown(&room, &message))),
            }
        }
        seen.into_iter().map(|(_, shown)| shown).collect()
    }

    async fn says(&self, who: Actor, place: Place, words: &str) {
        let room = self.place(who, place).await;
        self.people[&who].says(&room, self.calling(place, words)).await.expect("it is said");
    }

    async fn gives(&self, who: Actor, place: Place, command: &Invocation) {
        let room = self.place(who, place).await;
        self.people[&who].says(&room, self.typed(place, command).as_str()).await.expect("it is said");
    }

    async fn hands(&self, who: Actor, place: Place, command: &Invocation, file: HandedFile) {
        let room = self.place(who, place).await;
        let media_type = "application/octet-stream".parse().expect("a media type");
        let file = File::new(&file.name, media_type, file.bytes).caption(&self.typed(place, command));
        self.people[&who].sends_file(&room, file).await.expect("it is sent");
    }

    async fn presses(&self, who: Actor, shown: &Shown, number: usize) {
        let seen = self.messages(who).into_iter().find(|(_, message)| message.id.as_str() == shown.id);
        let (room, message) = seen.expect("the message is there");
        if held(&self.pressed).insert((who, shown.id.clone(), number)) {
            let key = if number < 10 { format!("{number}\u{fe0f}\u{20e3}") } else { number.to_string() };
            self.people[&who].reacts(&room, &message.id, &key).await.expect("a reaction is taken");
        } else {
            self.answers(who, (room, message), &number.to_string()).await;
        }
    }

    async fn fills(&self, who: Actor, fields: &[(&str, &str)]) {
        let form = self.form(who).await;
        let lines: Vec<String> = fields.iter().map(|(param, value)| format!("{param} : {value}")).collect();
        self.answers(who, form, &lines.join("\n")).await;
    }

    async fn cancels(&self, who: Actor) {
        let form = self.form(who).await;
        self.answers(who, form, "Annuler").await;
    }

    async fn asks_to_stop(&self) {
        if let Some(bot) = held(&self.bot).as_mut() {
            bot.asks_to_stop();
        }
    }

    async fn stopped(&self) -> Result<(), ConnectorError> {
        let bot = held(&self.bot).take().expect("the connector is waited for once");
        let ended = bot.ended().await;
        self.settles().await;
        ended
    }

    async fn other_bot_says(&self, words: &str) {
        let bot = self.lodging.user();
        let other = self.server.person("autre").await.expect("it logs in");
        self.people[&Actor::Alice].invites(&self.room, other.id()).await.expect("it is invited");
        other.accepts(&self.room).await.expect("it joins");
        other.until_member(&self.room, &bot).await.expect("it sees the bot");
        for said in [words.to_owned(), format!("!vigie {words}"), format!("{bot}: {words}")] {
            let notice = Text::notice(&said).mentioning(&bot);
            other.says(&self.room, notice).await.expect("it is said");
        }
    }

    async fn deletes(&self, shown: &Shown) {
        let event = EventId::parse(&*shown.id).expect("an event id");
        self.people[&Actor::Alice].redacts(&self.room, &event).await.expect("it is deleted");
    }

    async fn closes_direct(&self, who: Actor) {
        held(&self.closed).insert(who);
        let person = &self.people[&who];
        for room in self.direct_rooms(who) {
            person.leaves(&room).await.expect("they leave");
        }
        person.refuses_invitations().await.expect("they refuse");
    }

    async fn opened(&self, room: &RoomId) {
        let room = MatrixRoomId::parse(room.as_str()).expect("a room id");
        let mut opened = held(&self.opened);
        opened.retain(|other| *other != room);
        opened.push(room);
    }

    async fn stays_out(&self, who: Actor) {
        self.people[&who].refuses_invitations().await.expect("they refuse");
    }

    async fn cuts(&self) {
        self.lodging.line.cut();
    }

    async fn restores(&self) {
        self.lodging.line.mend();
    }

    async fn starts_again(&self) {
        let bot = self.lodging.bot(Arc::clone(&self.app));
        *held(&self.connector) = Arc::clone(&bot.connector) as Arc<dyn Connector>;
        *held(&self.bot) = Some(bot);
    }
}
