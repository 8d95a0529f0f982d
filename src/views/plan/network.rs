//! The network of a plan in words: for each milestone how it stands, how long it takes, what it needs, its earliest and latest
//! dates and its slack, each after what it needs. The référentiel Projet IA asks candidates for such a plan, with durations
//! and resources.

use super::{CELL, Pages, Planning, What, critical, or_none, state};
use crate::domain::duration::hours;
use crate::domain::plan::schedule::Row;
use crate::domain::plan::{Float, Task};
use crate::store::{Milestone, Progress};
use crate::views::illustrated::Sheet;
use crate::views::moment::on_the_clock_of;
use crate::views::words;
use jiff::Timestamp;
use vigie_chat::{Draft, Table, Text};

/// All milestones: what is open, each after what it needs, then what is done, by number; one page of it.
#[must_use]
pub fn network(told: &Planning<'_>, sheet: Sheet) -> Draft {
    let rows = listed(told);
    let pages = Pages::of(rows.len(), &sheet);
    let done = rows.iter().filter(|one| is_done(one)).count();
    let open = words::counted(rows.len() - done, "jalon à faire", "jalons à faire");
    let finished = if done > 0 { format!(", {}", words::counted(done, "fait", "faits")) } else { String::new() };
    let draft = Draft::answer().title(told.title("Réseau des jalons")).paragraph(format!("{open}{finished}."));
    let mut draft = sheet.put(draft);
    if !rows.is_empty() {
        let heading = match (rows.len() - done, done) {
            (0, _) => "Jalons faits",
            (_, 0) => "Jalons à faire, chacun après ceux dont il dépend",
            _ => "Jalons à faire, chacun après ceux dont il dépend, puis jalons faits",
        };
        draft = draft.heading(heading);
        draft = pages.noted(draft.table(table(told, pages.shown(rows))));
    }
    if let Some(path) = critical(told) {
        draft = draft.heading("Ce qui décide de la date").paragraph(path);
    }
    let draft = pages.turned(draft, &told.asked(What::Network));
    told.elsewhere(draft, What::Network)
}

fn is_done(milestone: &Milestone) -> bool {
    matches!(milestone.progress, Progress::Done { .. })
}

/// The milestones in the order in which they are told.
pub(super) fn listed<'a>(told: &Planning<'a>) -> Vec<&'a Milestone> {
    let of = |row: &Row| told.milestones.iter().find(|milestone| milestone.number == row.number);
    let mut done: Vec<&Milestone> = told.milestones.iter().filter(|one| is_done(one)).collect();
    done.sort_by_key(|milestone| milestone.number);
    told.schedule.rows().filter_map(of).chain(done).collect()
}

/// Milestones with their dates as a table.
pub(super) fn table<'m>(told: &Planning<'_>, rows: impl IntoIterator<Item = &'m Milestone>) -> Table {
    let header =
        ["N°", "Jalon", "État", "Qui", "Durée", "Travail", "Après", "Au plus tôt", "Au plus tard", "Marge", "Critique"];
    rows.into_iter().fold(Table::new(header), |table, milestone| {
        let number = milestone.number;
        let task = told.plan.tasks.iter().find(|task| task.number == number);
        let row = told.schedule.row(number).filter(|_| !is_done(milestone));
        let of_row = |told: &dyn Fn(&Row) -> String| or_none(row.map(told).unwrap_or_default());
        table.row([
            Text::from(number.to_string()),
            or_none(words::shortened(&milestone.draft.title, CELL)),
            Text::from(state(milestone, told.now)),
            or_none(told.people(&milestone.draft.people)),
            or_none(task.and_then(duration).unwrap_or_default()),
            or_none(task.and_then(work).unwrap_or_default()),
            or_none(told.needs(number)),
            of_row(&|row| span(told, told.schedule.at(row.earliest_start()), told.schedule.at(row.earliest_end))),
            of_row(&|row| span(told, row.must_start, row.must_end)),
            of_row(&|row| slack(told, row)),
            of_row(&|row| if row.is_critical { "oui" } else { "non" }.to_owned()),
        ])
    })
}

/// From its start to its end: its people share its work. Of one that was begun, what is left.
fn duration(task: &Task) -> Option<String> {
    let people = u32::try_from(task.people.len()).unwrap_or(u32::MAX).max(1);
    let minutes = i64::from(task.minutes?.div_ceil(people));
    Some(match i64::from(task.minutes_left_each()) {
        left if task.is_open() && left < minutes => format!("reste {}", hours(left)),
        _ => hours(minutes),
    })
}

/// `2 h`, `2 h à 2`: all its people together.
fn work(task: &Task) -> Option<String> {
    let minutes = hours(i64::from(task.minutes?));
    Some(if task.people.len() > 1 { format!("{minutes} à {}", task.people.len()) } else { minutes })
}

/// `du lun. 23 nov. au ven. 27 nov.`
pub(super) fn span(told: &Planning<'_>, start: Timestamp, end: Timestamp) -> String {
    let (start, end) = (day(told, start), day(told, end));
    if start == end { format!("le {start}") } else { format!("du {start} au {end}") }
}

fn day(told: &Planning<'_>, at: Timestamp) -> String {
    on_the_clock_of(at, told.now).short_day()
}

/// `3 h`, `aucune`, `en retard de 3 jours`: what is late is told in time, which nobody reads as hours of work.
pub(super) fn slack(told: &Planning<'_>, row: &Row) -> String {
    match told.schedule.float(row) {
        Float::None => "aucune".to_owned(),
        Float::Left(minutes) => hours(minutes),
        Float::Late(by) => format!("en retard de {}", by.rounded()),
    }
}
