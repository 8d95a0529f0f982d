//! First stage: text extracted from a PDF, to rows and cells.
//!
//! Such text holds tables as tab-separated (or pipe-separated) lines, with scraps of HTML in the cells, and prose as
//! Markdown. This module undoes the writing and nothing else: it knows no école, no bloc and no criterion.

mod pieces;

pub(super) use pieces::{TAG, pieces};

use super::grid::{Cell, Grid, Mark, Part, Piece, Prose, Row, Style};
use super::items;
use super::pattern::pattern;
use super::{Progress, Step};

pattern!(RULE, r"^[\s|:]*-{2,}[\s|:\-]*$");
pattern!(FOOTNOTE, r"^\s*(?:<sup>\s*\d+\s*</sup>|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*");
pattern!(HEADING, r"^(#{1,6})\s+(.*?)\s*#*$");
pattern!(ITEM, r"^([ \t]*)(?:([-–•➤▪·][ \t]*|[*o][ \t]+)|(\d{1,2})[ \t]?[-–)][ \t]*)(.*)$");

/// Rows, cells and prose of a text.
///
/// Never fails: what makes no sense as a table is prose. `watch` is told of the bytes that were read.
#[must_use]
pub fn grid(text: &str, watch: &mut dyn FnMut(Progress)) -> Grid {
    let mut parts = Vec::new();
    let mut after_cut = true;
    let mut done = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        done += line.len();
        watch(Progress { step: Step::Text, done, total: text.len() });
        let line = line.trim_end_matches(['\n', '\r']);
        let number = index + 1;
        if line.trim().is_empty() {
            after_cut = true;
        } else if is_rule(line) {
            // It says nothing.
        } else if let Some(cells) = cells(line) {
            let cells = cells.into_iter().map(cell).collect();
            parts.push(Part::Row(Row { line: number, after_cut, cells }));
            after_cut = false;
        } else {
            parts.extend(prose(number, line).map(Part::Prose));
            after_cut = true;
        }
    }
    Grid { parts }
}

/// Whether a line only draws the rule under a table's heading.
pub(super) fn is_rule(line: &str) -> bool {
    RULE.is_match(line)
}

/// The raw cells of a line, if it is a row: separated by tabs, or by pipes that aren't escaped.
pub(super) fn cells(line: &str) -> Option<Vec<&str>> {
    if line.contains('\t') {
        return (!line.trim().is_empty()).then(|| line.split('\t').collect());
    }
    let inner = line.trim().strip_prefix('|')?;
    let mut cells = Vec::new();
    let mut from = 0;
    for (at, _) in inner.match_indices('|') {
        if !inner[..at].ends_with('\\') {
            cells.push(&inner[from..at]);
            from = at + 1;
        }
    }
    if !inner[from..].is_empty() {
        cells.push(&inner[from..]);
    }
    (cells.len() > 1).then_some(cells)
}

/// A line outside of tables.
fn prose(line: usize, text: &str) -> Option<Prose> {
    let (heading, text) = match HEADING.captures(text.trim()) {
        Some(found) => (u8::try_from(found[1].len()).ok(), found[2].to_owned()),
        None => (None, text.to_owned()),
    };
    let footnote = FOOTNOTE.is_match(&text);
    let text = FOOTNOTE.replace(&text, "").into_owned();
    let (mark, depth, rest) = match ITEM.captures(&text) {
        Some(found) if wrapped(&text, "*").is_none() => {
            let mark = found.get(3).and_then(|n| n.as_str().parse().ok()).map_or(Mark::Bullet, Mark::Number);
            (mark, 1 + found[1].len(), found[4].to_owned())
        }
        _ => (Mark::None, 0, text),
    };
    let style = if wrapped(&rest, "**").is_some() {
        Style::Bold
    } else if wrapped(&rest, "*").is_some() {
        Style::Italic
    } else {
        Style::Plain
    };
    let words: Vec<String> = pieces(&rest).into_iter().map(|p| p.text).collect();
    let text = words.join(" ");
    (!text.is_empty()).then_some(Prose { line, heading, footnote, piece: Piece { text, mark, depth, style } })
}

/// What stands between a mark of emphasis at the start of a line and the same mark at its end.
fn wrapped<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let inner = text.trim().strip_prefix(mark)?.strip_suffix(mark)?;
    (!inner.is_empty() && !inner.contains(mark) && !inner.starts_with(' ')).then_some(inner)
}

/// The pieces of a raw cell, list items told apart.
fn cell(raw: &str) -> Cell {
    Cell { pieces: items::mark_lone_bullets(pieces(raw).into_iter().flat_map(items::split).collect()) }
}
