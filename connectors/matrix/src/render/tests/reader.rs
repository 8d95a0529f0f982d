//! HTML as a client shows it, read by ruma's parser.

use ruma::html::{Children, Html};

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
            said.push_str(&format!(" ({})", address.value));
        }
    }
}
