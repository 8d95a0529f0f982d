//! What each way to write a rule means.

use super::*;
use crate::domain::reminder::calendar::{Calendar, Respect};
use crate::domain::reminder::holidays::Region;
use jiff::Zoned;
use jiff::tz::TimeZone;

/// A Monday, at 9 h in Paris.
pub(super) fn monday() -> Zoned {
    "2026-11-23T09:00[Europe/Paris]".parse().expect("it is written as jiff writes it")
}

/// Reads as this stored rule, and looks like a rule to the parser of commands.
#[track_caller]
fn check(text: &str, stored: &str) {
    let now = monday();
    let rule = read(text, &Frame::new(&now)).unwrap_or_else(|refusal| panic!("{text:?}: {refusal}"));
    assert_eq!(rule.to_stored(), stored, "{text:?}");
    assert!(looks_like_a_rule(text), "{text:?}");
}

#[track_caller]
fn refused(text: &str) -> NotARule {
    let now = monday();
    read(text, &Frame::new(&now)).expect_err(text)
}

#[test]
fn days_of_the_week() {
    check("tous les lundis 9h", "w1@09:00");
    check("Tous les lundis à 9 h", "w1@09:00");
    check("chaque lundi à 9 h", "w1@09:00");
    check("chaque lundi", "w1@09:00");
    check("les lundis", "w1@09:00");
    check("tout les lundis 18 h", "w1@18:00");
    check("chaques lundis", "w1@09:00");
    check("lundis et jeudis 18h", "w14@18:00");
    check("tous les lundis et jeudis à 18h30", "w14@18:30");
    check("tous les lundis et les jeudis", "w14@09:00");
    check("lundi, mercredis et vendredi 8:15", "w135@08:15");
    check("chaque lundi, mardi et jeudi midi", "w124@12:00");
    check("tous les mar. et ven. 9h", "w25@09:00");
    check("à 9h tous les lundis", "w1@09:00");
    check("tous les lundis, à 9 h", "w1@09:00");
    check("TOUS LES LUNDIS 9H", "w1@09:00");
    check("tous les lundis matin", "w1@09:00");
    check("tous les mardis après-midi", "w2@14:00");
    check("chaque vendredi soir", "w5@18:00");
    check("chaque vendredi soir à 8h", "w5@20:00");
    check("tous les lundis 9 h du matin", "w1@09:00");
    check("tous les dimanches à minuit", "w7@23:59");
    check("tous les dimanches à 0h", "w7@00:00");
    check("toutes les semaines le mardi", "w2@09:00");
    check("chaque semaine, le mardi à 14h", "w2@14:00");
    check("une fois par semaine le lundi", "w1@09:00");
    check("le mardi de chaque semaine", "w2@09:00");
    check("tous les week-ends 10h", "w67@10:00");
    check("le weekend, chaque semaine", "w67@09:00");
}

#[test]
fn days_with_a_letter_wrong() {
    check("tous les lindis 9h", "w1@09:00");
    check("chaque mecredi", "w3@09:00");
    check("tous les vendrdis 17h", "w5@17:00");
    check("chaque jeudu et samdi", "w46@09:00");
    check("chaque année le 12 ferier", "y02-12@09:00");
}

#[test]
fn spans_of_the_week_and_working_days() {
    check("chaque jour ouvré", "b@09:00");
    check("tous les jours ouvrés à 8h30", "b@08:30");
    check("les jours ouvrés", "b@09:00");
    check("jours ouvres 9h", "b@09:00");
    check("en semaine 8h30", "w12345@08:30");
    check("du lundi au vendredi 8 h", "w12345@08:00");
    check("tous les jours du lundi au jeudi à 18h", "w1234@18:00");
    check("du samedi au lundi", "w167@09:00");
    check("tous les jours de la semaine 9h", "w12345@09:00");
    check("tous les soirs en semaine", "w12345@18:00");
}

#[test]
fn every_day() {
    check("tous les jours à 8h", "d@08:00");
    check("chaque jour", "d@09:00");
    check("chaque matin", "d@09:00");
    check("tous les soirs", "d@18:00");
    check("tous les soirs à 8h", "d@20:00");
    check("quotidien 7h45", "d@07:45");
    check("toutes les jours midi et demi", "d@12:30");
}

#[test]
fn every_so_many_weeks() {
    check("un lundi sur deux", "w2/1@09:00>2026-11-30");
    check("un lundi sur deux à 10h", "w2/1@10:00>2026-11-23");
    check("un mardi sur trois 9h", "w3/2@09:00>2026-11-24");
    check("toutes les deux semaines le mardi", "w2/2@09:00>2026-11-24");
    check("le mardi toutes les 2 semaines", "w2/2@09:00>2026-11-24");
    check("tous les quinze jours le jeudi", "w2/4@09:00>2026-11-26");
    check("tous les 15 jours, le jeudi", "w2/4@09:00>2026-11-26");
    check("tous les huit jours le jeudi", "w4@09:00");
    check("une semaine sur deux le lundi et le jeudi", "w2/14@09:00>2026-11-26");
    check("toutes les quatre semaines les lundis et jeudis, à partir du 3 décembre 2026", "w4/14@09:00>2026-12-03");
    check("un lundi sur deux à partir du 1er décembre", "w2/1@09:00>2026-12-07");
}

#[test]
fn months() {
    check("le 1er du mois", "m1@09:00");
    check("tous les premiers du mois", "m1@09:00");
    check("1er du mois 8h", "m1@08:00");
    check("15 de chaque mois", "m15@09:00");
    check("le 15 de chaque mois", "m15@09:00");
    check("tous les mois le 15 à 9h", "m15@09:00");
    check("chaque mois, le 31 à 18h", "m31@18:00");
    check("tous les 15 du mois", "m15@09:00");
    check("mensuel le 3", "m3@09:00");
    check("le dernier jour du mois", "m-1@09:00");
    check("chaque fin de mois 17h", "m-1@17:00");
    check("à la fin de chaque mois", "m-1@09:00");
    check("à chaque fin de mois", "m-1@09:00");
    check("le dernier vendredi du mois 17 h", "n-1/5@17:00");
    check("tous les derniers vendredis du mois", "n-1/5@09:00");
    check("chaque premier lundi", "n1/1@09:00");
    check("le premier lundi de chaque mois", "n1/1@09:00");
    check("le 2e jeudi du mois à 14h", "n2/4@14:00");
    check("tous les mois le 3ème mardi", "n3/2@09:00");
    check("le second mercredi du mois", "n2/3@09:00");
}

#[test]
fn years() {
    check("chaque année le 12 mars", "y03-12@09:00");
    check("tous les ans le 1er avril à 8h", "y04-01@08:00");
    check("le 12 mars de chaque année", "y03-12@09:00");
    check("tous les 12 mars", "y03-12@09:00");
    check("chaque année le 29 février", "y02-29@09:00");
    check("le 12/03 chaque année 18h", "y03-12@18:00");
}

#[test]
fn first_and_last_days() {
    check("tous les lundis 9h jusqu'au 12 mars 2027", "w1@09:00<2027-03-12");
    check("tous les lundis jusqu’au 12 mars à 10h", "w1@10:00<2027-03-12");
    check("chaque jour ouvré à partir du 4 janvier jusqu'au 12/03/2027", "b@09:00>2027-01-04<2027-03-12");
    check("à partir de lundi prochain, tous les jours à 8h", "d@08:00>2026-11-30");
    check("le 1er du mois, dès le 1er février 2027", "m1@09:00>2027-02-01");
    check("tous les lundis jusqu'au 12 mars inclus", "w1@09:00<2027-03-12");
    check("tous les jours jusqu'à vendredi", "d@09:00<2026-11-27");
}

#[test]
fn refusals() {
    assert_eq!(refused("  "), NotARule::Empty);
    assert_eq!(refused(&"lundis ".repeat(40)), NotARule::TooLong);
    assert_eq!(refused("tous les lundіs"), NotARule::Foreign('і'));
    assert_eq!(refused("réunion d’équipe"), NotARule::Unknown("réunion d’équipe".into()));
    assert_eq!(refused("tous les"), NotARule::Unknown("tous les".into()));
    assert_eq!(refused("9h"), NotARule::Once);
    assert_eq!(refused("15"), NotARule::Unknown("15".into()));
    assert_eq!(refused("deux fois par semaine"), NotARule::Unknown("deux fois par semaine".into()));
    let rest = |understood: &str, rest: &str| NotARule::Rest { understood: understood.into(), rest: rest.into() };
    assert_eq!(refused("tous les lundis 9h sauf férié"), rest("tous les lundis 9h", "sauf férié"));
    assert_eq!(refused("chaque lundi 9h et 14h"), rest("chaque lundi 9h", "et 14h"));
    let two_hours = refused("tous les lundis 9h jusqu'au 12 mars 18h");
    assert_eq!(two_hours, rest("tous les lundis 9h", "jusqu'au 12 mars 18h"));
    assert_eq!(refused("lundi 9h"), NotARule::Once);
    assert_eq!(refused("lundi et jeudi"), NotARule::Once);
    assert_eq!(refused("lundi 30 novembre"), NotARule::Once);
    assert_eq!(refused("le 15"), NotARule::Once);
    assert_eq!(refused("le 12 mars à 9h"), NotARule::Once);
    assert_eq!(refused("demain"), NotARule::Once);
    assert_eq!(refused("fin du mois"), NotARule::Once);
    assert_eq!(refused("le dernier vendredi"), NotARule::Once);
    assert_eq!(refused("chaque semaine 9h"), NotARule::WhichDay(Unit::Weeks));
    assert_eq!(refused("tous les quinze jours"), NotARule::WhichDay(Unit::Weeks));
    assert_eq!(refused("tous les mois"), NotARule::WhichDay(Unit::Months));
    assert_eq!(refused("tous les ans"), NotARule::WhichDay(Unit::Years));
    assert_eq!(refused("tous les lundis du mois"), NotARule::Unclear);
    assert_eq!(refused("tous les 15"), NotARule::Unclear);
    assert_eq!(refused("chaque jour ouvrable"), NotARule::Ouvrable);
    assert_eq!(refused("le 5e lundi du mois"), NotARule::Fifth);
    assert_eq!(refused("toutes les neuf semaines le lundi"), NotARule::TooManyWeeks(9));
    assert_eq!(refused("un lundi sur 0"), NotARule::TooManyWeeks(0));
    assert_eq!(refused("toutes les 2 heures"), NotARule::Interval(Unit::Hours));
    assert_eq!(refused("toutes les heures"), NotARule::Interval(Unit::Hours));
    assert_eq!(refused("un jour sur deux"), NotARule::Interval(Unit::Days));
    assert_eq!(refused("tous les 3 jours"), NotARule::Interval(Unit::Days));
    assert_eq!(refused("tous les trois mois le 15"), NotARule::Interval(Unit::Months));
    assert_eq!(refused("chaque trimestre le 15"), NotARule::Interval(Unit::Months));
    assert_eq!(refused("tous les deux ans le 12 mars"), NotARule::Interval(Unit::Years));
    assert_eq!(refused("le 32 du mois"), NotARule::NoSuchDay(32));
    assert_eq!(refused("le 0 de chaque mois"), NotARule::NoSuchDay(0));
    assert!(matches!(refused("chaque année le 31 avril"), NotARule::Date(_)));
    assert!(matches!(refused("tous les lundis 25h"), NotARule::Date(_)));
    assert!(matches!(refused("tous les lundis jusqu'au 31 avril"), NotARule::Date(_)));
    let over = |day: &str| NotARule::Over { until: day.parse().expect("a date") };
    assert_eq!(refused("tous les lundis jusqu'au 12 mars 2025"), over("2025-03-12"));
    assert_eq!(refused("tous les lundis 9h jusqu'à vendredi"), over("2026-11-27"));
}

#[test]
fn what_looks_like_a_rule_to_the_parser_of_commands() {
    for text in ["tous les lundis,", "chaque semaine", "tous les 3 jours", "chaque jour ouvrable", "le 32 du mois"] {
        assert!(looks_like_a_rule(text), "{text}");
    }
    for text in [
        "",
        "lundi",
        "le lundi",
        "le 12 mars",
        "tous les",
        "tous les lundis point",
        "« tous les lundis »",
        "9h",
        "les",
        "le 15",
    ] {
        assert!(!looks_like_a_rule(text), "{text}");
    }
}

#[test]
fn rules_as_they_are_written() {
    let now = monday();
    let written = |text: &str| {
        read(text, &Frame::new(&now)).map(|rule| rule.to_string().replace('\u{a0}', " ")).expect("it is a rule")
    };
    assert_eq!(written("lundi et jeudis 18h"), "tous les lundis et jeudis à 18 h");
    assert_eq!(written("un lundi sur deux"), "un lundi sur deux à 9 h, à partir du 30 novembre 2026");
    assert_eq!(written("le 1er du mois 8h05"), "le 1er de chaque mois à 8 h 05");
    assert_eq!(written("en semaine jusqu'au 12 mars"), "du lundi au vendredi à 9 h, jusqu’au 12 mars 2027");
    assert_eq!(written("tous les 12 mars"), "chaque année le 12 mars à 9 h");
    assert_eq!(written("le 3e mardi du mois"), "le troisième mardi de chaque mois à 9 h");
}

#[test]
fn stored_texts_of_others_are_refused() {
    for stored in [
        "",
        "w@09:00",
        "w8@09:00",
        "w0/1@09:00",
        "w9/1@09:00>2026-01-01",
        "w2/1@09:00",
        "m0@09:00",
        "m32@09:00",
        "m-2@09:00",
        "n5/1@09:00",
        "n1/12@09:00",
        "y02-30@09:00",
        "d@24:00",
        "dd@09:00",
        "d",
        "d@09:00>x",
        "é@09:00",
    ] {
        assert_eq!(Rule::from_stored(stored), None, "{stored}");
    }
}

/// The first days on which a rule comes, from 23 November 2026 at 9 h.
#[track_caller]
fn days(stored: &str, expected: &[&str]) {
    let rule = Rule::from_stored(stored).expect("a stored rule");
    let calendar = Calendar::new(Region::Metropole, Respect::Ignored, []);
    let zone = monday().time_zone().clone();
    let mut at = monday().timestamp();
    let mut found = Vec::new();
    while found.len() < expected.len() {
        let Some(next) = rule.next(at, &zone, &calendar) else { break };
        at = next;
        found.push(zone.to_datetime(next).strftime("%Y-%m-%dT%H:%M").to_string());
    }
    assert_eq!(found, expected, "{stored}");
}

#[test]
fn when_rules_come() {
    days("d@09:00", &["2026-11-24T09:00", "2026-11-25T09:00"]);
    days("w14@18:00", &["2026-11-23T18:00", "2026-11-26T18:00", "2026-11-30T18:00"]);
    days("w2/14@09:00>2026-11-26", &["2026-11-26T09:00", "2026-12-07T09:00", "2026-12-10T09:00", "2026-12-21T09:00"]);
    days("b@09:00>2026-12-23", &["2026-12-23T09:00", "2026-12-24T09:00", "2026-12-28T09:00"]);
    days("m31@09:00", &["2026-11-30T09:00", "2026-12-31T09:00", "2027-01-31T09:00", "2027-02-28T09:00"]);
    days("m-1@08:00", &["2026-11-30T08:00", "2026-12-31T08:00"]);
    days("n-1/5@17:00", &["2026-11-27T17:00", "2026-12-25T17:00", "2027-01-29T17:00"]);
    days("n1/1@09:00", &["2026-12-07T09:00", "2027-01-04T09:00"]);
    days("y02-29@09:00", &["2027-02-28T09:00", "2028-02-29T09:00", "2029-02-28T09:00"]);
    days("d@09:00<2026-11-25", &["2026-11-24T09:00", "2026-11-25T09:00"]);
    days("w7@02:30>2027-03-21", &["2027-03-21T02:30", "2027-03-28T03:30", "2027-04-04T02:30"]);
}

#[test]
fn the_last_day_counts_and_nothing_follows() {
    let rule = Rule::from_stored("d@09:00<2026-11-23").expect("a stored rule");
    let zone = monday().time_zone().clone();
    assert_eq!(rule.next(monday().timestamp(), &zone, &Calendar::always_open()), None);
}

#[test]
fn a_day_that_a_zone_leaves_out_is_on_the_next_one() {
    // Samoa went without 30 December 2011, a Friday.
    let apia = TimeZone::get("Pacific/Apia").expect("the database of zones is in the program");
    let rule = Rule::from_stored("w5@09:00").expect("a stored rule");
    let at = |wall: &str| {
        let wall: jiff::civil::DateTime = wall.parse().expect("a wall-clock time");
        wall.to_zoned(apia.clone()).expect("it exists").timestamp()
    };
    let next = |after: &str| rule.next(at(after), &apia, &Calendar::always_open());
    assert_eq!(next("2011-12-29T12:00"), Some(at("2011-12-31T09:00")));
    assert_eq!(next("2011-12-31T08:00"), Some(at("2011-12-31T09:00")));
    assert_eq!(next("2011-12-31T09:00"), Some(at("2012-01-06T09:00")));
}

#[test]
fn working_days_are_those_of_the_region() {
    let rule = Rule::from_stored("b@09:00").expect("a stored rule");
    let zone = TimeZone::get("Indian/Reunion").expect("the database of zones is in the program");
    let friday: jiff::civil::DateTime = "2027-12-17T09:00".parse().expect("a wall-clock time");
    let after = friday.to_zoned(zone.clone()).expect("it exists").timestamp();
    let day = |region: Region| {
        let next = rule.next(after, &zone, &Calendar::new(region, Respect::Ignored, []));
        next.map(|at| zone.to_datetime(at).date().to_string())
    };
    assert_eq!(day(Region::Metropole).as_deref(), Some("2027-12-20"));
    assert_eq!(day(Region::Reunion).as_deref(), Some("2027-12-21"));
}
