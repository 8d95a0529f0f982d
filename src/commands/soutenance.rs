//! `/soutenance`: when each team defends its work, and rehearsing.
//!
//! A slot may last longer than the others. Only trainers are shown how long each lasts; a team is shown when its own begins
//! and the length that the brief gives for all. Nothing says why.

mod planifier;
mod repetition;
mod voir;

pub(super) use planifier::Planifier;
pub(super) use repetition::Repetition;
pub(super) use voir::Voir;

use super::context::{Context, Problem};
use crate::domain::key::{BriefKey, TeamKey};
use crate::store::{Defence, DefenceSlot, Team};
use crate::views::defence::Shown;
use std::collections::HashMap;
use vigie_chat::Draft;

/// Slots with the names of their teams, in the order of their hours.
async fn named(context: &Context, brief: BriefKey, slots: &[(TeamKey, DefenceSlot)]) -> Result<Vec<Shown>, Problem> {
    let teams = context.scope()?.teams(brief).await?;
    let names: HashMap<TeamKey, (i64, &str)> =
        teams.iter().map(|team| (team.key, (team.number, team.name.as_str()))).collect();
    let mut shown: Vec<Shown> = slots
        .iter()
        .filter_map(|(team, slot)| {
            let (number, name) = names.get(team)?;
            Some(Shown { number: *number, name: (*name).to_owned(), slot: slot.clone() })
        })
        .collect();
    shown.sort_by_key(|one| (one.slot.starts.at, one.number));
    Ok(shown)
}

/// An answer about a team, for the team alone: in its own room everybody of it reads it, elsewhere whoever asked. From the
/// hours of several teams it could be told whose slot is longer, and what a team hasn't covered yet is its own business.
fn for_the_team(context: &Context, team: &Team, draft: Draft) -> Draft {
    let origin = &context.origin;
    let at_home =
        team.room.as_ref().is_some_and(|(connector, room)| *connector == origin.connector && *room == origin.room.id);
    if at_home { draft } else { draft.private() }
}

fn slots(defences: &[Defence]) -> Vec<(TeamKey, DefenceSlot)> {
    defences.iter().map(|defence| (defence.team, defence.slot.clone())).collect()
}
