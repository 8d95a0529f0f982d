//! Why a reminder isn't made or found, and what to do about it.

use super::super::moment::in_full;
use super::super::words;
use crate::domain::date::Moment;
use crate::store::{DIGEST, MOST_REMINDERS, RIGHTS, WEEKS};
use jiff::Zoned;
use vigie_chat::Text;

/// The date has passed.
#[must_use]
pub fn past(moment: &Moment, now: &Zoned) -> Text {
    Text::from("Cette date est passée\u{a0}: ")
        .then(in_full(moment, now))
        .plain(". Donnez une date à venir, par exemple «\u{a0}demain 9h\u{a0}».")
}

/// Only a team's reminder is repeated until it was seen.
#[must_use]
pub fn nags_teams_only() -> Text {
    Text::from("Un accusé ne se demande que pour une équipe\u{a0}: ajoutez pour:equipe, ou retirez accuse.")
}

/// What recurs isn't repeated on top of it.
#[must_use]
pub fn nags_once_only() -> Text {
    Text::from("Un rappel régulier revient de lui-même\u{a0}: retirez accuse, ou donnez une seule date.")
}

/// The rule never comes.
#[must_use]
pub fn never() -> Text {
    Text::from("Cette règle n’a plus aucune date à venir. Vérifiez la date de fin.")
}

/// They have as many as they may have.
#[must_use]
pub fn full() -> Text {
    Text::from(format!("Vous avez déjà {MOST_REMINDERS} rappels. Supprimez-en avec /rappel supprimer."))
}

/// No reminder has this number.
#[must_use]
pub fn no_such(number: u32) -> Text {
    Text::from(format!("Vous n’avez pas de rappel {number}. /rappel liste les montre."))
}

/// They were sent none.
#[must_use]
pub fn none_received() -> Text {
    Text::from("Je ne trouve aucun rappel reçu. /rappel liste montre les prochains et ceux que vous avez demandés.")
}

/// What was received has nothing to be ticked.
#[must_use]
pub fn nothing_to_tick() -> Text {
    Text::from("Ce rappel n’a rien à cocher. Un livrable se dépose avec /livrable deposer.")
}

/// It wasn't deleted.
#[must_use]
pub fn not_deleted(number: u32) -> Text {
    Text::from(format!("Vous n’avez pas supprimé de rappel {number} depuis un jour."))
}

/// It was deleted too long ago.
#[must_use]
pub fn too_late(number: u32) -> Text {
    Text::from(format!("Le rappel {number} est supprimé depuis plus d’un jour\u{a0}: demandez-le de nouveau."))
}

/// Which cohort is meant.
#[must_use]
pub fn which_cohort(names: &[&str]) -> Text {
    if names.is_empty() {
        return Text::from(
            "Aucune promotion n’est connue ici\u{a0}: un sujet publié pour une promotion la fait connaître.",
        );
    }
    Text::from(format!("De quelle promotion s’agit-il\u{202f}? Choisissez parmi\u{a0}: {}.", words::and(names)))
}

/// Which region is meant.
#[must_use]
pub fn which_region(names: &[&str]) -> Text {
    Text::from(format!("Répondez oui, non, ou une région\u{a0}: {}.", words::and(names)))
}

/// The weeks can't be read.
#[must_use]
pub fn wrong_weeks() -> Text {
    Text::from(
        "Écrivez des périodes séparées par des virgules, par exemple «\u{a0}du 7 au 11 décembre, du 4 janvier au 15 janvier\u{a0}»\u{a0}; 100 au plus.",
    )
}

/// A setting that another level has.
#[must_use]
pub fn not_at_that_level(key: &str) -> Text {
    Text::from(match key {
        DIGEST => "Le bilan se règle pour soi seul\u{a0}: retirez portee.",
        WEEKS => "Les semaines en entreprise se règlent pour une promotion\u{a0}: ajoutez promotion.",
        RIGHTS => {
            "Les dates de l’information sur les aménagements se règlent pour tout l’espace\u{a0}: ajoutez portee:espace."
        }
        _ => "Ce réglage ne se fait pas à ce niveau.",
    })
}

/// It was sent to somebody else.
#[must_use]
pub fn not_yours() -> Text {
    Text::from("Ce rappel est celui d’une autre personne. /rappel liste montre les vôtres.")
}
