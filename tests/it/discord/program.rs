//! The program as an operator starts it.

use fake_discord::FakeDiscord;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long it may take to stop.
const PATIENCE: Duration = Duration::from_secs(15);

/// A running program. It is killed when dropped.
pub(super) struct Program {
    child: Child,
    log: Option<JoinHandle<String>>,
}

impl Program {
    /// Starts it against a fake, with these settings beside; everything is kept in `data`.
    pub(super) fn start(discord: &FakeDiscord, data: &Path, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
        for (name, _) in std::env::vars() {
            if name.starts_with("VIGIE_") || name.starts_with("DISCORD_") || name == "DATABASE_URL" {
                command.env_remove(name);
            }
        }
        let child = command
            .env("DISCORD_TOKEN", discord.token())
            .env("VIGIE_DISCORD_API_BASE", discord.base_url())
            .env("VIGIE_DATA_DIR", data)
            .envs(settings.iter().copied())
            .current_dir(data)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("the program starts");
        let mut stderr = child.stderr.take().expect("a pipe");
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            // What was written until it ended is of use in any case.
            let _ = stderr.read_to_string(&mut log);
            log
        });
        Self { child, log: Some(log) }
    }

    /// The number of its process.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it as a power cut would.
    pub(super) fn kill(mut self) -> String {
        self.child.kill().expect("it runs");
        self.ended().1
    }

    /// Asks it to stop, as whoever supervises it does, and waits until it has: how it ended, and its log.
    pub(super) fn stop(mut self) -> (ExitStatus, String) {
        let asked = Command::new("kill").arg("-TERM").arg(self.id().to_string()).status();
        assert!(asked.expect("kill is there").success());
        self.ended()
    }

    /// Waits until it ended by itself.
    pub(super) fn ends(mut self) -> (ExitStatus, String) {
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
        let log = self.log.take().expect("it is read once").join().expect("reading doesn't panic");
        (status, log)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking()
            && let Some(Ok(log)) = self.log.take().map(JoinHandle::join)
        {
            eprintln!("the program's log:\n{log}");
        }
    }
}
