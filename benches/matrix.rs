//! How quick and how large the program is on Matrix: `cargo bench --bench matrix`.
//!
//! The real program, optimised, against a real Synapse on loopback, with a line between them that only watches. People ask
//! one after the other, each when all is quiet. The program's *own share* of an answer is the time from the last byte of
//! the homeserver's answer to `/sync` that brings the question (the last one before the answer, and the first one since the
//! question, which is never later) to the first byte of the request that sends the answer. What the program asks of the
//! homeserver in between is part of it, and is counted too. All share the machine's processors, so that the time for which
//! the program had one, and the time for which it could have gone on and had none, are told apart from that.
//!
//! Then the program starts with many rooms. The figures of the homeserver's own share depend on Synapse, which runs with
//! SQLite on the same machine.

use homeserver::{Account, Homeserver, Person, Room};
use ruma::OwnedRoomId;
use serde_json::json;
use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, tcp};

/// Questions in each room.
const QUESTIONS: usize = 250;
/// People who take turns, so that none of them asks faster than anybody is answered.
const PEOPLE: usize = 6;
/// Rooms in the measure of the start; every second one is encrypted.
const ROOMS: usize = 500;
/// How long the line must be silent before the next question.
const QUIET: Duration = Duration::from_millis(150);

const LOOKUPS: [&str; 8] = [
    "!vigie competence c1.5 referentiel:data-engineer",
    "!vigie chercher rgpd",
    "!vigie chercher test d'intrusion",
    "!vigie criteres a2c4",
    "!vigie bloc B2 referentiel:cil",
    "!vigie lexique modèle",
    "!vigie chercher accessibilité des interfaces type:competence",
    "!vigie competence audit de sécurité",
];

fn main() {
    // What `cargo test --benches` passes: it only wants to know that it builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("the system gives threads");
    runtime.block_on(async {
        let server = Homeserver::start(homeserver::Settings::default()).await.expect("a Synapse");
        lookups(&server).await;
        many_rooms(&server).await;
    });
}

/// The program, ended with the value.
struct Program {
    child: Child,
    started: Instant,
    connected: mpsc::Receiver<Instant>,
}

impl Program {
    fn start(address: &str, account: &Account, data: &Path) -> Self {
        let started = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .env("VIGIE_MATRIX_HOMESERVER", address)
            .env("VIGIE_MATRIX_USER", account.user_id.as_str())
            .env("VIGIE_MATRIX_PASSWORD", &account.password)
            .env("VIGIE_MATRIX_ALLOWED", "*")
            .env("VIGIE_DATA_DIR", data)
            .env("VIGIE_LOG", "error,vigie_matrix=info")
            .env_remove("DATABASE_URL")
            .env_remove("DISCORD_TOKEN")
            .current_dir(data)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("the program starts");
        let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let (tell, connected) = mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if line.contains("connected to Matrix") {
                    // Nobody may wait for it.
                    let _ = tell.send(Instant::now());
                } else if line.contains("ERROR") {
                    eprintln!("{line}");
                }
            }
        });
        Self { child, started, connected }
    }

    /// How long it took until it could answer.
    fn ready(&self) -> Duration {
        let connected = self.connected.recv_timeout(Duration::from_mins(5)).expect("it connects");
        connected - self.started
    }

    /// Resident memory in mebibytes, where the system tells.
    fn memory(&self) -> f64 {
        let told = || {
            let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
            line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()
        };
        told().map_or(f64::NAN, |kibibytes| kibibytes / 1024.0)
    }

    /// What it has had of the processors until now, where the system tells.
    fn spent(&self) -> Spent {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.child.id()));
        let of_thread = |thread: std::fs::DirEntry| {
            // Nanoseconds with a processor, nanoseconds without one, turns (https://docs.kernel.org/scheduler/sched-stats.html).
            let told = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
            let mut told = told.split_whitespace().filter_map(|number| number.parse::<u64>().ok());
            Some((thread.file_name(), [told.next()?, told.next()?, told.next()?]))
        };
        Spent(threads.into_iter().flatten().flatten().filter_map(of_thread).collect())
    }

    fn stop(mut self) {
        let asked = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        assert!(asked.expect("kill is there").success());
        self.child.wait().expect("it ends");
    }
}

/// What each thread has had of the processors: nanoseconds with one, nanoseconds of waiting for one, turns.
struct Spent(HashMap<OsString, [u64; 3]>);

impl Spent {
    /// The same since an earlier time, all threads together. What ended meanwhile isn't counted: idle threads do.
    fn since(&self, earlier: &Self) -> [u64; 3] {
        let of_thread = |(thread, now): (&OsString, &[u64; 3])| {
            let before = earlier.0.get(thread).copied().unwrap_or_default();
            std::array::from_fn(|n| now[n].saturating_sub(before[n]))
        };
        self.0.iter().map(of_thread).fold([0; 3], |sum, of: [u64; 3]| std::array::from_fn(|n| sum[n] + of[n]))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What passes on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passed {
    /// An answer to `/sync`, or the next piece of one.
    Synced,
    /// A request that says something.
    Said,
    /// Another request.
    Asked,
    /// The answer to something else.
    Answered,
}

/// A line to the homeserver on which is noted what passes, and when.
#[derive(Clone, Default)]
struct Line(Arc<Mutex<Vec<(Instant, Passed)>>>);

impl Line {
    /// Opens it, and gives its address.
    async fn open(&self, server: &str) -> String {
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("it is bound"));
        let line = self.clone();
        tokio::spawn(async move {
            while let Ok((from, _)) = listener.accept().await {
                let Ok(to) = TcpStream::connect(&server).await else { continue };
                // Both sides send in small pieces, which must not wait for each other.
                let _ = (from.set_nodelay(true), to.set_nodelay(true));
                let ((from_read, from_write), (to_read, to_write)) = (from.into_split(), to.into_split());
                let asked = Arc::new(Mutex::new(Passed::Asked));
                tokio::spawn(line.clone().requests(from_read, to_write, Arc::clone(&asked)));
                tokio::spawn(line.clone().responses(to_read, from_write, asked));
            }
        });
        address
    }

    async fn requests(self, mut from: tcp::OwnedReadHalf, mut to: tcp::OwnedWriteHalf, asked: Arc<Mutex<Passed>>) {
        let mut buffer = vec![0; 64 << 10];
        while let Ok(read @ 1..) = from.read(&mut buffer).await {
            let begun = &buffer[..read.min(400)];
            let head = String::from_utf8_lossy(begun);
            let request = head.lines().next().filter(|line| line.ends_with("HTTP/1.1") || line.len() > 300);
            if let Some(request) = request {
                let answers = request.contains("/send/m.room.message/") || request.contains("/send/m.room.encrypted/");
                let passed = if request.contains("/sync?") {
                    Passed::Synced
                } else if answers {
                    Passed::Said
                } else {
                    Passed::Asked
                };
                *held(&asked) = passed;
                if passed != Passed::Synced {
                    self.note(passed);
                }
            }
            if to.write_all(&buffer[..read]).await.is_err() {
                break;
            }
        }
    }

    async fn responses(self, mut from: tcp::OwnedReadHalf, mut to: tcp::OwnedWriteHalf, asked: Arc<Mutex<Passed>>) {
        let mut buffer = vec![0; 64 << 10];
        while let Ok(read @ 1..) = from.read(&mut buffer).await {
            if to.write_all(&buffer[..read]).await.is_err() {
                break;
            }
            let passed = if *held(&asked) == Passed::Synced { Passed::Synced } else { Passed::Answered };
            self.note(passed);
        }
    }

    fn note(&self, passed: Passed) {
        held(&self.0).push((Instant::now(), passed));
    }

    /// Forgets what passed once nothing passes any more.
    async fn quiet(&self) {
        loop {
            let last = held(&self.0).last().map(|(at, _)| *at);
            match last {
                Some(last) if last.elapsed() < QUIET => tokio::time::sleep(QUIET.saturating_sub(last.elapsed())).await,
                _ => break,
            }
        }
        held(&self.0).clear();
    }

    /// What passed until the answer was sent.
    fn share(&self) -> Option<Share> {
        let all = held(&self.0).clone();
        let said = all.iter().position(|(_, passed)| *passed == Passed::Said)?;
        let synced = |(_, passed): &&(Instant, Passed)| *passed == Passed::Synced;
        let last = all[..said].iter().rev().find(synced)?.0;
        let first = all[..said].iter().find(synced)?.0;
        let requests = all[..said].iter().filter(|(at, passed)| *passed == Passed::Asked && *at > last).count();
        let (at, _) = all[said];
        Some(Share { from_last: at - last, from_first: at - first, requests })
    }
}

/// The program's share of one answer.
struct Share {
    from_last: Duration,
    from_first: Duration,
    requests: usize,
}

fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Questions in a plain room and in an encrypted one.
async fn lookups(server: &Homeserver) {
    let account = server.register_unique("vigie").await.expect("registered");
    let mut people = Vec::new();
    for _ in 0..PEOPLE {
        people.push(server.person("candidat").await.expect("they log in"));
    }
    let line = Line::default();
    let address = line.open(&server.address()).await;
    let data = tempfile::tempdir().expect("a temporary folder");
    let program = Program::start(&address, &account, data.path());
    println!("first start, with a new device: {:.2} s", program.ready().as_secs_f64());
    for (what, room) in [("plain", Room::plain()), ("encrypted", Room::encrypted())] {
        let room = people.iter().skip(1).fold(room.inviting(&account.user_id), |room, one| room.inviting(one.id()));
        let room = people[0].creates_room(room).await.expect("a room is made");
        for person in &people[1..] {
            person.accepts(&room).await.expect("they join");
        }
        for person in &people {
            person.until_member(&room, &account.user_id).await.expect("the bot joins");
            for other in &people {
                person.until_member(&room, other.id()).await.expect("they join");
            }
        }
        // Connections, keys, caches and the database's first pages are not what is asked.
        for (person, text) in people.iter().cycle().zip(LOOKUPS) {
            ask(person, &room, &account, text).await;
        }
        let (mut shares, mut whole, mut spent) = (Vec::new(), Vec::new(), Vec::new());
        for n in 0..QUESTIONS {
            line.quiet().await;
            let before = program.spent();
            let begun = Instant::now();
            ask(&people[n % PEOPLE], &room, &account, LOOKUPS[n % LOOKUPS.len()]).await;
            whole.push(begun.elapsed());
            shares.extend(line.share());
            spent.push(program.spent().since(&before));
        }
        println!("{what}: own share from the sync that brings it, of {} answers: {}", shares.len(), {
            told(shares.iter().map(|share| share.from_last).collect())
        });
        println!("{what}: the same from the first sync since the question: {}", {
            told(shares.iter().map(|share| share.from_first).collect())
        });
        let asked: usize = shares.iter().map(|share| share.requests).sum();
        println!("{what}: other requests in that time: {asked} in all");
        let [had, waited] =
            [0, 1].map(|n| told(spent.iter().map(|of: &[u64; 3]| Duration::from_nanos(of[n])).collect()));
        let turns: u64 = spent.iter().map(|[.., turns]| turns).sum();
        println!(
            "{what}: from the question's leaving to the answer's being seen, the program had a processor for: {had}"
        );
        println!("{what}: and waited for one, its threads together: {waited}; turns of its threads: {turns} in all");
        println!("{what}: from the question's leaving to the answer's being seen, Synapse included: {}", told(whole));
    }
    println!("after these: {:.1} MiB", program.memory());
}

async fn ask(person: &Person, room: &OwnedRoomId, account: &Account, text: &str) {
    let asked = person.says(room, text).await.expect("it is said");
    let answers =
        |message: &homeserver::Message| message.sender == account.user_id && message.reply_to.as_ref() == Some(&asked);
    person.sees(room, answers).await.expect("it is answered");
}

fn told(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |per_mille: usize| times[(times.len() * per_mille / 1000).min(times.len() - 1)].as_secs_f64() * 1e3;
    format!("p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, most {:.2} ms", at(500), at(950), at(990), at(1000))
}

/// Start and memory of a program with many rooms.
async fn many_rooms(server: &Homeserver) {
    let account = server.register_unique("vigie").await.expect("registered");
    let owner = server.person("prof").await.expect("they log in");
    let data = tempfile::tempdir().expect("a temporary folder");
    let program = Program::start(&server.address(), &account, data.path());
    program.ready();
    let begun = Instant::now();
    let encryption =
        json!({ "type": "m.room.encryption", "state_key": "", "content": { "algorithm": "m.megolm.v1.aes-sha2" } });
    let mut rooms: Vec<OwnedRoomId> = Vec::new();
    for n in 0..ROOMS {
        let state = if n % 2 == 0 { json!([]) } else { json!([encryption]) };
        let request = json!({ "name": format!("Salon {n}"), "invite": [account.user_id], "initial_state": state });
        let made =
            owner.request("POST", "/_matrix/client/v3/createRoom", Some(&request)).await.expect("a room is made");
        rooms.push(made["room_id"].as_str().and_then(|id| id.try_into().ok()).expect("its id"));
    }
    for room in &rooms {
        let member = async { while owner.until_member(room, &account.user_id).await.is_err() {} };
        tokio::time::timeout(Duration::from_mins(10), member).await.expect("the bot joins");
    }
    println!("{ROOMS} rooms made and joined in {:.0} s", begun.elapsed().as_secs_f64());
    println!("in {ROOMS} rooms, since it joined them: {:.1} MiB", program.memory());
    program.stop();
    for _ in 0..3 {
        let program = Program::start(&server.address(), &account, data.path());
        let ready = program.ready();
        ask(&owner, &rooms[0], &account, LOOKUPS[1]).await;
        let answered = program.started.elapsed();
        tokio::time::sleep(Duration::from_secs(5)).await;
        println!(
            "{ROOMS} rooms: start to ready {:.2} s, to a first answer {:.2} s; then {:.1} MiB",
            ready.as_secs_f64(),
            answered.as_secs_f64(),
            program.memory()
        );
        program.stop();
    }
}
