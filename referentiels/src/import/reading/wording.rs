//! Words: folding for comparison, rejoining what a page cut, splitting running text into sentences.

use crate::import::parentheses::Parentheses;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// Lower case, without accents, ligatures undone, apostrophes and dashes alike: for comparison only.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            '’' | '‘' | 'ʼ' => folded.push('\''),
            '–' | '—' | '‑' => folded.push('-'),
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// The folded words of a text, in order.
pub(in crate::import) fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The first folded words of a text, without looking at the rest.
fn first_words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().flat_map(words)
}

/// The last folded word of a text, without looking at the rest.
pub(in crate::import) fn last_word(text: &str) -> Option<String> {
    text.split_whitespace().rev().find_map(|part| words(part).pop())
}

/// Whether a text says anything at all: more than punctuation.
pub(super) fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// The words of a whole document, to decide whether two fragments are one word.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(HashMap<String, usize>);

impl Vocabulary {
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut counts = HashMap::new();
        for word in texts.flat_map(words) {
            *counts.entry(word).or_insert(0) += 1;
        }
        Self(counts)
    }

    fn count(&self, word: &str) -> usize {
        self.0.get(word).copied().unwrap_or(0)
    }

    /// Adds to a text the rest of it, which a page or a cell cut off in the middle of a sentence or of a word.
    pub(super) fn join(&self, first: &mut String, second: &str) {
        first.truncate(first.trim_end().len());
        let second = second.trim_start();
        if let (Some(last), Some(next)) = (last_word(first), first_words(second).next()) {
            let whole = self.count(&format!("{last}{next}"));
            let lower = second.starts_with(char::is_lowercase);
            let hyphen = lower && first.ends_with(['-', '\u{ad}']);
            if hyphen && (whole > 0 || self.count(&last) <= 1 || self.count(&next) <= 1) {
                first.pop();
            } else if !hyphen {
                let letters = first.ends_with(char::is_alphabetic) && lower;
                let one_word = letters && whole > 0 && self.count(&last) <= 1 && self.count(&next) <= 1;
                if !one_word && !first.ends_with(['\'', '’']) {
                    first.push(' ');
                }
            }
        }
        first.push_str(second);
    }
}

/// Words that can begin a sentence although nothing closes the one before it.
#[derive(Debug, Default)]
pub(super) struct Starters(HashSet<String>);

impl Starters {
    /// Determiners and pronouns, which a capital in the middle of a line makes the start of a sentence.
    const ALWAYS: [&str; 20] = [
        "le", "la", "les", "l", "un", "une", "des", "il", "elle", "ils", "elles", "ce", "cet", "cette", "ces",
        "chaque", "tous", "toutes", "leur", "leurs",
    ];

    /// Learns from pieces of text that surely begin a sentence.
    pub(super) fn learn<'a>(pieces: impl Iterator<Item = &'a str>) -> Self {
        let known = Self::ALWAYS.iter().map(ToString::to_string);
        let first = pieces.filter(|p| p.starts_with(char::is_uppercase)).filter_map(|p| words(p).into_iter().next());
        Self(known.chain(first.filter(|w| w.len() > 2)).collect())
    }

    fn begins(&self, rest: &str) -> bool {
        let mut letters = rest.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let then_lower = letters.next().is_some_and(|c| c.is_lowercase() || c == '\'' || c == '’');
        capital && then_lower && first_words(rest).next().is_some_and(|w| self.0.contains(&w))
    }
}

/// Splits running text into sentences: at full stops, at " / " between capitals, and where a capital begins a new
/// sentence although the one before was not closed. Never inside parentheses, never after a colon.
pub(super) fn sentences(text: &str, starters: &Starters) -> Vec<String> {
    let outside = Parentheses::of(text);
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() || outside.within(at) || at < from {
            continue;
        }
        let (before, rest) = (text[from..at].trim_end(), text[at..].trim_start());
        let Some(next) = rest.chars().next() else { continue };
        let ends = if before.ends_with(['.', '!', '?']) && !is_abbreviation(before) {
            next.is_uppercase() || "«\"".contains(next)
        } else if before.ends_with('.') && before.contains(char::is_whitespace) && ends_with_code(before) {
            // "Relative à l'activité 4.1. Les détails …": a determiner surely begins a sentence.
            starters.begins(rest)
        } else if before.ends_with(" /") {
            // A list written on one line: "Maîtrise … / Méthodologie …".
            next.is_uppercase() && !text[from..at].match_indices(" : ").any(|(colon, _)| !outside.within(from + colon))
        } else {
            open_ended(before) && starters.begins(rest)
        };
        if ends {
            found.push(before.trim_end_matches(" /").trim().to_owned());
            from = at;
        }
    }
    found.push(text[from..].trim().to_owned());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Splits titles run together on one line: before a capital that begins a noun with its complement ("… des charges
/// Management des risques").
pub(super) fn titles(text: &str) -> Vec<&str> {
    const LINKS: [&str; 12] = ["de", "des", "du", "d", "et", "a", "au", "aux", "en", "la", "le", "l"];
    let outside = Parentheses::of(text);
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(' ') {
        let (before, rest) = (&text[from..at], &text[at + 1..]);
        let mut next = first_words(rest);
        let noun = next.next().is_some_and(|w| w.len() > 3);
        let capital = rest.starts_with(char::is_uppercase) && rest.chars().nth(1).is_some_and(char::is_lowercase);
        let linked = next.next().is_some_and(|w| LINKS.contains(&w.as_str()));
        if capital && noun && linked && open_ended(before) && !outside.within(at) {
            found.push(before);
            from = at + 1;
        }
    }
    found.push(&text[from..]);
    found
}

/// Whether a sentence could stop here without a mark: after a word or a closed parenthesis, not after a small word that
/// calls for another.
fn open_ended(before: &str) -> bool {
    before.ends_with(|c: char| c.is_alphabetic() || c.is_ascii_digit() || c == ')' || c == ']')
        && !ends_with_small_word(before)
}

/// Whether no sentence can stop here: after a comma, a dash, an apostrophe or a small word.
pub(in crate::import) fn calls_for_more(text: &str) -> bool {
    text.trim_end().ends_with([',', '\'', '’', '-', '–', ':', '(']) || ends_with_small_word(text)
}

/// Whether the last word is one that a sentence goes on after.
fn ends_with_small_word(text: &str) -> bool {
    const CALLS_FOR_MORE: [&str; 40] = [
        "et", "ou", "de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "en", "un", "une", "par", "pour",
        "sur", "sous", "dans", "avec", "sans", "entre", "vers", "chez", "selon", "que", "qu", "qui", "dont", "est",
        "sont", "via", "type", "outil", "methode", "s", "n", "c",
    ];
    last_word(text).is_some_and(|word| CALLS_FOR_MORE.contains(&word.as_str()))
}

/// Whether the full stop at the end belongs to an abbreviation or a number.
fn is_abbreviation(before: &str) -> bool {
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let stem = last.trim_start_matches(['(', '«']).trim_end_matches('.');
    stem.chars().all(|c| c.is_ascii_digit() || c == '.') && last.len() <= 4
        || matches!(fold(stem).as_str(), "ex" | "art" | "cf" | "n" | "p" | "m" | "mme" | "i.a" | "s.i" | "i" | "s")
}

/// Whether the last word is a code of several numbers.
fn ends_with_code(before: &str) -> bool {
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let code = last.trim_end_matches('.');
    code.contains('.') && code.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Whether a text is only the beginning of a sentence that what follows goes on with.
pub(super) fn is_lead_in(text: &str) -> bool {
    text.trim_end().ends_with(':') || text.trim_end().ends_with(" -")
}

/// Whether a piece goes on with the one before it, which a page or a cell cut.
pub(super) fn continues(previous: &str, next: &str) -> bool {
    let opened = previous.matches('(').count() > previous.matches(')').count() && next.contains(')');
    let lower = next.starts_with(char::is_lowercase);
    let closed = previous.trim_end().ends_with(['.', '!', '?', ';']);
    opened || (lower && !closed && !is_lead_in(previous))
}

/// Without the dash, semicolon or comma that ends an item of a list.
pub(super) fn trim_item(text: &str) -> &str {
    text.trim().trim_end_matches([';', ',']).trim_end()
}

/// Whether an item is only a part of the sentence that announces it: it begins in lower case with a determiner or a
/// preposition ("… présentant : l'entreprise ; le contexte"). An infinitive is a task of its own.
pub(super) fn is_part(item: &str) -> bool {
    const BEGINNINGS: [&str; 20] = [
        "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "au", "aux", "a", "en", "son", "sa", "ses",
        "leur", "leurs", "ces",
    ];
    item.starts_with(char::is_lowercase) && first_words(item).next().is_some_and(|w| BEGINNINGS.contains(&&*w))
}

/// Adds an item to the sentence that announces it, after the items already there. Only the last full stop stays.
pub(super) fn add_item(sentence: &mut String, item: &str) {
    let before = trim_item(sentence);
    let open = if before.ends_with("etc.") || before.ends_with("..") {
        before
    } else {
        before.strip_suffix('.').unwrap_or(before).trim_end()
    };
    let joint = match (open.ends_with(':'), open.contains(" : ")) {
        (true, _) => " ",
        (false, true) => " ; ",
        (false, false) => " : ",
    };
    *sentence = format!("{open}{joint}{}", trim_item(item));
}
