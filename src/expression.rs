//! Expressions found in a query: keys of the thesaurus, cues of an intention, names of a référentiel.
//!
//! An expression is a sequence of word families. It is found where its words follow each other in the query, whatever
//! function words stand between ("droits d'accès", "droit accès").

use crate::{analysis::Token, vocabulary::FamilyId};
use std::{collections::HashMap, ops::Range};

/// A word of a query, with its family if any document or list knows it.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub token: Token,
    pub family: Option<FamilyId>,
    pub is_function: bool,
}

/// An expression, and what it stands for.
#[derive(Debug)]
struct Entry<T> {
    words: Box<[FamilyId]>,
    meaning: T,
}

/// Expressions by their first word.
#[derive(Debug)]
pub(crate) struct Expressions<T> {
    by_first: HashMap<FamilyId, Vec<Entry<T>>>,
}

impl<T> Default for Expressions<T> {
    fn default() -> Self {
        Self { by_first: HashMap::new() }
    }
}

impl<T> Expressions<T> {
    /// Adds an expression of at least one word.
    pub(crate) fn add(&mut self, words: &[FamilyId], meaning: T) {
        if let Some(first) = words.first() {
            self.by_first.entry(*first).or_default().push(Entry { words: words.into(), meaning });
        }
    }

    /// The expressions that begin at a word, each with the words of the query that it covers.
    pub(crate) fn at<'a>(&'a self, query: &'a [Typed], start: usize) -> impl Iterator<Item = (Range<usize>, &'a T)> {
        let keys = query[start].family.and_then(|family| self.by_first.get(&family));
        keys.into_iter().flatten().filter_map(move |entry| Some((span(query, start, &entry.words)?, &entry.meaning)))
    }
}

/// The words of the query, from `start`, that these families cover.
pub(crate) fn span(query: &[Typed], start: usize, words: &[FamilyId]) -> Option<Range<usize>> {
    let mut at = start;
    for (rank, word) in words.iter().enumerate() {
        while rank > 0 && query.get(at).is_some_and(|typed| typed.is_function && typed.family != Some(*word)) {
            at += 1;
        }
        if query.get(at)?.family != Some(*word) {
            return None;
        }
        at += 1;
    }
    Some(start..at)
}
