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
    let names = Names::of(params);
    let mut quotes = Quotes::default();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line[at..].find(|c: char| !c.is_whitespace()).map(|skip| at + skip) {
        let piece = names.at(line, start).or_else(|| quotes.at(line, start)).unwrap_or_else(|| word(line, start));
        at = piece.range.end;
        // An opening quote that is never closed says nothing.
        if !matches!(&line[piece.range.clone()], "\"" | "«" | "“") || matches!(piece.kind, PieceKind::Quoted(_)) {
            found.push(piece);
        }
    }
    found
}

/// The names that may appear in a line.
struct Names {
    folded: Vec<String>,
    /// Most characters in which any of them can be written: a letter may have its accents apart.
    longest: usize,
}

impl Names {
    fn of(params: &[ParamSpec]) -> Self {
        let folded: Vec<String> = params.iter().map(|param| folded(&param.name)).collect();
        let longest = folded.iter().map(|name| name.chars().count()).max().unwrap_or_default() * 3;
        Self { folded, longest }
    }

    fn at(&self, line: &str, start: usize) -> Option<Piece> {
        let rest = &line[start..];
        let ends = |c: char| c.is_whitespace() || matches!(c, ':' | '=');
        // A longer word is no name, and looking for its end again at each piece would cost.
        let (end, _) = rest.char_indices().take(self.longest + 1).find(|(_, c)| ends(*c))?;
        let typed = folded(&rest[..end]);
        let rank = self.folded.iter().position(|name| *name == typed)?;
        let joint = rest[end..].find(|c: char| !c.is_whitespace())? + end;
        let after = rest[joint..].strip_prefix([':', '='])?;
        // « texte : rgpd » names a parameter, « texte :-) » doesn't.
        let apart = joint > end;
        if apart && !after.is_empty() && !after.starts_with(char::is_whitespace) {
            return None;
        }
        Some(Piece { range: start..start + joint + 1, kind: PieceKind::Name(rank) })
    }
}

/// The quotations of a line, read from left to right.
#[derive(Default)]
struct Quotes {
    /// Closing quotes that the rest of the line lacks, so that they aren't looked for again.
    absent: Vec<char>,
}

impl Quotes {
    fn at(&mut self, line: &str, start: usize) -> Option<Piece> {
        let open = line[start..].chars().next()?;
        let close = match open {
            '"' => '"',
            '«' => '»',
            '“' => '”',
            _ => return None,
        };
        if self.absent.contains(&close) {
            return None;
        }
        let piece = quoted(line, start, close);
        if piece.is_none() {
            self.absent.push(close);
        }
        piece
    }
}

/// The quotation that begins at `start`, if it is closed.
fn quoted(line: &str, start: usize, close: char) -> Option<Piece> {
    let mut chars = line[start..].char_indices();
    let (_, open) = chars.next()?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::ParamKind;
    use std::time::{Duration, Instant};

    /// The least time that cutting `word`, written `times` times, takes.
    fn least(word: &str, times: usize) -> Duration {
        let params = [ParamSpec::new("texte", "Le texte", ParamKind::Text)];
        let line = word.repeat(times);
        let runs = (0..5).map(|_| {
            let started = Instant::now();
            let _ = pieces(&line, &params);
            started.elapsed()
        });
        runs.min().unwrap_or_default()
    }

    #[test]
    fn the_cost_grows_with_the_length_and_no_faster() {
        for word in ["«", "« ", "\"\\", "“«", "mot", "mot ", "texte ", "texte:", "é\u{301}«"] {
            // 64 times as long. A cost that grew with the square would be 4,096 times as much; a busy machine is forgiven.
            let (short, long) = (least(word, 500), least(word, 32_000));
            assert!(long < short * 512, "{word:?}: {short:?}, then {long:?}");
        }
    }

    #[test]
    fn an_absent_quote_hides_no_other() {
        let params = [ParamSpec::new("texte", "Le texte", ParamKind::Text)];
        let line = "« a \"b c\" “d e” te\u{301}xte:x texte : y";
        let said: Vec<String> = pieces(line, &params).iter().map(|piece| piece.content(line).into_owned()).collect();
        assert_eq!(said, ["a", "b c", "d e", "te\u{301}xte:", "x", "texte :", "y"]);
    }
}
