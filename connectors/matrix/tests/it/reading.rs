//! Reading a message as Matrix clients show it.

use homeserver::Message;
use ruma::html::{Html, NodeData, NodeRef};

/// What a message says: its HTML as it is shown, or the plain body where there is none.
pub(crate) fn words(message: &Message) -> String {
    let Some(html) = &message.formatted_body else { return message.body.clone() };
    let html = Html::parse(html);
    let mut words = String::new();
    for child in html.children() {
        read(&child, &mut words);
    }
    words
}

fn read(node: &NodeRef, words: &mut String) {
    match node.data() {
        NodeData::Text(text) => words.push_str(&text.borrow()),
        _ => {
            for child in node.children() {
                read(&child, words);
            }
            words.push(' ');
        }
    }
}
