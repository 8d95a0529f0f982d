//! Teams: the last seat is given once, one team a brief, one captain in each.

use super::homes::{everywhere, where_it_lasts};
use super::school::{at, does, founded, joins, meet, members, network, published};
use vigie::domain::key::TeamKey;
use vigie::domain::person::PersonKey;
use vigie::store::{
    Agreeing, Asking, Dissolving, Entry, Founding, Leaving, Met, Rank, Refusal, Remaining, Renaming, Replacing,
    Seating, Store, TeamState,
};
use vigie_chat::RoomId;

const MEMBER: Seating = Seating::Joined { rank: Rank::Member };

/// A trainer with a brief, and people.
async fn class(store: &Store, people: usize) -> (vigie::domain::key::BriefKey, Vec<Met>) {
    let trainer = meet(store, "a", "trainer").await;
    let brief = published(store, trainer).await;
    let mut class = Vec::new();
    for rank in 0..people {
        class.push(meet(store, "a", &format!("p{rank}")).await);
    }
    (brief, class)
}

#[test]
fn of_fifty_who_take_the_last_seat_one_has_it() {
    where_it_lasts(async |home| {
        let first = home.open().await;
        let second = if home.is_postgres() { home.open().await } else { first.clone() };
        let (brief, class) = class(&first, 53).await;
        let team = founded(&first, class[0], brief, "Un").await;
        for who in &class[1..3] {
            assert_eq!(joins(&first, *who, team).await, MEMBER);
        }
        let tasks: Vec<_> = class[3..]
            .iter()
            .enumerate()
            .map(|(rank, who)| {
                let (store, who) = (if rank % 2 == 0 { first.clone() } else { second.clone() }, *who);
                tokio::spawn(async move { joins(&store, who, team).await })
            })
            .collect();
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.expect("no panic"));
        }
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == MEMBER).count(), 1);
        let full = Seating::No(Refusal::Full { most: 4 });
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == full).count(), 49);
        assert_eq!(members(&first, class[0].tenant, team).await.len(), 4);
        second.close().await;
        first.close().await;
    });
}

#[test]
fn of_many_who_found_one_name_one_has_it() {
    where_it_lasts(async |home| {
        let first = home.open().await;
        let second = if home.is_postgres() { home.open().await } else { first.clone() };
        let (brief, class) = class(&first, 12).await;
        let tasks: Vec<_> = class
            .iter()
            .enumerate()
            .map(|(rank, who)| {
                let (store, who) = (if rank % 2 == 0 { first.clone() } else { second.clone() }, *who);
                tokio::spawn(async move { does!(&store, who, found_team(brief, who.person, "Été", Entry::Open)) })
            })
            .collect();
        let mut founded = 0;
        for task in tasks {
            match task.await.expect("no panic") {
                Founding::Founded { number: 1, .. } => founded += 1,
                Founding::NameTaken { number: 1 } => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(founded, 1);
        second.close().await;
        first.close().await;
    });
}

#[test]
fn one_team_for_each_brief() {
    everywhere(async |store: Store| {
        let (brief, class) = class(&store, 3).await;
        let other = published(&store, class[2]).await;
        let one = founded(&store, class[0], brief, "Équipe des as").await;
        let two = founded(&store, class[1], brief, "Deux").await;
        let in_one = Refusal::AlreadyIn { team: one, number: 1 };
        assert_eq!(joins(&store, class[0], two).await, Seating::No(in_one));
        assert_eq!(joins(&store, class[0], one).await, Seating::No(in_one));
        let again = does!(&store, class[0], found_team(brief, class[0].person, "Trois", Entry::Open));
        assert_eq!(again, Founding::No(in_one));
        let same = does!(&store, class[2], found_team(brief, class[2].person, " equipe  DES AS", Entry::Open));
        assert_eq!(same, Founding::NameTaken { number: 1 });
        let elsewhere = founded(&store, class[0], other, "Équipe des as").await;
        let teams = store.of(class[0].tenant).teams_of(class[0].person).await.expect("read");
        assert_eq!(teams.iter().map(|team| team.key).collect::<Vec<_>>(), [elsewhere, one]);
        let nowhere = does!(&store, class[2], join(TeamKey(9_999), 4));
        assert_eq!(nowhere, Seating::No(Refusal::NotThere));
        let nobody = does!(&store, class[2], place_member(one, PersonKey(9_999), 4));
        assert_eq!(nobody, Seating::No(Refusal::NoSuchPerson));
    });
}

#[test]
fn a_captain_agrees_first_where_the_team_wants_it() {
    everywhere(async |store: Store| {
        let (brief, class) = class(&store, 6).await;
        let (captain, tenant) = (class[0].person, class[0].tenant);
        let team = founded(&store, class[0], brief, "Un").await;
        assert_eq!(does!(&store, class[1], ask(team, 3)), Asking::MayJoin);
        assert_eq!(does!(&store, class[0], set_entry(team, Entry::Asked)), Ok(()));
        assert_eq!(does!(&store, class[1], join(team, 3)), Seating::MustAsk { captain });
        assert_eq!(does!(&store, class[0], agree(team, class[1].person, 3)), Agreeing::NotAsked);
        assert_eq!(does!(&store, class[1], ask(team, 3)), Asking::Asked { captain });
        assert_eq!(does!(&store, class[1], ask(team, 3)), Asking::Already { captain });
        for who in &class[2..5] {
            assert_eq!(does!(&store, *who, ask(team, 3)), Asking::Asked { captain });
        }
        assert_eq!(store.of(tenant).requests(team).await.expect("read").len(), 4);
        assert!(does!(&store, class[0], decline(team, class[4].person)));
        assert!(!does!(&store, class[0], decline(team, class[4].person)));
        let joined = Agreeing::Joined { rank: Rank::Member };
        assert_eq!(does!(&store, class[0], agree(team, class[1].person, 3)), joined);
        // Who founds a team meanwhile no longer asks.
        let other = founded(&store, class[2], brief, "Deux").await;
        let in_other = Agreeing::No(Refusal::AlreadyIn { team: other, number: 2 });
        assert_eq!(does!(&store, class[0], agree(team, class[2].person, 3)), in_other);
        assert_eq!(does!(&store, class[0], agree(team, class[3].person, 3)), joined);
        assert_eq!(does!(&store, class[5], ask(team, 3)), Asking::No(Refusal::Full { most: 3 }));
        assert_eq!(store.of(tenant).requests(team).await.expect("read"), []);
        assert_eq!(members(&store, tenant, team).await, [captain, class[1].person, class[3].person]);
    });
}

#[test]
fn whoever_is_there_longest_becomes_captain() {
    everywhere(async |store: Store| {
        let (brief, class) = class(&store, 4).await;
        let [a, b, c, d] = [0, 1, 2, 3].map(|rank| class[rank].person);
        let tenant = class[0].tenant;
        let team = founded(&store, class[0], brief, "Un").await;
        joins(&store, class[1], team).await;
        joins(&store, class[2], team).await;
        let left = Leaving::Left;
        assert_eq!(does!(&store, class[0], leave(team, a)), left(Remaining::NewCaptain(b)));
        assert_eq!(does!(&store, class[0], leave(team, a)), Leaving::NotIn);
        assert_eq!(does!(&store, class[2], leave(team, c)), left(Remaining::Others));
        joins(&store, class[0], team).await;
        assert_eq!(members(&store, tenant, team).await, [b, a]);
        // A captain who is replaced hands over to whoever is there longest.
        assert_eq!(does!(&store, class[0], replace(team, b, d)), Replacing::Replaced { captain: Some(a) });
        assert_eq!(members(&store, tenant, team).await, [a, d]);
        assert_eq!(does!(&store, class[0], replace(team, d, c)), Replacing::Replaced { captain: None });
        assert_eq!(does!(&store, class[0], replace(team, d, b)), Replacing::NotIn);
        let in_one = Refusal::AlreadyIn { team, number: 1 };
        assert_eq!(does!(&store, class[0], replace(team, a, c)), Replacing::No(in_one));
        assert_eq!(does!(&store, class[0], leave(team, c)), left(Remaining::Others));
        assert_eq!(does!(&store, class[0], replace(team, a, b)), Replacing::Replaced { captain: Some(b) });
        let history = store.of(tenant).history(team).await.expect("read");
        let history: Vec<_> = history.iter().map(|seat| (seat.person, seat.left_at.is_some())).collect();
        assert_eq!(history, [(a, true), (b, true), (c, true), (a, true), (d, true), (c, true), (b, false)]);
    });
}

#[test]
fn an_empty_team_waits_with_its_work() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let (brief, class) = class(&store, 2).await;
        let (a, b) = (class[0].person, class[1].person);
        let team = founded(&store, class[0], brief, "Un").await;
        assert_eq!(does!(&store, class[0], leave(team, a)), Leaving::Left(Remaining::Dissolved), "it had none");
        assert_eq!(joins(&store, class[1], team).await, Seating::No(Refusal::Dissolved));
        let team = founded(&store, class[0], brief, "Un").await;
        assert_eq!(does!(&store, class[0], set_entry(team, Entry::Asked)), Ok(()));
        home.run(format!(
            "insert into hours (tenant_id, id, team_id, person_id, minutes, spent_on, logged_at)
             values ({}, 9999, {}, {}, 90, '2026-11-23', 0)",
            class[0].tenant.0, team.0, a.0
        ))
        .await;
        assert_eq!(does!(&store, class[0], leave(team, a)), Leaving::Left(Remaining::Nobody));
        let seen = store.of(class[0].tenant).team(team).await.expect("read").expect("there");
        assert_eq!((seen.state, seen.members.len()), (TeamState::Active, 0));
        assert_eq!(
            joins(&store, class[1], team).await,
            Seating::Joined { rank: Rank::Captain },
            "nobody is there to agree"
        );
        assert_eq!(members(&store, class[0].tenant, team).await, [b]);
        store.close().await;
    });
}

#[test]
fn names_and_rooms_change_and_teams_end() {
    everywhere(async |store: Store| {
        let (brief, class) = class(&store, 3).await;
        let scope = store.of(class[0].tenant);
        let one = founded(&store, class[0], brief, "Un").await;
        let two = founded(&store, class[1], brief, "Deux").await;
        assert_eq!(does!(&store, class[0], rename(one, "DEUX")), Renaming::NameTaken { number: 2 });
        assert_eq!(does!(&store, class[0], rename(one, "  Ùn ")), Renaming::Renamed { former: "Un".to_owned() });
        let room = (network(), RoomId::new("r"));
        assert!(does!(&store, class[0], set_room(one, Some(&room))));
        let seen = scope.team_in_room(&room.0, &room.1).await.expect("read").expect("there");
        assert_eq!((seen.key, seen.name.as_str(), seen.room), (one, "Ùn", Some(room.clone())));
        assert!(does!(&store, class[0], set_room(one, None)));
        assert_eq!(scope.team_in_room(&room.0, &room.1).await.expect("read"), None);
        let ended = does!(&store, class[1], dissolve(two));
        assert_eq!(ended, Dissolving::Dissolved { members: vec![class[1].person] });
        assert_eq!(does!(&store, class[1], dissolve(two)), Dissolving::No(Refusal::Dissolved));
        assert_eq!(does!(&store, class[1], rename(two, "x")), Renaming::No(Refusal::Dissolved));
        assert_eq!(scope.teams(brief).await.expect("read").iter().map(|team| team.key).collect::<Vec<_>>(), [one]);
        let gone = scope.team_numbered(brief, 2).await.expect("read").expect("kept");
        assert_eq!((gone.state, gone.members.len()), (TeamState::Dissolved, 0));
        // Its name is free, its number isn't.
        let again = does!(&store, class[1], found_team(brief, class[1].person, "Deux", Entry::Open));
        assert!(matches!(again, Founding::Founded { number: 3, .. }), "{again:?}");
        assert_eq!(
            does!(&store, class[0], place_member(one, class[2].person, 1)),
            Seating::No(Refusal::Full { most: 1 })
        );
        assert_eq!(does!(&store, class[0], place_member(one, class[2].person, 2)), MEMBER);
        let seat = &scope.history(one).await.expect("read")[1];
        assert_eq!((seat.name.as_deref(), seat.joined_at), (Some("p2"), at(1)));
    });
}
