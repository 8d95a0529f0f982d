//! Plans for the tests of pictures: a believable one, and any whatever.

use super::{Area, Picture, Planned};
use crate::domain::person::PersonKey;
use crate::domain::plan::{Budget, Plan, State, Task, Wanted, schedule};
use crate::domain::reminder::Calendar;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Everything that a picture of a plan borrows.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) team: String,
    pub(super) plan: Plan,
    pub(super) people: BTreeMap<PersonKey, String>,
    pub(super) now: Zoned,
}

impl Sample {
    /// Lends it all.
    pub(super) fn planned<T>(&self, asked: impl FnOnce(&Planned<'_>) -> T) -> T {
        let schedule = schedule(&self.plan, self.now.timestamp());
        let calendar = Calendar::default();
        asked(&Planned {
            team: &self.team,
            plan: &self.plan,
            schedule: &schedule,
            people: &self.people,
            calendar: &calendar,
            now: &self.now,
        })
    }
}

pub(super) fn paris(civil: &str) -> Zoned {
    let zone = TimeZone::get("Europe/Paris").expect("the database of zones is in the program");
    civil.parse::<DateTime>().and_then(|civil| civil.to_zoned(zone)).expect("a date and time")
}

pub(super) fn at(civil: &str) -> Timestamp {
    paris(civil).timestamp()
}

/// Five milestones of three people for two deliverables: every state, a diamond, one without a date.
pub(super) fn small() -> Sample {
    let people = [(1, "Alice"), (2, "Bob"), (3, "Chloé")];
    let task = |number: u32, title: &str, due: Option<Timestamp>, needs: &[u32]| Task {
        number,
        title: title.to_owned(),
        due,
        minutes: Some(180),
        people: vec![PersonKey(i64::from(number % 3) + 1)],
        needs: needs.to_vec(),
        deliverable: Some(1 + number / 3),
        ..Task::default()
    };
    let tasks = vec![
        Task { state: State::Done, ..task(1, "Cadrer le besoin", Some(at("2026-11-25T18:00")), &[]) },
        task(2, "Modèle de données", Some(at("2026-11-27T18:00")), &[1]),
        Task { state: State::Blocked, ..task(3, "Déploiement", Some(at("2026-12-04T12:00")), &[2]) },
        Task { minutes: None, ..task(4, "Recette", Some(at("2026-12-09T18:00")), &[2, 3]) },
        Task { due: None, deliverable: None, people: vec![], ..task(5, "Répétition", None, &[4]) },
    ];
    let wanted =
        |number: u32, title: &str| Wanted { number, title: title.to_owned(), is_required: true, is_handed_in: false };
    Sample {
        team: "Les Vigies".to_owned(),
        plan: Plan {
            tasks,
            members: people.iter().map(|(key, _)| PersonKey(*key)).collect(),
            budget: Some(Budget::Team(30 * 60)),
            deliverables: vec![wanted(1, "Dossier"), wanted(2, "Application")],
            starts_at: Some(at("2026-11-23T09:00")),
            deadline: Some(at("2026-12-11T18:00")),
            defence: Some(at("2026-12-15T14:00")),
        },
        people: people.into_iter().map(|(key, name)| (PersonKey(key), name.to_owned())).collect(),
        now: paris("2026-11-30T09:30"),
    }
}

/// What people may call things, and what they shouldn't.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-ZÉ][a-zéèà ]{2,60}",
        1 => "\\PC{0,300}",
        1 => any::<String>(),
        1 => Just("<script>alert(\"x\")</script> & ]]>".to_owned()),
        1 => Just("عرض المشروع النهائي أمام لجنة التحكيم".to_owned()),
        1 => Just("👩🏽\u{200d}💻🚀👾".to_owned()),
        1 => Just("\u{202e}renversé\u{0}\u{7}\u{1b}[31m".to_owned()),
        1 => Just("x".repeat(300)),
    ]
}

/// Any plan of as many milestones as `sizes` allows: dates years apart or missing, any need whatever, cycles too.
pub(super) fn any_sample(sizes: std::ops::Range<usize>) -> impl Strategy<Value = Sample> {
    let due = prop_oneof![
        6 => (-40i64..60).prop_map(|days| Some(days * 1_440 + 600)),
        1 => Just(None),
        1 => (-9_000i64..9_000).prop_map(|days| Some(days * 1_440)),
        1 => (-4_000_000i64..2_800_000).prop_map(|days| Some(days * 1_440)),
    ];
    let task = (
        (name(), due, prop::option::of(0u32..6_000), 0u32..4),
        prop::collection::vec(0i64..8, 0..4),
        prop::collection::vec(0u32..200, 0..4),
        prop::option::of(0u32..6),
    );
    let tasks = prop::collection::vec(task, sizes);
    let marks = (prop::option::of(-50i64..400), prop::option::of(-50i64..4_000));
    (name(), name(), tasks, marks).prop_map(|(team, person, tasks, (deadline, defence))| {
        let now = paris("2026-11-30T09:30");
        let day = |days: i64| now.timestamp() + SignedDuration::from_hours(days * 24);
        let tasks =
            (1u32..).zip(tasks).map(|(number, ((title, due, minutes, state), people, needs, deliverable))| Task {
                number,
                title,
                due: due.map(|minutes| now.timestamp() + SignedDuration::from_mins(minutes)),
                minutes,
                state: [State::Open, State::Open, State::Blocked, State::Done][state as usize],
                people: people.into_iter().map(PersonKey).collect(),
                // Mostly on what came before; now and then on itself or on what comes after.
                needs: needs.into_iter().map(|need| if need < 10 { need + number } else { need % number }).collect(),
                deliverable,
                ..Task::default()
            });
        let wanted = |number: u32| Wanted { number, title: team.clone(), is_required: true, is_handed_in: false };
        let plan = Plan {
            tasks: tasks.collect(),
            members: (0..6).map(PersonKey).collect(),
            deliverables: (0..4).map(wanted).collect(),
            deadline: deadline.map(day),
            defence: defence.map(day),
            ..Plan::default()
        };
        let people = (0..6).map(|key| (PersonKey(key), person.clone())).collect();
        Sample { team, plan, people, now }
    })
}

/// Holds that no text covers another and that all stand within the picture.
#[track_caller]
pub(super) fn assert_legible(picture: &Picture) {
    let width = super::WIDTH;
    let mut boxes: Vec<&Area> = picture.boxes().iter().collect();
    boxes.sort_by(|one, other| one.y.total_cmp(&other.y));
    for (rank, one) in boxes.iter().enumerate() {
        assert!(one.x >= 0.0 && one.x + one.width <= width, "{one:?} is outside");
        let near = boxes[rank + 1..].iter().take_while(|other| other.y < one.y + one.height);
        for other in near {
            assert!(!one.covers(other), "{one:?} and {other:?} are one over the other");
        }
    }
    for size in picture.svg().split("font-size=\"").skip(1) {
        let size = size.split('"').next().and_then(|size| size.parse::<f64>().ok());
        assert!(size.is_some_and(|size| size >= 11.0), "letters of {size:?} pixels");
    }
    super::checks::held(picture);
    assert!(picture.words().chars().count() <= 1_000 && !picture.words().is_empty());
    assert!(!picture.svg().chars().any(|c| c.is_control() && c != '\n'), "a control character is in the picture");
    assert!(!picture.svg().contains("<script"), "markup of somebody else’s is in the picture");
}

/// The mean brightness of blocks of a picture, 32 in a row, as letters from `a` (black) to `z` (white).
pub(super) fn coarse(picture: &Picture) -> String {
    const BLOCKS: usize = 32;
    let bytes = picture.png().expect("it can be drawn");
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size that memory holds")];
    let frame = reader.next_frame(&mut pixels).expect("a frame");
    let (width, height) = (frame.width as usize, frame.height as usize);
    let side = width / BLOCKS;
    let mut rows = Vec::new();
    for top in (0..height).step_by(side) {
        let block = |column: usize| {
            let rows = top..(top + side).min(height);
            let sums = rows.clone().map(|y| {
                let from = (y * width + column * side) * 3;
                pixels[from..from + side * 3].iter().map(|value| u64::from(*value)).sum::<u64>()
            });
            let mean = sums.sum::<u64>() / (rows.len() * side * 3) as u64;
            char::from(b'a' + u8::try_from(mean * 25 / 255).unwrap_or(25))
        };
        rows.push((0..BLOCKS).map(block).collect::<String>());
    }
    rows.join("\n") + "\n"
}
