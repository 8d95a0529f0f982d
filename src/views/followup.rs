//! The trainer's view of the teams of a brief: a summary, the teams that need attention first, one team in detail, a table.
//!
//! It tells of teams, never of one person. The order is that of need, not of merit.

mod all;
mod one;
mod short;
mod table;

pub use all::{all, no_team};
pub use one::one;
pub use short::in_few_words;
pub use table::table;

use super::findings::{Names, sentence};
use super::whose::{NAME, full};
use super::words;
use crate::domain::coverage::Progress;
use crate::domain::plan::{Finding, Plan};
use crate::domain::timing::Lapse;
use crate::pictures::cohort as pictures;
use crate::store::{Brief, TeamOverview, WantingDeliverable};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use vigie_chat::Text;

/// A team, with what its plan's check found.
#[derive(Debug, Clone)]
pub struct Followed {
    /// Where it stands.
    pub overview: TeamOverview,
    plan: Plan,
    found: Vec<Finding>,
    coverage: Progress,
    budget: Option<u32>,
}

/// How much a team needs attention. The most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// A date has gone by.
    Late,
    /// One will, or something is in the way.
    AtRisk,
    /// Nothing to tell.
    None,
}

/// The brief whose teams are told, and when.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The brief.
    pub brief: &'a Brief,
    /// The zone of the reader's dates.
    pub zone: &'a TimeZone,
    /// Now.
    pub now: Timestamp,
}

impl Followed {
    /// A team with its plan and what the check found (nothing about one person), how far its grid is, and the minutes of
    /// preparation that it has.
    #[must_use]
    pub fn new(
        overview: TeamOverview,
        (plan, found): (Plan, Vec<Finding>),
        coverage: Progress,
        budget: Option<u32>,
    ) -> Self {
        Self { overview, plan, found, coverage, budget }
    }

    /// How much it needs attention.
    #[must_use]
    pub fn need(&self) -> Need {
        if self.late() > 0 {
            Need::Late
        } else if self.found.is_empty() {
            Need::None
        } else {
            Need::AtRisk
        }
    }

    /// What teams are sorted by: the need, then how much there is to see to, then the number.
    #[must_use]
    pub fn attention(&self) -> (Need, Reverse<usize>, Reverse<usize>, u32) {
        (self.need(), Reverse(self.late()), Reverse(self.found.len()), self.overview.team.number)
    }

    /// The team as a picture shows it.
    #[must_use]
    pub fn pictured(&self) -> pictures::Team {
        let need = match self.need() {
            Need::Late => pictures::Need::Late,
            Need::AtRisk => pictures::Need::AtRisk,
            Need::None => pictures::Need::None,
        };
        let counts = self.overview.milestones;
        pictures::Team {
            number: self.overview.team.number,
            name: self.overview.name.clone(),
            milestones: (counts.done, counts.all),
            next: self.next(),
            late: self.late(),
            risks: self.at_risk().count(),
            risk: self.at_risk().next().map(in_few_words),
            need,
        }
    }

    /// How many dates have gone by.
    fn late(&self) -> usize {
        let deliverables = self.overview.wanting.iter().filter(|wanting| wanting.is_late).count();
        let deadline = self.found.iter().filter(|finding| matches!(finding, Finding::DeadlinePassed { .. })).count();
        usize::try_from(self.overview.milestones.late).unwrap_or(usize::MAX).saturating_add(deliverables + deadline)
    }

    /// What puts it at risk, in sentences. Milestones that are late are told elsewhere.
    fn risks(&self) -> Vec<Text> {
        // What is told is about no person: none needs a name.
        let people = BTreeMap::new();
        let names = Names::new(&self.plan, &people);
        self.at_risk().map(|finding| sentence(finding, &names)).collect()
    }

    fn at_risk(&self) -> impl Iterator<Item = &Finding> {
        self.found.iter().filter(|finding| !matches!(finding, Finding::Late { .. }))
    }

    fn named(&self) -> String {
        format!("Équipe\u{a0}{} ({})", self.overview.team.number, words::shortened(&self.overview.name, NAME))
    }

    /// `12 h sur 30 h (40 %)`.
    fn hours(&self) -> String {
        let spent = self.overview.minutes;
        let Some(budget) = self.budget.filter(|budget| *budget > 0) else { return hours(spent) };
        let percent = u64::from(spent) * 100 / u64::from(budget);
        format!("{} sur {} ({percent}\u{a0}%)", hours(spent), hours(budget))
    }

    /// `5 critères couverts sur 40, 2 en cours`.
    fn covered(&self) -> String {
        let Progress { in_progress, covered, .. } = self.coverage;
        let noun = words::counted(covered, "critère couvert", "critères couverts");
        let begun = if in_progress > 0 { format!(", {in_progress} en cours") } else { String::new() };
        format!("{noun} sur {}{begun}", self.coverage.total())
    }

    /// The milestones that are late, as a sentence; none if none is.
    fn late_milestones(&self, now: Timestamp) -> Option<String> {
        let told = self.overview.late.iter().map(|late| {
            let title = words::shortened(&late.title, NAME);
            format!("{} «\u{a0}{title}\u{a0}» ({})", late.milestone.number, Lapse::between(late.due_at, now))
        });
        let told: Vec<String> = told.collect();
        let rest = usize::try_from(self.overview.milestones.late).unwrap_or(0).saturating_sub(told.len());
        let more = if rest > 0 { format!(", et {}", words::counted(rest, "autre", "autres")) } else { String::new() };
        let noun = if told.len() < 2 { "Jalon en retard" } else { "Jalons en retard" };
        (!told.is_empty()).then(|| format!("{noun}\u{a0}: {}{more}.", told.join(", ")))
    }

    /// The next date: the milestone or the deliverable that is due first among those that aren't late.
    fn next(&self) -> Option<(Timestamp, String)> {
        let milestone = self.overview.next.as_ref().map(|next| {
            let title = words::shortened(&next.title, NAME);
            (next.due_at, format!("jalon\u{a0}{} «\u{a0}{title}\u{a0}»", next.milestone.number))
        });
        let waited = self.overview.wanting.iter().filter(|wanting| !wanting.is_late);
        let dated = waited.filter_map(|wanting| Some((wanting.due_at?, wanting)));
        let deliverable = dated.min_by_key(|(due, wanting)| (*due, wanting.deliverable.number));
        let deliverable = deliverable.map(|(due, wanting)| (due, format!("livrable {}", named(wanting))));
        milestone.into_iter().chain(deliverable).min_by_key(|(due, _)| *due)
    }

    /// The next date as a sentence.
    fn next_said(&self, zone: &TimeZone) -> Text {
        match self.next() {
            None => Text::from("Aucune date à venir."),
            Some((due, what)) => {
                Text::from("Prochaine date\u{a0}: le ").then(full(due, zone)).plain(format!(", {what}."))
            }
        }
    }

    /// The deliverables that are late, then those that are still to come.
    fn wanting(&self) -> (Vec<&WantingDeliverable>, Vec<&WantingDeliverable>) {
        self.overview.wanting.iter().partition(|wanting| wanting.is_late)
    }
}

/// `Livrable en retard : L1 « Dossier ».`; none if none is.
fn late_deliverables(late: &[&WantingDeliverable]) -> Option<String> {
    let noun = if late.len() < 2 { "Livrable en retard" } else { "Livrables en retard" };
    (!late.is_empty()).then(|| format!("{noun}\u{a0}: {}.", deliverables(late)))
}

/// `L1 « Dossier »`.
fn named(wanting: &WantingDeliverable) -> String {
    format!("L{} «\u{a0}{}\u{a0}»", wanting.deliverable.number, words::shortened(&wanting.title, NAME))
}

/// `L1 « Dossier », L2 « Vidéo »`.
fn deliverables(those: &[&WantingDeliverable]) -> String {
    those.iter().map(|one| named(one)).collect::<Vec<_>>().join(", ")
}

/// `12 h`, `12 h 30`, `0 h`: minutes in all, of whatever number.
fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours}\u{a0}h"),
        (hours, minutes) => format!("{hours}\u{a0}h\u{a0}{minutes:02}"),
    }
}
