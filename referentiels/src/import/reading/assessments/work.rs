//! Is an assessment done alone or in a team?

use crate::import::pattern::pattern;
use crate::import::reading::wording::fold;
use crate::model::Work;

// On folded text.
pattern!(ALONE, r"\b(?:seule?|individuel(?:le|s|lement)?)\b");
pattern!(TEAM, r"\b(?:en equipe|par equipe|en groupe|de groupe|collecti(?:f|ve))\b");
pattern!(WORK, r"travail (?P<how>[^.;:]*)");

/// Alone or in a team, as the text says it: an explicit "Travail …" first, then the heading and its first sentence, then
/// the rest.
pub(super) fn work(heading: &str, attendus: &[String]) -> Option<Work> {
    let explicit: Vec<String> =
        attendus.iter().filter_map(|a| WORK.captures(&fold(a)).map(|found| found["how"].to_owned())).collect();
    let first = [fold(heading), attendus.first().map(|a| fold(a)).unwrap_or_default()].join(" ; ");
    let all = attendus.iter().map(|a| fold(a)).collect::<Vec<_>>().join(" ; ");
    [explicit.join(" ; "), first, all].into_iter().find_map(|text| {
        match (ALONE.is_match(&text), TEAM.is_match(&text)) {
            (true, true) => Some(Work::IndividualOrTeam),
            (true, false) => Some(Work::Individual),
            (false, true) => Some(Work::Team),
            (false, false) => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Work::{Individual, IndividualOrTeam, Team};

    #[track_caller]
    fn check(heading: &str, attendus: &[&str], expect: Option<Work>) {
        let attendus: Vec<String> = attendus.iter().map(ToString::to_string).collect();
        assert_eq!(work(heading, &attendus), expect, "{heading} {attendus:?}");
    }

    #[test]
    fn what_is_said_first_counts() {
        check("Étude de cas individuelle", &["Rédiger un plan", "Décrire les échanges en groupe"], Some(Individual));
        check("Étude de cas", &["En équipe, planter une haie"], Some(Team));
        check("Étude de cas", &["Planter une haie", "Exposé collectif"], Some(Team));
        check("Étude de cas", &["Planter une haie"], None);
    }

    #[test]
    fn an_explicit_sentence_counts_more() {
        check("Dossier individuel", &["Travail en groupe et/ou individuel"], Some(IndividualOrTeam));
    }
}
