//! Which rows does a cell of criteria serve? What a page cut and what the author merged is put together again.

use crate::import::grid::Cell;
use crate::import::reading::assessments::Assessments;
use crate::import::reading::competencies::Competencies;
use crate::import::reading::rows::{BlocRows, rejoin};
use crate::import::reading::wording::Vocabulary;

/// The cell of criteria of one row, and what it is set beside.
#[derive(Debug)]
pub(super) struct RowCell {
    /// The row, from 0, within its bloc.
    pub(super) row: usize,
    pub(super) line: usize,
    pub(super) cell: Cell,
    /// The competencies (from 0, within their bloc) of all the rows that the cell serves.
    pub(super) group: Vec<usize>,
}

/// The cells of criteria of a bloc that say something.
pub(super) fn of(
    bloc: &BlocRows,
    competencies: &Competencies,
    assessments: &Assessments,
    vocabulary: &Vocabulary,
) -> Vec<RowCell> {
    let mut cells = rejoined(bloc, vocabulary);
    let owners = owners(bloc, &cells, competencies, assessments);
    for row in 1..cells.len() {
        // A list that a page cut goes on.
        if bloc.rows[row].after_cut && owners[row] != row {
            let rest = std::mem::take(&mut cells[row]);
            cells[owners[row]].pieces.extend(rest.pieces);
        }
    }
    let groups = groups(&owners, competencies);
    cells
        .into_iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(row, cell)| RowCell { row, line: bloc.rows[row].line, cell, group: groups[owners[row]].clone() })
        .collect()
}

/// The cells of criteria, with what a page cut put back at the end of the cell above: after a page, and where a row has
/// no competency of its own.
fn rejoined(bloc: &BlocRows, vocabulary: &Vocabulary) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut filled = None;
    for (index, row) in bloc.rows.iter().enumerate() {
        let mut cell = row.criteria.clone();
        if let Some(above) = filled.filter(|_| row.after_cut || row.competencies.is_empty()) {
            rejoin(&mut cells[above], &mut cell, vocabulary);
        }
        if !cell.is_empty() {
            filled = Some(index);
        }
        cells.push(cell);
    }
    cells
}

/// For each row, the row whose cell of criteria also serves it: an empty cell is merged with the one above.
fn owners(bloc: &BlocRows, cells: &[Cell], competencies: &Competencies, assessments: &Assessments) -> Vec<usize> {
    let begins = |row: usize| competencies.by_row[row].len();
    let mut owners: Vec<usize> = Vec::new();
    for (row, cell) in cells.iter().enumerate() {
        let merged = cell.is_empty() && bloc.rows[row].assessments.is_empty();
        let above = owners.last().copied();
        // An assessment that a page cut spans both rows, and so do its criteria.
        let cut = bloc.rows[row].after_cut
            && assessments.carried[row]
            && begins(row) == 1
            && above.is_some_and(|above| begins(above) == 1);
        owners.push(above.filter(|_| merged || cut || begins(row) == 0).unwrap_or(row));
    }
    owners
}

/// For each row that owns a cell, the competencies that the cell is set beside; nothing for the others.
fn groups(owners: &[usize], competencies: &Competencies) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); owners.len()];
    for (row, owner) in owners.iter().enumerate() {
        let begins = &competencies.by_row[row];
        // Where the competency above goes on in this row, the first lines may still answer it.
        if row == *owner && competencies.carried[row] && begins.len() > 1 {
            groups[row].extend(begins.start.checked_sub(1));
        }
        groups[*owner].extend(begins.clone());
    }
    groups
}
