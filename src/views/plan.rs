//! A team's planning: the milestones as a table, what decides the date, what to see to, the hours; the same as a network of
//! what comes after what, hours by week, and all of it as files. Pictures are drawn elsewhere and come beside the words, of
//! which they take nothing away.

mod export;
mod network;
mod weeks;

pub use export::{Dossier, document, exported, table};
pub use network::network;
pub use weeks::weeks;

use super::findings::{self, Names};
use super::illustrated::{Sheet, Turning};
use super::milestone::in_order;
use super::moment::on_the_clock_of;
use super::words;
use crate::domain::duration::hours;
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

/// What of a planning is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The milestones against the calendar.
    Gantt,
    /// What comes after what.
    Network,
    /// The hours against the budget.
    Hours,
    /// All of it, as files.
    Export,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Gantt, Self::Network, Self::Hours, Self::Export];

    /// The name that is typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gantt => "gantt",
            Self::Network => "reseau",
            Self::Hours => "heures",
            Self::Export => "export",
        }
    }

    /// Other names that people type for it: those that courses and tools use.
    #[must_use]
    pub fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Gantt => &[],
            Self::Network => &["pert", "chemin critique"],
            Self::Hours => &["burndown", "burn-down", "budget"],
            Self::Export => &["dossier"],
        }
    }
}

/// The pages of a table, and the buttons that turn them.
struct Pages {
    /// Which, from 1.
    page: usize,
    last: usize,
    turning: Turning,
}

impl Pages {
    fn of(rows: usize, sheet: &Sheet) -> Self {
        let last = rows.div_ceil(PAGE).max(1);
        Self { page: sheet.page.clamp(1, last), last, turning: sheet.turning() }
    }

    /// The rows of this page.
    fn shown<T>(&self, rows: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        rows.into_iter().skip((self.page - 1) * PAGE).take(PAGE)
    }

    fn noted(&self, draft: Draft) -> Draft {
        if self.last > 1 { draft.note(format!("Page {} sur {}.", self.page, self.last)) } else { draft }
    }

    fn turned(&self, draft: Draft, asked: &Invocation) -> Draft {
        let others = [("Page précédente", self.page - 1), ("Page suivante", self.page + 1)];
        others.into_iter().filter(|(_, to)| (1..=self.last).contains(to)).fold(draft, |draft, (label, to)| {
            let turn = Press::run(asked.clone().with("page", i64::try_from(to).unwrap_or(1)));
            draft.button(Button::new(label, self.turning.press(turn)))
        })
    }
}

impl Planning<'_> {
    /// The title of an answer, after what it is of the planning.
    fn title(&self, what: &str) -> Text {
        Text::from(format!("{what} de l’équipe «\u{a0}")).plain(words::shortened(self.name, CELL)).plain("\u{a0}»")
    }

    fn asked(&self, what: What) -> Invocation {
        let asked = Invocation::new("planning");
        let asked = if what == What::Gantt { asked } else { asked.with("quoi", what.name()) };
        asked.with("equipe", self.team)
    }

    /// Buttons that lead to the rest of the planning.
    fn elsewhere(&self, draft: Draft, from: What) -> Draft {
        What::ALL.into_iter().filter(|what| *what != from).fold(draft, |draft, what| {
            let label = match what {
                What::Gantt => "Planning",
                What::Network => "Réseau des jalons",
                What::Hours => "Heures par semaine",
                What::Export => "Exporter",
            };
            draft.button(Button::new(label, Press::run(self.asked(what))))
        })
    }

    /// People who are responsible for something.
    fn people(&self, people: &[PersonKey]) -> String {
        let known = |person| self.people.get(person).map_or("quelqu’un qui n’est plus là", String::as_str);
        words::and(&people.iter().map(known).collect::<Vec<_>>())
    }

    /// Numbers of what must be done before.
    fn needs(&self, number: u32) -> String {
        let task = self.plan.tasks.iter().find(|task| task.number == number);
        let mut needs: Vec<u32> = task.map(|task| task.needs.clone()).unwrap_or_default();
        needs.sort_unstable();
        words::and(&needs.iter().map(u32::to_string).collect::<Vec<_>>())
    }
}

/// The planning, one page of its table.
#[must_use]
pub fn planning(told: &Planning<'_>, sheet: Sheet) -> Draft {
    let rows = in_order(told.milestones, told.now);
    let pages = Pages::of(rows.len(), &sheet);
    let count = words::counted(rows.len(), "jalon", "jalons");
    let draft = Draft::answer()
        .title(told.title("Planning"))
        .paragraph(format!("{count}. {}", findings::summary(told.findings)));
    let mut draft = sheet.put(draft);
    if !rows.is_empty() {
        draft = pages.noted(draft.heading("Jalons").table(milestones(told, pages.shown(rows))));
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
    draft = pages.turned(draft, &told.asked(What::Gantt));
    let see = |command: &str| Press::run(Invocation::new(command).with("equipe", told.team));
    let draft = draft
        .button(Button::new("Voir les jalons", see("jalon liste")))
        .button(Button::new("Voir les heures", see("heures voir")));
    told.elsewhere(draft, What::Gantt)
}

/// Milestones as a table.
fn milestones<'m>(told: &Planning<'_>, rows: impl IntoIterator<Item = &'m Milestone>) -> Table {
    let header = Table::new(["N°", "Jalon", "Date", "Qui", "Heures", "Après", "État"]);
    rows.into_iter().fold(header, |table, milestone| table.row(row(milestone, told)))
}

/// A cell that says so where it is empty.
fn or_none(text: String) -> Text {
    Text::from(if text.is_empty() { "—".to_owned() } else { text })
}

fn row(milestone: &Milestone, told: &Planning<'_>) -> [Text; 7] {
    let due = milestone.draft.due.as_ref();
    [
        Text::from(milestone.number.to_string()),
        Text::from(words::shortened(&milestone.draft.title, CELL)),
        or_none(due.map(|due| on_the_clock_of(due.at, told.now).short()).unwrap_or_default()),
        or_none(told.people(&milestone.draft.people)),
        or_none(milestone.draft.minutes.map(|minutes| minutes.to_string()).unwrap_or_default()),
        or_none(told.needs(milestone.number)),
        Text::from(state(milestone, told.now)),
    ]
}

/// How far a milestone is, in words.
fn state(milestone: &Milestone, now: &Zoned) -> &'static str {
    let is_late = milestone.draft.due.as_ref().is_some_and(|due| is_past(due.at, now.timestamp()));
    match &milestone.progress {
        Progress::Done { .. } => "fait",
        Progress::Blocked { .. } if is_late => "en retard, bloqué",
        Progress::Blocked { .. } => "bloqué",
        Progress::Open if is_late => "en retard",
        Progress::Open => "à faire",
    }
}

/// The chain that decides when all can be done, the one whose dates are the hardest to keep, and the milestone that has the
/// least slack beside it. Of one that is late, there is no slack to tell: where to begin is told.
fn critical(told: &Planning<'_>) -> Option<String> {
    let schedule = told.schedule;
    let is_late = |number: u32| {
        let due = told.plan.tasks.iter().find(|task| task.number == number).and_then(|task| task.due);
        due.is_some_and(|due| is_past(due, told.now.timestamp()))
    };
    let path = schedule.tightest();
    let last = schedule.row(*path.last()?)?;
    let first = match path.as_slice() {
        [one] if is_late(*one) => {
            format!("Le jalon\u{a0}{one} est déjà en retard\u{a0}: c’est par lui qu’il faut commencer.")
        }
        [begin, .., end] if is_late(*end) => {
            let before: Vec<String> = nearest(&path[..path.len() - 1]).map(|number| format!("le {number}")).collect();
            format!(
                "Le jalon\u{a0}{end} est déjà en retard et vient après {}\u{a0}: c’est par le {begin} qu’il faut commencer.",
                before.join(", puis ")
            )
        }
        [one] => format!("C’est le jalon\u{a0}{one} qui a le moins de marge\u{a0}: {}", slack(last.slack())),
        several => format!(
            "La suite de jalons qui a le moins de marge est {}, l’un après l’autre\u{a0}: {}",
            after_another(several),
            slack(last.slack())
        ),
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
    Some(format!("{}{first}{}{rule}", longest(told).unwrap_or_default(), next.unwrap_or_default()))
}

/// The critical path, and when it ends at the earliest.
fn longest(told: &Planning<'_>) -> Option<String> {
    let path = told.schedule.critical_path();
    let last = told.schedule.row(*path.last()?)?;
    let end = on_the_clock_of(told.schedule.at(last.earliest_end), told.now);
    Some(format!(
        "Chemin critique\u{a0}: jalon {}, soit {} de travail\u{a0}; tout ne peut pas être fini avant le {}. ",
        after_another(&path),
        hours(last.earliest_end),
        end.day()
    ))
}

/// `4, puis 6, puis 7`: the last of a chain.
fn after_another(path: &[u32]) -> String {
    nearest(path).map(u32::to_string).collect::<Vec<_>>().join(", puis ")
}

fn nearest(path: &[u32]) -> impl Iterator<Item = &u32> {
    path.iter().skip(path.len().saturating_sub(CHAIN))
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
    hours(i64::try_from(minutes).unwrap_or(i64::MAX))
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
