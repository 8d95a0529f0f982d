//! What holds for any rule and any text.

use super::tests::monday;
use super::*;
use crate::domain::reminder::calendar::{Calendar, Respect};
use crate::domain::reminder::holidays::Region;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

fn weekday() -> impl Strategy<Value = Weekday> {
    (0i8..7).prop_map(|day| Weekday::from_monday_zero_offset(day).expect("it is a day of the week"))
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let days = prop::collection::vec(weekday(), 1..=7).prop_map(|days| {
        let first = WeekDays::only(days[0]);
        days.into_iter().map(WeekDays::only).fold(first, WeekDays::and)
    });
    let weekly = (days, 1..=MOST_WEEKS).prop_map(|(days, every)| Pattern::Weekly { days, every });
    prop_oneof![
        Just(Pattern::Daily),
        Just(Pattern::WorkingDays),
        Just(Pattern::LastDay),
        weekly,
        (1i8..=31).prop_map(|day| Pattern::Monthly { day }),
        (1i8..=4, weekday()).prop_map(|(nth, weekday)| Pattern::Nth { nth, weekday }),
        weekday().prop_map(|weekday| Pattern::Last { weekday }),
        (1i8..=12, 1i8..=31).prop_map(|(month, day)| {
            Pattern::Yearly { month, day: day.min(Date::constant(2028, month, 1).days_in_month()) }
        }),
    ]
}

/// A rule as [`read`] makes it: after the frame's now, and anchored where it counts weeks.
fn rule() -> impl Strategy<Value = Rule> {
    let day = |days: i32| Date::constant(2026, 11, 24).checked_add(days.days()).ok();
    let from = prop::option::of(0i32..3_000).prop_map(move |days| days.and_then(day));
    let until = prop::option::of(4_000i32..30_000).prop_map(move |days| days.and_then(day));
    let at = (0i8..24, 0i8..60).prop_map(|(hour, minute)| Time::constant(hour, minute, 0, 0));
    (pattern(), at, from, until).prop_map(|(pattern, at, from, until)| match pattern {
        Pattern::Weekly { days, every: 2.. } => {
            let from = from.unwrap_or(Date::constant(2026, 11, 30));
            let first = from.series(1.day()).find(|day| days.contains(day.weekday()));
            Rule { pattern, at, from: first, until }
        }
        _ => Rule { pattern, at, from, until },
    })
}

const ZONES: [&str; 3] = ["Europe/Paris", "Indian/Reunion", "America/New_York"];

fn zone() -> impl Strategy<Value = TimeZone> {
    prop::sample::select(&ZONES[..])
        .prop_map(|name| TimeZone::get(name).expect("the database of zones is in the program"))
}

/// Pieces of rules in any order, which get further into the grammar than letters at random.
fn nearly_a_rule() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "tous les",
            "toutes les",
            "chaque",
            "les",
            "le",
            "un",
            "une",
            "lundi",
            "lundis",
            "jeudi",
            "jours",
            "jour",
            "ouvré",
            "ouvrable",
            "semaine",
            "semaines",
            "en semaine",
            "mois",
            "an",
            "du",
            "au",
            "de",
            "dernier",
            "premier",
            "1er",
            "2e",
            "15",
            "31",
            "99999999999",
            "12 mars",
            "12/03",
            "sur",
            "deux",
            "quinze",
            "à",
            "9h",
            "18:30",
            "midi",
            "soir",
            ",",
            "et",
            "jusqu'au",
            "à partir du",
            "2027",
            "fin",
            "week-end",
            "par",
            "h",
            "é",
            "е",
            ".",
        ][..],
    );
    prop::collection::vec((piece, prop::sample::select(&["", " ", "\u{a0}"][..])), 0..12)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, joint)| [piece, joint]).collect())
}

proptest! {
    #[test]
    fn what_is_written_reads_back(rule in rule()) {
        let (written, now) = (rule.to_string(), monday());
        prop_assert_eq!(read(&written, &Frame::new(&now)), Ok(rule), "{}", written);
        prop_assert!(looks_like_a_rule(&written), "{}", written);
        prop_assert_eq!(Rule::from_stored(&rule.to_stored()), Some(rule));
    }

    #[test]
    fn never_panics(text in "\\PC{0,60}", nearly in nearly_a_rule(), stored in "[dbwmny0-9/@:<>-]{0,24}") {
        let now = monday();
        for text in [text, nearly] {
            if let Ok(rule) = read(&text, &Frame::new(&now)) {
                prop_assert!(looks_like_a_rule(&text) || text.contains(['«', '"', '“', '(', '\'', '»', '!', '?', ';']), "{}", text);
                prop_assert_eq!(Rule::from_stored(&rule.to_stored()), Some(rule));
                let written = rule.to_string();
                prop_assert_eq!(read(&written, &Frame::new(&now)), Ok(rule), "{} is {}", text, written);
            }
        }
        let _ = Rule::from_stored(&stored);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Ten years of a rule: always later, at the same wall-clock time on both sides of every change of the clocks.
    #[test]
    fn the_clock_on_the_wall_is_the_truth(rule in rule(), zone in zone(), region in prop::sample::select(&Region::ALL[..])) {
        let calendar = Calendar::new(region, Respect::Kept, []);
        let mut at = monday().timestamp();
        let end = at.to_zoned(zone.clone()).checked_add(10.years()).expect("it is on the calendar").timestamp();
        let mut last_day = Date::MIN;
        while let Some(next) = rule.next(at, &zone, &calendar).filter(|next| *next < end) {
            prop_assert!(next > at);
            let wall = zone.to_datetime(next);
            prop_assert!(wall.date() > last_day, "at most once a day");
            prop_assert!(rule.from.is_none_or(|from| wall.date() >= from));
            prop_assert!(rule.until.is_none_or(|until| wall.date() <= until));
            if wall.time() != rule.at {
                // Only where clocks leave that time out.
                let wished = zone.to_ambiguous_timestamp(wall.date().to_datetime(rule.at));
                let is_a_gap = matches!(wished.offset(), AmbiguousOffset::Gap { .. });
                prop_assert!(is_a_gap);
            }
            (at, last_day) = (next, wall.date());
        }
    }

    /// Asking from any instant gives the same times as asking from one to the next.
    #[test]
    fn it_does_not_matter_when_one_asks(rule in rule(), zone in zone(), minutes in 0i64..5_000_000, back in 1i64..50_000) {
        let calendar = Calendar::always_open();
        let from = monday().timestamp().checked_add(jiff::SignedDuration::from_mins(minutes)).expect("it exists");
        let earlier: Timestamp = from - jiff::SignedDuration::from_mins(back);
        let mut walked = rule.next(earlier, &zone, &calendar);
        while let Some(at) = walked.filter(|at| *at <= from) {
            walked = rule.next(at, &zone, &calendar);
        }
        prop_assert_eq!(walked, rule.next(from, &zone, &calendar));
    }
}

#[test]
fn hostile_text_costs_little() {
    let now = monday();
    let started = tokio::time::Instant::now();
    for piece in ["tous les ", "lundis et ", "le 1er du mois ", "jusqu'au 12 mars ", "9h ", "un ", "\u{200b}", "v"] {
        let text = piece.repeat(1 << 18);
        assert!(read(&text, &Frame::new(&now)).is_err() && !looks_like_a_rule(&text));
        let short: String = text.chars().take(LONGEST).collect();
        let _ = (read(&short, &Frame::new(&now)), looks_like_a_rule(&short));
    }
    assert!(started.elapsed() < std::time::Duration::from_secs(5));
}
