//! Messages that need several events.

use super::{LIMITS, limits::text, reader::read_bodies, rendered, words};
use crate::{
    offer::Offer,
    render::{Limits, Part, TooLarge, message},
};
use serde_json::Value;
use vigie_chat::{AltText, Block, Button, File, Item, List, PersonId, Sealed, Select, Table, Text, Token, arbitrary};

/// Checks how many events the words need; gives their plain bodies.
#[track_caller]
fn check(said: &Sealed, events: usize) -> Vec<String> {
    let parts = rendered(said, &LIMITS);
    let bodies: Vec<String> = words(&parts).iter().map(|words| text(&words.content, "body").to_owned()).collect();
    arbitrary::assert_says_all(said, &read_bodies(&parts));
    assert_eq!(bodies.len(), events);
    bodies
}

fn sentences(count: usize) -> String {
    let all = (0..count).map(|n| format!("Voici la phrase numéro {n}, qui dit peu."));
    all.collect::<Vec<_>>().join(" ")
}

fn file(name: &str, size: usize) -> File {
    File::new(name, "image/png", vec![0; size], AltText::new("Un dessin").expect("it says something"))
}

#[test]
fn a_long_paragraph_is_split_after_sentences() {
    let bodies = check(&Sealed::answer().title("Longue").paragraph(sentences(1_200)), 3);
    for (rank, body) in (1..).zip(&bodies) {
        assert!(body.starts_with(&format!("Longue ({rank}/3)\n\nVoici la phrase")), "{body}");
        assert!(body.ends_with("peu."), "{body}");
    }
}

#[test]
fn a_paragraph_of_twenty_thousand_characters_comes_whole() {
    check(&Sealed::answer().paragraph("mots ".repeat(4_000)), 2);
    check(&Sealed::answer().paragraph("x".repeat(19_000)), 1);
    check(&Sealed::answer().paragraph("&".repeat(20_000)), 4);
    check(&Sealed::answer().paragraph("👩".repeat(20_000)), 5);
    check(&Sealed::answer().paragraph(format!("e{}", "\u{301}".repeat(10_000))), 2);
}

#[test]
fn without_a_title_the_rank_is_small_print() {
    let bodies = check(&Sealed::answer().paragraph(sentences(600)), 2);
    assert!(bodies[1].starts_with("(2/2)\n\nVoici"), "{}", bodies[1]);
}

#[test]
fn a_block_that_fits_an_event_stays_whole_under_its_heading() {
    let items = (0..300).map(|n| format!("Un élément assez long pour compter, numéro {n}"));
    let message = Sealed::answer().paragraph(sentences(400)).heading("Suite").list(List::bulleted(items));
    let bodies = check(&message, 2);
    assert!(bodies[1].starts_with("(2/2)\n\nSuite\n\n- Un"), "{}", bodies[1]);
}

#[test]
fn a_long_list_is_split_between_items_and_keeps_its_numbers() {
    let items = (0..1_500).map(|n| Item::with(format!("Élément {n} de la liste"), ["dessous"]));
    for body in check(&Sealed::answer().list(List::numbered(99, items)), 5) {
        let (_, items) = body.split_once("\n\n").expect("a rank and items");
        for line in items.lines().filter(|line| *line != "  - dessous") {
            let (number, rest) = line.split_once(". Élément ").expect("a numbered item");
            let rank: usize = number.parse().expect("a number");
            assert!(rest.starts_with(&format!("{} ", rank - 99)), "{line}");
        }
    }
}

#[test]
fn a_long_table_is_split_between_rows_under_its_header() {
    let table =
        (0..800).fold(Table::new(["Jalon", "Échéance"]), |table, n| table.row([format!("J{n}"), "lundi".into()]));
    let parts = rendered(&Sealed::answer().table(table), &LIMITS);
    let words = words(&parts);
    assert_eq!(words.len(), 2);
    for words in words {
        let html = text(&words.content, "formatted_body");
        assert!(html.contains("<table><thead><tr><th>Jalon</th>") && html.ends_with("</tbody></table>"), "{html}");
    }
    let wide = Table::new(["Texte"]).row([sentences(1_000)]);
    check(&Sealed::answer().table(wide), 3);
}

#[test]
fn what_stands_around_a_text_stands_around_all_its_parts() {
    let long = || [Block::Paragraph(sentences(600).into()), Block::Note("Fin".into())];
    let quote = rendered(&Sealed::answer().block(Block::Quote(long().to_vec())), &LIMITS);
    let fold = rendered(&Sealed::answer().fold("Voisines", long()), &LIMITS);
    for words in words(&quote) {
        assert!(text(&words.content, "formatted_body").ends_with("</p></blockquote>"));
    }
    let shown = words(&fold).into_iter().map(|words| text(&words.content, "formatted_body")).collect::<Vec<_>>();
    assert!(shown[0].contains("<details><summary>Voisines</summary>"));
    assert!(shown[1].contains("<details><summary>Voisines (suite)</summary>"));
}

#[test]
fn a_title_too_long_is_said_whole_below() {
    check(&Sealed::answer().title("Titre ".repeat(1_000)).paragraph("Texte"), 1);
    check(&Sealed::answer().title("👩".repeat(9_000)), 2);
}

#[test]
fn many_choices_keep_their_numbers() {
    let choices = |count: usize| {
        (0..count)
            .map(|n| Button::new(format!("Bouton {n}"), Token::new("x".repeat(64))))
            .fold(Sealed::answer(), Sealed::button)
    };
    let parts = rendered(&choices(60).paragraph(sentences(420)), &LIMITS);
    assert_eq!(words(&parts).iter().map(|words| words.choices).collect::<Vec<_>>(), [0, 60]);
    let last = Value::Object(words(&parts)[1].content.clone());
    let Some(Offer::Actions(offered)) = Offer::of(&last) else { panic!("there is no offer") };
    assert_eq!(offered[59].label, "Bouton 59");
    check(&choices(60), 1);
    check(&choices(1_000), 2);
}

#[test]
fn choices_that_cannot_be_pressed_are_said_and_not_offered() {
    let message = Sealed::answer().paragraph("Bonjour").button(Button::new("Suite", Token::new("")));
    assert_eq!(check(&message, 1), ["Bonjour\n\nActions\u{a0}:\n\n- Suite"]);
    let select = Select::new("Ouvrir").option("C1", Token::new("a")).option("C2", Token::new(""));
    assert_eq!(words(&rendered(&Sealed::answer().select(select), &LIMITS))[0].choices, 0);
}

#[test]
fn those_notified_are_so_once() {
    let message = Sealed::reminder().paragraph(sentences(600)).notify(PersonId::new("@a:ecole.example"));
    let parts = rendered(&message, &LIMITS);
    let mentions = words(&parts).iter().map(|words| words.content["m.mentions"].to_string()).collect::<Vec<_>>();
    assert_eq!(mentions, [r#"{"user_ids":["@a:ecole.example"]}"#, "{}"]);
}

#[test]
fn files_come_after_the_words_with_their_descriptions() {
    let long = AltText::new("Trois jalons. ".repeat(100)).expect("it says something");
    let message = Sealed::answer()
        .picture(File::new("plan.png", "image/png", [1], long))
        .paragraph("Après")
        .file(file("équipe.ics", 2));
    let parts = rendered(&message, &LIMITS);
    let [Part::Words(_), Part::File(plan), Part::File(other)] = &parts[..] else { panic!("{parts:?}") };
    assert_eq!((plan.name.as_str(), plan.caption.chars().count()), ("plan.png", 1_001));
    assert_eq!((other.name.as_str(), other.caption.as_str()), ("équipe.ics", "Un dessin"));
}

#[test]
fn a_file_too_large_is_told() {
    let heavy = Sealed::answer().file(file("film.mp4", 1_001));
    assert_eq!(message(&heavy, &LIMITS, "!vigie"), Err(TooLarge("film.mp4".to_owned())));
    assert_eq!(message(&heavy, &Limits::with_uploads_of(1_001), "!vigie").map(|parts| parts.len()), Ok(2));
}

#[test]
fn a_message_that_says_nothing_can_be_sent() {
    assert_eq!(check(&Sealed::answer(), 1), ["(sans texte)"]);
    assert_eq!(check(&Sealed::answer().paragraph(" \n").quote(Text::new()), 1), ["(sans texte)"]);
    assert_eq!(check(&Sealed::answer().title("Seul"), 1), ["Seul"]);
}
