use super::*;
use crate::pictures::checks::{HOSTILE, long, outline, sound};
use crate::pictures::samples::coarse;
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

fn chart() -> Chart {
    Chart {
        team: "Les Volts".to_owned(),
        budget: Some(30 * 60),
        starts: Some(date(2026, 11, 23)),
        deadline: Some(date(2026, 12, 18).at(18, 0, 0, 0)),
        now: date(2026, 12, 3).at(9, 30, 0, 0),
        logged: vec![
            (date(2026, 11, 24), 180),
            (date(2026, 11, 26), 240),
            (date(2026, 11, 26), 90),
            (date(2026, 12, 1), 300),
            (date(2026, 12, 2), 120),
        ],
    }
}

#[test]
fn hours_that_are_left() {
    let picture = chart().draw(Theme::Light);
    sound(&picture);
    expect_test::expect_file!["hours.svg"].assert_eq(&outline(&picture));
    expect_test::expect_file!["hours.blocks"].assert_eq(&coarse(&picture));
    assert_eq!(picture, chart().draw(Theme::Light));
    let dark = chart().draw(Theme::Dark);
    assert_eq!((dark.words(), dark.boxes()), (picture.words(), picture.boxes()));
    assert_ne!(dark.svg(), picture.svg());
}

#[test]
fn past_the_budget_there_is_an_area_and_a_word() {
    let mut over = chart();
    over.logged.push((date(2026, 12, 3), 24 * 60));
    let picture = over.draw(Theme::Light);
    sound(&picture);
    assert!(picture.svg().contains("url(#crossed-late)") && picture.svg().contains("dépassement"));
    assert!(picture.words().replace('\u{a0}', " ").contains("le budget est dépassé de 9 h 30."), "{}", picture.words());
    assert!(!chart().draw(Theme::Light).svg().contains("crossed"));
}

#[test]
fn what_isnt_known_isnt_drawn() {
    let bare = Chart { budget: None, starts: None, deadline: None, logged: Vec::new(), ..chart() };
    let picture = bare.draw(Theme::Dark);
    sound(&picture);
    assert!(picture.words().ends_with("Personne n’a encore noté d’heures."), "{}", picture.words());
    assert!(!picture.svg().contains("rythme") && !picture.svg().contains("échéance"));
    let rising = Chart { logged: chart().logged, ..bare };
    let picture = rising.draw(Theme::Light);
    sound(&picture);
    assert!(picture.svg().contains("15\u{a0}h\u{a0}30 notées"), "{}", picture.svg());
}

#[test]
fn words_and_drawing_are_of_one_instant() {
    let words = |chart: &Chart| chart.draw(Theme::Light).words().replace('\u{a0}', " ");
    expect_test::expect!["Heures de préparation de l’équipe « Les Volts » au jeudi 3 décembre 2026, 15 h 30 notées sur 30 h : il en reste 14 h 30. Environ 2 h 45 d’avance sur un rythme régulier. Échéance : vendredi 18 décembre 2026 à 18 h 00. Les dernières heures notées sont du mercredi 2 décembre 2026."].assert_eq(&words(&chart()));
    let counted = Counted::of(&chart());
    let pace = counted.pace.expect("a pace");
    // 8 days of work of 19 and three quarters have gone by, and the morning.
    let left = pace.left(chart().now).expect("it is on its way");
    assert_eq!(counted.behind(chart().now), Some(870 - left));
    // The same hours the day before are ahead by as much more as a day asks for.
    let before = Chart { now: date(2026, 12, 2).at(9, 30, 0, 0), ..chart() };
    assert_eq!(Counted::of(&before).behind(before.now), Some(870 - left - 1_800 * 4 / 79));
    for (now, told) in [
        (date(2026, 12, 14).at(9, 30, 0, 0), Some("Environ 8 h de retard sur un rythme régulier.")),
        (date(2026, 11, 22).at(9, 30, 0, 0), None),
        (date(2026, 12, 18).at(18, 1, 0, 0), None),
    ] {
        let words = words(&Chart { now, ..chart() });
        assert_eq!(words.contains("rythme"), told.is_some(), "{words}");
        assert!(words.contains(told.unwrap_or_default()), "{words}");
    }
}

#[test]
fn hours_of_today_are_spent_now() {
    let mut today = chart();
    today.logged.push((date(2026, 12, 3), 60));
    let (before, after) = (chart().draw(Theme::Light), today.draw(Theme::Light));
    let dot = |picture: &Picture| -> String {
        let svg = picture.svg();
        svg.split("<circle cx=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    assert_eq!(dot(&before), dot(&after));
}

#[test]
fn whatever_a_team_is_called() {
    for name in HOSTILE.map(str::to_owned).into_iter().chain([long()]) {
        sound(&Chart { team: name, ..chart() }.draw(Theme::Light));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_words_cover_others(
        budget in proptest::option::of(0u32..200_000),
        (starts, lasts, today) in (-800i32..800, 0i32..800, -900i32..1_700),
        logged in proptest::collection::vec((-1_000i32..1_000, 1u32..1_440), 0..40),
        known in 0u8..4,
    ) {
        let day = |into: i32| date(2026, 11, 23).saturating_add(into.days());
        let chart = Chart {
            team: "Les Volts".to_owned(),
            budget,
            starts: (known & 1 > 0).then(|| day(starts)),
            deadline: (known & 2 > 0).then(|| day(starts + lasts).at(18, 0, 0, 0)),
            now: day(today).at(9, 30, 0, 0),
            logged: logged.into_iter().map(|(into, minutes)| (day(into), minutes)).collect(),
        };
        sound(&chart.draw(Theme::Light));
    }
}
