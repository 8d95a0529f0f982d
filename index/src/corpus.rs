//! The corpus in memory: documents, their passages, and every significant word of each with its place.
//!
//! tantivy's postings say *which* documents may answer; the corpus says *how well*, and what to show. Its numbering of
//! documents is tantivy's: both are filled in the same order, in one segment. Whole, it can be written to disk and read.

use crate::{
    analysis::{fold, is_function, tokens},
    answer::{Field, Kind},
    code::CodeBook,
    document::{DocumentDraft, Drafts, drafts},
    thesaurus::Bridge,
    vocabulary::{FamilyId, FormId, Vocabulary},
};
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, ops::Range};
use vigie_referentiels::Referentiel;

/// A significant word of a passage.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Occurrence {
    pub form: FormId,
    /// First byte in the passage's text.
    pub start: u32,
    /// Rank among the words of the passage, function words included.
    pub position: u16,
    /// Bytes.
    pub length: u16,
}

/// A text that a snippet can show.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Passage {
    pub field: Field,
    pub criterion: Option<Box<str>>,
    pub text: Box<str>,
    /// Its words, in [`Corpus::occurrences`].
    pub words: Range<u32>,
    /// Factor that favours short passages a little.
    pub brevity: f32,
}

/// A passage as part of a document.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Part {
    pub passage: u32,
    pub weight: f32,
}

/// Something that can be found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Document {
    pub id: Box<str>,
    /// Index in [`Corpus::referentiels`].
    pub referentiel: u32,
    pub kind: Kind,
    pub code: Option<Box<str>>,
    pub title: Box<str>,
    /// Its parts, in [`Corpus::parts`].
    pub parts: Range<u32>,
}

/// A référentiel, and what it is called.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Called {
    pub slug: Box<str>,
    pub title: Box<str>,
    /// Its documents, in [`Corpus::documents`].
    pub documents: Range<u32>,
}

/// Everything that can be found.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Corpus {
    pub referentiels: Vec<Called>,
    pub documents: Vec<Document>,
    pub parts: Vec<Part>,
    pub passages: Vec<Passage>,
    pub occurrences: Vec<Occurrence>,
    pub vocabulary: Vocabulary,
    pub codes: CodeBook,
    by_kind: [Vec<u32>; Kind::ALL.len()],
}

/// Passages of this many significant words are neither favoured nor held back.
const USUAL_LENGTH: f32 = 14.0;

impl Corpus {
    /// The corpus of these référentiels. The thesaurus lends its words, for the correction of typos.
    pub(crate) fn build(referentiels: &[Referentiel], bridges: &[Bridge]) -> Self {
        let mut corpus = Self::default();
        for referentiel in referentiels {
            corpus.add(referentiel);
        }
        corpus.count_documents();
        for word in bridges.iter().flat_map(|bridge| &bridge.from.words) {
            let form = corpus.vocabulary.intern(&word.folded);
            corpus.vocabulary.write(form, &word.written);
        }
        corpus
    }

    fn add(&mut self, referentiel: &Referentiel) {
        let Drafts { passages, documents, .. } = drafts(referentiel);
        let first_passage = number(self.passages.len());
        let first_document = number(self.documents.len());
        for draft in passages {
            let words = self.read(&draft.text);
            self.passages.push(Passage {
                field: draft.field,
                criterion: draft.criterion.map(Into::into),
                text: draft.text.into(),
                brevity: brevity(words.len()),
                words,
            });
        }
        let owner = number(self.referentiels.len());
        for draft in documents {
            self.add_document(draft, owner, first_passage);
        }
        self.referentiels.push(Called {
            slug: referentiel.slug.as_str().into(),
            title: referentiel.titre.as_str().into(),
            documents: first_document..number(self.documents.len()),
        });
    }

    fn add_document(&mut self, draft: DocumentDraft, owner: u32, first_passage: u32) {
        let document = number(self.documents.len());
        let first_part = number(self.parts.len());
        let parts =
            draft.parts.iter().map(|(at, weight)| Part { passage: first_passage + number(*at), weight: *weight });
        self.parts.extend(parts);
        for (key, strength) in &draft.codes {
            self.codes.add(key, document, *strength);
        }
        self.by_kind[draft.kind as usize].push(document);
        self.documents.push(Document {
            id: draft.id.into(),
            referentiel: owner,
            kind: draft.kind,
            code: draft.code.map(Into::into),
            title: draft.title.into(),
            parts: first_part..number(self.parts.len()),
        });
    }

    /// Takes the significant words of a text in.
    fn read(&mut self, text: &str) -> Range<u32> {
        let first = number(self.occurrences.len());
        for token in tokens(text).into_iter().filter(|token| !token.is_function()) {
            let form = self.vocabulary.intern(&token.text);
            self.vocabulary.forms[form as usize].count += 1;
            self.vocabulary.write(form, &text[token.start..token.end]);
            // A passage is a sentence or a few: places that don't fit are of no text that a person would write.
            let (Ok(position), Ok(length)) = (u16::try_from(token.position), u16::try_from(token.end - token.start))
            else {
                continue;
            };
            self.occurrences.push(Occurrence { form, start: number(token.start), position, length });
        }
        first..number(self.occurrences.len())
    }

    fn count_documents(&mut self) {
        let mut last_seen = vec![u32::MAX; self.vocabulary.families.len()];
        for document in 0..number(self.documents.len()) {
            for family in self.families_of(document) {
                if last_seen[family as usize] != document {
                    last_seen[family as usize] = document;
                    self.vocabulary.families[family as usize].documents += 1;
                }
            }
        }
    }

    /// The documents of a kind, in order.
    pub(crate) fn of_kind(&self, kind: Kind) -> &[u32] {
        &self.by_kind[kind as usize]
    }

    /// The parts of a document.
    pub(crate) fn parts_of(&self, document: u32) -> &[Part] {
        let parts = &self.documents[document as usize].parts;
        &self.parts[parts.start as usize..parts.end as usize]
    }

    /// The significant words of a passage.
    pub(crate) fn words_of(&self, passage: &Passage) -> &[Occurrence] {
        &self.occurrences[passage.words.start as usize..passage.words.end as usize]
    }

    /// The family of every significant word of a document, as often as it occurs. Words of its name come twice, so that
    /// the candidate stage favours them.
    pub(crate) fn families_of(&self, document: u32) -> Vec<FamilyId> {
        let mut families = Vec::new();
        for part in self.parts_of(document) {
            let passage = &self.passages[part.passage as usize];
            let words = self.words_of(passage).iter().map(|word| self.vocabulary.forms[word.form as usize].family);
            let named = matches!(passage.field, Field::Statement | Field::Term) || part.weight >= 1.0;
            for _ in 0..if named { 2 } else { 1 } {
                families.extend(words.clone());
            }
        }
        families
    }

    /// The référentiel of this slug.
    pub(crate) fn referentiel(&self, slug: &str) -> Option<u32> {
        self.referentiels.iter().position(|called| &*called.slug == slug).map(number)
    }

    /// How telling a family is, in nats: rare words are, words of every document aren't.
    pub(crate) fn telling(&self, documents: u32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a weight needs no precision")]
        let (all, with) = (self.documents.len() as f32, documents as f32);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln().clamp(0.25, 5.5)
    }

    /// The distinct significant words of a référentiel's title, folded.
    pub(crate) fn title_words(called: &Called) -> Vec<String> {
        let mut seen = HashSet::new();
        let folded = fold(&called.title);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !is_function(word));
        words.filter(|word| seen.insert((*word).to_owned())).map(str::to_owned).collect()
    }
}

/// Short passages are about what they name; long ones name much in passing.
fn brevity(words: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a passage has few words")]
    let words = words.max(1) as f32;
    (USUAL_LENGTH / words).powf(0.15).clamp(0.8, 1.15)
}

/// A count as the corpus numbers things.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a corpus has fewer than four billion parts")
}
