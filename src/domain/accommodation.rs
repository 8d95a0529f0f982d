//! Extra time: what the document of a certification allows.
//!
//! The documents state it as a fraction ("sans dépasser le tiers du temps normalement prévu", Projet IA). Where a
//! document states no limit, none is made up.

use super::duration::Minutes;
use regex::Regex;
use std::sync::LazyLock;
use vigie_referentiels::Referentiel;

static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:d[ée]passer|exc[ée]der|limite|maximum|au plus|jusqu['’][àa])[^.;]*?\b(?P<part>tiers|quart|moiti[ée])\b")
        .expect("the pattern is constant")
});

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
    fn a_third_is_never_exceeded() {
        let limit = Limit { numerator: 1, denominator: 3, sentence: "" };
        let extra = |minutes| limit.extra(Minutes::new(minutes).expect("a duration")).map(Minutes::get);
        assert_eq!(extra(30), Some(10));
        assert_eq!(extra(45), Some(15));
        assert_eq!(extra(20), Some(6));
        assert_eq!(extra(2), None);
    }
}
