//! Discord as a stage: one server, one channel, three people and another bot.

use super::{bot::Bot, markdown, town::Town};
use async_trait::async_trait;
use fake_discord::{Channel, Pending, Person, Seen};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use vigie_chat::{App, Connector, ConnectorError, Invocation, ParamKind, ParamSpec, RoomId, Value};
use vigie_testkit::{Actor, Bell, HandedFile, Notified, Place, Shown, ShownFile, Skill, Stage};

/// The network, and the connector that runs.
pub(crate) struct DiscordStage {
    app: Arc<dyn App>,
    town: Town,
    /// Everybody, with their direct room.
    people: HashMap<Actor, (Person, Channel)>,
    other_bot: Person,
    bell: Bell,
    connector: Mutex<Arc<dyn Connector>>,
    bot: Mutex<Option<Bot>>,
    /// What each pressed last, which may have opened a form.
    pressed: Mutex<HashMap<Actor, Pending>>,
    /// The threads that the bot made.
    opened: Mutex<Vec<Channel>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl DiscordStage {
    /// A Discord whose connector runs against `app`.
    pub(crate) async fn open(app: Arc<dyn App>) -> Self {
        Self::open_for(app, &Actor::ALL).await
    }

    /// The same with these people. In a crowd somebody runs the training: Alice.
    pub(crate) async fn open_for(app: Arc<dyn App>, people: &[Actor]) -> Self {
        let town = Town::open().await;
        let someone = |who: Actor| {
            let person = town.guild.member(who.name());
            let runs_training = people.len() > Actor::ALL.len() && who == Actor::Alice;
            let person = if runs_training { person.with(&town.guild.role("formateur")) } else { person };
            let direct = person.dm();
            (who, (person, direct))
        };
        let people = people.iter().copied().map(someone).collect();
        let other_bot = town.guild.other_bot("autre");
        let bot = town.bot(Arc::clone(&app)).await;
        let bell = Bell::default();
        let (ringing, mut changes) = (bell.clone(), town.discord.changes());
        tokio::spawn(async move {
            while changes.changed().await.is_ok() {
                ringing.ring();
            }
        });
        let connector = Mutex::new(Arc::clone(&bot.connector) as Arc<dyn Connector>);
        let (bot, pressed, opened) = (Mutex::new(Some(bot)), Mutex::default(), Mutex::default());
        Self { app, town, people, other_bot, bell, connector, bot, pressed, opened }
    }

    fn someone(&self, who: Actor) -> &Person {
        &self.people[&who].0
    }

    fn channel(&self, who: Actor, place: Place) -> Channel {
        match place {
            Place::Room => self.town.general.clone(),
            Place::Direct => self.people[&who].1.clone(),
            Place::Aside => held(&self.opened).last().expect("a room was opened").clone(),
        }
    }

    /// The bot's messages that somebody sees, in the order of their creation.
    fn messages(&self, who: Actor) -> Vec<Seen> {
        let bot = self.town.discord.application_id();
        let places = [Place::Room, Place::Direct].map(|place| self.channel(who, place));
        let opened = held(&self.opened).clone();
        let all = places.iter().chain(&opened).flat_map(|channel| self.someone(who).reads(channel));
        let mut said: Vec<Seen> = all.filter(|seen| seen.author() == Some(bot) && !seen.is_loading()).collect();
        said.sort_by_key(Seen::id);
        said
    }

    fn shown(&self, who: Actor, seen: &Seen) -> Shown {
        Shown {
            id: seen.id().to_string(),
            words: words(seen),
            private: seen.is_ephemeral() || seen.channel_id() == self.channel(who, Place::Direct).id(),
            actions: seen.actions().into_iter().map(|action| action.label).collect(),
            files: seen
                .files()
                .iter()
                .map(|file| ShownFile { name: file.name.clone(), alt: file.description.clone().unwrap_or_default() })
                .collect(),
            edited: seen.is_edited(),
            notified: self.notified(seen),
        }
    }

    fn notified(&self, seen: &Seen) -> Vec<Notified> {
        let list = |key: &str| seen.json()[key].as_array().cloned().unwrap_or_default();
        let person = |user: serde_json::Value| {
            let known = self.people.keys().copied().find(|who| user["id"] == self.someone(*who).id().to_string());
            known.map_or_else(|| Notified::Others(user.to_string()), Notified::One)
        };
        let roles = list("mention_roles").into_iter().map(|role| Notified::Others(role.to_string()));
        let everyone = (seen.json()["mention_everyone"] == true).then(|| Notified::Others("@everyone".to_owned()));
        list("mentions").into_iter().map(person).chain(roles).chain(everyone).collect()
    }

    fn sends(&self, who: Actor, place: Place, command: &Invocation) {
        let options: Vec<(&str, String)> =
            command.args.iter().map(|(param, value)| (param.as_str(), entered(value))).collect();
        let options: Vec<(&str, &str)> = options.iter().map(|(param, value)| (*param, value.as_str())).collect();
        let path = format!("/{}", command.path);
        // What comes of it is seen in the channel.
        let _ = self.someone(who).gives(&self.channel(who, place), &path, &options);
    }

    /// What opened the form in front of somebody, once it is there.
    async fn form(&self, who: Actor) -> fake_discord::Form {
        let opened = || held(&self.pressed).get(&who).and_then(|pending| pending.now().opened_form());
        let form = self.bell.until(opened).await.expect("a form opens");
        held(&self.pressed).remove(&who);
        form
    }
}

/// A value as somebody enters it.
fn entered(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Person(person) => person.id.to_string(),
        Value::Room(room) => room.id.to_string(),
        Value::Attachment(file) => file.name.clone(),
    }
}

/// What a message says, as Discord's application shows it.
fn words(seen: &Seen) -> String {
    let mut lines: Vec<String> = seen.content().lines().map(markdown::read).collect();
    for embed in seen.embeds() {
        let text = |key: &str| embed[key].as_str().unwrap_or_default();
        lines.push(markdown::read_title(rank(text("title"))));
        lines.extend(text("description").lines().map(markdown::read));
    }
    lines.join("\n")
}

/// The title, or its rank alone where it is that of an earlier part, repeated: `(2/3)`.
fn rank(title: &str) -> &str {
    let rank = title.rfind('(').map(|at| &title[at..]);
    let later = |rank: &&str| {
        let numbers = rank.trim_matches(['(', ')']).split_once('/');
        numbers.is_some_and(|(number, all)| number != "1" && all.parse::<u32>().is_ok())
    };
    rank.filter(later).unwrap_or(title)
}

#[async_trait]
impl Stage for DiscordStage {
    fn network(&self) -> &'static str {
        "discord"
    }

    fn cannot(&self) -> &'static [(Skill, &'static str)] {
        &[(Skill::Backlog, "because Discord keeps nothing for a bot that has no session")]
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }

    fn connector(&self) -> Arc<dyn Connector> {
        Arc::clone(&held(&self.connector))
    }

    fn person(&self, who: Actor) -> vigie_chat::Person {
        vigie_chat::Person::new(self.someone(who).id().to_string(), who.name())
    }

    fn room(&self) -> RoomId {
        RoomId::new(self.town.general.id().to_string())
    }

    async fn sees(&self, who: Actor) -> Vec<Shown> {
        self.messages(who).iter().map(|seen| self.shown(who, seen)).collect()
    }

    async fn says(&self, who: Actor, place: Place, words: &str) {
        let words = match place {
            Place::Room | Place::Aside => format!("<@bot> {words}"),
            Place::Direct => words.to_owned(),
        };
        let _ = self.someone(who).writes(&self.channel(who, place), &words);
    }

    async fn gives(&self, who: Actor, place: Place, command: &Invocation) {
        self.sends(who, place, command);
    }

    async fn hands(&self, who: Actor, place: Place, command: &Invocation, file: HandedFile) {
        self.someone(who).attaches(&file.name, &file.bytes);
        let specs = self.app.commands();
        let spec = specs.find(&command.path).expect("the command is known");
        let takes_files = |param: &&ParamSpec| param.kind == ParamKind::Attachment;
        let param = &spec.params.iter().find(takes_files).expect("it takes a file").name;
        let given = command.clone().with(param, Value::Text(file.name));
        self.sends(who, place, &given);
    }

    async fn presses(&self, who: Actor, shown: &Shown, number: usize) {
        let seen = self.messages(who).into_iter().find(|seen| seen.id().to_string() == shown.id);
        let person = self.someone(who);
        let pending = seen.expect("the message is there").for_person(person).presses(person, number);
        held(&self.pressed).insert(who, pending);
    }

    async fn fills(&self, who: Actor, fields: &[(&str, &str)]) {
        let form = self.form(who).await;
        // What comes of it is seen in the channel.
        let _ = self.someone(who).submits(&form, fields.iter().copied());
    }

    /// Discord doesn't tell the bot.
    async fn cancels(&self, who: Actor) {
        self.form(who).await;
    }

    async fn asks_to_stop(&self) {
        if let Some(bot) = held(&self.bot).as_mut() {
            bot.asks_to_stop();
        }
    }

    async fn stopped(&self) -> Result<(), ConnectorError> {
        let bot = held(&self.bot).take().expect("the connector is waited for once");
        bot.ended().await
    }

    async fn completes(&self, who: Actor, command: &Invocation, param: &str, typed: &str) -> Vec<String> {
        let typed = format!("/{} {param}:{typed}", command.path);
        let offered = self.someone(who).completes(&self.town.general, &typed).await.suggestions;
        offered.into_iter().filter_map(|suggestion| Some(suggestion.value.as_str()?.to_owned())).collect()
    }

    async fn other_bot_says(&self, words: &str) {
        let _ = self.other_bot.writes(&self.town.general, words);
        let _ = self.other_bot.writes(&self.town.general, &format!("<@bot> {words}"));
    }

    async fn deletes(&self, shown: &Shown) {
        let seen = self.messages(Actor::Alice).into_iter().find(|seen| seen.id().to_string() == shown.id);
        self.town.general.delete(&seen.expect("the message is there"));
    }

    async fn closes_direct(&self, who: Actor) {
        let _ = self.someone(who).clone().closes_direct_messages();
    }

    async fn opened(&self, room: &RoomId) {
        let id = fake_discord::Id::parse(room.as_str()).expect("a room is a thread");
        let thread = self.town.discord.channel(id);
        let mut opened = held(&self.opened);
        opened.retain(|other| other.id() != id);
        opened.push(thread);
    }

    async fn stays_out(&self, who: Actor) {
        self.town.guild.loses(self.someone(who));
    }

    async fn cuts(&self) {
        self.town.discord.gateway_goes_away();
        let lost = || (self.town.discord.open_sockets() == 0).then_some(());
        self.bell.until(lost).await.expect("the connection is lost");
    }

    async fn restores(&self) {
        self.town.discord.gateway_comes_back();
    }

    async fn starts_again(&self) {
        let bot = self.town.next_bot(Arc::clone(&self.app)).await;
        *held(&self.connector) = Arc::clone(&bot.connector) as Arc<dyn Connector>;
        *held(&self.bot) = Some(bot);
    }
}
