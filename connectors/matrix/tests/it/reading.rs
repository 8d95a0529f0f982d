//! Reading a message as Matrix clients show it.

use homeserver::Message;
use ruma::html::{Html, NodeData, NodeRef};

/// What a message says: its HTML as it is shown, or the plain body where there is none.
pub(crate) fn words(message: &Message) -> String {
    let Some(html) = &message.formatted_body else { return message.body.clone() };
    let html = Html::parse(html);
    let mut pieces: Vec<String> = Vec::new();
    for child in html.children() {
        let mut words = String::new();
        read(&child, &mut words);
        pieces.push(words);
    }
    if let Some(first) = pieces.first_mut() {
        *first = rank(first).to_owned();
    }
    pieces.concat()
}

/// The first words, or their rank alone where they are the title of an earlier part, repeated: `(2/3)`.
fn rank(title: &str) -> &str {
    let rank = title.trim().rfind('(').map(|at| title.trim()[at..].trim());
    let later = |rank: &&str| {
        let numbers = rank.trim_matches(['(', ')']).split_once('/');
        numbers.is_some_and(|(number, all)| number != "1" && all.parse::<u32>().is_ok())
    };
    rank.filter(later).unwrap_or(title)
}

fn read(node: &NodeRef, words: &mut String) {
    if let NodeData::Text(text) = node.data() {
        return words.push_str(&text.borrow());
    }
    for child in node.children() {
        read(&child, words);
    }
    words.push(' ');
}
