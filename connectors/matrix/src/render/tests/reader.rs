//! HTML as a client shows it, read by ruma's parser.

use super::{limits::text, words};
use crate::render::Part;
use ruma::html::{Children, Html};

/// What the plain bodies say one after another, without what is said again on each further event.
pub(super) fn read_bodies(parts: &[Part]) -> String {
    without_headers(parts, "body", &["\n\n"]).concat()
}

/// What the HTML says, likewise.
pub(super) fn read_html(parts: &[Part]) -> String {
    without_headers(parts, "formatted_body", &["</h3>", "</em></p>"]).into_iter().map(read).collect()
}

/// The texts of the events. Where there are several, each begins with a title or a rank, which ends with one of `ends`.
fn without_headers<'p>(parts: &'p [Part], key: &str, ends: &[&str]) -> Vec<&'p str> {
    let words = words(parts);
    let all = words.len();
    let texts = (1..).zip(words).map(|(rank, words)| {
        let whole = text(&words.content, key);
        let rest = ends.iter().find_map(|end| whole.split_once(&format!("({rank}/{all}){end}")));
        match rest {
            Some((_, rest)) if rank > 1 => rest,
            None if all > 1 => panic!("the rank {rank} is missing from {whole}"),
            _ => whole,
        }
    });
    texts.collect()
}

/// Everything that the HTML says, in reading order; after the words of a link, where it leads.
pub(super) fn read(html: &str) -> String {
    let mut said = String::new();
    say(Html::parse(html).children(), &mut said);
    said
}

/// The names of its elements, in the order in which they begin.
pub(super) fn elements(html: &str) -> Vec<String> {
    fn collect(nodes: Children, found: &mut Vec<String>) {
        for node in nodes {
            if let Some(element) = node.as_element() {
                found.push(element.name.local.to_string());
            }
            collect(node.children(), found);
        }
    }
    let mut found = Vec::new();
    collect(Html::parse(html).children(), &mut found);
    found
}

fn say(nodes: Children, said: &mut String) {
    for node in nodes {
        if let Some(words) = node.as_text() {
            said.push_str(&words.borrow());
        }
        let Some(element) = node.as_element() else { continue };
        say(node.children(), said);
        let name = element.name.local.to_string();
        if matches!(name.as_str(), "br" | "p" | "li" | "h3" | "h4" | "td" | "th" | "pre" | "summary") {
            said.push('\n');
        }
        let attributes = element.attrs.borrow();
        let address = attributes.iter().find(|attribute| attribute.name.local.to_string() == "href");
        if let Some(address) = address {
            said.extend([" (", &*address.value, ")"]);
        }
    }
}
