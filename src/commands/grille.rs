//! `/grille`: which criteria of the brief a team's work covers, with the proofs.

mod couvrir;
mod critere;
mod exporter;
mod manque;
mod voir;

pub(super) use couvrir::Couvrir;
pub(super) use critere::CRITERE;
pub(super) use exporter::Exporter;
pub(super) use manque::Manque;
pub(super) use voir::Voir;

use super::context::{Context, Problem};
use super::which::Meant;
use crate::domain::brief;
use crate::domain::brief::ReferentielChoice;
use crate::domain::coverage::{AccessibleRule, Mark, accessible_rule};
use crate::domain::grid::Grid;
use crate::library::Library;
use crate::store::{Brief, Covering, Scope, StoreError};
use crate::views::coverage::Source;
use std::collections::BTreeMap;
use vigie_referentiels::Referentiel;

/// What a brief says, as it is in force.
///
/// # Errors
///
/// [`StoreError`]; [`Problem::Fault`] when what is kept isn't a brief.
pub(super) async fn content(scope: &Scope<'_>, brief: &Brief) -> Result<brief::Brief, Problem> {
    let version = scope.brief_version(brief.key, brief.version).await?;
    let version = version.ok_or_else(|| Problem::Fault("a brief without the version in force".to_owned()))?;
    serde_json::from_str(&version.content).map_err(|error| Problem::Fault(format!("a brief can't be read: {error}")))
}

/// The référentiel of a brief, if it is one of ours.
pub(super) fn referentiel<'a>(content: &brief::Brief, library: &'a Library) -> Option<&'a Referentiel> {
    match content.referentiel.as_ref()? {
        ReferentielChoice::Known(slug) => library.referentiel(slug),
        ReferentielChoice::Free(_) => None,
    }
}

/// A team's grid, and where its lines come from.
struct Sheet<'a> {
    grid: Grid,
    says: brief::Brief,
    referentiel: Option<&'a Referentiel>,
}

impl<'a> Sheet<'a> {
    async fn read(context: &'a Context, meant: &Meant) -> Result<Self, Problem> {
        let scope = context.scope()?;
        let says = content(&scope, &meant.brief).await?;
        let referentiel = referentiel(&says, &context.library);
        let grid = Grid::of(&says, referentiel, &marks(scope.coverage_of(meant.team.key).await?));
        Ok(Self { grid, says, referentiel })
    }

    /// Where the lines come from, as views tell it.
    fn source(&self) -> Source<'_> {
        let free = match &self.says.referentiel {
            Some(ReferentielChoice::Free(words)) => Some(words.as_str()),
            Some(ReferentielChoice::Known(slug)) => self.referentiel.is_none().then_some(slug.as_str()),
            None => None,
        };
        Source { referentiel: self.referentiel, free }
    }

    /// The rule on the word "accessible", if it concerns a competency of the brief; with the codes that it concerns.
    fn accessible(&self) -> Option<(AccessibleRule<'_>, Vec<String>)> {
        let rule = accessible_rule(self.referentiel?)?;
        let concerned = rule.competencies.iter().map(|competency| competency.code.to_string());
        let concerned: Vec<String> = concerned.filter(|code| self.grid.row(code).is_some()).collect();
        (!concerned.is_empty()).then_some((rule, concerned))
    }
}

/// Marks by id of line.
pub(super) fn marks(covering: Vec<Covering>) -> BTreeMap<String, Mark> {
    covering.into_iter().map(|covering| (covering.criterion, covering.mark)).collect()
}

/// A grid for completion, of a team whose work whoever types may read.
pub(super) async fn grid_of(scope: &Scope<'_>, brief: &Brief, library: &Library) -> Result<Option<Grid>, StoreError> {
    let Some(version) = scope.brief_version(brief.key, brief.version).await? else { return Ok(None) };
    let Ok(content) = serde_json::from_str::<brief::Brief>(&version.content) else { return Ok(None) };
    Ok(Some(Grid::of(&content, referentiel(&content, library), &BTreeMap::new())))
}
