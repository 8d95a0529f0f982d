//! The dates of a team as entries: those that the team shares, and those that one of its members has.

use super::entry::{Entry, Span, Standing};
use super::uid::{Mark, Uid};
use crate::domain::duration::Minutes;
use crate::store::{Dated, DatedKind, Stands};
use jiff::Timestamp;

/// What one version of a brief counts for in a sequence: more than a milestone of it is changed by its team meanwhile.
const A_VERSION: i64 = 1_000;

/// Whose dates they are.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// The tenant.
    pub mark: Mark,
    /// What the team is called.
    pub team: &'a str,
    /// What its brief is called.
    pub brief: &'a str,
    /// How long the brief says that every defence lasts. How long the team's own does is told to nobody: some last longer.
    pub usual: Option<Minutes>,
    /// When the version of the brief that is in force was made.
    pub said_at: Timestamp,
    /// For whom.
    pub reader: Reader,
}

/// Who opens the calendar of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Somebody of the team: what it has of its brief is the brief's own entry, said further.
    Teammate,
    /// Somebody who may open those of several teams of one brief: each has entries of its own.
    Other,
}

/// The dates of a team, as all of it share them.
#[must_use]
pub fn of_team(own: Own<'_>, dates: &[Dated]) -> Vec<Entry> {
    dates.iter().map(|dated| entry(own, dated)).collect()
}

/// One date, without alarms.
pub(super) fn entry(own: Own<'_>, dated: &Dated) -> Entry {
    // What was due after the end of it all isn't to be; what was done, or due before, is how it was.
    let is_over = dated.stands == Stands::Open && dated.over_at.is_some_and(|over| over < dated.when.at);
    let standing = if is_over || dated.stands == Stands::Gone { Standing::Cancelled } else { Standing::Stands };
    let revision = dated.revision.0 + i64::from(is_over);
    let changed_at = if is_over { dated.over_at.max(Some(dated.changed_at)) } else { None };
    let changed_at = changed_at.unwrap_or(dated.changed_at);
    let uid = match (own.reader, dated.brief_key.as_deref()) {
        (Reader::Teammate, Some(key)) => Uid::of_brief(own.mark, dated.brief, &of_brief(dated.kind, key)),
        (Reader::Other, _) | (_, None) => Uid::of_row(own.mark, dated.kind.word(), dated.key),
    };
    // What the brief says a part of changes with each version of it: of a defence, how long it lasts.
    let follows_brief = dated.brief_key.is_some() || dated.kind == DatedKind::Defence;
    let (sequence, changed_at) = if follows_brief {
        (of_version(dated.version, revision), changed_at.max(own.said_at))
    } else {
        (number(revision), changed_at)
    };
    Entry {
        uid,
        sequence,
        changed_at,
        title: title(own, dated),
        details: details(own, dated),
        place: dated.place.clone(),
        span: match (dated.kind, own.usual) {
            (DatedKind::Defence, Some(minutes)) if dated.stands != Stands::Gone => Span::lasting(&dated.when, minutes),
            _ => Span::until(&dated.when),
        },
        standing,
        alarms: Vec::new(),
    }
}

/// By which name a milestone or a deliverable of a brief is known in calendars, in the brief's own and in those that its teams
/// read, so that whoever opens both has it once. A team's says more of it, and counts further (see [`of_version`]).
pub(super) fn of_brief(kind: DatedKind, key: &str) -> String {
    format!("{} {key}", kind.word())
}

/// What grows with each version of a brief, and between two with each change of a team's.
pub(super) fn of_version(version: i64, revision: i64) -> u32 {
    number(version.saturating_mul(A_VERSION).saturating_add(revision.clamp(0, A_VERSION - 1)))
}

fn number(sequence: i64) -> u32 {
    // Calendars count up to this (RFC 5545, 3.3.8).
    u32::try_from(sequence.clamp(0, i32::MAX.into())).unwrap_or_default()
}

fn title(own: Own<'_>, dated: &Dated) -> String {
    let words = dated.title.as_deref().unwrap_or_default();
    match (dated.kind, dated.stands) {
        (DatedKind::Defence, Stands::Gone) => format!("Soutenance annulée ({})", own.team),
        (DatedKind::Defence, _) => format!("Soutenance ({})", own.team),
        (DatedKind::Milestone, Stands::Gone) => "Jalon supprimé".to_owned(),
        (DatedKind::Deliverable, Stands::Gone) => "Livrable supprimé".to_owned(),
        (DatedKind::Milestone, Stands::Done) => format!("Fait\u{a0}: {words}"),
        (DatedKind::Milestone, Stands::Open) => words.to_owned(),
        (DatedKind::Deliverable, Stands::Done) => format!("Déposé\u{a0}: {words}"),
        (DatedKind::Deliverable, Stands::Open) => format!("À rendre\u{a0}: {words}"),
    }
}

fn details(own: Own<'_>, dated: &Dated) -> String {
    let what = match dated.kind {
        DatedKind::Milestone => "Jalon",
        DatedKind::Deliverable => "Livrable",
        DatedKind::Defence => "Soutenance",
    };
    format!("{what} de l’équipe «\u{a0}{}\u{a0}». Sujet\u{a0}: {}.", own.team, own.brief)
}
