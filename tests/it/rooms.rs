//! The dispatcher and the rooms: which space something belongs to, and at what pace people are answered.

use crate::heard::Heard;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use vigie::app::Vigie;
use vigie::app::shelf::Shelf;
use vigie::config::Settings;
use vigie::store::Store;
use vigie_chat::{
    App, CompletionQuery, ConnectorName, Event, EventId, Handled, Invocation, Origin, Person, Reply, Role, Room,
    RoomId, RoomKind, SpaceId, Standing, Token,
};

/// Rooms that each stand alone, as on Matrix, with one application over them.
struct Town {
    app: Vigie,
    seconds: Arc<AtomicI64>,
    events: AtomicU64,
}

fn at(seconds: i64) -> Timestamp {
    let start: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_secs(seconds)
}

impl Town {
    async fn open() -> Self {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let seconds = Arc::new(AtomicI64::new(0));
        let clock = {
            let seconds = Arc::clone(&seconds);
            move || at(seconds.load(Ordering::Relaxed))
        };
        let chance = AtomicU64::new(0x7654_3210);
        let shelf = Shelf::open(None, None).expect("the embedded référentiels");
        let app = Vigie::new(shelf, Settings::default(), store)
            .with_clock(Arc::new(clock))
            .with_chance(Arc::new(move || Some(chance.fetch_add(1, Ordering::Relaxed))));
        Self { app, seconds, events: AtomicU64::new(0) }
    }

    fn passes(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    fn origin(&self, room: &str) -> Origin {
        Origin {
            connector: ConnectorName::new("test"),
            space: Some(SpaceId::new(room)),
            room: Room { id: RoomId::new(room), kind: RoomKind::Shared },
            person: Person::new("alice", "alice"),
            standing: Standing::Administrator,
            roles: Vec::<Role>::new(),
            locale: None,
            attachments: Vec::new(),
            at: at(self.seconds.load(Ordering::Relaxed)),
            event: EventId::new(self.events.fetch_add(1, Ordering::Relaxed).to_string()),
            message: None,
        }
    }

    async fn happens(&self, event: Event) -> (Handled, Arc<Heard>) {
        let heard = Arc::new(Heard::default());
        (self.app.handle(event, Arc::clone(&heard) as Arc<dyn Reply>).await, heard)
    }

    async fn asks(&self, room: &str, invocation: Invocation) -> (Handled, Arc<Heard>) {
        self.happens(Event::Command { invocation, origin: self.origin(room) }).await
    }

    async fn presses(&self, room: &str, token: Token) -> Handled {
        self.happens(Event::Press { token, origin: self.origin(room) }).await.0
    }

    async fn joins(&self, room: &str, code: &str) -> (Handled, Arc<Heard>) {
        self.asks(room, Invocation::new("config rattacher").with("code", code)).await
    }
}

fn help() -> Invocation {
    Invocation::new("aide").with("commande", "aide")
}

#[tokio::test]
async fn rooms_that_joined_share_what_is_kept() {
    let town = Town::open().await;
    let (_, before) = town.asks("b", help()).await;
    assert_eq!(town.presses("b", before.all()[0].choices()[0].press.clone()).await, Handled::Done);
    town.asks("a", Invocation::new("config code")).await;
    let (handled, joined) = town.joins("b", "BCDF-GHJK").await;
    assert_eq!(handled, Handled::Done, "{}", joined.words());

    let (_, of_a) = town.asks("a", help()).await;
    assert_eq!(town.presses("b", of_a.all()[0].choices()[0].press.clone()).await, Handled::Done);
    assert_eq!(town.presses("c", of_a.all()[0].choices()[0].press.clone()).await, Handled::Refused);
    assert_eq!(
        town.presses("b", before.all()[0].choices()[0].press.clone()).await,
        Handled::Refused,
        "made when b was a space of its own"
    );

    assert_eq!(
        town.presses("b", joined.all()[0].choices()[0].press.clone()).await,
        Handled::Done,
        "it is undone by the button under it"
    );
    assert_eq!(town.presses("b", of_a.all()[0].choices()[0].press.clone()).await, Handled::Refused);
    assert_eq!(town.presses("b", before.all()[0].choices()[0].press.clone()).await, Handled::Done);
}

/// In a direct room, what was answered for one school isn't done in another.
#[tokio::test]
async fn a_button_of_one_school_does_nothing_in_another() {
    let town = Town::open().await;
    let privately = || Origin {
        space: None,
        room: Room { id: RoomId::new("prive"), kind: RoomKind::Direct },
        standing: Standing::Member,
        ..town.origin("prive")
    };
    let says = async |invocation| town.happens(Event::Command { invocation, origin: privately() }).await.1;
    let presses = async |token| town.happens(Event::Press { token, origin: privately() }).await.0;
    town.asks("a", Invocation::new("compte voir")).await;
    let discreet =
        says(Invocation::new("compte fuseau").with("zone", "Europe/Berlin")).await.all()[0].choices()[0].press.clone();
    let of_nobody = says(help()).await.all()[0].choices()[0].press.clone();
    assert_eq!(presses(discreet.clone()).await, Handled::Done);
    town.passes(60);
    town.asks("b", Invocation::new("compte voir")).await;
    assert_eq!(presses(discreet.clone()).await, Handled::Refused);
    assert_eq!(presses(of_nobody).await, Handled::Done, "it is of no school");
    town.passes(48 * 3_600);
    town.asks("a", Invocation::new("compte voir")).await;
    assert_eq!(presses(discreet).await, Handled::Done);
}

#[tokio::test]
async fn a_code_is_over_after_a_quarter_of_an_hour() {
    let town = Town::open().await;
    town.asks("a", Invocation::new("config code")).await;
    town.passes(15 * 60);
    let (handled, heard) = town.joins("b", "BCDF-GHJK").await;
    assert_eq!(handled, Handled::Refused);
    assert!(heard.words().contains("Ce code n’est pas valable"), "{}", heard.words());
}

#[tokio::test]
async fn nobody_finds_a_code_by_trying() {
    let town = Town::open().await;
    town.asks("a", Invocation::new("config code")).await;
    for _ in 0..5 {
        let (_, heard) = town.joins("b", "ZZZZ-ZZZZ").await;
        assert!(heard.words().contains("Ce code n’est pas valable"), "{}", heard.words());
    }
    town.passes(60);
    let (handled, heard) = town.joins("b", "BCDF-GHJK").await;
    assert_eq!(handled, Handled::Refused);
    assert!(heard.words().contains("Réessayez dans 14\u{a0}minutes"), "{}", heard.words());
    town.passes(14 * 60);
    town.asks("a", Invocation::new("config code")).await;
    assert_eq!(town.joins("b", "CCDF-GHJK").await.0, Handled::Done);
}

#[tokio::test]
async fn who_asks_too_fast_is_told_once_and_then_answered_again() {
    let mut town = Town::open().await;
    town.app = town.app.at_a_pace();
    for _ in 0..20 {
        assert_eq!(town.asks("a", help()).await.0, Handled::Done);
    }
    let (handled, told) = town.asks("a", help()).await;
    assert_eq!(handled, Handled::Refused);
    assert!(told.words().contains("Réessayez dans 10\u{a0}secondes"), "{}", told.words());
    let (handled, left) = town.asks("b", help()).await;
    assert_eq!((handled, left.words().as_str()), (Handled::Refused, ""));
    let bob = Origin { person: Person::new("bob", "bob"), ..town.origin("a") };
    assert_eq!(town.happens(Event::Command { invocation: help(), origin: bob }).await.0, Handled::Done);
    town.passes(10);
    assert_eq!(town.asks("a", help()).await.0, Handled::Done);
}

/// Whoever says that they asked long ago is counted by when it arrives.
#[tokio::test]
async fn nobody_asks_without_end_by_an_old_date() {
    let mut town = Town::open().await;
    town.app = town.app.at_a_pace();
    town.passes(1_000_000);
    let mut answered = 0;
    for asked in 0..200 {
        let origin = Origin { at: at(asked * 10), ..town.origin("a") };
        let (handled, _) = town.happens(Event::Command { invocation: help(), origin }).await;
        answered += usize::from(handled == Handled::Done);
    }
    assert_eq!(answered, 100);
    town.passes(10);
    assert_eq!(town.asks("a", help()).await.0, Handled::Done);
}

#[tokio::test]
async fn what_is_suggested_has_a_pace_of_its_own() {
    let mut town = Town::open().await;
    town.app = town.app.at_a_pace();
    let typing = async || {
        let invocation = Invocation::new("competence");
        let query =
            CompletionQuery { invocation, param: "code".to_owned(), typed: "C1".to_owned(), origin: town.origin("a") };
        !town.app.complete(query).await.is_empty()
    };
    for _ in 0..40 {
        assert!(typing().await);
    }
    assert!(!typing().await, "nothing more is suggested");
    assert_eq!(town.asks("a", help()).await.0, Handled::Done, "what is asked is answered");
    town.passes(10);
    assert!(typing().await);
}
