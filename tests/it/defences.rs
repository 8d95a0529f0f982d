//! Teams that a brief already has, told of its changes and given their slots, through the real dispatcher.

use crate::conversation::{play_over, within};
use jiff::Timestamp;
use vigie::config::Settings;
use vigie::domain::key::{BriefKey, TeamKey};
use vigie::store::{Acting, Begun, Entry, Founding, Met, NetworkSpace, Store, Write};
use vigie_chat::{ConnectorName, Person, RoomId, SpaceId};
use vigie_console::{Format, Outcome};

/// A brief that is published in `general`, and three teams: bob's has a room, the two others have none.
struct School {
    store: Store,
    prof: Met,
    brief: BriefKey,
    teams: Vec<TeamKey>,
}

const PUBLISH: &str = "\
:moi prof formateur
:fichier tests/briefs/projet-ia-fuites.md
/brief publier
:1
";

impl School {
    async fn open() -> Self {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let (said, outcome) = play_over(store.clone(), PUBLISH, Settings::default(), Format::Text).await;
        assert_eq!(outcome, Outcome::Clean, "{said}");
        let prof = meet(&store, "prof").await;
        let briefs = store.of(prof.tenant).briefs().await.expect("read");
        let [brief] = briefs.as_slice() else { panic!("one is published: {said}") };
        assert!(brief.message.is_some(), "its announcement is noted");
        let mut school = Self { prof, brief: brief.key, teams: Vec::new(), store: store.clone() };
        for (name, founder) in [("Vannes", "bob"), ("Sondes", "chloe"), ("@everyone", "driss")] {
            let founder = meet(&store, founder).await;
            let mut write = school.writing(founder).await;
            let founding = write.found_team(school.brief, founder.person, name, Entry::Open).await.expect("founded");
            let Founding::Founded { team, .. } = founding else { panic!("{founding:?}") };
            if school.teams.is_empty() {
                let room = (ConnectorName::new("console"), RoomId::new("vannes"));
                assert!(write.set_room(team, Some(&room)).await.expect("set"));
            }
            write.commit().await.expect("committed");
            school.teams.push(team);
        }
        school
    }

    async fn writing(&self, met: Met) -> Write<'_> {
        let now: Timestamp = "2026-11-23T08:30:00Z".parse().expect("an instant");
        let acting = Acting { tenant: met.tenant, person: met.person, now, cause: None };
        match self.store.write(&acting).await.expect("begun") {
            Begun::New(write) => write,
            Begun::Repeated => unreachable!("it has no cause"),
        }
    }

    async fn play(&self, script: &str) -> String {
        play_over(self.store.clone(), script, Settings::default(), Format::Text).await.0
    }

    /// When each team begins and for how long, in the order of the teams.
    async fn slots(&self) -> Vec<String> {
        let mut shown = Vec::new();
        for team in &self.teams {
            let defence = self.store.of(self.prof.tenant).defence_of(self.brief, *team).await.expect("read");
            shown.push(defence.map_or_else(String::new, |one| {
                format!("{} {}", one.slot.starts.wall.strftime("%d %H:%M"), one.slot.minutes.get())
            }));
        }
        shown
    }
}

async fn meet(store: &Store, who: &str) -> Met {
    let (connector, space) = (ConnectorName::new("console"), SpaceId::new("console"));
    let place = NetworkSpace { connector: &connector, space: &space };
    let now = "2026-11-23T08:00:00Z".parse().expect("an instant");
    store.meet(place, &Person::new(who, who), now).await.expect("met")
}

fn spaces(text: &str) -> String {
    text.replace(['\u{a0}', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_new_version_moves_what_the_teams_have_from_the_brief_and_tells_each_once() {
    within(async {
        let school = School::open().await;
        let script = "\
:moi bob candidat
:salon vannes
bonjour
:moi prof formateur
:salon general
/brief modifier champ:echeance valeur:30 novembre 2026 à 12h sujet:1
:1
";
        let said = spaces(&school.play(script).await);
        assert_eq!(
            said.matches("Le sujet 1 a changé").count(),
            2,
            "once in the team's room, once for the others: {said}"
        );
        assert!(said.contains("Pour les équipes « Sondes » et « @everyone »"), "{said}");
        assert!(said.contains("→ lundi 30 novembre 2026 à 12 h 00"), "{said}");
        assert!(said.contains("La version 2 du sujet 1 est en vigueur"), "{said}");
        for team in &school.teams {
            let deliverables = school.store.of(school.prof.tenant).deliverables_of(*team).await.expect("read");
            assert_eq!(deliverables.len(), 4, "{deliverables:?}");
            let due = deliverables.iter().filter_map(|one| one.draft.due.as_ref()).map(|due| due.wall.to_string());
            assert!(due.max().is_some_and(|last| last == "2026-11-30T12:00:00"), "{deliverables:?}");
        }
    });
}

#[test]
fn teams_defend_in_order_around_lunch_and_one_may_last_longer() {
    within(async {
        let school = School::open().await;
        let said = school
            .play(":moi prof formateur\n/soutenance planifier debut:\"3 décembre 2026 à 10h\" duree:50min pause:10min midi:12h-13h30 salle:B12 sujet:1\n")
            .await;
        assert_eq!(school.slots().await, ["03 10:00 50", "03 11:00 50", "03 13:30 50"], "{said}");
        assert!(spaces(&said).contains("3 créneaux sont posés"), "{said}");
        let said = school.play(":moi prof formateur\n/soutenance planifier equipe:1 duree:1h20\n").await;
        assert!(spaces(&said).contains("en même temps dans la même salle"), "{said}");
        assert_eq!(school.slots().await, ["03 10:00 50", "03 11:00 50", "03 13:30 50"], "nothing changed");
        let said =
            school.play(":moi prof formateur\n/soutenance planifier equipe:1 duree:1h20\n:1\n/soutenance voir\n").await;
        assert_eq!(school.slots().await, ["03 10:00 80", "03 11:30 50", "03 14:00 50"], "{said}");
        assert!(spaces(&said).contains("1 h 20"), "the trainer sees it: {said}");
    });
}

#[test]
fn nobody_but_trainers_sees_whose_slot_is_longer() {
    within(async {
        let school = School::open().await;
        let plan = "\
:moi bob candidat
:salon vannes
bonjour
:salon general
bonjour
:moi prof formateur
/soutenance planifier debut:\"3 décembre 2026 à 10h\" duree:30min salle:B12 sujet:1
/soutenance planifier equipe:2 duree:45min suite:decaler
";
        let planned = school.play(plan).await;
        assert_eq!(school.slots().await, ["03 10:00 30", "03 10:30 45", "03 11:15 30"], "{planned}");
        let own = school.play(":moi chloe candidat\n/soutenance voir\n").await;
        let own = spaces(&own);
        assert!(own.contains("10 h 30") && own.contains("30 min, prévus par le sujet"), "{own}");
        assert!(!own.contains("45") && !own.contains("11 h 15"), "{own}");
        let other = school
            .play(":moi bob candidat\n/soutenance voir equipe:2\n/soutenance planifier duree:2h equipe:1\n")
            .await;
        assert!(!other.contains("10 h 30") && !spaces(&other).contains("10 h 30"), "{other}");
        assert_eq!(school.slots().await[0], "03 10:00 30", "{other}");
        // What was said where several read: no length, and no hour of any team.
        let public: String = planned.split("\n(privé)").filter(|said| said.contains("Annonce")).collect();
        assert!(!public.is_empty() && !spaces(&public).contains("45 min"), "{public}");
        // A slot that only lasts longer is told to nobody.
        let longer = ":moi bob candidat\n:salon vannes\nbonjour\n:moi prof formateur\n:salon general\n/soutenance planifier equipe:3 duree:50min\n";
        let longer = spaces(&school.play(longer).await);
        assert!(longer.contains("50 min") && !longer.contains("Annonce"), "{longer}");
    });
}

/// The whole of it as a trainer, then a candidate, read it.
#[test]
fn what_is_read() {
    within(async {
        let school = School::open().await;
        let (hostile, long) = ("x".repeat(5_000), "x".repeat(101));
        let script = format!(
            "\
:moi bob candidat
:salon vannes
/soutenance voir
:moi prof formateur
:salon general
/soutenance voir
/soutenance planifier debut:\"3 décembre 2026 à 10h\" pause:10min midi:12h-13h salle:@everyone jury:\"**Deux** <b>pros</b>\" sujet:1
/soutenance planifier equipe:3 duree:45min debut:\"7 décembre 2026 à 14h\"
/soutenance planifier equipe:1 duree:35min
/soutenance planifier equipe:3 salle:{hostile}
/soutenance planifier equipe:3 salle:{long}
/soutenance planifier equipe:9 duree:45min
/soutenance voir
:moi bob candidat
/soutenance voir
/soutenance repetition nombre:2
/soutenance planifier debut:\"3 décembre 2026 à 10h\" duree:1h
:moi zoe candidat
/soutenance voir
"
        );
        let said = school.play(&script).await;
        expect_test::expect_file!["defences.out"].assert_eq(&said);
    });
}

#[test]
fn a_date_is_questioned_before_it_counts_and_the_others_are_told() {
    within(async {
        let school = School::open().await;
        let past = ":moi prof formateur\n/soutenance planifier debut:\"3 novembre 2026 à 10h\" duree:30min sujet:1\n";
        let said = spaces(&school.play(past).await);
        assert!(said.contains("J’ai compris : mardi 3 novembre 2026 à 10 h 00"), "{said}");
        assert_eq!(school.slots().await, ["", "", ""]);
        let said = spaces(&school.play(&format!("{past}:1\n")).await);
        assert!(said.contains("le sujet n’annonce pas de soutenance le mardi 3 novembre 2026"), "{said}");
        assert_eq!(school.slots().await, ["03 10:00 30", "03 10:30 30", "03 11:00 30"]);
        for (typed, told) in [
            ("debut:\"3 décembre 2026\" duree:30min sujet:1", "Donnez aussi l’heure"),
            ("duree:30min sujet:1", "quand commence"),
            ("debut:\"3 décembre 2026 à 9h\" duree:30min midi:midi sujet:1", "deux heures"),
            ("debut:\"3 décembre 2026 à 9h\" duree:9h sujet:1", "4 heures au plus"),
            ("debut:\"4 décembre 2026 à 16h\" duree:4h sujet:1", "tiennent avant"),
        ] {
            let said = spaces(&school.play(&format!(":moi prof formateur\n/soutenance planifier {typed}\n")).await);
            assert!(said.contains(told), "{typed}: {said}");
        }
    });
}

#[test]
fn rehearsing_draws_criteria_of_the_brief() {
    within(async {
        let school = School::open().await;
        let said = school.play(":moi bob candidat\n/soutenance repetition nombre:2\n:1\n").await;
        let criteria: Vec<&str> = said.lines().filter(|line| line.contains("Critère ")).collect();
        assert_eq!(criteria.len(), 4, "two, then two others: {said}");
        assert!(criteria.iter().all(|line| line.contains("A2C") && line.contains("pas encore couvert")), "{said}");
        assert_ne!(criteria[..2], criteria[2..], "{said}");
        let stranger = spaces(&school.play(":moi zoe candidat\n/soutenance repetition equipe:1\n").await);
        assert!(!stranger.contains("Critère"), "{stranger}");
    });
}
