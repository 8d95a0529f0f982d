//! The headings of a référentiel's table: which column holds what.

use super::wording::fold;
use crate::import::grid::Row;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Activities,
    Competencies,
    Assessments,
    Criteria,
}

/// Which column holds what. A document may have no column of activities or of assessments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Columns {
    roles: Vec<(Role, usize)>,
}

impl Columns {
    /// Takes the headings of a row into account; says whether it was a row of headings.
    pub(super) fn learn(&mut self, row: &Row) -> bool {
        let Some(roles) = headings(row) else { return false };
        for (role, column) in roles {
            self.roles.retain(|(known, _)| *known != role);
            self.roles.push((role, column));
        }
        true
    }

    /// Whether there is a table of competencies.
    pub(super) fn are_known(&self) -> bool {
        self.of(Role::Competencies).is_some() && self.of(Role::Criteria).is_some()
    }

    /// The column of a role, from 0.
    pub(super) fn of(&self, role: Role) -> Option<usize> {
        self.roles.iter().find(|(known, _)| *known == role).map(|(_, column)| *column)
    }
}

/// The roles that a row of headings gives to columns; `None` when some cell isn't a heading.
fn headings(row: &Row) -> Option<Vec<(Role, usize)>> {
    let mut roles = Vec::new();
    for (column, cell) in row.cells.iter().enumerate() {
        if !cell.is_empty() {
            roles.push((heading(&cell.text())?, column));
        }
    }
    (roles.len() >= 2).then_some(roles)
}

/// The role that a heading names, judged by how it begins: the rest explains.
fn heading(text: &str) -> Option<Role> {
    let folded = fold(text);
    let start = folded.trim_start_matches("referentiel ").trim_start_matches("referentiels ");
    let start =
        ["d'", "de ", "des ", "les ", "liste des "].iter().fold(start, |text, prefix| text.trim_start_matches(prefix));
    [
        ("activite", Role::Activities),
        ("tache", Role::Activities),
        ("competence", Role::Competencies),
        ("modalite", Role::Assessments),
        ("epreuve", Role::Assessments),
        ("critere", Role::Criteria),
        // A heading over both columns of the assessment; the row below it tells them apart.
        ("evaluation", Role::Assessments),
    ]
    .into_iter()
    .find(|(word, _)| start.starts_with(word) && (folded.starts_with("referentiel") || folded.len() < 60))
    .map(|(_, role)| role)
}
