//! The measures, over a set of runs.
//!
//! Success@k: a graded hit among the first k. MRR@10: one over the rank of the first graded hit. nDCG@10: gains 2^grade − 1,
//! discounted by log2(rank + 1), over the best order of the judged ids. Recall@10: graded ids found, of those there are (10
//! at most). Queries without a relevant id count in `negatives` only: right when nothing comes back.

use super::Judged;

/// A query and what came back.
#[derive(Debug, Clone)]
pub struct Run {
    /// The query and its grades.
    pub judged: Judged,
    /// Ids of the hits, best first.
    pub hits: Vec<String>,
    /// Time of the search, in microseconds.
    pub micros: f64,
}

/// Measures over a set of runs. Means over no query are `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// How many queries.
    pub queries: usize,
    /// Share with a graded hit first.
    pub success_1: Option<f64>,
    /// Share with a graded hit among the first three.
    pub success_3: Option<f64>,
    /// Mean reciprocal rank.
    pub mrr_10: Option<f64>,
    /// Mean normalised discounted cumulative gain.
    pub ndcg_10: Option<f64>,
    /// Mean recall.
    pub recall_10: Option<f64>,
    /// Share of the queries about nothing that found nothing.
    pub negatives: Option<f64>,
    /// Median time, in microseconds.
    pub p50_micros: f64,
    /// 99th centile of the times, in microseconds.
    pub p99_micros: f64,
}

impl Run {
    fn grade(&self, rank: usize) -> u8 {
        self.hits.get(rank).and_then(|id| self.judged.relevant.get(id)).copied().unwrap_or(0)
    }

    fn is_negative(&self) -> bool {
        self.judged.relevant.is_empty()
    }

    /// Rank of the first graded hit, from 1.
    #[must_use]
    pub fn first_rank(&self) -> Option<usize> {
        (0..self.hits.len().min(10)).find(|rank| self.grade(*rank) > 0).map(|rank| rank + 1)
    }

    /// Whether this run is as good as can be at the first place.
    #[must_use]
    pub fn is_right(&self) -> bool {
        if self.is_negative() { self.hits.is_empty() } else { self.first_rank() == Some(1) }
    }

    fn ndcg(&self) -> f64 {
        let gain = |grade: u8| f64::from((1_u32 << grade) - 1);
        let sum = |grades: &mut dyn Iterator<Item = u8>| -> f64 {
            let discounted = grades.take(10).zip(2_u32..).map(|(grade, place)| gain(grade) / f64::from(place).log2());
            discounted.sum()
        };
        let mut ideal: Vec<u8> = self.judged.relevant.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let best = sum(&mut ideal.into_iter());
        if best > 0.0 { sum(&mut (0..10).map(|rank| self.grade(rank))) / best } else { 0.0 }
    }

    #[expect(clippy::cast_precision_loss, reason = "ten hits")]
    fn recall(&self) -> f64 {
        let found = (0..10).filter(|rank| self.grade(*rank) > 0).count();
        found as f64 / self.judged.relevant.len().clamp(1, 10) as f64
    }
}

impl Measured {
    /// Measures these runs.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "ranks and counts are small")]
    pub fn of<'a>(runs: impl IntoIterator<Item = &'a Run>) -> Self {
        let runs: Vec<&Run> = runs.into_iter().collect();
        let (negative, positive): (Vec<&Run>, Vec<&Run>) = runs.iter().partition(|run| run.is_negative());
        let mean = |of: &dyn Fn(&Run) -> f64| {
            (!positive.is_empty()).then(|| positive.iter().map(|run| of(run)).sum::<f64>() / positive.len() as f64)
        };
        let within =
            |most: usize| move |run: &Run| if run.first_rank().is_some_and(|rank| rank <= most) { 1.0 } else { 0.0 };
        let right = negative.iter().filter(|run| run.is_right()).count();
        let mut micros: Vec<f64> = runs.iter().map(|run| run.micros).collect();
        micros.sort_by(f64::total_cmp);
        Self {
            queries: runs.len(),
            success_1: mean(&within(1)),
            success_3: mean(&within(3)),
            mrr_10: mean(&|run| run.first_rank().map_or(0.0, |rank| 1.0 / rank as f64)),
            ndcg_10: mean(&Run::ndcg),
            recall_10: mean(&Run::recall),
            negatives: (!negative.is_empty()).then(|| right as f64 / negative.len() as f64),
            p50_micros: centile(&micros, 50),
            p99_micros: centile(&micros, 99),
        }
    }
}

/// The value that `percent` of the sorted values don't exceed.
fn centile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(rank).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(relevant: &[(&str, u8)], hits: &[&str]) -> Run {
        let relevant = relevant.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect();
        let judged = Judged { q: String::new(), relevant, kind: "keyword".to_owned(), scope: None };
        Run { judged, hits: hits.iter().map(|id| (*id).to_owned()).collect(), micros: 100.0 }
    }

    #[track_caller]
    fn check(run: &Run, success: f64, mrr: f64, ndcg: f64) {
        let measured = Measured::of([run]);
        assert_eq!((measured.success_1, measured.mrr_10), (Some(success), Some(mrr)));
        assert!((measured.ndcg_10.unwrap_or_default() - ndcg).abs() < 1e-3, "{measured:?}");
    }

    #[test]
    fn measures_are_those_of_the_books() {
        check(&run(&[("a", 2), ("b", 1)], &["a", "b"]), 1.0, 1.0, 1.0);
        check(&run(&[("a", 2), ("b", 1)], &["b", "a"]), 1.0, 1.0, 0.797);
        check(&run(&[("a", 2)], &["x", "a"]), 0.0, 0.5, 0.631);
        check(&run(&[("a", 2)], &[]), 0.0, 0.0, 0.0);
    }

    #[test]
    fn a_query_about_nothing_is_right_when_nothing_comes_back() {
        let measured = Measured::of([&run(&[], &[]), &run(&[], &["a"])]);
        assert_eq!((measured.negatives, measured.success_1), (Some(0.5), None));
    }

    #[test]
    fn centiles_are_values_of_the_set() {
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!((centile(&values, 50), centile(&values, 99), centile(&[], 50)), (100.0, 198.0, 0.0));
    }
}
