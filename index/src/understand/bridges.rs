//! What the thesaurus adds: other names for the words and expressions of a query.

use super::{
    Effect, Phrase,
    concepts::{EXPRESSION, NAMING, Reader, worth},
};
use crate::{CompiledBridge, answer::Synonyms, expression::Typed, vocabulary::FamilyId};
use std::ops::Range;

/// An expression of the thesaurus found in the query.
pub(super) struct Bridged<'a> {
    pub(super) words: Range<usize>,
    to: &'a CompiledBridge,
}

impl<'a> Reader<'a> {
    /// The expressions of the thesaurus in the query, without those inside a longer one.
    pub(super) fn bridged(&self) -> Vec<Bridged<'a>> {
        let lexicon = self.lexicon;
        let mut found: Vec<Bridged<'a>> = Vec::new();
        if !self.wish.quoted.is_empty() {
            // Who quotes means these words and no others.
            return found;
        }
        for start in (0..self.query.len()).filter(|start| !self.taken[*start]) {
            for (words, to) in lexicon.bridges.at(self.query, start) {
                if !self.taken[words.clone()].contains(&true) {
                    found.push(Bridged { words, to });
                }
            }
        }
        found
    }

    /// Lets the expressions that the thesaurus gives stand for the concepts that they bridge.
    pub(super) fn bridges(&mut self, bridged: &[Bridged<'_>]) {
        let longest = |word: usize| bridged.iter().filter(|b| b.words.contains(&word)).map(|b| b.words.len()).max();
        let spans: Vec<(Range<usize>, &CompiledBridge)> = bridged
            .iter()
            .filter(|b| b.words.clone().any(|word| longest(word) == Some(b.words.len())))
            .map(|b| (b.words.clone(), b.to))
            .collect();
        for (words, to) in spans {
            let concepts: Vec<usize> =
                (0..self.wish.concepts.len()).filter(|c| words.contains(&self.wish.concepts[*c].word)).collect();
            if concepts.is_empty() {
                continue;
            }
            let mask = concepts.iter().fold(0_u16, |mask, concept| mask | 1 << concept);
            let telling = self.bridge(to, mask, 1.0, 1.0);
            // Several words that are one expression tell together what the expression tells.
            for concept in &concepts {
                let known = &mut self.wish.concepts[*concept];
                let naming = if known.is_naming { NAMING } else { 1.0 };
                if known.mass == 0.0 {
                    known.mass = telling * naming;
                }
            }
            if telling > 0.0 {
                let typed =
                    self.query[words].iter().map(|typed| typed.token.text.as_str()).collect::<Vec<_>>().join(" ");
                self.say_also(typed, to);
            }
        }
    }

    /// Says once that a word or expression was also looked for under other names.
    fn say_also(&mut self, typed: String, to: &CompiledBridge) {
        let synonyms = &mut self.wish.understood.synonyms;
        let at = synonyms.iter().position(|known| known.typed == typed).unwrap_or_else(|| {
            synonyms.push(Synonyms { typed, also: Vec::new() });
            synonyms.len() - 1
        });
        let also = &mut synonyms[at].also;
        for term in &to.to {
            if !also.contains(&term.text) {
                also.push(term.text.clone());
            }
        }
    }

    /// Lets what the thesaurus gives for one family stand for a concept, and says how telling that is.
    pub(super) fn bridges_of_word(&mut self, concept: u8, family: FamilyId, worth: f32, evidence: f32) -> f32 {
        let lexicon = self.lexicon;
        let typed = Typed { token: self.query[0].token.clone(), family: Some(family), is_function: false };
        let query = [typed];
        lexicon.bridges.at(&query, 0).map(|(_, to)| self.bridge(to, 1 << concept, worth, evidence)).fold(0.0, f32::max)
    }

    fn bridge(&mut self, to: &CompiledBridge, concepts: u16, worth: f32, evidence: f32) -> f32 {
        let near = if to.equivalent { worth::EQUIVALENT } else { worth::BRIDGE };
        let evidence = evidence * (0.5 + 0.5 * near);
        let mut telling = 0.0_f32;
        for term in &to.to {
            telling = telling.max(match &*term.words {
                [family] => {
                    let word = &*self.corpus.vocabulary.forms[term.first as usize].text;
                    let each: Vec<u8> = (0..16).filter(|concept| concepts & (1 << concept) != 0).collect();
                    debug_assert!(self.corpus.vocabulary.in_corpus(*family));
                    each.iter().map(|c| self.stands_for(*c, word, worth * near, evidence)).fold(0.0, f32::max)
                }
                words => self.phrase(words, concepts, worth * near, evidence),
            });
        }
        telling
    }

    /// Lets an expression of several words stand for concepts.
    pub(super) fn phrase(&mut self, words: &[FamilyId], concepts: u16, worth: f32, evidence: f32) -> f32 {
        let (Ok(phrase), Ok(slots)) = (u8::try_from(self.wish.phrases.len()), u8::try_from(words.len())) else {
            return 0.0;
        };
        let vocabulary = &self.corpus.vocabulary;
        if !words.iter().all(|family| vocabulary.in_corpus(*family)) {
            return 0.0;
        }
        let mut telling = 0.0_f32;
        let mut rarest = words[0];
        for (slot, family) in (0_u8..).zip(words) {
            let members = &vocabulary.families[*family as usize];
            for form in &members.forms {
                self.wish.effects.entry(*form).or_default().push(Effect::Part { phrase, slot });
            }
            if members.documents < vocabulary.families[rarest as usize].documents {
                rarest = *family;
            }
            telling = telling.max(self.corpus.telling(members.documents));
        }
        self.wish.wanted.push((rarest, worth));
        self.wish.phrases.push(Phrase { slots, concepts, worth, evidence });
        telling + EXPRESSION
    }
}
