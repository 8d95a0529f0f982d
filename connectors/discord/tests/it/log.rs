//! What the connector logs, in the whole process.

use std::{
    io::{self, Write},
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
};
use vigie_testkit::Bell;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());
/// Rings at each line.
static BELL: LazyLock<Bell> = LazyLock::new(Bell::default);

struct Log;

fn log() -> MutexGuard<'static, Vec<u8>> {
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        log().extend_from_slice(bytes);
        BELL.ring();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Logs everything of ours from now on.
pub(crate) fn begin() {
    let everything = tracing_subscriber::fmt().with_env_filter("vigie_discord=trace").with_ansi(false);
    // The first test does it for all.
    let _ = everything.with_writer(|| Log).try_init();
}

/// The lines so far that have these words.
pub(crate) fn lines(words: &str) -> Vec<String> {
    let log = String::from_utf8_lossy(&log()).into_owned();
    log.lines().filter(|line| line.contains(words)).map(str::to_owned).collect()
}

/// Waits for a line that has these words.
pub(crate) async fn until(words: &str) {
    let told = BELL.until(|| (!lines(words).is_empty()).then_some(())).await;
    assert!(told.is_some(), "{words:?} is never logged");
}
