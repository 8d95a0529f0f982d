//! The thesaurus of the field: what people type for what the documents say.
//!
//! `data/thesaurus.txt` is meant to be extended by people who know the field and not the code. A line holds equivalents
//! (`a = b = c`) or a one-way bridge (`a > b = c`: who types `a` also finds `b` and `c`). Lines stand alone and are never
//! chained. Every defect is reported, with its line. This module reads; `vocabulary` and `understand` use.

use crate::analysis::{Token, tokens};
use std::{collections::HashSet, fmt};

/// The thesaurus that ships with the crate.
pub(crate) const EMBEDDED: &str = include_str!("../data/thesaurus.txt");

/// Most words that a term may have.
const LONGEST_TERM: usize = 6;

/// A term: its writing, and its words without the function words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub text: String,
    pub words: Vec<Word>,
}

/// A significant word of a term, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub folded: String,
    /// As the thesaurus writes it, with its accents.
    pub written: String,
}

/// A bridge: who types `from` also finds each of `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bridge {
    pub from: Term,
    pub to: Vec<Term>,
    /// Whether the terms are equivalents, so that `to` stands for `from` almost as well as itself.
    pub equivalent: bool,
}

/// A line that can't be used, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Defect {
    pub line: usize,
    pub reason: String,
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// Reads a thesaurus.
///
/// # Errors
/// Every defect of the text, in order.
pub(crate) fn parse(text: &str) -> Result<Vec<Bridge>, Vec<Defect>> {
    let mut bridges = Vec::new();
    let mut defects = Vec::new();
    let mut seen = HashSet::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let read = if line.starts_with('[') { section(line) } else { group(line, &mut bridges) };
        let read = read.and_then(|()| {
            let new = seen.insert(line.to_owned());
            if new { Ok(()) } else { Err(format!("`{line}` is already there")) }
        });
        if let Err(reason) = read {
            defects.push(Defect { line: at + 1, reason });
        }
    }
    if defects.is_empty() { Ok(bridges) } else { Err(defects) }
}

fn section(line: &str) -> Result<(), String> {
    match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(name) if !name.trim().is_empty() => Ok(()),
        _ => Err(format!("`{line}` is not a section (expected `[name]`)")),
    }
}

fn group(line: &str, bridges: &mut Vec<Bridge>) -> Result<(), String> {
    let (left, right) = match line.split_once('>') {
        Some((left, right)) => (Some(term(left)?), right),
        None => (None, line),
    };
    if right.contains('>') {
        return Err("more than one `>`".to_owned());
    }
    let right = right.split('=').map(term).collect::<Result<Vec<_>, _>>()?;
    match left {
        Some(from) => bridges.push(Bridge { from, to: right, equivalent: false }),
        None if right.len() < 2 => return Err("a term alone bridges nothing (expected `a = b` or `a > b`)".to_owned()),
        None => bridges.extend((0..right.len()).map(|i| {
            let to = right.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, term)| term.clone()).collect();
            Bridge { from: right[i].clone(), to, equivalent: true }
        })),
    }
    Ok(())
}

fn term(text: &str) -> Result<Term, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("an empty term".to_owned());
    }
    let all: Vec<Token> = tokens(text).into_iter().filter(|token| !token.joined).collect();
    // "qui fait quoi" has nothing but function words: then they are what it is found by.
    let bare = all.iter().all(Token::is_function);
    let kept = all.into_iter().filter(|token| bare || !token.is_function());
    let words: Vec<Word> =
        kept.map(|token| Word { written: text[token.start..token.end].to_owned(), folded: token.text }).collect();
    if words.is_empty() {
        return Err(format!("`{text}` has no word"));
    }
    if words.len() > LONGEST_TERM {
        return Err(format!("`{text}` has more than {LONGEST_TERM} significant words"));
    }
    Ok(Term { text: text.to_owned(), words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> = match parse(text) {
            Ok(bridges) => bridges
                .iter()
                .map(|b| {
                    let to: Vec<&str> = b.to.iter().map(|t| t.text.as_str()).collect();
                    format!("{} -> {}", b.from.text, to.join(", "))
                })
                .collect(),
            Err(defects) => defects.iter().map(ToString::to_string).collect(),
        };
        assert_eq!(found, expect);
    }

    #[test]
    fn equivalents_go_every_way_and_bridges_one() {
        check("[a]\n# note\na1 = b1 = c1", &["a1 -> b1, c1", "b1 -> a1, c1", "c1 -> a1, b1"]);
        check("moa > maîtrise d'ouvrage = maître d'ouvrage", &["moa -> maîtrise d'ouvrage, maître d'ouvrage"]);
    }

    #[test]
    fn every_defect_is_reported_with_its_line() {
        check(
            "rgpd = gdpr\n\nseul\n[x\na > b > c\n!! = d\nx = \nrgpd = gdpr",
            &[
                "line 3: a term alone bridges nothing (expected `a = b` or `a > b`)",
                "line 4: `[x` is not a section (expected `[name]`)",
                "line 5: more than one `>`",
                "line 6: `!!` has no word",
                "line 7: an empty term",
                "line 8: `rgpd = gdpr` is already there",
            ],
        );
    }

    #[test]
    fn the_embedded_thesaurus_has_no_defect() {
        let defects = parse(EMBEDDED).err().unwrap_or_default();
        assert!(defects.is_empty(), "{}", defects.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}
