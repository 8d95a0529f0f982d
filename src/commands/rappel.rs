//! `/rappel`: what people ask to be reminded of, what they will hear and heard, and how they want to hear of it.
//!
//! Always answered in private: what somebody is reminded of is theirs. A reminder that was received is named by `envoi`,
//! which only its buttons know, and through which it leads to the space that it comes from.

mod agenda;
mod ajouter;
mod calendrier;
mod liste;
mod received;
mod reglages;
mod reporter;
mod simuler;
mod supprimer;

pub(super) use agenda::{note, warn_if_closed};
pub(super) use ajouter::Ajouter;
pub(super) use calendrier::Calendrier;
pub(super) use liste::Liste;
pub(super) use received::{Fait, Ouvrir};
pub(super) use reglages::Reglages;
pub(super) use reporter::Reporter;
pub(super) use simuler::Simuler;
pub(super) use supprimer::{Retablir, Supprimer};

use super::context::Problem;
use vigie_chat::{Invocation, ParamKind, ParamSpec};

/// The parameter of a date, an hour, or a rule.
const QUAND: &str = "quand";
/// The parameter of a reminder's number.
const NUMERO: &str = "numero";
/// The parameter that names a reminder which was received.
const ENVOI: &str = crate::views::reminder::presses::RECEIVED;

fn numero() -> ParamSpec {
    ParamSpec::new(NUMERO, "Numéro du rappel, que donne /rappel liste", ParamKind::Integer { min: 1, max: 1_000_000 })
}

fn envoi() -> ParamSpec {
    ParamSpec::new(ENVOI, "Référence d’un rappel reçu, que portent ses boutons", ParamKind::Text)
}

fn number_of(invocation: &Invocation) -> Option<u32> {
    invocation.integer(NUMERO).and_then(|number| u32::try_from(number).ok())
}

fn said(invocation: &Invocation, param: &str) -> Option<String> {
    invocation.text(param).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn text(invocation: &Invocation, param: &str) -> Result<String, Problem> {
    super::params::text(invocation, param)
}
