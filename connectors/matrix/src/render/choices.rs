//! What can be pressed, as numbered lines at the end of a message, and the offer that goes with them.

use super::{limits::Limits, piece::Piece, tell::Teller};
use crate::offer::{Offer, Offered};
use vigie_chat::{Block, Choice, Item, List, Order, Sealed, Text, Token, clean, limits::WORDS};

/// What stands before the numbered buttons.
const BUTTONS: &str = "Actions";

/// What a line says whose words say nothing.
const NO_WORDS: &str = "…";

/// The lines, and what they offer.
#[derive(Debug, Default)]
pub(super) struct Choices {
    pub(super) blocks: Vec<Block>,
    pub(super) offer: Option<Offer>,
}

impl Choices {
    /// The links and choices of a message, whose content is `said`.
    ///
    /// Choices without a token can't be pressed: they are said, but neither numbered nor offered.
    pub(super) fn of(message: &Sealed, said: &[Block], teller: &Teller, limits: &Limits) -> Self {
        let choices = message.choices();
        let mut blocks = links(message, teller);
        if choices.is_empty() {
            return Self { blocks, offer: None };
        }
        let offer = offer(&choices, limits);
        let described = choices.iter().any(|choice| choice.description.is_some());
        let said = if described { Piece::of(said.to_vec()).plain } else { String::new() };
        let numbered: Vec<_> = (1..).zip(&choices).collect();
        for group in numbered.chunk_by(|(_, a), (_, b)| a.among == b.among) {
            let (first, choice) = group[0];
            let among = one_line(choice.among.unwrap_or(BUTTONS));
            let among = if among.is_empty() { BUTTONS } else { &among };
            blocks.push(Block::Paragraph(Text::new().strong(format!("{among}\u{a0}:"))));
            let items = group.iter().map(|(_, choice)| Item::from(line(choice, &said))).collect();
            let order = if offer.is_some() { Order::NumberedFrom(first) } else { Order::Bulleted };
            blocks.push(Block::List(List { order, items }));
        }
        if offer.is_some() {
            blocks.push(Block::Note(hint(choices.len(), teller)));
        }
        Self { blocks, offer }
    }
}

fn links(message: &Sealed, teller: &Teller) -> Vec<Block> {
    let mut lines = Text::new();
    for (rank, (label, url)) in message.links().enumerate() {
        let line = Text::from(if rank == 0 { "" } else { "\n" });
        lines = lines.then(teller.text(&line.link(one_line(label), url.clone())));
    }
    if lines.spans().is_empty() { Vec::new() } else { vec![Block::Paragraph(lines)] }
}

/// The words of a choice; its description isn't said again where the content says it.
fn line(choice: &Choice<'_, Token>, said: &str) -> Text {
    let label = one_line(choice.label);
    let mut line = Text::from(if label.is_empty() { NO_WORDS } else { &label });
    if let Some(description) = choice.description {
        let words = clean(description);
        let begun = words.trim_end_matches('…').trim();
        if !begun.is_empty() && !said.contains(begun) {
            line = line.plain(" — ").plain(one_line(description));
        }
    }
    line
}

/// How to choose. Nothing is told by an emoji alone: the number itself is on each line.
fn hint(choices: usize, teller: &Teller) -> Text {
    let (by_number, example) = match choices {
        1 => ("Pour choisir, réagissez avec le numéro 1, ou répondez «\u{a0}1\u{a0}» ou ", "1"),
        _ => ("Pour choisir, réagissez avec un numéro, ou répondez par exemple «\u{a0}2\u{a0}» ou ", "2"),
    };
    Text::from(by_number).code(teller.typed(example)).plain(".")
}

/// What is offered, as far as an event can hold it; none when nothing can be pressed.
fn offer(choices: &[Choice<'_, Token>], limits: &Limits) -> Option<Offer> {
    if choices.iter().any(|choice| choice.press.as_str().is_empty()) {
        return None;
    }
    let mut offered = Vec::new();
    let mut room = limits.offer();
    for choice in choices {
        let label: String = one_line(choice.label).chars().take(WORDS).collect();
        let one = Offered { token: choice.press.clone(), label };
        let bytes = serde_json::to_vec(&one).map_or(usize::MAX, |json| json.len() + 1);
        let Some(left) = room.checked_sub(bytes) else { break };
        room = left;
        offered.push(one);
    }
    (!offered.is_empty()).then_some(Offer::Actions(offered))
}

fn one_line(words: &str) -> String {
    clean(words).split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
