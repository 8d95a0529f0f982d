//! What Discord is really sent, kept as JSON so that it can be looked at: see `docs/screens`.
//!
//! People use Vigie on the fake Discord; each scene becomes a file with what was typed and the bodies that the bot sent.
//! No command of Vigie opens a form yet, so that the form is the one of the conformance application.
//!
//! ```sh
//! cargo run --example discord_screens -- out/
//! ```

use anyhow::Context as _;
use fake_discord::{Channel, FakeDiscord, Person, Shown};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vigie::app::{Vigie, clock, shelf::Shelf};
use vigie::config::{ReferentHandicap, Settings};
use vigie::store::Store;
use vigie_chat::{App, Connector as _, ConnectorName};
use vigie_discord::{Discord, NAME, Options};
use vigie_testkit::Understudy;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).context("where to write: a folder")?;
    std::fs::create_dir_all(&folder).with_context(|| format!("the folder {}", folder.display()))?;
    answers(&folder).await?;
    form(&folder).await
}

/// What Vigie answers.
async fn answers(folder: &Path) -> anyhow::Result<()> {
    let discord = FakeDiscord::builder().bot_name("Vigie").start().await;
    let guild = discord.guild("École du numérique");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let contact = ReferentHandicap {
        nom: "Mission handicap".to_owned(),
        courriel: Some("handicap@ecole.example".to_owned()),
        telephone: None,
        lieu: Some("bureau 12, le mardi et le jeudi".to_owned()),
    };
    let settings = Settings { referent_handicap: Some(contact), ..Settings::default() };
    let store = Store::open("sqlite::memory:").await.context("the store")?;
    let app = Vigie::new(Shelf::open(None, None).context("the référentiels")?, settings, store.clone());
    start(&discord, Arc::new(app), &store).await?;

    // Otherwise it may come in the midst of the first scene.
    discord.wait_for_message(&general, |message| message.text().contains("Vigie")).await;
    let camera = Camera { discord: &discord, folder, general: &general, person: &alice };
    let found = camera.types("recherche", "/chercher texte:rgpd").await?;
    let first = found.labels().into_iter().next().context("there are results")?;
    camera.chooses("fiche", &found, &first).await?;
    camera.types("criteres", "/criteres code:a2c4").await?;
    camera.types("amenagement", "/amenagement procedure referentiel:projet-ia").await?;
    camera.types("temps", "/amenagement temps duree:30min referentiel:projet-ia").await?;
    camera.types("aide", "/aide").await?;
    camera.types("bloc", "/bloc bloc:B1 referentiel:data-engineer").await?;
    camera.types("referentiel", "/referentiel referentiel:projet-ia").await?;
    camera.types("erreur", "/competence code:ZZ99").await?;
    camera.welcomed("accueil").await
}

/// A form that the conformance application opens.
async fn form(folder: &Path) -> anyhow::Result<()> {
    let discord = FakeDiscord::start().await;
    let guild = discord.guild("École du numérique");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let store = Store::open("sqlite::memory:").await.context("the store")?;
    start(&discord, Arc::new(Understudy::default()), &store).await?;
    let camera = Camera { discord: &discord, folder, general: &general, person: &alice };
    let offered = camera.types("formulaire-avant", "/formulaire").await?;
    camera.presses("formulaire", &offered, "Remplir").await
}

/// Connects an application to the fake, until the program ends.
async fn start(discord: &FakeDiscord, app: Arc<dyn App>, store: &Store) -> anyhow::Result<()> {
    let clock = clock::machine();
    let notebook = store.notebook(ConnectorName::new(NAME), Arc::clone(&clock));
    let options = Options::new(discord.token().into(), Arc::new(notebook), clock).api_base(&discord.base_url());
    let connector = Discord::new(options).context("the connector")?;
    tokio::spawn(async move {
        if let Err(error) = connector.run(app, Box::pin(std::future::pending())).await {
            eprintln!("the connector ended: {error}");
        }
    });
    discord.until_connected().await;
    discord.until_commands_registered().await;
    Ok(())
}

/// Keeps what was sent while somebody did something.
struct Camera<'a> {
    discord: &'a FakeDiscord,
    folder: &'a Path,
    general: &'a Channel,
    person: &'a Person,
}

impl Camera<'_> {
    async fn types(&self, scene: &str, command: &str) -> anyhow::Result<Shown> {
        let before = self.discord.requests().len();
        let shown = self.person.types(self.general, command).await;
        self.keep(scene, &json!({ "typed": command }), before)?;
        Ok(shown)
    }

    async fn chooses(&self, scene: &str, shown: &Shown, label: &str) -> anyhow::Result<()> {
        let before = self.discord.requests().len();
        shown.chooses(self.person, label).await;
        self.keep(scene, &json!({ "chosen": label }), before)
    }

    async fn presses(&self, scene: &str, shown: &Shown, label: &str) -> anyhow::Result<()> {
        let before = self.discord.requests().len();
        shown.clicks_label(self.person, label).await;
        self.keep(scene, &json!({ "pressed": label }), before)
    }

    /// Invites the bot to another server.
    async fn welcomed(&self, scene: &str) -> anyhow::Result<()> {
        let guild = self.discord.guild_without_the_bot("Promotion 2027");
        let room = guild.channel("general");
        let before = self.discord.requests().len();
        guild.invite_bot();
        self.discord.wait_for_message(&room, |_| true).await;
        self.keep(scene, &json!({}), before)
    }

    /// Writes the bodies of the requests after the first `before`, those that show something.
    fn keep(&self, scene: &str, done: &Value, before: usize) -> anyhow::Result<()> {
        let requests = self.discord.requests().split_off(before);
        let shows = |body: &Value| body["embeds"].is_array() || body["components"].is_array();
        let bodies = requests.into_iter().filter(|request| request.status.is_some_and(|status| status < 300));
        let bodies = bodies.filter_map(|request| request.body);
        let bodies = bodies.filter(|body| shows(body) || shows(&body["data"]));
        let kept = json!({ "scene": scene, "done": done, "sent": bodies.collect::<Vec<_>>() });
        let path = self.folder.join(format!("{scene}.json"));
        let text = serde_json::to_string_pretty(&kept)?;
        std::fs::write(&path, text + "\n").with_context(|| format!("the file {}", path.display()))
    }
}
