//! People's own calendars, read over a real socket: who reads what, and what nobody may learn.

use super::conversation::within;
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::io::{Read as _, Write};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use vigie::app::Vigie;
use vigie::app::shelf::Shelf;
use vigie::app::web;
use vigie::config::{Proxies, Settings};
use vigie::store::{Location, Store};
use vigie_chat::{
    App, Connector, ConnectorError, ConnectorName, Destination, IdempotencyKey, Membership, MessageRef, PersonId,
    Sealed, SendError, Shutdown, SpaceId, Standing,
};
use vigie_console::{Console, Format, Options};

/// Where people are told that their calendars are.
const PUBLIC: &str = "https://ecole.example/vigie";

/// What two people of a team do.
pub(super) const TEAM: &str = ":moi prof formateur
:fichier tests/briefs/projet-ia-fuites.md
/brief publier
:1
:moi alice candidat
/equipe creer Les Phares
/jalon ajouter \"Cadrage secret\" echeance:\"27 novembre 2026 18h\" qui:moi
:moi bob candidat
/equipe rejoindre Les Phares
/jalon ajouter \"Affaire de bob\" echeance:\"28 novembre 2026 18h\" qui:moi
:moi alice
/rappel ajouter \"30 novembre 2026 9h\" texte:\"appeler le tuteur\"
/amenagement rappel \"1 décembre 2026 10h\"
";

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("no panic while writing")).into_owned()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic while writing").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The console, of whose network a test says who belongs to a space.
pub(super) struct Town {
    pub(super) console: Arc<Console>,
    pub(super) left: Arc<AtomicBool>,
}

#[async_trait]
impl Connector for Town {
    fn name(&self) -> ConnectorName {
        self.console.name()
    }

    async fn run(&self, app: Arc<dyn App>, shutdown: Shutdown) -> Result<(), ConnectorError> {
        self.console.run(app, shutdown).await
    }

    async fn send(&self, to: &Destination, message: &Sealed, key: &IdempotencyKey) -> Result<MessageRef, SendError> {
        self.console.send(to, message, key).await
    }

    async fn edit(&self, sent: &MessageRef, message: &Sealed) -> Result<(), SendError> {
        self.console.edit(sent, message).await
    }

    fn can_send(&self) -> bool {
        !self.left.load(Ordering::Relaxed)
    }

    async fn membership(&self, _: &SpaceId, _: &PersonId) -> Result<Option<Membership>, SendError> {
        let here = Membership { standing: Standing::Member, roles: Vec::new() };
        Ok((!self.left.load(Ordering::Relaxed)).then_some(here))
    }
}

fn settings() -> Settings {
    Settings {
        web_listen: Some("127.0.0.1:0".parse().expect("an address")),
        web_public_url: Some(PUBLIC.parse().expect("an address")),
        ..Settings::default()
    }
}

/// Plays a script, and gives what was said and the application over it.
pub(super) async fn played(store: &Store, script: &str, left: &Arc<AtomicBool>) -> (String, Arc<Vigie>) {
    let kept = Kept::default();
    let at = "2026-11-23T08:00:00Z".parse().expect("an instant");
    let files = tempfile::tempdir().expect("a folder");
    let options = Options::new(Arc::new(move || at))
        .format(Format::Text)
        .width(200)
        .files_in(files.path())
        .script(std::io::Cursor::new(script.to_owned()))
        .output(kept.clone());
    let dial = options.dial();
    let town = Arc::new(Town { console: Arc::new(Console::new(options)), left: Arc::clone(left) });
    let shelf = Shelf::open(None, None).expect("the embedded référentiels");
    let app = Vigie::new(shelf, settings(), store.clone()).with_clock(dial.clock());
    let app = Arc::new(app.on([Arc::clone(&town) as Arc<dyn Connector>]));
    let playing: Arc<dyn App> = Arc::clone(&app) as Arc<dyn App>;
    town.run(playing, Box::pin(std::future::pending())).await.expect("the script ends");
    (kept.text(), app)
}

/// The path of the address that was said.
pub(super) fn path(said: &str) -> String {
    let at = said.rfind(PUBLIC).unwrap_or_else(|| panic!("no address in {said}"));
    said[at + PUBLIC.len()..].chars().take_while(|c| !c.is_whitespace() && *c != '`').collect()
}

pub(super) async fn served(app: &Vigie) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("it has one");
    (address, tokio::spawn(web::serve(listener, app.feeds().router(), Proxies::default(), std::future::pending())))
}

/// An answer, as it came.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("text")
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

pub(super) async fn raw(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    stream.write_all(request).await.expect("it reads");
    let mut answer = Vec::new();
    // Whoever is refused before they said all sees the connection reset.
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

pub(super) async fn ask(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: ecole.example\r\n");
    for (name, value) in headers {
        request.extend([name, ": ", value, "\r\n"]);
    }
    let answer = raw(address, format!("{request}\r\n").as_bytes()).await;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(answer[..end].to_vec()).expect("text");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let mut body = answer[end + 4..].to_vec();
    if headers.get("transfer-encoding").is_some_and(|coding| coding == "chunked") {
        body = joined(&body);
    }
    Answer { status, headers, body }
}

/// A body that came in chunks.
fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = chunks.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&chunks[..end]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let size = size.expect("a size");
        whole.extend_from_slice(&chunks[end + 2..end + 2 + size]);
        chunks = &chunks[(end + 4 + size).min(chunks.len())..];
    }
    whole
}

pub(super) async fn memory() -> Store {
    Store::open("sqlite::memory:").await.expect("a store in memory")
}

pub(super) const ADDRESS: &str = ":prive\n/rappel calendrier\n";

#[test]
fn somebody_reads_what_is_theirs_at_their_own_address() {
    within(async {
        let (store, stays) = (memory().await, Arc::default());
        let (said, app) = played(&store, &format!("{TEAM}{ADDRESS}"), &stays).await;
        let (address, serving) = served(&app).await;
        let theirs = ask(address, "GET", &path(&said), &[]).await;
        assert_eq!((theirs.status, theirs.header("content-type")), (200, "text/calendar; charset=utf-8"));
        assert!(theirs.header("cache-control").starts_with("private"), "{theirs:?}");
        let calendar = theirs.text().replace("\r\n ", "");
        assert!(calendar.contains("Cadrage secret") && calendar.contains("appeler le tuteur"), "{calendar}");
        assert!(calendar.contains("BEGIN:VALARM") && calendar.contains("Échéance"), "{calendar}");
        assert!(!calendar.contains("bob"), "another's: {calendar}");
        assert_eq!(calendar.matches("Rappel\u{a0}:").count(), 2, "its title and its alarm, of one: {calendar}");
        // The same under the path that people are given, as a proxy may pass it on.
        let whole = ask(address, "GET", &format!("/vigie{}", path(&said)), &[]).await;
        assert_eq!(whole.text(), theirs.text());
        let head = ask(address, "HEAD", &path(&said), &[]).await;
        assert_eq!((head.status, head.header("etag"), head.body.len()), (200, theirs.header("etag"), 0));
        serving.abort();
    });
}

#[test]
fn nothing_is_read_of_what_others_deleted() {
    within(async {
        let (store, stays) = (memory().await, Arc::default());
        let deleted = ":moi bob candidat\n/jalon supprimer \"Affaire de bob\"\n:moi alice candidat\n";
        let (said, app) = played(&store, &format!("{TEAM}{deleted}{ADDRESS}"), &stays).await;
        let (address, serving) = served(&app).await;
        let calendar = ask(address, "GET", &path(&said), &[]).await.text();
        assert!(calendar.contains("Cadrage secret"), "{calendar}");
        assert!(!calendar.contains("supprimé") && !calendar.contains("20261128T180000"), "{said} {calendar}");
        serving.abort();
    });
}

#[test]
fn what_did_not_change_is_not_sent_again_and_what_is_sent_can_be_small() {
    within(async {
        let (store, stays) = (memory().await, Arc::default());
        let (said, app) = played(&store, &format!("{TEAM}{ADDRESS}"), &stays).await;
        let (address, serving) = served(&app).await;
        let first = ask(address, "GET", &path(&said), &[]).await;
        let etag = first.header("etag").to_owned();
        let again = ask(address, "GET", &path(&said), &[("If-None-Match", &etag)]).await;
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, etag.as_str()));
        let small = ask(address, "GET", &path(&said), &[("Accept-Encoding", "gzip")]).await;
        assert_eq!((small.header("content-encoding"), small.header("etag")), ("gzip", etag.as_str()));
        assert!(small.header("vary").contains("accept-encoding") && small.body.len() < first.body.len(), "{small:?}");
        let mut whole = String::new();
        flate2::read::GzDecoder::new(&small.body[..]).read_to_string(&mut whole).expect("gzip");
        assert_eq!(whole, first.text());
        let (_, changed) = played(&store, ":moi alice candidat\n/jalon fait 1 equipe:1\n", &stays).await;
        drop(changed);
        let newer = ask(address, "GET", &path(&said), &[("If-None-Match", &etag)]).await;
        assert_eq!(newer.status, 200, "something changed");
        serving.abort();
    });
}

#[test]
fn whatever_is_no_calendar_is_answered_alike() {
    within(async {
        let (store, stays) = (memory().await, Arc::default());
        let (said, app) = played(&store, &format!("{TEAM}{ADDRESS}"), &stays).await;
        let (address, serving) = served(&app).await;
        let good = path(&said);
        let another: String = good.chars().map(|c| if c == 'a' { 'b' } else { c }).collect();
        let wrong = format!("/calendrier/{}.ics", "z".repeat(36));
        let unknown = ask(address, "GET", &wrong, &[]).await;
        assert_eq!(unknown.status, 404);
        let paths =
            ["/", "/calendrier", "/calendrier/", "/calendrier/x.ics", "/%zz", "/metrics", "/healthz", "/../vigie.db"];
        for path in paths.into_iter().chain([
            &good[..good.len() - 5],
            format!("{good}/").as_str(),
            good.to_uppercase().as_str(),
        ]) {
            let answer = ask(address, "GET", path, &[]).await;
            assert_eq!((answer.status, &answer.body), (404, &unknown.body), "{path}");
            let names: Vec<&String> = answer.headers.keys().collect();
            assert_eq!(names, unknown.headers.keys().collect::<Vec<_>>(), "{path}");
        }
        if another != good {
            assert_eq!(ask(address, "GET", &another, &[]).await.status, 404);
        }
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"] {
            let answer = ask(address, method, &good, &[("Content-Length", "0")]).await;
            assert_eq!((answer.status, &answer.body), (404, &unknown.body), "{method}");
        }
        serving.abort();
    });
}

#[test]
fn an_address_is_replaced_withdrawn_and_erased_with_its_person() {
    within(async {
        let (store, stays) = (memory().await, Arc::default());
        let (said, app) = played(&store, &format!("{TEAM}{ADDRESS}"), &stays).await;
        let (address, serving) = served(&app).await;
        let status = async |path: &str| ask(address, "GET", path, &[]).await.status;
        let first = path(&said);
        assert_eq!(status(&first).await, 200);
        let see = ":moi alice candidat\n:prive\n/rappel calendrier\n/rappel calendrier voir\n";
        let (seen, _) = played(&store, see, &stays).await;
        assert!(!seen.contains(PUBLIC) && seen.contains("23\u{a0}novembre"), "it can't be shown again: {seen}");
        let (renewed, _) = played(&store, ":moi alice candidat\n:prive\n/rappel calendrier nouveau\n", &stays).await;
        let second = path(&renewed);
        assert_ne!(first, second);
        assert_eq!((status(&first).await, status(&second).await), (404, 200));
        played(&store, ":moi alice candidat\n:prive\n/rappel calendrier retirer\n", &stays).await;
        assert_eq!(status(&second).await, 404);
        let (third, _) = played(&store, ":moi alice candidat\n:prive\n/rappel calendrier\n", &stays).await;
        let third = path(&third);
        assert_eq!(status(&third).await, 200);
        let (left, _) = played(&store, ":moi alice candidat\n/equipe quitter\n:1\n", &stays).await;
        let calendar = ask(address, "GET", &third, &[]).await.text();
        assert!(!calendar.contains("Cadrage secret") && calendar.contains("tuteur"), "{left} {calendar}");
        let (erased, _) = played(&store, ":moi alice candidat\n:prive\n/donnees effacer\n:1\n", &stays).await;
        assert_eq!(status(&third).await, 404, "{erased}");
        serving.abort();
    });
}

#[test]
fn whoever_left_the_space_reads_nothing_of_it() {
    within(async {
        let (store, gone) = (memory().await, Arc::new(AtomicBool::new(false)));
        let (said, app) = played(&store, &format!("{TEAM}{ADDRESS}"), &gone).await;
        gone.store(true, Ordering::Relaxed);
        let (address, serving) = served(&app).await;
        assert_eq!(ask(address, "GET", &path(&said), &[]).await.status, 404);
        serving.abort();
    });
}

#[test]
fn an_address_outlives_a_restart_and_only_its_hash_is_kept() {
    within(async {
        let (folder, stays) = (tempfile::tempdir().expect("a folder"), Arc::default());
        let url = Location::url_of(&folder.path().join("vigie.db"));
        let store = Store::open(&url).await.expect("opened");
        let (said, _) = played(&store, &format!("{TEAM}{ADDRESS}"), &stays).await;
        let path = path(&said);
        store.close().await;
        let secret = path.trim_start_matches("/calendrier/").trim_end_matches(".ics");
        assert_eq!(secret.len(), 36);
        for entry in std::fs::read_dir(folder.path()).expect("the folder") {
            let file = entry.expect("an entry").path();
            let bytes = std::fs::read(&file).expect("a file");
            assert!(!bytes.windows(36).any(|part| part == secret.as_bytes()), "{} has it", file.display());
        }
        let store = Store::open(&url).await.expect("opened again");
        let (_, app) = played(&store, "", &stays).await;
        let (address, serving) = served(&app).await;
        assert_eq!(ask(address, "GET", &path, &[]).await.status, 200);
        serving.abort();
        store.close().await;
    });
}

#[test]
fn a_calendar_is_given_though_nobody_can_note_it() {
    within(async {
        let (folder, stays) = (tempfile::tempdir().expect("a folder"), Arc::default());
        let url = Location::url_of(&folder.path().join("vigie.db"));
        let store = Store::open(&url).await.expect("opened");
        let (said, _) = played(&store, &format!("{TEAM}{ADDRESS}"), &stays).await;
        store.close().await;
        let pool = sqlx::AnyPool::connect(&url).await.expect("a connection");
        let full = "create trigger full before update on feeds begin select raise(abort, 'the disk is full'); end";
        sqlx::raw_sql(full).execute(&pool).await.expect("it refuses from then on");
        pool.close().await;
        let store = Store::open(&url).await.expect("opened again");
        let (_, app) = played(&store, "", &stays).await;
        let (address, serving) = served(&app).await;
        let theirs = ask(address, "GET", &path(&said), &[]).await;
        assert_eq!(theirs.status, 200);
        assert!(theirs.text().contains("Cadrage secret"), "{theirs:?}");
        serving.abort();
        store.close().await;
    });
}

#[test]
fn a_log_of_everything_holds_no_address() {
    let kept = Kept::default();
    let writer = kept.clone();
    let log =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    tracing::subscriber::with_default(log, || {
        within(async {
            let (store, stays) = (memory().await, Arc::default());
            let (said, app) = played(&store, &format!("{TEAM}{ADDRESS}"), &stays).await;
            let (address, serving) = served(&app).await;
            let path = path(&said);
            assert_eq!(ask(address, "GET", &path, &[]).await.status, 200);
            assert_eq!(ask(address, "GET", &format!("/vigie{path}"), &[("If-None-Match", "*")]).await.status, 304);
            store.close().await;
            assert_eq!(ask(address, "GET", &path, &[]).await.status, 503, "the store is gone");
            serving.abort();
            let secret = path.trim_start_matches("/calendrier/").trim_end_matches(".ics").to_owned();
            let log = kept.text();
            assert!(log.contains("a calendar could not be made"), "the log is read: {log}");
            // What other crates would tell is kept out by `cli::logs`, whatever is asked for.
            let ours: Vec<&str> = log.lines().filter(|line| line.contains(&secret)).collect();
            assert!(ours.is_empty(), "{ours:#?}");
        });
    });
}
