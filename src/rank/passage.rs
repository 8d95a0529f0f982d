//! What a passage is to a query: which concepts its words stand for, how near, and how closely together.

use super::Ranking;
use crate::{
    analysis::is_function,
    answer::Field,
    corpus::{Passage, number},
    understand::{Effect, MOST_CONCEPTS, spaced},
};
use std::ops::Range;

/// Factor for words of a statement past its beginning: what a competency is about comes first, then how and why.
const CIRCUMSTANCE: f32 = 0.95;
/// Words, function words included, that the beginning of a statement has.
const BEGINNING: u16 = 12;
/// What a passage is to the query.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Match {
    pub(super) nearness: [f32; MOST_CONCEPTS],
    pub(super) evidence: [f32; MOST_CONCEPTS],
    pub(super) together: f32,
    pub(super) order: f32,
    /// Share of its words that stand for something of the query.
    pub(super) share: f32,
    /// Phrases in quotes that it has word for word, one bit each.
    pub(super) quoted: u8,
}

/// An occurrence that stands for a concept.
#[derive(Debug, Clone, Copy)]
struct Event {
    position: u16,
    concept: u8,
    worth: f32,
}

impl Ranking<'_> {
    /// Reads a passage, and says where its match is kept; 0 if it has none.
    pub(super) fn read(&mut self, passage: &Passage) -> u32 {
        let mut events: Vec<Event> = Vec::new();
        let mut parts: Vec<(u8, u8, u16)> = Vec::new();
        let mut found = Match::default();
        let mut matched = 0_u16;
        for word in self.corpus.words_of(passage) {
            let effects = self.table.effects(word.form);
            matched += u16::from(effects.iter().any(|effect| matches!(effect, Effect::Word { .. })));
            let late = passage.field == Field::Statement && word.position >= BEGINNING;
            for effect in effects {
                match *effect {
                    Effect::Word { concept, worth, evidence } => {
                        let worth = if late { worth * CIRCUMSTANCE } else { worth };
                        let i = usize::from(concept);
                        found.nearness[i] = found.nearness[i].max(worth);
                        found.evidence[i] = found.evidence[i].max(evidence);
                        events.push(Event { position: word.position, concept, worth });
                    }
                    Effect::Part { phrase, slot } => parts.push((phrase, slot, word.position)),
                }
            }
        }
        self.phrases(&mut parts, &mut found, &mut events);
        if events.is_empty() {
            return 0;
        }
        let concepts = &self.wish.concepts;
        found.together = concepts.iter().zip(&found.nearness).map(|(c, near)| c.mass * near).sum::<f32>() / self.mass;
        found.order = self.order(&mut events);
        found.quoted = self.quotes(passage, &found);
        let words = u16::try_from(passage.words.len()).unwrap_or(u16::MAX).max(1);
        found.share = f32::from(matched) / f32::from(words);
        self.matches.push(found);
        number(self.matches.len() - 1)
    }

    /// Lets the expressions whose words all stand near each other stand for their concepts.
    fn phrases(&self, parts: &mut [(u8, u8, u16)], found: &mut Match, events: &mut Vec<Event>) {
        parts.sort_unstable();
        for group in parts.chunk_by(|a, b| a.0 == b.0) {
            let phrase = &self.wish.phrases[usize::from(group[0].0)];
            let Some(position) = together(group, phrase.slots) else { continue };
            for i in (0..self.wish.concepts.len()).filter(|i| phrase.concepts & (1 << i) != 0) {
                found.nearness[i] = found.nearness[i].max(phrase.worth);
                found.evidence[i] = found.evidence[i].max(phrase.evidence);
                let concept = u8::try_from(i).unwrap_or(u8::MAX);
                events.push(Event { position, concept, worth: phrase.worth });
            }
        }
    }

    /// How far neighbours of the query are neighbours here, as a share of all its pairs.
    fn order(&self, events: &mut [Event]) -> f32 {
        let concepts = &self.wish.concepts;
        if concepts.len() < 2 || self.pairs <= 0.0 {
            return 0.0;
        }
        events.sort_unstable_by_key(|event| event.position);
        let mut last: [Option<Event>; MOST_CONCEPTS] = [None; MOST_CONCEPTS];
        let mut pairs = [0.0_f32; MOST_CONCEPTS];
        for event in events.iter() {
            let i = usize::from(event.concept);
            if let Some(before) = i.checked_sub(1).and_then(|before| last[before]) {
                let value = closeness(event.position - before.position) * event.worth.min(before.worth);
                pairs[i] = pairs[i].max(value);
            }
            if let Some(after) = last.get(i + 1).copied().flatten() {
                let value = 0.75 * closeness(event.position - after.position) * event.worth.min(after.worth);
                pairs[i + 1] = pairs[i + 1].max(value);
            }
            last[i] = Some(*event);
        }
        let sum: f32 = (1..concepts.len()).map(|i| pairs[i] * concepts[i - 1].mass.min(concepts[i].mass)).sum();
        sum / self.pairs
    }

    /// The phrases in quotes that a passage has word for word, one bit each.
    fn quotes(&self, passage: &Passage, found: &Match) -> u8 {
        let known = found.nearness.iter().filter(|near| **near > 0.0).count();
        let mut bits = 0;
        for (bit, phrase) in self.wish.quoted.iter().enumerate().take(8) {
            // Writing a passage out is slow: only one that has as many significant words can have them in this order.
            let significant = phrase.split(' ').filter(|word| !word.is_empty() && !is_function(word)).count();
            if known >= significant.min(self.wish.concepts.len()) && spaced(&passage.text).contains(phrase) {
                bits |= 1 << bit;
            }
        }
        bits
    }

    /// Where the query matches a text of the corpus: byte ranges, in order, apart.
    pub(crate) fn ranges(&self, passage: &Passage) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for word in self.corpus.words_of(passage) {
            let shown = self.table.effects(word.form).iter().any(|effect| match effect {
                Effect::Word { .. } => true,
                Effect::Part { phrase, .. } => self.holds(passage, *phrase),
            });
            let start = word.start as usize;
            if shown && ranges.last().is_none_or(|last| last.end <= start) {
                ranges.push(start..start + usize::from(word.length));
            }
        }
        ranges
    }

    /// Whether a passage has all the words of an expression together.
    fn holds(&self, passage: &Passage, wanted: u8) -> bool {
        let mut parts: Vec<(u8, u8, u16)> = Vec::new();
        for word in self.corpus.words_of(passage) {
            for effect in self.table.effects(word.form) {
                if let Effect::Part { phrase, slot } = effect
                    && *phrase == wanted
                {
                    parts.push((*phrase, *slot, word.position));
                }
            }
        }
        parts.sort_unstable();
        together(&parts, self.wish.phrases[usize::from(wanted)].slots).is_some()
    }
}

/// What neighbours in the query are worth when they stand this far apart in a text.
fn closeness(gap: u16) -> f32 {
    match gap {
        0 | 1 => 1.0,
        2 => 0.92,
        3 => 0.8,
        4 => 0.65,
        5..=7 => 0.45,
        8..=12 => 0.2,
        _ => 0.05,
    }
}

/// Where the words of one expression stand together, if they do: sorted (expression, slot, position).
fn together(parts: &[(u8, u8, u16)], slots: u8) -> Option<u16> {
    let window = 4 * u16::from(slots) + 2;
    let firsts = parts.iter().filter(|part| part.1 == 0);
    firsts.map(|part| part.2).find(|start| {
        (1..slots).all(|slot| parts.iter().any(|part| part.1 == slot && part.2.abs_diff(*start) <= window))
    })
}
