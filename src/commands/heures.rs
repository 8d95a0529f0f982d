//! `/heures …`: the work that members spend, against the preparation that the brief gives.
//!
//! Everybody notes their own. Only whoever noted an entry takes it away, or their team once they have left it.

mod ajouter;
mod jour;
mod retirer;
mod voir;

pub(super) use ajouter::Ajouter;
pub(super) use retirer::Retirer;
pub(super) use voir::Voir;

use super::context::{Context, Problem};
use super::plan::{names, plan_of};
use super::which::Meant;
use crate::domain::permission::Leave;
use crate::domain::person::PersonKey;
use crate::domain::plan::Plan;
use crate::store::Hours;
use crate::views::hours::Log;
use std::collections::BTreeMap;

/// What a team logged, with what it is told with.
struct Sheet {
    team: String,
    plan: Plan,
    names: BTreeMap<PersonKey, String>,
    entries: Vec<Hours>,
    leave: Leave,
}

impl Sheet {
    async fn of(context: &Context, meant: &Meant) -> Result<Self, Problem> {
        Ok(Self {
            team: meant.value(),
            plan: plan_of(context, meant).await?,
            names: names(context, &meant.team).await?,
            entries: context.scope()?.hours_of(meant.team.key).await?,
            leave: meant.leave(),
        })
    }

    fn log(&self) -> Log<'_> {
        Log { team: &self.team, plan: &self.plan, names: &self.names, entries: &self.entries, leave: self.leave }
    }
}
