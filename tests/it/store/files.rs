//! Files on disk: whole or not at all, once, for the operator's eyes, for as long as a row names them.

use super::homes::where_it_lasts;
use super::work::{ALICE, CAROL, DAVE, FAR, OTHER, TEAM, Who, at, begin, does, required, schools};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use vigie::domain::handin::{FileName, Fingerprint, Quotas, Room, Size};
use vigie::domain::key::{HandinKey, TeamKey};
use vigie::store::{Addition, FileError, Files, HandedIn, HandingIn, Store, Swept};

/// Where a process that is to be killed writes.
const KILLED: &str = "VIGIE_TEST_FILES_OF_THE_KILLED";

fn files(folder: &Path) -> Files {
    Files::new(&folder.join("files"), Size(1_000_000))
}

/// Everything in the folder but its lock.
fn held(folder: &Path) -> Vec<PathBuf> {
    let shelves = std::fs::read_dir(folder.join("files")).into_iter().flatten().flatten();
    let shelves = shelves.map(|shelf| shelf.path()).filter(|path| path.is_dir());
    shelves.flat_map(|shelf| std::fs::read_dir(shelf).expect("read").flatten().map(|file| file.path())).collect()
}

#[tokio::test]
async fn the_same_content_is_kept_once_and_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = files(folder.path());
    let content = b"%PDF-1.7\0\xff".to_vec();
    let (sha256, size) = files.keep(content.clone(), at(0)).await.expect("kept");
    assert_eq!((&sha256, size), (&Fingerprint::of(&content), Size(10)));
    assert_eq!(files.keep(content.clone(), at(1)).await.expect("kept").0, sha256);
    let place = folder.path().join("files").join(&sha256.as_str()[..2]).join(sha256.as_str());
    assert_eq!(held(folder.path()), std::slice::from_ref(&place));
    assert_eq!(files.read(&sha256).await.expect("read"), Some(content));
    assert_eq!(files.read(&Fingerprint::of(b"other")).await.expect("read"), None);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode(&place), 0o600);
        assert_eq!(mode(place.parent().expect("a folder")), 0o700);
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_with_the_limit() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = files(folder.path());
    let refused = files.keep(vec![0; 1_000_001], at(0)).await.expect_err("too large");
    assert!(matches!(refused, FileError::TooLarge { given: Size(1_000_001), most: Size(1_000_000) }), "{refused}");
    assert!(held(folder.path()).is_empty());
    files.keep(vec![0; 1_000_000], at(0)).await.expect("kept");
}

#[tokio::test]
async fn what_was_damaged_is_told_and_mended_by_who_has_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = files(folder.path());
    let (sha256, _) = files.keep(b"content".to_vec(), at(0)).await.expect("kept");
    std::fs::write(&held(folder.path())[0], "contenu").expect("written");
    let told = files.read(&sha256).await.expect_err("damaged");
    assert!(matches!(&told, FileError::Damaged { sha256: damaged } if *damaged == sha256), "{told}");
    files.keep(b"content".to_vec(), at(1)).await.expect("kept");
    assert_eq!(files.read(&sha256).await.expect("read").as_deref(), Some(b"content".as_slice()));
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("files"), "in the way").expect("written");
    let told = files(folder.path()).keep(b"content".to_vec(), at(0)).await.expect_err("no folder");
    assert!(told.to_string().contains("files"), "{told}");
}

/// Hands a content in for a new deliverable of a team.
async fn hand_in(store: &Store, files: &Files, who: Who, team: TeamKey, content: &[u8]) -> HandinKey {
    let (sha256, size) = files.keep(content.to_vec(), at(0)).await.expect("kept");
    let new = does!(store, who, 0, add_deliverables(team, &[required("Dossier", 9)]));
    let Addition::Added(given) = new else { panic!("{new:?}") };
    let content = HandedIn::File { name: FileName::of("a.pdf"), media_type: None, size, sha256 };
    match does!(store, who, 0, hand_in(given[0].key, &content)) {
        HandingIn::Kept(handin) => handin.key,
        refused => panic!("{refused:?}"),
    }
}

#[test]
fn what_no_row_names_is_swept_after_a_day() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let folder = tempfile::tempdir().expect("a folder");
        let files = files(folder.path());
        assert_eq!(files.sweep(&store, at(0)).await.expect("nothing to sweep"), Swept::default());
        // One that two schools handed in, and one whose transaction never ended.
        let ours = hand_in(&store, &files, ALICE, TEAM, b"the same").await;
        let theirs = hand_in(&store, &files, DAVE, FAR, b"the same").await;
        let (lost, _) = files.keep(b"lost".to_vec(), at(0)).await.expect("kept");
        assert_eq!(files.sweep(&store, at(24)).await.expect("swept"), Swept::default(), "it isn't a day old yet");
        let swept = files.sweep(&store, at(25)).await.expect("swept");
        assert_eq!(swept, Swept { files: 1, bytes: 4, unfinished: 0 });
        assert_eq!(files.read(&lost).await.expect("read"), None);
        let same = Fingerprint::of(b"the same");
        for (who, handin) in [(ALICE, ours), (DAVE, theirs)] {
            let deliverable = store.of(who.0).handin(handin).await.expect("read").expect("there").deliverable;
            let seen = store.of(who.0).deliverable(deliverable).await.expect("read").expect("there").revision;
            does!(store, who, 30, withdraw(handin, seen));
            files.sweep(&store, at(60)).await.expect("swept");
            assert!(files.read(&same).await.expect("read").is_some(), "it may be brought back");
            store.erase_deleted_before(at(54)).await.expect("erased");
            let left = files.sweep(&store, at(60)).await.expect("swept").files;
            assert_eq!(left, u64::from(who == DAVE), "it is the other school's too");
        }
        assert!(held(folder.path()).is_empty());
    });
}

#[test]
fn a_sweep_keeps_all_of_thousands() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let folder = tempfile::tempdir().expect("a folder");
        let files = files(folder.path());
        let wanted = hand_in(&store, &files, ALICE, TEAM, b"wanted").await;
        for rank in 0..1_100_u32 {
            files.keep(rank.to_be_bytes().to_vec(), at(0)).await.expect("kept");
        }
        let swept = files.sweep(&store, at(25)).await.expect("swept");
        assert_eq!((swept.files, swept.bytes), (1_100, 4_400));
        assert!(store.of(ALICE.0).handin(wanted).await.expect("read").is_some());
        assert_eq!(held(folder.path()).len(), 1);
    });
}

/// Not a test of its own: what the next one runs in a process that it kills.
#[tokio::test]
async fn writes_until_it_is_killed() {
    let Some(folder) = std::env::var_os(KILLED) else { return };
    let files = files(Path::new(&folder));
    for rank in 0_u32.. {
        let content = rank.to_be_bytes().repeat(100_000);
        files.keep(content, at(0)).await.expect("kept");
    }
}

/// Whether a path is that of a file that was never finished.
fn is_unfinished(path: &Path) -> bool {
    path.parent().is_some_and(|shelf| shelf.ends_with("unfinished"))
}

#[tokio::test]
async fn a_kill_leaves_no_file_in_part() {
    let folder = tempfile::tempdir().expect("a folder");
    let end = Instant::now() + Duration::from_mins(1);
    // Killed at whatever moment it is at, until one is killed in the middle.
    while !held(folder.path()).iter().any(|file| is_unfinished(file)) {
        let before = held(folder.path()).len();
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "store::files::writes_until_it_is_killed"])
            .env(KILLED, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts");
        while held(folder.path()).len() < before + 2 {
            assert!(Instant::now() < end, "no process was killed in the middle of a file");
            std::thread::yield_now();
        }
        child.kill().expect("killed");
        child.wait().expect("it ended");
        // What it kept before isn't kept anew by the next: they begin with the same content.
        for file in held(folder.path()).iter().filter(|file| !is_unfinished(file)) {
            let content = std::fs::read(file).expect("read");
            assert_eq!(file.file_name().and_then(|name| name.to_str()), Some(Fingerprint::of(&content).as_str()));
            std::fs::remove_file(file).expect("removed");
        }
    }
    // Nobody waits for what was left behind.
    let files = files(folder.path());
    files.keep(b"afterwards".to_vec(), at(0)).await.expect("kept");
    let store = Store::open("sqlite::memory:").await.expect("opened");
    let now = jiff::Timestamp::now();
    assert_eq!(files.sweep(&store, now).await.expect("swept").unfinished, 0, "it may still be written");
    // A kill may have come after it had its date, which the test gave.
    let later = now.max(at(0)) + jiff::SignedDuration::from_hours(25);
    assert!(files.sweep(&store, later).await.expect("swept").unfinished > 0);
    assert_eq!(held(folder.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_disk_keeps_its_reserve() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = files(folder.path());
    files.see_room(Size(1_000)).await.expect("a kilobyte is free");
    let files = files.leaving(Size(u64::MAX - 10));
    assert!(matches!(files.see_room(Size(1)).await, Err(FileError::Full { .. })));
    assert!(matches!(files.keep(b"abc".to_vec(), at(0)).await, Err(FileError::Full { .. })));
    assert!(matches!(files.see_room(Size(1_000_001)).await, Err(FileError::TooLarge { .. })));
    assert!(held(folder.path()).is_empty(), "nothing is left of it");
}

/// What was handed in counts for the team and for the space, until it is erased.
#[test]
fn a_team_and_a_space_keep_so_much() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let folder = tempfile::tempdir().expect("a folder");
        let files = files(folder.path());
        let quotas = |team, space| Quotas { file: Size(100), team: Size(team), space: Size(space), reserve: Size(0) };
        let handin = hand_in(&store, &files, ALICE, TEAM, b"four").await;
        hand_in(&store, &files, CAROL, OTHER, b"others").await;
        let deliverable = store.of(ALICE.0).handin(handin).await.expect("read").expect("there").deliverable;
        let room = async |given, quotas: Quotas| {
            let read = store.of(ALICE.0).room_for(deliverable, Size(given), &quotas).await.expect("read");
            let mut write = begin(&store, ALICE, 1).await;
            assert_eq!(write.room_for(deliverable, Size(given), &quotas).await.expect("read"), read);
            read
        };
        assert_eq!(room(6, quotas(10, 100)).await, Room::Free);
        assert_eq!(room(7, quotas(10, 100)).await, Room::Team { kept: Size(4), most: Size(10) });
        assert_eq!(room(5, quotas(10, 15)).await, Room::Free);
        assert_eq!(room(6, quotas(10, 15)).await, Room::Space { most: Size(15) });
        assert_eq!(store.of(DAVE.0).room_for(deliverable, Size(1), &quotas(10, 10)).await.expect("read"), Room::Gone);
        // What is withdrawn can come back, and counts until it can't.
        let seen = store.of(ALICE.0).deliverable(deliverable).await.expect("read").expect("there").revision;
        does!(store, ALICE, 1, withdraw(handin, seen));
        store.recount_files().await.expect("counted");
        assert_eq!(room(7, quotas(10, 100)).await, Room::Team { kept: Size(4), most: Size(10) });
        store.erase_deleted_before(at(30)).await.expect("erased");
        assert_eq!(room(6, quotas(10, 15)).await, Room::Space { most: Size(15) }, "it isn't counted anew yet");
        store.recount_files().await.expect("counted");
        assert_eq!(room(6, quotas(10, 15)).await, Room::Free);
        home.say("update deliverables set versions = 200 where tenant_id = 1").await;
        assert_eq!(room(1, quotas(10, 15)).await, Room::Versions(200));
    });
}
