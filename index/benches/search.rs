//! Speed of building and searching, over the five référentiels and over many times as many.
//!
//! `VIGIE_BENCH_TIMES` says how many times (default 100; the promise of a 99th centile under 10 ms is for 1,000).

mod generated;

use criterion::Criterion;
use std::{hint::black_box, time::Instant};
use vigie_index::{Index, Query, eval};

const OWN: &str = include_str!("../tests/queries-own.jsonl");

fn queries() -> Vec<Query> {
    eval::read(OWN).expect("the queries are ours").into_iter().map(|judged| Query::new(judged.q)).collect()
}

fn five(c: &mut Criterion) {
    let referentiels = vigie_referentiels::embedded();
    c.bench_function("build the five", |b| b.iter(|| Index::build(black_box(&referentiels)).expect("it builds")));
    let index = Index::build(&referentiels).expect("it builds");
    for text in
        ["C5.2", "rgpd", "microservises devopps", "comment verifier la qualite des donnees", "recette de lasagnes"]
    {
        let query = Query::new(text);
        c.bench_function(&format!("search: {text}"), |b| b.iter(|| index.search(black_box(&query))));
    }
    c.bench_function("complete: c1", |b| b.iter(|| index.complete(black_box("c1"), None, 25)));
    c.bench_function("complete: archi", |b| b.iter(|| index.complete(black_box("archi"), None, 25)));
    report("the five", &index);
}

fn many() {
    let times = std::env::var("VIGIE_BENCH_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(100);
    let referentiels = generated::varied(&vigie_referentiels::embedded(), times);
    let started = Instant::now();
    let index = Index::build(&referentiels).expect("it builds");
    println!("{times} times as many: built in {:.1} s; {}", started.elapsed().as_secs_f64(), memory());
    report(&format!("{times} times as many"), &index);
    let mut slowest = 0.0_f64;
    for text in ["c", "c1", "a", "archi", "donnees"] {
        let started = Instant::now();
        black_box(index.complete(text, None, 25));
        slowest = slowest.max(started.elapsed().as_secs_f64() * 1e3);
    }
    println!("{times} times as many: slowest completion {slowest:.2} ms");
}

/// Prints the centiles of one run over all our queries.
fn report(of: &str, index: &Index) {
    let mut micros: Vec<(f64, String)> = Vec::new();
    for query in queries() {
        black_box(index.search(&query));
        let started = Instant::now();
        black_box(index.search(&query));
        micros.push((started.elapsed().as_secs_f64() * 1e6, query.text));
    }
    micros.sort_by(|a, b| a.0.total_cmp(&b.0));
    let centile = |percent: usize| micros[(micros.len() * percent).div_ceil(100).max(1) - 1].0;
    println!("{of}: p50 {:.0} µs, p99 {:.0} µs", centile(50), centile(99));
    for (micros, text) in micros.iter().rev().take(4) {
        println!("  {micros:>8.0} µs  {text}");
    }
}

/// Memory of this process, as Linux tells it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or("memory unknown").to_owned()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    five(&mut criterion);
    many();
    criterion.final_summary();
}
