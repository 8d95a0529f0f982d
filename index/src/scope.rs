//! A référentiel named in words: "veille data engineer", "pour coordinateur infrastructures", "projet ia".
//!
//! The names come from each slug and title; none is written here. A whole name, or the beginning of a title, narrows the
//! search. Where its words are also plain words of the documents ("les risques du projet IA"), it only favours its own.

use crate::{
    analysis::{Token, family},
    corpus::{Called, Corpus},
    expression::Typed,
};
use std::ops::Range;

/// How a query names a référentiel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Index of the référentiel.
    pub referentiel: u32,
    /// The words that name it.
    pub words: Range<usize>,
    /// Whether those words can only be its name here; otherwise they are looked for as well.
    pub only_a_name: bool,
}

/// The ways to name one référentiel: words of its slug, words of its title.
#[derive(Debug)]
struct Name {
    referentiel: u32,
    words: Vec<(String, String)>,
}

/// The names of all référentiels.
#[derive(Debug, Default)]
pub(crate) struct Names {
    names: Vec<Name>,
}

/// Words after which a name is surely one.
const BEFORE_A_NAME: [&str; 14] = [
    "referentiel", "certification", "certif", "titre", "parcours", "cursus", "formation", "pour", "en", "dans", "chez",
    "cote", "niveau", "version",
];

/// Words after which the words of a name are rather plain words.
const BEFORE_A_NOUN: [&str; 19] = [
    "de", "du", "des", "d", "un", "une", "le", "la", "les", "l", "son", "notre", "mon", "ce", "cette", "aux", "au", "nos",
    "a",
];

impl Names {
    pub(crate) fn of(corpus: &Corpus) -> Self {
        let mut names = Vec::new();
        for (called, referentiel) in corpus.referentiels.iter().zip(0..) {
            let title = Corpus::title_words(called);
            let slug: Vec<String> = slug_words(called);
            let mut add = |words: &[String]| {
                let words = words.iter().map(|word| (word.clone(), family(word))).collect();
                names.push(Name { referentiel, words });
            };
            if slug != title {
                add(&slug);
            }
            add(&title);
        }
        Self { names }
    }

    /// The référentiel that a query names, if it names one.
    pub(crate) fn found(&self, query: &[Typed], corpus: &Corpus) -> Option<Named> {
        let mut best: Option<(usize, Named)> = None;
        for start in 0..query.len() {
            for name in &self.names {
                let Some((covered, span)) = name.at(query, start) else { continue };
                let announced = start > 0 && BEFORE_A_NAME.contains(&query[start - 1].token.text.as_str());
                let whole = covered == name.words.len();
                let distinctive = name.is_distinctive(covered, corpus, self);
                if !(whole || distinctive || covered >= 2 || announced && self.is_alone(name, covered)) {
                    continue;
                }
                let ambiguous = !whole && self.shared_start(name, covered);
                if best.as_ref().is_some_and(|(most, _)| *most >= covered) || ambiguous {
                    continue;
                }
                let after_noun = start > 0 && BEFORE_A_NOUN.contains(&query[start - 1].token.text.as_str());
                let ends = span.end == query.len();
                let only_a_name = announced || distinctive || (ends && !after_noun);
                best = Some((covered, Named { referentiel: name.referentiel, words: span, only_a_name }));
            }
        }
        best.map(|(_, named)| named)
    }

    /// Whether another référentiel's name begins with the same words.
    fn shared_start(&self, name: &Name, covered: usize) -> bool {
        self.names.iter().any(|other| {
            other.referentiel != name.referentiel
                && other.words.len() >= covered
                && other.words[..covered].iter().zip(&name.words).all(|(a, b)| a.1 == b.1)
        })
    }

    /// Whether no other référentiel's name has the first words of this one.
    fn is_alone(&self, name: &Name, covered: usize) -> bool {
        !self.shared_start(name, covered)
    }
}

fn slug_words(called: &Called) -> Vec<String> {
    called.slug.split('-').map(str::to_owned).collect()
}

impl Name {
    /// How many of the first words of the name stand at a place of the query, and where they end.
    fn at(&self, query: &[Typed], start: usize) -> Option<(usize, Range<usize>)> {
        let mut covered = 0;
        let mut at = start;
        let mut end = start;
        for word in &self.words {
            while covered > 0 && query.get(at).is_some_and(|typed| typed.is_function && typed.token.text != word.0) {
                at += 1;
            }
            match query.get(at) {
                Some(typed) if is_word(&typed.token, word) => covered += 1,
                _ => break,
            }
            at += 1;
            end = at;
        }
        (covered > 0).then_some((covered, start..end))
    }

    /// Whether one of the words is found in no document but as the name of this référentiel.
    fn is_distinctive(&self, covered: usize, corpus: &Corpus, names: &Names) -> bool {
        let own = &corpus.referentiels[self.referentiel as usize].documents;
        self.words[..covered].iter().any(|(word, root)| {
            let elsewhere = names.names.iter().any(|other| {
                other.referentiel != self.referentiel && other.words.iter().any(|(_, known)| known == root)
            });
            let plain = corpus.vocabulary.family_of(word).is_some_and(|family| {
                let documents = corpus.vocabulary.families[family as usize].documents;
                documents > 3.min(own.end - own.start)
            });
            word.len() >= 3 && !elsewhere && !plain
        })
    }
}

/// Whether a word of the query is a word of a name, one slip in a long word forgiven.
fn is_word(token: &Token, (word, root): &(String, String)) -> bool {
    token.text == *word
        || family(&token.text) == *root
        || (word.len() >= 6 && token.text.len() >= 6 && strsim::osa_distance(&token.text, word) <= 1)
}
