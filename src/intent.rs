//! What a question is about when it isn't about a competency: rights, exams, rules to pass, or the meaning of a term.
//!
//! The expressions are data (`data/intentions.txt`). A strong one settles it; hints count beside others. The intention
//! favours documents of its kind; it never hides the others.

use crate::{
    analysis::tokens,
    answer::Kind,
    expression::{Expressions, Typed},
    thesaurus::Defect,
    vocabulary::Vocabulary,
};

/// The intentions that ship with the crate.
pub(crate) const EMBEDDED: &str = include_str!("../data/intentions.txt");

/// What a hint counts for, where a strong expression counts for 1.
const HINT: f32 = 0.35;

/// The expressions of all intentions.
pub(crate) type Cues = Expressions<(Kind, f32)>;

/// How strongly a query is about documents of each kind, from 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Intent {
    strengths: [f32; Kind::ALL.len()],
    /// Words of the query that are cues, one bit each.
    cues: [u64; Kind::ALL.len()],
}

impl Intent {
    /// How strongly the query is about this kind of document.
    pub(crate) fn strength(&self, kind: Kind) -> f32 {
        self.strengths[kind as usize].min(1.0)
    }

    /// Whether a word of the query is a cue of this kind of document.
    pub(crate) fn is_cue(&self, kind: Kind, word: usize) -> bool {
        word < 64 && self.cues[kind as usize] & (1 << word) != 0
    }
}

/// Reads the expressions, and makes their words known to the vocabulary.
///
/// # Errors
/// Every defect of the text, in order.
pub(crate) fn parse(text: &str, vocabulary: &mut Vocabulary) -> Result<Cues, Vec<Defect>> {
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
        let (expression, strength) = line.strip_prefix('~').map_or((line, 1.0), |hint| (hint, HINT));
        let words: Vec<_> = tokens(expression)
            .into_iter()
            .filter(|token| !token.joined)
            .map(|token| {
                let form = vocabulary.intern(&token.text);
                vocabulary.forms[form as usize].family
            })
            .collect();
        match kind {
            Some(kind) if !words.is_empty() => cues.add(&words, (kind, strength)),
            Some(_) => defects.push(Defect { line: at + 1, reason: format!("`{line}` has no word") }),
            None => defects.push(Defect { line: at + 1, reason: format!("`{line}` is under no section") }),
        }
    }
    if defects.is_empty() { Ok(cues) } else { Err(defects) }
}

/// What the words of a query are about. A word counts once for a kind, by the strongest expression that has it.
pub(crate) fn of(query: &[Typed], cues: &Cues) -> Intent {
    let mut found: Vec<_> = (0..query.len()).flat_map(|start| cues.at(query, start)).collect();
    found.sort_by(|(a, (_, strong)), (b, (_, weak))| weak.total_cmp(strong).then(b.len().cmp(&a.len())));
    let mut intent = Intent::default();
    for (span, (kind, strength)) in found {
        let words = span.filter(|word| *word < 64).fold(0_u64, |bits, word| bits | 1 << word);
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
