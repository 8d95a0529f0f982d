//! The planning as files for a dossier: a Markdown document that refers to its pictures, and a table for a spreadsheet.
//!
//! What people wrote is escaped: no title becomes a heading, a link, a cell of its own or a formula.

use super::network::{self, slack};
use super::{Planning, What, budget, critical, milestones, state, weeks};
use crate::domain::csv::{self, Cell};
use crate::store::{Hours, Milestone};
use crate::views::coverage::escaped;
use crate::views::findings::{self, Names};
use crate::views::milestone::in_order;
use crate::views::whose::Whose;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use vigie_chat::{Draft, File, Table, Text};

/// Most findings in the document.
const FINDINGS: usize = 50;

/// What the document is made of besides the plan.
#[derive(Debug, Clone, Copy)]
pub struct Dossier<'a> {
    /// Whose it is, and when.
    pub whose: &'a Whose<'a>,
    /// When the team defends.
    pub defence_at: Option<Timestamp>,
    /// What was logged.
    pub hours: &'a [Hours],
    /// The pictures that come with it, each with what it shows. None is referred to that isn't there.
    pub pictures: &'a [(What, File)],
}

/// What comes with the files.
#[must_use]
pub fn exported(told: &Planning<'_>, files: Vec<File>) -> Draft {
    let pictures = files.iter().filter(|file| file.media_type == "image/png").count();
    let with = match pictures {
        0 => {
            "Deux fichiers\u{a0}: un texte Markdown à mettre dans le dossier, et un tableau pour un tableur.".to_owned()
        }
        several => format!(
            "Un texte Markdown à mettre dans le dossier, un tableau pour un tableur, et {}\u{a0}: gardez-les dans le même \
             dossier que le texte, qui les montre.",
            crate::views::words::counted(several, "image", "images")
        ),
    };
    let draft =
        Draft::answer().title(told.title("Planning")).paragraph(findings::summary(told.findings)).paragraph(with);
    told.elsewhere(files.into_iter().fold(draft, Draft::file), What::Export)
}

/// The planning as a Markdown document.
#[must_use]
pub fn document(told: &Planning<'_>, dossier: &Dossier<'_>) -> String {
    let whose = dossier.whose;
    let mut out = String::new();
    // Writing to a string never fails.
    let _ = writeln!(out, "# Planning de l’équipe «\u{a0}{}\u{a0}»\n", escaped(told.name));
    let _ = writeln!(out, "- Sujet\u{a0}: {}", escaped(&whose.brief.title));
    let _ = writeln!(out, "- Équipe\u{a0}: {} ({})", escaped(told.name), whose.team.number);
    let _ = writeln!(out, "- Date\u{a0}: {}", whose.at(whose.now).words());
    if let Some(deadline) = told.plan.deadline {
        let _ = writeln!(out, "- Échéance du sujet\u{a0}: {}", whose.at(deadline).words());
    }
    if let Some(defence) = dossier.defence_at {
        let _ = writeln!(out, "- Soutenance\u{a0}: {}", whose.at(defence).words());
    }
    let _ = writeln!(out, "\n{}\n", findings::summary(told.findings));
    let rows = in_order(told.milestones, told.now);
    section(&mut out, "Jalons", picture(dossier, What::Gantt), &milestones(told, rows.iter().copied()));
    let dates = network::table(told, network::listed(told));
    section(&mut out, "Réseau des jalons", picture(dossier, What::Network), &dates);
    if let Some(path) = critical(told) {
        let _ = writeln!(out, "{}\n", escaped(&path));
    }
    let by_week = weeks::table(told, weeks::by_week(dossier.hours));
    section(&mut out, "Heures de préparation", picture(dossier, What::Hours), &by_week);
    let _ = writeln!(out, "{}\n", escaped(&budget(told.plan, told.spent)));
    if !told.findings.is_empty() {
        out.push_str("## À voir, le plus important d’abord\n\n");
        let names = Names::new(told.plan, told.people);
        for item in findings::list(told.findings, &names, FINDINGS).items {
            let _ = writeln!(out, "- {}", escaped(&item.text.words()));
        }
    }
    out
}

fn picture<'a>(dossier: &Dossier<'a>, what: What) -> Option<&'a File> {
    dossier.pictures.iter().find(|(shows, _)| *shows == what).map(|(_, file)| file)
}

/// A heading, the picture with its words, the table.
fn section(out: &mut String, title: &str, picture: Option<&File>, table: &Table) {
    let _ = writeln!(out, "## {title}\n");
    if let Some(picture) = picture {
        let _ = writeln!(out, "![{}]({})\n", escaped(picture.description.as_str()), picture.name);
    }
    if table.rows.is_empty() {
        out.push_str("Rien encore.\n\n");
        return;
    }
    let line = |cells: &[Text]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(&cell.words())).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    out.push_str(&line(&table.header));
    let _ = writeln!(out, "|{}", " --- |".repeat(table.header.len()));
    for row in &table.rows {
        out.push_str(&line(row));
    }
    out.push('\n');
}

/// The milestones as a table for a spreadsheet, by number. `titles` are those of the team's deliverables, by number.
#[must_use]
pub fn table(told: &Planning<'_>, zone: &TimeZone, titles: &BTreeMap<u32, String>) -> Vec<u8> {
    let columns = [
        "N°",
        "Jalon",
        "Livrable",
        "Responsables",
        "Échéance",
        "État",
        "Minutes prévues",
        "Minutes passées",
        "Après",
        "Début au plus tôt",
        "Fin au plus tôt",
        "Début au plus tard",
        "Fin au plus tard",
        "Marge",
        "Chemin critique",
    ];
    let mut rows: Vec<&Milestone> = told.milestones.iter().collect();
    rows.sort_by_key(|milestone| milestone.number);
    csv::file(&columns, rows.into_iter().map(|milestone| row(told, milestone, (zone, titles))))
}

fn row(told: &Planning<'_>, milestone: &Milestone, (zone, titles): (&TimeZone, &BTreeMap<u32, String>)) -> Vec<Cell> {
    let number = |number: u32| Cell::Number(i64::from(number));
    let empty = || Cell::from("");
    let draft = &milestone.draft;
    let deliverable = draft.deliverable.map(|number| match titles.get(&number) {
        Some(title) => format!("L{number} {title}"),
        None => format!("L{number}"),
    });
    let wall = |at: Timestamp| Cell::from(zone.to_datetime(at).strftime("%d/%m/%Y %H:%M").to_string());
    let spent =
        told.plan.tasks.iter().find(|task| task.number == milestone.number).map_or(0, |task| task.spent_minutes);
    let mut cells = vec![
        number(milestone.number),
        Cell::from(draft.title.as_str()),
        Cell::from(deliverable.unwrap_or_default()),
        Cell::from(told.people(&draft.people)),
        draft.due.as_ref().map_or_else(empty, |due| wall(due.at)),
        Cell::from(state(milestone, told.now)),
        draft.minutes.map_or_else(empty, |minutes| number(minutes.get())),
        number(spent),
        Cell::from(told.needs(milestone.number)),
    ];
    match told.schedule.row(milestone.number) {
        None => cells.extend((0..6).map(|_| empty())),
        Some(row) => {
            let earliest = [row.earliest_start(), row.earliest_end].map(|work| told.schedule.at(work));
            cells.extend(earliest.into_iter().chain([row.must_start, row.must_end]).map(wall));
            cells.push(Cell::from(slack(told, row)));
            cells.push(Cell::from(if row.is_critical { "oui" } else { "non" }));
        }
    }
    cells
}
