//! A référentiel named in words: "veille data engineer", "pour coordinateur infrastructures", "projet ia".
//!
//! The names come from each slug and title; none is written here. A whole name, or the beginning of a title, narrows the
//! search. Where its words are also plain words of the documents ("les risques du projet IA"), it only favours its own.

use crate::{analysis::family, corpus::Corpus, expression::Typed, structure};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// A word of a name that more documents have is a plain word.
const PLAIN: u32 = 3;

/// How a query names a référentiel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Index of the référentiel.
    pub referentiel: u32,
    /// The words that name it.
    pub words: Range<usize>,
    /// Whether those words can only be its name here; otherwise they are looked for as well.
    pub only_a_name: bool,
    /// Whether it is but a word for who is certified ("manager"), at the end: a preference.
    pub is_role: bool,
}

/// A way to name one référentiel: the words of its slug, or of its title.
#[derive(Debug)]
struct Name {
    referentiel: u32,
    /// Roots of its words.
    roots: Vec<String>,
    /// For the first word, the first two…: whether another name begins with the same.
    shared: Vec<bool>,
    /// For the first word, the first two…: whether one of them is found only as part of this name.
    distinctive: Vec<bool>,
}

/// The names of all référentiels.
#[derive(Debug, Default)]
pub(crate) struct Names {
    all: Vec<Name>,
    /// Names by the root of their first word.
    by_first: HashMap<String, Vec<usize>>,
    /// Every word of a name, with its root, for the correction of a slip.
    words: HashMap<String, String>,
}

/// Words after which a name is surely one.
const BEFORE_A_NAME: [&str; 14] = [
    "referentiel",
    "certification",
    "certif",
    "titre",
    "parcours",
    "cursus",
    "formation",
    "pour",
    "en",
    "dans",
    "chez",
    "cote",
    "niveau",
    "version",
];

/// Words after which the words of a name are rather plain words.
const BEFORE_A_NOUN: [&str; 19] = [
    "de", "du", "des", "d", "un", "une", "le", "la", "les", "l", "son", "notre", "mon", "ce", "cette", "aux", "au",
    "nos", "a",
];

/// Endings of words for a person.
const ROLES: [&str; 6] = ["eur", "er", "eurs", "ers", "rice", "iste"];

/// Function words that may stand before a word for a person.
const BEFORE_A_ROLE: [&str; 8] = ["pour", "de", "du", "d", "en", "chez", "dans", "des"];

/// Whether the words before a place are a word for a part of a référentiel and "de" or "du": "les épreuves du …".
fn after_a_part(query: &[Typed], start: usize) -> bool {
    let before = query[..start]
        .iter()
        .rposition(|typed| !["de", "du", "des", "d", "le", "la"].contains(&typed.token.text.as_str()));
    before.is_some_and(|at| at + 1 < start && structure::kind_of(&query[at].token.text).is_some())
}

impl Names {
    pub(crate) fn of(corpus: &Corpus) -> Self {
        let mut found = Self::default();
        for (called, referentiel) in corpus.referentiels.iter().zip(0..) {
            let title = Corpus::title_words(called);
            let slug: Vec<String> = called.slug.split('-').map(str::to_owned).collect();
            if slug != title {
                found.add(referentiel, slug);
            }
            found.add(referentiel, title);
        }
        found.compare(corpus);
        found
    }

    fn add(&mut self, referentiel: u32, words: Vec<String>) {
        let roots: Vec<String> = words.iter().map(|word| family(word)).collect();
        if let Some(first) = roots.first() {
            self.by_first.entry(first.clone()).or_default().push(self.all.len());
        }
        self.words.extend(words.into_iter().zip(roots.iter().cloned()));
        self.all.push(Name { referentiel, roots, shared: Vec::new(), distinctive: Vec::new() });
    }

    /// Finds which beginnings of names belong to one référentiel alone.
    fn compare(&mut self, corpus: &Corpus) {
        let mut beginnings: HashMap<Vec<String>, HashSet<u32>> = HashMap::new();
        let mut users: HashMap<String, HashSet<u32>> = HashMap::new();
        for name in &self.all {
            for end in 1..=name.roots.len() {
                beginnings.entry(name.roots[..end].to_vec()).or_default().insert(name.referentiel);
            }
            for root in &name.roots {
                users.entry(root.clone()).or_default().insert(name.referentiel);
            }
        }
        for name in &mut self.all {
            let telling = |root: &String| {
                let plain = corpus.vocabulary.documents_of(root) > PLAIN;
                root.len() >= 3 && users[root].len() == 1 && !plain
            };
            let ends = 1..=name.roots.len();
            name.shared = ends.clone().map(|end| beginnings[&name.roots[..end]].len() > 1).collect();
            name.distinctive = ends.map(|end| name.roots[..end].iter().any(telling)).collect();
        }
    }

    /// The référentiel that a query names, if it names one.
    pub(crate) fn found(&self, query: &[Typed]) -> Option<Named> {
        let roots: Vec<String> = query.iter().map(|typed| self.root(typed)).collect();
        let mut best: Option<(usize, Named)> = None;
        for start in 0..query.len() {
            for name in self.by_first.get(&roots[start]).into_iter().flatten().map(|at| &self.all[*at]) {
                let (covered, span) = name.at(query, &roots, start);
                let before = start.checked_sub(1).map(|before| query[before].token.text.as_str());
                let announced = before.is_some_and(|word| BEFORE_A_NAME.contains(&word)) || after_a_part(query, start);
                let whole = covered == name.roots.len();
                let distinctive = name.distinctive[covered - 1];
                let alone = !name.shared[covered - 1];
                let named = whole || (alone && (distinctive || covered >= 2 || announced));
                if !named || best.as_ref().is_some_and(|(most, _)| *most >= covered) {
                    continue;
                }
                let after_noun = before.is_some_and(|word| BEFORE_A_NOUN.contains(&word));
                let ends = span.end == query.len();
                let only_a_name = announced || distinctive || (ends && !after_noun);
                best =
                    Some((covered, Named { referentiel: name.referentiel, words: span, only_a_name, is_role: false }));
            }
        }
        best.map(|(_, named)| named).or_else(|| self.role(query, &roots))
    }

    /// A title's word for a person, at the end of a query that has others: "rgpd manager", "la veille du coordinateur".
    fn role(&self, query: &[Typed], roots: &[String]) -> Option<Named> {
        let last = query.len().checked_sub(1).filter(|last| *last > 0)?;
        let text = query[last].token.text.as_str();
        if !ROLES.iter().any(|ending| text.ends_with(ending)) || text.len() < 6 {
            return None;
        }
        let before = query[last - 1].token.text.as_str();
        if query[last - 1].is_function && !BEFORE_A_ROLE.contains(&before) {
            return None;
        }
        let mut named = self.all.iter().filter(|name| name.roots.contains(&roots[last])).map(|name| name.referentiel);
        let referentiel = named.next()?;
        let alone = named.all(|other| other == referentiel);
        let words = last..query.len();
        alone.then_some(Named { referentiel, words, only_a_name: false, is_role: true })
    }

    /// The root of a typed word, one slip in a long word of a name forgiven.
    fn root(&self, typed: &Typed) -> String {
        let text = typed.token.text.as_str();
        if let Some(root) = self.words.get(text) {
            return root.clone();
        }
        let slip = |word: &&String| {
            word.len() >= 6
                && word.len().abs_diff(text.len()) <= 1
                && word.as_bytes()[0] == text.as_bytes()[0]
                && strsim::osa_distance(word, text) <= 1
        };
        let unknown = typed.family.is_none() && text.len() >= 6;
        let meant = self.words.keys().filter(|_| unknown).filter(slip).min();
        meant.map_or_else(|| family(text), |word| self.words[word].clone())
    }
}

impl Name {
    /// How many of the first words of the name stand at a place of the query, and which words of the query they are.
    fn at(&self, query: &[Typed], roots: &[String], start: usize) -> (usize, Range<usize>) {
        let (mut covered, mut end, mut at) = (0, start, start);
        for root in &self.roots {
            while covered > 0 && query.get(at).is_some_and(|typed| typed.is_function && roots[at] != *root) {
                at += 1;
            }
            if roots.get(at) != Some(root) {
                break;
            }
            covered += 1;
            at += 1;
            end = at;
        }
        (covered, start..end)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Index, Query};

    #[track_caller]
    fn check(typed: &str, scope: Option<&str>) {
        let index = Index::build(&vigie_referentiels::embedded()).expect("it builds");
        assert_eq!(index.search(&Query::new(typed)).understood.scope.as_deref(), scope, "{typed:?}");
    }

    #[test]
    fn a_name_narrows_and_plain_words_do_not() {
        check("veille data engineer", Some("data-engineer"));
        check("veille data enginer", Some("data-engineer"));
        check("enveloppe budgétaire coordinateur infrastructures", Some("cil"));
        check("cloud CIL", Some("cil"));
        check("tableau de bord projet ia", Some("projet-ia"));
        check("rgpd pour manager de projets informatiques", Some("manager-projets-informatiques"));
        check("les risques du projet ia", None);
        check("maintenance de solutions informatiques", None);
        check("data lake", None);
        check("projets informatiques", None);
    }

    #[test]
    fn a_name_alone_gives_what_the_referentiel_holds() {
        let index = Index::build(&vigie_referentiels::embedded()).expect("it builds");
        let answer = index.search(&Query::new("data engineer"));
        assert!(answer.hits[0].id.starts_with("data-engineer:bloc:"), "{:?}", answer.hits[0]);
    }
}
