//! `vigie referentiel`: import, list, check, export.

use super::progress::Importing;
use super::{Failure, output, shelf, unusable};
use anyhow::{Context as _, anyhow};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use vigie_chat::clean;
use vigie_referentiels::import::{self, Hints, decode};
use vigie_referentiels::{Referentiel, file, shelf as files};

/// Commands on référentiels.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Read an official document (text extracted from a PDF) and write the référentiel file.
    Import {
        /// The document: UTF-8 text, tables as tab-separated lines.
        file: PathBuf,
        /// What the document doesn't state: slug, title.
        #[arg(long, value_name = "FILE")]
        hints: Option<PathBuf>,
        /// Where to write; standard output if not given.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// List the référentiels in force.
    List,
    /// Check référentiel files and tell all their defects; without files, those in force.
    Check {
        /// Files to check.
        files: Vec<PathBuf>,
    },
    /// Print one référentiel as JSON.
    Export {
        /// Its slug.
        slug: String,
    },
}

pub(super) fn run(command: &Command, config: Option<&Path>) -> Result<(), Failure> {
    match command {
        Command::Import { file, hints, out } => import_file(file, hints.as_deref(), out.as_deref()),
        Command::List => list(config),
        Command::Check { files } => check(files, config),
        Command::Export { slug } => export(slug, config),
    }
}

fn import_file(path: &Path, hints: Option<&Path>, out: Option<&Path>) -> Result<(), Failure> {
    let named = |path: &Path| path.display().to_string();
    let file = std::fs::File::open(path).with_context(|| named(path)).map_err(unusable)?;
    let bytes = decode::read(file).with_context(|| named(path)).map_err(unusable)?;
    let hints = match hints {
        None => Hints::default(),
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| named(path)).map_err(unusable)?;
            Hints::parse(&text).with_context(|| named(path)).map_err(unusable)?
        }
    };
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let bar = Importing::new(&name);
    let imported = import::import_watched(&name, &bytes, &hints, &mut |progress| bar.show(progress));
    bar.end();
    let imported = imported.with_context(|| named(path)).map_err(unusable)?;
    let text = file::write(&imported.referentiel);
    // What is written must be read back the same, or it isn't written.
    match file::parse(&name, &text) {
        Ok(back) if back == imported.referentiel => {}
        Ok(_) => {
            return Err(Failure::Failed(anyhow!(
                "{}: the result doesn't read back the same; please report it",
                named(path)
            )));
        }
        Err(defects) => return Err(unusable(anyhow!("{}: what was read has defects:\n{defects}", named(path)))),
    }
    eprint!("{}", imported.report);
    match out {
        None => return output(&text),
        Some(out) => {
            write_whole(out, &text).with_context(|| named(out))?;
            eprintln!("Written: {}", named(out));
        }
    }
    Ok(())
}

/// Writes a file so that it is either whole or as it was.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = std::fs::File::create(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&part, path)
}

fn list(config: Option<&Path>) -> Result<(), Failure> {
    let (shelf, _) = shelf(config)?;
    let mut text = String::new();
    for referentiel in &shelf.library().referentiels {
        let (blocs, competencies) = (referentiel.blocs.len(), referentiel.competencies().count());
        let criteria = referentiel.criteria().count();
        let title = clean(&referentiel.titre);
        // Writing to a string never fails.
        let _ = writeln!(
            text,
            "{:<32} {blocs} blocs, {competencies} competencies, {criteria} criteria  {title}",
            referentiel.slug
        );
    }
    output(&text)
}

fn check(paths: &[PathBuf], config: Option<&Path>) -> Result<(), Failure> {
    if paths.is_empty() {
        let (shelf, _) = shelf(config)?;
        return output(&format!("{} référentiels in force, no defect\n", shelf.library().referentiels.len()));
    }
    let mut wrong = false;
    for path in paths {
        let found: Result<Vec<Referentiel>, String> = if path.is_dir() {
            files::folder(path).map_err(|error| error.to_string())
        } else {
            std::fs::read_to_string(path)
                .map_err(|error| format!("{}: {error}", path.display()))
                .and_then(|text| file::parse(&path.display().to_string(), &text).map_err(|defects| defects.to_string()))
                .map(|one| vec![one])
        };
        match found {
            Ok(all) => {
                for referentiel in all {
                    output(&format!("{}: {} — no defect\n", path.display(), referentiel.slug))?;
                }
            }
            Err(defects) => {
                eprintln!("{defects}");
                wrong = true;
            }
        }
    }
    if wrong { Err(Failure::Status(2)) } else { Ok(()) }
}

fn export(slug: &str, config: Option<&Path>) -> Result<(), Failure> {
    let (shelf, _) = shelf(config)?;
    let library = shelf.library();
    let Some(referentiel) = library.referentiel(slug) else {
        let known = library.referentiels.iter().map(|r| r.slug.as_str()).collect::<Vec<_>>().join(", ");
        return Err(unusable(anyhow!("there is no référentiel `{slug}`; there are {known}")));
    };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, referentiel).context("standard output")?;
    writeln!(out).context("standard output")?;
    Ok(())
}
