//! tantivy's part: which documents may answer.
//!
//! One text field holds the family of every significant word of a document. A query asks for the families that it and its
//! synonyms need, each boosted by what it is worth, and block-max WAND returns the best few hundred without scoring the
//! rest. They are then ranked with care by `rank`; a document that this stage leaves out can't come back.

use crate::{
    corpus::{Corpus, number},
    vocabulary::FamilyId,
};
use std::path::Path;
use tantivy::{
    Directory, Index, IndexBuilder, Searcher, TantivyDocument, Term,
    collector::TopDocs,
    directory::{MmapDirectory, RamDirectory},
    query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
};

/// How many documents are ranked with care.
pub(crate) const MOST: usize = 220;

/// How many postings a query may go through. Of a large corpus the most telling words use it up, and words that half of
/// the documents have are left to the ranking.
const BUDGET: u32 = 40_000;

/// Memory for building the one segment, in bytes.
const BUILDING_MEMORY: usize = 64_000_000;

/// The postings of a corpus.
pub(crate) struct Postings {
    searcher: Searcher,
    words: Field,
}

impl std::fmt::Debug for Postings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postings").field("documents", &self.searcher.num_docs()).finish_non_exhaustive()
    }
}

fn schema() -> (Schema, Field) {
    let mut schema = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
    let words = schema.add_text_field("words", TextOptions::default().set_indexing_options(indexing));
    (schema.build(), words)
}

impl Postings {
    /// Postings kept in memory.
    pub(crate) fn in_memory(corpus: &Corpus) -> tantivy::Result<Self> {
        Self::fill(RamDirectory::create(), corpus)
    }

    /// Postings written to a folder.
    pub(crate) fn in_folder(folder: &Path, corpus: &Corpus) -> tantivy::Result<Self> {
        Self::fill(MmapDirectory::open(folder)?, corpus)
    }

    /// The postings that a folder holds, if they are whole.
    pub(crate) fn open(folder: &Path) -> tantivy::Result<Self> {
        let index = Index::open_in_dir(folder)?;
        if !index.validate_checksum()?.is_empty() {
            return Err(tantivy::TantivyError::InternalError("a file of the postings is damaged".to_owned()));
        }
        Self::read(&index)
    }

    fn fill(directory: impl Into<Box<dyn Directory>>, corpus: &Corpus) -> tantivy::Result<Self> {
        let (schema, words) = schema();
        let mut writer = IndexBuilder::new().schema(schema).single_segment_index_writer(directory, BUILDING_MEMORY)?;
        for document in 0..number(corpus.documents.len()) {
            let mut text = String::new();
            for family in corpus.families_of(document) {
                text.push_str(&corpus.vocabulary.families[family as usize].root);
                text.push(' ');
            }
            let mut entry = TantivyDocument::new();
            entry.add_text(words, text);
            writer.add_document(entry)?;
        }
        Self::read(&writer.finalize()?)
    }

    fn read(index: &Index) -> tantivy::Result<Self> {
        let (_, words) = schema();
        Ok(Self { searcher: index.reader()?.searcher(), words })
    }

    /// How many documents the postings number.
    pub(crate) fn len(&self) -> usize {
        usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX)
    }

    /// The documents that answer these families best, each family with what it is worth.
    pub(crate) fn best(&self, corpus: &Corpus, wanted: &[(FamilyId, f32)]) -> Vec<u32> {
        let clauses: Vec<(Occur, Box<dyn Query>)> = affordable(corpus, wanted)
            .into_iter()
            .map(|(family, worth)| {
                let root = &corpus.vocabulary.families[family as usize].root;
                let term = TermQuery::new(Term::from_field_text(self.words, root), IndexRecordOption::WithFreqs);
                let query: Box<dyn Query> = Box::new(BoostQuery::new(Box::new(term), worth));
                (Occur::Should, query)
            })
            .collect();
        let query = BooleanQuery::new(clauses);
        // A failure here is a damaged file under our feet: nothing found is the honest answer.
        let found = self.searcher.search(&query, &TopDocs::with_limit(MOST).order_by_score()).unwrap_or_else(|error| {
            tracing::error!(%error, "the postings of the index can't be read");
            Vec::new()
        });
        let mut documents: Vec<u32> = found.into_iter().map(|(_, address)| address.doc_id).collect();
        // In the order in which the corpus keeps them, which is faster to read.
        documents.sort_unstable();
        documents
    }
}

/// The families that tell most, as many as the budget allows and one at least.
fn affordable(corpus: &Corpus, wanted: &[(FamilyId, f32)]) -> Vec<(FamilyId, f32)> {
    let documents = |family: FamilyId| corpus.vocabulary.families[family as usize].documents;
    let mut wanted = wanted.to_vec();
    wanted.sort_by(|a, b| {
        let value = |(family, worth): &(FamilyId, f32)| worth * corpus.telling(documents(*family));
        value(b).total_cmp(&value(a)).then(a.0.cmp(&b.0))
    });
    let mut spent = 0;
    wanted.retain(|(family, _)| {
        let first = spent == 0;
        let cost = documents(*family);
        let kept = first || spent + cost <= BUDGET;
        if kept {
            spent += cost;
        }
        kept
    });
    wanted
}
