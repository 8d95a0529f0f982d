//! Which line of a grid is meant: by its id, by its competency's code, or by words.

use crate::commands::context::Problem;
use crate::domain::grid::{Grid, Line};
use crate::views;
use vigie_chat::{ParamKind, ParamSpec, folded};

/// The parameter that names a criterion.
pub(in crate::commands) const CRITERE: &str = "critere";

/// The parameter that names a criterion.
pub(super) fn critere() -> ParamSpec {
    ParamSpec::new(CRITERE, "Numéro du critère (C1.5/2) ou mots de son texte", ParamKind::Text).required().completed()
}

/// The line that is meant.
///
/// # Errors
///
/// [`Problem::Refused`] with those that could be meant.
pub(super) fn find<'a>(grid: &'a Grid, name: &str) -> Result<&'a Line, Problem> {
    if let Some(line) = grid.line(name) {
        return Ok(line);
    }
    if let Some(row) = grid.row(name) {
        return match row.lines.as_slice() {
            [one] => Ok(one),
            several => Err(Problem::Refused(views::coverage::several(&several.iter().collect::<Vec<_>>()))),
        };
    }
    let wanted = folded(name);
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let found: Vec<&Line> = grid
        .lines()
        .filter(|line| {
            let text = folded(&line.text);
            !words.is_empty() && words.iter().all(|word| text.contains(word))
        })
        .collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Problem::Refused(views::coverage::no_such(name))),
        several => Err(Problem::Refused(views::coverage::several(several))),
    }
}
