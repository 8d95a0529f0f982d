//! What puts a team at risk: its plan, put together and checked.

use crate::commands::plan as assembled;
use crate::domain::brief::Brief as Content;
use crate::domain::key::TeamKey;
use crate::domain::plan::{self, Finding, Plan, Severity};
use crate::store::{Brief, Deliverable, Milestone, TeamOverview};
use jiff::Timestamp;
use std::collections::HashMap;

/// A team's plan, and what its check finds that is wrong or at risk, most important first. What is about one person isn't in
/// it.
pub(super) fn risks(
    team: &TeamOverview,
    (milestones, deliverables): (Vec<Milestone>, Vec<Deliverable>),
    (content, brief): (&Content, &Brief),
    now: Timestamp,
) -> (Plan, Vec<Finding>) {
    let of_brief = assembled::of_brief(team.members.clone(), content);
    let plan = Plan {
        tasks: assembled::tasks(&milestones, &team.minutes_by_milestone),
        deliverables: deliverables.iter().map(assembled::wanted).collect(),
        deadline: of_brief.deadline.or(brief.deadline_at),
        defence: team.defence_at.or(of_brief.defence),
        ..of_brief
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
