//! Reading official documents into référentiels.
//!
//! Two stages that know nothing of each other: [`extracted_text`] turns a text into a [`grid`] of prose, rows and cells;
//! [`reading`] turns a grid into a référentiel. Another file format is another first stage. No rule names a document.

pub mod decode;
mod ending;
pub mod extracted_text;
pub mod grid;
mod hints;
mod items;
mod parentheses;
pub(crate) mod pattern;
pub mod reading;
mod report;

pub(crate) use hints::is_slug;
pub use hints::{Hints, HintsError};
pub use report::{Left, Report};

use crate::model::{Referentiel, Source};
use ending::Ending;
use sha2::{Digest, Sha256};

/// What an import gives: the référentiel, and what there is to say about how it was read.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The référentiel, as the document states it.
    pub referentiel: Referentiel,
    /// Counts, what was left aside, what is doubtful.
    pub report: Report,
}

/// Why a document could not be read. Each says what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing but white space.
    #[error("the file is empty; expected the text of a référentiel (tables as tab-separated lines)")]
    Empty,
    /// Larger than any document of the kind.
    #[error(
        "the file has {bytes} bytes or more, and a référentiel at most {}; is it the right file?",
        decode::MAX_BYTES
    )]
    TooLarge {
        /// Size of the file, or as much of it as was read.
        bytes: u64,
    },
    /// Not text at all.
    #[error("this is {kind}, not UTF-8 text; extract or convert its text first (tables as tab-separated lines)")]
    Binary {
        /// What it seems to be.
        kind: &'static str,
    },
    /// Text in another encoding.
    #[error(
        "line {line} (byte {at}) is not UTF-8; convert the file first, for instance with `iconv -f WINDOWS-1252 -t UTF-8`"
    )]
    Encoding {
        /// Line, from 1.
        line: usize,
        /// Offset of the first wrong byte.
        at: usize,
    },
    /// No table with the columns of a référentiel.
    #[error(
        "no table of competencies and criteria was found; expected a heading row that names them (\"Référentiel de compétences\", \"Critères d'évaluation\")"
    )]
    NoTable,
    /// A table, but nothing in it.
    #[error(
        "the table that starts at line {line} has no competency; expected one a cell or a paragraph in the column \"{column}\""
    )]
    NoCompetency {
        /// Line of the table's heading.
        line: usize,
        /// Heading of the column that was looked at.
        column: String,
    },
    /// The text stops in the middle of a table.
    #[error("the text stops in the middle of a table (line {line}: {sign}); is the file complete?")]
    Truncated {
        /// Last line.
        line: usize,
        /// What gives it away.
        sign: &'static str,
    },
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// How much of it is done.
    pub done: usize,
    /// How much there is to do.
    pub total: usize,
}

/// What an import does, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Turning the bytes of the text into rows and cells.
    Text,
    /// Reading the blocs of the référentiel.
    Blocs,
}

/// Reads a document.
///
/// `file` is the name that the référentiel will give as its source.
///
/// # Errors
///
/// What cannot be read as a référentiel at all; see [`ImportError`]. What is merely doubtful is in the report.
pub fn import(file: &str, bytes: &[u8], hints: &Hints) -> Result<Imported, ImportError> {
    import_watched(file, bytes, hints, &mut |_| {})
}

/// Reads a document as [`import`] does, and tells `watch` how far it has come.
///
/// # Errors
///
/// Those of [`import`].
pub fn import_watched(
    file: &str,
    bytes: &[u8],
    hints: &Hints,
    watch: &mut dyn FnMut(Progress),
) -> Result<Imported, ImportError> {
    let text = decode::decode(bytes)?;
    let grid = extracted_text::grid(text, watch);
    let source = Source { fichier: file.to_owned(), sha256: hex(&Sha256::digest(bytes)) };
    let truncated = |sign| ImportError::Truncated { line: text.trim_end().lines().count(), sign };
    let ending = Ending::of(text);
    let mut imported = match (reading::read(&grid, source, hints, watch), ending) {
        (Err(ImportError::NoCompetency { .. }) | Ok(_), Ending::Cut(sign)) => return Err(truncated(sign)),
        (read, _) => read?,
    };
    let unjudged = ending::last_unjudged(&imported.referentiel).cloned();
    if let Ending::Doubtful(sign) = ending {
        if unjudged.is_some() {
            return Err(truncated(sign));
        }
        imported.report.doubt(text.trim_end().lines().count(), "the text may be cut", sign);
    }
    if let Some(last) = unjudged {
        let why = "the last competency alone has no criterion; is the file complete?";
        imported.report.doubt(0, why, format!("{} {}", last.code, last.intitule));
    }
    Ok(imported)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
