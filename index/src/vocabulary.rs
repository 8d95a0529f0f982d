//! Every word of the corpus and of the thesaurus, grouped into families.
//!
//! A *form* is a folded word as it is written; its *inflection* and *family* are what it shares with others. The
//! thesaurus's words are forms too, without documents, so that a typo in one of them can be corrected as well.

use crate::analysis::{family, inflection};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Most letters that an acronym has.
const LONGEST_ACRONYM: usize = 6;

/// Index of a form.
pub(crate) type FormId = u32;
/// Index of a family.
pub(crate) type FamilyId = u32;

/// A word as it is written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Form {
    pub text: Box<str>,
    pub inflection: Box<str>,
    pub family: FamilyId,
    /// Times that the corpus has it.
    pub count: u32,
    /// As the documents write it first, in lower case unless they only have it in capitals; empty if none does.
    pub written: Box<str>,
    /// One bit a letter that it has, for quick comparison.
    pub letters: u64,
}

/// The words that share a root.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Family {
    pub root: Box<str>,
    pub forms: Vec<FormId>,
    /// Documents that have one of the forms.
    pub documents: u32,
}

/// All forms and families.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Vocabulary {
    pub forms: Vec<Form>,
    pub families: Vec<Family>,
    #[serde(skip)]
    by_text: HashMap<Box<str>, FormId>,
    #[serde(skip)]
    by_root: HashMap<Box<str>, FamilyId>,
}

impl Vocabulary {
    /// The form of a folded word, made if it is new.
    pub(crate) fn intern(&mut self, word: &str) -> FormId {
        if let Some(form) = self.by_text.get(word) {
            return *form;
        }
        let family = self.intern_family(&family(word));
        let form = id(self.forms.len());
        self.forms.push(Form {
            text: word.into(),
            inflection: inflection(word).into(),
            family,
            count: 0,
            written: Box::default(),
            letters: letters(word),
        });
        self.families[family as usize].forms.push(form);
        self.by_text.insert(word.into(), form);
        form
    }

    /// Remembers how a form is written. Capitals, which lose accents, give way to small letters.
    pub(crate) fn write(&mut self, form: FormId, written: &str) {
        let known = &mut self.forms[form as usize].written;
        if known.is_empty() || (is_capital(known) && !is_capital(written)) {
            *known = if is_capital(written) { written.into() } else { written.to_lowercase().into() };
        }
    }

    /// A form as the documents write it, with its accents.
    pub(crate) fn written(&self, form: FormId) -> String {
        let form = &self.forms[form as usize];
        match &*form.written {
            "" => form.text.to_string(),
            written => written.to_lowercase(),
        }
    }

    /// Whether a form is an acronym: the documents have it only in capitals, or it has no vowel.
    pub(crate) fn is_acronym(&self, form: FormId) -> bool {
        let form = &self.forms[form as usize];
        let unspeakable = !form.text.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        form.text.len() <= LONGEST_ACRONYM && (unspeakable || (form.count > 0 && is_capital(&form.written)))
    }

    fn intern_family(&mut self, root: &str) -> FamilyId {
        if let Some(family) = self.by_root.get(root) {
            return *family;
        }
        let family = id(self.families.len());
        self.families.push(Family { root: root.into(), ..Family::default() });
        self.by_root.insert(root.into(), family);
        family
    }

    /// Makes look-ups by text work again after reading from disk.
    pub(crate) fn restore(&mut self) {
        self.by_text = self.forms.iter().zip(0..).map(|(form, id)| (form.text.clone(), id)).collect();
        self.by_root = self.families.iter().zip(0..).map(|(family, id)| (family.root.clone(), id)).collect();
    }

    /// The form of a folded word.
    pub(crate) fn form(&self, word: &str) -> Option<FormId> {
        self.by_text.get(word).copied()
    }

    /// The family of a folded word, whether or not the word itself is known.
    pub(crate) fn family_of(&self, word: &str) -> Option<FamilyId> {
        match self.form(word) {
            Some(form) => Some(self.forms[form as usize].family),
            None => self.by_root.get(family(word).as_str()).copied(),
        }
    }

    /// Documents that have a word of this root.
    pub(crate) fn documents_of(&self, root: &str) -> u32 {
        self.by_root.get(root).map_or(0, |family| self.families[*family as usize].documents)
    }

    /// Whether the corpus has a word of this family.
    pub(crate) fn in_corpus(&self, family: FamilyId) -> bool {
        self.families[family as usize].documents > 0
    }
}

fn is_capital(written: &str) -> bool {
    !written.chars().any(char::is_lowercase)
}

fn id(length: usize) -> u32 {
    u32::try_from(length).expect("a corpus has fewer than four billion words")
}

/// One bit for each letter or digit that a word has.
pub(crate) fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |mask, b| match b {
        b'a'..=b'z' => mask | 1 << (b - b'a'),
        b'0'..=b'9' => mask | 1 << (26 + b - b'0'),
        _ => mask | 1 << 40,
    })
}
