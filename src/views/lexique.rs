//! Definitions.

use super::words;
use vigie_chat::limits::MOST_OPTIONS;
use vigie_chat::{Draft, Field, Invocation, List, Press, Select, Text};
use vigie_referentiels::{Definition, Referentiel};

/// The terms that documents define.
#[must_use]
pub fn list(all: &[(&Referentiel, Definition)]) -> Draft {
    if all.is_empty() {
        return Draft::answer().title("Lexique").paragraph("Ce référentiel ne définit aucun terme.");
    }
    let mut select = Select::new("Lire une définition");
    for (referentiel, definition) in all.iter().take(MOST_OPTIONS) {
        let press = Press::run(
            Invocation::new("lexique")
                .with("terme", definition.terme.as_str())
                .with("referentiel", referentiel.slug.as_str()),
        );
        select = select.option(words::shortened(&definition.terme, 100), press);
    }
    Draft::answer()
        .title("Lexique")
        .list(List::bulleted(
            all.iter().map(|(r, d)| Text::new().strong(d.terme.as_str()).plain(format!(" — {}", words::title(r)))),
        ))
        .select(select)
}

/// What a term means, in each document that defines it.
#[must_use]
pub fn definitions(term: &str, found: &[(&Referentiel, Definition)]) -> Draft {
    let mut draft = Draft::answer().title(Text::from("Définition\u{a0}: ").emphasis(words::shortened(term, 80)));
    draft = draft.fields(found.iter().map(|(_, d)| Field::new(d.terme.as_str(), d.definition.as_str())));
    let mut sources: Vec<&str> = found.iter().map(|(r, _)| words::title(r)).collect();
    sources.dedup();
    draft.note(format!("Source\u{a0}: {}.", words::and(&sources)))
}
