//! Who may do what, cell by cell: every command there is, given by everybody there is, in every way.
//!
//! Each command's own example goes through the real dispatcher, typed, pressed under a message made for somebody who may,
//! with the files that it takes, and completed. It is allowed or refused exactly as [`TABLE`] says; of what a team does,
//! completion tells nobody who may not read it.

use crate::teams::{founded, meet, now, published, writing};
use async_trait::async_trait;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use vigie::app::Vigie;
use vigie::app::shelf::Shelf;
use vigie::commands;
use vigie::config::Settings;
use vigie::domain::permission::{Deed, HATS, Hat, TABLE, may};
use vigie::store::{DeliverableDraft, Kept, MilestoneDraft, Sealing, Store};
use vigie::views::problem::{may_not, no_space};
use vigie_chat::{
    App, Attachment, CommandSpec, CompletionQuery, ConnectorName, Event, EventId, Handled, Invocation, MessageId,
    MessageRef, Need, Origin, ParamKind, Person, PersonId, Press, Privacy, Reply, Role, RoleId, Room, RoomId, RoomKind,
    Sealed, SealedForm, SendError, SpaceId, Standing, Suggestion, Token, Value, plain,
};

const PLACE: (&str, &str) = ("test", "ecole");
/// The team of whoever is a teammate, and that of others.
const TEAMS: [&str; 2] = ["Les Éclaireurs", "Les Discrets"];
/// What the other team does.
const SECRETS: [&str; 2] = ["Jalon caché", "Livrable caché"];

/// The index, built once before anybody opens it: there are many worlds.
static INDEX: OnceLock<tempfile::TempDir> = OnceLock::new();

/// One space, with a brief and two teams.
struct World {
    app: Vigie,
    store: Store,
}

/// What was said to somebody, and whether their file was read.
#[derive(Default)]
struct Heard {
    words: Mutex<String>,
    fetched: AtomicU64,
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
        Ok("# Sujet\n\nUn texte.\n".as_bytes().to_vec())
    }
}

fn file() -> Attachment {
    let name = "sujet.md".to_owned();
    Attachment { source: "f".to_owned(), name, media_type: Some("text/markdown".to_owned()), size: 20 }
}

/// Whoever wears this hat speaks.
fn origin(hat: Hat) -> Origin {
    static EVENTS: AtomicU64 = AtomicU64::new(0);
    let who = name(hat);
    let (space, room, kind) = match hat {
        Hat::Stranger => (None, "prive", RoomKind::Direct),
        _ => (Some(SpaceId::new(PLACE.1)), "cours", RoomKind::Shared),
    };
    Origin {
        connector: ConnectorName::new(PLACE.0),
        space,
        room: Room { id: RoomId::new(room), kind },
        person: Person::new(who, who),
        standing: if hat == Hat::Administrator { Standing::Administrator } else { Standing::Member },
        roles: match hat {
            Hat::Trainer => vec![Role { id: RoleId::new("7"), name: "Formateur".to_owned() }],
            _ => Vec::new(),
        },
        locale: None,
        attachments: Vec::new(),
        at: now(),
        event: EventId::new(EVENTS.fetch_add(1, Ordering::Relaxed).to_string()),
        message: None,
    }
}

fn name(hat: Hat) -> &'static str {
    match hat {
        Hat::Administrator => "admin",
        Hat::Trainer => "prof",
        Hat::Teammate => "dina",
        Hat::Member => "emil",
        Hat::Stranger => "zoe",
    }
}

/// Whether the table lets somebody of this hat: whoever has a seat in a team belongs to the space as well.
fn allowed(hat: Hat, deed: Deed) -> bool {
    may(hat, deed) || (!matches!(hat, Hat::Stranger) && may(Hat::Member, deed))
}

impl World {
    async fn open() -> Self {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let brief = published(&store, PLACE).await;
        let (dina, gael) = (meet(&store, PLACE, "dina").await, meet(&store, PLACE, "gael").await);
        let own = founded(&store, dina, brief, TEAMS[0]).await;
        let other = founded(&store, gael, brief, TEAMS[1]).await;
        for (met, team, titles) in [(dina, own, ["Jalon connu", "Livrable connu"]), (gael, other, SECRETS)] {
            let mut write = writing(&store, met).await;
            let milestone = MilestoneDraft { title: titles[0].to_owned(), ..MilestoneDraft::default() };
            write.add_milestones(team, &[milestone]).await.expect("added");
            let deliverable = DeliverableDraft { title: titles[1].to_owned(), ..DeliverableDraft::default() };
            write.add_deliverables(team, &[deliverable]).await.expect("added");
            write.commit().await.expect("committed");
        }
        let index = INDEX.get_or_init(|| {
            let folder = tempfile::tempdir().expect("a folder");
            Shelf::open(None, Some(folder.path())).expect("the embedded référentiels");
            folder
        });
        let shelf = Shelf::open(None, Some(index.path())).expect("the embedded référentiels");
        let app = Vigie::new(shelf, Settings::default(), store.clone()).with_clock(Arc::new(now));
        Self { app, store }
    }

    async fn hear(&self, event: Event) -> Heard {
        let heard = Arc::new(Heard::default());
        let handled = self.app.handle(event, Arc::clone(&heard) as Arc<dyn Reply>).await;
        let Ok(heard) = Arc::try_unwrap(heard) else { panic!("the answer is over") };
        assert!(handled != Handled::Fault, "{}", heard.words.lock().expect("no panic"));
        heard
    }

    async fn typed(&self, hat: Hat, invocation: Invocation) -> Heard {
        let attachments = files(&invocation);
        self.hear(Event::Command { invocation, origin: Origin { attachments, ..origin(hat) } }).await
    }

    /// A button under a message made for an administrator of the same space, or for the stranger where there is none.
    async fn pressed(&self, hat: Hat, invocation: Invocation) -> Heard {
        let attachments = files(&invocation);
        let origin = Origin { attachments, ..origin(hat) };
        let owner = PersonId::new("admin");
        let sealing = Sealing {
            connector: &origin.connector,
            space: origin.space.as_ref(),
            tenant: None,
            owner: &owner,
            at: now(),
        };
        let kept = Kept::Message(vec![Press::run(invocation)]);
        let id = format!("button{}", origin.event.as_str());
        self.store.keep(&id, &kept, sealing).await.expect("kept");
        self.hear(Event::Press { token: Token::new(format!("{id}-0")), origin }).await
    }

    async fn completed(&self, hat: Hat, invocation: Invocation, param: &str) -> Vec<Suggestion> {
        let (param, typed) = (param.to_owned(), String::new());
        self.app.complete(CompletionQuery { invocation, param, typed, origin: origin(hat) }).await
    }
}

fn files(invocation: &Invocation) -> Vec<Attachment> {
    let given = invocation.args.values().filter_map(|value| match value {
        Value::Attachment(file) => Some(file.clone()),
        _ => None,
    });
    given.collect()
}

/// The example, about the team of whoever is a teammate, with the files that the command takes in the place of a link.
fn ready(spec: &CommandSpec, example: &Invocation) -> Invocation {
    let mut example = example.clone();
    if spec.params.iter().any(|param| param.kind == ParamKind::Attachment) {
        example.args.remove("lien");
    }
    spec.params.iter().fold(example, |invocation, param| match (param.name.as_str(), &param.kind) {
        ("equipe", _) => invocation.with("equipe", "1"),
        (name, ParamKind::Attachment) => invocation.with(name, file()),
        _ => invocation,
    })
}

#[track_caller]
fn check((hat, deed): (Hat, Deed), how: &str, invocation: &Invocation, heard: &Heard) {
    let words = heard.words.lock().expect("no panic");
    let refusals = [may_not(deed).words(), no_space().words()];
    let refused = refusals.iter().any(|refusal| words.contains(refusal));
    let place = format!("{hat:?} {how} {} with {:?}", invocation.path, invocation.args);
    assert_eq!(!refused, allowed(hat, deed), "{place}, which is {deed:?}, was answered: {words}");
    if refused {
        assert_eq!(heard.fetched.load(Ordering::Relaxed), 0, "{place}: a file was read for nothing");
    }
}

#[tokio::test]
async fn every_command_is_let_through_or_refused_as_the_table_says() {
    let set = commands::set();
    let mut deeds = BTreeSet::new();
    // Who is refused changes nothing; what is allowed may, and is done in a world of its own.
    let world = World::open().await;
    for (path, spec) in set.runnable() {
        let deed = commands::deed(&path).expect("a command is a deed");
        deeds.insert(deed);
        for hat in HATS {
            for example in &spec.examples {
                let invocation = ready(spec, example);
                let fresh = if allowed(hat, deed) { Some((World::open().await, World::open().await)) } else { None };
                let (typed, pressed) = fresh.as_ref().map_or((&world, &world), |(one, other)| (one, other));
                let heard = typed.typed(hat, invocation.clone()).await;
                check((hat, deed), "types", &invocation, &heard);
                let heard = pressed.pressed(hat, invocation.clone()).await;
                check((hat, deed), "presses", &invocation, &heard);
            }
        }
    }
    let of_table: BTreeSet<Deed> = TABLE.iter().map(|(deed, ..)| *deed).collect();
    assert!(deeds.is_subset(&of_table), "{deeds:?}");
}

#[tokio::test]
async fn completion_never_tells_what_may_not_be_read() {
    let world = World::open().await;
    let set = commands::set();
    for (path, spec) in set.runnable() {
        let deed = commands::deed(&path).expect("a command is a deed");
        for hat in HATS {
            for param in &spec.params {
                for team in [None, Some("1"), Some("2"), Some("Les Discrets")] {
                    let named = team.filter(|_| spec.params.iter().any(|known| known.name == "equipe"));
                    let invocation = Invocation::new(path.clone()).with_some("equipe", named);
                    let told = world.completed(hat, invocation, &param.name).await;
                    let place = format!("{hat:?} completes {} of /{path} for {team:?}: {told:?}", param.name);
                    let tells = |words: &str| told.iter().any(|s| s.label.contains(words) || s.value.contains(words));
                    if !allowed(hat, deed) && (hat == Hat::Stranger || !may(Hat::Teammate, deed)) {
                        assert!(told.is_empty(), "{place}");
                    }
                    if !may(hat, Deed::ReadWork) || hat == Hat::Teammate {
                        assert!(!SECRETS.iter().any(|secret| tells(secret)), "{place}");
                        // Which teams there are is told to whoever may join one.
                        let listed = matches!(deed, Deed::FoundTeam | Deed::ReadBriefs);
                        assert!(listed || !tells(TEAMS[1]), "{place}");
                        assert!(listed || hat == Hat::Teammate || !tells(TEAMS[0]), "{place}");
                    }
                }
            }
        }
    }
}

/// What the tests above let through says something: a team's captain is suggested it, and a file is read for whoever may.
#[tokio::test]
async fn those_who_may_are_suggested_their_own() {
    let world = World::open().await;
    let told = world.completed(Hat::Teammate, Invocation::new("equipe renommer"), "equipe").await;
    assert_eq!(told.iter().map(|s| s.value.as_str()).collect::<Vec<_>>(), ["1"]);
    let told = world.completed(Hat::Trainer, Invocation::new("equipe membre"), "equipe").await;
    assert_eq!(told.len(), 2, "{told:?}");
    let required = commands::set();
    let taking: Vec<String> = required
        .runnable()
        .into_iter()
        .filter(|(_, spec)| {
            spec.params.iter().any(|param| param.kind == ParamKind::Attachment && param.need == Need::Required)
        })
        .map(|(path, _)| path.to_string())
        .collect();
    assert!(taking.is_empty(), "the examples of these can't be checked without a file: {taking:?}");
}
