//! A team's planning in words: the milestones as a table, what decides the date, what to see to, the hours.

use super::findings::{self, Names, hours};
use super::milestone::in_order;
use super::moment::on_the_clock_of;
use super::words;
use crate::domain::person::PersonKey;
use crate::domain::plan::{Finding, Plan, Schedule};
use crate::domain::timing::is_past;
use crate::store::{Milestone, Progress};
use jiff::Zoned;
use std::collections::BTreeMap;
use vigie_chat::{Button, Draft, Invocation, Press, Table, Text};

/// Longest title in a cell, in characters.
const CELL: usize = 50;
/// Rows on one page.
const PAGE: usize = 12;
/// Most findings that are told at once.
const FINDINGS: usize = 8;
/// Most milestones of a chain that are named.
const CHAIN: usize = 10;

/// A plan, as the store and its check tell it.
#[derive(Debug)]
pub struct Planning<'a> {
    /// The team, as a value of `equipe`.
    pub team: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The plan.
    pub plan: &'a Plan,
    /// The same milestones as the store has them.
    pub milestones: &'a [Milestone],
    /// What its check found, most important first.
    pub findings: &'a [Finding],
    /// Its open milestones against the calendar.
    pub schedule: &'a Schedule,
    /// What people are called.
    pub people: &'a BTreeMap<PersonKey, String>,
    /// Minutes logged in all.
    pub spent: u64,
    /// Now, on the clock of whoever reads.
    pub now: &'a Zoned,
}

/// The planning in words, one page of its table.
#[must_use]
pub fn planning(told: &Planning<'_>, page: usize) -> Draft {
    let rows = in_order(told.milestones, told.now);
    let pages = rows.len().div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let count = words::counted(rows.len(), "jalon", "jalons");
    let mut draft = Draft::answer()
        .title(Text::from("Planning de l’équipe «\u{a0}").plain(words::shortened(told.name, CELL)).plain("\u{a0}»"))
        .paragraph(format!("{count}. {}", findings::summary(told.findings)));
    if !rows.is_empty() {
        let shown = rows.iter().copied().skip((page - 1) * PAGE).take(PAGE);
        draft = draft.heading("Jalons").table(shown.fold(header(), |table, milestone| table.row(row(milestone, told))));
        if pages > 1 {
            draft = draft.note(format!("Page {page} sur {pages}."));
        }
    }
    if let Some(path) = critical(told) {
        draft = draft.heading("Ce qui décide de la date").paragraph(path);
    }
    if !told.findings.is_empty() {
        let names = Names::new(told.plan, told.people);
        draft =
            draft.heading("À voir, le plus important d’abord").list(findings::list(told.findings, &names, FINDINGS));
    }
    draft = draft.heading("Heures de préparation").paragraph(budget(told.plan, told.spent));
    let turn = |to: usize| {
        let to = i64::try_from(to).unwrap_or(1);
        Press::run(Invocation::new("planning").with("page", to).with("equipe", told.team)).replacing()
    };
    if page > 1 {
        draft = draft.button(Button::new("Page précédente", turn(page - 1)));
    }
    if page < pages {
        draft = draft.button(Button::new("Page suivante", turn(page + 1)));
    }
    let see = |command: &str| Press::run(Invocation::new(command).with("equipe", told.team));
    draft
        .button(Button::new("Voir les jalons", see("jalon liste")))
        .button(Button::new("Voir les heures", see("heures voir")))
}

fn header() -> Table {
    Table::new(["N°", "Jalon", "Date", "Qui", "Heures", "Après", "État"])
}

fn row(milestone: &Milestone, told: &Planning<'_>) -> [Text; 7] {
    let or_none = |text: String| Text::from(if text.is_empty() { "—".to_owned() } else { text });
    let task = told.plan.tasks.iter().find(|task| task.number == milestone.number);
    let due = milestone.draft.due.as_ref();
    let people: Vec<&str> = milestone
        .draft
        .people
        .iter()
        .map(|person| told.people.get(person).map_or("quelqu’un qui n’est plus là", String::as_str))
        .collect();
    let mut needs: Vec<u32> = task.map(|task| task.needs.clone()).unwrap_or_default();
    needs.sort_unstable();
    let needs: Vec<String> = needs.iter().map(u32::to_string).collect();
    let is_late = due.is_some_and(|due| is_past(due.at, told.now.timestamp()));
    let state = match &milestone.progress {
        Progress::Done { .. } => "fait",
        Progress::Blocked { .. } if is_late => "en retard, bloqué",
        Progress::Blocked { .. } => "bloqué",
        Progress::Open if is_late => "en retard",
        Progress::Open => "à faire",
    };
    [
        Text::from(milestone.number.to_string()),
        Text::from(words::shortened(&milestone.draft.title, CELL)),
        or_none(due.map(|due| on_the_clock_of(due.at, told.now).short()).unwrap_or_default()),
        or_none(words::and(&people)),
        or_none(milestone.draft.minutes.map(|minutes| minutes.to_string()).unwrap_or_default()),
        or_none(words::and(&needs)),
        Text::from(state),
    ]
}

/// The critical path and its slack, and the milestone that has the least beside it. Of one that is late, there is no slack
/// to tell: what comes next is told.
fn critical(told: &Planning<'_>) -> Option<String> {
    let schedule = told.schedule;
    let is_late = |number: u32| {
        let due = told.plan.tasks.iter().find(|task| task.number == number).and_then(|task| task.due);
        due.is_some_and(|due| is_past(due, told.now.timestamp()))
    };
    let path = schedule.critical_path();
    let last = schedule.row(*path.last()?)?;
    let first = if is_late(last.number) {
        format!("Le jalon\u{a0}{} est déjà en retard\u{a0}: c’est par lui qu’il faut commencer.", last.number)
    } else {
        let named: Vec<String> = path.iter().rev().take(CHAIN).rev().map(u32::to_string).collect();
        match named.as_slice() {
            [one] => format!("C’est le jalon\u{a0}{one} qui a le moins de marge\u{a0}: {}", slack(last.slack())),
            several => format!(
                "La suite de jalons qui a le moins de marge est {}, l’un après l’autre\u{a0}: {}",
                several.join(", puis "),
                slack(last.slack())
            ),
        }
    };
    let beside = schedule.rows().filter(|row| !path.contains(&row.number) && !is_late(row.number));
    let next = beside.min_by_key(|row| (row.slack(), row.number)).map(|next| {
        let with = match next.slack() {
            0 => "sans aucune marge".to_owned(),
            1.. => format!("avec {} de marge", hours(next.slack())),
            missing => format!("auquel il manque {} pour tenir les dates", hours(-missing)),
        };
        format!(" Ensuite vient le jalon\u{a0}{}, {with}.", next.number)
    });
    let rule = " La marge est comptée en travail d’une personne, 7\u{a0}h par jour et 35\u{a0}h par semaine au plus.";
    Some(format!("{first}{}{rule}", next.unwrap_or_default()))
}

fn slack(minutes: i64) -> String {
    match minutes {
        0 => "aucune, et le moindre retard se verra à l’arrivée.".to_owned(),
        1.. => format!("{}.", hours(minutes)),
        missing => format!("il manque {} pour tenir les dates.", hours(-missing)),
    }
}

/// Minutes in all, of which there may be none.
#[must_use]
pub(super) fn in_all(minutes: u64) -> String {
    if minutes == 0 { "0\u{a0}h".to_owned() } else { hours(i64::try_from(minutes).unwrap_or(i64::MAX)) }
}

/// What is planned and what is logged, against what the brief gives.
#[must_use]
pub fn budget(plan: &Plan, spent: u64) -> String {
    let planned = plan.minutes();
    match plan.budget.map(|budget| u64::from(budget.total(plan.members.len()))).filter(|budget| *budget > 0) {
        Some(budget) => {
            let share = |minutes: u64| minutes.saturating_mul(100) / budget;
            format!(
                "Le sujet prévoit {} de préparation pour l’équipe. Planifié\u{a0}: {}, soit {}\u{a0}%. Déjà passé\u{a0}: {}, soit {}\u{a0}%.",
                in_all(budget),
                in_all(planned),
                share(planned),
                in_all(spent),
                share(spent)
            )
        }
        None => format!(
            "Le sujet ne dit pas combien d’heures de préparation il prévoit. Planifié\u{a0}: {}. Déjà passé\u{a0}: {}.",
            in_all(planned),
            in_all(spent)
        ),
    }
}
