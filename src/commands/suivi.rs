//! `/suivi`: where all the teams of a brief stand, those that need attention first, or one team in detail.
//!
//! It tells of teams, never of one person: no hours of anybody, no ranking of people. As many questions are asked of the store
//! for sixty teams as for one.

mod risks;

use super::context::{Context, Problem};
use super::{Command, grille, params, which};
use crate::domain::brief::Brief as Content;
use crate::domain::coverage::{Coverage, Progress};
use crate::domain::grid::Grid;
use crate::domain::key::TeamKey;
use crate::domain::permission::Deed;
use crate::domain::plan::Budget;
use crate::store::{Brief, Covering};
use crate::views;
use crate::views::followup::{Followed, Page};
use std::collections::{BTreeMap, HashMap, HashSet};
use vigie_chat::{AltText, CommandSpec, Draft, File, Invocation};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(super) struct Suivi {
    team: Option<String>,
    brief: Option<String>,
    page: usize,
}

impl Command for Suivi {
    const PATH: &'static str = "suivi";
    const DEED: Deed = Deed::FollowTeams;

    fn spec() -> CommandSpec {
        CommandSpec::new("suivi", "Où en sont les équipes d’un sujet\u{a0}: retards, risques, heures, grille")
            .details(
                "Les équipes qui ont besoin d’attention sont en tête. Avec le nom ou le numéro d’une équipe, le détail de \
                 celle-ci. Le tableau CSV de toutes les équipes est joint. Rien n’y porte sur une personne.",
            )
            .private()
            .param(which::equipe())
            .param(which::sujet())
            .param(params::page())
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(which::EQUIPE, "3"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let text =
            |param: &str| invocation.text(param).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(Self { team: text(which::EQUIPE), brief: text(which::SUJET), page: params::page_of(invocation) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        context.allow(&context.here()?.hats, Self::DEED)?;
        let zone = &context.here()?.zone;
        let Some(team) = &self.team else {
            let brief = which::brief(context, self.brief.as_deref()).await?;
            let teams = followed(context, &brief).await?;
            if teams.is_empty() {
                return Err(Problem::Refused(views::followup::no_team(&brief)));
            }
            let page = Page { brief: &brief, zone, now: context.now, number: self.page };
            let draft = views::followup::all(&page, &teams);
            // Turning pages doesn't send the same file again.
            if self.page > 1 {
                return Ok(draft);
            }
            let description = AltText::new(format!("Suivi des équipes, en tableau\u{a0}: {}", brief.title));
            let description = description.map_err(|error| Problem::Fault(error.to_string()))?;
            let name = format!("suivi-sujet-{}.csv", brief.number.unwrap_or_default());
            return Ok(draft.file(File::new(name, "text/csv", views::followup::table(&page, &teams), description)));
        };
        let name = match &self.brief {
            Some(brief) => within(team, &which::brief(context, Some(brief)).await?),
            None => team.clone(),
        };
        let meant = which::team(context, Some(&name), Self::DEED).await?;
        let teams = followed(context, &meant.brief).await?;
        let one = teams.iter().find(|one| one.overview.team.key == meant.team.key);
        // A dissolved team isn't followed any more.
        let one = one.ok_or_else(|| Problem::Refused(views::which::closed(&meant.brief)))?;
        Ok(views::followup::one(&meant.whose(context)?, one))
    }
}

/// A team's number as it is said among all briefs.
fn within(team: &str, brief: &Brief) -> String {
    let is_number = team.bytes().all(|byte| byte.is_ascii_digit());
    match brief.number.filter(|_| is_number) {
        Some(number) => format!("{number}.{team}"),
        None => team.to_owned(),
    }
}

/// Every team at work on a brief, those that need attention first.
async fn followed(context: &Context, brief: &Brief) -> Result<Vec<Followed>, Problem> {
    let scope = context.scope()?;
    let says = grille::content(&scope, brief).await?;
    let grid = Grid::of(&says, grille::referentiel(&says, &context.library), &BTreeMap::new());
    let mut progress = covered(&grid, scope.coverage_of_brief(brief.key).await?);
    let mut milestones = risks::by_team(scope.milestones_of_brief(brief.key).await?, |one| one.team);
    let mut deliverables = risks::by_team(scope.deliverables_of_brief(brief.key).await?, |one| one.team);
    let mut teams = Vec::new();
    for overview in scope.overview(brief.key, context.now).await? {
        let team = overview.team.key;
        let work = (milestones.remove(&team).unwrap_or_default(), deliverables.remove(&team).unwrap_or_default());
        let (plan, found) = risks::risks(&overview, work, (&says, brief), context.now);
        let coverage = progress.remove(&team).unwrap_or(grid.whole);
        let budget = budget(&says, overview.members.len());
        teams.push(Followed::new(overview, (plan, found), coverage, budget));
    }
    teams.sort_by_key(Followed::attention);
    Ok(teams)
}

/// Minutes of preparation that the brief gives a team.
fn budget(content: &Content, members: usize) -> Option<u32> {
    content.preparation_minutes.map(|minutes| Budget::Team(minutes).total(members))
}

/// How far each team is with the lines of the grid. What was marked and is asked no more doesn't count.
fn covered(grid: &Grid, covering: Vec<Covering>) -> HashMap<TeamKey, Progress> {
    let asked: HashSet<&str> = grid.lines().map(|line| line.id.as_str()).collect();
    let mut all: HashMap<TeamKey, Progress> = HashMap::new();
    for one in covering.into_iter().filter(|one| asked.contains(one.criterion.as_str())) {
        let progress = all.entry(one.team).or_insert(grid.whole);
        match one.mark.coverage() {
            Coverage::Todo => continue,
            Coverage::InProgress => progress.in_progress += 1,
            Coverage::Covered => progress.covered += 1,
        }
        progress.todo = progress.todo.saturating_sub(1);
    }
    all
}
