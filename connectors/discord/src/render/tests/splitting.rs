//! Messages that need several payloads.

use super::{limits::assert_accepted, reader::read, rendered};
use crate::render::{CommandIds, Payload, TooLarge, message, token};
use vigie_chat::{AltText, Block, Button, File, List, Sealed, Select, Text, Token, arbitrary};

#[track_caller]
fn check(said: &Sealed, payloads: usize) -> Vec<Payload> {
    let found = rendered(said);
    assert_accepted(&found);
    arbitrary::assert_says_all(said, &read(&found));
    assert_eq!(found.len(), payloads);
    found
}

fn sentences(count: usize) -> String {
    let all = (0..count).map(|n| format!("Voici la phrase numéro {n}, qui dit peu."));
    all.collect::<Vec<_>>().join(" ")
}

fn texts(payloads: &[Payload]) -> Vec<&str> {
    payloads.iter().flat_map(|payload| &payload.embeds).filter_map(|embed| embed.description.as_deref()).collect()
}

fn file(name: &str, size: usize) -> File {
    File::new(name, "image/png", vec![0; size], AltText::new("Un dessin").expect("it says something"))
}

#[test]
fn a_long_paragraph_is_split_after_sentences() {
    let payloads = check(&Sealed::answer().title("Longue").paragraph(sentences(450)), 5);
    for text in &texts(&payloads)[..4] {
        assert!(text.ends_with("peu."), "{text}");
    }
    let titles: Vec<_> = payloads.iter().filter_map(|payload| payload.embeds[0].title.as_deref()).collect();
    assert_eq!(titles, ["Longue (1/5)", "Longue (2/5)", "Longue (3/5)", "Longue (4/5)", "Longue (5/5)"]);
}

#[test]
fn without_a_title_the_rank_is_small_print() {
    let payloads = check(&Sealed::answer().paragraph(sentences(150)), 2);
    assert!(texts(&payloads)[1].starts_with("-# (2/2)\nVoici"));
}

#[test]
fn a_block_that_fits_a_page_stays_whole() {
    let message = Sealed::answer()
        .paragraph(sentences(50))
        .heading("Suite")
        .list(List::bulleted((0..60).map(|n| format!("Un élément assez long pour compter, numéro {n}"))));
    let payloads = check(&message, 2);
    assert!(texts(&payloads)[1].starts_with("-# (2/2)\n### Suite\n- Un"));
}

#[test]
fn a_long_list_is_split_between_items_and_keeps_its_numbers() {
    let items = (0..400).map(|n| format!("Élément {n} de la liste"));
    let payloads = check(&Sealed::answer().list(List::numbered(99, items)), 3);
    for text in texts(&payloads) {
        let (_, items) = text.split_once('\n').expect("a rank and items");
        let sound = |line: &str| line.split_once(". Élément ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
        assert!(items.lines().all(sound), "{items}");
    }
}

#[test]
fn what_marks_a_line_marks_all_its_parts() {
    let payloads = check(&Sealed::answer().block(Block::Quote(vec![Block::Paragraph(sentences(280).into())])), 3);
    for text in texts(&payloads) {
        assert!(text.lines().skip(1).all(|line| line.starts_with("> ")));
    }
    check(&Sealed::answer().paragraph(Text::new().strong(sentences(300)).emphasis(sentences(100))), 5);
    check(&Sealed::answer().block(Block::Note(Text::new().code("mot`` ".repeat(2_000)))), 4);
}

#[test]
fn hostile_lengths_are_split_too() {
    check(&Sealed::answer().paragraph("*".repeat(20_000)), 10);
    check(&Sealed::answer().paragraph("👩".repeat(20_000)), 10);
    check(&Sealed::answer().paragraph(format!("e{}", "\u{301}".repeat(10_000))), 3);
    check(&Sealed::answer().paragraph("- \n\n".repeat(5_000)), 5);
    check(&Sealed::answer().title("Titre ".repeat(100)).paragraph("Texte"), 1);
    check(&Sealed::answer().title("👩".repeat(9_000)), 5);
}

#[test]
fn many_actions_overflow_in_order() {
    let buttons = (0..60).map(|n| Button::new(format!("Bouton {n}"), Token::new("même")));
    let payloads = check(&buttons.fold(Sealed::answer().title("Choisir"), Sealed::button), 3);
    assert_eq!(payloads.iter().map(|payload| payload.components.len()).collect::<Vec<_>>(), [5, 5, 2]);
    let select = (0..60).fold(Select::new("Ouvrir"), |select, n| select.option(format!("C{n}"), Token::new("t")));
    assert_eq!(check(&Sealed::answer().select(select), 1)[0].components.len(), 3);
}

#[test]
fn what_is_cut_short_is_said_whole() {
    let long = "Un libellé qui n’en finit pas ".repeat(12);
    let message = Sealed::answer().button(Button::new(&long, Token::new("a"))).select(Select::new(&long).described(
        &long,
        &long,
        Token::new("b"),
    ));
    check(&message, 1);
    let alt = AltText::new("Trois jalons. ".repeat(100)).expect("it says something");
    let picture = File::new("plan.png", "image/png", [1], alt);
    check(&Sealed::answer().picture(picture).paragraph("Après"), 1);
}

#[test]
fn files_go_ten_by_ten_and_not_beyond_a_request() {
    let many = (0..23).fold(Sealed::answer(), |message, _| message.file(file("plan.png", 1)));
    let payloads = rendered(&many);
    assert_accepted(&payloads);
    assert_eq!(payloads.iter().map(|payload| payload.files.len()).collect::<Vec<_>>(), [10, 10, 3]);
    assert_eq!(payloads[2].files[2].filename, "plan-23.png");
    let heavy = (0..3).fold(Sealed::answer(), |message, _| message.file(file("plan.png", 10 << 20)));
    assert_eq!(rendered(&heavy).iter().map(|payload| payload.files.len()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn a_file_too_large_is_told() {
    let message_ = Sealed::answer().file(file("film.mp4", (10 << 20) + 1));
    assert_eq!(message(&message_, &CommandIds::default()), Err(TooLarge("film.mp4".to_owned())));
}

#[test]
fn a_message_that_says_nothing_can_be_sent() {
    let payloads = check(&Sealed::answer(), 1);
    assert_eq!(texts(&payloads), ["(sans texte)"]);
    let payloads = check(&Sealed::answer().button(Button::new(" ", Token::new("a"))), 1);
    assert_eq!(texts(&payloads), ["(sans texte)"]);
}

#[test]
fn a_pressed_button_tells_its_token() {
    let json = serde_json::to_value(check(&Sealed::answer().button(Button::new("Suite", Token::new("k-1"))), 1))
        .expect("payloads are always JSON");
    let id = json.pointer("/0/components/0/components/0/custom_id").and_then(|id| id.as_str());
    assert_eq!(id.and_then(token), Some(Token::new("k-1")));
}
