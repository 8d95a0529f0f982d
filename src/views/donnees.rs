//! What is kept of a person, told to that person, and its erasure.

mod document;
mod erasing;
mod json;
mod labels;

pub use document::document;
pub use erasing::{Stake, Trains, ask, choose, erased, no_such_space};
pub use json::json;

use super::words;
use crate::store::{Account, Presence, Section};
use jiff::Zoned;
use jiff::tz::TimeZone;
use vigie_chat::{Button, Draft, Invocation, Item, List, Press, Text};

/// Longest name of a space that is repeated, in characters.
const NAME: usize = 60;

/// What one space keeps of a person.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Which space, and who they are in it.
    pub presence: Presence,
    /// The zone of their dates there.
    pub zone: TimeZone,
    /// What is kept.
    pub sections: Vec<Section>,
}

/// Everything that is kept of an account.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The account that asks.
    pub account: Account,
    /// What each space keeps.
    pub dossiers: Vec<Dossier>,
    /// What is kept whatever the space.
    pub of_account: Vec<Section>,
    /// Now, as the clock of whoever asks shows it.
    pub now: Zoned,
}

/// What a space is called, after "espace".
fn space(presence: &Presence) -> String {
    match presence.names.as_slice() {
        [] => "sans nom".to_owned(),
        names => {
            let quoted: Vec<String> =
                names.iter().map(|name| format!("«\u{a0}{}\u{a0}»", words::shortened(name, NAME))).collect();
            words::and(&quoted)
        }
    }
}

/// The same within a sentence, after "dans".
fn in_space(presence: &Presence) -> String {
    if presence.names.is_empty() { "cet espace".to_owned() } else { format!("l’espace {}", space(presence)) }
}

/// How many things sections hold.
fn count(sections: &[Section]) -> usize {
    sections.iter().map(|section| section.rows.len()).sum()
}

/// What comes with the files.
#[must_use]
pub fn exported(whole: &Whole) -> Draft {
    let items = whole.dossiers.iter().map(|dossier| {
        let count = words::counted(count(&dossier.sections), "élément", "éléments");
        Item::from(Text::from("Espace ").plain(space(&dossier.presence)).plain(format!("\u{a0}: {count}")))
    });
    let other = words::counted(count(&whole.of_account), "élément", "éléments");
    let items = items.chain([Item::from(format!("Votre compte, quel que soit l’espace\u{a0}: {other}"))]);
    Draft::answer()
        .private()
        .title("Ce que je garde sur vous")
        .list(List::bulleted(items))
        .paragraph(
            "Le premier fichier se lit\u{a0}: c’est un texte Markdown. Le second dit la même chose en JSON, pour un programme. \
             Ils ne sont que pour vous.",
        )
        .button(Button::new("Effacer mes données", Press::run(Invocation::new("donnees effacer")).by_owner()))
}

/// Nothing is kept.
#[must_use]
pub fn nothing() -> Draft {
    Draft::answer().private().title("Ce que je garde sur vous").paragraph(
        "Rien\u{a0}: aucun espace ne connaît ce compte, et aucun bouton n’est gardé pour vous. Un code d’événement reste au plus \
         une semaine, sans votre nom.",
    )
}
