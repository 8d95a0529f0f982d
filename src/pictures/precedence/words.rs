//! A network in a few sentences, for whoever doesn't see its picture.

use super::numbers;
use crate::domain::plan::Task;
use crate::pictures::Words;
use crate::pictures::planned::{Planned, counted, hours, quoted};

/// Most milestones of the critical path that are named.
const CHAIN: usize = 12;

/// What is under the title: how many milestones, how much work, which chain decides.
pub(super) fn summary(planned: &Planned<'_>) -> String {
    let tasks = &planned.plan.tasks;
    if tasks.is_empty() {
        return "Aucun jalon n’est encore prévu.".to_owned();
    }
    let work = hours(i64::try_from(planned.plan.minutes()).unwrap_or(i64::MAX));
    let start = format!("{}, {work} de travail prévues", counted(tasks.len(), "jalon", "jalons"));
    match critical(planned) {
        Some(path) => format!("{start}. {path}"),
        None => format!("{start}."),
    }
}

/// The chain that decides the date, with its work and its slack.
fn critical(planned: &Planned<'_>) -> Option<String> {
    let path = planned.schedule.critical_path();
    let (first, last) = (path.first()?, planned.schedule.row(*path.last()?)?);
    let slack = match last.slack() {
        0 => "aucune marge".to_owned(),
        slack if slack < 0 => format!("il manque {}", hours(-slack)),
        slack => format!("marge {}", hours(slack)),
    };
    let shown: Vec<String> = path.iter().take(CHAIN).map(u32::to_string).collect();
    let more = if path.len() > CHAIN { "…" } else { "" };
    let work = hours(last.earliest_end);
    Some(if path.len() == 1 {
        format!("Jalon critique\u{a0}: {first} ({work} de travail, {slack}).")
    } else {
        format!("Chemin critique\u{a0}: {}{more} ({work} de travail, {slack}).", shown.join(" → "))
    })
}

/// The words of the whole picture.
pub(super) fn of(planned: &Planned<'_>) -> Words {
    let summary = summary(planned);
    let summary = if planned.plan.tasks.is_empty() { summary.to_lowercase() } else { summary };
    let mut words = Words::new(&format!("Réseau des jalons de l’équipe {}\u{a0}: {summary}", quoted(planned.team)));
    let path = planned.schedule.critical_path();
    let open = |number: &u32| planned.plan.tasks.iter().find(|task| task.number == *number);
    for task in path.iter().filter_map(open) {
        words = words.and(&dates(planned, task));
    }
    for row in planned.schedule.rows().filter(|row| !path.contains(&row.number)) {
        if let Some(task) = open(&row.number) {
            words = words.and(&dates(planned, task));
        }
    }
    words
}

/// `Jalon 6 (après 4) : 4 h, au plus tôt du 7 au 8 déc., au plus tard du 9 au 10 déc., marge 3 h.`
fn dates(planned: &Planned<'_>, task: &Task) -> String {
    let Some(row) = planned.schedule.row(task.number) else { return String::new() };
    let mut needs = task.needs.clone();
    needs.sort_unstable();
    needs.dedup();
    let after = if needs.is_empty() { String::new() } else { format!(" (après {})", numbers(&needs)) };
    let at = |work: i64| planned.schedule.at(work);
    let stretch = |from, to| match (planned.day_of_month(from), planned.day_of_month(to)) {
        (from, to) if from == to => format!("le {from}"),
        (from, to) => format!("du {from} au {to}"),
    };
    let work = task.minutes.map_or("durée inconnue".to_owned(), |minutes| hours(i64::from(minutes)));
    format!(
        "Jalon\u{a0}{}{after}\u{a0}: {work}, au plus tôt {}, au plus tard {}, marge {}.",
        task.number,
        stretch(at(row.earliest_start()), at(row.earliest_end)),
        stretch(row.must_start, row.must_end),
        hours(row.slack())
    )
}
