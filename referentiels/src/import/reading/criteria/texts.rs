//! Where does one criterion end and the next begin?
//!
//! A criterion is a sentence, or a lead-in with its own items, which are joined to it by " ; ".

use super::Context;
use crate::import::grid::{Cell, Piece};
use crate::import::reading::marks;
use crate::import::reading::wording::{add_item, is_lead_in, says_something, sentences, trim_item};

/// A criterion before it is tied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CriterionText {
    /// The code printed before it.
    pub(super) code: Option<String>,
    pub(super) text: String,
    /// Which piece of its cell it comes from.
    pub(super) piece: usize,
}

/// The criteria of a cell.
pub(super) fn of(cell: &Cell, context: &Context<'_>) -> Vec<CriterionText> {
    let mut splitting = Splitting::default();
    for (index, piece) in cell.pieces.iter().enumerate() {
        for (code, part) in coded_parts(&piece.text, context.code_letters) {
            let mut code = code;
            for (place, sentence) in sentences(part, context.starters).iter().enumerate() {
                splitting.sentence(sentence, place == 0, code.take(), piece, index);
            }
        }
    }
    splitting.found
}

/// The criteria found so far in a cell, and what may still be added to the last of them.
#[derive(Default)]
struct Splitting {
    found: Vec<CriterionText>,
    /// Whether the last criterion announces what follows.
    announces: bool,
    /// Whether the last criterion is a line that items may follow as its own.
    heads_items: bool,
}

impl Splitting {
    fn sentence(&mut self, sentence: &str, first: bool, code: Option<String>, piece: &Piece, index: usize) {
        let announces = is_lead_in(sentence);
        let text = trim_item(sentence.trim_end_matches(" -"));
        if !says_something(text) {
            return;
        }
        let belongs = first && code.is_none() && (self.announces || (self.heads_items && piece.is_item()));
        let head = self.found.last_mut().filter(|_| belongs);
        let attached = head.is_some();
        if let Some(last) = head {
            add_item(&mut last.text, text);
        } else {
            self.found.push(CriterionText { code, text: text.to_owned(), piece: index });
        }
        self.announces = announces && (!piece.is_item() || attached);
        self.heads_items = !piece.is_item() || (self.heads_items && attached);
    }
}

/// Splits a piece at the criteria codes printed in it.
fn coded_parts<'a>(text: &'a str, letters: Option<&str>) -> Vec<(Option<String>, &'a str)> {
    let Some(letters) = letters else { return vec![(None, text)] };
    let is_code = |code: &str, at: usize| {
        let stem = code.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
        // At the very start, a misprint may lack letters.
        stem == letters || (at == 0 && letters.starts_with(stem))
    };
    let marks: Vec<(String, usize, usize)> =
        marks::criteria(text).into_iter().filter(|(code, at, _)| is_code(code, *at)).collect();
    let mut parts = Vec::new();
    let head = &text[..marks.first().map_or(text.len(), |(_, at, _)| *at)];
    if !head.trim().is_empty() {
        parts.push((None, head.trim()));
    }
    for (index, (code, _, from)) in marks.iter().enumerate() {
        let to = marks.get(index + 1).map_or(text.len(), |(_, at, _)| *at);
        let number = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
        parts.push((Some(format!("{letters}{}", number.replace('-', "."))), text[*from..to].trim()));
    }
    parts
}

/// The letters that most criteria codes of a document begin with, where it prints such codes.
pub(in crate::import::reading) fn code_letters<'a>(pieces: impl Iterator<Item = &'a str>) -> Option<String> {
    const FEW: usize = 3;
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for (code, ..) in pieces.filter_map(|piece| marks::criteria(piece).into_iter().next().filter(|(_, at, _)| *at == 0))
    {
        let letters = code.trim_end_matches(|c: char| !c.is_ascii_uppercase());
        *counts.entry(letters.to_owned()).or_insert(0) += 1;
    }
    counts.into_iter().filter(|(_, n)| *n >= FEW).max_by_key(|(_, n)| *n).map(|(letters, _)| letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(Option<&str>, &str)]) {
        let parts = coded_parts(text, Some("CE"));
        let parts: Vec<(Option<&str>, &str)> = parts.iter().map(|(code, part)| (code.as_deref(), *part)).collect();
        assert_eq!(parts, expect, "{text}");
    }

    #[test]
    fn printed_codes_split_a_piece() {
        check(
            "CE1.1 Le sol est sec CE1-2 Il est plat",
            &[(Some("CE1.1"), "Le sol est sec"), (Some("CE1.2"), "Il est plat")],
        );
        check("Enfin CE2 Le sol", &[(None, "Enfin"), (Some("CE2"), "Le sol")]);
    }

    #[test]
    fn a_misprint_is_mended_only_where_a_code_must_stand() {
        check("C14.2 Le sol est sec", &[(Some("CE14.2"), "Le sol est sec")]);
        check("Le sol de C14.2 Les autres", &[(None, "Le sol de C14.2 Les autres")]);
    }
}
