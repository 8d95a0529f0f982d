//! A line cut into sentences, each short enough to be read by patterns.

use vigie_chat::folded;

/// Longest sentence, in bytes. What is past it is another sentence.
const LONGEST: usize = 600;

/// A sentence, and the same folded for comparison.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// As it is written.
    pub said: String,
    /// Lower case, without accents, with plain spaces and apostrophes.
    pub folded: String,
}

impl Sentence {
    pub(super) fn new(said: &str) -> Self {
        let said = said.trim();
        let folded = folded(said).split_whitespace().collect::<Vec<_>>().join(" ");
        Self { said: said.to_owned(), folded }
    }
}

/// The sentences of a line. A stop after an abbreviation (`nov.`, `min.`) ends none.
pub(super) fn sentences(line: &str) -> impl Iterator<Item = Sentence> + '_ {
    let mut rest = line;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (sentence, after) = rest.split_at(end(rest));
            rest = after;
            if !sentence.trim().is_empty() {
                return Some(Sentence::new(sentence));
            }
        }
        None
    })
}

/// Where the first sentence ends.
fn end(text: &str) -> usize {
    let mut word = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        let closes = match c {
            '.' => word > 4 || next.is_none(),
            '!' | '?' | ';' => true,
            _ => false,
        };
        if closes && next.is_none_or(|next| next.is_whitespace() && starts_upper(&text[after..], c)) {
            return after;
        }
        if after >= LONGEST && (c.is_whitespace() || after >= 2 * LONGEST) {
            return after;
        }
        word = if c.is_alphanumeric() || c == ')' { word + 1 } else { 0 };
    }
    text.len()
}

/// Whether what follows a stop begins as a sentence does; after a semicolon, anything does.
fn starts_upper(rest: &str, stop: char) -> bool {
    stop == ';' || rest.trim_start().chars().next().is_none_or(|c| !c.is_lowercase() && !c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn abbreviations_end_no_sentence() {
        let cut = |text| sentences(text).map(|s| s.said).collect::<Vec<_>>();
        assert_eq!(cut("Oral de 20 min. suivi. Jury : deux."), ["Oral de 20 min. suivi.", "Jury : deux."]);
        assert_eq!(cut("Le 27 nov. 2026 à 18 h ; puis le 30."), ["Le 27 nov. 2026 à 18 h ;", "puis le 30."]);
        assert_eq!(cut(""), Vec::<String>::new());
    }
}
