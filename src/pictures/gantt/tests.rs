//! Tests of charts.

use super::*;
use crate::domain::person::PersonKey;
use crate::domain::plan::State;
use crate::pictures::samples::{any_sample, assert_legible, coarse, small};
use expect_test::{expect, expect_file};
use proptest::prelude::*;

fn drawn(sample: &crate::pictures::samples::Sample, grouping: Grouping, theme: Theme) -> Picture {
    sample.planned(|planned| Chart::new(planned, grouping).draw(theme))
}

#[test]
fn a_small_plan_keeps_its_structure() {
    let picture = drawn(&small(), Grouping::Deliverable, Theme::Light);
    expect_file!["tests/small.svg"].assert_eq(&picture.svg().replace("><", ">\n<"));
    assert_legible(&picture);
}

#[test]
fn a_small_plan_looks_as_it_did() {
    expect_file!["tests/small.blocks"].assert_eq(&coarse(&drawn(&small(), Grouping::Deliverable, Theme::Light)));
    expect_file!["tests/small-dark.blocks"].assert_eq(&coarse(&drawn(&small(), Grouping::Person, Theme::Dark)));
}

#[test]
fn the_words_begin_with_what_the_picture_says() {
    let picture = drawn(&small(), Grouping::Deliverable, Theme::Light);
    expect!["Planning de l’équipe « Les Vigies » au lundi 30 novembre 2026, 5 jalons : 1 fait, 1 en retard, 1 bloqué et 2 à faire. En retard : jalon 2 « Modèle de données ». Bloqué : jalon 3 « Déploiement ». Prochaine date, jalon 3 « Déploiement » : vendredi 4 décembre 2026 à 12 h 00 (dans 4 jours). Chemin critique : jalon 2, puis 3, puis 4, puis 5. Échéance : vendredi 11 décembre 2026 à 18 h 00 (dans 11 jours). Soutenance : mardi 15 décembre 2026 à 14 h 00 (dans 15 jours). Sans date : jalon 5."].assert_eq(picture.words());
}

#[test]
fn groups_and_their_order() {
    let headings = |grouping| -> Vec<String> {
        small().planned(|planned| {
            let groups = Chart::new(planned, grouping).groups;
            groups.iter().map(|group| group.heading.replace('\u{a0}', " ")).collect()
        })
    };
    assert_eq!(headings(Grouping::Deliverable), ["Livrable 1 : Dossier", "Livrable 2 : Application", "Sans livrable"]);
    assert_eq!(headings(Grouping::Person), ["Alice", "Bob", "Chloé", "Sans responsable"]);
}

#[test]
fn shared_milestones_are_under_one_heading_and_count_for_each() {
    let mut sample = small();
    sample.plan.tasks[1].people = vec![PersonKey(1), PersonKey(2)];
    sample.plan.tasks[4].people = vec![PersonKey(2), PersonKey(3), PersonKey(3)];
    let told: Vec<String> = sample.planned(|planned| {
        let groups = Chart::new(planned, Grouping::Person).groups;
        let people = |bars: &[Bar]| bars.iter().map(|bar| bar.people.clone()).collect::<Vec<_>>().join(" / ");
        let line = |group: &Group| format!("{}\u{a0}: {} [{}]", group.heading, group.load, people(&group.bars));
        groups.iter().map(|group| line(group).replace('\u{a0}', " ")).collect()
    });
    expect![[r#"
        [
            "Alice : 4 h 30, dont 1 h 30 à plusieurs []",
            "Bob : 6 h, dont 3 h à plusieurs [ / ]",
            "Chloé : 1 h 30 à plusieurs []",
            "À plusieurs : heures à parts égales [Alice et Bob / Bob et Chloé]",
        ]
    "#]]
    .assert_debug_eq(&told);
}

#[test]
fn a_name_without_letters_is_said_to_be_one() {
    let mut sample = small();
    sample.people.insert(PersonKey(1), "🚀🚀".to_owned());
    let svg = drawn(&sample, Grouping::Person, Theme::Light).svg().to_owned();
    assert!(svg.contains("(nom sans lettre lisible)"), "{svg}");
}

#[test]
fn the_first_milestone_has_the_time_since_the_start_of_the_brief() {
    small().planned(|planned| {
        let chart = Chart::new(planned, Grouping::Deliverable);
        let first = chart.bars().find(|bar| bar.number == 1).and_then(|bar| bar.span);
        assert_eq!(first.and_then(|span| span.free_from), planned.plan.starts_at);
    });
}

#[test]
fn how_late_a_milestone_is_goes_to_today() {
    let picture = drawn(&small(), Grouping::Deliverable, Theme::Light);
    assert!(picture.svg().contains("retard à ce jour"));
    let mut sample = small();
    sample.now = crate::pictures::samples::paris("2026-11-26T09:30");
    assert!(!drawn(&sample, Grouping::Deliverable, Theme::Light).svg().contains("retard à ce jour"));
}

#[test]
fn only_names_are_cut() {
    let mut sample = small();
    sample
        .people
        .insert(PersonKey(1), "Une personne dont le nom est vraiment très long, et même encore plus".to_owned());
    for task in &mut sample.plan.tasks {
        task.people = vec![PersonKey(1), PersonKey(2)];
        task.minutes = Some(750);
    }
    let svg = drawn(&sample, Grouping::Deliverable, Theme::Light).svg().replace('\u{a0}', " ");
    assert_eq!(svg.matches("12 h 30").count(), sample.plan.tasks.len(), "{svg}");
}

#[test]
fn a_chain_is_told_for_the_ear() {
    let words = drawn(&small(), Grouping::Deliverable, Theme::Light).words().replace('\u{a0}', " ");
    assert!(words.contains("Chemin critique : jalon 2, puis 3, puis 4, puis 5.") && !words.contains('→'), "{words}");
}

#[test]
fn nothing_planned_is_a_picture_that_says_so() {
    let mut sample = small();
    sample.plan.tasks.clear();
    let picture = drawn(&sample, Grouping::Deliverable, Theme::Dark);
    assert_legible(&picture);
    assert!(picture.svg().contains("/jalon ajouter") && picture.words().contains("aucun jalon"), "{}", picture.svg());
    assert!(picture.png().is_ok());
}

#[test]
fn no_state_is_told_by_colour_alone() {
    let mut fills: Vec<String> = Status::ALL.iter().map(|status| format!("{:?}", status.fill())).collect();
    let mut words: Vec<&str> = Status::ALL.iter().map(|status| status.word()).collect();
    fills.sort_unstable();
    fills.dedup();
    words.sort_unstable();
    words.dedup();
    assert_eq!((fills.len(), words.len()), (Status::ALL.len(), Status::ALL.len()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn any_plan_is_legible_and_always_the_same(sample in any_sample(0..200), by_person in any::<bool>()) {
        let grouping = if by_person { Grouping::Person } else { Grouping::Deliverable };
        let picture = drawn(&sample, grouping, Theme::Light);
        assert_legible(&picture);
        prop_assert_eq!(picture, drawn(&sample, grouping, Theme::Light));
    }
}

#[test]
fn hostile_names_can_be_drawn() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..6 {
        let sample = any_sample(0..40).new_tree(&mut runner).expect("a plan").current();
        let picture = drawn(&sample, Grouping::Person, Theme::Dark);
        assert_eq!(picture.png().expect("it can be drawn"), picture.png().expect("it can be drawn"));
    }
}

#[test]
fn milestones_that_all_stand_alike_are_told_together() {
    let told = |count: usize, state: State| {
        let mut sample = small();
        sample.plan.tasks.truncate(count);
        for task in &mut sample.plan.tasks {
            (task.state, task.due) = (state, None);
        }
        sample.planned(words::summary).replace('\u{a0}', " ")
    };
    assert_eq!(told(1, State::Done), "1 jalon, fait.");
    assert_eq!(told(3, State::Open), "3 jalons, tous à faire.");
}
