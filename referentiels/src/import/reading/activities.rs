//! The column of activities, and beside which of them each competency is set.

use super::align::{Layout, Similarity};
use super::competencies::Competencies;
use super::marks;
use super::rows::{BlocRows, Writing};
use super::wording::{is_lead_in, titles, trim_item};
use crate::import::grid::Piece;
use crate::import::report::Report;
use crate::model::Activity;

/// Reads the column in the rows of one bloc, and gives each competency its activity.
pub(super) fn read(
    bloc: &BlocRows,
    competencies: &mut Competencies,
    writing: &Writing,
    similarity: &Similarity,
    report: &mut Report,
) -> Vec<Activity> {
    let mut found: Vec<Activity> = Vec::new();
    // Beside which activity each competency is set.
    let mut beside: Vec<Option<usize>> = vec![None; competencies.list.len()];
    for (index, row) in bloc.rows.iter().enumerate() {
        let start = found.len();
        for piece in &row.activities.pieces {
            add(&mut found, piece, writing);
        }
        let range = competencies.by_row[index].clone();
        let leaves = leaves(&found, start);
        if leaves.is_empty() {
            beside[range].fill(found.len().checked_sub(1));
            continue;
        }
        let titles: Vec<&str> = leaves.iter().map(|a| found[*a].titre.as_str()).collect();
        let statements: Vec<&str> = competencies.list[range.clone()].iter().map(|c| c.intitule.as_str()).collect();
        let aligned = similarity.align(&statements, &titles, Layout::SideBySide { above: 0 });
        if titles.len() > 1 && statements.len() > 1 {
            report.doubt(
                row.line,
                "several activities beside several competencies; tied by order and words",
                titles.join(" | "),
            );
        }
        for (competency, leaf) in range.zip(aligned) {
            beside[competency] = Some(leaves[leaf]);
        }
    }
    for (competency, activity) in competencies.list.iter_mut().zip(beside) {
        competency.activite = activity.map(|a| reference(&found, a));
    }
    found
}

fn add(found: &mut Vec<Activity>, piece: &Piece, writing: &Writing) {
    if let Some((code, title)) = marks::activity(&piece.text).filter(|_| writing.coded_activities) {
        let parent = parent_of(found, &code);
        found.push(Activity { code: Some(code), titre: title.to_owned(), parent });
    } else if writing.coded_activities
        && let Some(last) = found.last_mut()
    {
        // What a coded activity is made of stays with it.
        let joint = if piece.is_item() { if last.titre.contains(" : ") { " ; " } else { " : " } } else { " " };
        let joint = if is_lead_in(&last.titre) { " " } else { joint };
        last.titre = format!("{}{joint}{}", last.titre, trim_item(&piece.text));
    } else {
        let parent = if piece.is_item() {
            found.iter().rev().find(|a| a.parent.is_none()).map(|a| a.titre.clone())
        } else {
            None
        };
        let titles = if piece.is_item() { titles(&piece.text) } else { vec![piece.text.as_str()] };
        found.extend(titles.into_iter().map(|title| Activity {
            code: None,
            titre: trim_item(title).to_owned(),
            parent: parent.clone(),
        }));
    }
}

/// The longest code already met that this one is part of; for codes that restart (`T1` under each `A`), the last one of
/// the level above.
fn parent_of(found: &[Activity], code: &str) -> Option<String> {
    let codes = || found.iter().rev().filter_map(|a| a.code.as_deref());
    let begins = |known: &&str| {
        code.len() > known.len()
            && code.starts_with(*known)
            && !code[known.len()..].starts_with(|c: char| c.is_ascii_digit())
    };
    if let Some(known) = codes().filter(begins).max_by_key(|known| known.len()) {
        return Some(known.to_owned());
    }
    let level = code.chars().next()?;
    (level == 'T' || level == 'S').then(|| codes().find(|c| !c.starts_with(level)).map(str::to_owned)).flatten()
}

/// The activities from `start` on that have no part of their own there.
fn leaves(found: &[Activity], start: usize) -> Vec<usize> {
    (start..found.len())
        .filter(|a| {
            let activity = &found[*a];
            let name = activity.code.as_ref().unwrap_or(&activity.titre);
            !found[a + 1..].iter().any(|other| other.parent.as_ref() == Some(name))
        })
        .collect()
}

/// How a competency names this activity: its code where that is unique in the bloc, else its parent's, else its title.
fn reference(found: &[Activity], activity: usize) -> String {
    let activity = &found[activity];
    match &activity.code {
        Some(code) if found.iter().filter(|a| a.code.as_ref() == Some(code)).count() == 1 => code.clone(),
        Some(_) => activity.parent.clone().unwrap_or_else(|| activity.titre.clone()),
        None => activity.titre.clone(),
    }
}
