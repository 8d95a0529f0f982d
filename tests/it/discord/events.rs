//! Defences as events of the server: planned, moved, cancelled, through a power cut, and where the bot may not.

use super::start;
use crate::program::Program;
use fake_discord::{Channel, FakeDiscord, Fault, Guild, Permissions, Person};
use jiff::Timestamp;

const CREATE: &str = "POST /guilds/*/scheduled-events";
const CHANGE: &str = "PATCH /guilds/*/scheduled-events/*";
const BRIEF: &str = include_str!("../../briefs/projet-ia-fuites.md");

struct School {
    discord: FakeDiscord,
    guild: Guild,
    general: Channel,
    trainer: Person,
    program: Program,
    data: tempfile::TempDir,
}

/// A server where the bot may do so much besides, with a published brief and a team.
async fn school(permissions: Permissions) -> School {
    let discord = FakeDiscord::start().await;
    let guild = discord.guild_without_the_bot("École");
    let general = guild.channel("general");
    let (trainer, alice) = (guild.owner(), guild.member("alice"));
    guild.invite_bot_with(Permissions::of_everyone() | permissions);
    let data = tempfile::tempdir().expect("a temporary folder");
    let program = start(&discord, data.path(), &[]);
    discord.until_connected().await;
    discord.until_commands_registered().await;
    trainer.attaches("sujet.md", BRIEF);
    let understood = trainer.types(&general, "/brief publier fichier:sujet.md").await;
    understood.clicks_label(&trainer, "Publier dans ce salon").await.says("est publié dans");
    alice.types(&general, "/equipe creer nom:Vannes sujet:1").await.says("Vannes");
    School { discord, guild, general, trainer, program, data }
}

/// A wall-clock hour in Paris, some days from now.
fn days_from_now(days: i64, hour: i8) -> (String, i64) {
    let paris = jiff::tz::TimeZone::get("Europe/Paris").expect("a zone");
    let day = Timestamp::now().to_zoned(paris.clone()).date().saturating_add(jiff::Span::new().days(days));
    let wall = day.at(hour, 0, 0, 0);
    let at = wall.to_zoned(paris).expect("an instant").timestamp();
    (wall.strftime("%Y-%m-%dT%H:%M").to_string(), at.as_millisecond())
}

impl School {
    async fn plans(&self, when: &str, more: &str) {
        let line = format!("/soutenance planifier debut:{when} duree:50min salle:B12 {more} confirmation:oui");
        self.trainer.types(&self.general, line.trim_end()).await.says("Vannes");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_defence_is_an_event_that_moves_with_it_and_goes_with_it() {
    let school = school(Permissions::CREATE_EVENTS).await;
    let ((first, first_ms), (second, second_ms)) = (days_from_now(20, 10), days_from_now(20, 14));
    school.plans(&first, "sujet:1").await;
    let shown = school.guild.until_events(|events| events.len() == 1).await;
    assert!(shown[0].name.contains("Vannes"), "{shown:?}");
    assert_eq!((shown[0].starts_ms, shown[0].location.as_str()), (first_ms, "B12"));
    school.plans(&second, "equipe:1").await;
    let moved = school.guild.until_events(|events| events.iter().any(|one| one.starts_ms == second_ms)).await;
    assert_eq!((moved.len(), moved[0].id), (1, shown[0].id), "it is the same event");
    assert_eq!(school.discord.count_requests(CHANGE), 1);
    // Longer than the others, it looks the same.
    let line = "/soutenance planifier equipe:1 duree:1h20";
    school.trainer.types(&school.general, line).await.says("Vannes");
    let _ = school.trainer.types(&school.general, "/brief cloturer sujet:1 confirmation:oui").await;
    school.guild.until_events(<[_]>::is_empty).await;
    assert_eq!((school.discord.count_requests(CREATE), school.discord.count_requests(CHANGE)), (1, 1));
    school.discord.assert_no_complaints();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_bot_may_not_nobody_hears_of_it_but_the_operator() {
    let school = school(Permissions::NONE).await;
    let (when, _) = days_from_now(20, 10);
    school.plans(&when, "sujet:1").await;
    school.discord.wait_for_requests(CREATE, 1).await;
    school.plans(&days_from_now(20, 11).0, "equipe:1").await;
    school.discord.wait_for_requests(CREATE, 2).await;
    // Each answer has it look again.
    school.trainer.types(&school.general, "/soutenance voir sujet:1").await.says("Vannes");
    assert_eq!(school.discord.count_requests(CREATE), 2, "it isn't asked again and again");
    assert!(school.guild.events().is_empty());
    let mut doctor = std::process::Command::new(env!("CARGO_BIN_EXE_vigie"));
    let doctor = doctor.arg("doctor").env("VIGIE_DATA_DIR", school.data.path()).env_remove("DISCORD_TOKEN").output();
    let said = String::from_utf8(doctor.expect("the program starts").stdout).expect("UTF-8");
    let line = said.lines().find(|line| line.contains("defences")).expect("a line on defences");
    assert!(line.starts_with("warning") && line.contains("permission to create events"), "{line}");
    let log = school.program.kill();
    assert!(log.contains("CREATE_EVENTS") && !log.contains("Vannes"), "{log}");
    school.discord.assert_no_complaints();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_between_making_and_noting_it_makes_no_second_event() {
    let school = school(Permissions::CREATE_EVENTS).await;
    let (when, starts_ms) = days_from_now(20, 10);
    school.discord.fault(CREATE, Fault::CutAfter);
    school.plans(&when, "sujet:1").await;
    let shown = school.guild.until_events(|events| events.len() == 1).await;
    drop(school.program.kill());
    let _program = start(&school.discord, school.data.path(), &[]);
    school.discord.wait_for_requests("GET /guilds/*/scheduled-events", 1).await;
    // It knows the event by its id again: moved, it is the same.
    school.discord.wait_for_frame(2, 1).await;
    school.discord.until_connected().await;
    let (later, later_ms) = days_from_now(20, 15);
    let line = format!("/soutenance planifier debut:{later} equipe:1 confirmation:oui");
    school.trainer.types(&school.general, &line).await.says("Vannes");
    let moved = school.guild.until_events(|events| events.iter().any(|one| one.starts_ms == later_ms)).await;
    assert_ne!(starts_ms, later_ms);
    assert_eq!((moved.len(), moved[0].id), (1, shown[0].id));
    assert_eq!(school.discord.count_requests(CREATE), 1);
    school.discord.assert_no_complaints();
}
