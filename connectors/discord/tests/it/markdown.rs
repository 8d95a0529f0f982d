//! A line of Discord's Markdown as its application shows it: marks and escapes are taken away, words stay.
//!
//! The renderer's own tests read with it too.

/// One thing in a line of Discord's Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A character that can't be markup.
    Escaped(char),
    /// A character as it stands.
    Bare(char),
    /// What stands in code.
    Code(String),
    /// What stands between `<` and `>`.
    Angle(String),
    /// A link's label and address.
    Link(Vec<Piece>, String),
}

/// What a line says.
pub(crate) fn read(line: &str) -> String {
    words(&pieces(without_marks(line)))
}

/// What a title says: marks of lines are none there.
pub(crate) fn read_title(title: &str) -> String {
    words(&pieces(title))
}

/// The line without what marks quotes, headings, small print and items.
pub(crate) fn without_marks(line: &str) -> &str {
    let line = line.trim_start();
    ["> ", "### ", "-# ", "- "].iter().find_map(|mark| line.strip_prefix(mark)).map_or(line, without_marks)
}

/// The pieces of a line.
pub(crate) fn pieces(mut line: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    while let Some(c) = line.chars().next() {
        let (piece, length) = piece(c, line);
        found.push(piece);
        line = &line[length..];
    }
    found
}

fn piece(c: char, line: &str) -> (Piece, usize) {
    let rest = &line[c.len_utf8()..];
    match c {
        '\\' => match rest.chars().next().filter(char::is_ascii_punctuation) {
            Some(mark) => (Piece::Escaped(mark), 2),
            None => (Piece::Bare(c), 1),
        },
        '`' => {
            let fence = line.len() - line.trim_start_matches('`').len();
            let code = &line[fence..];
            let end = closing(code, fence).unwrap_or_else(|| panic!("code without end: {line:?}"));
            let words = code[..end].trim_matches(' ');
            (Piece::Code(words.to_owned()), end + 2 * fence)
        }
        '<' => match rest.split_once('>') {
            Some((within, _)) => (Piece::Angle(within.to_owned()), within.len() + 2),
            None => (Piece::Bare(c), 1),
        },
        '[' => {
            let escaped = |at: &usize| line[..*at].chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
            let end = line.match_indices(']').map(|(at, _)| at).find(|at| !escaped(at)).expect("a label ends");
            let address =
                line[end + 1..].strip_prefix("(<").and_then(|rest| rest.split_once(">)")).expect("an address").0;
            (Piece::Link(pieces(&line[1..end]), address.to_owned()), end + address.len() + 5)
        }
        c => (Piece::Bare(c), c.len_utf8()),
    }
}

/// Where a run of exactly `fence` backticks begins.
fn closing(code: &str, fence: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = code[at..].find('`') {
        let from = at + found;
        let run = code[from..].len() - code[from..].trim_start_matches('`').len();
        if run == fence {
            return Some(from);
        }
        at = from + run;
    }
    None
}

/// The words of a line. A mention reads as "personne" and its number.
pub(crate) fn words(pieces: &[Piece]) -> String {
    let mut said = String::new();
    for piece in pieces {
        match piece {
            // Whatever isn't escaped is markup.
            Piece::Bare('*' | '_' | '~' | '|') => {}
            Piece::Escaped(c) | Piece::Bare(c) => said.push(*c),
            Piece::Code(code) => said.push_str(code),
            Piece::Link(label, address) => said.extend([&words(label), " ", address]),
            Piece::Angle(within) => match (within.chars().next(), within.split_once(':')) {
                (Some('@'), _) => said.extend(["personne", &within[1..]]),
                (Some('/'), Some((path, _))) => said.push_str(&path[1..]),
                (Some('t'), Some(_)) => {}
                _ => said.push_str(within),
            },
        }
    }
    said
}
