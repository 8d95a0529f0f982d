//! What a brief is read against: the référentiels in force, their search, and dates in the zone of whoever posts it.
//!
//! A wording is found by the index, and how sure it is that it names a competency is measured here, since the score of a
//! search says nothing outside of its own answer: the share of the wording's telling words that the competency's statement
//! has, and, for less, the share of the statement that the wording covers. Two competencies that do nearly as well make
//! both doubtful. The tests below measure it on every statement of every référentiel, whole and shortened, and on
//! paraphrases; domain::brief takes 75 and more as sure, and under 40 as nothing.

use crate::commands::context::{Context, Problem};
use crate::domain::brief::{self, Brief, Field, FoundDate, Match, Remark, Understood, World, Wrong};
use crate::domain::date::{Frame, find};
use crate::domain::limits::visible;
use crate::library::Library;
use jiff::Zoned;
use std::collections::BTreeSet;
use std::sync::Arc;
use vigie_chat::folded;
use vigie_index::{Kind, Query};

/// Competencies that the index offers for a wording, of which the nearest is taken.
const OFFERED: usize = 8;
/// Longest wording that is searched, in characters: a statement is no longer, and the search of a page says nothing more.
const WORDING: usize = 400;
/// Letters of a word by which it is known in all its forms: "analyser" and "analyse", "réseau" and "réseaux".
const STEM: usize = 5;
/// Words of fewer letters tell nothing, unless they are figures.
const TELLING: usize = 4;
/// What the share of the wording's words counts for, out of 100; the rest is the share of the statement.
const OF_WORDING: usize = 80;
/// Two competencies nearer to each other than this, out of 100, are told apart by a person.
const CLOSE: u8 = 8;
/// How sure it can be then, at most.
const DOUBTFUL: u8 = 70;

/// Words that every statement has: they tell nothing of which one is meant.
const COMMON: [&str; 14] = [
    "afin", "avec", "ainsi", "dans", "pour", "leurs", "selon", "entre", "cette", "elles", "sont", "tenan", "compt",
    "notam",
];

/// Reads briefs. It owns what it reads with, so that long texts are read beside what is answered meanwhile.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    library: Arc<Library>,
    now: Zoned,
    zone: String,
}

impl Reader {
    /// For whoever asks.
    pub(super) fn of(context: &Context) -> Result<Self, Problem> {
        let now = context.wall()?;
        let zone = now.time_zone().iana_name().unwrap_or("UTC").to_owned();
        Ok(Self { library: Arc::clone(&context.library), now, zone })
    }

    /// What a text says.
    pub(super) async fn understood(self, text: String) -> Result<Understood, Problem> {
        // What shows nothing would make titles that say nothing.
        beside(move || self.with_world(|world| brief::read(&visible(&text), world))).await
    }

    /// A brief with some fields set to what was typed for each, in order; the first that can't be stops it.
    pub(super) async fn corrected(
        self,
        mut brief: Brief,
        typed: Vec<(Field, String)>,
    ) -> Result<Result<Understood, Wrong>, Problem> {
        beside(move || {
            self.with_world(|world| {
                let mut remarks: Vec<Remark> = Vec::new();
                for (field, typed) in typed {
                    remarks.extend(brief::set(&mut brief, field, &typed, world)?);
                }
                Ok(Understood { brief, remarks })
            })
        })
        .await
    }

    fn with_world<T>(&self, work: impl FnOnce(&World<'_>) -> T) -> T {
        let matching = |wording: &str, slug: Option<&str>| nearest(&self.library, wording, slug);
        let frame = Frame::new(&self.now);
        let dates = |text: &str| {
            let found = find(text, &frame).into_iter().map(|found| FoundDate {
                range: found.range,
                civil: found.reading.moment.civil(),
                doubtful: found.reading.doubts.first().map(|doubt| clause(&doubt.to_string())),
            });
            found.collect()
        };
        let referentiels = &self.library.referentiels;
        work(&World { referentiels, matching: &matching, dates: &dates, zone: &self.zone })
    }
}

/// Work that takes long for an instant, done beside what waits.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Problem::Fault("reading a brief panicked".to_owned()))
}

/// A sentence as the end of another one.
fn clause(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Competencies whose statement is near a wording, nearest first, with how sure it is that each is meant.
fn nearest(library: &Library, wording: &str, slug: Option<&str>) -> Vec<Match> {
    let wording: String = wording.chars().take(WORDING).collect();
    let asked = telling(&wording);
    if asked.is_empty() {
        return Vec::new();
    }
    // In a search, quotation marks ask for these very words; here they are the brief's.
    let searched = wording.replace(['"', '«', '»', '“', '”'], " ");
    let query = Query::new(searched).within(slug).only([Kind::Competence]).page(0, OFFERED);
    let mut found: Vec<Match> = Vec::new();
    for hit in library.index.search(&query).hits {
        let Some(code) = hit.code else { continue };
        let confidence = confidence(&asked, &telling(&hit.title));
        found.push(Match { slug: hit.referentiel, code, confidence });
    }
    // The index's order settles what the measure leaves equal.
    found.sort_by_key(|one| std::cmp::Reverse(one.confidence));
    if let [best, second, ..] = found.as_mut_slice()
        && best.confidence < 100
        && best.confidence - second.confidence < CLOSE
    {
        best.confidence = best.confidence.min(DOUBTFUL);
        second.confidence = second.confidence.min(DOUBTFUL);
    }
    found
}

/// The beginnings of the words that tell what a text is about.
fn telling(text: &str) -> BTreeSet<String> {
    let folded = folded(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let telling = words.filter(|word| word.chars().count() >= TELLING || word.contains(|c: char| c.is_ascii_digit()));
    let stems = telling.map(|word| word.chars().take(STEM).collect::<String>());
    stems.filter(|stem| !COMMON.contains(&stem.as_str())).collect()
}

/// How sure it is that a wording names a statement, from 0 to 100.
fn confidence(asked: &BTreeSet<String>, stated: &BTreeSet<String>) -> u8 {
    let shared = asked.intersection(stated).count();
    let share = |of: usize, weight: usize| shared * weight / of.max(1);
    u8::try_from(share(asked.len(), OF_WORDING) + share(stated.len(), 100 - OF_WORDING)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;
    use vigie_referentiels::embedded;

    static LIBRARY: LazyLock<Library> =
        LazyLock::new(|| Library::new(embedded(), None).expect("the embedded référentiels can be searched"));

    fn best(wording: &str, slug: &str) -> Option<(String, u8)> {
        nearest(&LIBRARY, wording, Some(slug)).into_iter().next().map(|one| (one.code, one.confidence))
    }

    /// How many statements, written so, are recognised: as sure, as doubtful, and how many others are taken for them.
    fn measured(written: impl Fn(&str) -> String) -> (usize, usize, usize, usize) {
        let (mut sure, mut doubtful, mut other, mut all) = (0, 0, 0, 0);
        for referentiel in &LIBRARY.referentiels {
            for (_, competency) in referentiel.competencies() {
                all += 1;
                match best(&written(&competency.intitule), &referentiel.slug) {
                    Some((code, confidence)) if code == competency.code.as_str() => {
                        sure += usize::from(confidence >= 75);
                        doubtful += usize::from((40..75).contains(&confidence));
                    }
                    Some((_, confidence)) => other += usize::from(confidence >= 75),
                    None => {}
                }
            }
        }
        (sure, doubtful, other, all)
    }

    #[test]
    fn the_documents_own_words_are_recognised() {
        let (sure, doubtful, other, all) = measured(str::to_owned);
        assert_eq!(other, 0, "one is taken for another");
        assert!(sure * 100 >= all * 97, "{sure} of {all} are sure, {doubtful} doubtful");
    }

    #[test]
    fn the_beginning_of_a_statement_is_recognised() {
        let first = |text: &str| text.split_whitespace().take(9).collect::<Vec<_>>().join(" ");
        let (sure, doubtful, other, all) = measured(first);
        assert!(other * 100 <= all * 3, "{other} of {all} are taken for others");
        assert!((sure + doubtful) * 100 >= all * 90, "{sure} of {all} are sure, {doubtful} doubtful");
    }

    #[test]
    fn what_names_no_competency_is_recognised_as_none() {
        for wording in [
            "travailler en mode projet",
            "le café est offert par l’association",
            "apporter son ordinateur et une rallonge électrique",
            "arriver à l’heure le lundi matin",
        ] {
            for referentiel in &LIBRARY.referentiels {
                let found = best(wording, &referentiel.slug);
                assert!(found.as_ref().is_none_or(|(_, c)| *c < 75), "{wording}: {found:?} of {}", referentiel.slug);
            }
        }
    }
}
