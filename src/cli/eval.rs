//! `vigie eval`: measures the search on judged queries.

use super::{Failure, output, shelf, unusable};
use anyhow::Context as _;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `vigie eval`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Judged queries, one JSON object a line: {"q", "relevant": {id: 2|1}, "kind", "scope"}.
    file: PathBuf,
    /// Also list the queries whose first hit has no grade.
    #[arg(long)]
    misses: bool,
}

pub(super) fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let text =
        std::fs::read_to_string(&args.file).with_context(|| args.file.display().to_string()).map_err(unusable)?;
    let judged = vigie_index::eval::read(&text).with_context(|| args.file.display().to_string()).map_err(unusable)?;
    let (shelf, _) = shelf(config)?;
    let library = shelf.library();
    let report = vigie_index::eval::run(&library.index, &judged);
    let mut text = report.to_string();
    if args.misses {
        for run in report.runs.iter().filter(|run| !run.is_right()) {
            let first = run.hits.first().map_or("nothing", String::as_str);
            // Writing to a string never fails.
            let _ = writeln!(text, "{:<12} {}  →  {first}", run.judged.kind, run.judged.q);
        }
    }
    output(&text)
}
