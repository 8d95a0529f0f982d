//! Any message whatever, for the properties that every renderer must have.
//!
//! Only tests use this module; connectors reach it through the feature `arbitrary`. What a message says is gathered here
//! by a walk of its own, so that a renderer isn't judged by its own omissions.

use crate::{
    action::{Action, Button, ButtonStyle, Select, SelectOption, Token},
    clean::clean,
    id::Person,
    message::{AltText, Block, Field, File, Item, Kind, List, Order, Privacy, Sealed, Table},
    text::{Span, Text, WebLink},
};
use jiff::Timestamp;
use proptest::{collection::vec, option, prelude::*};

/// Words as hostile as people can make them.
pub fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zé’ *_~`|>#@:()\\[\\]<&-]{1,24}",
        2 => "\\PC{1,16}",
        1 => any::<String>(),
        1 => prop::sample::select(vec![
            "@everyone", "@here", "@room", "\u{1b}[2J", "\u{1b}]8;;https://x.example\u{7}x\u{1b}]8;;\u{7}",
            "\u{202e}fdp", "\u{2066}x\u{2069}", "<b>x</b>", "```", "||x||", "1. x", "- x", "# x", "\u{7}\u{8}\r\nx",
        ]).prop_map(str::to_owned),
    ]
}

fn span() -> impl Strategy<Value = Span> {
    let link: WebLink = "https://ecole.example/a?b=c".parse().expect("a valid address");
    prop_oneof![
        3 => words().prop_map(Span::Plain),
        1 => words().prop_map(Span::Strong),
        1 => words().prop_map(Span::Emphasis),
        1 => words().prop_map(Span::Match),
        1 => words().prop_map(Span::Code),
        1 => words().prop_map(Span::Command),
        1 => words().prop_map(move |label| Span::Link { label, url: link.clone() }),
        1 => ("[0-9]{1,18}", words()).prop_map(|(id, name)| Span::Mention(Person::new(id, name))),
        1 => (0..4_000_000_000_i64, words()).prop_map(|(second, words)| Span::Time {
            at: Timestamp::from_second(second).expect("the second is within range"),
            words,
        }),
    ]
}

/// Any text.
pub fn text() -> impl Strategy<Value = Text> {
    vec(span(), 0..5).prop_map(Text::from_iter)
}

fn file() -> impl Strategy<Value = File> {
    (words(), words(), vec(any::<u8>(), 0..8)).prop_map(|(name, alt, bytes)| {
        let description = AltText::new(format!("Description {alt}")).expect("the description says something");
        File::new(format!("{name}.png"), "image/png", bytes, description)
    })
}

fn item() -> impl Strategy<Value = Item> {
    let leaf = text().prop_map(|text| Item { text, children: Vec::new() });
    leaf.prop_recursive(2, 6, 3, |inner| {
        (text(), vec(inner, 0..3)).prop_map(|(text, children)| Item { text, children })
    })
}

fn block() -> impl Strategy<Value = Block> {
    let order = prop_oneof![Just(Order::Bulleted), any::<u32>().prop_map(Order::NumberedFrom)];
    let list = (order, vec(item(), 0..4)).prop_map(|(order, items)| Block::List(List { order, items }));
    let fields = vec((text(), text()).prop_map(|(name, value)| Field { name, value }), 0..4).prop_map(Block::Fields);
    let table = (vec(text(), 0..4), vec(vec(text(), 0..5), 0..4))
        .prop_map(|(header, rows)| Block::Table(Table { header, rows }));
    let leaf = prop_oneof![
        text().prop_map(Block::Heading),
        text().prop_map(Block::Paragraph),
        list,
        fields,
        table,
        file().prop_map(Block::Picture),
        text().prop_map(Block::Note),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let blocks = || vec(inner.clone(), 0..3);
        prop_oneof![
            blocks().prop_map(Block::Quote),
            (text(), blocks()).prop_map(|(summary, blocks)| Block::Fold { summary, blocks }),
        ]
    })
}

fn action() -> impl Strategy<Value = Action<Token>> {
    let token = || "[a-z0-9]{8}".prop_map(Token::new);
    let style = prop::sample::select(vec![ButtonStyle::Secondary, ButtonStyle::Primary, ButtonStyle::Danger]);
    let button = (words(), style, token()).prop_map(|(label, style, press)| Button { label, style, press });
    let choice = (words(), option::of(words()), token()).prop_map(|(label, description, press)| SelectOption {
        label,
        description,
        press,
    });
    let link: WebLink = "https://ecole.example/page".parse().expect("a valid address");
    prop_oneof![
        button.prop_map(Action::Button),
        (words(), vec(choice, 0..4)).prop_map(|(placeholder, options)| Action::Select(Select { placeholder, options })),
        words().prop_map(move |label| Action::Link { label, url: link.clone() }),
    ]
}

/// Any message.
pub fn message() -> impl Strategy<Value = Sealed> {
    let kind = prop::sample::select(vec![Kind::Answer, Kind::Notice, Kind::Reminder, Kind::Error]);
    let privacy = prop::sample::select(vec![Privacy::Public, Privacy::Private]);
    (kind, privacy, option::of(text()), vec(block(), 0..6), vec(action(), 0..4), vec(file(), 0..3)).prop_map(
        |(kind, privacy, title, blocks, actions, files)| Sealed {
            kind,
            privacy,
            title,
            blocks,
            actions,
            files,
            notifies: Vec::new(),
        },
    )
}

/// Everything that the title and the content of a message say, in reading order, without markup.
#[must_use]
pub fn content(message: &Sealed) -> Vec<String> {
    let mut said = Vec::new();
    say(message.title.as_ref(), &mut said);
    say_blocks(&message.blocks, &mut said);
    said
}

/// Asserts that a rendering says all of a message: its title and content in order, and its files, links and choices.
///
/// White space makes no difference, since renderers wrap and indent.
///
/// # Panics
///
/// When something is missing.
pub fn assert_says_all(message: &Sealed, rendering: &str) {
    let packed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let rendering = packed(rendering);
    let mut at = 0;
    for words in content(message) {
        let words = packed(&words);
        match rendering[at..].find(&words) {
            Some(found) => at += found + words.len(),
            None => panic!("{words:?} is missing after byte {at} of {rendering:?}"),
        }
    }
    let mut rest: Vec<String> = Vec::new();
    for file in &message.files {
        rest.extend([clean(&file.name).into_owned(), clean(file.description.as_str()).into_owned()]);
    }
    for choice in message.choices() {
        // A description that the content says may be cut short there or here.
        let description = clean(choice.description.unwrap_or_default()).trim_end_matches('…').to_owned();
        rest.extend([clean(choice.label).into_owned(), description]);
    }
    for (label, url) in message.links() {
        rest.extend([clean(label).into_owned(), url.to_string()]);
    }
    for words in rest {
        assert!(rendering.contains(&packed(&words)), "{words:?} is missing from {rendering:?}");
    }
}

fn say<'a>(texts: impl IntoIterator<Item = &'a Text>, said: &mut Vec<String>) {
    for span in texts.into_iter().flat_map(Text::spans) {
        // Networks mark commands differently, and show an instant as each reader's own time.
        match span {
            Span::Command(words) => said.push(clean(words).into_owned()),
            span => said.push(span.words().into_owned()),
        }
    }
}

fn say_items(items: &[Item], said: &mut Vec<String>) {
    for item in items {
        say([&item.text], said);
        say_items(&item.children, said);
    }
}

fn say_blocks(blocks: &[Block], said: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(text) | Block::Note(text) => say([text], said),
            Block::List(list) => say_items(&list.items, said),
            Block::Fields(fields) => fields.iter().for_each(|field| say([&field.name, &field.value], said)),
            // Renderers may put the header before the rows or beside each cell: the cells keep their order.
            Block::Table(table) => say(table.rows.iter().flatten(), said),
            Block::Quote(blocks) => say_blocks(blocks, said),
            Block::Picture(file) => said.push(clean(file.description.as_str()).into_owned()),
            Block::Fold { summary, blocks } => {
                say([summary], said);
                say_blocks(blocks, said);
            }
        }
    }
}
