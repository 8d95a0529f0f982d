//! The dates of a brief as entries, with those that an earlier version of it had.

use super::date::{of_brief, of_version};
use super::entry::{Entry, Span, Standing};
use super::uid::{Mark, Uid};
use crate::domain::brief::{Brief, WallTime};
use crate::domain::duration::Minutes;
use crate::domain::key::BriefKey;
use crate::store::DatedKind;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The dates that a brief lays down.
#[derive(Debug, Clone)]
pub struct BriefDates {
    /// The tenant.
    pub mark: Mark,
    /// Which brief.
    pub key: BriefKey,
    /// The version in force.
    pub version: i64,
    /// What it says.
    pub says: Brief,
    /// When it was made.
    pub said_at: Timestamp,
    /// What the former versions said, the newest first.
    pub former: Vec<Brief>,
    /// When the brief was closed; none while it isn't.
    pub closed_at: Option<Timestamp>,
}

/// A date that a brief gives.
struct Given {
    /// By which name it is known, whatever its words and its date.
    name: String,
    title: String,
    at: WallTime,
}

/// The name under which the deadline is known.
const DEADLINE: &str = "deadline";

impl BriefDates {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<Entry> {
        self.entries(|_| true)
    }

    /// The deadline alone: what a team's own dates don't have.
    #[must_use]
    pub fn deadline(&self) -> Vec<Entry> {
        self.entries(|name| name == DEADLINE)
    }

    /// How long the brief says that a defence lasts, in all.
    #[must_use]
    pub fn usual(&self) -> Option<Minutes> {
        let minutes = self.says.oral_minutes.unwrap_or(0).saturating_add(self.says.interview_minutes.unwrap_or(0));
        Minutes::new(minutes)
    }

    fn entries(&self, wanted: impl Fn(&str) -> bool) -> Vec<Entry> {
        let mut told = BTreeSet::new();
        let mut entries = Vec::new();
        let now = given(&self.says).into_iter().map(|one| (one, Standing::Stands));
        let before = self.former.iter().flat_map(given).map(|one| (one, Standing::Cancelled));
        for (one, standing) in now.chain(before) {
            if !wanted(&one.name) || !told.insert(one.name.clone()) {
                continue;
            }
            entries.extend(Span::of_brief(&one.at).map(|span| self.entry(&one, span, standing)));
        }
        entries
    }

    fn entry(&self, one: &Given, span: Span, standing: Standing) -> Entry {
        let over = self.closed_at.filter(|closed| is_after(&span, *closed));
        let standing = if over.is_some() { Standing::Cancelled } else { standing };
        Entry {
            uid: Uid::of_brief(self.mark, self.key, &one.name),
            sequence: of_version(self.version, i64::from(over.is_some())),
            changed_at: over.max(Some(self.said_at)).unwrap_or(self.said_at),
            title: one.title.clone(),
            details: format!("Sujet\u{a0}: {}.", self.says.title),
            place: None,
            span,
            standing,
            alarms: Vec::new(),
        }
    }
}

/// Whether something is later than an instant; of a day it counts from the next one on.
fn is_after(span: &Span, at: Timestamp) -> bool {
    match span {
        Span::Day(day) => *day > jiff::tz::TimeZone::UTC.to_datetime(at).date(),
        Span::Point { at: own, .. } | Span::Slot { at: own, .. } => *own > at,
        Span::Recurring { .. } => false,
    }
}

/// The dates of one version.
fn given(says: &Brief) -> Vec<Given> {
    let title = &says.title;
    let new = |name: String, title: String, at: &WallTime| Given { name, title, at: at.clone() };
    let mut all = Vec::new();
    all.extend(says.starts.iter().map(|at| new("starts".to_owned(), format!("Début\u{a0}: {title}"), &of_day(at))));
    let milestones = says.milestones.iter().filter_map(|one| Some((one, one.due.as_ref()?)));
    all.extend(milestones.map(|(one, at)| new(of_brief(DatedKind::Milestone, &one.key), one.title.clone(), at)));
    let deliverables = says.deliverables.iter().filter_map(|one| Some((one, one.due.as_ref()?)));
    all.extend(deliverables.map(|(one, at)| {
        new(of_brief(DatedKind::Deliverable, &format!("L{}", one.number)), format!("À rendre\u{a0}: {}", one.title), at)
    }));
    all.extend(says.deadline.iter().map(|at| new(DEADLINE.to_owned(), format!("Échéance\u{a0}: {title}"), at)));
    all.extend(
        says.defences
            .iter()
            .map(|at| new(format!("defences {}", at.civil), format!("Soutenances\u{a0}: {title}"), &of_day(at))),
    );
    all
}

/// What begins with a day that was given without an hour is of the whole day.
fn of_day(at: &WallTime) -> WallTime {
    let is_beginning = (at.civil.hour(), at.civil.minute()) == (0, 0);
    let civil = if is_beginning { at.civil.date().at(23, 59, 0, 0) } else { at.civil };
    WallTime { civil, zone: at.zone.clone() }
}
