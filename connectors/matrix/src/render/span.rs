//! Spans as HTML.

use super::{
    html::{Html, Tag},
    mention,
};
use vigie_chat::{Span, Text, WebLink};

/// Writes a text, within an element that holds words.
pub(super) fn write(text: &Text, html: &mut Html) {
    for span in text.spans() {
        write_span(span, html);
    }
}

/// The words, if they are all to be copied and take several lines.
pub(super) fn verbatim(text: &Text) -> Option<&str> {
    match text.spans() {
        [Span::Code(words)] if words.contains('\n') => Some(words),
        _ => None,
    }
}

fn write_span(span: &Span, html: &mut Html) {
    let words = span.words();
    if words.is_empty() {
        return;
    }
    match span {
        Span::Plain(_) | Span::Time { .. } => html.words(&words),
        Span::Strong(_) | Span::Match(_) => html.within(Tag::Strong, |html| html.words(&words)),
        Span::Emphasis(_) => html.within(Tag::Emphasis, |html| html.words(&words)),
        Span::Code(_) | Span::Command(_) => html.within(Tag::Code, |html| html.words(&words)),
        Span::Link { url, .. } => html.link(&address(url), &words),
        Span::Mention(person) => match mention::page(&person.id) {
            Some(page) => html.link(&page, &words),
            None => html.words(&words),
        },
    }
}

/// The address, its scheme as the sanitiser knows it.
fn address(url: &WebLink) -> String {
    let (scheme, rest) = url.as_str().split_once(':').unwrap_or_default();
    format!("{}:{rest}", scheme.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_chat::Person;

    #[track_caller]
    fn check(text: &Text, html: &str) {
        assert_eq!(Html::of(|html| write(text, html)), html);
    }

    #[test]
    fn words_stand_out_as_what_they_are() {
        check(
            &Text::from("a ").strong("b").plain(" ").matched("c").emphasis("d").code("<e>").strong(""),
            "a <strong>b</strong> <strong>c</strong><em>d</em><code>&lt;e&gt;</code>",
        );
    }

    #[test]
    fn links_lead_where_their_address_says() {
        let url: WebLink = "HTTPS://ecole.example/A?b=c&d".parse().expect("a valid address");
        check(&Text::new().link("Le guide", url), "<a href=\"https://ecole.example/A?b=c&amp;d\">Le guide</a>");
    }

    #[test]
    fn a_person_is_shown_as_one_only_with_an_id_of_matrix() {
        check(
            &Text::new().mention(Person::new("@zoé/x:ecole.example", "<Zoé>")),
            "<a href=\"https://matrix.to/#/@zo%C3%A9%2Fx:ecole.example\">&lt;Zoé&gt;</a>",
        );
        check(&Text::new().mention(Person::new("42", "Zoé")), "Zoé");
    }
}
