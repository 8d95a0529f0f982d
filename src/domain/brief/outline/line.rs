//! The shape of one line: heading, item, row, rule, text.

use super::super::{inline, limits::LINES, topic};
use regex::Regex;
use std::sync::LazyLock;
use vigie_chat::clean;

/// A line with its shape.
#[derive(Debug, Clone)]
pub(in super::super) struct Raw {
    /// Columns before it, a tab being four.
    pub indent: usize,
    /// Words without the marks.
    pub text: String,
    pub shape: Shape,
    /// How the words were set apart from others.
    pub style: Style,
}

/// What a line is by its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Shape {
    Blank,
    /// Made of one character, repeated.
    Rule(char),
    /// Under the header of a table.
    Separator,
    /// By number signs, at this level.
    Heading(u8),
    /// Of a list, marked by this; `1` for any number, `a` for any letter.
    Item(char),
    Row(Vec<String>),
    Text,
}

/// What stands before a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) enum Before {
    /// A blank line, or none.
    #[default]
    Nothing,
    /// An item of a list, or what continues one.
    Item,
    Text,
}

/// How a whole line is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Style {
    Ordinary,
    Bold,
    Capitals,
}

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?P<number>\d{1,2}(?:\.\d{1,2})?(?:[.)]|\s*[-–—]))|(?P<roman>[IVX]{1,4}(?:[.)]|\s*[-–—]))|\(?(?P<letter>[A-Ha-h])\))\s+(?P<rest>\S.*)$")
        .expect("the pattern is constant")
});

/// Characters that mark an item when a space follows.
const BULLETS: &str = "-*+•◦▪▫‣⁃·–—§✓✔→»●○■□o";
/// Those of them that mark one even without a space.
const TIGHT: &str = "•◦▪▫‣⁃●○■□✓✔";

/// The lines of a text, up to [`LINES`].
pub(in super::super) fn raws(text: &str) -> Vec<Raw> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut fences = text.split(['\n', '\r']).filter(|line| is_fence(line)).count();
    let mut inside = Fenced::No;
    let mut raws = Vec::new();
    // Word ends lines inside a paragraph by a vertical tab.
    for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']).take(LINES) {
        if is_fence(line) {
            fences = fences.saturating_sub(1);
            // One that nothing closes opens nothing.
            inside = if inside == Fenced::No && fences > 0 { Fenced::Yes } else { Fenced::No };
            continue;
        }
        raws.push(raw(line, inside));
    }
    raws
}

/// Whether a line stands between two fences, where nothing is a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fenced {
    No,
    Yes,
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

fn raw(line: &str, fenced: Fenced) -> Raw {
    let spaced: String = line
        .trim_end()
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
        .map(|c| if c.is_whitespace() && c != '\t' { ' ' } else { c })
        .collect();
    let mut rest = spaced.trim_start();
    let indent = spaced[..spaced.len() - rest.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    while let Some(quoted) = rest.strip_prefix('>') {
        rest = quoted.trim_start();
    }
    let (shape, rest) = if fenced == Fenced::Yes && !rest.is_empty() { (Shape::Text, rest) } else { shape(rest) };
    let style = if is_bold(rest) {
        Style::Bold
    } else if is_capitals(rest) {
        Style::Capitals
    } else {
        Style::Ordinary
    };
    let text = words(rest);
    // Marks around nothing leave nothing.
    let shape = if text.is_empty() && matches!(shape, Shape::Text | Shape::Item(_)) { Shape::Blank } else { shape };
    Raw { indent, text, shape, style }
}

fn words(text: &str) -> String {
    clean(&inline::words(text)).trim().to_owned()
}

fn shape(rest: &str) -> (Shape, &str) {
    if rest.is_empty() {
        return (Shape::Blank, rest);
    }
    if let Some(shape) = drawn(rest) {
        return (shape, "");
    }
    let level = rest.bytes().take_while(|b| *b == b'#').count();
    if let Some(level) = u8::try_from(level).ok().filter(|level| (1..=6).contains(level)) {
        let heading = rest.trim_start_matches('#');
        if heading.starts_with(' ') || (heading.starts_with(char::is_alphabetic) && !heading.contains('#')) {
            return (Shape::Heading(level), heading.trim().trim_end_matches('#').trim_end());
        }
    }
    if rest.starts_with('|') || rest.bytes().filter(|b| *b == b'|').count() >= 2 {
        return (Shape::Row(cells(rest, '|')), "");
    }
    if let Some((glyph, text)) = bullet(rest) {
        return (Shape::Item(glyph), text);
    }
    // Columns that a word processor set with tabs.
    let columns = cells(rest, '\t');
    if columns.len() >= 2
        && columns.iter().filter(|cell| !cell.is_empty()).count() >= 2
        && NUMBERED.captures(rest).is_none()
    {
        return (Shape::Row(columns), "");
    }
    if let Some(found) = NUMBERED.captures(rest)
        && let Some(text) = found.name("rest")
    {
        let glyph = if found.name("letter").is_some() { 'a' } else { '1' };
        return (Shape::Item(glyph), text.as_str());
    }
    (Shape::Text, rest)
}

/// A line that draws: a rule, or what stands under the header of a table.
fn drawn(rest: &str) -> Option<Shape> {
    if rest.contains('|') && rest.contains('-') && rest.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+')) {
        return Some(Shape::Separator);
    }
    let first = rest.chars().next()?;
    let drawn = matches!(first, '-' | '=' | '_' | '*' | '~' | '–' | '—' | '#');
    let repeated = rest.chars().filter(|c| *c != ' ').all(|c| c == first) && rest.chars().nth(2).is_some();
    (drawn && repeated).then_some(Shape::Rule(first))
}

fn bullet(rest: &str) -> Option<(char, &str)> {
    let glyph = rest.chars().next()?;
    let after = &rest[glyph.len_utf8()..];
    // Symbol fonts of word processors give private characters.
    let private = ('\u{e000}'..='\u{f8ff}').contains(&glyph);
    let spaced = after.starts_with([' ', '\t']) && (glyph != 'o' || after.starts_with('\t') || after.starts_with("  "));
    let marks = (BULLETS.contains(glyph) && spaced) || TIGHT.contains(glyph) || private;
    let mut text = marks.then(|| after.trim_start())?;
    for check in ["[ ] ", "[x] ", "[X] ", "☐ ", "☑ "] {
        text = text.strip_prefix(check).unwrap_or(text);
    }
    Some((glyph, text))
}

fn cells(rest: &str, by: char) -> Vec<String> {
    let rest = rest.strip_prefix(by).unwrap_or(rest);
    let rest = rest.strip_suffix(by).unwrap_or(rest);
    rest.split(by).map(words).take(20).collect()
}

fn is_bold(rest: &str) -> bool {
    let rest = rest.trim_end_matches([':', ' ']);
    ["**", "__"].iter().any(|mark| {
        rest.strip_prefix(mark)
            .and_then(|r| r.strip_suffix(mark))
            .is_some_and(|inner| !inner.is_empty() && !inner.contains(mark))
    })
}

fn is_capitals(rest: &str) -> bool {
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    // A list of codes has capitals too, and as many figures.
    let mostly = letters * 5 > rest.chars().filter(|c| !c.is_whitespace()).count() * 3;
    letters >= 4 && mostly && !rest.chars().any(char::is_lowercase)
}

/// The level of the heading that an unmarked line is, if it is one.
///
/// Whatever names a part of a brief stands at the second level; bold words that name none belong to the part above them.
pub(in super::super) fn heading(raw: &Raw, before: Before, next: Option<&Raw>) -> Option<u8> {
    let text = raw.text.as_str();
    let length = text.chars().count();
    if raw.indent > 3
        || length > 100
        || text.ends_with(['.', ';', ','])
        || topic::label(text).is_some_and(|l| !l.value.is_empty())
    {
        return None;
    }
    let known = topic::of(text).is_some();
    let alone = before == Before::Nothing || next.is_none_or(|next| next.shape == Shape::Blank);
    let few_words = text.split_whitespace().count() <= 6;
    match raw.style {
        Style::Bold if known => Some(2),
        Style::Bold => Some(6),
        Style::Capitals if known && (text.ends_with(':') || few_words) => Some(2),
        Style::Capitals if alone && length > 6 && !text.ends_with('!') => Some(2),
        _ if known && text.ends_with(':') && few_words => Some(2),
        _ if known && before == Before::Nothing && few_words && names_only(text) => Some(2),
        _ => None,
    }
}

/// Whether words that stand alone name something, and begin no sentence: a capital, or very few of them.
fn names_only(text: &str) -> bool {
    text.starts_with(char::is_uppercase) || text.split_whitespace().count() <= 3
}

/// The level of the heading that a numbered line is, if it is one and no item of a list.
pub(in super::super) fn numbered_heading(raw: &Raw, before: Before, next: Option<&Raw>) -> Option<u8> {
    let numbered = matches!(raw.shape, Shape::Item('1' | 'a'));
    let listed = next.is_some_and(|next| matches!(next.shape, Shape::Item('1' | 'a')));
    let short = raw.text.split_whitespace().count() <= 8 && !raw.text.ends_with(['.', ';', ',']);
    if !numbered || listed || before != Before::Nothing || !short || raw.indent > 0 {
        return None;
    }
    let known = topic::of(&raw.text).is_some() && topic::label(&raw.text).is_none_or(|label| label.value.is_empty());
    (known || raw.style != Style::Ordinary).then_some(2)
}
