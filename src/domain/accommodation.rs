//! What the documents say of accommodation: extra time, criteria that aren't applied, the law behind it.
//!
//! They state extra time as a fraction ("sans dépasser le tiers du temps normalement prévu", Projet IA). Where a document
//! states no limit, none is made up; where it says nothing at all, the law is quoted as another document cites it.

use super::duration::Minutes;
use regex::Regex;
use std::sync::LazyLock;
use vigie_chat::folded;
use vigie_referentiels::{CompetencyCode, Referentiel};

static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:d[ée]passer|exc[ée]der|limite|maximum|au plus|jusqu['’][àa])[^.;]*?\b(?P<part>tiers|quart|moiti[ée])\b")
        .expect("the pattern is constant")
});

/// How a document speaks of extra time, with a limit or without one.
static EXTRA: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)temps suppl[ée]mentaire|temps major[ée]|majoration du temps").expect("the pattern is constant")
});

/// How a document says that a jury may leave criteria out.
static NEUTRALISED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)neutralis\w*[^.;]*crit[èe]re").expect("the pattern is constant"));

static VALIDITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bvalable (?:pour |pendant )?une? (?:an|ann[ée]e)\b").expect("the pattern is constant")
});

/// Beginnings of words by which people speak of a disability, an illness or an accommodation; folded.
const OF_HEALTH: [&str; 40] = [
    "handicap", "amenage", "compens", "dyslex", "dysprax", "dyscalc", "dysorth", "tdah", "tdha", "autis", "asperger",
    "rqth", "mdph", "malvoyan", "aveugl", "malenten", "sourd", "muet", "diabet", "epilep", "cancer", "depress",
    "bipolair", "schizo", "anxie", "phobi", "maladie", "malade", "chroniqu", "medecin", "medical", "enceint",
    "grossess", "hospital", "beguai", "bega", "fauteuil", "migrain", "handi", "agefiph",
];

/// Words of the same kind that are only meant when whole, or two together.
const OF_HEALTH_WHOLE: [&str; 8] =
    ["dys", "tsa", "tiers temps", "tiers-temps", "1/3 temps", "mal voyant", "hpi", "sante"];

/// Whether a question may tell of somebody's health, so that its answer is for them alone.
///
/// It errs on the side of discretion: a question on a competency about disability at work is answered in private too.
#[must_use]
pub fn may_tell_of_health(text: &str) -> bool {
    let folded = folded(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let spaced = format!(" {} ", folded.split_whitespace().collect::<Vec<_>>().join(" "));
    words.clone().any(|word| OF_HEALTH.iter().any(|start| word.starts_with(start)))
        || words.clone().any(|word| OF_HEALTH_WHOLE.contains(&word))
        || OF_HEALTH_WHOLE.iter().any(|phrase| spaced.contains(&format!(" {phrase} ")))
}

/// The greatest extra time that a document allows, as a fraction of the normal time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit<'a> {
    numerator: u32,
    denominator: u32,
    /// The document's own sentence.
    pub sentence: &'a str,
    /// What it says of going past the limit, where it does.
    pub beyond: Option<&'a str>,
}

impl Limit<'_> {
    /// The greatest extra time for a normal time: rounded down to the minute, since it may not go past the limit.
    /// `None` when that is under a minute.
    #[must_use]
    pub fn extra(&self, normal: Minutes) -> Option<Minutes> {
        Minutes::new(normal.get() * self.numerator / self.denominator)
    }
}

/// What a document says of a decision that holds for a year, in its own words; none where it doesn't say so. Source: the
/// Data Engineer document.
#[must_use]
pub fn validity(referentiel: &Referentiel) -> Option<&str> {
    let says = |text: &str| VALIDITY.is_match(text);
    referentiel.amenagements.iter().map(|one| one.texte.as_str()).find(|text| says(text))
}

/// The limit that a référentiel sets to extra time, if it sets one.
#[must_use]
pub fn extra_time_limit(referentiel: &Referentiel) -> Option<Limit<'_>> {
    referentiel.amenagements.iter().find_map(|accommodation| {
        let (sentence, found) =
            sentences(&accommodation.texte).find_map(|one| LIMIT.captures(one).map(|found| (one, found)))?;
        let denominator = match found["part"].to_lowercase().chars().next()? {
            't' => 3,
            'q' => 4,
            _ => 2,
        };
        let beyond = sentences(&accommodation.texte)
            .find(|one| *one != sentence && folded(one).contains("situation exceptionnelle"));
        Some(Limit { numerator: 1, denominator, sentence, beyond })
    })
}

/// The sentences of a text, without what is between them.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(". ").map(str::trim)
}

/// What a document says of extra time, whether or not it sets a limit.
#[must_use]
pub fn extra_time_said(referentiel: &Referentiel) -> Option<&str> {
    referentiel.amenagements.iter().map(|one| one.texte.as_str()).find(|text| EXTRA.is_match(text))
}

/// What a document says of criteria that aren't applied to whoever asks for it: those of these competencies, then those
/// that a jury may leave out, whichever they are. It depends on the document alone, so that everybody reads the same.
#[must_use]
pub fn on_criteria(
    referentiel: &Referentiel,
    is_meant: impl Fn(&CompetencyCode) -> bool,
) -> Vec<(Vec<&CompetencyCode>, &str)> {
    let tied = referentiel.amenagements.iter().filter_map(|one| {
        let codes: Vec<&CompetencyCode> = one.competences.iter().filter(|code| is_meant(code)).collect();
        (!codes.is_empty()).then_some((codes, one.texte.as_str()))
    });
    let by_jury = referentiel
        .amenagements
        .iter()
        .filter(|one| one.competences.is_empty() && NEUTRALISED.is_match(&one.texte))
        .map(|one| (Vec::new(), one.texte.as_str()));
    tied.chain(by_jury).collect()
}

/// The law of 11 February 2005 as one of these documents cites it, and which: the right that holds where a document says
/// nothing.
#[must_use]
pub fn legal_right<'a>(documents: impl IntoIterator<Item = &'a Referentiel>) -> Option<(&'a Referentiel, &'a str)> {
    documents.into_iter().find_map(|referentiel| {
        let texts = referentiel.amenagements.iter().map(|one| one.texte.as_str());
        texts.into_iter().find(|text| text.contains("loi du 11 février 2005")).map(|text| (referentiel, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit_of(slug: &str) -> Option<(u32, u32)> {
        let all = vigie_referentiels::embedded();
        let referentiel = all.iter().find(|r| r.slug == slug).expect("an embedded référentiel");
        extra_time_limit(referentiel).map(|limit| (limit.numerator, limit.denominator))
    }

    #[test]
    fn only_documents_that_state_a_limit_have_one() {
        assert_eq!(limit_of("projet-ia"), Some((1, 3)));
        assert_eq!(limit_of("data-engineer"), None);
        assert_eq!(limit_of("manager-projets-informatiques"), None);
        assert_eq!(limit_of("cil"), None);
    }

    #[test]
    fn each_document_says_its_own() {
        let all = vigie_referentiels::embedded();
        let of = |slug: &str| all.iter().find(|r| r.slug == slug).expect("an embedded référentiel");
        let limit = extra_time_limit(of("projet-ia")).expect("it sets one");
        assert!(limit.sentence.ends_with("pour chacune d'elles."), "{}", limit.sentence);
        let beyond =
            "Cette majoration peut être allongée en cas de situation exceptionnelle sur demande motivée du médecin";
        assert_eq!(limit.beyond, Some(beyond));
        assert!(
            extra_time_said(of("manager-projets-informatiques")).is_some_and(|s| s.contains("temps supplémentaire"))
        );
        for silent in ["cil", "solutions-informatiques", "data-engineer"] {
            assert_eq!(extra_time_said(of(silent)), None, "{silent}");
        }
        let (cited, law) = legal_right(all.iter()).expect("one cites it");
        assert_eq!(cited.slug, "data-engineer");
        assert!(law.contains("droit à la compensation des conséquences de son handicap"));
        assert_eq!(legal_right([of("cil")]), None);
    }

    #[test]
    fn criteria_that_are_not_applied_are_told_where_they_are() {
        let all = vigie_referentiels::embedded();
        let told = |slug: &str, code: &str| {
            let referentiel = all.iter().find(|r| r.slug == slug).expect("an embedded référentiel");
            on_criteria(referentiel, |known| known.as_str() == code).len()
        };
        assert_eq!([told("projet-ia", "A4C8"), told("projet-ia", "A4C11"), told("projet-ia", "A4C9")], [1, 1, 0]);
        assert_eq!(told("manager-projets-informatiques", "B2.C6"), 1);
        assert_eq!([told("data-engineer", "C1.5"), told("cil", "C1")], [0, 0]);
    }

    #[test]
    fn one_document_says_for_how_long_a_decision_holds() {
        let all = vigie_referentiels::embedded();
        let saying: Vec<&str> = all.iter().filter(|one| validity(one).is_some()).map(|one| one.slug.as_str()).collect();
        assert_eq!(saying, ["data-engineer"]);
    }

    #[test]
    fn questions_that_may_tell_of_health() {
        for text in [
            "je suis dyslexique jpeux avoir plus de temps",
            "On a droit au tiers temps ?",
            "dys",
            "qui est le référent handicap",
        ] {
            assert!(may_tell_of_health(text), "{text}");
        }
        for text in
            ["rgpd", "tableau de bord", "maintenance préventive", "temps réel", "C1.5", "malgré les contraintes"]
        {
            assert!(!may_tell_of_health(text), "{text}");
        }
    }

    #[test]
    fn a_third_is_never_exceeded() {
        let limit = Limit { numerator: 1, denominator: 3, sentence: "", beyond: None };
        let extra = |minutes| limit.extra(Minutes::new(minutes).expect("a duration")).map(Minutes::get);
        assert_eq!(extra(30), Some(10));
        assert_eq!(extra(45), Some(15));
        assert_eq!(extra(20), Some(6));
        assert_eq!(extra(2), None);
    }
}
