//! Progress of what lasts more than a second, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::Cell;
use std::io::IsTerminal;
use std::sync::mpsc;
use std::time::Duration;
use vigie_referentiels::import;

/// What lasts less isn't worth a word.
const PATIENCE: Duration = Duration::from_secs(1);

/// Does something whose end can't be told beforehand, with a sign of life once it lasts.
pub(super) fn waiting<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    let (ended, end) = mpsc::channel::<()>();
    let sign = std::thread::spawn(move || {
        if end.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            let bar = ProgressBar::new_spinner().with_message(what);
            bar.enable_steady_tick(Duration::from_millis(100));
            // The other end is dropped when the work is done.
            let _ = end.recv();
            bar.finish_and_clear();
        }
    });
    let value = work();
    drop(ended);
    // The sign of life has nothing to say about the work.
    let _ = sign.join();
    value
}

/// How far an import has come.
pub(super) struct Importing {
    bar: ProgressBar,
    shown: Cell<bool>,
}

impl Importing {
    /// Of this file, nothing yet.
    pub(super) fn new(name: &str) -> Self {
        let bar = ProgressBar::hidden().with_message(name.to_owned());
        bar.set_style(ProgressStyle::default_bar());
        Self { bar, shown: Cell::new(false) }
    }

    /// So far.
    pub(super) fn show(&self, progress: import::Progress) {
        let lasts = self.bar.elapsed() > PATIENCE;
        if lasts && !self.shown.replace(true) && std::io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(progress.total as u64);
        self.bar.set_position(progress.done as u64);
    }

    /// All of it.
    pub(super) fn end(self) {
        self.bar.finish_and_clear();
    }
}
