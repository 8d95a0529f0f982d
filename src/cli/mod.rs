//! The process command line. Errors are told on standard error; the exit status is 0, 1 (it failed) or 2 (what was given
//! can't be used).

mod console;
mod doctor;
mod eval;
mod logs;
mod progress;
mod referentiel;
mod reminders;
mod search;

use crate::app::run;
use crate::config::Settings;
use anyhow::Context as _;
use clap::{Parser, Subcommand};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Assistant for French professional-certification training, on the console, Discord and Matrix.
///
/// Without a command it runs every network that is configured, and the console when none is.
#[derive(Debug, Parser)]
#[command(name = "vigie", version)]
struct Cli {
    /// Settings file (TOML).
    #[arg(long, env = "VIGIE_CONFIG", global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Filter of the logs, which go to standard error, for instance `info` or `vigie=debug`.
    #[arg(long, env = "VIGIE_LOG", global = true, value_name = "FILTER")]
    log: Option<String>,
    /// Write the logs as JSON lines.
    #[arg(long, global = true)]
    log_json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Talk with the bot here; with piped input, play a script.
    Console(console::Args),
    /// Search the référentiels once, or one query a line with --batch.
    Search(search::Args),
    /// Measure the search on judged queries (JSON lines).
    Eval(eval::Args),
    /// Say what is in order and what isn't: settings, folders, database, référentiels, networks. Changes nothing.
    Doctor(doctor::Args),
    /// Show what reminders wait, left or reached nobody, and since when something is overdue. Names nobody.
    Reminders(reminders::Args),
    /// Import, check, list and export référentiels.
    #[command(subcommand)]
    Referentiel(referentiel::Command),
    /// Write the documentation of the chat commands (docs/commands.md) on standard output.
    #[command(hide = true)]
    Commands,
}

/// What went wrong, and the exit status that says so.
#[derive(Debug)]
enum Failure {
    /// What was given can't be used: status 2.
    Input(anyhow::Error),
    /// It failed: status 1.
    Failed(anyhow::Error),
    /// It ended badly and has already said why.
    Status(u8),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// Something given on the command line that can't be used.
fn unusable(error: impl Into<anyhow::Error>) -> Failure {
    Failure::Input(error.into())
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let (error, status) = match dispatch(cli) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Status(status)) => return ExitCode::from(status),
        Err(Failure::Input(error)) => (error, 2),
        Err(Failure::Failed(error)) => (error, 1),
    };
    // Whoever reads our output may stop at any time (`| head`): that is no failure of ours.
    let closed = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(closed) {
        return ExitCode::SUCCESS;
    }
    eprintln!("vigie: {error:#}");
    ExitCode::from(status)
}

fn dispatch(cli: Cli) -> Result<(), Failure> {
    let config = cli.config.as_deref();
    // A conversation on the terminal, or what ends by itself, isn't to be disturbed; what runs for months is to be told of.
    let networks = cli.command.is_none() && run::any_network(&Settings::read(config).map_err(unusable)?);
    logs::start(cli.log.as_deref(), cli.log_json, !networks).map_err(unusable)?;
    crate::app::discretion::log_panics();
    match cli.command {
        None if networks => {
            let (shelf, settings) = shelf(config)?;
            Ok(run::networks(shelf, &settings)?)
        }
        None => console::run(&console::Args::default(), config),
        Some(Command::Console(args)) => console::run(&args, config),
        Some(Command::Search(args)) => search::run(&args, config),
        Some(Command::Eval(args)) => eval::run(&args, config),
        Some(Command::Doctor(args)) => doctor::run(&args, config),
        Some(Command::Reminders(args)) => reminders::run(&args, config),
        Some(Command::Referentiel(command)) => referentiel::run(&command, config),
        Some(Command::Commands) => output(&crate::commands::documentation()),
    }
}

/// Writes to standard output; whoever reads it may have stopped, or the disk may be full.
fn output(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("standard output").map_err(Failure::Failed)
}

/// The référentiels in force for a command that runs once.
fn shelf(config: Option<&std::path::Path>) -> Result<(crate::app::shelf::Shelf, crate::config::Settings), Failure> {
    let settings = crate::config::Settings::read(config).map_err(unusable)?;
    let folder = settings.referentiels_dir.as_deref();
    let shelf = progress::waiting("indexing the référentiels", || {
        crate::app::shelf::Shelf::open(folder, settings.index_dir.as_deref())
    })
    .map_err(unusable)?;
    Ok((shelf, settings))
}
