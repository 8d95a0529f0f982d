//! What the check of a plan found, in a few words: what a line of a picture has room for.
//!
//! The sentences with what to do are those of [`findings`](crate::views::findings), which the same answer says in full.

use crate::domain::plan::Finding;
use crate::views::words;

/// A finding in a few words, without a capital: `jalon 9 bloqué`.
#[must_use]
pub fn in_few_words(finding: &Finding) -> String {
    match finding {
        Finding::Cycle { numbers } => format!("jalons {} en boucle", few(numbers)),
        Finding::DeadlinePassed { .. } => "échéance passée".to_owned(),
        Finding::Late { number, .. } => format!("jalon\u{a0}{number} en retard"),
        Finding::AfterDeadline { number, .. } => format!("jalon\u{a0}{number} après l’échéance"),
        Finding::OutOfOrder { number, needs, .. } => format!("jalon\u{a0}{number} prévu avant le\u{a0}{needs}"),
        Finding::WillBeLate { number, .. } => format!("jalon\u{a0}{number} sera en retard"),
        Finding::NothingPlanned => "rien n’est planifié".to_owned(),
        Finding::NothingForDeliverable { deliverable } => format!("livrable\u{a0}{deliverable} sans jalon"),
        Finding::Overloaded { .. } => "charge trop forte".to_owned(),
        Finding::OverBudget { .. } => "plan au-delà du budget".to_owned(),
        Finding::Blocked { number } => format!("jalon\u{a0}{number} bloqué"),
        Finding::Uneven { .. } => "travail mal réparti".to_owned(),
        Finding::WithoutDate { numbers } => lacking(numbers, "date"),
        Finding::WithoutPerson { numbers } => lacking(numbers, "responsable"),
        Finding::WithoutHours { numbers } => lacking(numbers, "heures"),
    }
}

fn lacking(numbers: &[u32], what: &str) -> String {
    format!("{} sans {what}", words::counted(numbers.len(), "jalon", "jalons"))
}

/// `3 et 4`, and no more than two.
fn few(numbers: &[u32]) -> String {
    match numbers {
        [one, other] => format!("{one} et\u{a0}{other}"),
        [one, other, ..] => format!("{one}, {other}…"),
        _ => numbers.iter().map(u32::to_string).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timing::Lapse;

    #[test]
    fn few_words_are_enough() {
        let by = Lapse::of_minutes(90);
        for (finding, words) in [
            (Finding::NothingPlanned, "rien n’est planifié"),
            (Finding::Blocked { number: 9 }, "jalon 9 bloqué"),
            (Finding::OutOfOrder { number: 3, needs: 12, by }, "jalon 3 prévu avant le 12"),
            (Finding::NothingForDeliverable { deliverable: 2 }, "livrable 2 sans jalon"),
            (Finding::Cycle { numbers: vec![3, 4] }, "jalons 3 et 4 en boucle"),
            (Finding::Cycle { numbers: vec![3, 4, 5] }, "jalons 3, 4… en boucle"),
            (Finding::WithoutDate { numbers: vec![3, 4] }, "2 jalons sans date"),
        ] {
            assert_eq!(in_few_words(&finding).replace('\u{a0}', " "), words);
        }
    }
}
