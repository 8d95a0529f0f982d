//! The process that runs one Synapse and ends with it, even when this one is killed.
//!
//! A test program may die without running a single destructor, and statics are never dropped. So Synapse is the child of
//! a small Python program that holds the other end of a pipe: when the pipe closes, it kills Synapse.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::error::StartError;

const PROGRAM: &str = include_str!("keeper/keeper.py");

/// How long Synapse is given to end when it is asked to.
const PATIENCE: Duration = Duration::from_secs(15);

/// How Synapse is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is asked to (SIGTERM), and killed if it doesn't.
    Asked,
    /// It is killed (SIGKILL).
    Killed,
}

/// A Synapse that runs. Dropping it kills it.
#[derive(Debug)]
pub(crate) struct Keeper {
    process: Child,
    orders: ChildStdin,
    server_process_id: u32,
}

impl Keeper {
    /// Starts the Synapse of that folder.
    pub(crate) fn start(python: &Path, folder: &Path) -> Result<Self, StartError> {
        let mut keeper = Command::new(python);
        keeper.args(["-c", PROGRAM]).arg(folder).arg(python);
        keeper.args(["-m", "synapse.app.homeserver", "--config-path", "homeserver.yaml"]);
        keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = keeper.spawn().map_err(StartError::system("starting", python))?;
        let orders = process.stdin.take().expect("its input is a pipe");
        let mut said = String::new();
        let output = process.stdout.take().expect("its output is a pipe");
        BufReader::new(output).read_line(&mut said).map_err(StartError::system("hearing", python))?;
        let Ok(server_process_id) = said.trim().parse() else {
            return Err(StartError::Ended(format!("its keeper said {said:?}")));
        };
        Ok(Self { process, orders, server_process_id })
    }

    /// The process id of Synapse itself.
    pub(crate) fn server_process_id(&self) -> u32 {
        self.server_process_id
    }

    /// Whether Synapse has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.process.try_wait(), Ok(None))
    }

    /// Ends Synapse and waits until it is gone.
    pub(crate) fn end(mut self, how: Ending) {
        if how == Ending::Asked {
            self.order(b"stop");
            self.wait();
        }
    }

    fn order(&mut self, order: &[u8]) {
        // A keeper that can't be written to has ended already.
        let _ = self.orders.write_all(order);
    }

    /// Waits for another process, which no signal of ours announces.
    fn wait(&mut self) {
        let until = Instant::now() + PATIENCE;
        while !self.has_ended() && Instant::now() < until {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if !self.has_ended() {
            self.order(b"kill");
            self.wait();
        }
    }
}
