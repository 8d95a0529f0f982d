//! What changed from one version of a brief to the next, in French, and which dates it moves.

use super::content::{BlocChoice, Brief, Expected, Need, ReferentielChoice, TeamSize};
use super::{Field, WallTime};
use crate::domain::duration::Minutes;
use std::fmt;
use vigie_chat::folded;

/// One change. [`fmt::Display`] says it: `Date limite : vendredi 27 … → lundi 30 …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Of which field.
    pub field: Field,
    /// Of what, in words: the field, or one deliverable of it.
    pub what: String,
    /// What it was, in words; `None` for something new.
    pub old: Option<String>,
    /// What it is now, in words; `None` for something taken away.
    pub new: Option<String>,
    /// The date that moves with it.
    pub moved: Option<Moved>,
}

/// A date that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub moving: Moving,
    /// When it was.
    pub from: Option<WallTime>,
    /// When it is.
    pub to: Option<WallTime>,
}

/// What a date that moves is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moving {
    /// The beginning.
    Start,
    /// The deadline of everything that has no date of its own.
    Deadline,
    /// The defences; their dates are told one after the other.
    Defences,
    /// One deliverable, by its number in the new version, or in the old one if it is no more.
    Deliverable(u32),
    /// One milestone, by its key.
    Milestone(String),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => write!(f, "{}\u{a0}: {old} → {new}", self.what),
            (None, Some(new)) => write!(f, "{}\u{a0}: ajout de {new}", self.what),
            (Some(old), None) => write!(f, "{}\u{a0}: retrait de {old}", self.what),
            (None, None) => write!(f, "{}\u{a0}: texte modifié", self.what),
        }
    }
}

/// Every change, in the order of the fields.
#[must_use]
pub fn difference(old: &Brief, new: &Brief) -> Vec<Change> {
    let mut changes = Vec::new();
    for field in Field::ALL {
        match field {
            Field::Deliverables => deliverables(old, new, &mut changes),
            Field::Milestones => milestones(old, new, &mut changes),
            Field::Competencies => listed(field, &competencies(old), &competencies(new), &mut changes),
            Field::Resources => listed(field, &old.resources, &new.resources, &mut changes),
            Field::Defences => {
                let days = |brief: &Brief| brief.defences.iter().map(WallTime::as_day).collect::<Vec<_>>().join(", ");
                let moved = Moved {
                    moving: Moving::Defences,
                    from: old.defences.first().cloned(),
                    to: new.defences.first().cloned(),
                };
                valued(field, filled(days(old)), filled(days(new)), Some(moved), &mut changes);
            }
            Field::Context if old.context != new.context => changes.push(text(field)),
            Field::Modalities if old.modalities != new.modalities => changes.push(text(field)),
            Field::Context | Field::Modalities => {}
            _ => valued(field, value(field, old), value(field, new), moved(field, old, new), &mut changes),
        }
    }
    changes
}

fn text(field: Field) -> Change {
    Change { field, what: field.name().to_owned(), old: None, new: None, moved: None }
}

fn valued(field: Field, old: Option<String>, new: Option<String>, moved: Option<Moved>, changes: &mut Vec<Change>) {
    if old != new {
        let said = |value: Option<String>| Some(value.unwrap_or_else(|| "non précisé".to_owned()));
        changes.push(Change { field, what: field.name().to_owned(), old: said(old), new: said(new), moved });
    }
}

fn moved(field: Field, old: &Brief, new: &Brief) -> Option<Moved> {
    let (moving, from, to) = match field {
        Field::Starts => (Moving::Start, &old.starts, &new.starts),
        Field::Deadline => (Moving::Deadline, &old.deadline, &new.deadline),
        _ => return None,
    };
    Some(Moved { moving, from: from.clone(), to: to.clone() })
}

fn filled(words: String) -> Option<String> {
    (!words.is_empty()).then_some(words)
}

/// The value of a field that has one, in words.
fn value(field: Field, brief: &Brief) -> Option<String> {
    let minutes = |minutes: Option<u32>| minutes.and_then(Minutes::new).map(|minutes| minutes.to_string());
    match field {
        Field::Title => filled(brief.title.clone()).map(|title| format!("«\u{a0}{title}\u{a0}»")),
        Field::Referentiel => brief.referentiel.as_ref().map(|choice| match choice {
            ReferentielChoice::Known(words) | ReferentielChoice::Free(words) => words.clone(),
        }),
        Field::Bloc => brief.bloc.as_ref().map(|choice| match choice {
            BlocChoice::Known(words) | BlocChoice::Free(words) => words.clone(),
        }),
        Field::Preparation => minutes(brief.preparation_minutes),
        Field::Oral => minutes(brief.oral_minutes),
        Field::Interview => minutes(brief.interview_minutes),
        Field::Team => brief.team.map(|team| team.to_string()),
        Field::Jury => brief.jury.as_ref().and_then(|jury| {
            jury.words.clone().or_else(|| jury.people.map(|people| format!("{people}\u{a0}personnes")))
        }),
        Field::Starts => brief.starts.as_ref().map(WallTime::as_day),
        Field::Deadline => brief.deadline.as_ref().map(ToString::to_string),
        _ => None,
    }
}

impl fmt::Display for TeamSize {
    /// `4 personnes`, `de 3 à 4 personnes, 5 si l’effectif ne tombe pas juste`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (1, 1) => write!(f, "1\u{a0}personne")?,
            (1, most) => write!(f, "{most}\u{a0}personnes au plus")?,
            (least, most) if least == most => write!(f, "{most}\u{a0}personnes")?,
            (least, most) => write!(f, "de {least} à {most}\u{a0}personnes")?,
        }
        self.most_if_odd.map_or(Ok(()), |odd| write!(f, ", {odd} si l’effectif ne tombe pas juste"))
    }
}

fn competencies(brief: &Brief) -> Vec<String> {
    brief.competencies.iter().map(|a| a.code.clone().unwrap_or_else(|| quoted(&a.wording))).collect()
}

fn quoted(words: &str) -> String {
    format!("«\u{a0}{}\u{a0}»", super::limits::cut(words, 80).0)
}

fn listed(field: Field, old: &[String], new: &[String], changes: &mut Vec<Change>) {
    let without = |these: &[String], those: &[String]| {
        let left: Vec<&str> = these.iter().filter(|one| !those.contains(one)).map(String::as_str).collect();
        filled(left.join(", "))
    };
    let what = field.name().to_owned();
    for (old, new) in [(None, without(new, old)), (without(old, new), None)] {
        if old.is_some() || new.is_some() {
            changes.push(Change { field, what: what.clone(), old, new, moved: None });
        }
    }
}

/// The deliverable of the other version that this one is: by title, else by number where that title is new.
fn counterpart<'a>(one: &Expected, own: &[Expected], theirs: &'a [Expected]) -> Option<&'a Expected> {
    let same = |a: &Expected, b: &Expected| folded(&a.title) == folded(&b.title);
    theirs
        .iter()
        .find(|other| same(one, other))
        .or_else(|| theirs.iter().find(|other| other.number == one.number && !own.iter().any(|this| same(this, other))))
}

fn deliverables(old: &Brief, new: &Brief, changes: &mut Vec<Change>) {
    let field = Field::Deliverables;
    let (before, after) = (&old.deliverables, &new.deliverables);
    for now in after {
        let Some(was) = counterpart(now, after, before) else {
            let moved =
                now.due.clone().map(|to| Moved { moving: Moving::Deliverable(now.number), from: None, to: Some(to) });
            let words = Some(quoted(&now.title));
            changes.push(Change { field, what: field.name().to_owned(), old: None, new: words, moved });
            continue;
        };
        let what = format!("Livrable {} {}", now.number, quoted(&now.title));
        let mut push = |old: Option<String>, new: Option<String>, moved: Option<Moved>| {
            changes.push(Change { field, what: what.clone(), old, new, moved });
        };
        if was.title != now.title {
            push(Some(quoted(&was.title)), Some(quoted(&now.title)), None);
        }
        if was.required != now.required {
            let said = |need| Some(if need == Need::Required { "obligatoire" } else { "facultatif" }.to_owned());
            push(said(was.required), said(now.required), None);
        }
        if was.due != now.due {
            let said = |due: &Option<WallTime>| {
                Some(due.as_ref().map_or_else(|| "à la date limite".to_owned(), ToString::to_string))
            };
            let moved = Moved { moving: Moving::Deliverable(now.number), from: was.due.clone(), to: now.due.clone() };
            push(said(&was.due), said(&now.due), Some(moved));
        }
        if was.details != now.details {
            push(None, None, None);
        }
    }
    for was in before.iter().filter(|was| counterpart(was, before, after).is_none()) {
        let moved =
            was.due.clone().map(|from| Moved { moving: Moving::Deliverable(was.number), from: Some(from), to: None });
        let words = Some(quoted(&was.title));
        changes.push(Change { field, what: field.name().to_owned(), old: words, new: None, moved });
    }
}

fn milestones(old: &Brief, new: &Brief, changes: &mut Vec<Change>) {
    let field = Field::Milestones;
    let said = |due: &Option<WallTime>| due.as_ref().map_or_else(|| "sans date".to_owned(), ToString::to_string);
    for now in &new.milestones {
        let was = old.milestones.iter().find(|was| was.key == now.key);
        if was.is_some_and(|was| was.due == now.due) {
            continue;
        }
        let from = was.and_then(|was| was.due.clone());
        let moved = Moved { moving: Moving::Milestone(now.key.clone()), from, to: now.due.clone() };
        let (what, old, new) = if let Some(was) = was {
            (format!("Jalon {}", quoted(&now.title)), Some(said(&was.due)), said(&now.due))
        } else {
            (field.name().to_owned(), None, format!("{} ({})", quoted(&now.title), said(&now.due)))
        };
        changes.push(Change { field, what, old, new: Some(new), moved: Some(moved) });
    }
    for was in old.milestones.iter().filter(|was| !new.milestones.iter().any(|now| now.key == was.key)) {
        let moved = Moved { moving: Moving::Milestone(was.key.clone()), from: was.due.clone(), to: None };
        let words = Some(quoted(&was.title));
        changes.push(Change { field, what: field.name().to_owned(), old: words, new: None, moved: Some(moved) });
    }
}
