//! Tests of networks.

use super::*;
use crate::pictures::samples::{Sample, any_sample, assert_legible, coarse, small};
use crate::pictures::shapes::times;
use expect_test::{expect, expect_file};
use proptest::prelude::*;

fn drawn(sample: &Sample, theme: Theme) -> Picture {
    sample.planned(|planned| Network::new(planned).draw(theme))
}

#[test]
fn a_small_plan_keeps_its_structure() {
    let picture = drawn(&small(), Theme::Light);
    expect_file!["tests/small.svg"].assert_eq(&picture.svg().replace("><", ">\n<"));
    assert_legible(&picture);
}

#[test]
fn a_small_plan_looks_as_it_did() {
    expect_file!["tests/small.blocks"].assert_eq(&coarse(&drawn(&small(), Theme::Light)));
    expect_file!["tests/small-dark.blocks"].assert_eq(&coarse(&drawn(&small(), Theme::Dark)));
}

#[test]
fn the_words_say_the_chain_and_its_days() {
    expect!["Réseau des jalons de l’équipe « Les Vigies » au lundi 30 novembre 2026 : 5 jalons, 12 h de travail prévues. Chemin critique : jalon 2, puis 3, puis 4, puis 5, soit 9 h. Le plus urgent : jalon 2, en retard de 3 jours. Échéance : vendredi 11 décembre 2026 à 18 h 00. Soutenance : mardi 15 décembre 2026 à 14 h 00. Fait : jalon 1. Jalon 2 (après 1) : 3 h, au plus tôt le 30 nov., au plus tard le 27 nov., en retard de 3 jours. Jalon 3 (après 2) : bloqué, 3 h, au plus tôt le 30 nov., au plus tard le 4 déc., marge de 24 h 30. Jalon 4 (après 2 et 3) : à faire, durée inconnue, au plus tôt le 30 nov., au plus tard le 9 déc., marge de 50 h. Jalon 5 (après 4) : à faire, 3 h, au plus tôt du 30 nov. au 1er déc., au plus tard le 11 déc., marge de 61 h."].assert_eq(drawn(&small(), Theme::Light).words());
}

#[test]
fn nothing_planned_is_a_picture_that_says_so() {
    let mut sample = small();
    sample.plan.tasks.clear();
    let picture = drawn(&sample, Theme::Dark);
    assert_legible(&picture);
    assert!(picture.words().contains("aucun jalon") && picture.png().is_ok(), "{}", picture.words());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn any_plan_is_legible_and_always_the_same(sample in any_sample(0..200)) {
        let picture = drawn(&sample, Theme::Dark);
        assert_legible(&picture);
        prop_assert_eq!(picture, drawn(&sample, Theme::Dark));
    }

    #[test]
    fn boxes_stand_below_what_they_need_and_no_two_on_one_place(sample in any_sample(0..80)) {
        let network = sample.planned(Network::new);
        let places = place::Places::of(&network);
        for (from, to) in &network.links {
            prop_assert!(places.of[*from].map(|place| place.row) < places.of[*to].map(|place| place.row));
        }
        let mut taken: Vec<place::Place> = places.of.iter().flatten().copied().collect();
        let count = taken.len();
        taken.sort_unstable();
        taken.dedup();
        prop_assert_eq!((taken.len(), count + places.alone.len()), (count, network.nodes.len()));
    }

    #[test]
    fn no_arrow_passes_through_a_box(sample in any_sample(0..60)) {
        let network = sample.planned(Network::new);
        let places = place::Places::of(&network);
        let routes = routes::Routes::of(&network, &places);
        prop_assert_eq!(routes.ways.len() + routes.left_out, network.links.len());
        let height = |height: routes::Height| match height {
            routes::Height::Over(row) => times(row) * ROW,
            routes::Height::Under(row) => times(row) * ROW + BOX,
            routes::Height::Lane(row, lane) => times(row) * ROW + BOX + routes::Routes::lane(lane),
        };
        for route in &routes.ways {
            for pair in route.through.windows(2) {
                let [(x, from), (to_x, to)] = *pair else { continue };
                let (from, to) = (height(from), height(to));
                prop_assert!((x - to_x).abs() < 1e-9 || (from - to).abs() < 1e-9, "neither upright nor level");
                for place in places.of.iter().flatten() {
                    let (left, top) = (routes::left(place.column), times(place.row) * ROW);
                    let is_beside = x.max(to_x) <= left || left + routes::BOX <= x.min(to_x);
                    prop_assert!(is_beside || from.max(to) <= top || top + BOX <= from.min(to), "{:?}", route);
                }
            }
        }
    }

    #[test]
    fn the_search_never_makes_a_picture_worse(sample in any_sample(0..60)) {
        let network = sample.planned(Network::new);
        let found = climb::cost(&network, &place::Places::of(&network));
        let (_, begun) = place::Places::begun(&network);
        for first in &begun {
            prop_assert!(found <= climb::cost(&network, first), "{found:?}");
        }
    }
}

/// From one row to the next, and the height of a box: more lanes than there are fit between.
const ROW: f64 = 100_000.0;
const BOX: f64 = 150.0;

/// What each milestone of the sample in the documentation needs.
const SAMPLE: [&[u32]; 12] = [&[], &[1], &[1], &[1], &[4], &[4], &[3, 6], &[5, 7], &[6], &[2, 8], &[10], &[11]];

#[track_caller]
fn plain(needs: &[&[u32]]) -> (usize, usize) {
    let mut sample = small();
    let task = |(number, needs): (u32, &&[u32])| Task { number, needs: needs.to_vec(), ..Task::default() };
    sample.plan.tasks = (1..).zip(needs).map(task).collect();
    let network = sample.planned(Network::new);
    let (left_out, crossings, _) = climb::cost(&network, &place::Places::of(&network));
    (left_out, crossings)
}

#[test]
fn what_can_be_drawn_without_a_crossing_is() {
    assert_eq!(plain(&SAMPLE), (0, 0));
    assert_eq!(plain(&[&[], &[1], &[1], &[2, 3]]), (0, 0));
    assert_eq!(plain(&[&[], &[], &[], &[3], &[2], &[1]]), (0, 0));
    assert_eq!(plain(&[&[], &[1], &[1], &[2], &[3], &[1, 4, 5], &[2, 6]]), (0, 0));
}

#[test]
fn what_cannot_crosses_less_than_straight_lines_would() {
    // Each of three needs each of three others, in two rows: nine crossings of straight lines.
    let (left_out, crossings) = plain(&[&[], &[], &[], &[1, 2, 3], &[1, 2, 3], &[1, 2, 3]]);
    assert!(left_out == 0 && crossings < 9, "{left_out}, {crossings}");
}

#[test]
fn a_duration_is_told_apart_from_the_work() {
    let task = |minutes, spent_minutes, people: i64| Task {
        minutes: Some(minutes),
        spent_minutes,
        people: (0..people).map(crate::domain::person::PersonKey).collect(),
        ..Task::default()
    };
    let told = |task: &Task| {
        let Duration { long, work } = duration(task);
        format!("{long} {}", work.unwrap_or_default()).trim_end().replace('\u{a0}', "~")
    };
    assert_eq!(told(&task(120, 0, 2)), "1~h (2~h à 2)");
    assert_eq!(told(&task(120, 0, 1)), "2~h");
    assert_eq!(told(&task(120, 0, 0)), "2~h");
    assert_eq!(told(&task(120, 60, 2)), "reste 30~min (sur 2~h à 2)");
    assert_eq!(told(&Task::default()), "durée~?");
}
