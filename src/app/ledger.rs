//! The ledger of reminders as an operator sees it: numbers, states and reasons of ours. No name, no text, and of what kind a
//! thing is only where a team has it.

use super::{clock, run};
use crate::config::Settings;
use crate::domain::occasion::OccasionKind;
use crate::store::{Delivery, Ledger, Store};
use anyhow::Context as _;
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde::Serialize;
use std::collections::BTreeMap;

/// Which rows are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// The newest of all.
    Newest,
    /// Those that reached nobody.
    Failed,
    /// Those that wait.
    Waiting,
}

/// A row, as it is shown.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The space, by number.
    pub tenant: i64,
    /// The row within it.
    pub id: i64,
    /// What kind of thing it is about.
    pub about: &'static str,
    /// Who is reminded, by number.
    pub person: i64,
    /// When it fell due.
    pub due_at: Timestamp,
    /// What became of it.
    pub state: &'static str,
    /// Which of the person's destinations, from 0.
    pub stage: u32,
    /// Failures at that destination.
    pub failures: u32,
    /// Not before.
    pub try_at: Timestamp,
    /// What went wrong.
    pub why: Option<String>,
    /// The network that took it.
    pub network: Option<String>,
}

/// What the ledger holds.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// Alarms that wait for their time.
    pub planned: u64,
    /// Rows in each state.
    pub states: BTreeMap<String, u64>,
    /// Since when the oldest of what should have been said has waited.
    pub overdue_since: Option<Timestamp>,
    /// The rows that were asked for.
    pub rows: Vec<Row>,
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
            failures: one.failures,
            try_at: one.try_at,
            why: one.why,
            network: one.connector,
        }
    }
}

/// Looks at so many rows. It may be done while Vigie runs, on PostgreSQL; a SQLite file is Vigie's own for as long as it runs.
///
/// # Errors
///
/// When the store can't be opened or read.
pub fn look(settings: &Settings, which: Rows, most: u16) -> anyhow::Result<Shown> {
    let which = match which {
        Rows::Newest => Ledger::Newest,
        Rows::Failed => Ledger::Failed,
        Rows::Waiting => Ledger::Waiting,
    };
    let url = settings.database_url.clone().unwrap_or_else(|| run::database_in(&settings.data_dir));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    runtime.block_on(async {
        let store = Store::open(url.expose_secret()).await?;
        let counts = store.ledger_counts(clock::now()).await?;
        let rows = store.ledger(which, most).await?;
        store.close().await;
        Ok(Shown {
            planned: counts.planned,
            states: counts.states.into_iter().collect(),
            overdue_since: counts.overdue_since,
            rows: rows.into_iter().map(Row::from).collect(),
        })
    })
}
