//! What people type finds what they mean, over the embedded référentiels: floors on our own judged queries.

use vigie_index::{Index, eval};

const OWN: &str = include_str!("../queries-own.jsonl");

#[test]
fn our_queries_are_answered_as_well_as_they_were() {
    let index = Index::build(&vigie_referentiels::embedded()).expect("it builds");
    let report = eval::run(&index, &eval::read(OWN).expect("the queries are ours"));
    let wrong: Vec<&str> = report.runs.iter().filter(|run| !run.is_right()).map(|run| run.judged.q.as_str()).collect();
    let floors = [
        ("success@1", report.all.success_1, 0.93),
        ("mrr@10", report.all.mrr_10, 0.95),
        ("ndcg@10", report.all.ndcg_10, 0.90),
        ("negatives", report.all.negatives, 0.86),
    ];
    for (name, measured, floor) in floors {
        assert!(measured.is_some_and(|value| value >= floor), "{name} fell below {floor}\n{report}\n{wrong:#?}");
    }
    for kind in ["code", "scope"] {
        let measured = report.kind(kind).expect("there are some");
        assert_eq!(measured.success_1, Some(1.0), "{kind}\n{report}\n{wrong:#?}");
    }
}
