//! The words of a message, in reading order, as one text.

use serde_json::Value;

/// Content, embeds and text displays, one a line. Labels of buttons aren't in it: see [`super::Action`].
pub(super) fn words(message: &Value) -> String {
    let mut lines = Vec::new();
    push(&mut lines, &message["content"]);
    for embed in message["embeds"].as_array().into_iter().flatten() {
        push(&mut lines, &embed["author"]["name"]);
        push(&mut lines, &embed["title"]);
        push(&mut lines, &embed["description"]);
        for field in embed["fields"].as_array().into_iter().flatten() {
            push(&mut lines, &field["name"]);
            push(&mut lines, &field["value"]);
        }
        push(&mut lines, &embed["footer"]["text"]);
    }
    displays(&message["components"], &mut lines);
    lines.join("\n")
}

fn displays(components: &Value, lines: &mut Vec<String>) {
    for component in components.as_array().into_iter().flatten() {
        if component["type"] == 10 {
            push(lines, &component["content"]);
        }
        displays(&component["components"], lines);
    }
}

fn push(lines: &mut Vec<String>, text: &Value) {
    if let Some(text) = text.as_str().filter(|text| !text.is_empty()) {
        lines.push(text.to_owned());
    }
}
