//! Cutting what follows a command's name into words, quotations and names of parameters.

use crate::{command::ParamSpec, fold::folded};
use std::{borrow::Cow, ops::Range};

/// One piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it is in the line, with its quotes.
    pub(super) range: Range<usize>,
    pub(super) kind: PieceKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// A word.
    Word,
    /// Several words between quotes; without the quotes.
    Quoted(String),
    /// The name of the parameter of this rank, with what joins it to its value.
    Name(usize),
}

impl Piece {
    /// What the piece says by itself.
    pub(super) fn content<'a>(&'a self, line: &'a str) -> Cow<'a, str> {
        match &self.kind {
            PieceKind::Quoted(content) => Cow::Borrowed(content),
            PieceKind::Word | PieceKind::Name(_) => Cow::Borrowed(&line[self.range.clone()]),
        }
    }
}

/// What several pieces say together: one alone without its quotes, several as they stand in the line.
pub(super) fn joined(line: &str, pieces: &[Piece]) -> String {
    match pieces {
        [] => String::new(),
        [one] => one.content(line).into_owned(),
        [first, .., last] => {
            let spread = &line[first.range.start..last.range.end];
            // Pieces on both sides of a named value don't stand together in the line.
            let together = pieces.windows(2).all(|pair| line[pair[0].range.end..pair[1].range.start].trim().is_empty());
            if together {
                spread.to_owned()
            } else {
                let parts: Vec<&str> = pieces.iter().map(|piece| &line[piece.range.clone()]).collect();
                parts.join(" ")
            }
        }
    }
}

/// The pieces of a line, given the parameters whose names may appear in it.
pub(super) fn pieces(line: &str, params: &[ParamSpec]) -> Vec<Piece> {
    let names: Vec<String> = params.iter().map(|param| folded(&param.name)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line[at..].find(|c: char| !c.is_whitespace()).map(|skip| at + skip) {
        let piece = name(line, start, &names).or_else(|| quoted(line, start)).unwrap_or_else(|| word(line, start));
        at = piece.range.end;
        // An opening quote that is never closed says nothing.
        if !matches!(&line[piece.range.clone()], "\"" | "«" | "“") || matches!(piece.kind, PieceKind::Quoted(_)) {
            found.push(piece);
        }
    }
    found
}

fn name(line: &str, start: usize, names: &[String]) -> Option<Piece> {
    let rest = &line[start..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ':' | '='))?;
    let rank = names.iter().position(|name| *name == folded(&rest[..end]))?;
    let joint = rest[end..].find(|c: char| !c.is_whitespace())? + end;
    let after = rest[joint..].strip_prefix([':', '='])?;
    // « texte : rgpd » names a parameter, « texte :-) » doesn't.
    let apart = joint > end;
    if apart && !after.is_empty() && !after.starts_with(char::is_whitespace) {
        return None;
    }
    Some(Piece { range: start..start + joint + 1, kind: PieceKind::Name(rank) })
}

fn quoted(line: &str, start: usize) -> Option<Piece> {
    let mut chars = line[start..].char_indices();
    let (_, open) = chars.next()?;
    let close = match open {
        '"' => '"',
        '«' => '»',
        '“' => '”',
        _ => return None,
    };
    let mut content = String::new();
    while let Some((at, c)) = chars.next() {
        if c == close {
            if open == '«' {
                content = content.trim().to_owned();
            }
            let end = start + at + c.len_utf8();
            return Some(Piece { range: start..end, kind: PieceKind::Quoted(content) });
        }
        content.push(c);
        if open == '"'
            && c == '\\'
            && let Some((_, next @ ('"' | '\\'))) = chars.clone().next()
        {
            chars.next();
            content.pop();
            content.push(next);
        }
    }
    None
}

fn word(line: &str, start: usize) -> Piece {
    let rest = &line[start..];
    let mut chars = rest.chars();
    if let Some(open @ ('"' | '«' | '“')) = chars.next() {
        return Piece { range: start..start + open.len_utf8(), kind: PieceKind::Word };
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    Piece { range: start..start + end, kind: PieceKind::Word }
}
