//! How quick and how large the program is on Discord: `cargo bench --bench discord`.
//!
//! The real program, optimised, against the fake Discord on loopback; people use commands at a steady rate, whether or not
//! earlier ones were answered. What is measured is the time from the interaction's leaving the fake to the request of its
//! first answer. The fake runs beside the program on the same machine, checks every body, and takes its share of it.

use fake_discord::{Channel, FakeDiscord, Guild, Person};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Commands a second.
const RATE: u32 = 200;
/// How long each load lasts.
const LASTS: Duration = Duration::from_secs(20);
/// People who take turns: so many that none of them asks faster than anybody is answered.
const PEOPLE: usize = 400;
/// Servers beside the first in the measure of memory, each with so many channels and roles.
const SERVERS: usize = 1_000;
const CHANNELS: usize = 20;
const ROLES: usize = 15;

const LOOKUPS: [&str; 8] = [
    "/competence code:c1.5 referentiel:data-engineer",
    "/chercher texte:rgpd",
    "/chercher texte:test d'intrusion",
    "/criteres code:a2c4",
    "/bloc bloc:B2 referentiel:cil",
    "/lexique terme:modèle",
    "/chercher texte:accessibilité des interfaces type:competence",
    "/competence code:audit de sécurité",
];

const TYPED: [&str; 4] =
    ["/competence code:c1", "/competence code:aud", "/criteres code:secu", "/chercher texte:rgpd referentiel:da"];

fn main() {
    // What `cargo test --benches` passes: it only wants to know that it builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("the system gives threads");
    runtime.block_on(async {
        let small = small().await;
        large(small).await;
    });
}

/// The program, ended with the value.
struct Program(Child);

impl Program {
    fn start(discord: &FakeDiscord, data: &Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .env("DISCORD_TOKEN", discord.token())
            .env("VIGIE_DISCORD_API_BASE", discord.base_url())
            .env("VIGIE_DATA_DIR", data)
            .env("VIGIE_LOG", "error")
            .env_remove("DATABASE_URL")
            .current_dir(data)
            .stdin(Stdio::null())
            .spawn();
        Self(child.expect("the program starts"))
    }

    /// Resident memory in mebibytes, where the system tells.
    fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kibibytes| kibibytes / 1024.0)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Load on a program with one server; its memory before it.
async fn small() -> f64 {
    let discord = FakeDiscord::start().await;
    let guild = discord.guild("École");
    let general = guild.channel("general");
    let people: Vec<Person> = (0..PEOPLE).map(|n| guild.member(&format!("candidat{n}"))).collect();
    let data = tempfile::tempdir().expect("a temporary folder");
    let program = Program::start(&discord, data.path());
    discord.until_connected().await;
    discord.until_commands_registered().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle = program.memory().unwrap_or(f64::NAN);
    println!("idle, one server: {idle:.1} MiB");
    load("lookups", &LOOKUPS, &people, &general, Person::sends).await;
    load("completions", &TYPED, &people, &general, Person::starts_completing).await;
    println!("after the load: {:.1} MiB", program.memory().unwrap_or(f64::NAN));
    idle
}

/// Memory of a program with many servers.
async fn large(idle: f64) {
    let discord = FakeDiscord::start().await;
    for n in 0..=SERVERS {
        furnish(&discord.guild(&format!("École {n}")));
    }
    let data = tempfile::tempdir().expect("a temporary folder");
    let program = Program::start(&discord, data.path());
    discord.until_connected().await;
    discord.until_commands_registered().await;
    // Each new server is welcomed, at the pace that Discord sets; the last ones tell that all are known.
    for _ in 0..120 {
        if discord.requests_to("POST /channels/*/messages").len() > SERVERS {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    tokio::time::sleep(Duration::from_secs(5)).await;
    let memory = program.memory().unwrap_or(f64::NAN);
    println!(
        "idle, {} servers of {CHANNELS} channels and {ROLES} roles: {memory:.1} MiB, {:.1} more",
        SERVERS + 1,
        memory - idle
    );
}

fn furnish(guild: &Guild) {
    for n in 0..CHANNELS {
        let _ = guild.channel(&format!("salon-{n}"));
    }
    for n in 0..ROLES {
        let _ = guild.role(&format!("Rôle {n}"));
    }
}

/// Uses commands at a steady rate, and prints how long first answers took.
async fn load(
    what: &str,
    typed: &[&str],
    people: &[Person],
    channel: &Channel,
    send: impl Fn(&Person, &Channel, &str) -> fake_discord::Pending,
) {
    // Connections, caches and the database's first pages are not what is asked.
    for text in typed {
        // What becomes of it is of no interest here.
        let _ = send(&people[0], channel, text).outcome().await;
    }
    let mut tick = tokio::time::interval(Duration::from_secs(1) / RATE);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Burst);
    let count = RATE as usize * usize::try_from(LASTS.as_secs()).expect("a few seconds");
    let mut waiting = Vec::with_capacity(count);
    for n in 0..count {
        tick.tick().await;
        let pending = send(&people[n % people.len()], channel, typed[n % typed.len()]);
        waiting.push(tokio::spawn(async move { pending.acknowledged().await }));
    }
    let mut times = Vec::with_capacity(count);
    let mut unanswered = 0_usize;
    for pending in waiting {
        match pending.await.expect("waiting doesn't panic") {
            Ok(took) => times.push(took),
            Err(_) => unanswered += 1,
        }
    }
    times.sort_unstable();
    let at = |per_mille: usize| times[(times.len() * per_mille / 1000).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!(
        "{what}: {} at {RATE} a second, p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, most {:.2} ms, unanswered {unanswered}",
        times.len(),
        at(500),
        at(950),
        at(990),
        at(1000),
    );
}
