//! What the index knows besides the documents: the thesaurus, the cues of intentions, the names of référentiels.
//!
//! All are expressions over the families of the vocabulary, compiled when the index is built. Only terms that the corpus
//! can answer are kept at the far end of a bridge.

use crate::{
    analysis::{is_asking, is_function},
    corpus::Corpus,
    expression::Expressions,
    intent::{self, Cues},
    scope::Names,
    thesaurus::{Bridge, Defect, Term},
    vocabulary::{FamilyId, FormId, Vocabulary},
};

/// Least length of a word in which a slip is forgiven here.
const SLIPPED: usize = 7;

/// A term that the corpus can answer.
#[derive(Debug)]
pub(crate) struct CompiledTerm {
    pub text: String,
    pub words: Box<[FamilyId]>,
    /// The form of the first word.
    pub first: FormId,
}

/// What an expression of the thesaurus also stands for.
#[derive(Debug)]
pub(crate) struct CompiledBridge {
    pub to: Vec<CompiledTerm>,
    pub equivalent: bool,
}

/// Everything that is known besides the documents.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub bridges: Expressions<CompiledBridge>,
    pub cues: Cues,
    pub names: Names,
    /// The long words of the cues, for the slips in them.
    cue_words: Vec<FormId>,
}

impl Lexicon {
    /// Compiles the thesaurus and the intentions against a corpus, whose vocabulary takes their words in.
    ///
    /// # Errors
    /// Every defect of the intentions.
    pub(crate) fn compile(corpus: &mut Corpus, thesaurus: &[Bridge], intentions: &str) -> Result<Self, Vec<Defect>> {
        let vocabulary = &mut corpus.vocabulary;
        let (cues, cue_words) = intent::parse(intentions, vocabulary)?;
        let mut bridges = Expressions::default();
        for bridge in thesaurus {
            let from = families(&bridge.from, vocabulary);
            let to: Vec<CompiledTerm> = bridge
                .to
                .iter()
                .filter_map(|term| compile(term, vocabulary))
                .filter(|term| *term.words != *from)
                .collect();
            if !to.is_empty() {
                bridges.add(&from, CompiledBridge { to, equivalent: bridge.equivalent });
            }
        }
        Ok(Self { bridges, cues, cue_words, names: Names::of(corpus) })
    }

    /// The family of the word of a cue that an unknown word is one slip from.
    pub(crate) fn slip_in_a_cue(&self, word: &str, corpus: &Corpus) -> Option<FamilyId> {
        if word.len() < SLIPPED || !word.is_ascii() || is_function(word) || is_asking(word) {
            return None;
        }
        let forms = self.cue_words.iter().map(|form| &corpus.vocabulary.forms[*form as usize]);
        let near = |known: &&crate::vocabulary::Form| {
            known.text.as_bytes()[0] == word.as_bytes()[0]
                && known.text.len().abs_diff(word.len()) <= 1
                && strsim::osa_distance(&known.text, word) <= 1
        };
        forms.into_iter().find(near).map(|form| form.family)
    }
}

fn families(term: &Term, vocabulary: &mut Vocabulary) -> Vec<FamilyId> {
    let forms: Vec<FormId> = term.words.iter().map(|word| vocabulary.intern(&word.folded)).collect();
    forms.into_iter().map(|form| vocabulary.forms[form as usize].family).collect()
}

fn compile(term: &Term, vocabulary: &mut Vocabulary) -> Option<CompiledTerm> {
    let words = families(term, vocabulary);
    let first = vocabulary.form(&term.words.first()?.folded)?;
    let answered = words.iter().all(|family| vocabulary.in_corpus(*family));
    answered.then(|| CompiledTerm { text: term.text.clone(), words: words.into(), first })
}
