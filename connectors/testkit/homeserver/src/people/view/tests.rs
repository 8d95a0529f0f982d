//! What a client shows, told without a server.

use serde_json::{Value, json};

use super::{Reading, RoomView};

fn message(id: &str, sender: &str, content: &Value) -> Value {
    json!({ "type": "m.room.message", "event_id": id, "sender": sender, "content": content })
}

fn encrypted(id: &str, sender: &str) -> Value {
    json!({ "type": "m.room.encrypted", "event_id": id, "sender": sender, "content": {} })
}

fn unread() -> Reading {
    Reading::Undecryptable("no key".to_owned())
}

fn bodies(room: &RoomView) -> Vec<&str> {
    room.messages.iter().map(|message| message.body.as_str()).collect()
}

#[test]
fn a_message_whose_key_comes_late_is_shown_where_it_was_sent() {
    let mut room = RoomView::default();
    room.hear(&message("$1", "@a:t", &json!({ "body": "one" })), Reading::Plain);
    room.hear(&encrypted("$2", "@b:t"), unread());
    room.hear(&message("$3", "@a:t", &json!({ "body": "three" })), Reading::Plain);
    assert_eq!(bodies(&room), ["one", "", "three"]);
    room.hear_late(&message("$2", "@b:t", &json!({ "body": "two" })));
    assert_eq!(bodies(&room), ["one", "two", "three"]);
    assert_eq!(room.messages[1].reading, Reading::Decrypted);
}

#[test]
fn an_edit_whose_key_comes_late_edits_and_is_no_message() {
    let mut room = RoomView::default();
    room.hear(&message("$1", "@a:t", &json!({ "body": "one" })), Reading::Plain);
    room.hear(&encrypted("$2", "@a:t"), unread());
    let relation = json!({ "rel_type": "m.replace", "event_id": "$1" });
    let edit = json!({ "body": "* 1", "m.new_content": { "body": "1" }, "m.relates_to": relation });
    room.hear_late(&message("$2", "@a:t", &edit));
    assert_eq!(bodies(&room), ["1"]);
    assert_eq!(room.messages[0].edits, 1);
}

#[test]
fn nobody_edits_what_somebody_else_wrote() {
    let mut room = RoomView::default();
    room.hear(&message("$1", "@a:t", &json!({ "body": "one" })), Reading::Plain);
    let relation = json!({ "rel_type": "m.replace", "event_id": "$1" });
    let edit = json!({ "body": "* 1", "m.new_content": { "body": "1" }, "m.relates_to": relation });
    room.hear(&message("$2", "@b:t", &edit), Reading::Plain);
    assert_eq!(bodies(&room), ["one"]);
}

#[test]
fn an_event_that_comes_twice_is_shown_once() {
    let mut room = RoomView::default();
    let event = message("$1", "@a:t", &json!({ "body": "one" }));
    room.hear(&event, Reading::Plain);
    room.hear(&event, Reading::Plain);
    assert_eq!(bodies(&room), ["one"]);
}
