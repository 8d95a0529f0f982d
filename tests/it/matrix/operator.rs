//! What an operator is told who got something wrong.

use super::school::School;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_that_is_refused_ends_the_program_with_a_sentence() {
    let Some(school) = School::open().await else { return };
    let program = school.program(&[("VIGIE_MATRIX_PASSWORD", "not the password")]);
    let (status, log) = tokio::task::spawn_blocking(move || program.ends()).await.expect("it ends");
    assert_eq!(status.code(), Some(1), "{log}");
    let last = log.lines().last().unwrap_or_default();
    assert!(last.starts_with("vigie: matrix: refused: ") && last.contains("VIGIE_MATRIX_PASSWORD"), "{log}");
    assert!(!log.contains("not the password"), "{log}");
    let devices = school.server.devices(&school.account.user_id).await.expect("the server tells");
    assert!(devices.is_empty(), "{devices:?}");
}
