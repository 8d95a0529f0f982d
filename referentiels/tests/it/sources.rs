//! The five official documents, which stand beside the workspace and not in it.

use std::path::{Path, PathBuf};
use vigie_referentiels::{Referentiel, import::Hints};

/// An official document, with what travels with the program for it.
pub(crate) struct Official {
    pub(crate) referentiel: Referentiel,
    /// The document's own bytes.
    pub(crate) bytes: Vec<u8>,
    pub(crate) hints: Hints,
    /// The text of the file in `data/`.
    pub(crate) file: String,
}

/// The official documents; `None`, after one line that says so, where their folder is missing.
///
/// # Panics
///
/// When the folder is missing and `VIGIE_REQUIRE_ALL=1`.
pub(crate) fn official() -> Option<Vec<Official>> {
    let folder = shared().join("sources");
    if !folder.is_dir() {
        assert!(
            std::env::var("VIGIE_REQUIRE_ALL").as_deref() != Ok("1"),
            "VIGIE_REQUIRE_ALL=1, but the official documents are not at {}",
            folder.display()
        );
        eprintln!("skipped: the official documents are not at {}", folder.display());
        return None;
    }
    Some(vigie_referentiels::embedded().into_iter().map(|r| read(r, &folder)).collect())
}

/// `../shared` beside the workspace, unless `VIGIE_SHARED` says otherwise.
fn shared() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    std::env::var_os("VIGIE_SHARED").map_or_else(beside, PathBuf::from)
}

fn read(referentiel: Referentiel, folder: &Path) -> Official {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let hints = own.join("hints").join(&referentiel.slug).with_extension("toml");
    let hints = if hints.exists() { std::fs::read_to_string(hints).unwrap() } else { String::new() };
    let file = own.join("data").join(&referentiel.slug).with_extension("toml");
    Official {
        bytes: std::fs::read(folder.join(&referentiel.source.fichier)).unwrap(),
        hints: Hints::parse(&hints).unwrap(),
        file: std::fs::read_to_string(file).unwrap(),
        referentiel,
    }
}
