//! What a picture costs, from a plan to its PNG: 40 milestones, which must take less than 100 ms and 300 kB, and 200; and the
//! largest that a team or a brief has of the others.

#![allow(missing_docs, reason = "criterion makes public functions of its own")]

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use std::collections::BTreeMap;
use std::hint::black_box;
use vigie::domain::coverage::Progress;
use vigie::domain::person::PersonKey;
use vigie::domain::plan::{Plan, State, Task, Wanted, schedule};
use vigie::domain::reminder::Calendar;
use vigie::pictures::cohort::{self, Need, Team};
use vigie::pictures::coverage::{self, Unit};
use vigie::pictures::gantt::{Chart, Grouping};
use vigie::pictures::precedence::Network;
use vigie::pictures::{Picture, Planned, Theme, burn_down};

fn now() -> Zoned {
    let zone = TimeZone::get("Europe/Paris").expect("the database of zones is in the program");
    "2026-11-30T08:30:00Z".parse::<Timestamp>().expect("an instant").to_zoned(zone)
}

/// So many milestones of four people, two days apart by fours, each after one or two before.
fn plan(milestones: u32) -> Plan {
    let start = now().timestamp() - SignedDuration::from_hours(14 * 24);
    let tasks = (1..=milestones).map(|number| Task {
        number,
        title: format!("Jalon {number}\u{a0}: une étape du projet qui a un nom assez long"),
        due: Some(start + SignedDuration::from_hours(i64::from(number / 4) * 48 + 10)),
        minutes: (number % 7 != 0).then_some(90 + number % 5 * 60),
        state: match number {
            _ if number * 3 < milestones => State::Done,
            _ if number % 11 == 0 => State::Blocked,
            _ => State::Open,
        },
        people: vec![PersonKey(i64::from(number % 4))],
        needs: [4, 7].into_iter().filter_map(|back| number.checked_sub(back)).filter(|need| *need > 0).collect(),
        deliverable: Some(number % 5),
        ..Task::default()
    });
    let wanted =
        |number| Wanted { number, title: format!("Livrable numéro {number}"), is_required: true, is_handed_in: false };
    Plan { tasks: tasks.collect(), deliverables: (0..5).map(wanted).collect(), ..Plan::default() }
}

/// A brief that so many teams work on, no two of the same name: what repeats would make the picture smaller.
fn cohort(teams: u32) -> cohort::Chart {
    const FIRST: [&str; 7] = ["Les gardiens", "Équipe", "Collectif", "Les pilotes", "Bureau", "Atelier", "Les indexés"];
    const THEN: [&str; 11] = [
        "du lac de données",
        "des mesures justes",
        "sans valeur nulle",
        "de l’entrepôt",
        "du graphe",
        "à jour",
        "des tables rondes",
        "en production",
        "du lundi matin",
        "et compagnie",
        "de la recette",
    ];
    let now = now();
    let words = |number: u32| format!("{} {}", FIRST[number as usize % 7], THEN[number as usize % 11]);
    let team = |number: u32| Team {
        number,
        name: words(number),
        milestones: (number % 12, 12),
        next: Some((
            now.timestamp() + SignedDuration::from_hours(i64::from(number * 7 % 40) * 24),
            format!("jalon {number} «\u{a0}{}\u{a0}»", words(number * 5 + 3)),
        )),
        late: usize::try_from(number % 3).unwrap_or(0),
        risks: 2,
        risk: Some(format!("jalon\u{a0}{number} bloqué")),
        need: [Need::AtRisk, Need::Late, Need::Late][number as usize % 3],
    };
    cohort::Chart {
        brief: "Plateforme de données ouvertes".to_owned(),
        now: now.timestamp(),
        zone: now.time_zone().clone(),
        teams: (1..=teams).map(team).collect(),
    }
}

/// A grid of so many competencies.
fn grid(competencies: usize) -> coverage::Chart {
    let row = |number: usize| {
        let statement =
            "Analyser et hiérarchiser les problématiques d’une solution d’intelligence artificielle".to_owned();
        (format!("A{number}C{number}"), statement, Progress { todo: 4, in_progress: 2, covered: number % 7 })
    };
    coverage::Chart {
        team: "Les Vigies".to_owned(),
        today: now().date(),
        unit: Unit::Criterion,
        competencies: (1..=competencies).map(row).collect(),
        whole: Progress { todo: 40, in_progress: 20, covered: 30 },
    }
}

/// The hours of so many days.
fn hours(days: i64) -> burn_down::Chart {
    let today = now().date();
    let day = |back: i64| today.saturating_sub(SignedDuration::from_hours(24 * back));
    burn_down::Chart {
        team: "Les Vigies".to_owned(),
        budget: Some(30 * 60),
        starts: Some(day(days)),
        deadline: Some(today.saturating_add(SignedDuration::from_hours(24 * 20)).at(18, 0, 0, 0)),
        now: now().datetime(),
        logged: (0..days).map(|back| (day(back), 20)).collect(),
    }
}

fn measure(c: &mut Criterion, name: &str, draw: impl Fn() -> Picture) {
    let size = draw().png().map(|png| png.len() / 1_000);
    println!("{name}: {size:?} kB");
    c.bench_function(&format!("{name} svg"), |b| b.iter(|| black_box(draw())));
    c.bench_function(&format!("{name} png"), |b| b.iter(|| black_box(draw().png())));
}

fn pictures(c: &mut Criterion) {
    let people: BTreeMap<PersonKey, String> = [(0, "Alice"), (1, "Bob"), (2, "Chloé"), (3, "David")]
        .map(|(key, name)| (PersonKey(key), name.to_owned()))
        .into();
    let (now, calendar) = (now(), Calendar::default());
    for milestones in [40, 200] {
        let plan = plan(milestones);
        let schedule = schedule(&plan, now.timestamp());
        let planned = Planned {
            team: "Les Vigies",
            plan: &plan,
            schedule: &schedule,
            people: &people,
            calendar: &calendar,
            now: &now,
        };
        let gantt = || Chart::new(&planned, Grouping::Deliverable).draw(Theme::Light);
        measure(c, &format!("gantt {milestones}"), gantt);
        measure(c, &format!("precedence {milestones}"), || Network::new(&planned).draw(Theme::Light));
    }
    let (cohort, grid, hours) = (cohort(60), grid(24), hours(40));
    measure(c, "cohort 60", || cohort.draw(Theme::Light));
    measure(c, "coverage 24", || grid.draw(Theme::Light));
    measure(c, "hours 40", || hours.draw(Theme::Light));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = pictures
}
criterion_main!(benches);
