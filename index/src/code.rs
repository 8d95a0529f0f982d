//! Codes, however they were printed or typed: `C5-2`, "c1 5", `ce12.1`, "b4 c7", "la 6.2.2", "bloc 3".
//!
//! A [`CodeKey`] keeps the letters and numbers and forgets the separators, except between two numbers. What people type
//! is a code only if a document has it, or if nothing else could have been meant ("C99.9"); a number alone is none unless
//! a word says so ("compétence 18").

use crate::analysis::Token;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Most words that a code may be spread over: "b 4 c 7".
const LONGEST: usize = 6;

/// The comparable writing of a code: `C5.2`, `A2C4`, `B2C3`, `1.4.1`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct CodeKey(pub String);

impl CodeKey {
    /// The key of a code as a document prints it, if it has a number.
    pub(crate) fn printed(text: &str) -> Option<Self> {
        let mut key = String::new();
        let mut after_number = false;
        for group in text.as_bytes().chunk_by(|a, b| class(*a) == class(*b)) {
            match class(group[0]) {
                Class::Letter => {
                    key.extend(group.iter().map(|b| char::from(b.to_ascii_uppercase())));
                    after_number = false;
                }
                Class::Digit => {
                    let zeros = group.iter().take_while(|b| **b == b'0').count().min(group.len() - 1);
                    if after_number {
                        key.push('.');
                    }
                    key.extend(group[zeros..].iter().map(|b| char::from(*b)));
                    after_number = true;
                }
                Class::Separator => {}
            }
        }
        key.bytes().any(|b| b.is_ascii_digit()).then_some(Self(key))
    }

    /// What follows the first letters and number: `C3` of `B2C3`.
    fn inner(&self) -> Option<&str> {
        let digits = self.0.find(|c: char| c.is_ascii_digit())?;
        let letters = digits + self.0[digits..].find(|c: char| c.is_ascii_alphabetic())?;
        (digits > 0).then_some(&self.0[letters..])
    }

    /// The readings of `C15` as `C1.5`: a dot forgotten between two numbers.
    fn with_a_dot(&self) -> Vec<Self> {
        let Some(at) = self.0.find(|c: char| c.is_ascii_digit()) else { return Vec::new() };
        let (letters, number) = self.0.split_at(at);
        if letters.is_empty() || number.len() < 2 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        (1..number.len()).map(|cut| Self(format!("{letters}{}.{}", &number[..cut], &number[cut..]))).collect()
    }
}

#[derive(PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Separator,
}

fn class(byte: u8) -> Class {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        _ => Class::Separator,
    }
}

/// Which documents have which codes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct CodeBook {
    /// The letter groups that codes are made of: `C`, `CE`, `A`…
    letters: BTreeSet<String>,
    exact: BTreeMap<String, Vec<(u32, f32)>>,
    inner: BTreeMap<String, Vec<(u32, f32)>>,
}

/// A code found in a query.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TypedCode {
    pub key: CodeKey,
    /// Documents that have it, with how surely (0 to 1). Empty when no document has.
    pub documents: Vec<(u32, f32)>,
    /// The tokens that it was typed with.
    pub tokens: std::ops::Range<usize>,
}

/// How surely `C3` means `B2.C3`.
const INNER: f32 = 0.5;
/// How surely `C15` means `C1.5` where `C15` exists too.
const DOTTED: f32 = 0.45;

/// How surely `1.5` means `C1.5`, where no word says that it is a code.
const UNLETTERED: f32 = 0.4;

impl CodeBook {
    pub(crate) fn add(&mut self, key: &CodeKey, document: u32, strength: f32) {
        let groups = key.0.split(|c: char| !c.is_ascii_alphabetic()).filter(|group| !group.is_empty());
        self.letters.extend(groups.map(str::to_ascii_lowercase));
        keep_best(self.exact.entry(key.0.clone()).or_default(), document, strength);
        if let Some(inner) = key.inner() {
            keep_best(self.inner.entry(inner.to_owned()).or_default(), document, strength * INNER);
        }
    }

    /// The codes that begin so, for completion.
    pub(crate) fn beginning<'a>(&'a self, start: &'a CodeKey) -> impl Iterator<Item = (&'a str, &'a [(u32, f32)])> {
        let from = self.exact.range(start.0.clone()..);
        from.take_while(|(key, _)| key.starts_with(&start.0))
            .map(|(key, documents)| (key.as_str(), documents.as_slice()))
    }

    fn documents(&self, key: &CodeKey) -> Vec<(u32, f32)> {
        let mut found = self.exact.get(&key.0).cloned().unwrap_or_default();
        found.extend(self.inner.get(&key.0).into_iter().flatten());
        for dotted in key.with_a_dot() {
            let forgotten = self.exact.get(&dotted.0).into_iter().flatten();
            found.extend(forgotten.map(|(document, strength)| (*document, strength * DOTTED)));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        found.dedup_by_key(|(document, _)| *document);
        found
    }

    /// The codes of a query, from the first word to the last. `names_a_thing` says whether a word announces a code
    /// ("compétence", "bloc", "la").
    pub(crate) fn typed(
        &self,
        text: &str,
        tokens: &[Token],
        announces: impl Fn(&str) -> Option<Lead>,
    ) -> Vec<TypedCode> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let lead = at.checked_sub(1).and_then(|before| announces(&tokens[before].text));
            match self.code_at(text, tokens, at, lead) {
                Some(code) => {
                    at = code.tokens.end;
                    found.push(code);
                }
                None => at += 1,
            }
        }
        found
    }

    /// The key that words write together: "point" is a dot, and letters that look like numbers are numbers.
    fn key(&self, text: &str, tokens: &[Token]) -> Option<CodeKey> {
        let mut written = String::new();
        for (i, token) in tokens.iter().enumerate().filter(|(_, token)| token.text != "point") {
            written.push('.');
            match self.respelt(text, tokens, i) {
                Some(respelt) => written.push_str(&respelt),
                None => written.push_str(&token.text),
            }
        }
        CodeKey::printed(&written)
    }

    /// A part of a code with 0 and 1 for the letters that look like them: "1o" and, before or after an attached number,
    /// "cl" and "l".
    fn respelt(&self, text: &str, tokens: &[Token], at: usize) -> Option<String> {
        let word = tokens[at].text.as_str();
        if word.len() > 4 || !word.is_ascii() || !word.contains(['o', 'l', 'i']) {
            return None;
        }
        let attached = |a: &Token, b: &Token| {
            let number = |token: &Token| token.text.bytes().any(|b| b.is_ascii_digit());
            matches!(text.get(a.end..b.start), Some("." | "-" | "," | ";" | ":")) && (number(a) || number(b))
        };
        let after = tokens.get(at + 1).is_some_and(|next| attached(&tokens[at], next));
        let before = at > 0 && attached(&tokens[at - 1], &tokens[at]);
        let letters = self.letters.iter().filter(|group| word.starts_with(group.as_str())).map(String::as_str).max();
        let (letters, number) = word.split_at(letters.map_or(0, str::len));
        let looks = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || matches!(c, 'o' | 'l' | 'i'));
        let has_digit = number.bytes().any(|b| b.is_ascii_digit());
        let sure = has_digit || (after && !letters.is_empty()) || (before && letters.is_empty());
        (looks && sure).then(|| format!("{letters}{}", number.replace('o', "0").replace(['l', 'i'], "1")))
    }

    /// The documents of a key. Numbers without a letter that no document surely has are those of a competency.
    fn lettered(&self, key: CodeKey, lead: Option<Lead>) -> (CodeKey, Vec<(u32, f32)>) {
        let documents = self.documents(&key);
        let bare = key.0.starts_with(|c: char| c.is_ascii_digit()) && key.0.contains('.');
        let surely = documents.iter().any(|(_, strength)| *strength >= 0.9);
        if !bare || surely || lead == Some(Lead::Bloc) || (lead != Some(Lead::Competency) && !documents.is_empty()) {
            return (key, documents);
        }
        let lettered = CodeKey(format!("C{}", key.0));
        let mut found = self.documents(&lettered);
        if found.is_empty() {
            return (key, documents);
        }
        if lead != Some(Lead::Competency) {
            // Beside words of a subject, "4.1" may be a version.
            for (_, strength) in &mut found {
                *strength *= UNLETTERED;
            }
        }
        (lettered, found)
    }

    fn code_at(&self, text: &str, tokens: &[Token], at: usize, lead: Option<Lead>) -> Option<TypedCode> {
        let mut unknown = None;
        for length in (1..=self.writing(text, &tokens[at..])).rev() {
            let end = at + length;
            let written = &text[tokens[at].start..tokens[end - 1].end];
            let Some(key) = self.key(text, &tokens[at..end]) else { continue };
            let letters = key.0.starts_with(|c: char| c.is_ascii_alphabetic());
            let numbers = key.0.split('.').count();
            // "2 3" or "30 min" are no codes; "6.2.2", "6 2 2" and "compétence 5" are.
            let dotted = written.contains(['.', '-', '/', '_']);
            let key = match (letters, numbers, lead) {
                (true, ..) | (_, 3.., _) | (_, 2, Some(_)) => key,
                (_, 2, None) if dotted => key,
                (_, 1, Some(Lead::Bloc)) => CodeKey(format!("B{}", key.0)),
                (_, 1, Some(Lead::Competency)) => CodeKey(format!("C{}", key.0)),
                _ => continue,
            };
            let (key, documents) = self.lettered(key, lead);
            let found = TypedCode { key, documents, tokens: at..end };
            if !found.documents.is_empty() {
                return Some(found);
            }
            if unknown.is_none() && ((letters && dotted) || numbers >= 3) {
                unknown = Some(found);
            }
        }
        unknown
    }

    /// How many words from the first could be written parts of one code: letters with numbers, single letters, numbers.
    fn writing(&self, text: &str, tokens: &[Token]) -> usize {
        let mut length = 0;
        for (i, token) in tokens.iter().enumerate().take(LONGEST) {
            let digits = token.text.bytes().any(|b| b.is_ascii_digit());
            let point = i > 0 && token.text == "point";
            let next_is_number = tokens.get(i + 1).is_some_and(|next| next.text.as_bytes()[0].is_ascii_digit());
            let part = if point || self.respelt(text, tokens, i).is_some() {
                true
            } else if digits {
                mixed(&token.text)
            } else {
                self.letters.contains(&token.text) && next_is_number
            };
            let between = if i == 0 { "" } else { &text[tokens[i - 1].end..token.start] };
            // A comma is a slip for a dot only where nothing else parts the numbers: "c1, 5" may be a list.
            let near = between.chars().all(|c| " .-–—_/\u{a0}".contains(c)) || matches!(between, "," | ";" | ":");
            if !part || !near {
                break;
            }
            length = i + 1;
        }
        length
    }
}

/// A word that announces a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    /// "bloc", "activité".
    Bloc,
    /// "compétence", "critère".
    Competency,
    /// "la", "le".
    Any,
}

/// Adds a document to a list. Documents come one after the other, each with all its codes.
fn keep_best(list: &mut Vec<(u32, f32)>, document: u32, strength: f32) {
    match list.last_mut().filter(|(known, _)| *known == document) {
        Some((_, known)) => *known = known.max(strength),
        None => list.push((document, strength)),
    }
}

/// Whether a word is made of short letter groups and short numbers, as `a2c4` is and `iso27002` isn't.
fn mixed(word: &str) -> bool {
    let groups = word.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
    word.is_ascii() && groups.into_iter().all(|g| if g[0].is_ascii_digit() { g.len() <= 3 } else { g.len() <= 2 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tokens;

    fn book() -> CodeBook {
        let mut book = CodeBook::default();
        for (document, code) in
            ["C1.5", "C15", "C5.2", "A2C4", "B2.C3", "1.4.1", "CE12.1", "C18", "B3", "C2.10", "4.1"].iter().enumerate()
        {
            let key = CodeKey::printed(code).expect("a code");
            book.add(&key, u32::try_from(document).expect("few"), 1.0);
        }
        book
    }

    fn announces(word: &str) -> Option<Lead> {
        match word {
            "bloc" => Some(Lead::Bloc),
            "competence" => Some(Lead::Competency),
            "la" => Some(Lead::Any),
            _ => None,
        }
    }

    #[track_caller]
    fn check(typed: &str, expect: &str) {
        let found: Vec<String> = book().typed(typed, &tokens(typed), announces).into_iter().map(|c| c.key.0).collect();
        assert_eq!(found.join(" "), expect, "{typed:?}");
    }

    #[test]
    fn codes_are_read_however_typed() {
        for typed in ["C5.2", "c5.2", "C5-2", "c5 2", "C 5.2", "C05.2.", "la c5 2 stp"] {
            check(typed, "C5.2");
        }
        check("a2c4", "A2C4");
        check("A2 C4", "A2C4");
        check("b2 c3", "B2C3");
        check("ce12.1", "CE12.1");
        check("1.4.1", "1.4.1");
        check("la 1 4 1", "1.4.1");
        check("competence 18", "C18");
        check("bloc 3", "B3");
        check("c2.10 et c18", "C2.10 C18");
        for typed in ["c5,2", "c5;2", "c5:2", "c5 point 2", "competence 5.2"] {
            check(typed, "C5.2");
        }
        check("cl.5", "C1.5");
        check("c2.1O", "C2.10");
        check("C99.9", "C99.9");
    }

    #[test]
    fn numbers_and_words_are_not_codes() {
        for typed in ["30 min", "6 mois", "10 sur 20", "equipe de 4", "iso27002", "100%", "rgpd", "3 2", "2005", "5g"] {
            check(typed, "");
        }
    }

    #[test]
    fn a_forgotten_dot_comes_after_the_code_itself() {
        let typed = "c15";
        let found = book().typed(typed, &tokens(typed), announces);
        assert_eq!(found[0].documents, [(0, DOTTED), (1, 1.0)]);
    }
}
