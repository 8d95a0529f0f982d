//! The brief (sujet) of an MSPR: what it holds, how it is read from what a trainer wrote, completed, corrected, compared.
//!
//! Commands call this with the bytes of an attachment or the fields of a form; the store keeps [`Brief`] as JSON. Nothing
//! here reads a file, a clock or a database: référentiels, search and dates are lent by the caller ([`World`]).
//!
//! ```text
//! bytes ── decode ──▶ text ── read ──▶ Understood { brief, remarks } ── set, field by field ──▶ with_defaults ──▶ published
//! ```
//!
//! Three invariants: what the brief says is never replaced by a default; what was cut, guessed or found twice is told by a
//! [`Remark`]; every list and text has a limit ([`limits`]), so that no file makes a brief that can't be shown.

pub mod limits;

mod calendar;
mod certification;
mod competencies;
mod content;
mod correction;
mod decode;
mod defaults;
mod deliverables;
mod difference;
mod durations;
mod field;
mod inline;
mod jury;
mod numbers;
mod outline;
mod plan;
mod reading;
mod rebase;
mod remark;
mod roles;
mod sentences;
mod team;
mod topic;
mod walltime;

pub use content::{
    Assessed, BlocChoice, Brief, BriefMilestone, Expected, How, Jury, Need, ReferentielChoice, TeamSize,
};
pub use correction::{Wrong, set};
pub use decode::{NotText, decode};
pub use defaults::{DefaultUsed, with_defaults};
pub use difference::{Change, Moved, Moving, difference};
pub use field::{Field, missing};
pub use reading::{Understood, read};
pub use rebase::{Rebased, rebased};
pub use remark::Remark;
pub use walltime::WallTime;

use jiff::civil::DateTime;
use std::ops::Range;
use vigie_referentiels::Referentiel;

/// What a brief is read against.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The référentiels in force.
    pub referentiels: &'a [Referentiel],
    /// Competencies whose wording is near a text, best first, in one référentiel (by slug) or in all.
    pub matching: &'a dyn Fn(&str, Option<&str>) -> Vec<Match>,
    /// Dates that a text tells, in reading order, without overlap.
    pub dates: &'a dyn Fn(&str) -> Vec<FoundDate>,
    /// IANA name of the zone in which the trainer's hours are meant.
    pub zone: &'a str,
}

/// A competency whose wording is near a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Slug of its référentiel.
    pub slug: String,
    /// Its canonical code.
    pub code: String,
    /// How near, from 0 to 100.
    pub confidence: u8,
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// The wall-clock time; 23 h 59 where no hour is given.
    pub civil: DateTime,
    /// Why it may not be what was meant: a French clause or sentence.
    pub doubtful: Option<String>,
}

impl<'a> World<'a> {
    /// The référentiel of this slug.
    fn referentiel(&self, slug: &str) -> Option<&'a Referentiel> {
        self.referentiels.iter().find(|r| r.slug == slug)
    }

    /// The référentiel that a brief chose, if it is one of ours.
    fn chosen(&self, choice: Option<&ReferentielChoice>) -> Option<&'a Referentiel> {
        match choice {
            Some(ReferentielChoice::Known(slug)) => self.referentiel(slug),
            _ => None,
        }
    }

    /// A wall-clock time in the trainer's zone.
    fn wall(&self, civil: DateTime) -> WallTime {
        WallTime { civil, zone: self.zone.to_owned() }
    }
}

#[cfg(test)]
mod tests;
