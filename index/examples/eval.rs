//! Measures relevance and speed: `eval [--wrong] QUERIES.jsonl [REFERENTIEL.json…]`.
//!
//! Without référentiels, the embedded ones are searched. `--wrong` also lists what isn't found first.

use std::{env, error::Error, fs, time::Instant};
use vigie_index::{Index, Query, eval};
use vigie_referentiels::Referentiel;

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, paths): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let [queries, referentiels @ ..] = paths.as_slice() else { return Err("no queries file".into()) };
    let mut read: Vec<Referentiel> = Vec::new();
    for path in referentiels {
        read.push(serde_json::from_str(&fs::read_to_string(path)?).map_err(|error| format!("{path}: {error}"))?);
    }
    if read.is_empty() {
        read = vigie_referentiels::embedded();
    }
    let started = Instant::now();
    let index = Index::build(&read)?;
    println!("built in {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    let report = eval::run(&index, &eval::read(&fs::read_to_string(queries)?)?);
    if flags.iter().any(|flag| flag == "--wrong") {
        for run in report.runs.iter().filter(|run| !run.is_right()) {
            println!("\n{} [{}] {:?}", run.judged.q, run.judged.kind, run.judged.relevant);
            let answer = index.search(&Query::new(run.judged.q.as_str()));
            println!("  {:?}", answer.understood);
            for hit in answer.hits.iter().take(5) {
                let graded = if run.judged.relevant.contains_key(&hit.id) { "*" } else { " " };
                let text = hit.snippet.as_ref().map_or("", |snippet| snippet.text.as_str());
                let short: String = text.chars().take(100).collect();
                println!("  {graded} {:>6.2} {} — {short}", hit.score, hit.id);
            }
        }
    }
    println!("{report}");
    Ok(())
}
