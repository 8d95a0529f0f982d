//! What is kept of a person: every place that names somebody is told to them, and does what it says when they are erased.

use super::homes::{Home, everywhere, where_it_lasts};
use super::people::{APART, NOBODY};
use super::school::{at, does, founded, joins, meet, members, network, published, text, writing};
use super::work::required;
use vigie::app::housekeeping;
use vigie::domain::display::{Display, Pictures, Theme};
use vigie::domain::duration::Minutes;
use vigie::domain::handin::{FileName, Link, Size};
use vigie::store::{
    Account, Addition, Datum, DefenceSlot, Drafting, Files, HandedIn, HandingIn, Kept, Location, Met, PLACES,
    Remaining, Sealing, Seating, Section, Store, Then, Trainer, When,
};
use vigie_chat::{ConnectorName, Invocation, Person, PersonId, Press, RoomId, SpaceId};

/// Names that are found nowhere else in a file.
const NAME: &str = "Zébulon Quatrevingt";
const ACCOUNT: &str = "zebulon-4080";

fn account(id: &str) -> Account {
    Account { connector: network(), id: PersonId::new(id) }
}

fn rows<'a>(sections: &'a [Section], key: &str) -> &'a [Vec<(String, Datum)>] {
    let section = sections.iter().find(|section| section.key == key);
    section.map_or_else(|| panic!("no section {key}"), |section| section.rows.as_slice())
}

/// Columns that name a person, of every table of tenants: numbers that are nobody else's, and the one text.
async fn naming(home: &Home) -> Vec<(String, String)> {
    let mut all = vec![("people".to_owned(), "id".to_owned()), ("trainers".to_owned(), "value".to_owned())];
    for (table, columns) in home.columns().await {
        if !columns.iter().any(|(name, _)| name == "tenant_id") || table == "tenant_spaces" || table == "people" {
            continue;
        }
        let of_people = columns.iter().filter(|(name, kind)| {
            kind == "bigint" && !NOBODY.contains(&name.as_str()) && !APART.contains(&name.as_str())
        });
        all.extend(of_people.map(|(name, _)| (table.clone(), name.clone())));
    }
    all.sort();
    all
}

/// Puts a row in a table in which one column names somebody. `rank` keeps rows apart.
async fn name_in(home: &Home, (table, column): (&str, &str), met: Met, rank: usize) {
    let columns = home.columns().await;
    let value = |(name, kind): &(String, String)| match (name.as_str(), kind.as_str()) {
        ("tenant_id", _) => met.tenant.0.to_string(),
        (name, "bigint") if name == column => met.person.0.to_string(),
        (name, _) if name == column => format!("'{}'", met.person.0),
        ("kind", _) if table == "trainers" => "'person'".to_owned(),
        ("sha256", _) => "null".to_owned(),
        (_, "bigint") => (9_000 + rank).to_string(),
        _ => format!("'x{rank}'"),
    };
    let values: Vec<String> = columns[table].iter().map(value).collect();
    home.run(format!("insert into {table} values ({})", values.join(", "))).await;
}

#[test]
fn every_place_that_names_somebody_is_told_and_does_what_it_says() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        let mut listed: Vec<(String, String)> =
            PLACES.iter().map(|place| (place.table.to_owned(), place.column.to_owned())).collect();
        listed.sort();
        assert_eq!(naming(home).await, listed, "store::personal must list each place that names a person");
        for (rank, place) in PLACES.iter().enumerate() {
            for (met, rank) in [(alice, rank), (bob, rank + 100)] {
                // They have a row in these already.
                if !["people", "accounts"].contains(&place.table) {
                    name_in(home, (place.table, place.column), met, rank).await;
                }
            }
        }
        let named = async |met: Met, (table, column): (&str, &str)| {
            let who = if table == "trainers" { format!("'{}'", met.person.0) } else { met.person.0.to_string() };
            home.number(format!("select count(*) from {table} where {column} = {who}")).await
        };
        let held = store.of(alice.tenant).held_of(alice.person).await.expect("told");
        for place in PLACES {
            assert!(!rows(&held, place.told_as).is_empty(), "{}.{} isn't told", place.table, place.column);
        }
        does!(&store, alice, set_zone(Some("Indian/Reunion")));
        let chosen = Display { pictures: Some(Pictures::Without), theme: Some(Theme::Dark) };
        does!(&store, alice, set_display(chosen));
        does!(&store, alice, forget_me());
        for place in PLACES {
            let at = (place.table, place.column);
            let left = named(alice, at).await;
            match place.then {
                Then::Goes(_) => assert_eq!(left, 0, "{at:?} outlives an erasure"),
                Then::Stays(why) => assert!(left > 0, "{at:?} should stay: {why}"),
                Then::GoesWithCare => assert!(left > 0, "{at:?}"),
            }
            assert!(named(bob, at).await > 0, "{at:?} was somebody else's");
        }
        let known = store.of(alice.tenant).person(alice.person).await.expect("read").expect("the number stays");
        assert_eq!((known.name, known.zone, known.display), (None, None, Display::default()));
        // Spoken to again, they are somebody else.
        assert_ne!(meet(&store, "a", "alice").await.person, alice.person);
        store.close().await;
    });
}

#[test]
fn whoever_is_erased_leaves_as_they_would_by_themselves() {
    everywhere(async |store: Store| {
        let (prof, alice) = (meet(&store, "a", "prof").await, meet(&store, "a", "alice").await);
        let (bob, carol) = (meet(&store, "a", "bob").await, meet(&store, "a", "carol").await);
        let brief = published(&store, prof).await;
        let team = founded(&store, alice, brief, "Un").await;
        assert!(matches!(joins(&store, bob, team).await, Seating::Joined { .. }));
        let draft = vigie::store::MilestoneDraft {
            title: "Cadrage".to_owned(),
            people: [alice.person].into(),
            ..vigie::store::MilestoneDraft::default()
        };
        does!(&store, alice, add_milestones(team, &[draft]));
        let Drafting::Drafted(unwritten) = does!(&store, alice, draft(text("À moi", "{}"))) else {
            panic!("no draft")
        };
        does!(&store, alice, offer_account_link("h", at(15)));
        let by_name = Trainer::Person { person: alice.person, name: None };
        does!(&store, prof, add_trainer(&by_name));
        let forgotten = does!(&store, alice, forget_me());
        assert_eq!(forgotten.accounts, [account("alice")]);
        let [left] = forgotten.left.as_slice() else { panic!("{forgotten:?}") };
        assert_eq!((left.team, left.remaining), (team, Remaining::NewCaptain(bob.person)));
        assert_eq!(left.released.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["Cadrage"]);
        assert_eq!(members(&store, bob.tenant, team).await, [bob.person]);
        let scope = store.of(alice.tenant);
        assert_eq!(scope.draft(alice.person, unwritten).await.expect("read"), None);
        assert_eq!(scope.trainers().await.expect("read"), []);
        assert_eq!(scope.people_like("ali").await.expect("read"), []);
        assert_eq!(store.presences(&account("alice")).await.expect("read"), []);
        assert_eq!(store.presences(&account("carol")).await.expect("read").len(), 1);
        // What was written before is still there, by nobody in particular; a second time does nothing more.
        assert!(scope.history(team).await.expect("read").iter().any(|seat| seat.person == alice.person));
        does!(&store, carol, journal("test", "test:1"));
        let again = does!(&store, alice, forget_me());
        assert_eq!((again.accounts.len(), again.left.len()), (0, 0));
    });
}

/// Every file of a folder, its bytes.
fn bytes_of(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(bytes_of(&path));
        } else {
            all.push((path.display().to_string(), std::fs::read(&path).expect("a file")));
        }
    }
    all
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

/// Somebody with names and accounts that are found nowhere else, of several lengths: rows move from page to page.
fn somebody(rank: usize, hour: usize) -> Person {
    let tail = "z".repeat((rank * 37 + hour * 53) % 60);
    Person::new(format!("{ACCOUNT}-{rank}"), format!("{NAME} {rank} {tail}"))
}

#[tokio::test]
async fn the_bytes_of_the_file_hold_no_name_once_it_is_erased() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&Location::url_of(&folder.path().join("vigie.db"))).await.expect("opened");
    let (connector, space) = (network(), SpaceId::new("a"));
    let place = vigie::store::NetworkSpace { connector: &connector, space: &space };
    let prof = meet(&store, "a", "prof").await;
    let mut people = Vec::new();
    for rank in 0..400 {
        people.push(store.meet(place, &somebody(rank, 0), at(0)).await.expect("met"));
        // Names are written anew each hour, when they are met: former ones are elsewhere in the file.
        let again = somebody(rank / 2, 1);
        store.meet(place, &again, at(61 * i64::try_from(rank + 1).expect("few"))).await.expect("met");
    }
    let (brief, them) = (published(&store, prof).await, somebody(7, 0));
    let team = founded(&store, people[7], brief, "Un").await;
    // The name as it is now.
    store.meet(place, &them, at(61 * 500)).await.expect("met");
    let accepts = Press::run(Invocation::new("equipe accepter").with("personne", them.clone()));
    let typed = Press::run(Invocation::new("jalon ajouter").with("qui", them.name.as_str()));
    let own = Press::run(Invocation::new("aide"));
    for (id, owner, press) in [("own", them.id.as_str(), own), ("names", "prof", accepts), ("typed", "prof", typed)] {
        let owner = PersonId::new(owner);
        let sealing =
            Sealing { connector: &connector, space: Some(&space), tenant: None, owner: &owner, at: at(3_000) };
        store.keep(id, &Kept::Message(vec![press]), sealing).await.expect("kept");
    }
    store.note_direct_room(&connector, &them.id, &RoomId::new("direct")).await.expect("noted");
    store.scrub().await;
    assert!(bytes_of(folder.path()).iter().any(|(_, bytes)| holds(bytes, NAME)), "the search would find it");
    for met in &people {
        does!(&store, *met, forget_me());
    }
    store.scrub().await;
    let search = || {
        for (file, bytes) in bytes_of(folder.path()) {
            for words in [NAME, ACCOUNT, "quatrevingt"] {
                assert!(!holds(&bytes, words), "{words} is still in {file}");
            }
        }
    };
    search();
    assert_eq!(members(&store, prof.tenant, team).await, []);
    store.close().await;
    search();
}

/// A file of a version that didn't write over what it erased is rewritten once.
#[tokio::test]
async fn what_an_earlier_version_erased_leaves_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = Location::url_of(&folder.path().join("vigie.db"));
    Store::open(&url).await.expect("opened").close().await;
    let pool = sqlx::AnyPool::connect(&url).await.expect("a connection");
    let erased = "pragma secure_delete = off; pragma user_version = 0;
         insert into notes values ('test', 'k', 'Zébulon Quatrevingt', 0); delete from notes; pragma wal_checkpoint(truncate)";
    sqlx::raw_sql(erased).execute(&pool).await.expect("done");
    pool.close().await;
    assert!(bytes_of(folder.path()).iter().any(|(_, bytes)| holds(bytes, NAME)), "it stays where nothing rewrites it");
    Store::open(&url).await.expect("opened").close().await;
    assert!(bytes_of(folder.path()).iter().all(|(_, bytes)| !holds(bytes, NAME)));
}

#[test]
fn a_direct_room_and_buttons_stay_with_an_account_that_others_know() {
    everywhere(async |store: Store| {
        let (here, there) = (meet(&store, "a", "alice").await, meet(&store, "b", "alice").await);
        let (connector, alice) = (network(), PersonId::new("alice"));
        store.note_direct_room(&connector, &alice, &RoomId::new("direct")).await.expect("noted");
        let (a, b) = (SpaceId::new("a"), SpaceId::new("b"));
        for (id, space, owner) in [("a1", &a, &alice), ("b1", &b, &alice), ("a2", &a, &PersonId::new("bob"))] {
            let sealing = Sealing { connector: &connector, space: Some(space), tenant: None, owner, at: at(0) };
            let kept = Kept::Message(vec![Press::run(Invocation::new("aide"))]);
            store.keep(id, &kept, sealing).await.expect("kept");
        }
        let of_account = store.held_of_account(&account("alice")).await.expect("told");
        assert_eq!((rows(&of_account, "direct_rooms").len(), rows(&of_account, "buttons").len()), (1, 2));
        does!(&store, here, forget_me());
        let of_account = store.held_of_account(&account("alice")).await.expect("told");
        assert_eq!((rows(&of_account, "direct_rooms").len(), rows(&of_account, "buttons").len()), (1, 1));
        assert_eq!(rows(&store.held_of_account(&account("bob")).await.expect("told"), "buttons").len(), 1);
        does!(&store, there, forget_me());
        let of_account = store.held_of_account(&account("alice")).await.expect("told");
        assert!(of_account.iter().all(|section| section.rows.is_empty()), "{of_account:?}");
        let other = Account { connector: ConnectorName::new("other"), id: alice };
        assert_eq!(store.presences(&other).await.expect("read"), []);
    });
}

#[test]
fn a_cohort_that_ended_long_ago_is_erased_and_nobody_else() {
    everywhere(async |store: Store| {
        let days = |days: i64| at(days * 24 * 60);
        let prof = meet(&store, "a", "prof").await;
        does!(&store, prof, add_trainer(&Trainer::Person { person: prof.person, name: None }));
        let cohort = does!(&store, prof, cohort("Promo")).expect("made");
        let mut briefs = Vec::new();
        for title in ["Un", "Deux"] {
            let of_cohort = vigie::store::Text { cohort: Some(cohort), ..text(title, "{}") };
            let Drafting::Drafted(brief) = does!(&store, prof, draft(of_cohort)) else { panic!("no draft") };
            does!(&store, prof, publish(brief, 1, &network(), &RoomId::new("annonces")));
            briefs.push(brief);
        }
        let other = published(&store, prof).await;
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        founded(&store, alice, briefs[0], "Un").await;
        founded(&store, bob, other, "Trois").await;
        let name = async |met: Met| {
            let known = store.of(met.tenant).person(met.person).await.expect("read");
            known.and_then(|known| known.name)
        };
        does!(&store, prof, close_brief(briefs[0]));
        housekeeping::retire(&store, 365, days(400)).await.expect("done");
        assert!(name(alice).await.is_some(), "another brief of the cohort is still open");
        does!(&store, prof, close_brief(briefs[1]));
        housekeeping::retire(&store, 365, days(364)).await.expect("done");
        assert!(name(alice).await.is_some(), "it isn't time");
        housekeeping::retire(&store, 365, days(366)).await.expect("done");
        assert_eq!(name(alice).await, None);
        assert!(name(bob).await.is_some(), "he is in a team at work");
        assert!(name(prof).await.is_some(), "a trainer by name is needed");
        assert_eq!(store.presences(&account("alice")).await.expect("read"), []);
        // Whoever comes back is kept for as long again.
        does!(&store, prof, close_brief(other));
        let (connector, space) = (network(), SpaceId::new("a"));
        let place = vigie::store::NetworkSpace { connector: &connector, space: &space };
        store.meet(place, &Person::new("bob", "bob"), days(300)).await.expect("met");
        housekeeping::retire(&store, 365, days(600)).await.expect("done");
        assert!(name(bob).await.is_some());
        housekeeping::retire(&store, 365, days(666)).await.expect("done");
        assert_eq!(name(bob).await, None);
        drop(writing(&store, prof).await);
    });
}

/// Of what was handed in the receipt stays, of a defence its slot; the file leaves the disk.
#[test]
fn what_was_handed_in_is_erased_with_the_cohort_that_ended_long_ago() {
    everywhere(async |store: Store| {
        let days = |days: i64| at(days * 24 * 60);
        let (prof, alice) = (meet(&store, "a", "prof").await, meet(&store, "a", "alice").await);
        let (over, open) = (published(&store, prof).await, published(&store, prof).await);
        let teams = [founded(&store, alice, over, "Un").await, founded(&store, alice, open, "Deux").await];
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::new(&folder.path().join("files"), Size(1_000_000));
        let mut handed_in = Vec::new();
        for team in teams {
            let (sha256, size) = files.keep(format!("dossier {team:?}").into_bytes(), at(0)).await.expect("kept");
            let name = FileName::of("Dossier de Vannes.pdf");
            let file = HandedIn::File { name, media_type: None, size, sha256: sha256.clone() };
            let link = HandedIn::Link(Link::read("https://exemple.fr/depot-de-vannes").expect("a link"));
            for content in [file, link] {
                let Addition::Added(given) = does!(&store, alice, add_deliverables(team, &[required("Rendu", 9)]))
                else {
                    panic!("too many")
                };
                let HandingIn::Kept(handin) = does!(&store, alice, hand_in(given[0].key, &content)) else {
                    panic!("it is refused")
                };
                handed_in.push((handin.key, content));
            }
        }
        let slot = DefenceSlot {
            starts: When {
                wall: jiff::civil::date(2026, 12, 1).at(9, 0, 0, 0),
                zone: "UTC".to_owned(),
                at: at(10_000),
            },
            minutes: Minutes::new(50).expect("a length"),
            room: Some("B12".to_owned()),
            jury: Some("Deux professionnels".to_owned()),
        };
        does!(&store, prof, plan_defences(over, &[], &[(teams[0], slot)]));
        let contents = async || {
            let mut contents = Vec::new();
            for (key, _) in &handed_in {
                contents.push(store.of(alice.tenant).handin(*key).await.expect("read").expect("it is there").content);
            }
            contents
        };
        let given: Vec<HandedIn> = handed_in.iter().map(|(_, content)| content.clone()).collect();
        does!(&store, prof, close_brief(over));
        housekeeping::retire(&store, 365, days(364)).await.expect("done");
        assert_eq!(contents().await, given, "it isn't time");
        housekeeping::retire(&store, 365, days(366)).await.expect("done");
        let [_, _, file, link] = given.as_slice() else { panic!("four were handed in") };
        assert_eq!(contents().await, [HandedIn::Erased, HandedIn::Erased, file.clone(), link.clone()]);
        let slot = store.of(prof.tenant).defence_of(over, teams[0]).await.expect("read").expect("it is there").slot;
        assert_eq!((slot.jury, slot.room.as_deref()), (None, Some("B12")));
        let swept = files.sweep(&store, days(366)).await.expect("swept");
        assert_eq!(swept.files, 1, "the file of the brief that is open stays");
        assert_eq!(files.sweep(&store, days(367)).await.expect("swept").files, 0);
    });
}

/// What a school adapts for its register names everything that the database holds.
#[test]
fn the_page_on_data_names_every_table() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/donnees.md");
    let page = std::fs::read_to_string(&page).expect("the page");
    where_it_lasts(async |home| {
        home.open().await.close().await;
        for table in home.columns().await.into_keys().filter(|table| !table.starts_with("sqlite_")) {
            assert!(page.contains(&format!("`{table}`")), "docs/donnees.md says nothing of {table}");
        }
    });
}
