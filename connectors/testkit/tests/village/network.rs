//! A network that can do everything: a square where all meet, a house for each person and the bot, and clubs that the bot
//! opens for some.

use crate::fault::Fault;
use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;
use vigie_chat::{IdempotencyKey, Invocation, MessageRef, SealedForm, Token};
use vigie_testkit::{Actor, Bell, HandedFile, Notified, Place, ShownFile};

/// Most characters of one message.
pub(crate) const LONGEST: usize = 2_000;

/// The network, which outlives its connectors.
pub(crate) struct Network {
    pub(crate) fault: Option<Fault>,
    /// Rings when people may see something new.
    pub(crate) bell: Bell,
    /// Changes when a connector may have something new to hear.
    pub(crate) news: watch::Sender<()>,
    state: Mutex<State>,
}

/// What is on the network.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) posts: Vec<Post>,
    pub(crate) last_post: u64,
    pub(crate) last_event: u64,
    /// What was done and not heard yet.
    pub(crate) acts: VecDeque<Act>,
    pub(crate) cut: bool,
    pub(crate) closed: HashSet<Actor>,
    /// The form in front of a person, and the message that led to it.
    pub(crate) forms: HashMap<Actor, (SealedForm, Option<String>)>,
    pub(crate) keys: HashMap<IdempotencyKey, MessageRef>,
    pub(crate) files: HashMap<String, Vec<u8>>,
    /// Who is in each room that the bot opened, in the order in which they were opened.
    pub(crate) clubs: Vec<(String, HashSet<Actor>)>,
    pub(crate) club_keys: HashMap<IdempotencyKey, String>,
    /// The room that was opened last, as the scenario was told.
    pub(crate) aside: Option<String>,
    /// Who can't be let in.
    pub(crate) staying_out: HashSet<Actor>,
}

impl State {
    /// Who is in a room that the bot opened.
    pub(crate) fn club(&mut self, room: &str) -> Option<&mut HashSet<Actor>> {
        self.clubs.iter_mut().find(|(name, _)| name == room).map(|(_, members)| members)
    }

    /// Whether somebody sees what is said in a room.
    pub(crate) fn shows(&self, room: &str, to: Actor) -> bool {
        let club = self.clubs.iter().find(|(name, _)| name == room);
        club.map_or_else(|| room == SQUARE || room == house(to.name()), |(_, members)| members.contains(&to))
    }
}

/// A message of the bot.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) id: u64,
    pub(crate) room: String,
    /// Who alone sees it, in a room that others see.
    pub(crate) alone: Option<Actor>,
    pub(crate) words: String,
    pub(crate) actions: Vec<(String, Token)>,
    pub(crate) files: Vec<ShownFile>,
    pub(crate) edited: bool,
    pub(crate) notified: Vec<Notified>,
}

/// What somebody did; nobody is a bot.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) who: Option<Actor>,
    pub(crate) room: String,
    pub(crate) event: u64,
    pub(crate) message: Option<String>,
    pub(crate) deed: Deed,
}

/// What was done.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Said(String),
    Gave(Invocation, Option<HandedFile>),
    Pressed(Token),
    Submitted(Token, BTreeMap<String, String>),
}

/// The room where all meet.
pub(crate) const SQUARE: &str = "square";

/// The room of a person and the bot.
pub(crate) fn house(name: &str) -> String {
    format!("house:{name}")
}

/// The person of this name.
pub(crate) fn actor(name: &str) -> Option<Actor> {
    Actor::ALL.into_iter().find(|who| who.name() == name)
}

impl Network {
    /// An empty network, to which connectors with this fault connect.
    pub(crate) fn new(fault: Option<Fault>) -> Self {
        Self { fault, bell: Bell::default(), news: watch::Sender::default(), state: Mutex::default() }
    }

    /// Whether connectors have this fault.
    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    /// What is on the network now.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The room where somebody acts.
    pub(crate) fn room(&self, who: Actor, place: Place) -> String {
        match place {
            Place::Room => SQUARE.to_owned(),
            Place::Direct => house(who.name()),
            Place::Aside => self.state().aside.clone().expect("a room was opened"),
        }
    }

    /// Somebody does something in a room.
    pub(crate) fn happens(&self, who: Option<Actor>, room: String, message: Option<String>, deed: Deed) {
        {
            let mut state = self.state();
            state.last_event += 1;
            let event = state.last_event;
            if matches!(deed, Deed::Pressed(_)) && self.has(Fault::HearsTwice) {
                let act = Act { who, room: room.clone(), event, message: message.clone(), deed: deed.clone() };
                state.acts.push_back(act);
            }
            state.acts.push_back(Act { who, room, event, message, deed });
        }
        self.news.send_replace(());
    }

    /// The next thing that this person, or a bot, did, once there is one and it can be heard.
    pub(crate) async fn next(&self, who: Option<Actor>) -> Act {
        let mut news = self.news.subscribe();
        loop {
            {
                let mut state = self.state();
                let found = state.acts.iter().position(|act| act.who == who).filter(|_| !state.cut);
                if let Some(act) = found.and_then(|rank| state.acts.remove(rank)) {
                    return act;
                }
            }
            // The network, which sends, is there as long as this is.
            let _ = news.changed().await;
        }
    }
}
