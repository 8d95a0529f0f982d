//! The same as a table for a spreadsheet: one line a team, nothing about a person.

use super::{Followed, Need, Page, deliverables};
use crate::domain::csv::{self, Cell};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// All teams, in the same order as the pages.
#[must_use]
pub fn table(page: &Page<'_>, teams: &[Followed]) -> Vec<u8> {
    let columns = [
        "Équipe",
        "Nom",
        "Membres",
        "Situation",
        "Prochaine date",
        "Ce qui est à faire",
        "Jalons",
        "Jalons faits",
        "Jalons bloqués",
        "Jalons en retard",
        "Livrables en retard",
        "Livrables à rendre",
        "Minutes de travail",
        "Minutes prévues",
        "Critères couverts",
        "Critères en cours",
        "Critères",
        "Soutenance",
        "Risques",
    ];
    csv::file(&columns, teams.iter().map(|team| row(team, page.zone)))
}

fn row(team: &Followed, zone: &TimeZone) -> Vec<Cell> {
    let overview = &team.overview;
    let number = |number: u32| Cell::Number(i64::from(number));
    let size = |size: usize| Cell::Number(i64::try_from(size).unwrap_or(i64::MAX));
    let (late, waited) = team.wanting();
    let next = team.next();
    let risks: Vec<String> = team.risks().iter().map(vigie_chat::Text::words).collect();
    vec![
        number(overview.team.number),
        Cell::from(overview.name.as_str()),
        size(overview.members.len()),
        Cell::from(match team.need() {
            Need::Late => "en retard",
            Need::AtRisk => "à risque",
            Need::None => "sans alerte",
        }),
        wall(next.as_ref().map(|(due, _)| *due), zone),
        Cell::from(next.map(|(_, what)| what).unwrap_or_default()),
        number(overview.milestones.all),
        number(overview.milestones.done),
        number(overview.milestones.blocked),
        number(overview.milestones.late),
        Cell::from(deliverables(&late)),
        Cell::from(deliverables(&waited)),
        number(overview.minutes),
        team.budget.map_or(Cell::from(""), number),
        size(team.coverage.covered),
        size(team.coverage.in_progress),
        size(team.coverage.total()),
        wall(overview.defence_at, zone),
        Cell::from(risks.join(" ")),
    ]
}

/// A date that spreadsheets read in French: `27/11/2026 18:00`.
fn wall(at: Option<Timestamp>, zone: &TimeZone) -> Cell {
    Cell::from(at.map(|at| zone.to_datetime(at).strftime("%d/%m/%Y %H:%M").to_string()).unwrap_or_default())
}
