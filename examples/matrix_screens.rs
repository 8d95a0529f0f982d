//! What Matrix is really sent, kept as JSON so that it can be looked at: see `docs/screens`.
//!
//! A candidate uses Vigie on a real Synapse; each scene becomes a file with what was typed and the messages as the
//! candidate's client got them: plain text, HTML, the reactions that the bot offers.
//!
//! ```sh
//! cargo run --example matrix_screens -- out/
//! ```

use anyhow::Context as _;
use homeserver::{Account, Homeserver, Message, Person, Room};
use ruma::{EventId, OwnedRoomId};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vigie::app::{Vigie, clock, shelf::Shelf};
use vigie::config::{ReferentHandicap, Settings};
use vigie::store::Store;
use vigie_chat::{Connector as _, ConnectorName};
use vigie_matrix::{Login, Matrix, NAME, Options, Pattern};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).context("where to write: a folder")?;
    std::fs::create_dir_all(&folder).with_context(|| format!("the folder {}", folder.display()))?;
    let server = Homeserver::start(homeserver::Settings::default()).await.context("Synapse")?;
    let account = server.register("vigie").await.context("the bot's account")?;
    let data = tempfile::tempdir().context("a temporary folder")?;
    start(&server, &account, data.path()).await?;
    let alice = server.person("alice").await.context("the candidate")?;
    let room = alice.creates_room(Room::encrypted().named("Promotion 2027").inviting(&account.user_id)).await?;
    alice.until_member(&room, &account.user_id).await?;

    let camera = Camera { folder: &folder, alice: &alice, account: &account, room };
    camera.welcomed("accueil").await?;
    camera.types("recherche", "!vigie chercher rgpd").await?;
    camera.types("fiche", "!vigie competence A2C2 referentiel:projet-ia").await?;
    camera.types("aide", "!vigie aide").await?;
    camera.types("bloc", "!vigie bloc B1 referentiel:data-engineer").await?;
    camera.types("referentiel", "!vigie referentiel projet-ia").await?;
    // In a room for two everything is answered there.
    let room = alice.creates_room(Room::encrypted().direct().inviting(&account.user_id)).await?;
    alice.until_member(&room, &account.user_id).await?;
    let camera = Camera { room, ..camera };
    camera.types("amenagement", "amenagement procedure referentiel:projet-ia").await?;
    camera.types("temps", "amenagement temps 30min referentiel:projet-ia").await
}

/// Connects the application, until the program ends.
async fn start(server: &Homeserver, account: &Account, data: &Path) -> anyhow::Result<()> {
    let contact = ReferentHandicap {
        nom: "Mission handicap".to_owned(),
        courriel: Some("handicap@ecole.example".to_owned()),
        telephone: None,
        lieu: Some("bureau 12, le mardi et le jeudi".to_owned()),
    };
    let settings = Settings { referent_handicap: Some(contact), ..Settings::default() };
    let store = Store::open("sqlite::memory:").await.context("the store")?;
    let clock = clock::machine();
    let name = || ConnectorName::new(NAME);
    let notebook = Arc::new(store.notebook(name(), Arc::clone(&clock)));
    let inbox = Arc::new(store.inbox(name(), Arc::clone(&clock)));
    let user = account.user_id.to_string();
    let login = Login::Password { user, password: account.password.clone().into() };
    let options = Options::new(server.address(), login, data.join(NAME), (notebook, inbox), clock);
    let connector = Matrix::new(options.allowed([Pattern::Everybody]));
    let app = Arc::new(Vigie::new(Shelf::open(None, None).context("the référentiels")?, settings, store));
    tokio::spawn(async move {
        if let Err(error) = connector.run(app, Box::pin(std::future::pending())).await {
            eprintln!("the connector ended: {error}");
        }
    });
    Ok(())
}

/// Keeps what was said while the candidate did something.
struct Camera<'a> {
    folder: &'a Path,
    alice: &'a Person,
    account: &'a Account,
    room: OwnedRoomId,
}

impl Camera<'_> {
    async fn types(&self, scene: &str, typed: &str) -> anyhow::Result<()> {
        let asked = self.alice.says(&self.room, typed).await?;
        self.alice.sees(&self.room, |message| self.answers(message, &asked)).await?;
        // The next question is answered after this one is, with its reactions.
        let next = self.alice.says(&self.room, "!vigie lexique framework").await?;
        self.alice.sees(&self.room, |message| self.answers(message, &next)).await?;
        self.keep(scene, typed, |message| self.answers(message, &asked))
    }

    async fn welcomed(&self, scene: &str) -> anyhow::Result<()> {
        self.alice.sees(&self.room, |message| message.sender == self.account.user_id).await?;
        self.keep(scene, "", |message| message.sender == self.account.user_id)
    }

    fn answers(&self, message: &Message, asked: &EventId) -> bool {
        message.sender == self.account.user_id && message.reply_to.as_deref() == Some(asked)
    }

    fn keep(&self, scene: &str, typed: &str, shown: impl Fn(&Message) -> bool) -> anyhow::Result<()> {
        let view = self.alice.view(&self.room).context("the room")?;
        let messages = view.messages.iter().filter(|message| shown(message)).map(|message| {
            json!({ "body": message.body, "html": message.formatted_body, "reactions": message.reaction_keys() })
        });
        let kept = json!({ "scene": scene, "typed": typed, "messages": messages.collect::<Vec<_>>() });
        let path = self.folder.join(format!("matrix-{scene}.json"));
        let text = serde_json::to_string_pretty(&kept)?;
        std::fs::write(&path, text + "\n").with_context(|| format!("the file {}", path.display()))
    }
}
