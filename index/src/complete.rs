//! What a person may be about to type.
//!
//! For Tab on the console and the choices of a Discord option: codes first, then what the documents name with words that
//! the typed ones begin.

use crate::{
    analysis::{fold, is_function, tokens},
    answer::{Kind, Suggestion},
    code::CodeKey,
    corpus::Corpus,
};

/// Names and codes that `prefix` begins, best first. Every typed word must begin a word of the name.
pub(crate) fn complete(corpus: &Corpus, prefix: &str, scope: Option<&str>, limit: usize) -> Vec<Suggestion> {
    let scope = scope.and_then(|slug| corpus.referentiel(slug));
    let in_scope = |document: u32| scope.is_none_or(|s| corpus.documents[document as usize].referentiel == s);
    let mut found: Vec<(u32, u32)> = Vec::new();
    if let Some(key) = CodeKey::printed(&fold(prefix)).filter(|_| prefix.len() <= 12) {
        for (known, documents) in corpus.codes.keys().filter(|(known, _)| known.starts_with(&key.0)) {
            let surplus = u32::try_from(known.len() - key.0.len()).unwrap_or(u32::MAX);
            let documents = documents.iter().filter(|(document, strength)| *strength >= 0.9 && in_scope(*document));
            found.extend(documents.map(|(document, _)| (surplus, *document)));
        }
    }
    let typed: Vec<String> = tokens(prefix).into_iter().filter(|t| !t.joined).map(|t| t.text).collect();
    let (last, whole) = typed.split_last().map_or((None, &[][..]), |(last, whole)| (Some(last), whole));
    let wanted: Vec<&String> = whole.iter().filter(|word| !is_function(word)).chain(last).collect();
    if !wanted.is_empty() {
        for (document, id) in corpus.documents.iter().zip(0..).filter(|(_, id)| in_scope(*id)) {
            let named = matches!(document.kind, Kind::Competence | Kind::Bloc | Kind::Lexique);
            let part = corpus.parts_of(id).first().filter(|_| named);
            let Some(rank) = part.and_then(|part| begins(corpus, part.passage, &wanted)) else { continue };
            found.push((100 + rank, id));
        }
    }
    found.sort_unstable();
    let mut suggested = Vec::new();
    for (_, document) in found {
        if suggested.len() < limit && !suggested.contains(&document) {
            suggested.push(document);
        }
    }
    suggested.into_iter().map(|document| suggestion(corpus, document)).collect()
}

/// Whether every word begins one of the passage's, and where the first does.
fn begins(corpus: &Corpus, passage: u32, wanted: &[&String]) -> Option<u32> {
    let words = corpus.words_of(&corpus.passages[passage as usize]);
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
