//! Text cut into words, with the place of each.
//!
//! A word is a run of letters and digits. An apostrophe cuts an elided article off; typed as a space ("l archivage") the
//! single letter is a function word, so both come out the same. Letters with dots (`I.A.`) are one word. The parts of a
//! hyphenated word are words, and so is the whole without its hyphen, in the place of the first part. After a prefix that
//! is a function word by itself (`sous-traitant`, `non-conformité`) only the whole is one.

use super::{fold::fold_char, words};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Folded writing.
    pub text: String,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Rank among the words of the text; function words count.
    pub position: u32,
    /// Whether it is written in capitals only.
    pub capitals: bool,
    /// Whether it stands for a hyphenated word whose parts are tokens too.
    pub joined: bool,
}

impl Token {
    /// Whether the index and queries drop it. `SI` in capitals is the système d'information, not the conjunction.
    pub(crate) fn is_function(&self) -> bool {
        words::is_function(&self.text) && !(self.capitals && self.text == "si")
    }
}

/// All words of a text, function words included.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let words = raw_words(text);
    let mut out: Vec<Token> = Vec::with_capacity(words.len());
    let mut i = 0;
    let mut position = 0;
    while i < words.len() {
        let dotted = dotted_letters(text, &words[i..]);
        let last = i + dotted.max(1) - 1;
        let mut token = words[i].clone();
        token.position = position;
        if dotted > 1 {
            token.text = words[i..=last].iter().map(|w| w.text.as_str()).collect();
            token.end = words[last].end;
        }
        if let Some(next) = words.get(last + 1).filter(|next| &text[token.end..next.start] == "-")
            && words::is_prefix(&token.text)
            && next.text.len() > 3
        {
            let text = format!("{}{}", token.text, next.text);
            out.push(Token { text, end: next.end, ..token });
            i = last + 2;
            position += 1;
            continue;
        }
        let hyphen = words.get(last + 1).filter(|next| {
            &text[token.end..next.start] == "-" && joins(&token.text) && joins(&next.text) && dotted <= 1
        });
        let whole = hyphen.map(|next| Token {
            text: format!("{}{}", token.text, next.text),
            end: next.end,
            joined: true,
            ..token.clone()
        });
        out.push(token);
        out.extend(whole);
        i = last + 1;
        position += 1;
    }
    out
}

/// Whether a part of a hyphenated word may be written together with the other.
fn joins(part: &str) -> bool {
    part.len() >= 2 && part.bytes().all(|b| b.is_ascii_lowercase()) && !words::is_function(part)
}

/// How many words from the first are single letters separated by single dots, as in `S.I.`; 0 or 1 for none.
fn dotted_letters(text: &str, words: &[Token]) -> usize {
    let mut count = 0;
    for (i, word) in words.iter().enumerate() {
        let single = word.text.len() == 1 && word.text.as_bytes()[0].is_ascii_alphabetic();
        let attached = i == 0 || &text[words[i - 1].end..word.start] == ".";
        if !single || !attached {
            break;
        }
        count += 1;
    }
    count
}

/// Runs of letters and digits, with positions left at zero.
fn raw_words(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 6 + 1);
    let mut current: Option<Token> = None;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || (current.is_some() && unicode_normalization::char::is_combining_mark(c));
        if inside {
            let token = current.get_or_insert_with(|| Token {
                text: String::with_capacity(12),
                start: at,
                end: at,
                position: 0,
                capitals: true,
                joined: false,
            });
            fold_char(c, &mut token.text);
            token.end = at + c.len_utf8();
            token.capitals &= !c.is_lowercase();
        } else {
            let elision = matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´');
            if let Some(token) = current.take()
                && !token.text.is_empty()
                && !(elision && words::is_elided(&token.text))
            {
                out.push(token);
            }
        }
    }
    out.extend(current.filter(|token| !token.text.is_empty()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let found: Vec<String> = tokens(text).into_iter().filter(|t| !t.is_function()).map(|t| t.text).collect();
        assert_eq!(found.join(" "), expect, "{text:?}");
    }

    #[test]
    fn elision_goes_with_either_apostrophe_or_none() {
        check("l'archivage", "archivage");
        check("l’archivage", "archivage");
        check("l archivage", "archivage");
        check("jusqu'à l'examen d'entrée", "examen entree");
        check("qu’est-ce que l'ETL", "etl");
    }

    #[test]
    fn dotted_letters_are_one_word() {
        check("une solution I.A. de S.I.", "solution ia si");
        check("si l'IA", "ia");
    }

    #[test]
    fn hyphenated_words_are_found_whole_and_in_parts() {
        check("cyber-vigilance", "cyber cybervigilance vigilance");
        check("ci/cd", "ci cd");
        check("les sous-traitants hors-ligne", "soustraitants horsligne");
        check("compte-rendu n°4", "compte compterendu rendu 4");
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "L’œuvre à façon";
        for token in tokens(text) {
            assert!(text.is_char_boundary(token.start) && text.is_char_boundary(token.end));
        }
        let last = &tokens(text)[2];
        assert_eq!((&text[last.start..last.end], last.position), ("façon", 2));
    }
}
