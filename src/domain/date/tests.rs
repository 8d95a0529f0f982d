//! What each way to write a date means.

mod lines;
mod prose;
mod said;

use super::*;
use jiff::{
    civil::{Date, DateTime, datetime},
    tz::TimeZone,
};

/// A Monday, at 9 h in Paris, with a brief due on 18 December at 18 h and a defence on 14 January at 14 h.
fn monday() -> Zoned {
    "2026-11-23T09:00[Europe/Paris]".parse().expect("it is written as jiff writes it")
}

fn frame(now: &Zoned) -> Frame<'_> {
    let (deadline, defence) = (datetime(2026, 12, 18, 18, 0, 0, 0), datetime(2027, 1, 14, 14, 0, 0, 0));
    Frame { now, deadline: Some(deadline), defence: Some(defence) }
}

/// Nothing to ask about.
#[track_caller]
fn check(text: &str, expected: &str) {
    let now = monday();
    let reading = read(text, &frame(&now)).unwrap_or_else(|refusal| panic!("{text:?}: {refusal}"));
    let expected: DateTime = expected.parse().expect("a date and time");
    assert_eq!(reading.moment.civil(), expected, "{text:?}");
    assert_eq!(reading.doubts, [], "{text:?}");
}

/// Understood, with something to ask about.
#[track_caller]
fn doubtful(text: &str, expected: &str, doubts: impl Fn(&[Doubt]) -> bool) {
    let now = monday();
    let reading = read(text, &frame(&now)).unwrap_or_else(|refusal| panic!("{text:?}: {refusal}"));
    let expected: DateTime = expected.parse().expect("a date and time");
    assert_eq!(reading.moment.civil(), expected, "{text:?}");
    assert!(doubts(&reading.doubts), "{text:?}: {:?}", reading.doubts);
}

fn ambiguous(why: Why, date: &str) -> impl Fn(&[Doubt]) -> bool {
    let date: Date = date.parse().expect("a date");
    move |doubts| matches!(doubts, [Doubt::Ambiguous { other, why: found }] if *found == why && other.civil().date() == date)
}

fn typo(name: &str) -> impl Fn(&[Doubt]) -> bool {
    move |doubts| matches!(doubts, [Doubt::Typo { understood, .. }] if *understood == name)
}

fn past(doubts: &[Doubt]) -> bool {
    matches!(doubts, [Doubt::Past { .. }])
}

fn year_assumed(doubts: &[Doubt]) -> bool {
    matches!(doubts, [Doubt::YearAssumed { .. }])
}

#[test]
fn days_of_the_week() {
    check("vendredi 18h", "2026-11-27T18:00");
    check("vendredi", "2026-11-27T23:59");
    check("Vendredi à 18 h", "2026-11-27T18:00");
    check("VENDREDI 18H", "2026-11-27T18:00");
    check("vendredi à 18h00", "2026-11-27T18:00");
    check("vendredi, 18h", "2026-11-27T18:00");
    check("vendredi\u{a0}18\u{202f}h\u{a0}30", "2026-11-27T18:30");
    check("  mardi  9h  ", "2026-11-24T09:00");
    check("mar. 9h", "2026-11-24T09:00");
    check("mer 14h", "2026-11-25T14:00");
    check("jeu. 8:05", "2026-11-26T08:05");
    check("ven 18h", "2026-11-27T18:00");
    check("sam. midi", "2026-11-28T12:00");
    check("dim", "2026-11-29T23:59");
    check("dimanche soir", "2026-11-29T23:59");
    check("le mercredi 25", "2026-11-25T23:59");
    check("vendredi 27 18h", "2026-11-27T18:00");
    check("vendredi 27 novembre", "2026-11-27T23:59");
    check("vendredi 27 novembre 2026", "2026-11-27T23:59");
    check("vendredi 27/11", "2026-11-27T23:59");
    check("ven. 27 nov. à 18 h 00", "2026-11-27T18:00");
    check("vendredi, le 27 novembre, à 18h", "2026-11-27T18:00");
    check("ce vendredi", "2026-11-27T23:59");
    check("ce vendredi 18h", "2026-11-27T18:00");
    check("lundi prochain 9h30", "2026-11-30T09:30");
    check("lundi 8h", "2026-11-30T08:00");
    check("lundi de la semaine prochaine", "2026-11-30T23:59");
    check("vendredi de la semaine prochaine 18h", "2026-12-04T18:00");
    check("mercredi de cette semaine", "2026-11-25T23:59");
    check("mardi en huit", "2026-12-01T23:59");
    check("mardi en 8 à 10h", "2026-12-01T10:00");
    check("mardi en quinze", "2026-12-08T23:59");
    check("18h vendredi", "2026-11-27T18:00");
    check("à 18h, vendredi", "2026-11-27T18:00");
    check("vendredi qui vient 18h", "2026-11-27T18:00");
}

#[test]
fn days_of_the_week_with_two_meanings() {
    doubtful(
        "vendredi prochain",
        "2026-11-27T23:59",
        |d| matches!(d, [Doubt::Ambiguous { other, why: Why::NextWeekday }] if other.civil() == datetime(2026, 12, 4, 23, 59, 0, 0)),
    );
    doubtful("lundi", "2026-11-23T23:59", ambiguous(Why::SameWeekday, "2026-11-30"));
    doubtful("lundi 18h", "2026-11-23T18:00", ambiguous(Why::SameWeekday, "2026-11-30"));
    doubtful("lundi en huit", "2026-11-30T23:59", ambiguous(Why::WeeksLater, "2026-12-07"));
    doubtful("vendredi minuit", "2026-11-27T23:59", ambiguous(Why::Midnight, "2026-11-27"));
    doubtful("avant vendredi", "2026-11-26T23:59", ambiguous(Why::Before, "2026-11-27"));
    doubtful("vendredi dernier", "2026-11-20T23:59", past);
    doubtful("vendredi 20", "2026-11-20T23:59", past);
}

#[test]
fn words_near_today() {
    check("aujourd'hui", "2026-11-23T23:59");
    check("aujourd’hui 18h", "2026-11-23T18:00");
    check("aujourdhui à midi", "2026-11-23T12:00");
    check("demain", "2026-11-24T23:59");
    check("demain midi", "2026-11-24T12:00");
    check("Demain à midi.", "2026-11-24T12:00");
    check("demain 8h", "2026-11-24T08:00");
    check("demain matin", "2026-11-24T12:00");
    check("demain matin à 9h", "2026-11-24T09:00");
    check("demain après-midi", "2026-11-24T18:00");
    check("demain apres midi 3h", "2026-11-24T15:00");
    check("demain soir", "2026-11-24T23:59");
    check("demain à 8h du soir", "2026-11-24T20:00");
    check("demain 9h du matin", "2026-11-24T09:00");
    check("après-demain", "2026-11-25T23:59");
    check("apres demain 10h", "2026-11-25T10:00");
    check("APRÈS-DEMAIN 10H", "2026-11-25T10:00");
    check("demain en huit", "2026-12-01T23:59");
    check("ce soir", "2026-11-23T23:59");
    check("ce soir 20h", "2026-11-23T20:00");
    check("ce soir à 8h", "2026-11-23T20:00");
    check("cet après-midi", "2026-11-23T18:00");
    check("cet après-midi à 16h30", "2026-11-23T16:30");
    check("ce matin", "2026-11-23T12:00");
    check("ce midi", "2026-11-23T12:00");
    check("maintenant", "2026-11-23T09:00");
    doubtful("hier", "2026-11-22T23:59", past);
    doubtful("avant-hier 14h", "2026-11-21T14:00", past);
    doubtful("ce matin 8h", "2026-11-23T08:00", past);
}

#[test]
fn hours() {
    check("18h", "2026-11-23T18:00");
    check("à 18h", "2026-11-23T18:00");
    check("18 h 00", "2026-11-23T18:00");
    check("18:00", "2026-11-23T18:00");
    check("18:00:30", "2026-11-23T18:00");
    check("9h", "2026-11-23T09:00");
    check("9h30", "2026-11-23T09:30");
    check("9h30min", "2026-11-23T09:30");
    check("18 heures", "2026-11-23T18:00");
    check("18 heures 30", "2026-11-23T18:30");
    check("dix-huit heures trente", "2026-11-23T18:30");
    check("vingt et une heures", "2026-11-23T21:00");
    check("10h et quart", "2026-11-23T10:15");
    check("10 h et demie", "2026-11-23T10:30");
    check("onze heures moins le quart", "2026-11-23T10:45");
    check("11h moins dix", "2026-11-23T10:50");
    check("midi", "2026-11-23T12:00");
    check("midi et demi", "2026-11-23T12:30");
    check("midi trente", "2026-11-23T12:30");
    check("minuit", "2026-11-23T23:59");
    check("24h", "2026-11-23T23:59");
    check("demain 0h", "2026-11-24T00:00");
    check("demain 00:00", "2026-11-24T00:00");
    doubtful("8h", "2026-11-24T08:00", |d| d == [Doubt::TomorrowAssumed]);
    doubtful("à 8 h 30", "2026-11-24T08:30", |d| d == [Doubt::TomorrowAssumed]);
}

#[test]
fn days_of_the_month() {
    check("le 27 novembre à 14 h", "2026-11-27T14:00");
    check("27 novembre", "2026-11-27T23:59");
    check("le 1er décembre", "2026-12-01T23:59");
    check("1er decembre 18h", "2026-12-01T18:00");
    check("1ᵉʳ décembre", "2026-12-01T23:59");
    check("premier décembre", "2026-12-01T23:59");
    check("le trente et un décembre", "2026-12-31T23:59");
    check("le trente-et-un décembre", "2026-12-31T23:59");
    check("le vingt-deux décembre", "2026-12-22T23:59");
    check("dix-sept déc.", "2026-12-17T23:59");
    check("12 dec. 2026", "2026-12-12T23:59");
    check("24 nov", "2026-11-24T23:59");
    check("le 12 mars 2027 à 14 h", "2027-03-12T14:00");
    check("12 MARS 2027", "2027-03-12T23:59");
    check("12 janv. 2027", "2027-01-12T23:59");
    check("12 févr. 2027 9h", "2027-02-12T09:00");
    check("12 avr. 2027", "2027-04-12T23:59");
    check("12 juil. 2027", "2027-07-12T23:59");
    check("12 août 2027", "2027-08-12T23:59");
    check("12 aout 2027", "2027-08-12T23:59");
    check("12 aou\u{302}t 2027", "2027-08-12T23:59");
    check("12 sept. 2027", "2027-09-12T23:59");
    check("12 oct. 2027", "2027-10-12T23:59");
    check("14h le 12 mars 2027", "2027-03-12T14:00");
    check("18h 12 mars 2027", "2027-03-12T18:00");
    check("29 février 2028", "2028-02-29T23:59");
    check("le 28", "2026-11-28T23:59");
    check("le 28 à 18h", "2026-11-28T18:00");
    check("le vingt-huit", "2026-11-28T23:59");
    check("le 12 du mois prochain", "2026-12-12T23:59");
    check("le 23", "2026-11-23T23:59");
    check("pour le 28 novembre", "2026-11-28T23:59");
    check("au plus tard le 28 novembre à 12h", "2026-11-28T12:00");
    check("jusqu'au 28 novembre", "2026-11-28T23:59");
    doubtful("le 12 mars à 14 h", "2027-03-12T14:00", year_assumed);
    doubtful("vendredi 12 mars", "2027-03-12T23:59", year_assumed);
    doubtful("20 novembre", "2027-11-20T23:59", year_assumed);
    doubtful("29 février", "2028-02-29T23:59", year_assumed);
    doubtful("vendredi 20 novembre", "2026-11-20T23:59", past);
    doubtful("20 novembre 2026", "2026-11-20T23:59", past);
    doubtful("23 novembre 8h", "2026-11-23T08:00", past);
    doubtful("le 12", "2026-12-12T23:59", |d| matches!(d, [Doubt::MonthAssumed { day: 12, .. }]));
    doubtful("le 31", "2026-12-31T23:59", |d| matches!(d, [Doubt::MonthAssumed { day: 31, .. }]));
    doubtful("avant le 12 décembre", "2026-12-11T23:59", ambiguous(Why::Before, "2026-12-12"));
}

#[test]
fn numbers_alone() {
    check("28/11", "2026-11-28T23:59");
    check("le 28/11 à 18h", "2026-11-28T18:00");
    check("1/12", "2026-12-01T23:59");
    check("12/03/2027", "2027-03-12T23:59");
    check("12/03/2027 18:00", "2027-03-12T18:00");
    check("12/03/2027 à 18h00", "2027-03-12T18:00");
    check("12/3/27", "2027-03-12T23:59");
    check("12-03-2027", "2027-03-12T23:59");
    check("12.03.2027", "2027-03-12T23:59");
    check("12.03.2027 9h", "2027-03-12T09:00");
    check("2026-11-27", "2026-11-27T23:59");
    check("2027/03/12", "2027-03-12T23:59");
    check("2026-11-27T18:00", "2026-11-27T18:00");
    check("2026-11-27 18:00", "2026-11-27T18:00");
    check("2026-11-27t18:00:59", "2026-11-27T18:00");
    check("2026-11-27T18:00:00.123", "2026-11-27T18:00");
    check("2026-11-27T18:00Z", "2026-11-27T19:00");
    check("2026-11-27T18:00:00.5Z", "2026-11-27T19:00");
    check("2026-11-27T18:00+01:00", "2026-11-27T18:00");
    check("2026-11-27T18:00-0330", "2026-11-27T22:30");
    check("2026-11-27 18:00+04", "2026-11-27T15:00");
    check("le 2026-11-27 à 18h", "2026-11-27T18:00");
    check("vendredi 2026-11-27", "2026-11-27T23:59");
    doubtful("12/03", "2027-03-12T23:59", year_assumed);
    doubtful("12-03", "2027-03-12T23:59", year_assumed);
    doubtful("12/03/2025", "2025-03-12T23:59", past);
}

#[test]
fn lengths_of_time() {
    check("dans 3 jours", "2026-11-26T23:59");
    check("dans 3 j", "2026-11-26T23:59");
    check("dans trois jours à 18h", "2026-11-26T18:00");
    check("dans 15 jours", "2026-12-08T23:59");
    check("dans une semaine", "2026-11-30T23:59");
    check("dans 2 semaines", "2026-12-07T23:59");
    check("dans deux semaines à midi", "2026-12-07T12:00");
    check("dans un mois", "2026-12-23T23:59");
    check("dans 3 mois", "2027-02-23T23:59");
    check("dans un an", "2027-11-23T23:59");
    check("dans 2 h", "2026-11-23T11:00");
    check("dans 2h30", "2026-11-23T11:30");
    check("dans une heure et demie", "2026-11-23T10:30");
    check("dans 30 min", "2026-11-23T09:30");
    check("dans trente minutes", "2026-11-23T09:30");
    check("dans une demi-heure", "2026-11-23T09:30");
    check("dans un quart d’heure", "2026-11-23T09:15");
    check("dans trois quarts d'heure", "2026-11-23T09:45");
    check("sous 48h", "2026-11-25T09:00");
    check("d'ici 3 jours", "2026-11-26T23:59");
    check("d’ici à une semaine", "2026-11-30T23:59");
    check("d'ici 2 h", "2026-11-23T11:00");
    check("d'ici 18h", "2026-11-23T18:00");
    check("d'ici vendredi", "2026-11-27T23:59");
    check("d'ici à vendredi 18h", "2026-11-27T18:00");
    check("dici vendredi", "2026-11-27T23:59");
    check("d'ici le 28 novembre", "2026-11-28T23:59");
    check("avant vendredi 18h", "2026-11-27T18:00");
    check("avant midi", "2026-11-23T12:00");
    check("pour demain", "2026-11-24T23:59");
    check("au plus tard vendredi", "2026-11-27T23:59");
    check("jusqu’à vendredi midi", "2026-11-27T12:00");
    doubtful("dans quinze jours", "2026-12-07T23:59", ambiguous(Why::Fortnight, "2026-12-08"));
    doubtful("dans huit jours", "2026-11-30T23:59", ambiguous(Why::Fortnight, "2026-12-01"));
    doubtful("sous quinzaine", "2026-12-07T23:59", ambiguous(Why::Fortnight, "2026-12-08"));
    doubtful("avant demain", "2026-11-23T23:59", ambiguous(Why::Before, "2026-11-24"));
    doubtful("il y a 3 jours", "2026-11-20T23:59", past);
    doubtful("il y a 2 h", "2026-11-23T07:00", past);
}

#[test]
fn ends() {
    check("fin du mois", "2026-11-30T23:59");
    check("à la fin du mois", "2026-11-30T23:59");
    check("d'ici la fin du mois", "2026-11-30T23:59");
    check("avant la fin du mois", "2026-11-30T23:59");
    check("fin de mois à 18h", "2026-11-30T18:00");
    check("fin du mois prochain", "2026-12-31T23:59");
    check("fin décembre", "2026-12-31T23:59");
    check("fin février 2027", "2027-02-28T23:59");
    check("fin de l'année", "2026-12-31T23:59");
    check("ce week-end", "2026-11-29T23:59");
    check("weekend", "2026-11-29T23:59");
    doubtful("fin de semaine", "2026-11-27T23:59", ambiguous(Why::EndOfWeek, "2026-11-29"));
    doubtful("en fin de semaine à 17h", "2026-11-27T17:00", ambiguous(Why::EndOfWeek, "2026-11-29"));
    doubtful("fin de semaine prochaine", "2026-12-04T23:59", ambiguous(Why::EndOfWeek, "2026-12-06"));
    doubtful("le week-end prochain", "2026-11-29T23:59", ambiguous(Why::NextWeekday, "2026-12-06"));
    doubtful("ce week-end à 10h", "2026-11-29T10:00", ambiguous(Why::Weekend, "2026-11-28"));
    doubtful("fin mars", "2027-03-31T23:59", year_assumed);
}

#[test]
fn counted_from_the_brief() {
    check("J-7", "2026-12-11T23:59");
    check("j-7 9h", "2026-12-11T09:00");
    check("J - 7 à 9 h", "2026-12-11T09:00");
    check("J–7", "2026-12-11T23:59");
    check("J moins 7", "2026-12-11T23:59");
    check("J+1", "2026-12-19T23:59");
    check("J-0", "2026-12-18T18:00");
    check("le jour J", "2026-12-18T18:00");
    check("jour J 9h", "2026-12-18T09:00");
    check("la veille de la soutenance", "2027-01-13T23:59");
    check("la veille de la soutenance à 18h", "2027-01-13T18:00");
    check("le jour de la soutenance", "2027-01-14T23:59");
    check("le jour de la soutenance 9h", "2027-01-14T09:00");
    check("l'avant-veille de la soutenance", "2027-01-12T23:59");
    check("l’avant veille du rendu", "2026-12-16T23:59");
    check("le lendemain du rendu 9h", "2026-12-19T09:00");
    check("la veille de l’échéance", "2026-12-17T23:59");
    check("la veille de la date limite", "2026-12-17T23:59");
    check("3 jours avant la soutenance", "2027-01-11T23:59");
    check("une semaine avant le rendu à 9h", "2026-12-11T09:00");
    check("2 h avant la soutenance", "2027-01-14T12:00");
    doubtful("l'avant-veille", "2026-12-16T23:59", ambiguous(Why::Eve, "2027-01-12"));
    doubtful("la veille", "2026-12-17T23:59", ambiguous(Why::Eve, "2027-01-13"));
}

#[test]
fn one_letter_wrong() {
    doubtful("vendrdi 18h", "2026-11-27T18:00", typo("vendredi"));
    doubtful("vendrdei 18h", "2026-11-27T18:00", typo("vendredi"));
    doubtful("merrcredi", "2026-11-25T23:59", typo("mercredi"));
    doubtful("jeufi 9h", "2026-11-26T09:00", typo("jeudi"));
    doubtful("27 novembr", "2026-11-27T23:59", typo("novembre"));
    doubtful("12 decmbre", "2026-12-12T23:59", typo("décembre"));
    doubtful("12 aoutt 2027", "2027-08-12T23:59", typo("août"));
    doubtful("12 jiun 2027", "2027-06-12T23:59", typo("juin"));
    doubtful("12 fevreir 2027", "2027-02-12T23:59", typo("février"));
    doubtful("vendrdi 27 novembr", "2026-11-27T23:59", |d| matches!(d, [Doubt::Typo { .. }, Doubt::Typo { .. }]));
}

#[test]
fn characters_that_show_nothing_count_for_nothing() {
    check("ven\u{200b}dredi\u{feff} 18\u{2060}h", "2026-11-27T18:00");
    check("\u{202e}vendredi\u{202c} 18h", "2026-11-27T18:00");
    check("« vendredi 18h »", "2026-11-27T18:00");
    check("(vendredi 18h)", "2026-11-27T18:00");
    check("vendredi 18h !", "2026-11-27T18:00");
    check("vendredi\n18h", "2026-11-27T18:00");
}

#[test]
fn zones_are_those_of_who_asks() {
    let reunion = TimeZone::get("Indian/Reunion").expect("the database of zones is in the program");
    let now = monday().with_time_zone(reunion);
    let reading = read("vendredi 18h", &Frame::new(&now)).expect("a date");
    assert_eq!(reading.moment.at().to_string(), "2026-11-27T14:00:00Z");
    assert_eq!(reading.moment.iana(), Some("Indian/Reunion"));
}
