//! `vigie console`: talk with the bot here, or play a script.

use super::{Failure, shelf};
use crate::app::run::{self, ConsoleSetup, Format, Outcome};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Arguments of `vigie console`.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// Write each message as a JSON line.
    #[arg(long)]
    json: bool,
    /// Keep nothing.
    #[arg(long, conflicts_with = "data")]
    memory: bool,
    /// Keep everything in this folder instead of the configured one.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Start the console's clock here: wall-clock time of the space, such as 2026-11-23T09:00.
    #[arg(long, value_name = "TIME")]
    now: Option<jiff::civil::DateTime>,
}

pub(super) fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let (shelf, settings) = shelf(config)?;
    let data = args.data.clone().or_else(|| (!args.memory).then(|| settings.data_dir.clone()));
    // A script leaves nothing behind unless it names a folder.
    let interactive = std::io::stdin().is_terminal() && !args.json;
    let data = data.filter(|_| interactive || args.data.is_some());
    // A folder given here goes before a configured database, which goes before the configured folder.
    let configured = settings.database_url.clone().filter(|_| !args.memory && args.data.is_none());
    let setup = ConsoleSetup {
        format: if args.json { Format::Json } else { Format::Text },
        database: configured.or_else(|| data.as_deref().map(run::database_in)),
        data,
        now: args.now,
    };
    match run::console(shelf, &settings, setup)? {
        Outcome::Clean => Ok(()),
        Outcome::Failed => Err(Failure::Status(1)),
    }
}
