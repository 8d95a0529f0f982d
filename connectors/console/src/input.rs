//! Where lines come from: a thread that waits for them, so that the conversation never does.

use crate::{console::Desk, editor, options::Input};
use std::{
    io::{BufRead, Read},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
};
use tokio::sync::mpsc as channel;
use vigie_chat::{App, ConnectorError};

/// Longest line that is read, in bytes; the rest of a longer one is the next line.
const LONGEST: u64 = 1 << 20;

/// Lines, one at a time, each asked for.
pub(crate) struct Lines {
    ask: Option<mpsc::Sender<String>>,
    got: channel::Receiver<String>,
    /// The line editor's thread, which must give the terminal back.
    editor: Option<(JoinHandle<()>, Arc<AtomicBool>)>,
    desk: Arc<Desk>,
}

impl Lines {
    /// Starts waiting for lines.
    ///
    /// # Errors
    ///
    /// [`ConnectorError::Lost`] when the system gives no thread.
    pub(crate) fn new(input: Input, desk: &Arc<Desk>, app: &Arc<dyn App>) -> Result<Self, ConnectorError> {
        let (ask, asked) = mpsc::channel::<String>();
        let (give, got) = channel::channel(1);
        let thread = thread::Builder::new().name("console".to_owned());
        let lost = |error: std::io::Error| ConnectorError::Lost(error.to_string());
        let editor = match input {
            Input::Script(script) => {
                let mut script = script;
                let read = move || {
                    while asked.recv().is_ok() && line(&mut script).is_some_and(|line| give.blocking_send(line).is_ok())
                    {
                    }
                };
                // Nobody waits for this thread: it may hang on a pipe that stays open.
                thread.spawn(read).map_err(lost)?;
                None
            }
            Input::Terminal => {
                let stop = Arc::new(AtomicBool::new(false));
                let mut editor = editor::Editor::new(Arc::clone(desk), Arc::clone(app), Arc::clone(&stop));
                let read = move || {
                    while let Ok(prompt) = asked.recv()
                        && let Some(line) = editor.line(&prompt)
                        && give.blocking_send(line).is_ok()
                    {}
                };
                Some((thread.spawn(read).map_err(lost)?, stop))
            }
        };
        Ok(Self { ask: Some(ask), got, editor, desk: Arc::clone(desk) })
    }

    /// The next line, or nothing when there is none.
    pub(crate) async fn next(&mut self, prompt: String) -> Option<String> {
        if self.editor.is_some() {
            self.desk.state().output.set_typing(true);
        }
        self.ask.as_ref()?.send(prompt).ok()?;
        self.got.recv().await
    }
}

impl Drop for Lines {
    /// Has the line editor give the terminal back and write its history.
    fn drop(&mut self) {
        self.ask = None;
        self.desk.state().output.set_typing(false);
        if let Some((thread, stop)) = self.editor.take() {
            stop.store(true, Ordering::Relaxed);
            self.got.close();
            // The editor only panics on a defect of its own, which has been shown.
            let _ = thread.join();
        }
    }
}

/// The next line of a script, without its end. Bytes that aren't UTF-8 are replaced.
fn line(script: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    let read = script.take(LONGEST).read_until(b'\n', &mut bytes).ok()?;
    let line = String::from_utf8_lossy(&bytes);
    (read > 0).then(|| line.trim_end_matches(['\n', '\r']).to_owned())
}
