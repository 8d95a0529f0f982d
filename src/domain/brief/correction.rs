//! One field of a brief, corrected by itself from what a person typed.

use super::calendar;
use super::certification;
use super::competencies::{self, Scope};
use super::content::{Brief, Jury, TeamSize};
use super::deliverables::Deliverables;
use super::limits::{
    self, CONTEXT, FILE_BYTES, MILESTONES, MODALITIES, PREPARATION, RESOURCE, RESOURCES, SPOKEN, TITLE,
};
use super::outline::{Line, Mark, Section, outline};
use super::sentences::Sentence;
use super::topic::Topic;
use super::{Field, Remark, World, durations, jury, team};
use crate::domain::duration::Minutes;
use vigie_chat::folded;

/// What was typed can't be the value of the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It wasn't understood.
    #[error("{}\u{a0}: je n’ai pas compris «\u{a0}{typed}\u{a0}». Exemple\u{a0}: {}.", .field.name(), example(*.field))]
    NotUnderstood {
        /// For which field.
        field: Field,
        /// What was typed, shortened.
        typed: String,
    },
    /// It is no date.
    #[error("{}\u{a0}: {why}.", .field.name())]
    NotADate {
        /// For which field.
        field: Field,
        /// Why, as the end of a sentence.
        why: String,
    },
    /// It is out of what is allowed.
    #[error("{}\u{a0}: il faut une valeur entre {least} et {most}.", .field.name())]
    OutOfRange {
        /// For which field.
        field: Field,
        /// Least, in words.
        least: String,
        /// Most, in words.
        most: String,
    },
    /// It is too long.
    #[error("{}\u{a0}: {most}\u{a0}caractères au plus.", .field.name())]
    TooLong {
        /// For which field.
        field: Field,
        /// Most characters.
        most: usize,
    },
    /// Nothing can be published without it.
    #[error("Un sujet ne peut pas se passer de {}. Donnez une autre valeur.", of(*.0))]
    Required(Field),
}

fn of(field: Field) -> String {
    let name = field.with_article();
    match name.strip_prefix("le ") {
        Some(rest) => format!("son {rest}"),
        None => name.replacen("la ", "sa ", 1).replacen("les ", "ses ", 1),
    }
}

/// Something that can be typed for a field.
fn example(field: Field) -> &'static str {
    match field {
        Field::Title => "Prévoir les pannes d’un réseau d’eau",
        Field::Referentiel => "Projet IA",
        Field::Bloc => "A2, ou bloc 2",
        Field::Competencies => "A2C1, A2C2, A2C5",
        Field::Context | Field::Modalities => "quelques phrases",
        Field::Deliverables => "un livrable par ligne, «\u{a0}Rapport d’audit\u{a0}: 20 pages, avant le 12 mars\u{a0}»",
        Field::Preparation => "24\u{a0}h",
        Field::Team => "4 personnes, 5 si l’effectif est impair",
        Field::Oral => "20\u{a0}min",
        Field::Interview => "30\u{a0}min",
        Field::Jury => "deux professionnels",
        Field::Starts | Field::Deadline => "27 novembre 2026 à 18\u{a0}h",
        Field::Defences => "10 et 11 décembre 2026",
        Field::Milestones => "un jalon par ligne, «\u{a0}Note de cadrage\u{a0}: 12 mars\u{a0}»",
        Field::Resources => "une ressource par ligne",
    }
}

/// Sets one field from what was typed. "aucun", "-" or nothing empties one that isn't required.
///
/// # Errors
///
/// [`Wrong`], which says what to type, and the brief is as it was.
pub fn set(brief: &mut Brief, field: Field, typed: &str, world: &World<'_>) -> Result<Vec<Remark>, Wrong> {
    if typed.len() > FILE_BYTES {
        return Err(Wrong::TooLong { field, most: limits::CONTEXT });
    }
    let typed = vigie_chat::clean(typed);
    let typed = typed.trim();
    if matches!(folded(typed).as_str(), "" | "-" | "aucun" | "aucune" | "rien" | "vide") {
        if field.is_required() {
            return Err(Wrong::Required(field));
        }
        clear(brief, field);
        return Ok(Vec::new());
    }
    let mut remarks = Vec::new();
    match field {
        Field::Title => brief.title = short(field, &typed.split_whitespace().collect::<Vec<_>>().join(" "), TITLE)?,
        Field::Context => brief.context = short(field, typed, CONTEXT)?,
        Field::Modalities => brief.modalities = Some(short(field, typed, MODALITIES)?),
        Field::Referentiel => {
            let found = certification::named(&short(field, typed, limits::NOTE)?, world);
            remarks = found.remarks;
            brief.referentiel = Some(found.choice.ok_or_else(|| not_understood(field, typed))?);
        }
        Field::Bloc => {
            let found =
                certification::bloc(&short(field, typed, limits::NOTE)?, world.chosen(brief.referentiel.as_ref()));
            remarks = found.remarks;
            brief.bloc = Some(found.choice.ok_or_else(|| not_understood(field, typed))?);
        }
        Field::Competencies => remarks = set_competencies(brief, typed, world)?,
        Field::Deliverables => remarks = set_deliverables(brief, typed, world)?,
        Field::Preparation => brief.preparation_minutes = Some(minutes(field, typed, PREPARATION)?),
        Field::Oral => brief.oral_minutes = Some(minutes(field, typed, SPOKEN)?),
        Field::Interview => brief.interview_minutes = Some(minutes(field, typed, SPOKEN)?),
        Field::Team => brief.team = Some(team_size(typed)?),
        Field::Jury => brief.jury = Some(jury_of(typed)?),
        Field::Starts | Field::Deadline => remarks = set_date(brief, field, typed, world)?,
        Field::Defences => remarks = set_defences(brief, typed, world)?,
        Field::Milestones => remarks = set_milestones(brief, typed, world)?,
        Field::Resources => brief.resources = resources(typed)?,
    }
    Ok(remarks)
}

fn clear(brief: &mut Brief, field: Field) {
    match field {
        Field::Title | Field::Deadline | Field::Deliverables => {}
        Field::Referentiel => brief.referentiel = None,
        Field::Bloc => brief.bloc = None,
        Field::Competencies => brief.competencies.clear(),
        Field::Context => brief.context.clear(),
        Field::Preparation => brief.preparation_minutes = None,
        Field::Team => brief.team = None,
        Field::Oral => brief.oral_minutes = None,
        Field::Interview => brief.interview_minutes = None,
        Field::Jury => brief.jury = None,
        Field::Starts => brief.starts = None,
        Field::Defences => brief.defences.clear(),
        Field::Milestones => brief.milestones.clear(),
        Field::Resources => brief.resources.clear(),
        Field::Modalities => brief.modalities = None,
    }
}

fn not_understood(field: Field, typed: &str) -> Wrong {
    Wrong::NotUnderstood { field, typed: limits::cut(typed, 60).0 }
}

fn short(field: Field, typed: &str, most: usize) -> Result<String, Wrong> {
    if typed.chars().count() > most { Err(Wrong::TooLong { field, most }) } else { Ok(typed.to_owned()) }
}

/// A duration in minutes: "24 h", "20 min", or a bare number in the unit that the field is told in.
fn minutes(field: Field, typed: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, Wrong> {
    let bare = typed.parse::<u32>().ok().map(|n| if field == Field::Preparation { n.saturating_mul(60) } else { n });
    let sentence = Sentence::new(&limits::cut(typed, 200).0);
    let in_words = || durations::durations(&sentence.folded).first().map(|duration| duration.most);
    let found = bare.or_else(|| Minutes::read(typed).ok().map(Minutes::get)).or_else(in_words);
    let found = found.ok_or_else(|| not_understood(field, typed))?;
    if range.contains(&found) {
        return Ok(found);
    }
    let shown = |minutes: u32| Minutes::new(minutes).map_or_else(String::new, |minutes| minutes.to_string());
    Err(Wrong::OutOfRange { field, least: shown(*range.start()), most: shown(*range.end()) })
}

fn team_size(typed: &str) -> Result<TeamSize, Wrong> {
    let sentence = Sentence::new(&limits::cut(typed, 300).0);
    team::size(&sentence.folded, team::Place::OfTeams).ok_or_else(|| not_understood(Field::Team, typed))
}

fn jury_of(typed: &str) -> Result<Jury, Wrong> {
    let words = short(Field::Jury, typed, limits::NOTE)?;
    if let Some(people) = words.parse::<u32>().ok().filter(|n| (1..=limits::JURY).contains(n)) {
        return Ok(Jury { people: Some(people), words: None });
    }
    jury::jury(&Sentence::new(&words), jury::Place::OfJury).ok_or_else(|| not_understood(Field::Jury, typed))
}

/// One entry a line, whether the lines are marked as items or not.
fn entries(typed: &str) -> Vec<Line> {
    let lines = outline(typed).into_iter().flat_map(|section| {
        let heading = (!section.heading.is_empty()).then(|| Line::new(section.heading, Mark::Item(1)));
        heading.into_iter().chain(section.lines)
    });
    lines.map(|line| if line.mark == Mark::Paragraph { Line { mark: Mark::Item(1), ..line } } else { line }).collect()
}

fn set_competencies(brief: &mut Brief, typed: &str, world: &World<'_>) -> Result<Vec<Remark>, Wrong> {
    let lines = entries(typed);
    let found = competencies::read(&lines, Scope::of(brief, world), world);
    if found.assessed.is_empty() {
        return Err(not_understood(Field::Competencies, typed));
    }
    brief.competencies = found.assessed;
    Ok(found.remarks)
}

fn set_deliverables(brief: &mut Brief, typed: &str, world: &World<'_>) -> Result<Vec<Remark>, Wrong> {
    let mut reading = Deliverables::new(world);
    let lines = entries(typed);
    let topic = Some(Topic::Deliverables);
    reading.section(&Section { own: topic, topic, lines, ..Section::default() });
    if reading.expected.is_empty() {
        return Err(not_understood(Field::Deliverables, typed));
    }
    brief.deliverables = reading.expected;
    Ok(reading.remarks)
}

fn set_date(brief: &mut Brief, field: Field, typed: &str, world: &World<'_>) -> Result<Vec<Remark>, Wrong> {
    let typed = limits::cut(typed, 200).0;
    let found = (world.dates)(&typed).into_iter().next().ok_or_else(|| not_understood(field, &typed))?;
    let at = world.wall(found.civil);
    let at = if field == Field::Starts { at.at_beginning() } else { at };
    let mut remarks: Vec<Remark> =
        found.doubtful.into_iter().map(|why| Remark::doubt(field, at.to_string(), why)).collect();
    if field == Field::Starts {
        brief.starts = Some(at);
    } else {
        brief.deadline = Some(at);
    }
    calendar::order(brief, &mut remarks);
    Ok(remarks)
}

fn set_defences(brief: &mut Brief, typed: &str, world: &World<'_>) -> Result<Vec<Remark>, Wrong> {
    let field = Field::Defences;
    let mut remarks = Vec::new();
    let mut defences = Vec::new();
    for line in typed.lines().filter(|line| !line.trim().is_empty()).take(limits::DEFENCES) {
        let line = limits::cut(line, 400).0;
        // "10 et 11 décembre" says of its days what "les 10 et 11 décembre" does.
        let said = if line.starts_with(|c: char| c.is_ascii_digit()) { format!("le {line}") } else { line.clone() };
        let found = calendar::dates(&said, world);
        if found.is_empty() {
            return Err(not_understood(field, &line));
        }
        for date in found {
            let at = world.wall(date.civil);
            remarks.extend(date.doubtful.map(|why| Remark::doubt(field, at.to_string(), why)));
            if !defences.contains(&at) {
                defences.push(at);
            }
        }
    }
    calendar::sort_defences(&mut defences, &mut remarks);
    brief.defences = defences;
    calendar::order(brief, &mut remarks);
    Ok(remarks)
}

fn set_milestones(brief: &mut Brief, typed: &str, world: &World<'_>) -> Result<Vec<Remark>, Wrong> {
    let field = Field::Milestones;
    let mut remarks = Vec::new();
    let mut milestones = Vec::new();
    for line in typed.lines().filter(|line| !line.trim().is_empty()).take(MILESTONES + 1) {
        let line = limits::cut(line.trim_start_matches(['-', '•', '*', ' ']), 400).0;
        let dates = (world.dates)(&line);
        let title = calendar::without(&line, &dates);
        let (Some(date), false) = (dates.into_iter().next(), title.is_empty()) else {
            return Err(not_understood(field, &line));
        };
        let at = world.wall(date.civil);
        remarks.extend(date.doubtful.map(|why| Remark::doubt(field, at.to_string(), why)));
        calendar::add_milestone(&mut milestones, &title, Some(at));
    }
    if milestones.len() > MILESTONES {
        milestones.truncate(MILESTONES);
        remarks.push(Remark::TooMany { field, most: MILESTONES });
    }
    brief.milestones = milestones;
    Ok(remarks)
}

fn resources(typed: &str) -> Result<Vec<String>, Wrong> {
    let lines = typed.lines().map(|line| line.trim_start_matches(['-', '•', '*', ' ', '\t']).trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).take(RESOURCES + 1).collect();
    if lines.len() > RESOURCES {
        return Err(Wrong::TooLong { field: Field::Resources, most: RESOURCES * RESOURCE });
    }
    lines.into_iter().map(|line| short(Field::Resources, line, RESOURCE)).collect()
}
