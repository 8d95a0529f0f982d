//! Which référentiel and which bloc a brief is for.
//!
//! A référentiel is known by its title or slug, or deduced from codes that only it has. None of our documents gives an
//! RNCP number; should one do so, the number is looked for in its legal texts and notes, never in a table of ours.

use super::content::{BlocChoice, ReferentielChoice};
use super::limits::{NOTE, cut};
use super::{Field, Remark, World};
use regex::Regex;
use std::sync::LazyLock;
use vigie_chat::folded;
use vigie_referentiels::{Bloc, Referentiel};

static RNCP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\brncp\s*(?:n\s*[°o]?\s*)?:?\s*(\d{3,6})\b").expect("the pattern is constant"));

static BLOC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bblocs?\b(?:\s+de\s+competences?)?(?:\s+n\s*[°o]?)?\s*:?\s*(?P<code>[a-z]?\s?\d{1,2})\b")
        .expect("the pattern is constant")
});

static BARE_BLOC: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?P<code>[a-z]?\s?\d{1,2})\b").expect("the pattern is constant"));

/// Words too common to tell one title from another.
const COMMON: [&str; 12] = ["avec", "dans", "des", "pour", "une", "son", "ses", "aux", "les", "sur", "titre", "niveau"];

/// What was recognised, and what to say of it.
#[derive(Debug)]
pub(super) struct Recognised<T> {
    pub choice: Option<T>,
    pub remarks: Vec<Remark>,
}

impl<T> Default for Recognised<T> {
    fn default() -> Self {
        Self { choice: None, remarks: Vec::new() }
    }
}

/// The référentiel that some words name, which stand where one is named.
pub(super) fn named(words: &str, world: &World<'_>) -> Recognised<ReferentielChoice> {
    let text = spaced(words);
    let mut found = Recognised::default();
    let exact: Vec<&Referentiel> = world.referentiels.iter().filter(|r| names(r, &text)).collect();
    let near: Vec<&Referentiel> = if exact.is_empty() {
        world.referentiels.iter().filter(|r| shares(&r.titre, &text) >= 100).collect()
    } else {
        exact
    };
    let number = RNCP.captures(&text).map(|found| found[1].to_owned());
    match near.as_slice() {
        [] => {}
        [one] => {
            found.choice = Some(ReferentielChoice::Known(one.slug.clone()));
            return found;
        }
        several => {
            found.remarks.push(ambiguous(Field::Referentiel, words, several));
            return found;
        }
    }
    if let Some(number) = &number {
        if let Some(known) = world.referentiels.iter().find(|r| quotes(r, number)) {
            found.choice = Some(ReferentielChoice::Known(known.slug.clone()));
            return found;
        }
        found.remarks.push(Remark::doubt(
            Field::Referentiel,
            format!("RNCP {number}"),
            "aucun des documents que je connais ne donne ce numéro, je l’ai gardé tel quel",
        ));
    } else {
        found.remarks.push(Remark::doubt(
            Field::Referentiel,
            cut(words, 80).0,
            "ce n’est pas un référentiel que je connais, je l’ai gardé tel quel",
        ));
    }
    let kept = cut(words, NOTE).0;
    found.choice = (!kept.is_empty()).then_some(ReferentielChoice::Free(kept));
    found
}

/// The référentiel that a whole text names in passing, when it names only one; it is told as a guess.
pub(super) fn in_passing(text: &str, world: &World<'_>) -> Recognised<ReferentielChoice> {
    let mut found = Recognised::default();
    let text = spaced(text);
    let named: Vec<&Referentiel> = world.referentiels.iter().filter(|r| names(r, &text)).collect();
    match named.as_slice() {
        [] => {
            if let Some(number) = RNCP.captures(&text) {
                return self::named(&format!("RNCP {}", &number[1]), world);
            }
        }
        [one] => {
            found.remarks.push(Remark::doubt(
                Field::Referentiel,
                one.titre.clone(),
                "je le déduis de ces mots dans le texte",
            ));
            found.choice = Some(ReferentielChoice::Known(one.slug.clone()));
        }
        several => found.remarks.push(ambiguous(Field::Referentiel, "le texte", several)),
    }
    found
}

/// Says that several référentiels may be meant.
pub(super) fn ambiguous(field: Field, what: &str, several: &[&Referentiel]) -> Remark {
    let choices = several.iter().map(|r| r.titre.clone()).collect();
    Remark::Ambiguous { field, what: cut(what, 80).0, choices }
}

/// The bloc that some words name, which stand where one is named. Without a référentiel, the words are kept.
pub(super) fn bloc(words: &str, referentiel: Option<&Referentiel>) -> Recognised<BlocChoice> {
    let mut found = Recognised::default();
    let kept = cut(words, NOTE).0;
    let Some(referentiel) = referentiel else {
        found.choice = (!kept.is_empty()).then_some(BlocChoice::Free(kept));
        return found;
    };
    if let Some(bloc) = bloc_of(words, referentiel) {
        found.choice = Some(BlocChoice::Known(bloc.code.clone()));
    } else if !kept.is_empty() {
        let codes: Vec<&str> = referentiel.blocs.iter().map(|bloc| bloc.code.as_str()).collect();
        let why = format!("ce référentiel a les blocs {}, je l’ai gardé tel quel", codes.join(", "));
        found.remarks.push(Remark::doubt(Field::Bloc, cut(words, 80).0, why));
        found.choice = Some(BlocChoice::Free(kept));
    }
    found
}

/// The bloc of a référentiel that some words name by code, number or title.
pub(super) fn bloc_of<'a>(words: &str, referentiel: &'a Referentiel) -> Option<&'a Bloc> {
    let text = spaced(words);
    let text = text.trim();
    let code = BLOC.captures(text).or_else(|| BARE_BLOC.captures(text)).map(|found| found["code"].replace(' ', ""));
    let digits = |code: &str| code.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned();
    let by_code = code.and_then(|code| {
        let same = |bloc: &&Bloc| folded(&bloc.code) == code;
        let numbered = |bloc: &&Bloc| digits(&bloc.code) == digits(&code);
        // "Bloc 2" is the second whatever letter the document gives it; "B2" is, where the document says A2.
        referentiel.blocs.iter().find(same).or_else(|| referentiel.blocs.iter().find(numbered))
    });
    by_code.or_else(|| {
        let near = |bloc: &&Bloc| !bloc.titre.is_empty() && text.len() > 12 && shares(&bloc.titre, text) >= 75;
        referentiel.blocs.iter().filter(near).max_by_key(|bloc| shares(&bloc.titre, text))
    })
}

/// The bloc that a heading or a sentence mentions by its number ("Bloc 2").
pub(super) fn mentions_bloc(text: &str) -> Option<String> {
    let text = spaced(text);
    BLOC.captures(&text).map(|found| found[0].trim().to_owned())
}

/// Folded words with one space between them and at both ends.
fn spaced(text: &str) -> String {
    let folded = folded(text);
    let mut out = String::with_capacity(folded.len() + 2);
    for word in folded.split_whitespace() {
        out.push(' ');
        out.push_str(word);
    }
    out.push(' ');
    out
}

/// The title without what stands in parentheses.
fn bare_title(referentiel: &Referentiel) -> String {
    let title = folded(&referentiel.titre);
    title.split(" (").next().unwrap_or(&title).trim().to_owned()
}

fn names(referentiel: &Referentiel, text: &str) -> bool {
    holds(text, &bare_title(referentiel)) || holds(text, &referentiel.slug)
}

/// Whether a text holds a phrase, at the ends of words.
fn holds(text: &str, phrase: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '/');
    !phrase.is_empty()
        && text
            .match_indices(phrase)
            .any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + phrase.len()..].chars().next()))
}

/// How many of the telling words of a title a text has, in percent.
fn shares(title: &str, text: &str) -> usize {
    let title = folded(title);
    let has = |word: &str| text.split(|c: char| !c.is_alphanumeric()).any(|other| stem(other) == stem(word));
    let words: Vec<&str> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2 && !COMMON.contains(word))
        .take(30)
        .collect();
    if words.len() < 2 { 0 } else { words.iter().filter(|word| has(word)).count() * 100 / words.len() }
}

fn stem(word: &str) -> &str {
    word.trim_end_matches(['s', 'x'])
}

fn quotes(referentiel: &Referentiel, number: &str) -> bool {
    let texts = referentiel.textes_legaux.iter().chain(&referentiel.notes).chain([&referentiel.titre]);
    texts.into_iter().any(|text| RNCP.captures(&folded(text)).is_some_and(|found| &found[1] == number))
}
