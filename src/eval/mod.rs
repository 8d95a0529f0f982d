//! Relevance and speed, measured on judged queries (`vigie eval`).
//!
//! Reads `queries-dev.jsonl`'s format, runs every query, and reports by kind and over all. The référentiel that a query
//! names must be understood from its words: the `scope` of a line is what is expected, and isn't given to the search.

mod metrics;
mod report;

pub use metrics::{Measured, Run};
pub use report::Report;

use crate::{Index, request::Query};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, time::Instant};

/// A judged query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// What is typed.
    pub q: String,
    /// Grades by hit id: 2 is it, 1 is also acceptable. Empty when nothing is relevant.
    pub relevant: HashMap<String, u8>,
    /// What sort of query it is.
    pub kind: String,
    /// Slug of the référentiel that its words name.
    #[serde(default)]
    pub scope: Option<String>,
}

/// A line that isn't a judged query.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct NotJudged {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: serde_json::Error,
}

/// Reads judged queries, one JSON object a line.
///
/// # Errors
/// At the first line that isn't one.
pub fn read(text: &str) -> Result<Vec<Judged>, NotJudged> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| serde_json::from_str(line).map_err(|reason| NotJudged { line: at + 1, reason })).collect()
}

/// Runs every query and measures. Times are the median of several runs, after one that isn't counted.
#[must_use]
pub fn run(index: &Index, queries: &[Judged]) -> Report {
    const TIMES: usize = 7;
    let runs = queries.iter().map(|judged| {
        let query = Query::new(judged.q.as_str());
        let ids: Vec<String> = index.search(&query).hits.into_iter().map(|hit| hit.id).collect();
        let mut micros: Vec<f64> = (0..TIMES)
            .map(|_| {
                let started = Instant::now();
                std::hint::black_box(index.search(&query));
                started.elapsed().as_secs_f64() * 1e6
            })
            .collect();
        micros.sort_by(f64::total_cmp);
        Run { judged: judged.clone(), hits: ids, micros: micros[TIMES / 2] }
    });
    Report::of(runs.collect())
}
