//! Does a text stop where its author stopped, or was the rest of it lost on the way?
//!
//! A file that was cut is still a file, and most of it reads well: only its last line can tell. What the rest of the
//! document always does (closing a tag, filling a row, ending a sentence) and the last line doesn't is a sign. Text that
//! stops at the end of a row gives no sign here; the reading may still find that its last competency has no criterion.

use super::extracted_text::{TAG, cells, is_rule, pieces};
use super::parentheses::Parentheses;
use super::pattern::pattern;
use super::reading::wording;
use crate::code::CompetencyCode;
use crate::model::{Competency, Referentiel};
use std::collections::{BTreeSet, HashSet};

/// How a text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Nothing shows that anything is missing.
    Whole,
    /// Something may be missing: the sign of it.
    Doubtful(&'static str),
    /// Something is missing: the sign of it.
    Cut(&'static str),
}

pattern!(UNFINISHED_TAG, r"<(?:[A-Za-z/][^<>]*)?$");

/// Tags that HTML lets one leave open: for these, only the habit of the document counts.
const MAY_STAY_OPEN: [&str; 6] = ["ul", "ol", "li", "br", "hr", "img"];

/// Share, in percent, that makes a habit.
const MOSTLY: usize = 75;

/// Fewest cells that can show a habit.
const ENOUGH: usize = 4;

impl Ending {
    /// Looks for the signs in the last line of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut lines = text.lines().rev().skip_while(|line| line.trim().is_empty());
        let Some(last) = lines.next() else { return Self::Whole };
        let above = lines.clone().next().unwrap_or_default();
        if UNFINISHED_TAG.is_match(last) {
            return Self::Cut("a tag is not finished");
        }
        match open_tag(last, text) {
            Some(Habit::Always) => return Self::Cut("a tag is not closed"),
            Some(Habit::Mostly) if !text.ends_with('\n') => {
                return Self::Doubtful("a tag is not closed, although most are");
            }
            _ => {}
        }
        if text.ends_with('\n') || is_rule(last) {
            return Self::Whole;
        }
        match cells(last) {
            Some(row) => Self::of_row(&row, text),
            None if cells(above).is_some() => Self::Doubtful("the last line stands right under a row and has no cells"),
            None if text.lines().any(|line| line.len() > last.len() && line.starts_with(last)) => {
                Self::Doubtful("the last line is only the beginning of a line found elsewhere")
            }
            None => Self::of_prose(last, text),
        }
    }

    /// The last line is no row: a heading cut by a page may be one, so that nothing is sure.
    fn of_prose(last: &str, text: &str) -> Self {
        let sentence = last_sentence(last);
        if wording::calls_for_more(&sentence) || leaves_a_parenthesis_open(&sentence) {
            Self::Doubtful("the last sentence calls for more")
        } else if is_fragment(&sentence, text) {
            Self::Doubtful("the last word is only the beginning of a word found elsewhere")
        } else {
            Self::Whole
        }
    }

    /// The last line is a row, and no line end follows it.
    fn of_row(row: &[&str], text: &str) -> Self {
        let rows = || text.lines().filter(|line| !is_rule(line)).filter_map(cells);
        let above = rows().rev().nth(1).map_or(0, |above| above.len());
        let last = row.last().copied().unwrap_or_default();
        let narrow = row.len() < above;
        if last.trim_end().ends_with('>') || last.trim().is_empty() && !narrow {
            return Self::Whole;
        }
        let sentence = last_sentence(last);
        if ends(&sentence) {
            return if narrow {
                Self::Doubtful("the last row has fewer cells than the one above")
            } else {
                Self::Whole
            };
        }
        let column: HashSet<&str> = rows()
            .filter(|other| other.len() == row.len())
            .filter_map(|other| other.last().copied())
            .filter(|cell| !cell.trim().is_empty() && *cell != last)
            .collect();
        let ended = column.iter().filter(|cell| ends(&last_sentence(cell))).count();
        if narrow {
            Self::Cut("the last row has fewer cells than the one above")
        } else if wording::calls_for_more(&sentence) || leaves_a_parenthesis_open(&sentence) {
            Self::Cut("the last sentence calls for more")
        } else if column.len() >= ENOUGH && ended * 100 >= column.len() * MOSTLY {
            Self::Cut("the last sentence has no end, although those above it have one")
        } else if sentence.contains(". ") {
            Self::Doubtful("the last sentence has no end, although the one before it has one")
        } else if is_fragment(&sentence, text) {
            Self::Doubtful("the last word is only the beginning of a word found elsewhere")
        } else {
            Self::Whole
        }
    }
}

/// The last competency, when it is the only one that no criterion judges.
pub(super) fn last_unjudged(referentiel: &Referentiel) -> Option<&Competency> {
    let judged: HashSet<&CompetencyCode> = referentiel.criteria().flat_map(|(_, c)| &c.competences).collect();
    let mut unjudged = referentiel.competencies().map(|(_, c)| c).filter(|c| !judged.contains(&c.code));
    let (first, last) = (unjudged.next()?, referentiel.competencies().last()?.1);
    (first.code == last.code && referentiel.competencies().count() > 1).then_some(last)
}

/// How often a document closes a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Habit {
    Mostly,
    Always,
}

/// How often the document closes a tag that the last line leaves open, if it has the habit.
fn open_tag(last: &str, text: &str) -> Option<Habit> {
    let open = |line: &str, name: &str| {
        TAG.captures_iter(line).filter(|tag| tag[1].eq_ignore_ascii_case(name)).fold(0i32, |open, tag| match &tag[0] {
            closing if closing.starts_with("</") => open - 1,
            alone if alone.ends_with("/>") => open,
            _ => open + 1,
        }) > 0
    };
    let habit = |name: &String| {
        let closing = format!("</{name}>");
        let others = || text.lines().filter(|line| *line != last);
        let closed = others().filter(|line| line.contains(&closing) && !open(line, name)).count();
        let left_open = others().filter(|line| line.contains('<') && open(line, name)).count();
        match (closed, left_open) {
            (0, 0) => (!MAY_STAY_OPEN.contains(&name.as_str())).then_some(Habit::Always),
            (_, 0) => Some(Habit::Always),
            _ => (closed * 100 >= (closed + left_open) * MOSTLY).then_some(Habit::Mostly),
        }
    };
    let names: BTreeSet<String> = TAG.captures_iter(last).map(|tag| tag[1].to_ascii_lowercase()).collect();
    names.iter().filter(|name| open(last, name)).filter_map(habit).max()
}

/// The end of a cell, without markup.
fn last_sentence(cell: &str) -> String {
    pieces(cell).pop().map(|piece| piece.text).unwrap_or_default()
}

fn ends(sentence: &str) -> bool {
    sentence.ends_with(['.', '!', '?', '…', '»', ')', ';'])
}

fn leaves_a_parenthesis_open(sentence: &str) -> bool {
    sentence.char_indices().next_back().is_some_and(|(at, _)| Parentheses::of(sentence).within(at))
}

/// Whether the last word occurs nowhere else, although longer words begin with it.
fn is_fragment(sentence: &str, text: &str) -> bool {
    let Some(last) = wording::last_word(sentence).filter(|word| !word.chars().any(|c| c.is_ascii_digit())) else {
        return false;
    };
    let all = wording::words(text);
    let longer = |word: &String| word.len() > last.len() + 1 && word.starts_with(&last);
    all.iter().filter(|word| **word == last).count() == 1 && all.iter().any(longer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Ending::{Cut, Doubtful, Whole};

    const TABLE: &str = "Activités\tCompétences\tCritères\n\
        Semer\tC1 Choisir les graines\tLes graines conviennent au sol.\n\
        Arroser\tC2 Mesurer l'eau\tLa quantité est juste.\n\
        Tailler\tC3 Tailler les haies\tLa coupe est nette.\n\
        Récolter\tC4 Récolter les fruits\tLes fruits sont mûrs.\n\
        Vendre\tC5 Fixer un prix\tLe prix est affiché.\n";

    /// What the table tells when these lines come last.
    #[track_caller]
    fn check(last: &str, expect: Ending) {
        assert_eq!(Ending::of(&format!("{TABLE}{last}")), expect, "{last:?}");
    }

    #[test]
    fn a_row_that_stops_early_is_told() {
        check("Ranger\tC6 Ranger les ou", Cut("the last row has fewer cells than the one above"));
        check("Ranger\tC6 Ranger.", Doubtful("the last row has fewer cells than the one above"));
        check("Ran", Doubtful("the last line stands right under a row and has no cells"));
        check("\nActivi", Doubtful("the last line is only the beginning of a line found elsewhere"));
    }

    #[test]
    fn a_sentence_that_stops_early_is_told() {
        check("Ranger\tC6 Ranger\tLes outils sont dans la", Cut("the last sentence calls for more"));
        check("Ranger\tC6 Ranger\tLes outils (bêches, râteaux", Cut("the last sentence calls for more"));
        check(
            "Ranger\tC6 Ranger\tLes outils brillent",
            Cut("the last sentence has no end, although those above it have one"),
        );
    }

    #[test]
    fn a_tag_that_stays_open_is_told() {
        check("Ranger\tC6 Ranger\t<p>Les outils brillent.", Cut("a tag is not closed"));
        check("Ranger\tC6 Ranger\t<p>Les outils brillent.</", Cut("a tag is not finished"));
        check("Ranger\tC6 Ranger\t<ul> Les outils brillent.", Whole);
        check("A\tB\t<ul> X.</ul>\nRanger\tC6 Ranger\t<ul> Les outils brillent.", Cut("a tag is not closed"));
        check("A\tB\t<ul> X.</ul>\nC\tD\t<ul> Y.\nRanger\tC6 Ranger\t<ul> Les outils brillent.", Whole);
    }

    #[test]
    fn the_end_of_a_row_and_prose_after_it_tell_nothing() {
        check("", Whole);
        check("Ranger\tC6 Ranger\tLes outils brillent\n", Whole);
        check("Ranger\tC6 Ranger\tLe délai est < 5 jours.", Whole);
        check("\nFin du document", Whole);
        check("---\t---\t---", Whole);
    }
}
