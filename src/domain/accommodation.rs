//! Extra time: what the document of a certification allows.
//!
//! The documents state it as a fraction ("sans dépasser le tiers du temps normalement prévu", Projet IA). Where a
//! document states no limit, none is made up.

use super::duration::Minutes;
use regex::Regex;
use std::sync::LazyLock;
use vigie_chat::folded;
use vigie_referentiels::Referentiel;

static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:d[ée]passer|exc[ée]der|limite|maximum|au plus|jusqu['’][àa])[^.;]*?\b(?P<part>tiers|quart|moiti[ée])\b")
        .expect("the pattern is constant")
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
}

impl Limit<'_> {
    /// The greatest extra time for a normal time: rounded down to the minute, since it may not go past the limit.
    /// `None` when that is under a minute.
    #[must_use]
    pub fn extra(&self, normal: Minutes) -> Option<Minutes> {
        Minutes::new(normal.get() * self.numerator / self.denominator)
    }
}

/// The limit that a référentiel sets to extra time, if it sets one.
#[must_use]
pub fn extra_time_limit(referentiel: &Referentiel) -> Option<Limit<'_>> {
    referentiel.amenagements.iter().find_map(|accommodation| {
        let sentence = accommodation.texte.as_str();
        let found = LIMIT.captures(sentence)?;
        let denominator = match found["part"].to_lowercase().chars().next()? {
            't' => 3,
            'q' => 4,
            _ => 2,
        };
        Some(Limit { numerator: 1, denominator, sentence })
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
        let limit = Limit { numerator: 1, denominator: 3, sentence: "" };
        let extra = |minutes| limit.extra(Minutes::new(minutes).expect("a duration")).map(Minutes::get);
        assert_eq!(extra(30), Some(10));
        assert_eq!(extra(45), Some(15));
        assert_eq!(extra(20), Some(6));
        assert_eq!(extra(2), None);
    }
}
