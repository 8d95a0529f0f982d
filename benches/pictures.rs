//! What a picture costs, from a plan to its PNG: 40 milestones, which must take less than 100 ms, and 200.

#![allow(missing_docs, reason = "criterion makes public functions of its own")]

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use std::collections::BTreeMap;
use std::hint::black_box;
use vigie::domain::person::PersonKey;
use vigie::domain::plan::{Plan, State, Task, Wanted, schedule};
use vigie::domain::reminder::Calendar;
use vigie::pictures::gantt::{Chart, Grouping};
use vigie::pictures::precedence::Network;
use vigie::pictures::{Planned, Theme};

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
            defence: None,
            calendar: &calendar,
            now: &now,
        };
        let gantt = || Chart::new(&planned, Grouping::Deliverable).draw(Theme::Light);
        let network = || Network::new(&planned).draw(Theme::Light);
        for (name, picture) in [("gantt", gantt()), ("precedence", network())] {
            let size = picture.png().map(|png| png.len() / 1024);
            println!("{name}, {milestones} milestones: {size:?} kB");
        }
        c.bench_function(&format!("gantt svg {milestones}"), |b| b.iter(|| black_box(gantt())));
        c.bench_function(&format!("gantt png {milestones}"), |b| b.iter(|| black_box(gantt().png())));
        c.bench_function(&format!("precedence svg {milestones}"), |b| b.iter(|| black_box(network())));
        c.bench_function(&format!("precedence png {milestones}"), |b| b.iter(|| black_box(network().png())));
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = pictures
}
criterion_main!(benches);
