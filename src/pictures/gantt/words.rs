//! A plan in a few sentences, for whoever doesn't see its picture.

use super::numbers;
use crate::domain::plan::Task;
use crate::pictures::Words;
use crate::pictures::planned::{Planned, Status, counted, joined, quoted};
use jiff::Timestamp;

/// Most milestones that a sentence names.
const NAMED: usize = 5;

/// How many milestones there are and how they stand: what is under the picture's title.
pub(super) fn summary(planned: &Planned<'_>) -> String {
    let tasks = &planned.plan.tasks;
    if tasks.is_empty() {
        return "Aucun jalon n’est encore prévu.".to_owned();
    }
    let count = |status| tasks.iter().filter(|task| planned.status(task) == status).count();
    let parts: Vec<String> = [
        (count(Status::Done), "fait", "faits"),
        (count(Status::Late), "en retard", "en retard"),
        (count(Status::LateAndBlocked), "en retard et bloqué", "en retard et bloqués"),
        (count(Status::Blocked), "bloqué", "bloqués"),
        (count(Status::Open), "à faire", "à faire"),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, one, several)| counted(number, one, several))
    .collect();
    let count = counted(tasks.len(), "jalon", "jalons");
    if let [only] = parts.as_slice() {
        let words = only.split_once('\u{a0}').map_or(only.as_str(), |(_, words)| words);
        return format!("{count}, {}{words}.", if tasks.len() == 1 { "" } else { "tous " });
    }
    format!("{count}\u{a0}: {}.", joined(&parts))
}

/// The words of the whole picture.
pub(super) fn of(planned: &Planned<'_>) -> Words {
    let team = quoted(planned.team);
    let now = planned.moment(planned.now.timestamp());
    let summary = lower_first(&summary(planned));
    // One colon a sentence: what counts milestones by how they stand has its own.
    let joint = if summary.contains(':') { "," } else { "\u{a0}:" };
    let reading = format!("Planning de l’équipe {team} au {}{joint} {summary}", now.day());
    let date = |name: &str, at: Timestamp| {
        let moment = planned.moment(at);
        format!("{name}\u{a0}: {moment} ({}).", moment.relative(planned.now))
    };
    let mut words = Words::new(&reading);
    let with = |status: Status| {
        let found = planned.plan.tasks.iter().filter(move |task| planned.status(task) == status);
        found.collect::<Vec<&Task>>()
    };
    let late: Vec<&Task> = [with(Status::Late), with(Status::LateAndBlocked)].concat();
    for (name, tasks) in [("En retard", late), ("Bloqué", with(Status::Blocked))] {
        if !tasks.is_empty() {
            words = words.and(&format!("{name}\u{a0}: {}.", named(&tasks)));
        }
    }
    if let Some((next, due)) = next(planned) {
        words = words.and(&date(&format!("Prochaine date, {}", title(next)), due));
    }
    let path = planned.schedule.critical_path();
    match path.as_slice() {
        [] => {}
        [one] => words = words.and(&format!("Jalon critique\u{a0}: {one}.")),
        path => words = words.and(&format!("Chemin critique\u{a0}: jalon {}.", chain(path))),
    }
    if let Some(deadline) = planned.plan.deadline {
        words = words.and(&date("Échéance", deadline));
    }
    if let Some(defence) = planned.plan.defence {
        words = words.and(&date("Soutenance", defence));
    }
    let undated: Vec<u32> =
        planned.plan.tasks.iter().filter(|task| task.due.is_none()).map(|task| task.number).collect();
    if let Some((noun, first)) =
        undated.first().map(|_| (if undated.len() == 1 { "jalon" } else { "jalons" }, &undated))
    {
        let shown: Vec<u32> = first.iter().take(2 * NAMED).copied().collect();
        let more = if first.len() > shown.len() { " et d’autres" } else { "" };
        words = words.and(&format!("Sans date\u{a0}: {noun} {}{more}.", numbers(&shown)));
    }
    words
}

/// The open milestone whose date comes next.
fn next<'a>(planned: &Planned<'a>) -> Option<(&'a Task, Timestamp)> {
    let open = planned.plan.tasks.iter().filter(|task| matches!(planned.status(task), Status::Open | Status::Blocked));
    open.filter_map(|task| Some((task, task.due?))).min_by_key(|(task, due)| (*due, task.number))
}

/// Several milestones by their titles, as many as a sentence holds.
fn named(tasks: &[&Task]) -> String {
    let mut names: Vec<String> = tasks.iter().take(NAMED).map(|task| title(task)).collect();
    if tasks.len() > NAMED {
        names.push(counted(tasks.len() - NAMED, "autre", "autres"));
    }
    joined(&names)
}

/// `jalon 4 « Maquette »`.
fn title(task: &Task) -> String {
    format!("jalon\u{a0}{} {}", task.number, quoted(&task.title))
}

/// Numbers of a chain in order, for the ear too: `4, puis 5`.
fn chain(path: &[u32]) -> String {
    const MOST: usize = 12;
    let shown: Vec<String> = path.iter().take(MOST).map(u32::to_string).collect();
    let more = if path.len() > MOST { ", puis d’autres" } else { "" };
    format!("{}{more}", shown.join(", puis "))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
