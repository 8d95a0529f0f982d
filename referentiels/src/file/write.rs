//! Writes a référentiel file: the same data always gives the same bytes.

use crate::model::Referentiel;

/// The text of a référentiel file.
///
/// # Panics
///
/// Never: every field of a référentiel has a TOML form.
#[must_use]
pub fn write(referentiel: &Referentiel) -> String {
    let body = toml::to_string_pretty(referentiel).expect("every field of a référentiel has a TOML form");
    // An absent list is an empty one.
    let body: String = body.split_inclusive('\n').filter(|line| !line.ends_with(" = []\n")).collect();
    format!(
        "# Written by `vigie referentiel import` from {}.\n\
         # The wording is the document's, to the letter. To change it, change the document or the importer.\n\n{body}",
        referentiel.source.fichier
    )
}
