//! A candidate's day in an encrypted room, with a power cut in the middle of it.

use super::school::School;
use homeserver::{Reading, Standing, Text};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_candidate_is_answered_once_through_a_power_cut_and_nobody_else_is_told() {
    let Some(school) = School::open().await else { return };
    let (candidate, bot) = (&school.candidate, &school.account.user_id);
    let program = school.program(&[]);
    let room = school.room().await;
    candidate.sees(&room, |message| message.body.contains("je suis Vigie")).await.expect("the room is greeted");

    // In the room: by the prefix, in a thread, by a mention; the answer is encrypted, and a notice.
    let asked = candidate.says(&room, "!vigie chercher acessibilite").await.expect("said");
    let found = school.answered(&room, &asked, "accessibilité").await;
    assert_eq!((&found.reading, found.kind.as_str()), (&Reading::Decrypted, "m.notice"));
    assert!(found.mentions.is_empty() && !found.mentions_room);
    let reacted = candidate.reacts(&room, &found.id, "1️⃣").await.expect("a reaction is taken");
    let is_sheet = |message: &homeserver::Message| message.sender == *bot && message.body.contains("critère");
    candidate.sees(&room, is_sheet).await.unwrap_or_else(|error| panic!("{reacted} opens nothing: {error}"));
    let by_number = candidate.says(&room, Text::new("2").in_reply_to(&found.id)).await.expect("said");
    school.answered(&room, &by_number, "").await;
    let mention = Text::new(&format!("{bot}: pentest")).mentioning(bot);
    let mentioned = candidate.says(&room, mention).await.expect("said");
    school.answered(&room, &mentioned, "C18").await;

    // What concerns health is answered in a room for two, to which the bot invites.
    let private = candidate.says(&room, "!vigie amenagement procedure projet-ia").await.expect("said");
    let direct = until_invited(&school, &room).await;
    candidate.accepts(&direct).await.expect("the candidate joins");
    candidate.sees(&direct, |message| message.body.contains("aménagement")).await.expect("it is answered apart");
    assert!(school.answers(&school.trainer, &room, &private).is_empty());
    assert!(school.trainer.view(&direct).is_none(), "the trainer is not in that room");
    let alone = candidate.says(&direct, "c18").await.expect("said");
    candidate.sees(&direct, |message| message.body.contains("C18 — ")).await.expect("bare words are a question there");

    // The power is cut while questions come in.
    let mut questions = Vec::new();
    for code in ["C1.1", "C1.2", "C1.3"] {
        let words = format!("!vigie competence {code} referentiel:data-engineer");
        questions.push((code, candidate.says(&room, words.as_str()).await.expect("said")));
    }
    school.answered(&room, &questions[0].1, "C1.1").await;
    let first_log = program.kill();
    for code in ["C1.4", "C1.5"] {
        let words = format!("!vigie competence {code} referentiel:data-engineer");
        questions.push((code, candidate.says(&room, words.as_str()).await.expect("said")));
    }
    let program = school.program(&[]);
    for (code, question) in &questions {
        school.answered(&room, question, code).await;
    }

    // The operator moves the recovery key off the machine.
    let key = takes_the_recovery_key(&school);

    // While it runs, the operator is told that all is well.
    let doctor = school.doctor();
    let report = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(doctor.status.success(), "{report}{}", String::from_utf8_lossy(&doctor.stderr));
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["state"], "ok", "{report:#}");
    assert!(report["signs"].as_array().expect("signs").iter().any(|sign| sign["about"] == "matrix"), "{report:#}");

    // A last answer: what would have been said twice has been said by then.
    let last = candidate.says(&room, "!vigie lexique framework").await.expect("said");
    school.answered(&room, &last, "framework").await;
    let all = [&asked, &by_number, &mentioned, &last].into_iter().chain(questions.iter().map(|(_, asked)| asked));
    for question in all {
        assert_eq!(school.answers(candidate, &room, question).len(), 1, "{question} is answered once");
    }
    assert_eq!(school.answers(candidate, &direct, &alone).len(), 1);
    let view = candidate.view(&room).expect("the room is there");
    let greetings = view.messages.iter().filter(|message| message.body.contains("je suis Vigie")).count();
    assert_eq!(greetings, 1, "the room is greeted once");

    let (status, second_log) = tokio::task::spawn_blocking(move || program.stop()).await.expect("it stops");
    assert!(status.success(), "{second_log}");
    assert!(!school.recovery_key().exists(), "the key is told again");
    for log in [first_log, second_log] {
        assert!(!log.contains(&key), "the recovery key is in the log");
        assert!(log.contains("connected to Matrix"), "{log}");
        let ids = [bot.as_str(), candidate.id().as_str(), school.trainer.id().as_str(), room.as_str(), direct.as_str()];
        let said = ["acessibilite", "pentest", "amenagement", "aménagement", "framework"];
        let secrets = [school.account.password.as_str()];
        for secret in ids.into_iter().chain(said).chain(secrets) {
            let lines: Vec<&str> = log.lines().filter(|line| line.contains(secret)).collect();
            assert!(lines.is_empty(), "{secret:?} is in the log: {lines:#?}");
        }
    }
}

async fn until_invited(school: &School, but: &ruma::RoomId) -> ruma::OwnedRoomId {
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    // Whoever no longer listens was invited.
    school.candidate.on_change(move || {
        let _ = tell.send(());
    });
    let invited = async {
        loop {
            let rooms = school.candidate.rooms().into_iter();
            let mut invited = rooms.filter(|(room, standing)| room != but && *standing == Standing::Invited);
            if let Some((room, _)) = invited.next() {
                return room;
            }
            told.recv().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(1), invited).await.expect("the bot invites")
}

/// Reads the recovery key where the program left it, and removes it there.
#[track_caller]
fn takes_the_recovery_key(school: &School) -> String {
    let path = school.recovery_key();
    let key = std::fs::read_to_string(&path).expect("the key is there").trim().to_owned();
    let written = regex::Regex::new(r"^(?:[1-9A-HJ-NP-Za-km-z]{4} ){11}[1-9A-HJ-NP-Za-km-z]{1,4}$").expect("a pattern");
    assert!(written.is_match(&key), "this is no recovery key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "others can read the key");
    }
    std::fs::remove_file(path).expect("it is removed");
    key
}
