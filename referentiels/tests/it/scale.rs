//! A long document takes as long as its length says, and tells how far it has come.

use std::fmt::Write as _;
use std::time::{Duration, Instant};
use vigie_referentiels::import::{Hints, Progress, Step, import, import_watched};

/// How much longer a row may take in a long document than in a short one.
const PATIENCE: u32 = 10;

/// A document of one bloc with so many activities, each of three competencies, one a row.
fn document(activities: usize) -> String {
    let mut text = "Bloc 1 : Cuire\nActivités\tCompétences\tModalités d'évaluation\tCritères d'évaluation\n".to_owned();
    for a in 1..=activities {
        let (hundreds, units) = (a / 100, a % 100);
        write!(
            text,
            "A{hundreds}-{units} - Pétrir la pâte\tA{hundreds}C{units}.1 Peser\tMise en situation : une fournée.\t\
             <p>La pesée est juste. Le sel est dosé</p> <p>Le sel fond :</p> <ul> - vite - bien</ul>\n\
             \tA{hundreds}C{units}.2 Doser\t\t\n\n\
             \tA{hundreds}C{units}.3 Façonner\t\tLa forme (ronde, longue) est régulière. La pâte est lisse.\n"
        )
        .unwrap();
    }
    text
}

/// The shortest of three tries.
fn time(text: &str) -> Duration {
    let once = || {
        let start = Instant::now();
        import("x.txt", text.as_bytes(), &Hints::default()).unwrap();
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

#[test]
fn a_document_two_hundred_times_as_long_takes_not_much_more_a_row() {
    let (short, long) = (document(5), document(1000));
    let read = import("x.txt", long.as_bytes(), &Hints::default()).unwrap().referentiel;
    assert_eq!(read.competencies().count(), 3000);
    time(&short);
    let (short, long) = (time(&short), time(&long));
    assert!(long < short * 200 * PATIENCE, "{short:?} for 5 activities, {long:?} for 1000");
}

#[test]
fn one_long_cell_takes_not_much_more_a_word() {
    let cell = |n: usize| {
        let sentences = "La pesée (au gramme) est juste et le sel de la pâte se dissout ".repeat(n);
        format!("Compétences\tCritères d'évaluation\nC1 Peser\t{sentences}.\n")
    };
    let (short, long) = (time(&cell(20)), time(&cell(4000)));
    assert!(long < short * 200 * PATIENCE, "{short:?} for 20 sentences, {long:?} for 4000");
}

#[test]
fn progress_is_told_from_the_first_line_to_the_last_bloc() {
    let mut told: Vec<Progress> = Vec::new();
    let text = document(3);
    import_watched("x.txt", text.as_bytes(), &Hints::default(), &mut |progress| told.push(progress)).unwrap();
    assert_eq!(told.first().map(|p| p.step), Some(Step::Text));
    assert_eq!(told.last(), Some(&Progress { step: Step::Blocs, done: 1, total: 1 }));
    assert!(told.iter().filter(|p| p.step == Step::Text).is_sorted_by(|a, b| a.done < b.done && a.total == b.total));
    assert!(told.contains(&Progress { step: Step::Text, done: text.len(), total: text.len() }));
}
