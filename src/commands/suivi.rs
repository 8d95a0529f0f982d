//! `/suivi`: where all the teams of a brief stand, those that need attention first, or one team in detail.
//!
//! It tells of teams, never of one person: no hours of anybody, no ranking of people. As many questions are asked of the store
//! for sixty teams as for one.

mod risks;

use super::context::{Context, Problem};
use super::drawn::Drawn;
use super::which::Meant;
use super::{Command, grille, params, which};
use crate::domain::brief::Brief as Content;
use crate::domain::coverage::{Coverage, Progress};
use crate::domain::grid::Grid;
use crate::domain::permission::Deed;
use crate::domain::plan::Budget;
use crate::pictures::cohort::Chart;
use crate::store::{Brief, Covering, Deliverable, Milestone, TeamOverview};
use crate::views;
use crate::views::followup::{Followed, Page};
use crate::views::illustrated::Sheet;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashSet};
use vigie_chat::{AltText, CommandSpec, Draft, File, Invocation};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(super) struct Suivi {
    team: Option<String>,
    brief: Option<String>,
    /// None before anybody turned a page: then there are a picture and a file.
    page: Option<usize>,
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
        Ok(Self {
            team: text(which::EQUIPE),
            brief: text(which::SUJET),
            page: invocation.integer(params::PAGE).map(|_| params::page_of(invocation)),
        })
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
            let page = Page { brief: &brief, zone, now: context.now };
            // Turning pages sends neither the picture nor the file again.
            if let Some(number) = self.page {
                return Ok(views::followup::all(&page, &teams, Sheet::of_words(number)));
            }
            let description = AltText::new(format!("Suivi des équipes, en tableau\u{a0}: {}", brief.title));
            let description = description.map_err(|error| Problem::Fault(error.to_string()))?;
            let name = format!("suivi-sujet-{}.csv", brief.number.unwrap_or_default());
            let table = File::new(name, "text/csv", views::followup::table(&page, &teams), description);
            let picture = drawn(context, &page, &teams).await.map(|drawn| drawn.png);
            return Ok(views::followup::all(&page, &teams, Sheet { page: 1, picture, files: vec![table] }));
        };
        let name = match &self.brief {
            Some(brief) => within(team, &which::brief(context, Some(brief)).await?),
            None => team.clone(),
        };
        let meant = which::team(context, Some(&name), Self::DEED).await?;
        // A dissolved team isn't followed any more.
        let one = followed_one(context, &meant).await?;
        let one = one.ok_or_else(|| Problem::Refused(views::which::closed(&meant.brief)))?;
        Ok(views::followup::one(&meant.whose(context)?, &one))
    }
}

/// The teams as a picture, if whoever asks wants any.
async fn drawn(context: &Context, page: &Page<'_>, teams: &[Followed]) -> Option<Drawn> {
    let chart = Chart {
        brief: page.brief.title.clone(),
        now: page.now,
        zone: page.zone.clone(),
        teams: teams.iter().map(Followed::pictured).collect(),
    };
    let theme = context.theme(None);
    context.drawn("suivi", move || chart.draw(theme)).await
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
    let asked = Asked::of(context, brief).await?;
    let mut covering = risks::by_team(scope.coverage_of_brief(brief.key).await?, |one| one.team);
    let mut milestones = risks::by_team(scope.milestones_of_brief(brief.key).await?, |one| one.team);
    let mut deliverables = risks::by_team(scope.deliverables_of_brief(brief.key).await?, |one| one.team);
    let mut teams = Vec::new();
    for overview in scope.overview(brief.key, context.now).await? {
        let team = overview.team.key;
        let covering = covering.remove(&team).unwrap_or_default();
        let work = (milestones.remove(&team).unwrap_or_default(), deliverables.remove(&team).unwrap_or_default());
        teams.push(asked.followed(overview, work, &covering, context.now));
    }
    teams.sort_by_key(Followed::attention);
    Ok(teams)
}

/// One team; none once it is dissolved. Nothing of the others is read.
async fn followed_one(context: &Context, meant: &Meant) -> Result<Option<Followed>, Problem> {
    let (scope, team) = (context.scope()?, meant.team.key);
    let Some(overview) = scope.team_overview(team, context.now).await? else { return Ok(None) };
    let asked = Asked::of(context, &meant.brief).await?;
    let work = (scope.milestones_of(team).await?, scope.deliverables_of(team).await?);
    let covering = scope.coverage_of(team).await?;
    Ok(Some(asked.followed(overview, work, &covering, context.now)))
}

/// What a brief asks of every team, against which each is held.
struct Asked<'a> {
    brief: &'a Brief,
    says: Content,
    grid: Grid,
}

impl<'a> Asked<'a> {
    async fn of(context: &Context, brief: &'a Brief) -> Result<Self, Problem> {
        let says = grille::content(&context.scope()?, brief).await?;
        let grid = Grid::of(&says, grille::referentiel(&says, &context.library), &BTreeMap::new());
        Ok(Self { brief, says, grid })
    }

    fn followed(
        &self,
        overview: TeamOverview,
        work: (Vec<Milestone>, Vec<Deliverable>),
        covering: &[Covering],
        now: Timestamp,
    ) -> Followed {
        let checked = risks::risks(&overview, work, (&self.says, self.brief), now);
        let budget = budget(&self.says, overview.members.len());
        Followed::new(overview, checked, self.covered(covering), budget)
    }

    /// How far a team is with the lines of the grid. What was marked and is asked no more doesn't count.
    fn covered(&self, covering: &[Covering]) -> Progress {
        let asked: HashSet<&str> = self.grid.lines().map(|line| line.id.as_str()).collect();
        let mut progress = self.grid.whole;
        for one in covering.iter().filter(|one| asked.contains(one.criterion.as_str())) {
            match one.mark.coverage() {
                Coverage::Todo => continue,
                Coverage::InProgress => progress.in_progress += 1,
                Coverage::Covered => progress.covered += 1,
            }
            progress.todo = progress.todo.saturating_sub(1);
        }
        progress
    }
}

/// Minutes of preparation that the brief gives a team.
fn budget(content: &Content, members: usize) -> Option<u32> {
    content.preparation_minutes.map(|minutes| Budget::Team(minutes).total(members))
}
