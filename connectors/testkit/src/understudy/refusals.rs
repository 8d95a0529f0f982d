//! The sentences with which the understudy refuses. Scenarios look for them.

use vigie_chat::{Block, Draft, Misread, Text};

/// A token that is no longer known.
pub(crate) const EXPIRED: &str = "Ce bouton a expiré\u{a0}: redonnez la commande.";

/// An action that is for somebody else.
pub(crate) const NOT_YOURS: &str = "Ce bouton est réservé à la personne qui a donné la commande.";

/// A command that doesn't exist here.
pub(crate) const UNKNOWN: &str = "Cette commande n’existe pas.";

/// What is wrong with what was typed, with an example.
pub(super) fn misread(misread: &Misread) -> Draft {
    let example = misread.example.iter().map(|example| Text::from("Par exemple ").command(example));
    Draft::error().paragraph(misread.explanation()).blocks(example.map(Block::Paragraph))
}
