//! What holds for any date and any text.

use super::*;
use jiff::{civil, tz::TimeZone};
use proptest::prelude::*;
use std::time::Duration;

/// Zones with every kind of rule: none, one hour, half an hour, in either hemisphere, behind and ahead by most.
const ZONES: [&str; 14] = [
    "Europe/Paris",
    "Indian/Reunion",
    "America/Martinique",
    "America/Cayenne",
    "America/St_Johns",
    "America/New_York",
    "America/Sao_Paulo",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "UTC",
];

fn zone() -> impl Strategy<Value = TimeZone> {
    prop::sample::select(&ZONES[..])
        .prop_map(|name| TimeZone::get(name).expect("the database of zones is in the program"))
}

fn wall() -> impl Strategy<Value = civil::DateTime> {
    (1972i16..=2199, 1i8..=12, 1i8..=31, 0i8..24, 0i8..60).prop_map(|(year, month, day, hour, minute)| {
        let last = civil::date(year, month, 1).days_in_month();
        civil::date(year, month, day.min(last)).at(hour, minute, 0, 0)
    })
}

/// A wall-clock time within an hour or so of a change of the clocks.
fn near_a_change() -> impl Strategy<Value = Moment> {
    (zone(), wall(), -90i64..=90).prop_map(|(zone, wall, minutes)| {
        let from = Moment::new(wall, zone.clone()).at();
        let change = zone.following(from).next().map_or(from, |change| change.timestamp());
        let near = change.checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap_or(change);
        Moment::new(zone.to_datetime(near), zone)
    })
}

fn reads_back(moment: &Moment, now: civil::DateTime) -> Result<(), TestCaseError> {
    let now = Moment::new(now, moment.zone().clone()).at().to_zoned(moment.zone().clone());
    let written = moment.to_string();
    let reading =
        read(&written, &Frame::new(&now)).map_err(|refusal| TestCaseError::fail(format!("{written}: {refusal}")))?;
    prop_assert_eq!(reading.moment.at(), moment.at(), "{}", written);
    prop_assert_eq!(&reading.moment, moment);
    let mut other =
        reading.doubts.iter().filter(|doubt| !matches!(doubt, Doubt::Past { .. } | Doubt::TwiceHour { .. }));
    prop_assert_eq!(other.next(), None);
    prop_assert!(looks_like_a_date(&written));
    let inside = format!("Le dossier est à rendre pour {written}, au format PDF.");
    let found = find(&inside, &Frame::new(&now));
    prop_assert_eq!(found.len(), 1);
    prop_assert_eq!(&found[0].reading.moment, moment);
    Ok(())
}

/// Pieces of dates in any order, which get further into the grammar than letters at random.
fn nearly_a_date() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "vendredi",
            "lundi",
            "ven.",
            "mars",
            "avril",
            "févr.",
            "le",
            "la",
            "12",
            "31",
            "0",
            "2027",
            "99999999999",
            "/",
            "-",
            ".",
            ":",
            "h",
            "18h",
            "18",
            "et",
            "demie",
            "quart",
            "moins",
            "dans",
            "jours",
            "semaines",
            "mois",
            "ans",
            "min",
            "une",
            "quinze",
            "vingt",
            "trente",
            "un",
            "avant",
            "d'ici",
            "pour",
            "prochain",
            "dernier",
            "en",
            "huit",
            "fin",
            "de",
            "du",
            "semaine",
            "j",
            "J",
            "+",
            "veille",
            "soutenance",
            "rendu",
            "ce",
            "soir",
            "matin",
            "après-midi",
            "midi",
            "minuit",
            "T",
            "Z",
            "+01:00",
            "\u{301}",
            "\u{200b}",
            "é",
            "е",
            "１",
            "\n",
            "\n\n",
            ",",
            "1er",
            "week-end",
            "demain",
            "il y a",
            "9999",
        ][..],
    );
    let joint = prop::sample::select(&["", " ", "\u{a0}"][..]);
    prop::collection::vec((piece, joint), 0..12)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, joint)| [piece, joint]).collect())
}

proptest! {
    #[test]
    fn what_is_written_reads_back(wall in wall(), zone in zone(), now in wall()) {
        reads_back(&Moment::new(wall, zone), now)?;
    }

    #[test]
    fn what_is_written_near_a_change_of_the_clocks_reads_back(moment in near_a_change(), now in wall()) {
        prop_assume!((1970..=2199).contains(&moment.civil().year()));
        reads_back(&moment, now)?;
    }

    #[test]
    fn never_panics(text in "\\PC{0,60}", nearly in nearly_a_date(), now in wall(), zone in zone()) {
        let now = Moment::new(now, zone.clone()).at().to_zoned(zone);
        let frame = Frame { now: &now, deadline: Some(now.datetime()), defence: Some(civil::DateTime::MAX) };
        for text in [text, nearly] {
            if let Ok(reading) = read(&text, &frame) {
                prop_assert!(resolve::YEARS.contains(&reading.moment.civil().year()));
                let _ = (reading.moment.short(), reading.moment.relative(&now));
                reading.doubts.iter().for_each(|doubt| assert!(!doubt.to_string().is_empty()));
            }
            let _ = looks_like_a_date(&text);
            for found in find(&text, &frame) {
                let inside = text.get(found.range.clone());
                prop_assert!(inside.is_some_and(|inside| !inside.is_empty()));
            }
        }
    }
}

#[test]
fn hostile_text_costs_little() {
    let now = "2026-11-23T09:00[Europe/Paris]".parse().expect("it is written as jiff writes it");
    let frame = Frame { now: &now, deadline: Some(now.datetime()), defence: None };
    let pieces = [
        "avant ",
        "d'ici ",
        "vendredi ",
        "12/",
        "1-1-",
        "vingt et ",
        "le ",
        "18h",
        "J-",
        "le 12 mars 2027 ",
        "\u{200b}",
        "v",
    ];
    for piece in pieces {
        let least = |length: usize| {
            let text = piece.repeat(length / piece.len());
            let run = || {
                let started = tokio::time::Instant::now();
                let _ = find(&text, &frame);
                started.elapsed()
            };
            (0..3).map(|_| run()).min().unwrap_or_default()
        };
        // 32 times as long. A cost that grew with the square would be 1,024 times as much; a busy machine is forgiven.
        let (short, long) = (least(1_000), least(32_000));
        assert!(long < short * 256 + Duration::from_millis(5), "{piece:?}: {short:?}, then {long:?}");
    }
    let started = tokio::time::Instant::now();
    for piece in pieces {
        let text = piece.repeat(1 << 20);
        assert!(read(&text, &frame).is_err() && !looks_like_a_date(&text));
    }
    assert!(started.elapsed() < Duration::from_secs(5));
}
