//! What holds for any message.

use super::{
    limits::assert_accepted,
    markdown::{Piece, pieces, without_marks},
    reader::read,
    rendered,
};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;
use vigie_chat::{PersonId, Sealed, arbitrary};

/// The message whose mentions have the names that the reader gives them.
fn readable(message: &Sealed) -> Sealed {
    fn rename(value: &mut Value) {
        if let Some(id) = value.pointer("/mention/id").and_then(Value::as_str) {
            let number: u64 = id.parse().expect("digits");
            value["mention"]["name"] = format!("personne{number}").into();
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

/// A message long enough for several payloads.
fn long_message() -> impl Strategy<Value = Sealed> {
    vec(arbitrary::message(), 12..24).prop_map(|messages| {
        let mut all = messages.into_iter();
        let first = all.next().expect("there are several");
        all.fold(first, |mut long, next| {
            long.blocks.extend(next.blocks);
            long.actions.extend(next.actions);
            long.files.extend(next.files);
            long
        })
    })
}

/// Asserts that all markup of a line is the renderer's own.
fn assert_own_markup(line: &[Piece]) {
    for piece in line {
        match piece {
            Piece::Bare(c) => assert!(!"@_~|[]<>`\\".contains(*c), "bare {c:?} in {line:?}"),
            Piece::Escaped(_) | Piece::Code(_) => {}
            Piece::Angle(within) => {
                let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                let known = within.strip_prefix('@').is_some_and(digits)
                    || within.strip_prefix("t:").and_then(|rest| rest.strip_suffix(":F")).is_some_and(digits)
                    || within == "/chercher:12"
                    || within == "https://ecole.example/a?b=c";
                assert!(known, "<{within}>");
            }
            Piece::Link(label, address) => {
                assert_own_markup(label);
                assert_eq!(address, "https://ecole.example/a?b=c");
            }
        }
    }
    let bare: String = line.iter().map(|piece| if let Piece::Bare(c) = piece { *c } else { ' ' }).collect();
    assert!(!bare.contains("***") && !bare.contains("://"), "{bare:?}");
}

fn assert_sound(message: &Sealed) {
    let payloads = rendered(message);
    assert_accepted(&payloads);
    for payload in &payloads {
        assert_eq!(payload.content, None);
        assert_eq!(payload.allowed_mentions.users, Vec::<String>::new());
        for embed in &payload.embeds {
            for line in embed.description.iter().flat_map(|text| text.lines()).chain(embed.title.as_deref()) {
                assert_own_markup(&pieces(without_marks(line)));
            }
        }
    }
}

proptest! {
    #[test]
    fn nothing_is_lost(message in arbitrary::message()) {
        let message = readable(&message);
        arbitrary::assert_says_all(&message, &read(&rendered(&message)));
    }

    #[test]
    fn discord_takes_any_message_and_words_make_no_markup(message in arbitrary::message()) {
        assert_sound(&message);
    }

    #[test]
    fn those_notified_and_nobody_else_can_be(people in vec("[0-9]{0,21}|@[a-z]{1,4}", 0..250)) {
        let mut message = Sealed::notice().paragraph("@everyone <@1>");
        message.notifies = people.iter().map(|id| PersonId::new(id.as_str())).collect();
        let payloads = rendered(&message);
        assert_accepted(&payloads);
        let mut expected: Vec<u64> = people.iter().filter_map(|id| id.parse().ok()).filter(|id| *id > 0).collect();
        let mut notified = Vec::new();
        for payload in &payloads {
            let users = &payload.allowed_mentions.users;
            let words: Vec<String> = users.iter().map(|id| format!("<@{id}>")).collect();
            prop_assert_eq!(payload.content.clone().unwrap_or_default(), words.join(" "));
            notified.extend(users.iter().map(|id| id.parse::<u64>().expect("a number")));
        }
        expected.sort_unstable();
        expected.dedup();
        notified.sort_unstable();
        prop_assert_eq!(notified, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn nothing_is_lost_among_several_payloads(message in long_message()) {
        let message = readable(&message);
        assert_sound(&message);
        arbitrary::assert_says_all(&message, &read(&rendered(&message)));
    }
}
