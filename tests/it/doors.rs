//! Who is let in, and who isn't any more: networks that say that somebody left, or can't tell, or let nobody out of a room.

use crate::heard::Heard;
use crate::teams::{founded, meet, now, published, writing};
use async_trait::async_trait;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use vigie::app::Vigie;
use vigie::app::shelf::Shelf;
use vigie::config::Settings;
use vigie::store::{Met, Store, Trainer};
use vigie_chat::{
    App, Connector, ConnectorError, ConnectorName, Destination, Event, EventId, IdempotencyKey, Invocation, Membership,
    MessageId, MessageRef, Origin, Person, PersonId, Reply, Role, Room, RoomId, RoomKind, Sealed, SendError, Shutdown,
    SpaceId, Standing,
};

/// What a network says of whoever it is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Belongs,
    Left,
    CannotTell,
}

struct Door {
    name: &'static str,
    word: Word,
}

#[async_trait]
impl Connector for Door {
    fn name(&self) -> ConnectorName {
        ConnectorName::new(self.name)
    }

    async fn run(&self, _app: Arc<dyn App>, shutdown: Shutdown) -> Result<(), ConnectorError> {
        shutdown.await;
        Ok(())
    }

    async fn send(&self, to: &Destination, _: &Sealed, _: &IdempotencyKey) -> Result<MessageRef, SendError> {
        let room = match to {
            Destination::Room(room) => room.clone(),
            Destination::Direct(person) => RoomId::new(person.as_str()),
        };
        Ok(MessageRef { room, id: MessageId::new("m") })
    }

    async fn edit(&self, _: &MessageRef, _: &Sealed) -> Result<(), SendError> {
        Ok(())
    }

    async fn membership(&self, _: &SpaceId, _: &PersonId) -> Result<Option<Membership>, SendError> {
        match self.word {
            Word::Belongs => Ok(Some(Membership { standing: Standing::Member, roles: Vec::<Role>::new() })),
            Word::Left => Ok(None),
            Word::CannotTell => Err(SendError::Network("it can't tell".to_owned())),
        }
    }

    async fn let_in(&self, _: &RoomId, _: &[PersonId]) -> Result<Vec<PersonId>, SendError> {
        Ok(Vec::new())
    }

    async fn take_out(&self, _: &RoomId, _: &[PersonId]) -> Result<(), SendError> {
        Err(SendError::Forbidden("kick".to_owned()))
    }
}

fn over(store: Store, doors: &[(&'static str, Word)]) -> Vigie {
    let shelf = Shelf::open(None, None).expect("the embedded référentiels");
    let doors = doors.iter().map(|(name, word)| Arc::new(Door { name, word: *word }) as Arc<dyn Connector>);
    Vigie::new(shelf, Settings::default(), store).with_clock(Arc::new(now)).on(doors)
}

/// Somebody says something on the first network, in the class's room or in private.
async fn says(app: &Vigie, who: &str, kind: RoomKind, invocation: Invocation) -> String {
    static EVENTS: AtomicU64 = AtomicU64::new(0);
    let origin = Origin {
        connector: ConnectorName::new("one"),
        space: (kind == RoomKind::Shared).then(|| SpaceId::new("ecole")),
        room: Room { id: RoomId::new("cours"), kind },
        person: Person::new(who, who),
        standing: Standing::Member,
        roles: Vec::new(),
        locale: None,
        attachments: Vec::new(),
        at: now(),
        event: EventId::new(EVENTS.fetch_add(1, Ordering::Relaxed).to_string()),
        message: None,
    };
    let heard = Arc::new(Heard::default());
    app.handle(Event::Command { invocation, origin }, Arc::clone(&heard) as Arc<dyn Reply>).await;
    let said = heard.words();
    said.replace('\u{a0}', " ")
}

/// A trainer chosen by name, with an account on two networks that are one space.
async fn school() -> (Store, Met) {
    let store = Store::open("sqlite::memory:").await.expect("a store in memory");
    let place = ("one", "ecole");
    let (prof, alice) = (meet(&store, place, "prof").await, meet(&store, place, "alice").await);
    let brief = published(&store, place).await;
    founded(&store, alice, brief, "Les Éclaireurs").await;
    let mut write = writing(&store, prof).await;
    write.offer_space_link("space", now() + jiff::SignedDuration::from_mins(5)).await.expect("offered");
    write.offer_account_link("account", now() + jiff::SignedDuration::from_mins(5)).await.expect("offered");
    write.add_trainer(&Trainer::Person { person: prof.person, name: None }).await.expect("added");
    write.commit().await.expect("committed");
    let (other, space) = (ConnectorName::new("two"), SpaceId::new("!ecole"));
    let at = vigie::store::NetworkSpace { connector: &other, space: &space };
    store.link_space(at, "space", now()).await.expect("linked");
    store.link_account(&other, &PersonId::new("@prof"), "account", now()).await.expect("linked");
    (store, prof)
}

/// In a direct room nobody reads on who was put out, whichever network says so; who was chosen by name is a trainer where
/// one says that they are still there.
#[tokio::test]
async fn a_direct_room_asks_every_network_that_can_tell() {
    use Word::{Belongs, CannotTell, Left};
    for (own, other, trainer, member) in [
        (Belongs, CannotTell, true, true),
        (Left, Belongs, false, false),
        (CannotTell, Belongs, true, true),
        (CannotTell, Left, false, false),
        (CannotTell, CannotTell, false, true),
    ] {
        let (store, _) = school().await;
        let app = over(store, &[("one", own), ("two", other)]);
        let said = says(&app, "prof", RoomKind::Direct, Invocation::new("suivi")).await;
        assert_eq!(said.contains("1 équipe"), trainer, "{own:?}, {other:?}: {said}");
        let said = says(&app, "prof", RoomKind::Direct, Invocation::new("brief liste")).await;
        assert_eq!(said.contains("Supervision"), member, "{own:?}, {other:?}: {said}");
    }
}

#[tokio::test]
async fn whoever_could_not_be_taken_out_of_a_room_is_told_of() {
    let (store, prof) = school().await;
    let alice = meet(&store, ("one", "ecole"), "alice").await;
    let team = store.of(prof.tenant).teams_of(alice.person).await.expect("read")[0].key;
    let mut write = writing(&store, alice).await;
    write.set_room(team, Some(&(ConnectorName::new("one"), RoomId::new("equipe")))).await.expect("set");
    // So that the team isn't dissolved with its last member.
    write.place_member(team, prof.person, 3).await.expect("placed");
    write.commit().await.expect("committed");
    let app = over(store, &[("one", Word::Belongs)]);
    let said = says(&app, "alice", RoomKind::Shared, Invocation::new("equipe quitter")).await;
    assert!(said.contains("ne fait plus partie") && said.contains("elle peut encore le lire"), "{said}");
}
