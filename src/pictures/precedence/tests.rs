//! Tests of networks.

use super::*;
use crate::pictures::samples::{Sample, any_sample, assert_legible, coarse, small};
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
    expect!["Réseau des jalons de l’équipe « Les Vigies » : 5 jalons, 12 h de travail prévues. Chemin critique : 2 → 3 → 4 → 5 (9 h de travail, marge 61 h). Jalon 2 (après 1) : 3 h, au plus tôt le 30 nov., au plus tard le 27 nov., marge −24 h. Jalon 3 (après 2) : 3 h, au plus tôt le 30 nov., au plus tard le 4 déc., marge 24 h 30. Jalon 4 (après 2 et 3) : durée inconnue, au plus tôt le 30 nov., au plus tard le 9 déc., marge 50 h. Jalon 5 (après 4) : 3 h, au plus tôt du 30 nov. au 1er déc., au plus tard le 11 déc., marge 61 h."].assert_eq(drawn(&small(), Theme::Light).words());
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
    fn no_arrow_lies_on_another_box_nor_on_the_lane_of_another(sample in any_sample(0..60)) {
        let network = sample.planned(Network::new);
        let places = place::Places::of(&network);
        let routes = routes::Routes::of(&network, &places);
        prop_assert_eq!(routes.ways.len() + routes.left_out, network.links.len());
        for route in &routes.ways {
            for pair in route.through.windows(2) {
                let [(x, from), (other, to)] = pair else { continue };
                // Past a row only beside its boxes.
                let (routes::Height::Lane(first, _), routes::Height::Lane(last, _)) = (from, to) else { continue };
                if first == last {
                    continue;
                }
                prop_assert!((x - other).abs() < 1e-9);
                for place in places.of.iter().flatten().filter(|place| (first + 1..=*last).contains(&place.row)) {
                    let left = routes::left(place.column);
                    prop_assert!(*x < left || *x > left + routes::BOX);
                }
            }
        }
    }
}
