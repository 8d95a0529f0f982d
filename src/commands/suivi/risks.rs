//! What puts a team at risk: its plan, put together and checked.

use crate::domain::brief::Brief as Content;
use crate::domain::duration::Minutes;
use crate::domain::key::TeamKey;
use crate::domain::plan::{self, Budget, Finding, Origin, Plan, Severity, State, Task, Wanted};
use crate::store::{Brief, Deliverable, DeliverableState, Milestone, Progress, TeamOverview};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// A team's plan, and what its check finds that is wrong or at risk, most important first. What is about one person isn't in
/// it.
pub(super) fn risks(
    team: &TeamOverview,
    (milestones, deliverables): (Vec<Milestone>, Vec<Deliverable>),
    (content, brief): (&Content, &Brief),
    now: Timestamp,
) -> (Plan, Vec<Finding>) {
    let wall = |time: &crate::domain::brief::WallTime| {
        let zone = TimeZone::get(&time.zone).ok()?;
        zone.to_ambiguous_timestamp(time.civil).compatible().ok()
    };
    let plan = Plan {
        tasks: tasks(&milestones, &team.minutes_by_milestone),
        members: team.members.clone(),
        budget: content.preparation_minutes.map(Budget::Team),
        deliverables: deliverables.iter().map(wanted).collect(),
        starts_at: content.starts.as_ref().and_then(wall),
        deadline: content.deadline.as_ref().and_then(wall).or(brief.deadline_at),
    };
    let found = plan::check(&plan, now).into_iter().filter(|finding| {
        let is_personal = matches!(finding, Finding::Overloaded { .. } | Finding::Uneven { .. });
        finding.severity() <= Severity::AtRisk && !is_personal
    });
    let found = found.collect();
    (plan, found)
}

/// Things by the team that they are of.
pub(super) fn by_team<T>(all: Vec<T>, team: impl Fn(&T) -> TeamKey) -> HashMap<TeamKey, Vec<T>> {
    let mut by: HashMap<TeamKey, Vec<T>> = HashMap::new();
    for one in all {
        by.entry(team(&one)).or_default().push(one);
    }
    by
}

fn tasks(milestones: &[Milestone], spent: &[(u32, u32)]) -> Vec<Task> {
    let numbers: HashMap<_, u32> = milestones.iter().map(|one| (one.key, one.number)).collect();
    let spent: HashMap<u32, u32> = spent.iter().copied().collect();
    let task = |one: &Milestone| Task {
        number: one.number,
        title: one.draft.title.clone(),
        due: one.draft.due.as_ref().map(|due| due.at),
        minutes: one.draft.minutes.map(Minutes::get),
        spent_minutes: spent.get(&one.number).copied().unwrap_or(0),
        state: match one.progress {
            Progress::Open => State::Open,
            Progress::Blocked { .. } => State::Blocked,
            Progress::Done { .. } => State::Done,
        },
        people: one.draft.people.clone(),
        needs: one.draft.needs.iter().filter_map(|key| numbers.get(key).copied()).collect(),
        deliverable: one.draft.deliverable,
        origin: if one.brief_key.is_some() { Origin::Brief } else { Origin::Team },
    };
    milestones.iter().map(task).collect()
}

fn wanted(one: &Deliverable) -> Wanted {
    Wanted {
        number: one.number,
        title: one.draft.title.clone(),
        is_required: one.draft.is_required,
        is_handed_in: matches!(one.state, DeliverableState::HandedIn | DeliverableState::Accepted),
    }
}
