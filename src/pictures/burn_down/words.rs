//! What the picture of hours says, in words.

use super::{Chart, Counted, axis};
use crate::pictures::{Words, planned};

/// `12 h`, and `0 h` where there is none.
pub(super) fn hours(minutes: i64) -> String {
    if minutes == 0 { "0\u{a0}h".to_owned() } else { planned::hours(minutes) }
}

/// `12 h de travail noté sur 30 h : il en reste 18 h.`
pub(super) fn state(counted: &Counted) -> String {
    let spent = format!("{} de travail noté", hours(counted.in_all()));
    match counted.budget {
        None => format!("{spent}\u{a0}; le sujet ne dit pas combien d’heures il prévoit."),
        Some(budget) => match budget - counted.in_all() {
            left @ 0.. => format!("{spent} sur {}\u{a0}: il en reste {}.", hours(budget), hours(left)),
            over => format!("{spent} sur {}\u{a0}: le budget est dépassé de {}.", hours(budget), hours(-over)),
        },
    }
}

/// What the end of the line says.
pub(super) fn end(counted: &Counted) -> String {
    match counted.shown(counted.in_all()) {
        shown if counted.budget.is_none() => format!("{} de travail noté", hours(shown)),
        left @ 0.. => format!("reste {}", hours(left)),
        over => format!("dépassement\u{a0}: {}", hours(-over)),
    }
}

/// The alternative text.
pub(super) fn words(chart: &Chart, counted: &Counted) -> Words {
    let reading = format!("Heures de préparation de l’équipe «\u{a0}{}\u{a0}», {}", chart.team, state(counted));
    let mut words = Words::new(&reading);
    let left = counted.shown(counted.in_all());
    if let Some(even) = counted.even(chart.today).filter(|_| left >= 0) {
        let compared = match left - even {
            0 => "autant que ce qu’un rythme régulier aurait laissé".to_owned(),
            more @ 1.. => format!("{} de plus que ce qu’un rythme régulier aurait laissé", hours(more)),
            fewer => format!("{} de moins que ce qu’un rythme régulier aurait laissé", hours(-fewer)),
        };
        words = words.and(&format!("Le {}, il reste {}, {compared}.", axis::full(chart.today), hours(left)));
    }
    if let Some(deadline) = chart.deadline {
        let said = if deadline < chart.today { "était" } else { "est" };
        words = words.and(&format!("L’échéance {said} le {}.", axis::full(deadline)));
    }
    match counted.spent.as_slice() {
        [] => words.and("Personne n’a encore noté d’heures."),
        [.., (last, _)] => words.and(&format!("Les dernières heures notées sont du {}.", axis::full(*last))),
    }
}
