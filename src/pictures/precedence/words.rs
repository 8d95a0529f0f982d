//! A network in a few sentences: what is written above it, and for whoever doesn't see it.

use super::numbers;
use super::when::{Chains, earliest, told};
use crate::domain::duration::hours;
use crate::domain::plan::{Float, Plan, Task};
use crate::pictures::planned::{Planned, Status, counted, quoted};
use crate::pictures::{Ink, Words};
use jiff::Timestamp;
use std::collections::HashSet;

/// Most milestones of a chain that are named.
const CHAIN: usize = 12;

/// A line above the picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Headline {
    pub(super) text: String,
    pub(super) ink: Ink,
}

/// What matters first: the chain that decides when all is done, then the one whose dates are the hardest to keep.
pub(super) fn headlines(planned: &Planned<'_>, chains: &Chains) -> Vec<Headline> {
    if planned.plan.tasks.is_empty() {
        return vec![Headline { text: "Aucun jalon n’est encore prévu.".to_owned(), ink: Ink::Text }];
    }
    let critical = critical(planned, chains).map(|(noun, length)| {
        let chain = chain(&chains.path, " → ", " → ");
        Headline { text: format!("{noun} critique\u{a0}: {chain} ({length})."), ink: Ink::Text }
    });
    let urgent = urgent(planned, chains).map(|float| {
        let chain = chain(&chains.tightest, ", ", " puis ");
        let ink = if matches!(float, Float::Late(_)) { Ink::Late } else { Ink::Text };
        Headline { text: format!("Le plus urgent\u{a0}: {chain}, {}.", told(float)), ink }
    });
    critical.into_iter().chain(urgent).collect()
}

/// On which day it is drawn and by when all must be done; then how much there is.
pub(super) fn dated(planned: &Planned<'_>) -> [String; 2] {
    let now = planned.moment(planned.now.timestamp());
    let sentences = [vec![format!("Au {}.", now.day())], dates(planned)].concat();
    let amount = if planned.plan.tasks.is_empty() { String::new() } else { format!("{}.", amount(planned.plan)) };
    [sentences.join(" "), amount]
}

/// `Échéance : vendredi 18 décembre 2026 à 18 h 00.`, and the same of the defence.
fn dates(planned: &Planned<'_>) -> Vec<String> {
    let date = |name: &str, at: Option<Timestamp>| at.map(|at| format!("{name}\u{a0}: {}.", planned.moment(at)));
    [date("Échéance", planned.plan.deadline), date("Soutenance", planned.plan.defence)].into_iter().flatten().collect()
}

fn amount(plan: &Plan) -> String {
    let milestones = counted(plan.tasks.len(), "jalon", "jalons");
    match i64::try_from(plan.minutes()).unwrap_or(i64::MAX) {
        0 => format!("{milestones}, sans heures prévues"),
        work => format!("{milestones}, {} de travail prévues", hours(work)),
    }
}

/// What the critical path is called, and how long it is: with what it leaves, where no other chain is tighter.
fn critical(planned: &Planned<'_>, chains: &Chains) -> Option<(&'static str, String)> {
    let last = planned.schedule.row(*chains.path.last()?)?;
    let noun = if chains.path.len() == 1 { "Jalon" } else { "Chemin" };
    let length = hours(last.earliest_end);
    let is_tightest = urgent(planned, chains).is_none();
    Some((noun, if is_tightest { format!("{length}, {}", told(planned.schedule.float(last))) } else { length }))
}

/// What the tightest chain leaves, if it isn't the critical path.
fn urgent(planned: &Planned<'_>, chains: &Chains) -> Option<Float> {
    let last = planned.schedule.row(*chains.tightest.last()?)?;
    (chains.tightest != chains.path).then(|| planned.schedule.float(last))
}

/// Numbers of a chain in order.
fn chain(path: &[u32], between: &str, last: &str) -> String {
    let shown: Vec<String> = path.iter().take(CHAIN).map(u32::to_string).collect();
    if path.len() > CHAIN {
        return format!("{}…", shown.join(between));
    }
    match shown.as_slice() {
        [first @ .., end] if !first.is_empty() => format!("{}{last}{end}", first.join(between)),
        all => all.concat(),
    }
}

/// The words of the whole picture: nothing in them needs to be seen, and a chain is told as one hears it.
pub(super) fn of(planned: &Planned<'_>, chains: &Chains) -> Words {
    let tasks = &planned.plan.tasks;
    let now = planned.moment(planned.now.timestamp());
    let title = format!("Réseau des jalons de l’équipe {} au {}", quoted(planned.team), now.day());
    if tasks.is_empty() {
        return Words::new(&format!("{title}\u{a0}: aucun jalon n’est encore prévu."));
    }
    let heard = |path: &[u32]| format!("jalon\u{a0}{}", chain(path, ", puis ", ", puis "));
    let critical = critical(planned, chains).map(|(noun, length)| {
        let path = heard(&chains.path);
        format!(" {noun} critique\u{a0}: {path}, soit {length}.")
    });
    let mut words = Words::new(&format!("{title}\u{a0}: {}.{}", amount(planned.plan), critical.unwrap_or_default()));
    if let Some(float) = urgent(planned, chains) {
        words = words.and(&format!("Le plus urgent\u{a0}: {}, {}.", heard(&chains.tightest), told(float)));
    }
    for date in dates(planned) {
        words = words.and(&date);
    }
    let done: Vec<u32> = tasks.iter().filter(|task| !task.is_open()).map(|task| task.number).collect();
    match done.as_slice() {
        [] => {}
        [one] => words = words.and(&format!("Fait\u{a0}: jalon\u{a0}{one}.")),
        all if all.len() <= CHAIN => words = words.and(&format!("Faits\u{a0}: jalons {}.", numbers(all))),
        all => words = words.and(&format!("Faits\u{a0}: {} jalons.", all.len())),
    }
    let mut order = chains.tightest.clone();
    order.extend(&chains.path);
    order.extend(planned.schedule.rows().map(|row| row.number));
    let mut seen = HashSet::new();
    for number in order.into_iter().filter(|number| seen.insert(*number)) {
        if let Some(task) = tasks.iter().find(|task| task.number == number) {
            words = words.and(&milestone(planned, task));
        }
    }
    words
}

/// `Jalon 6 (après 4) : à faire, 4 h, au plus tôt du 7 au 8 déc., au plus tard du 9 au 10 déc., marge de 3 h.`
fn milestone(planned: &Planned<'_>, task: &Task) -> String {
    let Some(row) = planned.schedule.row(task.number) else { return String::new() };
    let mut needs = task.needs.clone();
    needs.sort_unstable();
    needs.dedup();
    let after = if needs.is_empty() { String::new() } else { format!(" (après {})", numbers(&needs)) };
    let day = |at: Timestamp| planned.day_of_month(at);
    let stretch = |(from, to): (Timestamp, Timestamp)| match (day(from), day(to)) {
        (from, to) if from == to => format!("le {from}"),
        (from, to) => format!("du {from} au {to}"),
    };
    let float = planned.schedule.float(row);
    // Late is said once, with how much.
    let state = match (planned.status(task), float) {
        (Status::Late, Float::Late(_)) => String::new(),
        (Status::LateAndBlocked, Float::Late(_)) => format!("{}, ", Status::Blocked.word()),
        (status, _) => format!("{}, ", status.word()),
    };
    let work = task.minutes.map_or("durée inconnue".to_owned(), |_| hours(row.work));
    format!(
        "Jalon\u{a0}{}{after}\u{a0}: {state}{work}, au plus tôt {}, au plus tard {}, {}.",
        task.number,
        stretch(earliest(planned, row)),
        stretch((row.must_start, row.must_end)),
        told(float)
    )
}
