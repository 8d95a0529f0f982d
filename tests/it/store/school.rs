//! A school for the tests of people, briefs and teams.

use jiff::{SignedDuration, Timestamp};
use vigie::domain::key::{BriefKey, TeamKey, TenantKey};
use vigie::domain::person::PersonKey;
use vigie::store::{
    Acting, Begun, Drafting, Entry, Founding, Met, NetworkSpace, Publishing, Seating, Store, Text, Write,
};
use vigie_chat::{ConnectorName, Person, RoomId, SpaceId};

pub(super) fn at(minutes: i64) -> Timestamp {
    let start: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_mins(minutes)
}

pub(super) fn network() -> ConnectorName {
    ConnectorName::new("test")
}

/// Somebody speaks in a space of the network `test`.
pub(super) async fn meet(store: &Store, space: &str, who: &str) -> Met {
    meet_on(store, "test", space, who).await
}

/// Somebody speaks in a space of a network.
pub(super) async fn meet_on(store: &Store, network: &str, space: &str, who: &str) -> Met {
    let (connector, space) = (ConnectorName::new(network), SpaceId::new(space));
    let place = NetworkSpace { connector: &connector, space: &space };
    store.meet(place, &Person::new(who, who), at(0)).await.expect("met")
}

/// A transaction of somebody's.
pub(super) async fn writing(store: &Store, met: Met) -> Write<'_> {
    let acting = Acting { tenant: met.tenant, person: met.person, now: at(1), cause: None };
    match store.write(&acting).await.expect("begun") {
        Begun::New(write) => write,
        Begun::Repeated => unreachable!("it has no cause"),
    }
}

/// Does one thing in a transaction of its own.
macro_rules! does {
    ($store:expr, $met:expr, $name:ident($($argument:expr),*)) => {{
        let mut write = crate::store::school::writing($store, $met).await;
        let outcome = write.$name($($argument),*).await.expect("the store answers");
        write.commit().await.expect("committed");
        outcome
    }};
}
pub(super) use does;

pub(super) fn text<'a>(title: &'a str, content: &'a str) -> Text<'a> {
    Text { content, title, deadline_at: Some(at(10_000)), cohort: None }
}

/// A brief that somebody publishes.
pub(super) async fn published(store: &Store, by: Met) -> BriefKey {
    let Drafting::Drafted(brief) = does!(store, by, draft(text("MSPR", "{}"))) else { panic!("too many drafts") };
    let publishing = does!(store, by, publish(brief, 1, &network(), &RoomId::new("annonces")));
    assert!(matches!(publishing, Publishing::Published { .. }), "{publishing:?}");
    brief
}

/// A team that somebody founds, open to all.
pub(super) async fn founded(store: &Store, by: Met, brief: BriefKey, name: &str) -> TeamKey {
    match does!(store, by, found_team(brief, by.person, name, Entry::Open)) {
        Founding::Founded { team, .. } => team,
        other => panic!("{name}: {other:?}"),
    }
}

/// Somebody joins a team of four.
pub(super) async fn joins(store: &Store, who: Met, team: TeamKey) -> Seating {
    does!(store, who, join(team, 4))
}

/// Who is in a team, the captain first.
pub(super) async fn members(store: &Store, tenant: TenantKey, team: TeamKey) -> Vec<PersonKey> {
    let team = store.of(tenant).team(team).await.expect("read").expect("it is there");
    let captains = team.members.iter().filter(|member| member.rank == vigie::store::Rank::Captain).count();
    assert_eq!(captains, usize::from(!team.members.is_empty()), "one captain: {team:?}");
    let mut members = team.members;
    members.sort_by_key(|member| member.rank != vigie::store::Rank::Captain);
    members.into_iter().map(|member| member.person).collect()
}
