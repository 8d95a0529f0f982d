//! One person on two networks, one space on two networks: linked by a code, and for a person unlinked again.

use crate::conversation::{play_over, vigie, within};
use crate::heard::Heard;
use expect_test::expect_file;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use vigie::config::Settings;
use vigie::store::Store;
use vigie_chat::{
    App, Connector, ConnectorName, Event, EventId, Handled, Invocation, Origin, Person, Reply, Room, RoomId, RoomKind,
    Space, SpaceId, Standing,
};
use vigie_console::{Console, Format, Options};

/// What is written, kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn words(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("no panic")).into_owned()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// An administrator of a space of Matrix asks for something; what they are told, and what is said meanwhile on the console.
async fn on_matrix(store: &Store, invocation: Invocation) -> (String, String) {
    let now: jiff::Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
    let console = Kept::default();
    let options = Options::new(Arc::new(move || now)).width(100).script(std::io::empty()).output(console.clone());
    let network = Arc::new(Console::new(options)) as Arc<dyn Connector>;
    let app = vigie(store.clone(), Settings::default()).with_clock(Arc::new(move || now)).on([network]);
    let matrix = ConnectorName::new("matrix");
    let space = Space { id: SpaceId::new("!ecole"), name: "École du soir".to_owned() };
    app.joined(&matrix, &space).await;
    let origin = Origin {
        connector: matrix,
        space: Some(space.id),
        room: Room { id: RoomId::new("!cours"), kind: RoomKind::Shared },
        person: Person::new("@bob:ecole.example", "Bob"),
        standing: Standing::Administrator,
        roles: Vec::new(),
        locale: None,
        attachments: Vec::new(),
        at: now,
        event: EventId::new(format!("{} {:?}", invocation.path, invocation.args)),
        message: None,
    };
    let heard = Arc::new(Heard::default());
    let handled = app.handle(Event::Command { invocation, origin }, Arc::clone(&heard) as Arc<dyn Reply>).await;
    let told = heard.words();
    assert_eq!(handled, Handled::Done, "{told}");
    (told, console.words())
}

/// Plays a script on the console.
async fn on_console(store: &Store, script: &str) -> String {
    play_over(store.clone(), script, Settings::default(), Format::Text).await.0
}

/// A code is given on the console, whose administrator asks for it.
async fn linked_spaces(store: &Store) -> (String, String) {
    let given = on_console(store, "/config code\n").await;
    assert!(given.contains("BCDF-GHJK"), "{given}");
    on_matrix(store, Invocation::new("config rattacher").with("code", "BCDF-GHJK")).await
}

#[test]
fn the_space_that_gave_the_code_is_told_who_joined() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let (told, announced) = linked_spaces(&store).await;
        assert!(told.contains("n’en font plus qu’un"), "{told}");
        for part in ["École du soir", "Matrix", "Relié par Bob"] {
            assert!(announced.contains(part), "{part} isn't in {announced}");
        }
        // Used up, it tells nobody anything any more.
        let (_, announced) = on_matrix(&store, Invocation::new("compte voir")).await;
        assert_eq!(announced, "");
    });
}

#[test]
fn an_account_is_unlinked_by_its_person_who_keeps_the_rest() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        linked_spaces(&store).await;
        let given = on_console(&store, ":moi bob candidat\n/compte delier\n/compte code\n").await;
        assert!(given.contains("rien à délier") && given.contains("BCDF-GHJK"), "{given}");
        let link = Invocation::new("compte relier").with("code", "BCDF-GHJK");
        let (asked, _) = on_matrix(&store, link.clone()).await;
        assert!(asked.contains("Ce code est à bob") && asked.contains("ne confirmez pas"), "{asked}");
        on_matrix(&store, link.with("confirmation", "oui")).await;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/linking");
        let script = std::fs::read_to_string(folder.join("delier.txt")).expect("a script");
        let said = on_console(&store, &script).await;
        expect_file![folder.join("delier.out")].assert_eq(&said);
        // On the other network they are somebody new.
        let (told, _) = on_matrix(&store, Invocation::new("compte voir")).await;
        assert!(told.contains("@bob:ecole.example") && !told.contains("Console"), "{told}");
    });
}
