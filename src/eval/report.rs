//! The report of an evaluation, as a table by kind and over all.

use super::{Measured, Run};
use std::fmt;

/// What an evaluation found.
#[derive(Debug, Clone)]
pub struct Report {
    /// Every query and what came back, in the order of the file.
    pub runs: Vec<Run>,
    /// Measures by kind, in the order in which kinds first come.
    pub kinds: Vec<(String, Measured)>,
    /// Measures over all.
    pub all: Measured,
}

impl Report {
    /// The report of these runs.
    #[must_use]
    pub fn of(runs: Vec<Run>) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for run in &runs {
            if !names.contains(&run.judged.kind.as_str()) {
                names.push(&run.judged.kind);
            }
        }
        let of_kind = |name: &str| Measured::of(runs.iter().filter(|run| run.judged.kind == name));
        let kinds = names.into_iter().map(|name| (name.to_owned(), of_kind(name))).collect();
        let all = Measured::of(&runs);
        Self { runs, kinds, all }
    }

    /// The measures of one kind.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&Measured> {
        self.kinds.iter().find(|(known, _)| known == name).map(|(_, measured)| measured)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<12} {:>7} {:>9} {:>9} {:>7} {:>8} {:>10} {:>10} {:>7} {:>7}",
            "kind",
            "queries",
            "success@1",
            "success@3",
            "mrr@10",
            "ndcg@10",
            "recall@10",
            "negatives",
            "p50 µs",
            "p99 µs"
        )?;
        let all = ("all".to_owned(), self.all);
        for (name, measured) in std::iter::once(&all).chain(&self.kinds) {
            let share = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"));
            writeln!(
                f,
                "{:<12} {:>7} {:>9} {:>9} {:>7} {:>8} {:>10} {:>10} {:>7.0} {:>7.0}",
                name,
                measured.queries,
                share(measured.success_1),
                share(measured.success_3),
                share(measured.mrr_10),
                share(measured.ndcg_10),
                share(measured.recall_10),
                share(measured.negatives),
                measured.p50_micros,
                measured.p99_micros,
            )?;
        }
        Ok(())
    }
}
