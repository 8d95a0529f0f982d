//! How well a document answers.
//!
//! Each passage of a document is read once a query. For every concept of the query it says how near its nearest word is,
//! and how closely the matched words stand together. A document is then worth the sum of four things, each a share of the
//! query's mass (how telling its words are), so that scores compare from one query to another:
//!
//! - *fields*: for each concept the best of passage weight × nearness, plus a little for its other passages;
//! - *together*: the passage that holds most of the query by itself;
//! - *order*: the passage in which neighbours of the query are neighbours;
//! - *coverage*: the share of the query that the document answers at all, which multiplies the rest.
//!
//! The kind of document, the intention of the question and a référentiel named in passing then favour some of them. A
//! document that answers too small a share is no answer: that is how a query about nothing in the corpus finds nothing.

mod passage;
mod table;

pub(crate) use table::Seen;

use crate::{
    answer::{Field, Kind},
    corpus::Corpus,
    understand::{MOST_CONCEPTS, Wish, is_rule},
};
use passage::Match;
use std::collections::HashMap;
use table::Table;

/// Shares of the three sums in the score.
const FIELDS: f32 = 0.5;
const TOGETHER: f32 = 0.3;
const ORDER: f32 = 0.2;
/// What it adds that the query is the whole name of the document, word for word.
const WHOLE: f32 = 0.2;
/// What the second-best passages of a concept add.
const OTHERS: f32 = 0.12;
/// The share of the query's mass that the best document must answer.
const ENOUGH: f32 = 0.5;
/// The share that any other document must answer, of what the best does.
const TAIL: f32 = 0.42;
/// Scores below this share of the best are noise.
const NOISE: f32 = 0.25;
/// A document is favoured by this much when the question is surely about its kind.
const INTENT: f32 = 0.7;
/// What a cue of its kind is worth to a document that doesn't have the word.
const CUE: f32 = 0.45;
/// What a clear one is.
const CLEAR: f32 = 0.9;
/// How far a word that nothing knows is missed beside a clear cue.
const MISSED: f32 = 0.1;
/// A référentiel named in passing favours its documents by this factor.
const NAMED: f32 = 1.35;
/// Significant words that a question about the meaning of terms has at most.
const MEANINGS: usize = 5;
/// Added for a code that was typed, times how surely it is the document's.
const CODE: f32 = 10.0;
/// Factor for each further document of a référentiel that answers by the very same passage.
const SAME_PASSAGE: f32 = 0.93;

/// A document that answers, and by which passage best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranked {
    pub document: u32,
    pub score: f32,
    /// The passage to show, if one matched.
    pub passage: Option<u32>,
}

/// One search in progress.
pub(crate) struct Ranking<'a> {
    corpus: &'a Corpus,
    wish: &'a Wish,
    table: Table<'a>,
    matches: Vec<Match>,
    mass: f32,
    /// Mass of the pairs of neighbouring concepts.
    pairs: f32,
}

impl<'a> Ranking<'a> {
    pub(crate) fn new(corpus: &'a Corpus, wish: &'a Wish) -> Self {
        let mass: f32 = wish.concepts.iter().map(|concept| concept.mass).sum();
        let pairs = wish.concepts.windows(2).map(|pair| pair[0].mass.min(pair[1].mass)).sum();
        Self {
            corpus,
            wish,
            table: Table::new(wish),
            matches: vec![Match::default()],
            mass: mass.max(f32::EPSILON),
            pairs,
        }
    }

    /// The documents that answer, best first.
    pub(crate) fn rank(&mut self, candidates: &[u32], seen: &mut Seen) -> Vec<Ranked> {
        seen.begin(self.corpus.passages.len());
        let mut scored: Vec<(Ranked, f32)> = Vec::with_capacity(candidates.len());
        for document in candidates {
            if let Some(found) = self.score(*document, seen) {
                scored.push(found);
            }
        }
        let most = scored.iter().map(|(_, coverage)| *coverage).fold(0.0, f32::max);
        let best = scored.iter().map(|(ranked, _)| ranked.score).fold(0.0, f32::max);
        let found = most >= ENOUGH;
        let mut ranked: Vec<Ranked> = scored
            .into_iter()
            .filter(|(ranked, coverage)| found && *coverage >= most * TAIL && ranked.score >= best * NOISE)
            .map(|(ranked, _)| ranked)
            .collect();
        self.add_codes(&mut ranked);
        sort(&mut ranked);
        self.hold_repeats_back(&mut ranked);
        ranked
    }

    fn score(&mut self, document: u32, seen: &mut Seen) -> Option<(Ranked, f32)> {
        let corpus = self.corpus;
        let concepts = self.wish.concepts.len();
        let mut best = [0.0_f32; MOST_CONCEPTS];
        let mut others = [0.0_f32; MOST_CONCEPTS];
        let mut evidence = [0.0_f32; MOST_CONCEPTS];
        let (mut together, mut order, mut quoted) = (0.0_f32, 0.0_f32, 0_u8);
        let mut whole = 0.0_f32;
        let mut shown: Option<(f32, u32)> = None;
        for part in corpus.parts_of(document) {
            let passage = &corpus.passages[part.passage as usize];
            let at = *seen.slot(part.passage, || self.read(passage));
            if at == 0 {
                continue;
            }
            let found = &self.matches[at as usize];
            let weight = part.weight * passage.brevity;
            for i in 0..concepts {
                let value = weight * found.nearness[i];
                others[i] += value.min(best[i]);
                best[i] = best[i].max(value);
                evidence[i] = evidence[i].max(found.evidence[i]);
            }
            quoted |= found.quoted;
            if part.weight >= 1.0 {
                whole = whole.max(found.share * found.together * found.together);
            }
            let share = part.weight.sqrt();
            together = together.max(share * found.together);
            order = order.max(share * found.order);
            let show = part.weight.powf(0.35) * (found.together + 0.5 * found.order);
            if shown.is_none_or(|(most, _)| show > most) {
                shown = Some((show, part.passage));
            }
        }
        let kind = corpus.documents[document as usize].kind;
        let clear = is_rule(kind) && self.wish.intent.is_clear(kind);
        if shown.is_none() && !clear {
            return None;
        }
        let (mut sum, mut covered, mut wanted, mut cued) = (0.0, 0.0, 0.0, 0.0);
        for (i, concept) in self.wish.concepts.iter().enumerate() {
            let cue = self.wish.intent.is_cue(kind, concept.word);
            if cue && evidence[i] < CUE {
                evidence[i] = CUE;
                best[i] = best[i].max(CUE * 0.5);
            }
            if clear && self.wish.intent.is_clear_cue(kind, concept.word) {
                evidence[i] = evidence[i].max(CLEAR);
                best[i] = best[i].max(CLEAR);
                cued += concept.mass * CLEAR;
            }
            sum += concept.mass * (best[i] + OTHERS * others[i].min(best[i]));
            if !concept.is_naming || self.wish.concepts.len() == 1 {
                covered += concept.mass * evidence[i];
                // A question surely about rights or exams is often full of words that no document has.
                let missed = match () {
                    () if clear && !concept.is_known => MISSED,
                    () if is_rule(kind) => 1.0 - 0.6 * self.wish.intent.strength(kind),
                    () => 1.0,
                };
                wanted += concept.mass * if evidence[i] > 0.0 { 1.0 } else { missed };
            }
        }
        together = together.max(cued / self.mass);
        let mut coverage = if wanted > 0.0 { covered / wanted } else { 1.0 };
        let asks_meaning = kind == Kind::Lexique && self.wish.intent.strength(kind) > 0.0;
        if asks_meaning && self.wish.concepts.len() <= MEANINGS && self.names(document) {
            // "Différence entre programme et application": each of the two terms answers.
            coverage = 1.0;
            sum = sum.max(self.mass);
        }
        let sums = FIELDS * sum / self.mass + TOGETHER * together + ORDER * order + WHOLE * whole;
        let score = sums * (0.35 + 0.65 * coverage * coverage) * self.favour(document);
        let all_quoted = (0..self.wish.quoted.len().min(8)).all(|phrase| quoted & (1 << phrase) != 0);
        all_quoted.then_some((Ranked { document, score, passage: shown.map(|(_, at)| at) }, coverage))
    }

    /// Whether the query has every word of a term.
    fn names(&self, document: u32) -> bool {
        let term = self.corpus.parts_of(document).first().map(|part| &self.corpus.passages[part.passage as usize]);
        term.is_some_and(|term| {
            let words = self.corpus.words_of(term);
            !words.is_empty() && words.iter().all(|word| !self.table.effects(word.form).is_empty())
        })
    }

    /// The factor of the document's kind, of the intention and of a référentiel named in passing.
    fn favour(&self, document: u32) -> f32 {
        let document = &self.corpus.documents[document as usize];
        let strength = self.wish.intent.strength(document.kind);
        let usual = match document.kind {
            Kind::Competence | Kind::Lexique => 1.0,
            Kind::Bloc => 0.85,
            Kind::Amenagement => 0.8,
            Kind::Reussite | Kind::Epreuve => 0.65,
        };
        let named = self.wish.named.as_ref().is_some_and(|named| named.referentiel == document.referentiel);
        usual * (1.0 + INTENT * strength) * if named { NAMED } else { 1.0 }
    }

    fn add_codes(&self, ranked: &mut Vec<Ranked>) {
        if self.wish.codes.is_empty() {
            return;
        }
        let known: HashMap<u32, usize> = ranked.iter().zip(0..).map(|(found, at)| (found.document, at)).collect();
        for (document, strength) in self.wish.codes.iter().flat_map(|code| &code.documents) {
            match known.get(document) {
                Some(at) => ranked[*at].score += CODE * strength,
                None if !self.in_scope(*document) => {}
                None => ranked.push(Ranked { document: *document, score: CODE * strength, passage: None }),
            }
        }
        ranked.sort_by(|a, b| a.document.cmp(&b.document).then(b.score.total_cmp(&a.score)));
        ranked.dedup_by_key(|found| found.document);
    }

    fn in_scope(&self, document: u32) -> bool {
        let named = self.wish.named.as_ref().filter(|named| named.only_a_name);
        named.is_none_or(|named| self.corpus.documents[document as usize].referentiel == named.referentiel)
    }

    /// Keeps the documents of one référentiel that answer by one and the same passage from filling the page.
    fn hold_repeats_back(&self, ranked: &mut [Ranked]) {
        let mut repeats: HashMap<u32, i32> = HashMap::new();
        for found in ranked.iter_mut() {
            let Some(passage) = found.passage else { continue };
            if self.corpus.passages[passage as usize].field == Field::Statement {
                continue;
            }
            let times = repeats.entry(passage).or_default();
            found.score *= SAME_PASSAGE.powi(*times);
            *times += 1;
        }
        sort(ranked);
    }
}

fn sort(ranked: &mut [Ranked]) {
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
}
