//! Starting, ending, limiting.

use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use homeserver::{Rate, Room, Settings, Text};

use crate::{Checked, own, shared};

/// Whether a process of that id is there.
fn runs(process: u32) -> bool {
    std::path::Path::new(&format!("/proc/{process}")).exists()
}

#[tokio::test]
async fn what_was_written_is_still_there_after_the_server_is_killed_and_started_again() -> Checked {
    let Some(server) = own(Settings::default()).await else { return Ok(()) };
    let alice = server.person("alice").await?;
    let room = alice.creates_room(Room::plain()).await?;
    let before = alice.says(&room, "before").await?;
    server.kill().await;
    assert_eq!(server.process_id(), None);
    server.start_again().await?;

    let after = alice.says(&room, "after").await?;
    alice.sees(&room, |message| message.id == after).await?;
    let path = format!("/_matrix/client/v3/rooms/{room}/event/{before}");
    assert_eq!(alice.request("GET", &path, None).await?["content"]["body"], "before");
    Ok(())
}

#[tokio::test]
async fn a_tight_server_says_that_it_is_too_much() -> Checked {
    let Some(server) = own(Settings::default().messages(Rate { burst: 2, per_second: 0.1 })).await else {
        return Ok(());
    };
    let alice = server.person("alice").await?;
    let room = alice.creates_room(Room::plain()).await?;
    let mut refused = None;
    for n in 0..5 {
        if let Err(refusal) = alice.sends_once(&room, &format!("t{n}"), &Text::new("again")).await {
            refused = Some((refusal.status(), refusal.code()));
        }
    }
    assert_eq!(refused, Some((Some(429), Some("M_LIMIT_EXCEEDED".to_owned()))));

    server.limit(alice.id(), Rate::UNLIMITED).await?;
    for n in 5..10 {
        alice.sends_once(&room, &format!("t{n}"), &Text::new("again")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn nothing_is_left_of_a_server_that_is_dropped() {
    let Some(server) = own(Settings::default()).await else { return };
    let process = server.process_id().expect("it runs");
    let folder = server.folder().to_owned();
    assert!(runs(process) && folder.exists());
    drop(server);
    assert!(!runs(process), "Synapse still runs");
    assert!(!folder.exists(), "its folder is still there");
}

#[test]
fn nothing_is_left_when_the_program_that_started_a_server_is_killed() -> Checked {
    let Some(_) = tokio::runtime::Runtime::new()?.block_on(shared()) else { return Ok(()) };
    let mut program = Command::new(env!("CARGO_BIN_EXE_homeserver"));
    let mut program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::new(program.stdout.take().ok_or("no output")?).lines();
    let process = lines.next().ok_or("it says nothing")??;
    let process = process.rsplit(' ').next().and_then(|id| id.parse().ok()).ok_or(process)?;
    assert!(runs(process));
    program.kill()?;
    program.wait()?;
    let until = Instant::now() + Duration::from_secs(30);
    while runs(process) {
        assert!(Instant::now() < until, "Synapse still runs");
        std::thread::yield_now();
    }
    Ok(())
}

#[tokio::test]
async fn a_removed_device_may_do_nothing_any_more() -> Checked {
    let Some(server) = shared().await else { return Ok(()) };
    let alice = server.person("alice").await?;
    let devices = server.devices(alice.id()).await?;
    assert_eq!(devices.iter().map(|device| &*device.id).collect::<Vec<_>>(), [alice.device_id()]);
    server.remove_device(alice.id(), alice.device_id().as_str()).await?;
    let refused = alice.request("GET", "/_matrix/client/v3/account/whoami", None).await.expect_err("it is gone");
    assert_eq!(refused.code().as_deref(), Some("M_UNKNOWN_TOKEN"));
    Ok(())
}
