//! The figures of a brief, gathered sentence by sentence: preparation, team, oral, interview, jury.
//!
//! The same reading serves briefs and the facts that a référentiel states on its exams.

use super::content::{Brief, Jury, TeamSize};
use super::durations::{Duration, Unit};
use super::roles::{self, Role};
use super::sentences::sentences;
use super::topic::Topic;
use super::{Field, Remark, jury, team};
use crate::domain::duration::Minutes;

/// How near to its own place something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// After its label or under its heading.
    Own,
    /// Elsewhere in the text.
    Prose,
    /// Where deliverables and competencies are told.
    Aside,
}

/// A figure with the sentence that tells it.
#[derive(Debug, Clone)]
struct Told<T> {
    value: T,
    nearness: Nearness,
    said: String,
}

/// The figures found so far.
#[derive(Debug, Default)]
pub(super) struct Figures {
    preparation: Vec<Told<Duration>>,
    oral: Vec<Told<Duration>>,
    interview: Vec<Told<Duration>>,
    team: Vec<Told<TeamSize>>,
    jury: Vec<Told<Jury>>,
}

/// Most times that one figure is noted.
const MOST: usize = 20;

impl Figures {
    /// Reads a line that stands under a heading or a label.
    pub(super) fn line(&mut self, line: &str, topic: Option<Topic>) {
        for sentence in sentences(line) {
            let said = &sentence.said;
            let near = |own: &[Topic]| match topic {
                Some(topic) if own.contains(&topic) => Nearness::Own,
                Some(Topic::Deliverables | Topic::Competencies | Topic::Context) => Nearness::Aside,
                _ => Nearness::Prose,
            };
            for (role, duration) in roles::assigned(&sentence.folded, topic) {
                let (list, own): (_, &[Topic]) = match role {
                    Role::Preparation => (&mut self.preparation, &[Topic::Preparation, Topic::Duration]),
                    Role::Oral => (&mut self.oral, &[Topic::Oral, Topic::Defences]),
                    Role::Interview => (&mut self.interview, &[Topic::Interview, Topic::Oral]),
                };
                note(list, duration, near(own), said);
            }
            let of_teams = topic == Some(Topic::Team);
            let place = if of_teams { team::Place::OfTeams } else { team::Place::Anywhere };
            if let Some(size) = team::size(&sentence.folded, place) {
                note(&mut self.team, size, near(&[Topic::Team]), said);
            }
            let of_jury = topic == Some(Topic::Jury);
            let place = if of_jury { jury::Place::OfJury } else { jury::Place::Anywhere };
            if let Some(jury) = jury::jury(&sentence, place) {
                note(&mut self.jury, jury, near(&[Topic::Jury]), said);
            }
        }
    }

    /// Sets the figures of the brief, and says what is doubtful or contradictory.
    pub(super) fn settle(self, brief: &mut Brief, remarks: &mut Vec<Remark>) {
        brief.preparation_minutes = minutes(self.preparation, Field::Preparation, remarks);
        brief.oral_minutes = minutes(self.oral, Field::Oral, remarks);
        brief.interview_minutes = minutes(self.interview, Field::Interview, remarks);
        brief.team = one(&self.team, remarks, Field::Team, |a, b| {
            let tolerated = a.most_if_odd == Some(b.most);
            tolerated || (a.most == b.most && (a.most_if_odd == b.most_if_odd || b.most_if_odd.is_none()))
        })
        .map(|told| told.value);
        // A jury of which the size is told wins over one of which it isn't.
        let mut jury = self.jury;
        jury.sort_by_key(|told| (told.value.people.is_none(), told.nearness));
        let same = |a: &Jury, b: &Jury| b.people.is_none() || a.people == b.people;
        brief.jury = one(&jury, remarks, Field::Jury, same).map(|told| told.value);
    }
}

fn note<T>(list: &mut Vec<Told<T>>, value: T, nearness: Nearness, said: &str) {
    if list.len() < MOST {
        list.push(Told { value, nearness, said: said.to_owned() });
    }
}

/// What was told nearest to its place; something else told elsewhere is a contradiction, unless it is told aside.
fn one<T: Clone>(
    list: &[Told<T>],
    remarks: &mut Vec<Remark>,
    field: Field,
    same: impl Fn(&T, &T) -> bool,
) -> Option<Told<T>> {
    let kept = list.iter().min_by_key(|told| told.nearness)?;
    let other = list.iter().find(|told| told.nearness != Nearness::Aside && !same(&kept.value, &told.value));
    if let Some(other) = other {
        remarks.push(Remark::Contradiction { field, first: short(&kept.said), second: short(&other.said) });
    }
    Some(kept.clone())
}

fn short(said: &str) -> String {
    super::limits::cut(said.trim_end_matches(['.', ';']), 100).0
}

fn minutes(list: Vec<Told<Duration>>, field: Field, remarks: &mut Vec<Remark>) -> Option<u32> {
    let (days, exact): (Vec<_>, Vec<_>) = list.into_iter().partition(|told| told.value.unit == Unit::Days);
    let Some(kept) = one(&exact, remarks, field, |a, b| (a.least..=a.most).contains(&b.most)) else {
        if let Some(told) = days.first() {
            let why = "un nombre de jours ne dit pas combien d’heures\u{a0}: donnez-le en heures";
            remarks.push(Remark::doubt(field, short(&told.said), why));
        }
        return None;
    };
    let Duration { least, most, .. } = kept.value;
    if least != most {
        let kept_is = Minutes::new(most).map_or_else(String::new, |minutes| minutes.to_string());
        remarks.push(Remark::doubt(field, short(&kept.said), format!("j’ai retenu le plus long, {kept_is}")));
    }
    Some(most)
}
