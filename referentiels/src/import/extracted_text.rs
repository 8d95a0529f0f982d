//! First stage: text extracted from a PDF, to rows and cells.
//!
//! Such text holds tables as tab-separated (or pipe-separated) lines, with scraps of HTML in the cells, and prose as
//! Markdown. This module undoes the writing and nothing else: it knows no école, no bloc and no criterion.

use super::grid::{Cell, Grid, Mark, Part, Piece, Prose, Row, Style};
use super::items;
use regex::{Captures, Regex};
use std::sync::LazyLock;

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("the pattern is constant"));
    };
}

pattern!(TAG, r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>");
pattern!(RULE, r"^[\s|:]*-{2,}[\s|:\-]*$");
pattern!(LINK, r"\[([^\]]*)\]\([^)]*\)");
pattern!(ESCAPE, r"\\([\\`*_{}\[\]()#+.!|>~-])");
pattern!(EMPHASIS, r"\*\*|__|\*");
pattern!(FOOTNOTE_CALL, r"\s*[¹²³⁴⁵⁶⁷⁸⁹⁰]+(\s*)([.,;)]?)");
pattern!(FOOTNOTE, r"^\s*(?:<sup>\s*\d+\s*</sup>|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*");
pattern!(HEADING, r"^(#{1,6})\s+(.*?)\s*#*$");
pattern!(ITEM, r"^([ \t]*)(?:([-–•➤▪·][ \t]*|[*o][ \t]+)|(\d{1,2})[ \t]?[-–)][ \t]*)(.*)$");

/// Rows, cells and prose of a text.
///
/// Never fails: what makes no sense as a table is prose.
#[must_use]
pub fn grid(text: &str) -> Grid {
    let mut parts = Vec::new();
    let mut after_cut = true;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if line.trim().is_empty() {
            after_cut = true;
        } else if RULE.is_match(line) {
            // The rule under a table's heading says nothing.
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

/// The raw cells of a line, if it is a row: separated by tabs, or by pipes.
fn cells(line: &str) -> Option<Vec<&str>> {
    if line.trim_start_matches(' ').contains('\t') && !line.trim_matches('\t').is_empty() {
        return Some(line.split('\t').collect());
    }
    let inner = line.trim().strip_prefix('|')?;
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.contains('|').then(|| inner.split('|').collect())
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

/// The pieces that tags and line ends set apart.
fn pieces(raw: &str) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    let mut from = 0;
    for found in TAG.captures_iter(raw) {
        let tag = found.get(0).expect("the whole match is always there");
        pieces.text(&raw[from..tag.start()]);
        pieces.tag(&found[1].to_ascii_lowercase(), tag.as_str().starts_with("</"));
        from = tag.end();
    }
    pieces.text(&raw[from..]);
    pieces.close();
    pieces.done
}

/// Builds the pieces of a cell from its tags and text.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    text: String,
    /// Number of characters of the open piece in each style, to know whether all of it is.
    styled: [usize; 3],
    open_styles: [usize; 3],
    lists: usize,
    in_superscript: bool,
}

impl Pieces {
    fn text(&mut self, raw: &str) {
        if self.in_superscript && raw.trim().chars().all(|c| c.is_ascii_digit()) {
            return;
        }
        let raw = ESCAPE.replace_all(raw, "$1");
        let raw = LINK.replace_all(&raw, "$1");
        let raw = FOOTNOTE_CALL.replace_all(
            &raw,
            |m: &Captures<'_>| {
                if m[2].is_empty() { m[1].to_owned() } else { m[2].to_owned() }
            },
        );
        let raw = EMPHASIS.replace_all(&raw, "");
        // A run of spaces is where a line ended before the extraction.
        let mut lines = raw.split("   ");
        if let Some(first) = lines.next() {
            self.run(first);
        }
        for line in lines {
            if !line.trim().is_empty() {
                self.close();
            }
            self.run(line);
        }
    }

    fn run(&mut self, text: &str) {
        self.text.push_str(text);
        let length = text.chars().filter(|c| !c.is_whitespace()).count();
        for (style, open) in self.open_styles.iter().enumerate() {
            if *open > 0 {
                self.styled[style] += length;
            }
        }
    }

    fn tag(&mut self, name: &str, closing: bool) {
        let style = match name {
            "b" | "strong" => Some(0),
            "i" | "em" => Some(1),
            "u" => Some(2),
            _ => None,
        };
        if let Some(style) = style {
            let open = &mut self.open_styles[style];
            *open = if closing { open.saturating_sub(1) } else { *open + 1 };
            return;
        }
        match name {
            "sup" => self.in_superscript = !closing,
            "span" | "a" | "font" => {}
            _ => {
                self.close();
                match (name, closing) {
                    ("ul" | "ol", false) => self.lists += 1,
                    ("ul" | "ol", true) => self.lists = self.lists.saturating_sub(1),
                    // A list that was never closed ends where a paragraph begins.
                    ("p", false) => self.lists = 0,
                    _ => {}
                }
            }
        }
    }

    fn close(&mut self) {
        let text = collapse(&std::mem::take(&mut self.text));
        let length = text.chars().filter(|c| !c.is_whitespace()).count();
        let styled = std::mem::take(&mut self.styled);
        if text.is_empty() {
            return;
        }
        let style = [Style::Bold, Style::Italic, Style::Underlined]
            .into_iter()
            .zip(styled)
            .find(|(_, n)| *n >= length)
            .map_or(Style::Plain, |(style, _)| style);
        self.done.push(Piece { text, mark: Mark::None, depth: self.lists, style });
    }
}

/// White space collapsed and entities undone.
fn collapse(text: &str) -> String {
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Sign that a text stops in the middle of a table, if there is one: its last line is a row with an open tag, or with
/// fewer cells than any other row and nothing that ends a sentence.
#[must_use]
pub fn cut_short(text: &str) -> Option<&'static str> {
    let last = text.lines().rev().find(|line| !line.trim().is_empty())?;
    let tags = |name: &str| {
        let opened =
            TAG.captures_iter(last).filter(|t| t[1].eq_ignore_ascii_case(name) && !t[0].starts_with("</")).count();
        let closed =
            TAG.captures_iter(last).filter(|t| t[1].eq_ignore_ascii_case(name) && t[0].starts_with("</")).count();
        opened > closed
    };
    if ["p", "b", "i", "u", "td", "li"].into_iter().any(tags) {
        return Some("a tag is not closed");
    }
    let open_angle = last.rfind('<').is_some_and(|at| !last[at..].contains('>') && last[at..].len() < 40);
    if open_angle && (last.contains('\t') || last.contains("<p>")) {
        return Some("a tag is not finished");
    }
    let width = |line: &str| cells(line).map(|c| c.len());
    let usual = text.lines().filter(|l| !RULE.is_match(l)).filter_map(width).max()?;
    let short = match width(last) {
        Some(cells) => cells < usual && !RULE.is_match(last),
        None => false,
    };
    let ended = last.trim_end().ends_with(['.', '>', '!', '?', '*']);
    (short && !ended && !text.ends_with('\n')).then_some("the last row has fewer cells than the others")
}
