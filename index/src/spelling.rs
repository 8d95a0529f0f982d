//! Typos: the words nearest to one that nothing knows.
//!
//! Longer words tolerate more, and short words none. Swapping two neighbours counts as one slip. The first letter is the
//! one that people get right: words that begin with another must be nearer.

use crate::vocabulary::{FormId, Vocabulary, letters};

/// A word that a typo may stand for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    pub form: FormId,
    pub distance: usize,
    rank: f32,
}

/// Slips that a word of this length may hold.
pub(crate) fn tolerance(length: usize) -> usize {
    match length {
        0..=4 => 0,
        5..=7 => 1,
        8..=12 => 2,
        _ => 3,
    }
}

/// The nearest words, best first, from the corpus and the thesaurus.
pub(crate) fn nearest(word: &str, vocabulary: &Vocabulary, most: usize) -> Vec<Candidate> {
    match swapped_acronym(word, vocabulary) {
        Some(form) => vec![Candidate { form, distance: 1, rank: 0.0 }],
        None => within(word, vocabulary, tolerance(word.chars().count()), most),
    }
}

/// The acronym of at least four letters in which two neighbours were swapped: "rgdp".
fn swapped_acronym(word: &str, vocabulary: &Vocabulary) -> Option<FormId> {
    if !word.is_ascii() || !(4..=6).contains(&word.len()) {
        return None;
    }
    (0..word.len() - 1).find_map(|at| {
        let mut letters = word.to_owned().into_bytes();
        letters.swap(at, at + 1);
        let swapped = String::from_utf8(letters).ok()?;
        vocabulary.form(&swapped).filter(|form| swapped != word && vocabulary.is_acronym(*form))
    })
}

/// The nearest words at most `allowed` slips away.
pub(crate) fn within(word: &str, vocabulary: &Vocabulary, allowed: usize, most: usize) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    if allowed == 0 || !word.is_ascii() || word.bytes().any(|b| b.is_ascii_digit()) {
        return found;
    }
    let mask = letters(word);
    let mut rows = Rows::default();
    for (form, id) in vocabulary.forms.iter().zip(0..) {
        let length = form.text.len();
        // A slip changes the set of letters by two at most.
        let far = (form.letters ^ mask).count_ones() as usize > 2 * allowed || length.abs_diff(word.len()) > allowed;
        if far || length < 4 || &*form.text == word {
            continue;
        }
        let same_start = form.text.as_bytes()[0] == word.as_bytes()[0];
        let least = if same_start { allowed } else { allowed - 1 };
        if least == 0 && !same_start && word.len() < 8 {
            continue;
        }
        let Some(distance) = rows.distance(word.as_bytes(), form.text.as_bytes(), least.max(1)) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a rank needs no precision")]
        let rank = distance as f32 + if same_start { 0.0 } else { 0.5 } - (form.count.min(50) as f32) / 100.0;
        found.push(Candidate { form: id, distance, rank });
    }
    found.sort_by(|a, b| a.rank.total_cmp(&b.rank).then(a.form.cmp(&b.form)));
    found.truncate(most);
    found
}

/// Reused rows of the distance table.
#[derive(Default)]
struct Rows([Vec<usize>; 3]);

impl Rows {
    /// Damerau-Levenshtein distance (neighbours swapped count once), if it is at most `most`.
    fn distance(&mut self, a: &[u8], b: &[u8], most: usize) -> Option<usize> {
        let [before, last, current] = &mut self.0;
        last.clear();
        last.extend(0..=b.len());
        before.clear();
        before.resize(b.len() + 1, 0);
        for i in 1..=a.len() {
            current.clear();
            current.push(i);
            let mut row_best = i;
            for j in 1..=b.len() {
                let change = usize::from(a[i - 1] != b[j - 1]);
                let mut cost = (last[j] + 1).min(current[j - 1] + 1).min(last[j - 1] + change);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    cost = cost.min(before[j - 2] + 1);
                }
                current.push(cost);
                row_best = row_best.min(cost);
            }
            if row_best > most {
                return None;
            }
            std::mem::swap(before, last);
            std::mem::swap(last, current);
        }
        Some(last[b.len()]).filter(|distance| *distance <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expect: Option<&str>) {
        let mut vocabulary = Vocabulary::default();
        for word in ["archivage", "cybersecurite", "achat", "preparer", "projet", "preproduction", "distribuee"] {
            let form = vocabulary.intern(word);
            vocabulary.forms[form as usize].count = 1;
        }
        let found = nearest(typed, &vocabulary, 1).first().map(|c| vocabulary.forms[c.form as usize].text.to_string());
        assert_eq!(found.as_deref(), expect, "{typed}");
    }

    #[test]
    fn longer_words_tolerate_more_and_short_words_none() {
        check("archvage", Some("archivage"));
        check("cybersecurtie", Some("cybersecurite"));
        check("prepoduction", Some("preproduction"));
        check("distribbuee", Some("distribuee"));
        check("porjet", Some("projet"));
        check("chat", None);
        check("reparer", None);
        check("lasagnes", None);
    }
}
