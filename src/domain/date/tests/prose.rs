//! Dates inside long texts.

use super::*;

/// The dates found, as `words = date and time`.
#[track_caller]
fn found(text: &str, expected: &[(&str, &str)]) {
    let now = monday();
    let all = find(text, &frame(&now));
    let all: Vec<(&str, String)> = all
        .iter()
        .map(|found| (&text[found.range.clone()], found.reading.moment.civil().strftime("%FT%R").to_string()))
        .collect();
    let all: Vec<(&str, &str)> = all.iter().map(|(words, date)| (*words, date.as_str())).collect();
    assert_eq!(all, expected, "{text:?}");
}

#[test]
fn the_dates_of_a_brief() {
    found(
        "Le dossier est à rendre le vendredi 12 mars 2027 à 18 h 00 au plus tard. Soutenance : le 18/03/2027, 9 h.",
        &[("le vendredi 12 mars 2027 à 18 h 00", "2027-03-12T18:00"), ("le 18/03/2027, 9 h", "2027-03-18T09:00")],
    );
    found("Publication : 2026-11-27T18:00.", &[("2026-11-27T18:00", "2026-11-27T18:00")]);
    found("Rendu avant le 12 décembre à midi", &[("avant le 12 décembre à midi", "2026-12-12T12:00")]);
    found("Du 12 au 15 mars 2027", &[("au 15 mars 2027", "2027-03-15T23:59")]);
    found(
        "Démonstration J-7 et veille de la soutenance",
        &[("J-7", "2026-12-11T23:59"), ("veille de la soutenance", "2027-01-13T23:59")],
    );
    found(
        "D’ici vendredi 18h, puis fin mars 2027.",
        &[("D’ici vendredi 18h", "2026-11-27T18:00"), ("fin mars 2027", "2027-03-31T23:59")],
    );
    found("(12-03-2027)", &[("12-03-2027", "2027-03-12T23:59")]);
    found("le 05/12 ; à 18 h le 06/12", &[("le 05/12", "2026-12-05T23:59"), ("à 18 h le 06/12", "2026-12-06T18:00")]);
    found("vendredi 27\nnovembre 2026", &[("vendredi 27\nnovembre 2026", "2026-11-27T23:59")]);
    found("vendredi 27 novembre\n\n2027 sera", &[("vendredi 27 novembre", "2026-11-27T23:59")]);
    found("Éd. du 1er décembre 2026…", &[("du 1er décembre 2026", "2026-12-01T23:59")]);
}

#[test]
fn numbers_that_are_no_dates() {
    for text in [
        "30 h de préparation",
        "24 à 30 h de préparation",
        "19 h à 24 h",
        "version 4.1",
        "2.1 Objectifs, 1.5 Livrables, 12.03.27",
        "RNCP37106, RNCP 37638, fiche 12/2027",
        "10/20 à chaque bloc, le tiers (1/3) du temps, 3/4 des équipes",
        "C1.5, A2C4, B2.C3, E6-2",
        "équipes de 4, 3 jours de travail, 2 h avant la soutenance",
        "chaque lundi, tous les mardis, le lundi",
        "jeu de données, mer, mar",
        "le 12, puis en mars",
        "mai 2027",
        "le 31 avril, lundi 12 mars 2027",
        "https://exemple.fr/2027-03-12/a, a12/03/2027, 12/03/2027/4",
        "192.168.12.03, 12-03, 1-2-3, 06 12 03 20 27",
        "la semaine prochaine, 18h",
        "le 12 mais",
    ] {
        found(text, &[]);
    }
}

#[test]
fn what_counts_from_nothing_is_passed_over() {
    let now = monday();
    assert_eq!(find("J-7, puis la veille de la soutenance", &Frame::new(&now)), []);
}
