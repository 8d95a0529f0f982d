//! The index itself: a corpus, its postings and its lexicon, put together and searched.

use crate::{
    analysis::{is_function, tokens},
    answer::{Answer, Hit, Kind, Snippet, Suggestion},
    candidates::{MOST, Postings},
    complete::Completions,
    corpus::Corpus,
    lexicon::Lexicon,
    rank::{Ranked, Ranking, Seen},
    request::Query,
    spelling, store, thesaurus,
    understand::{Doubt, Wish, is_rule, understand},
};
use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};
use vigie_referentiels::Referentiel;

/// An index over a set of référentiels. Immutable: to change it, build another.
#[derive(Debug)]
pub struct Index {
    corpus: Corpus,
    postings: Postings,
    lexicon: Lexicon,
    completions: Completions,
    /// Working memory of searches, handed from one to the next.
    seen: Mutex<Vec<Seen>>,
}

/// Why an index can't be built.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A list of words that ships with the crate has defects, named with their lines.
    #[error("{file} is faulty:\n{defects}")]
    Words {
        /// The file.
        file: &'static str,
        /// One line a defect.
        defects: String,
    },
    /// The postings can't be built.
    #[error("the postings can't be built: {0}")]
    Postings(#[from] tantivy::TantivyError),
    /// The folder of the index can't be written.
    #[error("the index can't be kept in {folder}: {reason}")]
    Folder {
        /// The folder.
        folder: String,
        /// What the system says.
        reason: String,
    },
}

/// Where an index on disk came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// It was there, whole, and of these very data.
    Kept,
    /// It was built anew, for this reason.
    Rebuilt(String),
}

impl Index {
    /// Builds an index in memory.
    ///
    /// # Errors
    /// When an embedded list of words is faulty, with all its defects, or when the postings can't be built.
    pub fn build(referentiels: &[Referentiel]) -> Result<Self, IndexError> {
        let bridges = bridges()?;
        let corpus = Corpus::build(referentiels, &bridges);
        let postings = Postings::in_memory(&corpus)?;
        Self::assemble(corpus, postings, &bridges)
    }

    /// Opens the index kept in `folder`, or builds it there when it is absent, stale or damaged.
    ///
    /// # Errors
    /// When the folder can't be written, or as [`Index::build`].
    pub fn open_or_build(folder: &Path, referentiels: &[Referentiel]) -> Result<(Self, Opened), IndexError> {
        let bridges = bridges()?;
        let (corpus, postings, opened) = store::open_or_build(folder, referentiels, &bridges)?;
        Ok((Self::assemble(corpus, postings, &bridges)?, opened))
    }

    fn assemble(mut corpus: Corpus, postings: Postings, bridges: &[thesaurus::Bridge]) -> Result<Self, IndexError> {
        let lexicon = Lexicon::compile(&mut corpus, bridges, crate::intent::EMBEDDED)
            .map_err(|defects| faulty("data/intentions.txt", &defects))?;
        let completions = Completions::of(&corpus);
        Ok(Self { corpus, postings, lexicon, completions, seen: Mutex::default() })
    }

    /// The ranked answer to a query.
    #[must_use]
    pub fn search(&self, query: &Query) -> Answer {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let mut answer = self.answer(query, Doubt::UnknownWords, &mut seen);
        // Words that the corpus knows are doubted only if they find nothing, and nobody misspells within quotes.
        let doubtful = answer.understood.unknown.is_empty() && answer.understood.codes.is_empty();
        if answer.total == 0 && doubtful && !query.text.contains('"') {
            answer = self.answer(query, Doubt::EveryWord, &mut seen);
        }
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
        answer
    }

    fn answer(&self, query: &Query, doubt: Doubt, seen: &mut Seen) -> Answer {
        let mut wish = understand(&query.text, &self.corpus, &self.lexicon, doubt);
        let asked = query.scope.as_deref().map(|slug| self.corpus.referentiel(slug));
        if let Some(scope) = &query.scope {
            wish.understood.scope = Some(scope.clone());
        }
        let named = wish.named.as_ref().filter(|named| named.only_a_name).map(|named| named.referentiel);
        let scope = match (asked, named) {
            (Some(None), _) => return Answer { understood: wish.understood, ..Answer::default() },
            (Some(asked), _) => asked,
            (None, named) => named,
        };
        let mut ranking = Ranking::new(&self.corpus, &wish);
        let mut ranked = if wish.concepts.is_empty() && wish.codes.is_empty() {
            self.overview(scope)
        } else {
            let candidates = self.candidates(&wish, scope);
            ranking.rank(&candidates, seen)
        };
        if let Some(kind) = wish.listed {
            self.list(kind, scope, &mut ranked);
        }
        ranked.retain(|found| {
            let document = &self.corpus.documents[found.document as usize];
            (query.kinds.is_empty() || query.kinds.contains(&document.kind))
                && scope.is_none_or(|s| s == document.referentiel)
        });
        let hits = ranked.iter().skip(query.offset).take(query.limit).map(|found| self.hit(found, &ranking)).collect();
        Answer { hits, total: ranked.len(), understood: wish.understood }
    }

    /// The documents to be ranked: all of the référentiel, or those that the postings find.
    fn candidates(&self, wish: &Wish, scope: Option<u32>) -> Vec<u32> {
        if let Some(scope) = scope {
            self.corpus.referentiels[scope as usize].documents.clone().collect()
        } else {
            let mut found = self.postings.best(&self.corpus, &wish.wanted);
            // What a question is clearly about answers it, though it may not have one of its words.
            let clear = Kind::ALL.into_iter().filter(|kind| is_rule(*kind) && wish.intent.is_clear(*kind));
            found.extend(clear.flat_map(|kind| self.corpus.of_kind(kind).iter().take(MOST)));
            found.sort_unstable();
            found.dedup();
            found
        }
    }

    /// Puts all things of a kind first, those of a référentiel that has none of them being its exams. Rules come as they
    /// answer, the rest as the document has it.
    fn list(&self, kind: Kind, scope: Option<u32>, ranked: &mut Vec<Ranked>) {
        let of = |kind| -> Vec<u32> {
            let all = self.corpus.of_kind(kind).iter().copied();
            all.filter(|document| scope.is_none_or(|s| self.corpus.documents[*document as usize].referentiel == s))
                .collect()
        };
        let mut listed = of(kind);
        if listed.is_empty() && kind == Kind::Reussite {
            listed = of(Kind::Epreuve);
        }
        let best = ranked.iter().map(|found| found.score).fold(1.0, f32::max);
        let (mut first, rest): (Vec<Ranked>, Vec<Ranked>) =
            ranked.drain(..).partition(|found| listed.binary_search(&found.document).is_ok());
        for document in listed {
            if first.iter().all(|found| found.document != document) {
                first.push(Ranked { document, score: 0.0, passage: None });
            }
        }
        if !is_rule(kind) {
            first.sort_by_key(|found| found.document);
        }
        for found in &mut first {
            found.score = best;
        }
        first.extend(rest);
        *ranked = first;
    }

    /// What a référentiel holds, for a query that only names it.
    fn overview(&self, scope: Option<u32>) -> Vec<Ranked> {
        let Some(scope) = scope else { return Vec::new() };
        let documents = self.corpus.referentiels[scope as usize].documents.clone();
        let kinds = [Kind::Bloc, Kind::Epreuve, Kind::Reussite, Kind::Amenagement];
        let of =
            |kind| documents.clone().filter(move |document| self.corpus.documents[*document as usize].kind == kind);
        let ordered = kinds.into_iter().flat_map(of);
        ordered.map(|document| Ranked { document, score: 1.0, passage: None }).collect()
    }

    fn hit(&self, found: &Ranked, ranking: &Ranking<'_>) -> Hit {
        let document = &self.corpus.documents[found.document as usize];
        let snippet = found.passage.map(|at| {
            let passage = &self.corpus.passages[at as usize];
            Snippet {
                field: passage.field,
                criterion: passage.criterion.as_deref().map(str::to_owned),
                text: passage.text.to_string(),
                ranges: ranking.ranges(passage),
            }
        });
        Hit {
            id: document.id.to_string(),
            referentiel: self.corpus.referentiels[document.referentiel as usize].slug.to_string(),
            kind: document.kind,
            code: document.code.as_deref().map(str::to_owned),
            title: document.title.to_string(),
            score: (found.score * 1000.0).round() / 100.0,
            snippet,
        }
    }

    /// What a person may be about to type: codes, statements, titles and terms that `prefix` begins.
    #[must_use]
    pub fn complete(&self, prefix: &str, scope: Option<&str>, limit: usize) -> Vec<Suggestion> {
        self.completions.complete(&self.corpus, prefix, scope, limit)
    }

    /// The words of the documents nearest to those of `text`, as the documents write them, for "did you mean" when
    /// nothing is found. Words that the documents know are not what kept it from being found, unless all are known.
    #[must_use]
    pub fn nearest_words(&self, text: &str, limit: usize) -> Vec<String> {
        let vocabulary = &self.corpus.vocabulary;
        let mut typed = tokens(text);
        typed.retain(|token| !is_function(&token.text) && token.text.len() >= 4);
        let known = |word: &str| vocabulary.form(word).is_some_and(|form| vocabulary.forms[form as usize].count > 0);
        if typed.iter().any(|token| !known(&token.text)) {
            typed.retain(|token| !known(&token.text));
        }
        // Another form of a word that was just typed is no news.
        let mut families: Vec<_> = tokens(text)
            .iter()
            .filter_map(|token| vocabulary.form(&token.text))
            .map(|form| vocabulary.forms[form as usize].family)
            .collect();
        let mut words: Vec<String> = Vec::new();
        for token in typed {
            let allowed = (token.text.len() / 3).clamp(1, 3);
            for candidate in spelling::within(&token.text, vocabulary, allowed, limit) {
                let form = &vocabulary.forms[candidate.form as usize];
                if form.count > 0 && words.len() < limit && !families.contains(&form.family) {
                    families.push(form.family);
                    words.push(vocabulary.written(candidate.form));
                }
            }
        }
        words
    }
}

fn bridges() -> Result<Vec<thesaurus::Bridge>, IndexError> {
    thesaurus::parse(thesaurus::EMBEDDED).map_err(|defects| faulty("data/thesaurus.txt", &defects))
}

fn faulty(file: &'static str, defects: &[thesaurus::Defect]) -> IndexError {
    let defects = defects.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    IndexError::Words { file, defects }
}
