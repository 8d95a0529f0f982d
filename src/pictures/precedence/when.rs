//! When open milestones can and must be done, and which of them decide: what a network takes from the schedule.

use crate::domain::duration::hours;
use crate::domain::plan::Float;
use crate::domain::plan::schedule::Row;
use crate::pictures::planned::Planned;
use jiff::Timestamp;
use std::collections::HashSet;

/// The chains of milestones that are told.
#[derive(Debug)]
pub(super) struct Chains {
    /// The longest to the end of the project, in order.
    pub(super) path: Vec<u32>,
    /// Every milestone without float to that end.
    pub(super) critical: HashSet<u32>,
    /// The one whose dates are the hardest to keep, in order.
    pub(super) tightest: Vec<u32>,
}

impl Chains {
    /// Those of a plan.
    pub(super) fn of(planned: &Planned<'_>) -> Self {
        let schedule = planned.schedule;
        let critical = schedule.rows().filter(|row| row.is_critical).map(|row| row.number).collect();
        Self { path: schedule.critical_path(), critical, tightest: schedule.tightest() }
    }

    /// Whether one begins as soon as the other ends, both without float: the step between them is one of a critical path.
    pub(super) fn joins(&self, planned: &Planned<'_>, from: u32, to: u32) -> bool {
        let (Some(before), Some(after)) = (planned.schedule.row(from), planned.schedule.row(to)) else { return false };
        [from, to].iter().all(|number| self.critical.contains(number)) && before.earliest_end == after.earliest_start()
    }
}

/// When it can be begun and done at the earliest.
pub(super) fn earliest(planned: &Planned<'_>, row: &Row) -> (Timestamp, Timestamp) {
    (planned.schedule.at(row.earliest_start()), planned.schedule.at(row.earliest_end))
}

/// In a cell: `marge 3 h`, `sans marge`, `retard 3 jours`.
pub(super) fn short(float: Float) -> String {
    match float {
        Float::None => "sans marge".to_owned(),
        Float::Left(minutes) => format!("marge {}", hours(minutes)),
        Float::Late(by) => format!("retard {}", by.rounded()),
    }
}

/// In a sentence: `marge de 3 h`, `sans marge`, `en retard de 3 jours`.
pub(super) fn told(float: Float) -> String {
    match float {
        Float::None => "sans marge".to_owned(),
        Float::Left(minutes) => format!("marge de {}", hours(minutes)),
        Float::Late(by) => format!("en retard de {}", by.rounded()),
    }
}
