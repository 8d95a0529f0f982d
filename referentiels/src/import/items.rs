//! How lists are written inside running text: dashes, dots and numbers, often glued by the extraction.

use super::grid::{Mark, Piece};
use super::parentheses::Parentheses;
use crate::import::pattern::pattern;

pattern!(DASH, r"(?:^|\s)[-–•➤▪]\s*");
pattern!(GLUED_DASH, r"[-–]\s?\p{Lu}");
pattern!(CODE_BEFORE, r"(?:^|\s)[A-Z]{1,2}\d{1,2}(?:[A-Z]\d{1,2})*(?:[.\-]\d{1,2})*$");
pattern!(DOT, r"(?:^|\s)\.\s+");
pattern!(NUMBER, r"(?:^|\s)(\d{1,2})\s?[-–)]\s*");

/// Splits a piece that holds several list items on one line; a piece that doesn't comes back as it was.
pub(super) fn split(piece: Piece) -> Vec<Piece> {
    let numbers = numbers(&piece.text);
    let (marks, first) = if let Some((first, _, _)) = numbers.first() {
        (numbers.iter().map(|(_, from, to)| (*from, *to)).collect(), Some(*first))
    } else {
        let dots = dots(&piece.text);
        (if dots.is_empty() { dashes(&piece) } else { dots }, None)
    };
    let Some((start, _)) = marks.first() else {
        // In a list, a line without a mark that begins with a capital is an item too.
        let item = piece.depth > 0 && piece.mark == Mark::None && piece.text.starts_with(char::is_uppercase);
        return vec![Piece { mark: if item { Mark::Bullet } else { piece.mark }, ..piece }];
    };
    let mut found = Vec::new();
    let head = piece.text[..*start].trim();
    if !head.is_empty() {
        let depth = if piece.is_item() { piece.depth } else { 0 };
        found.push(Piece { text: head.to_owned(), depth, ..piece.clone() });
    }
    for (index, (_, from)) in marks.iter().enumerate() {
        let to = marks.get(index + 1).map_or(piece.text.len(), |(to, _)| *to);
        let text = piece.text[*from..to].trim().to_owned();
        let mark = first.map_or(Mark::Bullet, |n| Mark::Number(n + u32::try_from(index).unwrap_or(0)));
        if !text.is_empty() {
            found.push(Piece { text, mark, depth: piece.depth.max(1), style: piece.style });
        }
    }
    found
}

/// A bullet alone on its line marks the piece after it.
pub(super) fn mark_lone_bullets(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut lone = false;
    let mut found = Vec::new();
    for mut piece in pieces {
        if matches!(piece.text.as_str(), "-" | "–" | "•" | "➤" | "▪" | "·" | ".") {
            lone = true;
            continue;
        }
        if std::mem::take(&mut lone) && piece.mark == Mark::None {
            piece.mark = Mark::Bullet;
            piece.depth = piece.depth.max(1);
        }
        found.push(piece);
    }
    found
}

/// Where the dashes of a list begin and end, when the piece is one: it starts with a dash, is an item already, stands
/// in a list, or says "… :" just before the first of them.
fn dashes(piece: &Piece) -> Vec<(usize, usize)> {
    let text = &piece.text;
    let outside = Parentheses::of(text);
    let begins_item = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || "«(\"".contains(c));
    let mut found: Vec<(usize, usize)> = DASH
        .find_iter(text)
        .filter(|m| !outside.within(m.start()) && begins_item(&text[m.end()..]))
        // "A1 - Semer": the dash only sets a code apart from its title.
        .filter(|m| !CODE_BEFORE.is_match(&text[..m.start()]))
        .map(|m| (m.start(), m.end()))
        .collect();
    let Some((first, _)) = found.first().copied() else { return found };
    let starts = text[..first].trim().is_empty();
    let announced = text[..first].trim_end().ends_with(':');
    let in_list = piece.depth > 0 || piece.is_item();
    if !starts && !announced && !in_list {
        return Vec::new();
    }
    if starts || in_list {
        // Extraction glues the next dash to the word before it: `collaborateurs)-Développer`, `situation- Analyser`.
        found.extend(GLUED_DASH.find_iter(text).filter_map(|m| {
            let glued = text[..m.start()].ends_with(|c: char| c.is_lowercase() || c == ')');
            (glued && !outside.within(m.start()))
                .then(|| (m.start(), m.start() + m.as_str().chars().next().map_or(1, char::len_utf8)))
        }));
        found.sort_unstable();
    }
    found
}

/// Where the dots of a list begin and end: the piece starts with a dot set apart.
fn dots(text: &str) -> Vec<(usize, usize)> {
    if text.starts_with(". ") { DOT.find_iter(text).map(|m| (m.start(), m.end())).collect() } else { Vec::new() }
}

/// Number, beginning and end of each mark of `1 - … 2- …`, when they follow one another from the start of the piece, or
/// from 1 after the end of a sentence.
fn numbers(text: &str) -> Vec<(u32, usize, usize)> {
    let mut found: Vec<(u32, usize, usize)> = Vec::new();
    for m in NUMBER.captures_iter(text) {
        let (Some(whole), Ok(number)) = (m.get(0), m[1].parse::<u32>()) else { continue };
        let before_word = text[whole.end()..].starts_with(char::is_alphabetic);
        let follows = match found.last() {
            Some((last, ..)) => last + 1 == number,
            None => whole.start() == 0 || (number == 1 && text[..whole.start()].ends_with(['.', ':', ';'])),
        };
        if before_word && follows {
            found.push((number, whole.start(), whole.end()));
        }
    }
    // One number in the middle of a text is no list.
    let list = found.len() > 1 || found.first().is_some_and(|(_, from, _)| *from == 0);
    if list { found } else { Vec::new() }
}
