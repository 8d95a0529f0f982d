//! The network of a plan in words: for each milestone its work, what it needs, its earliest and latest dates and its slack,
//! each after what it needs. The référentiel Projet IA asks candidates for such a plan, with durations and resources.

use super::{CELL, Pages, Planning, What, critical, or_none};
use crate::domain::plan::schedule::Row;
use crate::store::Progress;
use crate::views::findings::hours;
use crate::views::illustrated::Sheet;
use crate::views::moment::on_the_clock_of;
use crate::views::words;
use jiff::Timestamp;
use vigie_chat::{Draft, Table, Text};

/// What is open, each after what it needs, one page of it.
#[must_use]
pub fn network(told: &Planning<'_>, sheet: Sheet) -> Draft {
    let rows: Vec<&Row> = told.schedule.rows().collect();
    let pages = Pages::of(rows.len(), &sheet);
    let done = told.milestones.iter().filter(|one| matches!(one.progress, Progress::Done { .. })).count();
    let open = words::counted(rows.len(), "jalon à faire", "jalons à faire");
    let finished = if done > 0 { format!(", {}", words::counted(done, "fait", "faits")) } else { String::new() };
    let draft = Draft::answer().title(told.title("Réseau des jalons")).paragraph(format!("{open}{finished}."));
    let mut draft = sheet.put(draft);
    if !rows.is_empty() {
        draft = draft.heading("Jalons à faire, chacun après ceux dont il dépend");
        draft = pages.noted(draft.table(table(told, pages.shown(rows))));
    }
    if let Some(path) = critical(told) {
        draft = draft.heading("Ce qui décide de la date").paragraph(path);
    }
    let draft = pages.turned(draft, &told.asked(What::Network));
    told.elsewhere(draft, What::Network)
}

/// Open milestones with their dates as a table.
pub(super) fn table<'r>(told: &Planning<'_>, rows: impl IntoIterator<Item = &'r Row>) -> Table {
    let header = ["N°", "Jalon", "Qui", "Travail", "Après", "Au plus tôt", "Au plus tard", "Marge", "Critique"];
    let path = told.schedule.critical_path();
    rows.into_iter().fold(Table::new(header), |table, row| {
        let milestone = told.milestones.iter().find(|milestone| milestone.number == row.number);
        let title = milestone.map(|milestone| words::shortened(&milestone.draft.title, CELL));
        let people = milestone.map(|milestone| told.people(&milestone.draft.people));
        table.row([
            Text::from(row.number.to_string()),
            or_none(title.unwrap_or_default()),
            or_none(people.unwrap_or_default()),
            or_none(if row.work > 0 { hours(row.work) } else { String::new() }),
            or_none(told.needs(row.number)),
            Text::from(span(told, told.schedule.at(row.earliest_start()), told.schedule.at(row.earliest_end))),
            Text::from(span(told, row.must_start, row.must_end)),
            Text::from(slack(row.slack())),
            Text::from(if path.contains(&row.number) { "oui" } else { "non" }),
        ])
    })
}

/// `du lun. 23 nov. au ven. 27 nov.`
pub(super) fn span(told: &Planning<'_>, start: Timestamp, end: Timestamp) -> String {
    let (start, end) = (day(told, start), day(told, end));
    if start == end { format!("le {start}") } else { format!("du {start} au {end}") }
}

fn day(told: &Planning<'_>, at: Timestamp) -> String {
    on_the_clock_of(at, told.now).short_day()
}

/// `3 h`, `aucune`, `il manque 2 h`.
pub(super) fn slack(minutes: i64) -> String {
    match minutes {
        0 => "aucune".to_owned(),
        1.. => hours(minutes),
        missing => format!("il manque {}", hours(-missing)),
    }
}
