//! The program as an operator starts it.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long it may take to stop.
const PATIENCE: Duration = Duration::from_secs(15);

/// A running program. It is killed when dropped.
pub(crate) struct Program {
    child: Child,
    log: Arc<Mutex<String>>,
    reading: Option<JoinHandle<()>>,
}

/// A command that runs the program with only these settings, whatever whoever runs the tests has set.
pub(crate) fn command(data: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    for (name, _) in std::env::vars() {
        if name.starts_with("VIGIE_") || name.starts_with("DISCORD_") || name.starts_with("DATABASE_") {
            command.env_remove(name);
        }
    }
    command.env("VIGIE_DATA_DIR", data).envs(settings.iter().copied()).current_dir(data);
    command
}

impl Program {
    /// Starts it with these settings; everything is kept in `data`.
    pub(crate) fn start(data: &Path, settings: &[(&str, &str)]) -> Self {
        let mut command = command(data, settings);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut child = child.expect("the program starts");
        let lines = BufReader::new(child.stderr.take().expect("a pipe"));
        let log: Arc<Mutex<String>> = Arc::default();
        let kept = Arc::clone(&log);
        let reading = std::thread::spawn(move || {
            // What was written until it ended is of use in any case.
            for line in lines.lines().map_while(Result::ok) {
                kept.lock().unwrap_or_else(PoisonError::into_inner).extend([line.as_str(), "\n"]);
            }
        });
        Self { child, log, reading: Some(reading) }
    }

    /// What it logged until now.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it as a power cut would.
    pub(crate) fn kill(mut self) -> String {
        self.child.kill().expect("it runs");
        self.ended().1
    }

    /// Asks it to stop, as whoever supervises it does, and waits until it has: how it ended, and its log.
    pub(crate) fn stop(mut self) -> (ExitStatus, String) {
        let asked = Command::new("kill").arg("-TERM").arg(self.id().to_string()).status();
        assert!(asked.expect("kill is there").success());
        self.ended()
    }

    /// Waits until it ended by itself.
    pub(crate) fn ends(mut self) -> (ExitStatus, String) {
        self.ended()
    }

    fn ended(&mut self) -> (ExitStatus, String) {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            match self.child.try_wait().expect("it can be waited for") {
                Some(status) => break status,
                None if Instant::now() > until => panic!("the program doesn't end"),
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        };
        let reading = self.reading.take().expect("it ends once");
        reading.join().expect("reading doesn't panic");
        (status, self.log())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("the program's log:\n{}", self.log());
        }
    }
}
