//! Whose work is told, and how a team, an instant and a deadline are said where work is told.

use super::words;
use crate::domain::date::Moment;
use crate::store::{Brief, Team};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie_chat::{Invocation, Text};

/// Longest name of a team or title of a deliverable within a sentence, in characters.
pub(super) const NAME: usize = 60;

/// The team whose work is told, and the reader's clock.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// The team.
    pub team: &'a Team,
    /// What it works on.
    pub brief: &'a Brief,
    /// The zone of the reader's dates.
    pub zone: &'a TimeZone,
    /// Now.
    pub now: Timestamp,
}

impl Whose<'_> {
    /// `équipe 2 (Les Quatre)`, after an article.
    #[must_use]
    pub fn named(&self) -> String {
        team(self.team.number, &self.team.name)
    }

    /// The team as a command names it wherever it is pressed: `1.2`, the second team of the first brief.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(self.brief, self.team.number)
    }

    /// A command about this team.
    #[must_use]
    pub fn invocation(&self, path: &str) -> Invocation {
        Invocation::new(path).with("equipe", self.reference())
    }

    /// An instant in full, as the reader's clock shows it.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Text {
        full(at, self.zone)
    }

    /// How far an instant is from now: `dans 3 jours`.
    #[must_use]
    pub fn relative(&self, at: Timestamp) -> String {
        moment(at, self.zone).relative(&self.now.to_zoned(self.zone.clone()))
    }
}

/// `équipe 2 (Les Quatre)`, after an article.
#[must_use]
pub fn team(number: i64, name: &str) -> String {
    format!("équipe\u{a0}{number} ({})", words::shortened(name, NAME))
}

/// A team as a command names it wherever it is pressed: `1.2`.
#[must_use]
pub fn reference(brief: &Brief, number: i64) -> String {
    match brief.number {
        Some(brief) => format!("{brief}.{number}"),
        None => number.to_string(),
    }
}

/// An instant in full, as the clocks of a zone show it: `vendredi 27 novembre 2026 à 18 h 00`.
#[must_use]
pub fn full(at: Timestamp, zone: &TimeZone) -> Text {
    Text::new().time(at, moment(at, zone).to_string())
}

fn moment(at: Timestamp, zone: &TimeZone) -> Moment {
    Moment::new(zone.to_datetime(at), zone.clone())
}
