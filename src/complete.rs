//! What a person may be about to type.
//!
//! For Tab on the console and the choices of a Discord option: codes first, then what the documents name with words that
//! the typed ones begin.

use crate::{
    analysis::{fold, is_function, tokens},
    answer::{Kind, Suggestion},
    code::CodeKey,
    corpus::{Corpus, Occurrence, number},
};

/// Documents that are looked at for one completion: the first letters of half the words say little anyway.
const MOST: usize = 500;

/// The names of documents, by the words in them.
#[derive(Debug)]
pub(crate) struct Completions {
    /// Per form of the vocabulary, the documents that have it in their statement, title or term.
    by_form: Vec<Vec<u32>>,
}

impl Completions {
    pub(crate) fn of(corpus: &Corpus) -> Self {
        let mut by_form: Vec<Vec<u32>> = vec![Vec::new(); corpus.vocabulary.forms.len()];
        for document in 0..number(corpus.documents.len()) {
            for word in name(corpus, document) {
                let documents = &mut by_form[word.form as usize];
                if documents.last() != Some(&document) {
                    documents.push(document);
                }
            }
        }
        Self { by_form }
    }

    /// Names and codes that `prefix` begins, best first. Every typed word must begin a word of the name.
    pub(crate) fn complete(&self, corpus: &Corpus, prefix: &str, scope: Option<&str>, limit: usize) -> Vec<Suggestion> {
        let scope = scope.and_then(|slug| corpus.referentiel(slug));
        let in_scope = |document: &u32| scope.is_none_or(|s| corpus.documents[*document as usize].referentiel == s);
        let mut found: Vec<(u32, u32)> = Vec::new();
        if let Some(key) = CodeKey::printed(&fold(prefix)).filter(|_| prefix.len() <= 12) {
            for (known, documents) in corpus.codes.beginning(&key) {
                let surplus = number(known.len() - key.0.len());
                let own = documents.iter().filter(|(document, strength)| *strength >= 0.9 && in_scope(document));
                found.extend(own.take(limit).map(|(document, _)| (surplus, *document)));
            }
        }
        let typed: Vec<String> = tokens(prefix).into_iter().filter(|t| !t.joined).map(|t| t.text).collect();
        if let Some((last, whole)) = typed.split_last() {
            let wanted: Vec<&String> = whole.iter().filter(|word| !is_function(word)).chain([last]).collect();
            let named = self.beginning(corpus, &wanted, in_scope).into_iter();
            found.extend(named.filter_map(|document| Some((100 + begins(corpus, document, &wanted)?, document))));
        }
        found.sort_unstable();
        let mut suggested = Vec::new();
        for (_, document) in found {
            if suggested.len() == limit {
                break;
            }
            if !suggested.contains(&document) {
                suggested.push(document);
            }
        }
        suggested.into_iter().map(|document| suggestion(corpus, document)).collect()
    }

    /// Documents with a word that the longest of the typed ones begins.
    fn beginning(&self, corpus: &Corpus, wanted: &[&String], in_scope: impl Fn(&u32) -> bool) -> Vec<u32> {
        let Some(longest) = wanted.iter().max_by_key(|word| word.len()) else { return Vec::new() };
        let forms = corpus.vocabulary.forms.iter().zip(&self.by_form);
        let having =
            forms.filter(|(form, _)| form.text.starts_with(longest.as_str())).flat_map(|(_, documents)| documents);
        let mut documents: Vec<u32> = having.copied().filter(in_scope).take(MOST).collect();
        documents.sort_unstable();
        documents.dedup();
        documents
    }
}

/// The words of a document's statement, title or term. Rules have none: nobody types their heading.
fn name(corpus: &Corpus, document: u32) -> &[Occurrence] {
    let named = matches!(corpus.documents[document as usize].kind, Kind::Competence | Kind::Bloc | Kind::Lexique);
    let part = corpus.parts_of(document).first().filter(|_| named);
    part.map_or(&[], |part| corpus.words_of(&corpus.passages[part.passage as usize]))
}

/// Whether every word begins one of the document's name, and where the first does.
fn begins(corpus: &Corpus, document: u32, wanted: &[&String]) -> Option<u32> {
    let words = name(corpus, document);
    let place = |typed: &&String| {
        let begins = |form: u32| corpus.vocabulary.forms[form as usize].text.starts_with(typed.as_str());
        words.iter().find(|word| begins(word.form)).map(|word| u32::from(word.position))
    };
    wanted.iter().map(place).collect::<Option<Vec<u32>>>().and_then(|places| places.into_iter().min())
}

fn suggestion(corpus: &Corpus, document: u32) -> Suggestion {
    let found = &corpus.documents[document as usize];
    Suggestion {
        id: found.id.to_string(),
        referentiel: corpus.referentiels[found.referentiel as usize].slug.to_string(),
        kind: found.kind,
        code: found.code.as_deref().map(str::to_owned),
        title: found.title.to_string(),
    }
}
