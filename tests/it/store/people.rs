//! People: met, named, found again; accounts and spaces that are linked.

use super::homes::{everywhere, where_it_lasts};
use super::school::{at, does, founded, meet, meet_on, network, published, writing};
use vigie::domain::display::{Display, Pictures, Theme};
use vigie::store::{
    Account, Adding, Joining, LinkedAccount, LinkedSpace, MOST_SHOWN, Met, NetworkSpace, Store, Trainer, Unlinking,
};
use vigie_chat::{ConnectorName, Person, PersonId, RoleId, RoomId, Space, SpaceId};

async fn name(store: &Store, met: vigie::store::Met) -> Option<String> {
    store.of(met.tenant).person(met.person).await.expect("read").expect("known").name
}

pub(super) async fn link(store: &Store, network: &str, account: &str, hash: &str) -> LinkedAccount {
    let (connector, account) = (ConnectorName::new(network), PersonId::new(account));
    store.link_account(&connector, &account, hash, at(14)).await.expect("the store answers")
}

async fn link_space(store: &Store, network: &str, space: &str, hash: &str) -> LinkedSpace {
    let (connector, space) = (ConnectorName::new(network), SpaceId::new(space));
    store.link_space(NetworkSpace { connector: &connector, space: &space }, hash, at(14)).await.expect("it answers")
}

#[test]
fn everybody_has_one_number_in_each_space() {
    everywhere(async |store: Store| {
        let alice = meet(&store, "a", "alice").await;
        assert_eq!(meet(&store, "a", "alice").await, alice);
        let bob = meet(&store, "a", "bob").await;
        assert_eq!(bob.tenant, alice.tenant);
        assert_ne!(bob.person, alice.person);
        let elsewhere = meet(&store, "b", "alice").await;
        assert_ne!(elsewhere.tenant, alice.tenant);
        let other = meet_on(&store, "other", "a", "alice").await;
        assert!(![alice.tenant, elsewhere.tenant].contains(&other.tenant));
        let accounts = store.of(alice.tenant).accounts_of(alice.person).await.expect("read");
        assert_eq!(accounts, [Account { connector: network(), id: PersonId::new("alice") }]);
        let found = store.of(alice.tenant).person_of(&network(), &PersonId::new("bob")).await.expect("read");
        assert_eq!(found, Some(bob.person));
    });
}

#[test]
fn of_many_who_come_at_once_each_is_met_once() {
    where_it_lasts(async |home| {
        let first = home.open().await;
        // A second process where there may be one.
        let second = if home.is_postgres() { home.open().await } else { first.clone() };
        let tasks: Vec<_> = (0..40)
            .map(|rank| {
                let store = if rank % 2 == 0 { first.clone() } else { second.clone() };
                // Four spaces, of two people each.
                let (space, who) = (format!("s{}", rank % 4), format!("p{}", rank % 8));
                tokio::spawn(async move { (space.clone(), who.clone(), meet(&store, &space, &who).await) })
            })
            .collect();
        let mut met = std::collections::BTreeMap::new();
        for task in tasks {
            let (space, who, found) = task.await.expect("no panic");
            assert_eq!(*met.entry((space, who)).or_insert(found), found);
        }
        let tenants: std::collections::BTreeSet<_> = met.values().map(|found| found.tenant).collect();
        assert_eq!((met.len(), tenants.len()), (8, 4));
        assert_eq!(home.count("select count(*) from tenants where id > 0").await, 4);
        assert_eq!(home.count("select count(*) from people").await, 8);
        second.close().await;
        first.close().await;
    });
}

#[test]
fn a_name_is_at_most_an_hour_old() {
    everywhere(async |store: Store| {
        let (connector, space) = (network(), SpaceId::new("a"));
        let place = NetworkSpace { connector: &connector, space: &space };
        let called =
            async |name: &str, minute| store.meet(place, &Person::new("alice", name), at(minute)).await.expect("met");
        let alice = called("Alice", 0).await;
        called("Alice B.", 59).await;
        assert_eq!(name(&store, alice).await.as_deref(), Some("Alice"));
        called("Alice B.", 60).await;
        assert_eq!(name(&store, alice).await.as_deref(), Some("Alice B."));
        called("Alice C.", 119).await;
        assert_eq!(name(&store, alice).await.as_deref(), Some("Alice B."));
        called(&"é".repeat(5_000), 120).await;
        assert_eq!(name(&store, alice).await, Some("é".repeat(100)));
        does!(&store, alice, set_zone(Some("Indian/Reunion")));
        let known = store.of(alice.tenant).person(alice.person).await.expect("read").expect("known");
        assert_eq!(known.zone.as_deref(), Some("Indian/Reunion"));
    });
}

#[test]
fn what_somebody_chose_to_see_stays_until_they_choose_again() {
    everywhere(async |store: Store| {
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        let seen = async |met: Met| {
            let known = store.of(met.tenant).person(met.person).await.expect("read").expect("known");
            known.display
        };
        assert_eq!(seen(alice).await, Display::default());
        let words = Display { pictures: Some(Pictures::Without), theme: None };
        does!(&store, alice, set_display(words));
        assert_eq!(seen(alice).await, words);
        does!(&store, alice, set_display(Display { pictures: None, theme: Some(Theme::Dark) }));
        assert_eq!(seen(alice).await, Display { pictures: Some(Pictures::Without), theme: Some(Theme::Dark) });
        does!(&store, alice, set_display(Display { pictures: Some(Pictures::With), theme: None }));
        assert_eq!(seen(alice).await, Display { pictures: Some(Pictures::With), theme: Some(Theme::Dark) });
        assert_eq!(seen(bob).await, Display::default());
    });
}

#[test]
fn of_two_accounts_the_one_that_stays_is_shown_as_it_was() {
    everywhere(async |store: Store| {
        let (alice, second) = two_faces(&store).await;
        does!(&store, alice, set_display(Display { pictures: None, theme: Some(Theme::Light) }));
        does!(&store, second, set_display(Display { pictures: Some(Pictures::Without), theme: Some(Theme::Dark) }));
        let linked = link(&store, "matrix", "@alice", "h").await;
        assert_eq!(linked, LinkedAccount::Linked { tenant: alice.tenant, person: alice.person });
        let known = store.of(alice.tenant).person(alice.person).await.expect("read").expect("known");
        assert_eq!(known.display, Display { pictures: Some(Pictures::Without), theme: Some(Theme::Light) });
    });
}

#[test]
fn names_are_completed_within_the_space() {
    everywhere(async |store: Store| {
        for who in ["Éloïse", "Gabrielle", "eleonore", "50% sûr", "a_b", "axb"] {
            meet(&store, "a", who).await;
        }
        meet(&store, "b", "Élodie").await;
        let tenant = meet(&store, "a", "Éloïse").await.tenant;
        let like = async |typed: &str| {
            let found = store.of(tenant).people_like(typed).await.expect("read");
            found.into_iter().filter_map(|known| known.name).collect::<Vec<_>>()
        };
        assert_eq!(like("EL").await, ["Éloïse", "eleonore", "Gabrielle"], "those that begin with it first");
        assert_eq!(like("élod").await, Vec::<String>::new());
        assert_eq!(like("%").await, ["50% sûr"]);
        assert_eq!(like("a-b").await, ["a_b"]);
        assert_eq!(like("\\").await, Vec::<String>::new());
        assert_eq!(like("").await.len(), 6);
        for rank in 0..30 {
            meet(&store, "a", &format!("zoé {rank}")).await;
        }
        assert_eq!(like("zoe").await.len(), MOST_SHOWN);
    });
}

#[test]
fn a_direct_room_tells_where_somebody_is_known() {
    everywhere(async |store: Store| {
        let (connector, alice) = (network(), Person::new("alice", "alice"));
        for (space, minute) in [("a", 0), ("b", 5), ("c", 3), ("left", 9), ("joined", 9)] {
            let named = Space { id: SpaceId::new(space), name: format!("École {space}") };
            store.joined(&connector, &named, at(minute)).await.expect("noted");
            let place = NetworkSpace { connector: &connector, space: &named.id };
            store.meet(place, &alice, at(minute)).await.expect("met");
        }
        store.left(&connector, &SpaceId::new("left"), at(10)).await.expect("noted");
        store.place_room(&connector, &RoomId::new("joined"), &SpaceId::new("a")).await.expect("placed");
        let met = store.meet_direct(&connector, &alice.id).await.expect("read");
        let names: Vec<_> = met.iter().filter_map(|met| met.name.as_deref()).collect();
        assert_eq!(names, ["École b", "École c", "École a"]);
        assert_eq!(met[0].person, meet(&store, "b", "alice").await.person);
        let nobody = store.meet_direct(&ConnectorName::new("other"), &alice.id).await.expect("read");
        assert_eq!(nobody, []);
    });
}

#[test]
fn whoever_is_only_named_in_a_space_is_not_drawn_there() {
    everywhere(async |store: Store| {
        let here = meet(&store, "a", "alice").await;
        meet(&store, "b", "bob").await;
        let (connector, space, alice) = (network(), SpaceId::new("b"), Person::new("alice", "alice"));
        let place = NetworkSpace { connector: &connector, space: &space };
        let named = store.meet_named(place, &alice, at(30)).await.expect("met");
        assert_ne!(named.tenant, here.tenant);
        assert_eq!(store.meet_named(place, &alice, at(90)).await.expect("met"), named);
        let first = async || store.meet_direct(&connector, &alice.id).await.expect("read")[0].tenant;
        assert_eq!(first().await, here.tenant);
        // Once she speaks there, it is where she was last.
        assert_eq!(store.meet(place, &alice, at(90)).await.expect("met"), named);
        assert_eq!(first().await, named.tenant);
    });
}

#[test]
fn a_second_account_becomes_the_persons() {
    everywhere(async |store: Store| {
        let alice = meet(&store, "a", "alice").await;
        let bob = meet(&store, "a", "bob").await;
        let other = meet(&store, "z", "zoe").await;
        does!(&store, alice, offer_account_link("h", at(15)));
        assert_eq!(link(&store, "matrix", "@alice", "wrong").await, LinkedAccount::Unknown);
        assert_eq!(link(&store, "test", "alice", "h").await, LinkedAccount::Known);
        assert_eq!(link(&store, "test", "bob", "h").await, LinkedAccount::SameNetwork);
        assert_eq!(link(&store, "test", "never met", "h").await, LinkedAccount::SameNetwork);
        let late = store.link_account(&ConnectorName::new("matrix"), &PersonId::new("@alice"), "h", at(15)).await;
        assert_eq!(late.expect("it answers"), LinkedAccount::Unknown);
        let linked = LinkedAccount::Linked { tenant: alice.tenant, person: alice.person };
        assert_eq!(link(&store, "matrix", "@alice", "h").await, linked);
        assert_eq!(link(&store, "matrix", "@mallory", "h").await, LinkedAccount::Unknown, "once");
        let scope = store.of(alice.tenant);
        assert_eq!(scope.accounts_of(alice.person).await.expect("read").len(), 2);
        assert_eq!(scope.accounts_of(bob.person).await.expect("read").len(), 1);
        let nothing = store.of(other.tenant).person_of(&ConnectorName::new("matrix"), &PersonId::new("@alice")).await;
        assert_eq!(nothing.expect("read"), None);
        let (matrix, account) = (ConnectorName::new("matrix"), PersonId::new("@alice"));
        assert_eq!(does!(&store, bob, unlink(&matrix, &account)), Unlinking::NotTheirs);
        assert_eq!(does!(&store, alice, unlink(&matrix, &account)), Unlinking::Unlinked);
        assert_eq!(does!(&store, alice, unlink(&network(), &PersonId::new("alice"))), Unlinking::Last);
        assert_eq!(scope.person_of(&matrix, &account).await.expect("read"), None);
    });
}

/// A tenant of two networks, and one person met on each.
pub(super) async fn two_faces(store: &Store) -> (vigie::store::Met, vigie::store::Met) {
    let alice = meet(store, "a", "alice").await;
    does!(store, alice, offer_space_link("space", at(15)));
    let linked = LinkedSpace::Linked { tenant: alice.tenant, person: alice.person };
    assert_eq!(link_space(store, "matrix", "!room", "space").await, linked);
    let second = meet_on(store, "matrix", "!room", "@alice").await;
    assert_eq!(second.tenant, alice.tenant);
    assert_ne!(second.person, alice.person);
    does!(store, alice, offer_account_link("h", at(15)));
    (alice, second)
}

#[test]
fn whoever_sits_twice_for_one_brief_leaves_first() {
    everywhere(async |store: Store| {
        let (alice, second) = two_faces(&store).await;
        let brief = published(&store, alice).await;
        founded(&store, alice, brief, "Un").await;
        let two = founded(&store, second, brief, "Deux").await;
        assert_eq!(link(&store, "matrix", "@alice", "h").await, LinkedAccount::BothSeated { brief: 1 });
        does!(&store, second, leave(two, second.person));
        let linked = link(&store, "matrix", "@alice", "h").await;
        assert_eq!(linked, LinkedAccount::Linked { tenant: alice.tenant, person: alice.person });
        let history = store.of(alice.tenant).history(two).await.expect("read");
        assert_eq!(history.iter().map(|seat| seat.person).collect::<Vec<_>>(), [alice.person]);
        assert_eq!(meet_on(&store, "matrix", "!room", "@alice").await, alice);
        assert_eq!(store.of(alice.tenant).person(second.person).await.expect("read"), None);
    });
}

/// Numbers that hold no person in the tables in which other numbers of that name do, or the keys of rows.
pub(super) const APART: [&str; 5] = ["tenant_id", "id", "starts_at", "team_id", "version"];

/// Columns that hold no person, by name. Any other number in a table of tenants is taken for one: a new column that names
/// somebody has to be merged, and one that doesn't has to be named here. `level_id` and `subject_id` name somebody now and
/// then: the tests of wishes and of the ledger see to them.
pub(super) const NOBODY: &[&str] = &[
    "about",
    "acknowledged",
    "again_at",
    "asked_at",
    "at",
    "failures",
    "brief_id",
    "changed_at",
    "closed_at",
    "cohort_id",
    "deadline_at",
    "defence_id",
    "deleted_at",
    "deliverable",
    "deliverable_id",
    "deliverables",
    "dissolved_at",
    "done_at",
    "due_at",
    "ended_at",
    "expires_at",
    "gone_at",
    "handed_in_at",
    "joined_at",
    "judged_at",
    "lease_until",
    "left_at",
    "level_id",
    "logged_at",
    "look_at",
    "made_at",
    "met_at",
    "milestone",
    "milestone_id",
    "milestones",
    "minutes",
    "needs_id",
    "number",
    "published_at",
    "rank",
    "reminder_id",
    "required",
    "revision",
    "seen_at",
    "since_at",
    "size",
    "stage",
    "step_at",
    "steps",
    "subject_id",
    "tried_at",
    "try_at",
    "urgent_at",
    "versions",
];

#[test]
fn whatever_names_one_names_the_other_once_they_are_linked() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let (alice, second) = two_faces(&store).await;
        let columns = home.columns().await;
        let mut named = Vec::new();
        for (table, columns) in &columns {
            if !columns.iter().any(|(name, _)| name == "tenant_id")
                || ["people", "tenant_spaces"].contains(&table.as_str())
            {
                continue;
            }
            // One row for each column that names somebody, in which it names the second.
            let people: Vec<&str> = columns
                .iter()
                .filter(|(name, kind)| {
                    kind == "bigint" && !NOBODY.contains(&name.as_str()) && !APART.contains(&name.as_str())
                })
                .map(|(name, _)| name.as_str())
                .collect();
            if table == "accounts" {
                // It is there already.
                named.push((table.clone(), "person_id".to_owned()));
                continue;
            }
            for (rank, person) in people.iter().enumerate() {
                let value = |(name, kind): &(String, String)| match (name.as_str(), kind.as_str()) {
                    ("tenant_id", _) => alice.tenant.0.to_string(),
                    (name, _) if name == *person => second.person.0.to_string(),
                    (_, "bigint") => (9_000 + rank).to_string(),
                    // Whoever has left sits nowhere; the code is another's than the one said.
                    _ => format!("'x{rank}'"),
                };
                let values: Vec<String> = columns.iter().map(value).collect();
                home.run(format!("insert into {table} values ({})", values.join(", "))).await;
                named.push((table.clone(), (*person).to_owned()));
            }
        }
        assert!(named.len() >= 13, "{named:?}");
        home.run(format!("insert into trainers values ({}, 'person', '', '{}', '')", alice.tenant.0, second.person.0))
            .await;
        let linked = link(&store, "matrix", "@alice", "h").await;
        assert_eq!(linked, LinkedAccount::Linked { tenant: alice.tenant, person: alice.person });
        for (table, column) in named {
            let still = format!("select count(*) from {table} where {column} = {}", second.person.0);
            assert_eq!(home.number(still).await, 0, "{table}.{column} was forgotten");
            let now = format!("select count(*) from {table} where {column} = {}", alice.person.0);
            // Codes of somebody who is gone are of no use to anybody.
            assert!(table == "linking_codes" || home.number(now).await > 0, "{table}.{column} was lost");
        }
        assert_eq!(store.of(alice.tenant).trainers().await.expect("read").len(), 1);
        assert!(store.of(alice.tenant).is_trainer(alice.person, &network(), [].into_iter()).await.expect("read"));
        store.close().await;
    });
}

#[test]
fn a_space_joins_a_tenant_if_it_holds_nothing() {
    everywhere(async |store: Store| {
        let alice = meet(&store, "a", "alice").await;
        let busy = meet_on(&store, "matrix", "!busy", "@bob").await;
        let idle = meet_on(&store, "matrix", "!idle", "@bob").await;
        published(&store, busy).await;
        does!(&store, alice, offer_space_link("h", at(15)));
        assert_eq!(link_space(&store, "matrix", "!idle", "wrong").await, LinkedSpace::Unknown);
        assert_eq!(link_space(&store, "test", "a", "h").await, LinkedSpace::Known);
        assert_eq!(link_space(&store, "matrix", "!busy", "h").await, LinkedSpace::Holds);
        // A code for accounts isn't one for spaces, nor the other way round.
        assert_eq!(link(&store, "matrix", "@bob", "h").await, LinkedAccount::Unknown);
        let linked = LinkedSpace::Linked { tenant: alice.tenant, person: alice.person };
        assert_eq!(link_space(&store, "matrix", "!idle", "h").await, linked);
        assert_eq!(link_space(&store, "matrix", "!new", "h").await, LinkedSpace::Unknown, "once");
        let bob = meet_on(&store, "matrix", "!idle", "@bob").await;
        assert_eq!(bob.tenant, alice.tenant);
        assert_eq!(store.of(idle.tenant).person(idle.person).await.expect("read"), None, "nothing of it is left");
        assert_eq!(meet_on(&store, "matrix", "!busy", "@bob").await, busy);
        does!(&store, alice, offer_space_link("h", at(15)));
        assert_eq!(link_space(&store, "matrix", "!new", "h").await, linked, "a space in which nobody spoke yet");
    });
}

#[test]
fn codes_of_linking_are_forgotten() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let alice = meet(&store, "a", "alice").await;
        does!(&store, alice, offer_account_link("one", at(15)));
        does!(&store, alice, offer_account_link("two", at(15)));
        does!(&store, alice, offer_space_link("three", at(15)));
        assert_eq!(home.count("select count(*) from linking_codes").await, 2, "the former one was replaced");
        store.forget_codes(at(14)).await.expect("done");
        assert_eq!(home.count("select count(*) from linking_codes").await, 2);
        store.forget_codes(at(15)).await.expect("done");
        assert_eq!(home.count("select count(*) from linking_codes").await, 0);
        store.close().await;
    });
}

#[test]
fn trainers_are_roles_and_people() {
    everywhere(async |store: Store| {
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        let stranger = meet(&store, "z", "zoe").await;
        let role =
            |label: &str| Trainer::Role { connector: network(), role: RoleId::new("42"), label: label.to_owned() };
        let person = |met: vigie::store::Met, name: Option<&str>| Trainer::Person {
            person: met.person,
            name: name.map(str::to_owned),
        };
        assert_eq!(does!(&store, alice, add_trainer(&role("Profs"))), Adding::Added);
        assert_eq!(does!(&store, alice, add_trainer(&role("Formateurs"))), Adding::Known);
        assert_eq!(does!(&store, alice, add_trainer(&person(bob, None))), Adding::Added);
        let nobody = Trainer::Person { person: vigie::domain::person::PersonKey(9_999), name: None };
        assert_eq!(does!(&store, alice, add_trainer(&nobody)), Adding::NotThere);
        let scope = store.of(alice.tenant);
        assert_eq!(scope.trainers().await.expect("read"), [role("Formateurs"), person(bob, Some("bob"))]);
        let is = async |person, network: &str, roles: &[&str]| {
            let roles: Vec<RoleId> = roles.iter().map(|role| RoleId::new(*role)).collect();
            scope.is_trainer(person, &ConnectorName::new(network), roles.iter()).await.expect("read")
        };
        assert!(is(bob.person, "test", &[]).await);
        assert!(is(alice.person, "test", &["7", "42"]).await);
        assert!(!is(alice.person, "test", &["7"]).await);
        assert!(!is(alice.person, "other", &["42"]).await, "a role of another network");
        let there = store.of(stranger.tenant).is_trainer(bob.person, &network(), [RoleId::new("42")].iter()).await;
        assert!(!there.expect("read"), "another space");
        assert!(does!(&store, alice, remove_trainer(&role("Formateurs"))));
        assert!(!does!(&store, alice, remove_trainer(&role("Formateurs"))));
        assert!(does!(&store, alice, remove_trainer(&person(bob, None))));
        assert_eq!(scope.trainers().await.expect("read"), []);
    });
}

#[test]
fn a_room_that_goes_on_keeps_its_tenant() {
    everywhere(async |store: Store| {
        let alice = meet(&store, "!old", "alice").await;
        let brief = published(&store, alice).await;
        let team = founded(&store, alice, brief, "Un").await;
        let rename = async |from: &str, to: &str| {
            store.move_room(&network(), &RoomId::new(from), &RoomId::new(to)).await.expect("moved");
        };
        does!(&store, alice, set_room(team, Some(&(network(), RoomId::new("team")))));
        rename("team", "team 2").await;
        rename("annonces", "annonces 2").await;
        rename("!old", "!new").await;
        rename("!old", "!new").await;
        assert_eq!(meet(&store, "!new", "alice").await, alice);
        let scope = store.of(alice.tenant);
        assert_eq!(
            scope.brief(brief).await.expect("read").and_then(|brief| brief.room).map(|room| room.1),
            Some(RoomId::new("annonces 2"))
        );
        assert_eq!(
            scope.team(team).await.expect("read").and_then(|team| team.room).map(|room| room.1),
            Some(RoomId::new("team 2"))
        );
        assert_ne!(meet(&store, "!old", "alice").await.tenant, alice.tenant);
        // Somebody spoke in the new room before it was known to go on.
        let early = meet(&store, "!newest", "bob").await;
        rename("!new", "!newest").await;
        assert_eq!(meet(&store, "!newest", "alice").await, alice);
        assert_eq!(store.of(early.tenant).person(early.person).await.expect("read"), None);
        // Both have briefs.
        let other = meet(&store, "!other", "zoe").await;
        published(&store, other).await;
        rename("!newest", "!other").await;
        assert_eq!(meet(&store, "!other", "zoe").await, other);
        assert_eq!(meet(&store, "!newest", "alice").await, alice);
    });
}

#[test]
fn a_room_that_joins_a_space_is_met_there() {
    everywhere(async |store: Store| {
        let alice = meet(&store, "a", "alice").await;
        let own = meet(&store, "b", "alice").await;
        let (connector, space) = (network(), SpaceId::new("a"));
        let to = NetworkSpace { connector: &connector, space: &space };
        store.offer(to, &RoomId::new("a"), "h", at(15)).await.expect("written");
        let joined = store.join(&connector, &RoomId::new("b"), "h", at(1)).await.expect("it answers");
        assert!(matches!(joined, Joining::Joined { .. }));
        let known = store.meet_direct(&connector, &PersonId::new("alice")).await.expect("read");
        assert_eq!(known.iter().map(|met| met.tenant).collect::<Vec<_>>(), [alice.tenant]);
        store.release(&connector, &RoomId::new("b")).await.expect("released");
        assert_eq!(meet(&store, "b", "alice").await, own, "what it had is there again");
    });
}

#[test]
fn what_is_dropped_before_its_end_changes_nothing() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let alice = meet(&store, "a", "alice").await;
        let before = home.everything().await;
        {
            let mut write = writing(&store, alice).await;
            write.set_zone(Some("Europe/Paris")).await.expect("written");
            write.offer_account_link("h", at(15)).await.expect("written");
        }
        assert_eq!(home.everything().await, before);
        store.close().await;
    });
}
