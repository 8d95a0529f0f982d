//! Hand-ins, grid and follow-up in conversation: scripts of `handins/`, over a school that is put into the store beforehand.
//!
//! `UPDATE_EXPECT=1 cargo test` rewrites the snapshots.

use crate::conversation::{play_over, within};
use async_trait::async_trait;
use expect_test::expect_file;
use jiff::Timestamp;
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use vigie::app::{Vigie, shelf::Shelf};
use vigie::config::Settings;
use vigie::domain::brief::{Assessed, Brief, How, ReferentielChoice};
use vigie::domain::duration::Minutes;
use vigie::domain::handin::{FileName, Fingerprint, Size};
use vigie::domain::key::{BriefKey, TeamKey, TenantKey};
use vigie::domain::person::PersonKey;
use vigie::store::{
    Acting, Addition, Begun, Closing, DeliverableDraft, Drafting, Entry, Founding, HandedIn, HandingIn, HoursEntry,
    Leaving, Logging, MilestoneDraft, NetworkSpace, Publishing, Seating, Store, Text, When, Write,
};
use vigie_chat::{
    App, Attachment, CompletionQuery, ConnectorName, Event, EventId, Invocation, MessageId, MessageRef, Origin, Person,
    Privacy, Reply, Role, RoleId, Room, RoomId, RoomKind, Sealed, SealedForm, SendError, SpaceId, Standing, Value,
    plain,
};
use vigie_console::Format;

fn network() -> ConnectorName {
    ConnectorName::new("console")
}

fn now() -> Timestamp {
    "2026-11-23T08:00:00Z".parse().expect("an instant")
}

/// Somebody of the class that the console plays.
async fn meet(store: &Store, name: &str) -> (TenantKey, PersonKey) {
    let (connector, space) = (network(), SpaceId::new("console"));
    let at = NetworkSpace { connector: &connector, space: &space };
    let met = store.meet(at, &Person::new(name, name), now()).await.expect("met");
    (met.tenant, met.person)
}

async fn begin(store: &Store, (tenant, person): (TenantKey, PersonKey)) -> Write<'_> {
    let acting = Acting { tenant, person, now: now(), cause: None };
    match store.write(&acting).await.expect("begun") {
        Begun::New(write) => write,
        Begun::Repeated => panic!("no event caused it"),
    }
}

fn when(wall: &str) -> When {
    let civil: jiff::civil::DateTime = wall.parse().expect("a date");
    let at = civil.in_tz("Europe/Paris").expect("a zone").timestamp();
    When { wall: civil, zone: "Europe/Paris".to_owned(), at }
}

fn deliverables() -> Vec<DeliverableDraft> {
    let asked = |title: &str, is_required, due: Option<&str>| DeliverableDraft {
        title: title.to_owned(),
        is_required,
        due: due.map(when),
    };
    vec![
        asked("Note de cadrage", true, Some("2026-11-25T18:00")),
        asked("Dossier de conception", true, Some("2026-11-27T18:00")),
        asked("Dépôt du code", true, Some("2026-11-27T18:00")),
        asked("Vidéo de **démonstration**", false, None),
    ]
}

fn competency(code: Option<&str>, wording: &str) -> Assessed {
    Assessed { code: code.map(str::to_owned), wording: wording.to_owned(), confidence: 100, how: How::ByCode }
}

/// A published brief.
async fn published(store: &Store, trainer: (TenantKey, PersonKey), content: &Brief) -> BriefKey {
    let json = serde_json::to_string(content).expect("a brief is always JSON");
    let deadline_at = Some(when("2026-11-27T18:00").at);
    let text = Text { content: &json, title: &content.title, deadline_at, cohort: None };
    let mut write = begin(store, trainer).await;
    let Drafting::Drafted(brief) = write.draft(text).await.expect("kept") else { panic!("too many drafts") };
    let published = write.publish(brief, 1, &network(), &RoomId::new("general")).await.expect("published");
    assert!(matches!(published, Publishing::Published { .. }), "{published:?}");
    write.commit().await.expect("committed");
    brief
}

/// A team with a captain and others, and what the brief asks of it.
async fn founded(store: &Store, brief: BriefKey, name: &str, people: &[(TenantKey, PersonKey)]) -> TeamKey {
    let mut write = begin(store, people[0]).await;
    let founding = write.found_team(brief, people[0].1, name, Entry::Open).await.expect("founded");
    let Founding::Founded { team, .. } = founding else { panic!("{founding:?}") };
    for (_, person) in &people[1..] {
        let seating = write.place_member(team, *person, 4).await.expect("seated");
        assert!(matches!(seating, Seating::Joined { .. }), "{seating:?}");
    }
    let added = write.add_deliverables(team, &deliverables()).await.expect("added");
    assert!(matches!(added, Addition::Added(_)), "{added:?}");
    write.commit().await.expect("committed");
    team
}

/// Two teams of one brief; the first has a room of its own, a plan, hours.
async fn school(store: &Store, content: &Brief) -> TeamKey {
    let (alice, bob) = (meet(store, "alice").await, meet(store, "bob").await);
    let (carol, trainer) = (meet(store, "carol").await, meet(store, "prof").await);
    let brief = published(store, trainer, content).await;
    let team = founded(store, brief, "Les Quatre", &[alice, bob]).await;
    founded(store, brief, "Les <b>Loups</b> @everyone", &[carol]).await;
    let mut write = begin(store, alice).await;
    assert!(write.set_room(team, Some(&(network(), RoomId::new("equipe-1")))).await.expect("set"));
    let plan = |title: &str, due: &str| MilestoneDraft {
        title: title.to_owned(),
        due: Some(when(due)),
        minutes: Minutes::new(180),
        ..MilestoneDraft::default()
    };
    let plans = [plan("Maquette", "2026-11-24T12:00"), plan("Relecture du dossier", "2026-11-26T12:00")];
    let added = write.add_milestones(team, &plans).await.expect("added");
    assert!(matches!(added, Addition::Added(_)), "{added:?}");
    let spent_on = "2026-11-23".parse().expect("a day");
    let entry = HoursEntry { minutes: Minutes::new(90).expect("a duration"), spent_on, what: None, milestone: Some(1) };
    let logged = write.log_hours(team, bob.1, &entry).await.expect("logged");
    assert!(matches!(logged, Logging::Logged(_)), "{logged:?}");
    write.commit().await.expect("committed");
    team
}

fn accessible_brief() -> Brief {
    let all = vigie_referentiels::embedded();
    let ours = all.iter().find(|r| r.slug == "data-engineer").expect("it is embedded");
    let rule = vigie::domain::coverage::accessible_rule(ours).expect("the document has the rule");
    let accessible = &rule.competencies[0];
    let other = ours.competencies().map(|(_, c)| c).find(|c| !rule.competencies.contains(c)).expect("another");
    Brief {
        title: "Entrepôt de données".to_owned(),
        referentiel: Some(ReferentielChoice::Known(ours.slug.clone())),
        competencies: vec![
            competency(Some(other.code.as_str()), &other.intitule),
            competency(Some(accessible.code.as_str()), &accessible.intitule),
        ],
        preparation_minutes: Some(1_800),
        ..Brief::default()
    }
}

fn free_brief() -> Brief {
    Brief {
        title: "Parc informatique".to_owned(),
        referentiel: Some(ReferentielChoice::Free("Manager de <parc> | niveau 7".to_owned())),
        competencies: vec![
            competency(None, "Recenser le parc et en tenir l’inventaire"),
            competency(None, "Négocier un contrat de maintenance"),
        ],
        ..Brief::default()
    }
}

/// Plays a script over the school and gives what was said. `{dossier}` in it is a folder with files to hand in.
fn played(script: &str, content: &Brief) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
    write("dossier.pdf", b"%PDF-1.7 le dossier");
    write("lance-moi.bat", b"@echo off");
    write("vide.md", b"");
    write("trop-gros.zip", &vec![7; 1_000_001]);
    let script = script.replace("{dossier}", folder.path().to_str().expect("a path in UTF-8"));
    let script = script
        .replace("{long}", &"é".repeat(1_500))
        .replace("{paste}", &"é".repeat(5_000))
        .replace("{control}", "\u{1b}[2J\u{202e}\u{200b}");
    let settings = Settings { handin_megabytes: NonZeroU16::MIN, ..Settings::default() };
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        school(&store, content).await;
        let (said, outcome) = play_over(store, &script, settings, Format::Text).await;
        // Where the console put the files that it was sent is another place each time.
        let place = regex::Regex::new(r",\s+\S*vigie-[^)]*\)").expect("the pattern is constant");
        format!("{}\n[{outcome:?}]\n", place.replace_all(&said, ")"))
    })
}

#[test]
fn scripts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/handins");
    for (name, content) in [
        ("livrables", accessible_brief()),
        ("grille", accessible_brief()),
        ("libre", free_brief()),
        ("suivi", accessible_brief()),
    ] {
        let path = folder.join(format!("{name}.txt"));
        let script = std::fs::read_to_string(&path).expect("a script");
        expect_file![path.with_extension("out")].assert_eq(&played(&script, &content));
    }
}

/// A file that its team has no room for is refused before anything is fetched.
#[test]
fn a_file_without_room_is_refused_before_it_is_fetched() {
    let full = |file_bytes: u64, left: Settings| {
        within(async move {
            let store = Store::open("sqlite::memory:").await.expect("a store in memory");
            let team = school(&store, &accessible_brief()).await;
            let alice = meet(&store, "alice").await;
            let deliverable = store.of(alice.0).deliverables_of(team).await.expect("read")[0].key;
            let (name, sha256) = (FileName::of("a.zip"), Fingerprint::of(b"a"));
            let kept = HandedIn::File { name, media_type: None, size: Size(file_bytes), sha256 };
            let mut write = begin(&store, alice).await;
            assert!(matches!(write.hand_in(deliverable, &kept).await.expect("written"), HandingIn::Kept(_)));
            write.commit().await.expect("committed");
            let app = Vigie::new(Shelf::open(None, None).expect("the embedded référentiels"), left, store);
            let heard = Arc::new(Heard::default());
            hands_in(&app, &heard).await;
            let said = heard.words.lock().expect("no panic").clone();
            (said.replace(['\u{a0}', '\u{202f}'], " "), heard.fetched.load(Ordering::Relaxed))
        })
    };
    let one = NonZeroU16::MIN;
    let team = Settings { handin_team_gigabytes: one, ..Settings::default() };
    let (said, fetched) = full(999_000_001, team.clone());
    assert!(said.contains("une équipe peut garder 1 Go de fichiers") && fetched == 0, "{said}");
    let (said, fetched) = full(1, team);
    assert!(said.contains("version 2") && fetched == 1, "{said}");
    let space = Settings { handin_space_gigabytes: one, ..Settings::default() };
    let (said, fetched) = full(999_000_001, space);
    assert!(said.contains("tout cet espace atteignent la limite de 1 Go") && fetched == 0, "{said}");
    let disk = Settings { free_megabytes: u32::MAX, ..Settings::default() };
    let (said, fetched) = full(1, disk);
    assert!(said.contains("assez de place sur le disque") && fetched == 0, "{said}");
}

/// While somebody's file is on its way, they leave the team, or the brief ends.
#[test]
fn a_file_that_comes_too_late_is_not_handed_in() {
    for (meanwhile, expected) in
        [(Meanwhile::Leaves, "réservé aux membres de l’équipe"), (Meanwhile::Closes, "est clôturé, ou cette équipe")]
    {
        within(async {
            let store = Store::open("sqlite::memory:").await.expect("a store in memory");
            let team = school(&store, &accessible_brief()).await;
            let alice = meet(&store, "alice").await;
            let app = Vigie::new(
                Shelf::open(None, None).expect("the embedded référentiels"),
                Settings::default(),
                store.clone(),
            );
            let heard = Arc::new(Heard { meanwhile: Some((meanwhile, store.clone(), team)), ..Heard::default() });
            hands_in(&app, &heard).await;
            let said = heard.words.lock().expect("no panic").replace(['\u{a0}', '\u{202f}'], " ");
            assert_eq!(heard.fetched.load(Ordering::Relaxed), 1);
            assert!(said.contains(expected), "{said}");
            let all = store.of(alice.0).deliverables_of(team).await.expect("read");
            assert!(all.iter().all(|deliverable| deliverable.latest.is_none()));
        });
    }
}

/// Alice hands a file in.
async fn hands_in(app: &Vigie, heard: &Arc<Heard>) {
    let file = Attachment { source: "f".to_owned(), name: "b.zip".to_owned(), media_type: None, size: 1_000_000 };
    let invocation =
        Invocation::new("livrable deposer").with("livrable", "L1").with("fichier", Value::Attachment(file));
    let mut origin = query("alice", "", "", Invocation::new("livrable deposer")).origin;
    origin.room.id = RoomId::new("equipe-1");
    app.handle(Event::Command { invocation, origin }, Arc::clone(heard) as Arc<dyn Reply>).await;
}

/// What happens while a file is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meanwhile {
    Leaves,
    Closes,
}

/// What was said, and whether a file was read.
#[derive(Default)]
struct Heard {
    words: Mutex<String>,
    fetched: AtomicU64,
    meanwhile: Option<(Meanwhile, Store, TeamKey)>,
}

#[async_trait]
impl Reply for Heard {
    async fn progress(&self, _privacy: Privacy) -> Result<(), SendError> {
        Ok(())
    }

    async fn send(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        self.words.lock().expect("no panic").push_str(&plain(message));
        Ok(MessageRef { room: RoomId::new("r"), id: MessageId::new("m") })
    }

    async fn update(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        self.send(message).await
    }

    async fn form(&self, _form: &SealedForm) -> Result<(), SendError> {
        Ok(())
    }

    async fn fetch(&self, _attachment: &Attachment, _max_bytes: u64) -> Result<Vec<u8>, SendError> {
        self.fetched.fetch_add(1, Ordering::Relaxed);
        if let Some((meanwhile, store, team)) = &self.meanwhile {
            let alice = meet(store, "alice").await;
            let brief = store.of(alice.0).team(*team).await.expect("read").expect("there").brief;
            let mut write = begin(store, alice).await;
            match meanwhile {
                Meanwhile::Leaves => assert!(matches!(write.leave(*team, alice.1).await, Ok(Leaving::Left(_)))),
                Meanwhile::Closes => assert!(matches!(write.close_brief(brief).await, Ok(Closing::Closed))),
            }
            write.commit().await.expect("committed");
        }
        Ok(vec![7; 1_000])
    }
}

/// Criteria that aren't applied on request are told on the grid, in the same words to everybody who reads it.
#[test]
fn a_grid_tells_everybody_alike_of_criteria_that_are_not_applied() {
    let content = Brief {
        title: "Projet IA".to_owned(),
        referentiel: Some(ReferentielChoice::Known("projet-ia".to_owned())),
        competencies: vec![competency(Some("A4C8"), "Une compétence"), competency(Some("A4C9"), "Une autre")],
        ..Brief::default()
    };
    let said = |who: &str, command: &str| played(&format!(":moi {who}\n:salon equipe-1\n{command}\n"), &content);
    let told = "Aménagement, pour A4C8 (référentiel Projet IA)";
    for command in ["/grille voir equipe:1", "/grille voir equipe:1 competence:A4C8"] {
        let of = |who: &str| {
            let said = said(who, command);
            let from = said.find(told).unwrap_or_else(|| panic!("{who}, {command}: {said}"));
            said[from..].split("\n\n").next().map(str::to_owned)
        };
        assert_eq!(of("alice candidat"), of("prof formateur"));
    }
    assert!(!said("alice candidat", "/grille voir equipe:1 competence:A4C9").contains("Aménagement"));
}

/// Somebody types in a room.
fn query(name: &str, param: &str, typed: &str, invocation: Invocation) -> CompletionQuery {
    let origin = Origin {
        connector: network(),
        space: Some(SpaceId::new("console")),
        room: Room { id: RoomId::new("general"), kind: RoomKind::Shared },
        person: Person::new(name, name),
        standing: Standing::Member,
        roles: vec![Role {
            id: RoleId::new("role"),
            name: if name == "prof" { "formateur" } else { "candidat" }.to_owned(),
        }],
        locale: None,
        attachments: Vec::new(),
        at: now(),
        event: EventId::new("typing"),
        message: None,
    };
    CompletionQuery { invocation, param: param.to_owned(), typed: typed.to_owned(), origin }
}

#[test]
fn completion_tells_of_a_team_only_to_those_who_may() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        school(&store, &accessible_brief()).await;
        let app = Vigie::new(Shelf::open(None, None).expect("the embedded référentiels"), Settings::default(), store);
        let told = async |name, param, typed, invocation| {
            let found = app.complete(query(name, param, typed, invocation)).await;
            found.into_iter().map(|suggestion| suggestion.value).collect::<Vec<_>>()
        };
        let hand_in = || Invocation::new("livrable deposer");
        assert_eq!(told("alice", "livrable", "", hand_in()).await, ["L1", "L2", "L3", "L4"]);
        assert_eq!(told("alice", "livrable", "code", hand_in()).await, ["L3"]);
        assert_eq!(told("alice", "critere", "hygiène", Invocation::new("grille couvrir")).await, ["C1.1/4"]);
        for of_others in [("carol", "livrable deposer"), ("carol", "livrable fichier"), ("dave", "livrable fichier")] {
            let invocation = Invocation::new(of_others.1).with("equipe", "1");
            assert!(told(of_others.0, "livrable", "", invocation.clone()).await.is_empty(), "{of_others:?}");
            assert!(told(of_others.0, "critere", "", invocation).await.is_empty(), "{of_others:?}");
        }
        let judge = Invocation::new("livrable valider").with("equipe", "1");
        assert_eq!(told("prof", "livrable", "", judge.clone()).await.len(), 4);
        assert!(told("alice", "livrable", "", judge).await.is_empty(), "nobody judges their own work");
        assert!(told("prof", "livrable", "", hand_in().with("equipe", "1")).await.is_empty());
    });
}

#[test]
fn sixty_teams_are_pages_of_ten_with_those_in_need_first() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        school(&store, &accessible_brief()).await;
        let brief = store.of(meet(&store, "prof").await.0).briefs().await.expect("read")[0].key;
        for number in 3..=60 {
            let somebody = meet(&store, &format!("candidat-{number}")).await;
            founded(&store, brief, &format!("Équipe {number}"), &[somebody]).await;
        }
        let script = ":moi prof formateur\n:maintenant 2026-11-25T09:00\n/suivi\n/suivi page:6\n/suivi page:99\n";
        let (said, _) = play_over(store, script, Settings::default(), Format::Json).await;
        let pages: Vec<serde_json::Value> =
            said.lines().map(|line| serde_json::from_str(line).expect("one object a line")).collect();
        // What people are reminded of meanwhile is told between.
        let of_all =
            |page: &serde_json::Value| page["text"].as_str().is_some_and(|text| text.contains("60\u{a0}équipes"));
        let pages: Vec<_> = pages.into_iter().filter(of_all).collect();
        let text = |page: usize| pages[page]["text"].as_str().expect("text").to_owned();
        assert!(text(0).contains("60\u{a0}équipes\u{a0}: 1 en retard, 59 à risque."), "{}", text(0));
        let first = text(0).find("Équipe\u{a0}1 (Les Quatre)").expect("it is on the first page");
        let second = text(0).find("Équipe\u{a0}2 ").expect("it follows");
        assert!(first < second);
        for (page, message) in pages.iter().enumerate().take(3) {
            assert_eq!(text(page).matches("Prochaine date").count(), 10, "{page}");
            assert_eq!(message["files"].as_array().map(Vec::len), Some(if page == 0 { 2 } else { 0 }));
        }
        assert_eq!(text(1), text(2), "the last page stands for those after it");
        assert!(!text(0).contains("bob") && !text(0).contains("alice"), "nothing is about one person");
    });
}
