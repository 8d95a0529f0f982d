//! What holds for any message.

use super::{
    LIMITS,
    limits::text,
    reader::{elements, read, read_bodies, read_html},
    rendered, words,
};
use crate::render::{Limits, Part};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;
use vigie_chat::{Item, List, Order, PersonId, Sealed, Span, Text, arbitrary};

/// Small enough that most messages need several events.
const SMALL: Limits = Limits { event_bytes: 3_000, upload_bytes: 1_000 };

/// The message whose people have ids of Matrix, and whose links say the address as a client shows it.
fn of_matrix(message: &Sealed) -> Sealed {
    fn rename(value: &mut Value) {
        if let Some(id) = value.pointer("/mention/id").and_then(Value::as_str) {
            value["mention"]["id"] = format!("@p{id}:ecole.example").into();
        }
        match value {
            Value::Array(items) => items.iter_mut().for_each(rename),
            Value::Object(members) => members.values_mut().for_each(rename),
            _ => {}
        }
    }
    let mut json = serde_json::to_value(message).expect("a message is always JSON");
    rename(&mut json);
    serde_json::from_value(json).expect("still a message")
}

/// Asserts that both writings say all of a message.
#[track_caller]
fn assert_says_all(message: &Sealed, limits: &Limits) {
    let parts = rendered(message, limits);
    arbitrary::assert_says_all(message, &read_bodies(&parts));
    arbitrary::assert_says_all(message, &read_html(&parts));
    let files = parts.iter().filter(|part| matches!(part, Part::File(_))).count();
    assert_eq!(files, message.all_files().len());
}

/// Whether all the words of the HTML are in the plain body, in order.
#[track_caller]
fn assert_body_is_complete(message: &Sealed, limits: &Limits) {
    for words in words(&rendered(message, limits)) {
        let packed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let body = packed(text(&words.content, "body"));
        for line in read(text(&words.content, "formatted_body")).lines() {
            for word in line.split_whitespace().map(packed) {
                assert!(word.contains("matrixto") || body.contains(&word), "{word:?} is missing from {body:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_in_either_writing(message in arbitrary::message()) {
        assert_says_all(&of_matrix(&message), &LIMITS);
        assert_says_all(&message, &LIMITS);
    }

    #[test]
    fn nothing_is_lost_among_several_events(message in arbitrary::message()) {
        assert_says_all(&of_matrix(&message), &SMALL);
    }

    #[test]
    fn the_plain_body_says_what_the_html_says(message in arbitrary::message()) {
        assert_body_is_complete(&of_matrix(&message), &LIMITS);
        assert_body_is_complete(&of_matrix(&message), &SMALL);
    }

    #[test]
    fn words_make_no_markup(said in vec(arbitrary::words(), 1..4)) {
        let message = Sealed::answer().paragraph(Text::new().strong(said[0].as_str()).then(said.concat()));
        let parts = rendered(&message, &LIMITS);
        for words in words(&parts) {
            let elements = elements(text(&words.content, "formatted_body"));
            prop_assert!(elements.iter().all(|name| ["p", "strong", "br"].contains(&name.as_str())), "{:?}", elements);
        }
    }

    #[test]
    fn only_a_mention_of_the_tree_shows_a_person(message in arbitrary::message()) {
        for words in words(&rendered(&message, &LIMITS)) {
            prop_assert!(!text(&words.content, "formatted_body").contains("href=\"https://matrix.to"));
        }
    }

    #[test]
    fn those_notified_and_nobody_else_can_be(people in vec("[a-z]{0,9}|@[a-z]{1,120}:ecole\\.example", 0..60)) {
        let mut message = Sealed::reminder().paragraph("@room @alice:ecole.example");
        message.notifies = people.iter().map(|id| PersonId::new(id.as_str())).collect();
        let mut expected: Vec<&str> = people.iter().map(String::as_str).filter(|id| id.starts_with('@')).collect();
        let parts = rendered(&message, &SMALL);
        let mut notified: Vec<&str> = Vec::new();
        for words in words(&parts) {
            let ids = words.content["m.mentions"].get("user_ids").and_then(Value::as_array);
            notified.extend(ids.into_iter().flatten().filter_map(Value::as_str));
        }
        expected.sort_unstable();
        expected.dedup();
        notified.sort_unstable();
        prop_assert_eq!(notified, expected);
    }

    #[test]
    fn numbers_stay_those_of_the_choices(message in arbitrary::message()) {
        let parts = rendered(&message, &SMALL);
        let bodies = words(&parts).iter().map(|words| text(&words.content, "body")).collect::<Vec<_>>().join("\n");
        for number in 1..=message.choices().len() {
            prop_assert!(bodies.contains(&format!("{number}. ")), "{number} in {}", bodies);
        }
    }

    #[test]
    fn long_texts_come_whole(said in vec((0..3_usize, arbitrary::words()), 0..200)) {
        let text: Text = said.iter().map(|(kind, words)| match kind {
            0 => Span::Plain(words.clone()),
            1 => Span::Strong(words.clone()),
            _ => Span::Code(words.clone()),
        }).collect();
        assert_says_all(&Sealed::answer().title(text.clone()).paragraph(text.clone()).note(text.clone()), &SMALL);
        let items = List { order: Order::NumberedFrom(7), items: vec![Item::with(text.clone(), [text])] };
        assert_says_all(&Sealed::answer().list(items), &SMALL);
    }
}

#[test]
fn rendering_costs_as_much_again_for_twice_as_much() {
    let least = |times: usize| {
        let items = (0..times).map(|n| Item::with(format!("Élément {n} & <suite>"), ["dessous"]));
        let message = Sealed::answer()
            .paragraph("Une phrase, qui n’en finit pas. ".repeat(times))
            .list(List::numbered(1, items))
            .quote("mot ".repeat(times));
        let run = || {
            let started = std::time::Instant::now();
            let _ = crate::render::message(&message, &LIMITS, "!vigie");
            started.elapsed()
        };
        (0..3).map(|_| run()).min().unwrap_or_default()
    };
    // 16 times as long, both in several events. A cost that grew with the square would be 256 times as much; a busy
    // machine is forgiven.
    let (short, long) = (least(400), least(6_400));
    assert!(long < short * 96, "{short:?}, then {long:?}");
}
