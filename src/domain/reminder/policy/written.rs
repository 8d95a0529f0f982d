//! Policies in French.

use super::{Policy, Step};
use crate::domain::duration::Minutes;
use crate::domain::reminder::clock::said;
use std::fmt;

impl fmt::Display for Policy {
    /// `7 jours avant, 3 jours avant et la veille à 9 h, 2 h avant, le lendemain à 9 h`: the time of day stands once for
    /// neighbours that share it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return write!(f, "aucun rappel");
        }
        let together = |one: &Step, other: &Step| match (one, other) {
            (Step::Days { at, .. }, Step::Days { at: other, .. }) => at == other,
            _ => false,
        };
        let groups: Vec<String> = self.steps.chunk_by(together).map(group).collect();
        f.write_str(&groups.join(", "))
    }
}

/// Steps that share a time of day, or one that has none.
fn group(steps: &[Step]) -> String {
    let names: Vec<String> = steps.iter().map(|step| name(*step)).collect();
    let listed = match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} et {last}", first.join(", ")),
        _ => names.concat(),
    };
    match steps.last() {
        Some(Step::Days { at, .. }) => format!("{listed} à {}", said(*at)),
        _ => listed,
    }
}

fn name(step: Step) -> String {
    match step {
        Step::Days { before: 0, .. } => "le jour même".to_owned(),
        Step::Days { before: 1, .. } => "la veille".to_owned(),
        Step::Days { before: -1, .. } => "le lendemain".to_owned(),
        Step::Days { before, .. } if before > 0 => format!("{before}\u{a0}jours avant"),
        Step::Days { before, .. } => format!("{}\u{a0}jours après", before.unsigned_abs()),
        Step::Before { minutes } => {
            let said =
                Minutes::new(minutes).map_or_else(|| format!("{minutes}\u{a0}min"), |minutes| minutes.to_string());
            format!("{said} avant")
        }
    }
}
