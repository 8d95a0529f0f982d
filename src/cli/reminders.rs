//! `vigie reminders`: the ledger, for the operator. Numbers, states and reasons of ours: no name, no text, and of what kind a
//! thing is only where a team has it.

use super::{Failure, output};
use crate::app::run;
use crate::config::Settings;
use crate::domain::occasion::OccasionKind;
use crate::store::{Delivery, Ledger, LedgerCounts, Store};
use anyhow::Context as _;
use clap::Args as ClapArgs;
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde::Serialize;
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

/// A row, as it is shown.
#[derive(Debug, Serialize)]
struct Row {
    tenant: i64,
    id: i64,
    about: &'static str,
    person: i64,
    due_at: Timestamp,
    state: &'static str,
    stage: u32,
    attempts: u32,
    try_at: Timestamp,
    why: Option<String>,
    network: Option<String>,
}

#[derive(Debug, Serialize)]
struct Shown {
    planned: u64,
    states: std::collections::BTreeMap<String, u64>,
    overdue_since: Option<Timestamp>,
    rows: Vec<Row>,
}

impl From<Delivery> for Row {
    fn from(one: Delivery) -> Self {
        // What somebody asked for themselves is a reminder, as what their team asked for is: no more is told of either.
        let about = match one.of.kind {
            OccasionKind::Milestone => "milestone",
            OccasionKind::Deliverable => "deliverable",
            OccasionKind::Defence => "defence",
            OccasionKind::Rights => "information",
            OccasionKind::Asked | OccasionKind::Digest => "reminder",
        };
        Self {
            tenant: one.of.tenant.0,
            id: one.key.0,
            about,
            person: one.of.person.0,
            due_at: one.step,
            state: one.state.word(),
            stage: one.stage,
            attempts: one.attempts,
            try_at: one.try_at,
            why: one.why,
            network: one.connector,
        }
    }
}

/// Shows the ledger. It may be looked at while Vigie runs, on PostgreSQL; a SQLite file is Vigie's own for as long as it runs.
pub(super) fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let settings = Settings::read(config).map_err(super::unusable)?;
    let which = match (args.failed, args.waiting) {
        (true, _) => Ledger::Failed,
        (false, true) => Ledger::Waiting,
        (false, false) => Ledger::Newest,
    };
    let url = settings.database_url.clone().unwrap_or_else(|| run::database_in(&settings.data_dir));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    let (counts, rows) = runtime.block_on(async {
        let store = Store::open(url.expose_secret()).await?;
        let counts = store.ledger_counts(crate::app::clock::now()).await?;
        let rows = store.ledger(which, args.limit).await?;
        store.close().await;
        anyhow::Ok((counts, rows))
    })?;
    let LedgerCounts { states, planned, overdue_since } = counts;
    let rows = rows.into_iter().map(Row::from).collect();
    let shown = Shown { planned, states: states.into_iter().collect(), overdue_since, rows };
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
            "{} {}.{} {} of person {}: {}{network}, stage {}, attempt {}{why}",
            row.due_at, row.tenant, row.id, row.about, row.person, row.state, row.stage, row.attempts
        );
    }
    text
}
