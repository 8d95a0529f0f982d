//! What a question is about when it isn't about a competency: rights, exams, rules to pass, or the meaning of a term.
//!
//! The expressions are data (`data/intentions.txt`). A strong one settles it; hints count beside others; after a *clear* one
//! no unknown word of the query is missed in documents of its kind, and all of them answer. The intention favours documents
//! of its kind; it never hides the others.

use crate::{
    analysis::tokens,
    answer::Kind,
    expression::{Expressions, Typed},
    thesaurus::Defect,
    vocabulary::{FormId, Vocabulary},
};

/// Letters of a word in which a slip may be forgiven.
const LONG: usize = 6;

/// The intentions that ship with the crate.
pub(crate) const EMBEDDED: &str = include_str!("../data/intentions.txt");

/// What a hint counts for, where a strong expression counts for 1.
const HINT: f32 = 0.35;

/// The expressions of all intentions.
pub(crate) type Cues = Expressions<Cue>;

/// What an expression is a cue of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cue {
    kind: Kind,
    strength: f32,
    is_clear: bool,
}

/// How strongly a query is about documents of each kind, from 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Intent {
    strengths: [f32; Kind::ALL.len()],
    /// Words of the query that are cues, one bit each.
    cues: [u64; Kind::ALL.len()],
    /// Those of clear expressions.
    clear: [u64; Kind::ALL.len()],
}

impl Intent {
    /// How strongly the query is about this kind of document.
    pub(crate) fn strength(&self, kind: Kind) -> f32 {
        self.strengths[kind as usize].min(1.0)
    }

    /// Whether a clear expression says that the query is about this kind.
    pub(crate) fn is_clear(&self, kind: Kind) -> bool {
        self.clear[kind as usize] != 0
    }

    /// Whether a word of the query is part of a clear expression of this kind.
    pub(crate) fn is_clear_cue(&self, kind: Kind, word: usize) -> bool {
        word < 64 && self.clear[kind as usize] & (1 << word) != 0
    }

    /// Whether a word of the query is a cue of this kind of document.
    pub(crate) fn is_cue(&self, kind: Kind, word: usize) -> bool {
        word < 64 && self.cues[kind as usize] & (1 << word) != 0
    }
}

/// Reads the expressions, and makes their words known to the vocabulary. Gives the long ones back too.
///
/// # Errors
/// Every defect of the text, in order.
pub(crate) fn parse(text: &str, vocabulary: &mut Vocabulary) -> Result<(Cues, Vec<FormId>), Vec<Defect>> {
    let mut long = Vec::new();
    let mut cues = Cues::default();
    let mut defects = Vec::new();
    let mut kind = None;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
            if kind.is_none() {
                defects.push(Defect { line: at + 1, reason: format!("`{name}` is no kind of document") });
            }
            continue;
        }
        let (expression, strength, is_clear) = match (line.strip_prefix('~'), line.strip_prefix('!')) {
            (Some(hint), _) => (hint, HINT, false),
            (None, Some(clear)) => (clear, 1.0, true),
            (None, None) => (line, 1.0, false),
        };
        let words: Vec<_> = tokens(expression)
            .into_iter()
            .filter(|token| !token.joined)
            .map(|token| {
                let form = vocabulary.intern(&token.text);
                vocabulary.write(form, &expression[token.start..token.end]);
                if token.text.len() >= LONG {
                    long.push(form);
                }
                vocabulary.forms[form as usize].family
            })
            .collect();
        match kind {
            Some(kind) if !words.is_empty() => cues.add(&words, Cue { kind, strength, is_clear }),
            Some(_) => defects.push(Defect { line: at + 1, reason: format!("`{line}` has no word") }),
            None => defects.push(Defect { line: at + 1, reason: format!("`{line}` is under no section") }),
        }
    }
    if defects.is_empty() { Ok((cues, long)) } else { Err(defects) }
}

/// What the words of a query are about. A word counts once for a kind, by the strongest expression that has it.
pub(crate) fn of(query: &[Typed], cues: &Cues) -> Intent {
    let mut found: Vec<_> = (0..query.len()).flat_map(|start| cues.at(query, start)).collect();
    found.sort_by(|(a, strong), (b, weak)| weak.strength.total_cmp(&strong.strength).then(b.len().cmp(&a.len())));
    let mut intent = Intent::default();
    for (span, Cue { kind, strength, is_clear }) in found {
        let words = span.filter(|word| *word < 64).fold(0_u64, |bits, word| bits | 1 << word);
        if *is_clear {
            intent.clear[*kind as usize] |= words;
        }
        let cues = &mut intent.cues[*kind as usize];
        if words & !*cues != 0 {
            intent.strengths[*kind as usize] += strength;
            *cues |= words;
        }
    }
    intent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_intentions_have_no_defect() {
        let defects = parse(EMBEDDED, &mut Vocabulary::default()).err().unwrap_or_default();
        assert!(defects.is_empty(), "{defects:?}");
    }

    #[test]
    fn every_defect_is_reported_with_its_line() {
        let defects = parse("mot\n[chose]\n[epreuve]\n~ !\njury", &mut Vocabulary::default()).err().unwrap_or_default();
        let lines: Vec<usize> = defects.iter().map(|defect| defect.line).collect();
        assert_eq!(lines, [1, 2, 4]);
    }
}
