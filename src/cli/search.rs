//! `vigie search`: one search, or one query a line.

use super::{Failure, shelf, unusable};
use anyhow::{Context as _, anyhow};
use std::io::{BufRead, BufWriter, Write};
use std::path::Path;
use vigie_chat::clean;
use vigie_index::batch::BatchQuery;
use vigie_index::{Hit, Index, Query};

/// Arguments of `vigie search`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Search in this référentiel only.
    #[arg(long, value_name = "SLUG")]
    referentiel: Option<String>,
    /// Hits to give at most.
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100))]
    limit: u16,
    /// Write JSON, as with --batch.
    #[arg(long)]
    json: bool,
    /// Read one query a line on standard input, write one JSON line each.
    #[arg(long, conflicts_with = "query")]
    batch: bool,
    /// What to look for.
    #[arg(required_unless_present = "batch")]
    query: Vec<String>,
}

pub(super) fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let (shelf, _) = shelf(config)?;
    let library = shelf.library();
    if let Some(slug) = &args.referentiel
        && library.referentiel(slug).is_none()
    {
        let known = library.referentiels.iter().map(|r| r.slug.as_str()).collect::<Vec<_>>().join(", ");
        return Err(unusable(anyhow!("there is no référentiel `{slug}`; there are {known}")));
    }
    let limit = usize::from(args.limit);
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.batch {
        for line in std::io::stdin().lock().lines() {
            let line = line.context("standard input")?;
            if line.trim().is_empty() {
                continue;
            }
            let mut query = BatchQuery::read(&line);
            query.scope = query.scope.or_else(|| args.referentiel.clone());
            answer_json(query, &library.index, limit, &mut out)?;
        }
        return Ok(());
    }
    let text = args.query.join(" ");
    if args.json {
        let query = BatchQuery { q: text, scope: args.referentiel.clone() };
        return answer_json(query, &library.index, limit, &mut out);
    }
    let answer = library.index.search(&Query::new(text.as_str()).within(args.referentiel.as_deref()).page(0, limit));
    if answer.hits.is_empty() {
        let near = library.index.nearest_words(&text, 4);
        let near = if near.is_empty() { String::new() } else { format!(" Nearest words: {}.", near.join(", ")) };
        writeln!(out, "Nothing found.{near}").context("standard output")?;
    }
    for (index, hit) in answer.hits.iter().enumerate() {
        write_hit(index + 1, hit, &mut out).context("standard output")?;
    }
    out.flush().context("standard output")?;
    Ok(())
}

fn answer_json(query: BatchQuery, index: &Index, limit: usize, out: &mut impl Write) -> Result<(), Failure> {
    let answer = query.answer(index, limit);
    serde_json::to_writer(&mut *out, &answer).context("standard output")?;
    // Each line at once: whoever feeds us may wait for it.
    writeln!(out).and_then(|()| out.flush()).context("standard output")?;
    Ok(())
}

fn write_hit(number: usize, hit: &Hit, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "{number:>2}. {}  [{:.2}]", hit.id, hit.score)?;
    writeln!(out, "    {}", clean(&hit.title))?;
    match &hit.snippet {
        Some(snippet) if snippet.text != hit.title => {
            let criterion = snippet.criterion.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
            writeln!(out, "    › {criterion}{}", clean(&snippet.text))
        }
        _ => Ok(()),
    }
}
