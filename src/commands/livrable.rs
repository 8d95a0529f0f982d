//! `/livrable`: what a team hands in, and what a trainer says of it.

mod deposer;
mod fichier;
mod juger;
mod liste;
mod named;
mod retirer;

pub(super) use deposer::Deposer;
pub(super) use fichier::Fichier;
pub(super) use juger::{Reprendre, Valider};
pub(super) use liste::Liste;
pub(super) use named::{LIVRABLE, number};
pub(super) use retirer::{Retablir, Retirer};

use super::context::{Context, Problem};
use super::which::Meant;
use crate::domain::person::PersonKey;
use crate::store::Deliverable;
use crate::views;
use vigie_chat::{ParamKind, ParamSpec};

/// The parameter that names one version.
const VERSION: &str = "version";

fn version() -> ParamSpec {
    let kind = ParamKind::Integer { min: 1, max: 1_000_000 };
    ParamSpec::new(VERSION, "Numéro de la version\u{a0}; à défaut, la dernière", kind)
}

/// The deliverable that is meant, as it is now.
async fn deliverable(context: &Context, meant: &Meant, name: &str) -> Result<Deliverable, Problem> {
    let all = context.scope()?.deliverables_of(meant.team.key).await?;
    if all.is_empty() {
        return Err(Problem::Refused(views::deliverable::none(&meant.whose(context)?)));
    }
    named::find(&all, name).cloned()
}

/// The same, after somebody else may have changed it.
async fn again(context: &Context, former: &Deliverable) -> Result<Deliverable, Problem> {
    let now = context.scope()?.deliverable(former.key).await?;
    now.ok_or_else(|| Problem::Refused(views::deliverable::gone()))
}

/// What a person is called.
async fn name_of(context: &Context, person: PersonKey) -> Result<String, Problem> {
    let known = context.scope()?.person(person).await?;
    Ok(known.and_then(|known| known.name).unwrap_or_else(|| "une personne".to_owned()))
}

/// What the journal says that something was done to.
fn about(deliverable: &Deliverable) -> String {
    format!("deliverable:{}", deliverable.key.0)
}
