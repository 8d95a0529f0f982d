//! From what was typed to what is looked for.
//!
//! A query is read in this order: phrases in quotes; codes; the name of a référentiel; the intention; the expressions of
//! the thesaurus; then each significant word becomes a *concept*, with everything that may stand for it in a text: its own
//! forms, its family, its synonyms, the word that it is a typo of. What stands for it counts less the further it is.

mod bridges;
mod concepts;
mod typed;

use crate::{
    Lexicon,
    analysis::{Token, fold, is_naming},
    answer::{Kind, Understood},
    code::{Lead, TypedCode},
    corpus::Corpus,
    intent::{self, Intent},
    scope::Named,
    structure,
    vocabulary::{FamilyId, FormId},
};
use std::collections::HashMap;

/// Concepts that a query may have; a longer one is read from its beginning.
pub(crate) const MOST_CONCEPTS: usize = 16;

/// A significant word of the query.
#[derive(Debug, Clone)]
pub(crate) struct Concept {
    /// Its rank among the words of the query.
    pub word: usize,
    /// How telling it is.
    pub mass: f32,
    /// Whether it only names a sort of thing, and isn't missed where it lacks.
    pub is_naming: bool,
    /// Whether the documents or the thesaurus have it as it was typed.
    pub is_known: bool,
}

/// What a form of the corpus means to the query.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Effect {
    /// It stands for a concept.
    Word { concept: u8, worth: f32, evidence: f32 },
    /// It is a word of an expression that does.
    Part { phrase: u8, slot: u8 },
}

/// An expression of several words that stands for concepts.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// How many words it has.
    pub slots: u8,
    /// The concepts, one bit each.
    pub concepts: u16,
    pub worth: f32,
    pub evidence: f32,
}

/// What is looked for.
#[derive(Debug, Default)]
pub(crate) struct Wish {
    pub concepts: Vec<Concept>,
    pub effects: HashMap<FormId, Vec<Effect>>,
    pub phrases: Vec<Phrase>,
    /// Families for the candidate stage, with what each is worth.
    pub wanted: Vec<(FamilyId, f32)>,
    /// Phrases in quotes, as [`spaced`] writes them.
    pub quoted: Vec<String>,
    pub codes: Vec<TypedCode>,
    pub named: Option<Named>,
    pub intent: Intent,
    /// The kind that all things of are asked for, when nothing else is.
    pub listed: Option<Kind>,
    pub understood: Understood,
}

/// Whether words that the corpus knows may be typos too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Only words that nothing knows are corrected.
    UnknownWords,
    /// Any word may be: nothing was found otherwise.
    EveryWord,
}

/// Reads a query.
pub(crate) fn understand(text: &str, corpus: &Corpus, lexicon: &Lexicon, doubt: Doubt) -> Wish {
    let text = clip(text);
    let mut wish = Wish { quoted: quoted(text), ..Wish::default() };
    let query = typed::words(text, corpus, lexicon);
    let tokens: Vec<Token> = query.iter().map(|typed| typed.token.clone()).collect();
    let mut taken = vec![false; query.len()];
    wish.named = lexicon.names.found(&query);
    let name = wish.named.as_ref().filter(|named| named.only_a_name).map(|named| named.words.clone());
    wish.codes = corpus.codes.typed(text, &tokens, lead);
    // "RGAA 4.1" is about the RGAA, although an activity has that number.
    let in_name = |word: usize| name.as_ref().is_some_and(|name| name.contains(&word));
    let speaks = |word: usize| !in_name(word) && !query[word].is_function && !is_naming(&query[word].token.text);
    wish.codes.retain(|code| {
        let sure = code.documents.is_empty() || code.documents.iter().any(|(_, strength)| *strength >= 0.45);
        sure || !(0..query.len()).any(|word| !code.tokens.contains(&word) && speaks(word))
    });
    for code in &wish.codes {
        taken[code.tokens.clone()].fill(true);
        wish.understood.codes.push(code.key.0.clone());
    }
    wish.named = wish.named.filter(|named| !taken[named.words.clone()].contains(&true));
    if let Some(named) = wish.named.as_ref().filter(|named| named.only_a_name) {
        taken[named.words.clone()].fill(true);
        wish.understood.scope = Some(corpus.referentiels[named.referentiel as usize].slug.to_string());
    }
    if wish.codes.is_empty() && wish.quoted.is_empty() {
        wish.listed = structure::asked(&query, &taken);
    }
    wish.intent = intent::of(&query, &lexicon.cues);
    // What asks for a meaning ("différence entre") is no part of what is to be explained.
    for word in (0..query.len()).filter(|word| wish.intent.is_cue(Kind::Lexique, *word)) {
        taken[word] = true;
    }
    concepts::Reader { corpus, lexicon, query: &query, taken, doubt, wish }.concepts()
}

/// Nobody types a query of thousands of words; a pasted page is read from its beginning.
fn clip(text: &str) -> &str {
    const LONGEST: usize = 600;
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last().unwrap_or(0);
    if text.len() <= LONGEST { text } else { &text[..end] }
}

/// Each phrase in quotes, as [`spaced`] writes it.
fn quoted(text: &str) -> Vec<String> {
    let plain = text.replace(['“', '”', '«', '»'], "\"");
    let closed = plain.matches('"').count() / 2;
    let inside = plain.split('"').skip(1).step_by(2).take(closed);
    inside.map(spaced).filter(|phrase| phrase.len() > 1).collect()
}

fn lead(word: &str) -> Option<Lead> {
    match word {
        "bloc" | "blocs" | "activite" => Some(Lead::Bloc),
        "competence" | "competences" | "critere" | "criteres" | "comp" => Some(Lead::Competency),
        "la" | "le" | "fiche" | "code" => Some(Lead::Any),
        _ => None,
    }
}

/// The kinds that only a question is about.
pub(crate) fn is_rule(kind: Kind) -> bool {
    matches!(kind, Kind::Amenagement | Kind::Epreuve | Kind::Reussite)
}

/// The folded words of a text, function words included, with a space around each.
pub(crate) fn spaced(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::from(" ");
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        out.push_str(word);
        out.push(' ');
    }
    out
}
