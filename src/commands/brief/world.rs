//! What a brief is read against: the référentiels in force, their search, and dates in the zone of whoever posts it.
//!
//! A wording is found by the index, and how sure it is that it names a competency is measured here, since the score of a
//! search says nothing outside of its own answer: the share of the wording's telling words that the competency's statement
//! has, and, for less, the share of the statement that the wording covers. Two competencies that do nearly as well make
//! both doubtful. `domain::brief` takes 75 and more as sure, and under 40 as nothing. Measured by the tests
//! below on the 163 statements of the five référentiels: whole, all are sure and right; their first nine words alone, 159 are
//! sure, 2 doubtful, none is taken for another; of 8 paraphrases 7 are found, 4 of them sure, and the wrong one is doubtful.

use crate::commands::context::{Context, Problem};
use crate::domain::brief::{self, Brief, Field, FoundDate, Match, Remark, Understood, World, Wrong};
use crate::domain::date::{Frame, Reading, find, read};
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

    /// A brief with some fields set to what was typed for each, in order, and why some could not be: those stay as they were.
    pub(super) async fn corrected(
        self,
        mut brief: Brief,
        typed: Vec<(Field, String)>,
    ) -> Result<(Understood, Vec<Wrong>), Problem> {
        beside(move || {
            self.with_world(|world| {
                let (mut remarks, mut wrong): (Vec<Remark>, Vec<Wrong>) = (Vec::new(), Vec::new());
                for (field, typed) in typed {
                    match brief::set(&mut brief, field, &typed, world) {
                        Ok(more) => remarks.extend(more),
                        Err(why) => wrong.push(self.reason(why, &typed)),
                    }
                }
                (Understood { brief, remarks }, wrong)
            })
        })
        .await
    }

    /// Why what was typed for a date is none: that there is no 31 April says more than that it wasn't understood.
    fn reason(&self, wrong: Wrong, typed: &str) -> Wrong {
        match (&wrong, read(typed, &Frame::new(&self.now))) {
            (Wrong::NotUnderstood { field: field @ (Field::Starts | Field::Deadline), .. }, Err(refusal)) => {
                Wrong::NotADate { field: *field, why: clause(&refusal.to_string()) }
            }
            _ => wrong,
        }
    }

    fn with_world<T>(&self, work: impl FnOnce(&World<'_>) -> T) -> T {
        let matching = |wording: &str, slug: Option<&str>| nearest(&self.library, wording, slug);
        let frame = Frame::new(&self.now);
        let entry = |range, reading: Reading| FoundDate {
            range,
            civil: reading.moment.civil(),
            doubtful: reading.doubts.first().map(|doubt| clause(&doubt.to_string())),
        };
        let dates = |text: &str| match find(text, &frame) {
            // What is typed for a date alone may be written more freely than in prose.
            found if found.is_empty() => {
                read(text, &frame).ok().map(|one| entry(0..text.len(), one)).into_iter().collect()
            }
            found => found.into_iter().map(|found| entry(found.range, found.reading)).collect(),
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

    /// Wordings of trainers, and what they mean.
    const PARAPHRASES: [(&str, &str, &str); 8] = [
        ("Répartir les tâches entre les membres de l’équipe", "manager-projets-informatiques", "B2.C6"),
        ("rédiger une note de cadrage", "projet-ia", "A1C2"),
        ("analyser les risques d’un projet d’IA", "projet-ia", "A1C3"),
        ("faire une veille technologique et réglementaire sur l’IA", "projet-ia", "A1C4"),
        ("analyser un corpus de données et choisir les données appropriées", "projet-ia", "A2C1"),
        ("modéliser l’architecture des données de la solution", "projet-ia", "A2C3"),
        ("définir les tests et la validation du modèle d’apprentissage", "projet-ia", "A2C8"),
        ("structurer les données en respectant le RGPD", "projet-ia", "A2C2"),
    ];

    #[test]
    fn other_words_for_a_competency_are_recognised_or_doubted() {
        let told: Vec<String> =
            PARAPHRASES.iter().map(|(wording, slug, meant)| format!("{meant} {:?}", best(wording, slug))).collect();
        let right = PARAPHRASES.iter().filter(|(wording, slug, meant)| {
            best(wording, slug).is_some_and(|(code, confidence)| code == *meant && confidence >= 40)
        });
        assert!(right.count() >= 7, "{told:#?}");
        // What is taken for another is doubtful at least.
        for (wording, slug, meant) in PARAPHRASES {
            assert!(best(wording, slug).is_none_or(|(code, c)| code == meant || c < 75), "{wording}: {told:#?}");
        }
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
