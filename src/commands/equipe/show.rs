//! `/equipe voir`: one team, or those of a brief.

use super::sizes::{content, size};
use crate::commands::context::{Context, Problem};
use crate::commands::here::Here;
use crate::commands::{Command, which};
use crate::domain::date::Moment;
use crate::domain::permission::Deed;
use crate::store::{BriefState, Milestone, Progress, TeamState};
use crate::views;
use crate::views::team::{Listed, Next, Offer, Shown};
use jiff::tz::TimeZone;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

const PAGE: &str = "page";
/// Pages that can be turned at most.
const MOST_PAGES: i64 = 1_000;
/// Next dates that are shown.
const NEXT: usize = 3;

/// `/equipe voir`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Voir {
    equipe: Option<String>,
    sujet: Option<String>,
    page: usize,
}

impl Command for Voir {
    const PATH: &'static str = "equipe voir";
    const DEED: Deed = Deed::ReadBriefs;

    fn spec() -> CommandSpec {
        CommandSpec::new("voir", "Votre équipe et ses prochaines échéances, ou les équipes du sujet")
            .details("Sans rien préciser\u{a0}: votre équipe si vous en avez une, sinon les équipes du sujet. Avec sujet\u{a0}: toutes ses équipes.")
            .param(which::equipe())
            .param(which::sujet())
            .param(ParamSpec::new(PAGE, "Page de la liste", ParamKind::Integer { min: 1, max: MOST_PAGES }))
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(which::EQUIPE, "2"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let page = invocation.integer(PAGE).and_then(|page| usize::try_from(page).ok());
        Ok(Self {
            equipe: invocation.text(which::EQUIPE).map(str::to_owned),
            sujet: invocation.text(which::SUJET).map(str::to_owned),
            page: page.unwrap_or(1).max(1),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        if self.equipe.is_some() || (self.sujet.is_none() && has_team(context).await?) {
            one(context, self.sujet.as_deref(), self.equipe.as_deref()).await
        } else {
            all(context, self.sujet.as_deref(), self.page).await
        }
    }
}

/// Whether a team is meant where none is named: that of the room, or the person's.
async fn has_team(context: &Context) -> Result<bool, Problem> {
    let (scope, origin) = (context.scope()?, &context.origin);
    if scope.team_in_room(&origin.connector, &origin.room.id).await?.is_some() {
        return Ok(true);
    }
    let briefs = scope.briefs().await?;
    let teams = scope.teams_of(context.here()?.person).await?;
    let open = |key| briefs.iter().any(|brief| brief.key == key && brief.state == BriefState::Published);
    Ok(teams.iter().any(|team| team.state == TeamState::Active && open(team.brief)))
}

async fn one(context: &Context, sujet: Option<&str>, equipe: Option<&str>) -> Result<Draft, Problem> {
    let meant = which::team_of(context, sujet, equipe, Deed::ReadBriefs).await?;
    let scope = context.scope()?;
    let says = content(context, &meant.brief).await?;
    let requests = if meant.hats.may(Deed::RunTeam) { scope.requests(meant.team.key).await?.len() } else { 0 };
    let next = if meant.hats.may(Deed::ReadWork) {
        Some(next(scope.milestones_of(meant.team.key).await?, &context.here()?.zone))
    } else {
        None
    };
    let here = context.here()?;
    let deadline = meant.brief.deadline_at.map(|at| moment(at, &here.zone));
    let seated = meant.team.members.iter().any(|member| member.person == here.person);
    let shown = Shown {
        team: &meant.team,
        brief: &meant.brief,
        size: size(&says),
        requests,
        next: next.as_deref(),
        deadline: deadline.as_ref(),
        offer: if seated { Offer::Nothing } else { offer(here) },
    };
    let draft = views::team::shown(&shown, &context.wall()?);
    // Its dates are its work; who sits in it, anybody may read.
    Ok(if next.is_some() { meant.among(context, draft) } else { draft })
}

async fn all(context: &Context, sujet: Option<&str>, page: usize) -> Result<Draft, Problem> {
    let brief = which::brief(context, sujet).await?;
    let size = size(&content(context, &brief).await?);
    let teams = context.scope()?.teams(brief.key).await?;
    let here = context.here()?;
    let listed = Listed { brief: &brief, teams: &teams, size, offer: offer(here) };
    Ok(views::team::list(&listed, here.person, page))
}

/// Whoever places people is offered no seat.
fn offer(here: &Here) -> Offer {
    if here.hats.may(Deed::PlacePeople) { Offer::Nothing } else { Offer::Seats }
}

/// The next dates of a team, the nearest first.
fn next(milestones: Vec<Milestone>, zone: &TimeZone) -> Vec<Next> {
    let open = milestones.into_iter().filter(|one| !matches!(one.progress, Progress::Done { .. }));
    let mut dated: Vec<Next> = open
        .filter_map(|one| {
            let due = one.draft.due?;
            let of = TimeZone::get(&due.zone).unwrap_or_else(|_| zone.clone());
            Some(Next { number: one.number, title: one.draft.title, due: Moment::new(due.wall, of) })
        })
        .collect();
    dated.sort_by_key(|next| (next.due.at(), next.number));
    dated.truncate(NEXT);
    dated
}

fn moment(at: jiff::Timestamp, zone: &TimeZone) -> Moment {
    Moment::new(zone.to_datetime(at), zone.clone())
}
