//! What `vigie doctor` tells of a bot that runs on a real homeserver.

use crate::{meeting::Meeting, town::Privacy};
use homeserver::Message;
use vigie_matrix::{About, Verdict, access, checkup};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_is_well_with_a_bot_that_runs() {
    let Some(meeting) = Meeting::open(Privacy::Encrypted).await else { return };
    let access = access(&meeting.lodging.matrix()).expect("a session");
    let report = checkup(&access).await.expect("a report");
    assert_eq!(report.user, meeting.lodging.user().as_str());
    let about: Vec<About> = report.findings.iter().map(|finding| finding.about).collect();
    let all = [About::Device, About::Identity, About::Signature, About::Backup, About::Recovery, About::Rooms];
    assert!(all.iter().all(|one| about.contains(one)), "{about:?}");
    for finding in &report.findings {
        assert_eq!((finding.verdict, finding.advice), (Verdict::Good, None), "{finding:?}");
    }
    // Looking at it changes nothing for people.
    let bot = meeting.lodging.user();
    let first = |message: &Message| message.sender == bot;
    assert!(!meeting.alice.sees(&meeting.room, first).await.expect("it is there").is_undecryptable());
    meeting.all_said().await;
}
