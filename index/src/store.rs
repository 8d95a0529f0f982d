//! The index on disk: the postings as tantivy keeps them, the corpus beside them, and a label that says of what.
//!
//! The label is written last and holds a hash of the version, the référentiels and the corpus file. Without it, with
//! another hash, or with a damaged file the index is built anew in an empty folder of its own, so that two processes that
//! start together don't write over each other.

use crate::{
    candidates::Postings,
    corpus::Corpus,
    engine::{IndexError, Opened},
    thesaurus::{self, Bridge},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use vigie_referentiels::Referentiel;

/// Changes with the shape of what is written, or with how words are analysed.
const VERSION: &str = concat!("vigie-index ", env!("CARGO_PKG_VERSION"), " format 2");

const LABEL: &str = "label.json";
const CORPUS: &str = "corpus.bin";

/// What a folder holds.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Label {
    /// Hash of the version, the word lists and the référentiels.
    of: String,
    /// Folder of the postings, beside the label.
    postings: String,
    /// Hash of the corpus file.
    corpus: String,
}

/// Opens what a folder holds of these référentiels, or builds it there.
///
/// # Errors
/// When the folder can't be written, or the postings can't be built.
pub(crate) fn open_or_build(
    folder: &Path,
    referentiels: &[Referentiel],
    bridges: &[Bridge],
) -> Result<(Corpus, Postings, Opened), IndexError> {
    let refused =
        |error: io::Error| IndexError::Folder { folder: folder.display().to_string(), reason: error.to_string() };
    let of = hash_of(referentiels).map_err(refused)?;
    let reason = match open(folder, &of) {
        Ok((corpus, postings)) => return Ok((corpus, postings, Opened::Kept)),
        Err(reason) => reason,
    };
    fs::create_dir_all(folder).map_err(refused)?;
    let corpus = Corpus::build(referentiels, bridges);
    let parts = format!("postings-{}-{}", &of[..12], std::process::id());
    let place = folder.join(&parts);
    empty(&place).map_err(refused)?;
    let postings = Postings::in_folder(&place, &corpus)?;
    let bytes = postcard::to_allocvec(&corpus).map_err(|error| refused(io::Error::other(error)))?;
    let label = Label { of, postings: parts.clone(), corpus: hash(&bytes) };
    write(&folder.join(CORPUS), &bytes).map_err(refused)?;
    let label = serde_json::to_vec_pretty(&label).map_err(|error| refused(error.into()))?;
    let former = labelled(folder);
    write(&folder.join(LABEL), &label).map_err(refused)?;
    if let Some(former) = former.filter(|former| *former != parts) {
        // Only what the former label named: another folder may be a process's that starts beside us. One that can't be
        // removed costs room and nothing else.
        if let Err(error) = fs::remove_dir_all(folder.join(&former)) {
            tracing::debug!(%error, "the former postings stay");
        }
    }
    Ok((corpus, postings, Opened::Rebuilt(reason)))
}

fn open(folder: &Path, of: &str) -> Result<(Corpus, Postings), String> {
    let label = fs::read(folder.join(LABEL)).map_err(|_| "there was none".to_owned())?;
    let label: Label = serde_json::from_slice(&label).map_err(|_| "its label was damaged".to_owned())?;
    if label.of != of {
        return Err("it was of other data or of another version".to_owned());
    }
    let bytes = fs::read(folder.join(CORPUS)).map_err(|_| "its corpus was missing".to_owned())?;
    if hash(&bytes) != label.corpus {
        return Err("its corpus was damaged".to_owned());
    }
    let mut corpus: Corpus = postcard::from_bytes(&bytes).map_err(|_| "its corpus was damaged".to_owned())?;
    corpus.vocabulary.restore();
    let postings = Postings::open(&folder.join(&label.postings)).map_err(|_| "its postings were damaged".to_owned())?;
    if postings.len() != corpus.documents.len() {
        return Err("its postings were incomplete".to_owned());
    }
    Ok((corpus, postings))
}

/// The folder of postings that the label in force names, if it is one of ours.
fn labelled(folder: &Path) -> Option<String> {
    let label: Label = serde_json::from_slice(&fs::read(folder.join(LABEL)).ok()?).ok()?;
    let plain = label.postings.starts_with("postings-") && !label.postings.contains('/');
    plain.then_some(label.postings)
}

/// Makes a folder that is empty: a process of the same number may have died halfway.
fn empty(place: &Path) -> io::Result<()> {
    match fs::remove_dir_all(place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => fs::create_dir_all(place),
    }
}

/// Writes a file whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside: PathBuf = path.with_extension(format!("new-{}", std::process::id()));
    fs::write(&aside, bytes)?;
    fs::rename(aside, path)
}

fn hash_of(referentiels: &[Referentiel]) -> io::Result<String> {
    let mut bytes = VERSION.as_bytes().to_vec();
    bytes.extend(thesaurus::EMBEDDED.as_bytes());
    bytes.extend(crate::intent::EMBEDDED.as_bytes());
    serde_json::to_writer(&mut bytes, referentiels)?;
    Ok(hash(&bytes))
}

fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
