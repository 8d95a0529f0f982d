//! A team's plan, put together from what the store keeps: for `/planning`, `/jalon` and `/suivi`.

use super::context::{Context, Problem};
use super::moment::instant;
use super::which::Meant;
use crate::domain::brief::Brief as Content;
use crate::domain::duration::Minutes;
use crate::domain::key::MilestoneKey;
use crate::domain::person::PersonKey;
use crate::domain::plan::{Budget, Origin, Plan, State, Task, Wanted};
use crate::store::{Brief, Deliverable, DeliverableState, Milestone, Progress, Team};
use std::collections::{BTreeMap, HashMap};

/// What the version in force of a brief says. A version that can't be read, as one of a later program, says nothing.
///
/// # Errors
///
/// [`Problem::Fault`] when the store fails.
pub(super) async fn content(context: &Context, brief: &Brief) -> Result<Content, Problem> {
    let version = context.scope()?.brief_version(brief.key, brief.version).await?;
    let read = version.and_then(|version| serde_json::from_str(&version.content).ok());
    Ok(read.unwrap_or_default())
}

/// The plan of a team as it stands.
///
/// # Errors
///
/// [`Problem::Fault`] when the store fails.
pub(super) async fn plan_of(context: &Context, meant: &Meant) -> Result<Plan, Problem> {
    let scope = context.scope()?;
    let members = meant.team.members.iter().map(|member| member.person).collect();
    let plan = of_brief(members, &content(context, &meant.brief).await?);
    let milestones = scope.milestones_of(meant.team.key).await?;
    let spent = scope.minutes_by_milestone(meant.team.key).await?;
    let deliverables = scope.deliverables_of(meant.team.key).await?;
    let tasks = tasks(&milestones, &spent);
    let deadline = plan.deadline.or(meant.brief.deadline_at);
    let defence = scope.defence_of(meant.brief.key, meant.team.key).await?.map(|defence| defence.slot.starts.at);
    let deliverables = deliverables.iter().map(wanted).collect();
    Ok(Plan { tasks, deliverables, deadline, defence: defence.or(plan.defence), ..plan })
}

/// What a brief and the members say of a plan, without its milestones and deliverables.
pub(super) fn of_brief(members: Vec<PersonKey>, content: &Content) -> Plan {
    Plan {
        members,
        budget: content.preparation_minutes.map(Budget::Team),
        starts_at: content.starts.as_ref().and_then(instant),
        deadline: content.deadline.as_ref().and_then(instant),
        defence: content.defences.first().and_then(instant),
        ..Plan::default()
    }
}

/// Milestones as a plan sees them, with the minutes logged on each, by number.
pub(super) fn tasks(milestones: &[Milestone], spent: &[(u32, u32)]) -> Vec<Task> {
    let numbers = numbers(milestones);
    let spent: HashMap<u32, u32> = spent.iter().copied().collect();
    let task = |milestone: &Milestone| Task {
        number: milestone.number,
        title: milestone.draft.title.clone(),
        due: milestone.draft.due.as_ref().map(|due| due.at),
        minutes: milestone.draft.minutes.map(Minutes::get),
        spent_minutes: spent.get(&milestone.number).copied().unwrap_or(0),
        state: match milestone.progress {
            Progress::Open => State::Open,
            Progress::Blocked { .. } => State::Blocked,
            Progress::Done { .. } => State::Done,
        },
        people: milestone.draft.people.clone(),
        needs: milestone.draft.needs.iter().filter_map(|key| numbers.get(key).copied()).collect(),
        deliverable: milestone.draft.deliverable,
        origin: if milestone.brief_key.is_some() { Origin::Brief } else { Origin::Team },
    };
    milestones.iter().map(task).collect()
}

/// The number of each milestone, by its key.
pub(super) fn numbers(milestones: &[Milestone]) -> HashMap<MilestoneKey, u32> {
    milestones.iter().map(|milestone| (milestone.key, milestone.number)).collect()
}

/// A deliverable as a plan sees it. What was sent back is still to be handed in.
pub(super) fn wanted(deliverable: &Deliverable) -> Wanted {
    Wanted {
        number: deliverable.number,
        title: deliverable.draft.title.clone(),
        is_required: deliverable.draft.is_required,
        is_handed_in: matches!(deliverable.state, DeliverableState::HandedIn | DeliverableState::Accepted),
    }
}

/// What everybody who is or was in a team is called.
///
/// # Errors
///
/// [`Problem::Fault`] when the store fails.
pub(super) async fn names(context: &Context, team: &Team) -> Result<BTreeMap<PersonKey, String>, Problem> {
    let seats = context.scope()?.history(team.key).await?;
    Ok(seats.into_iter().filter_map(|seat| Some((seat.person, seat.name?))).collect())
}
