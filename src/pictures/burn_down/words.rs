//! What the picture of hours says, in words.

use super::{Chart, Counted, axis};
use crate::domain::duration::hours;
use crate::pictures::Words;

/// Minutes to which what is compared with a pace is told: nobody logs hours more finely.
const QUARTER: i64 = 15;

/// `12 h notées`, `1 h 30 notée`.
fn noted(minutes: i64) -> String {
    // Less than two of anything is singular.
    let one = matches!(minutes, 0 | 1 | 60..120);
    format!("{} {}", hours(minutes), if one { "notée" } else { "notées" })
}

/// The lines over the drawing.
pub(super) fn below(chart: &Chart, counted: &Counted) -> [String; 3] {
    let state: Vec<String> = [Some(state(counted)), pace(chart, counted)].into_iter().flatten().collect();
    let dates: Vec<String> =
        [Some(format!("Au {}.", axis::full(chart.now.date()))), deadline(chart)].into_iter().flatten().collect();
    [format!("Équipe «\u{a0}{}\u{a0}»", chart.team), state.join(" "), dates.join(" ")]
}

/// `12 h notées sur 30 h : il en reste 18 h.`
fn state(counted: &Counted) -> String {
    let spent = noted(counted.in_all());
    match counted.budget {
        None => format!("{spent}\u{a0}; le sujet ne dit pas combien d’heures il prévoit."),
        Some(budget) => match budget - counted.in_all() {
            left @ 0.. => format!("{spent} sur {}\u{a0}: il en reste {}.", hours(budget), hours(left)),
            over => format!("{spent} sur {}\u{a0}: le budget est dépassé de {}.", hours(budget), hours(-over)),
        },
    }
}

/// `Environ 1 h 45 de retard sur un rythme régulier.`; none where there is no pace to keep.
fn pace(chart: &Chart, counted: &Counted) -> Option<String> {
    let behind = counted.behind(chart.now)?;
    Some(match (behind.abs() + QUARTER / 2) / QUARTER * QUARTER {
        0 => "Le rythme est régulier.".to_owned(),
        late if behind > 0 => format!("Environ {} de retard sur un rythme régulier.", hours(late)),
        ahead => format!("Environ {} d’avance sur un rythme régulier.", hours(ahead)),
    })
}

/// `Échéance : vendredi 18 décembre 2026 à 18 h 00.`
fn deadline(chart: &Chart) -> Option<String> {
    chart.deadline.map(|at| format!("Échéance\u{a0}: {}.", axis::instant(at)))
}

/// What the end of the line says.
pub(super) fn end(counted: &Counted) -> String {
    match counted.shown(counted.in_all()) {
        shown if counted.budget.is_none() => noted(shown),
        left @ 0.. => format!("reste {}", hours(left)),
        over => format!("dépassement\u{a0}: {}", hours(-over)),
    }
}

/// The alternative text.
pub(super) fn words(chart: &Chart, counted: &Counted) -> Words {
    let day = axis::full(chart.now.date());
    let state = state(counted);
    let reading = format!("Heures de préparation de l’équipe «\u{a0}{}\u{a0}» au {day}, {state}", chart.team);
    let told = [pace(chart, counted), deadline(chart)];
    let words = told.into_iter().flatten().fold(Words::new(&reading), |words, sentence| words.and(&sentence));
    match counted.spent.as_slice() {
        [] => words.and("Personne n’a encore noté d’heures."),
        [.., (last, _)] => words.and(&format!("Les dernières heures notées sont du {}.", axis::full(*last))),
    }
}
