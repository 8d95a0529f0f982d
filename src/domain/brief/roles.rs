//! What a duration is of: the preparation, the oral, the interview.

use super::durations::{self, Duration, Unit};
use super::limits::{PREPARATION, SPOKEN};
use super::topic::Topic;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// What lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Preparation,
    Oral,
    Interview,
}

const WORDS: &str = r"(?:(?P<preparation>prepar\w*|travail\b|volume|charge|realisation|mise en situation)|(?P<interview>entretien|questions?|echanges?|discussion|debat)|(?P<oral>soutenances?|ora(?:l|le|ux)\b|presentations?|present(?:er|ez)\b|expose\w*|pitch|passage))";

static ROLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!(r"\b{WORDS}")).expect("the pattern is constant"));

/// A role that directly follows: "20 min de présentation", "30 min max pour l’entretien", "30 min d’entretien".
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^\s*(?:maximum|max\.?|environ|minimum|au (?:plus|moins|total|maximum)|chacun|par (?:equipe|groupe))?\s*(?:de |d'|pour |en |a l')?(?:la |le |l'|les |votre |temps de )?{WORDS}"
    ))
    .expect("the pattern is constant")
});

/// Ends what comes before a duration that is part of another: "30 min, dont 10 de démonstration".
static PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:dont|y compris|incluant|comprenant|pause(?: de)?)\s*$").expect("the pattern is constant")
});

/// The durations of a folded sentence with what they are of. `topic` is that of the label or the section.
pub(super) fn assigned(folded: &str, topic: Option<Topic>) -> Vec<(Role, Duration)> {
    let mut found = Vec::new();
    let mut from = 0;
    for duration in durations::durations(folded) {
        let before = &folded[from..duration.range.start];
        let after = &folded[duration.range.end..];
        from = duration.range.end;
        if PART.is_match(before) {
            continue;
        }
        let role = AFTER
            .captures(after)
            .map(|found| role(&found))
            .or_else(|| ROLE.captures_iter(before).last().map(|found| role(&found)))
            .or_else(|| by_topic(topic, &duration))
            .or_else(|| ROLE.captures(until_comma(after)).map(|found| role(&found)));
        if let Some(role) = role.filter(|role| makes_sense(*role, &duration)) {
            found.push((role, duration));
        }
    }
    found
}

fn role(found: &Captures<'_>) -> Role {
    if found.name("preparation").is_some() {
        Role::Preparation
    } else if found.name("interview").is_some() {
        Role::Interview
    } else {
        Role::Oral
    }
}

fn by_topic(topic: Option<Topic>, duration: &Duration) -> Option<Role> {
    match topic? {
        Topic::Preparation | Topic::Duration if duration.unit != Unit::Minutes => Some(Role::Preparation),
        Topic::Oral | Topic::Duration if duration.unit != Unit::Days => Some(Role::Oral),
        Topic::Interview => Some(Role::Interview),
        _ => None,
    }
}

fn until_comma(text: &str) -> &str {
    &text[..text.find([',', ';', '.', '+', '(']).unwrap_or(text.len())]
}

fn makes_sense(role: Role, duration: &Duration) -> bool {
    match role {
        Role::Preparation => {
            duration.unit == Unit::Days || (duration.unit == Unit::Hours && PREPARATION.contains(&duration.most))
        }
        Role::Oral | Role::Interview => SPOKEN.contains(&duration.most),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(folded: &str, topic: Option<Topic>, expected: &[(Role, u32)]) {
        let found: Vec<(Role, u32)> = assigned(folded, topic).into_iter().map(|(role, d)| (role, d.most)).collect();
        assert_eq!(found, expected, "{folded}");
    }

    #[test]
    fn each_duration_has_its_role() {
        use Role::{Interview, Oral, Preparation};
        check("soutenance de 20 minutes suivie de 30 minutes d'entretien", None, &[(Oral, 20), (Interview, 30)]);
        check("20 min de presentation et 30 min d'entretien", None, &[(Oral, 20), (Interview, 30)]);
        check("20 min + 30 min d'entretien avec le jury", Some(Topic::Oral), &[(Oral, 20), (Interview, 30)]);
        check("presentation 20 min, puis entretien : 30 min", None, &[(Oral, 20), (Interview, 30)]);
        check("30 min de soutenance dont 10 min de demonstration", None, &[(Oral, 30)]);
        check("vous disposez de 24 h de preparation", None, &[(Preparation, 1440)]);
        check("24 a 30 h", Some(Topic::Preparation), &[(Preparation, 1800)]);
        check("duree de preparation : 30h", None, &[(Preparation, 1800)]);
        check("soutenance orale par equipe devant un jury de deux professionnels / duree : 30 mn", None, &[(Oral, 30)]);
        check("trente heures de travail en equipe", None, &[(Preparation, 1800)]);
        check("le serveur tombe 3 h par an", None, &[]);
    }
}
