//! `vigie reminders`: the ledger, for the operator. Numbers, states and reasons of ours: no name, no text, and of what kind a
//! thing is only where a team has it.

use super::{Failure, output};
use crate::app::ledger::{self, Rows, Shown};
use crate::config::Settings;
use anyhow::Context as _;
use clap::Args as ClapArgs;
use std::fmt::Write as _;
use std::path::Path;

/// Rows that are shown unless told otherwise.
const USUAL: u16 = 20;

/// Which rows.
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Only those that reached nobody.
    #[arg(long, conflicts_with = "waiting")]
    failed: bool,
    /// Only those that wait.
    #[arg(long)]
    waiting: bool,
    /// How many rows.
    #[arg(long, value_name = "N", default_value_t = USUAL)]
    limit: u16,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Shows the ledger.
pub(super) fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let settings = Settings::read(config).map_err(super::unusable)?;
    let which = match (args.failed, args.waiting) {
        (true, _) => Rows::Failed,
        (false, true) => Rows::Waiting,
        (false, false) => Rows::Newest,
    };
    let shown = ledger::look(&settings, which, args.limit)?;
    if args.json {
        return output(&format!("{}\n", serde_json::to_string(&shown).context("the ledger as JSON")?));
    }
    output(&in_words(&shown))
}

fn in_words(shown: &Shown) -> String {
    let mut text = String::new();
    // Writing to a String doesn't fail.
    let _ = writeln!(text, "planned: {}", shown.planned);
    for (state, count) in &shown.states {
        let _ = writeln!(text, "{state}: {count}");
    }
    match shown.overdue_since {
        Some(since) => {
            let _ = writeln!(text, "overdue since: {since}");
        }
        None => text.push_str("overdue: nothing\n"),
    }
    for row in &shown.rows {
        let why = row.why.as_deref().map(|why| format!(" ({why})")).unwrap_or_default();
        let network = row.network.as_deref().map(|network| format!(" on {network}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "{} {}.{} {} of person {}: {}{network}, stage {}, failures {}{why}",
            row.due_at, row.tenant, row.id, row.about, row.person, row.state, row.stage, row.failures
        );
    }
    text
}
