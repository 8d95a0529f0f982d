//! Blocks laid out over as many events as they need.
//!
//! A block goes whole into the event where it fits, else whole into the next one; only a block longer than an event is
//! split: between its items, rows or inner blocks, then within a text. A heading stays with what follows it.

use super::{
    cut::Cutter,
    limits::json_bytes,
    piece::{Piece, bytes},
    room::{Page, Room},
    tell::named,
};
use vigie_chat::{Block, Item, List, Order, Table, Text};

/// Most bytes of what is written around a text: elements, a mark, what parts it from its neighbours.
const AROUND: usize = 64;

/// A block is begun in an event only where so much of it fits, or a quarter of what an event has.
const WORTHWHILE: usize = 800;

/// Bytes of a list around its only item, which further items share.
const LIST: usize = 11;

/// What the rest of a fold is called, after its own words.
const GOES_ON: &str = " (suite)";

/// Blocks, each with the event that it goes into; events in order.
pub(super) type Laid = Vec<(Page, Block)>;

/// Lays out blocks as [`Teller`](super::tell::Teller) tells them.
pub(super) fn lay(blocks: Vec<Block>, room: &mut Room) -> Laid {
    let mut laid = Laid::new();
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let size = bytes(vec![block.clone()]);
        if let (Block::Heading(_), Some(next)) = (&block, blocks.peek()) {
            let next = bytes(vec![next.clone()]);
            let begun = if size + next <= room.whole() { next } else { worthwhile(room) };
            room.want(size + begun);
        }
        lay_one(block, size, room, &mut laid);
    }
    laid
}

fn worthwhile(room: &Room) -> usize {
    WORTHWHILE.min(room.whole() / 4)
}

fn lay_one(block: Block, size: usize, room: &mut Room, laid: &mut Laid) {
    if size <= room.whole() {
        return laid.push((room.take(size), block));
    }
    match block {
        Block::Heading(text) => split(&text, Block::Heading, room, laid),
        Block::Paragraph(text) => split(&text, Block::Paragraph, room, laid),
        Block::Note(text) => split(&text, Block::Note, room, laid),
        Block::List(list) => lay_list(list, room, laid),
        Block::Table(table) => lay_table(table, room, laid),
        Block::Quote(blocks) => lay_within(blocks, AROUND, Block::Quote, room, laid),
        Block::Fold { summary, blocks } => lay_fold(summary, blocks, room, laid),
        // Told as paragraphs.
        Block::Fields(_) | Block::Picture(_) => laid.push((room.take(size), block)),
    }
}

fn split(text: &Text, kind: impl Fn(Text) -> Block, room: &mut Room, laid: &mut Laid) {
    let mut cutter = Cutter::new(text);
    while !cutter.is_done() {
        room.want(worthwhile(room));
        let part = kind(cutter.take(room.left().saturating_sub(AROUND)));
        let size = bytes(vec![part.clone()]);
        laid.push((room.take(size), part));
    }
}

/// Lays out the inner blocks, with the same thing around those of each event.
fn lay_within(
    blocks: Vec<Block>,
    frame: usize,
    around: impl Fn(Vec<Block>) -> Block,
    room: &mut Room,
    laid: &mut Laid,
) {
    let inner = room.within(frame, |room| lay(blocks, room));
    laid.extend(by_page(inner).into_iter().map(|(page, blocks)| (page, around(blocks))));
}

fn lay_fold(summary: Text, blocks: Vec<Block>, room: &mut Room, laid: &mut Laid) {
    let frame = bytes(vec![Block::Fold { summary: summary.clone(), blocks: Vec::new() }]) + AROUND;
    if frame > room.whole() / 4 {
        laid.extend(lay([Block::Paragraph(summary)].into_iter().chain(blocks).collect(), room));
        return;
    }
    let inner = by_page(room.within(frame, |room| lay(blocks, room)));
    laid.extend(inner.into_iter().enumerate().map(|(rank, (page, blocks))| {
        let summary = if rank == 0 { summary.clone() } else { summary.clone().plain(GOES_ON) };
        (page, Block::Fold { summary, blocks })
    }));
}

/// Lays out a list item by item; one longer than an event becomes paragraphs.
fn lay_list(list: List, room: &mut Room, laid: &mut Laid) {
    let order = list.order;
    let alone = |(rank, item): (usize, &Item)| {
        let alone = List { order: order_at(order, rank), items: vec![item.clone()] };
        bytes(vec![Block::List(alone)]).saturating_sub(LIST)
    };
    let sizes: Vec<usize> = list.items.iter().enumerate().map(alone).collect();
    let mut items = list.items.into_iter().zip(sizes).enumerate().peekable();
    while items.peek().is_some() {
        let whole = room.whole();
        let fitting = room.within(AROUND, |room| {
            let mut fitting = Vec::new();
            while let Some((rank, (item, size))) = items.next_if(|(_, (_, size))| size + AROUND <= whole) {
                fitting.push((room.take(size), (rank, item)));
            }
            fitting
        });
        lay_items(fitting, order, laid);
        if let Some((rank, (item, _))) = items.next() {
            let mark = match order_at(order, rank) {
                Order::Bulleted => "•\u{a0}".to_owned(),
                Order::NumberedFrom(number) => format!("{number}. "),
            };
            let children = Block::List(List { order: Order::Bulleted, items: item.children });
            laid.extend(lay(vec![Block::Paragraph(Text::from(mark).then(item.text)), children], room));
        }
    }
}

fn lay_items(group: Vec<(Page, (usize, Item))>, order: Order, laid: &mut Laid) {
    for (page, items) in by_page(group) {
        let first = items.first().map_or(0, |(rank, _)| *rank);
        let items = items.into_iter().map(|(_, item)| item).collect();
        laid.push((page, Block::List(List { order: order_at(order, first), items })));
    }
}

/// The order of the same list from its item of this rank on.
fn order_at(order: Order, rank: usize) -> Order {
    match order {
        Order::Bulleted => Order::Bulleted,
        Order::NumberedFrom(first) => {
            Order::NumberedFrom(first.saturating_add(u32::try_from(rank).unwrap_or(u32::MAX)))
        }
    }
}

/// Lays out a table row by row, under its header each time; one with a row longer than an event is told in words.
fn lay_table(table: Table, room: &mut Room, laid: &mut Laid) {
    let empty = Piece::of(vec![Block::Table(Table { header: table.header.clone(), rows: Vec::new() })]);
    let frame = json_bytes(&empty.html) + AROUND;
    let sizes: Vec<usize> = table
        .rows
        .iter()
        .map(|row| {
            let alone = Table { header: table.header.clone(), rows: vec![row.clone()] };
            bytes(vec![Block::Table(alone)]).saturating_sub(json_bytes(&empty.html))
        })
        .collect();
    let longest = sizes.iter().max().copied().unwrap_or(room.whole());
    if frame + longest > room.whole() {
        return laid.extend(lay(vec![in_words(table)], room));
    }
    let Table { header, rows } = table;
    let seated = room.within(frame, |room| {
        let seated = rows.into_iter().zip(sizes).map(|(row, size)| (room.take(size), row));
        seated.collect::<Vec<_>>()
    });
    for (page, rows) in by_page(seated) {
        laid.push((page, Block::Table(Table { header: header.clone(), rows })));
    }
}

/// A table as a list: a row an item, each cell after the name of its column.
fn in_words(table: Table) -> Block {
    let Table { header, rows } = table;
    if rows.is_empty() {
        return Block::List(List::bulleted(header));
    }
    let items = rows.into_iter().map(|row| {
        let mut words = Text::new();
        for (column, cell) in row.into_iter().enumerate() {
            let between = if column == 0 { "" } else { "\u{202f}; " };
            let name = header.get(column).cloned().unwrap_or_default();
            words = words.plain(between).then(named(&name, cell));
        }
        Item::from(words)
    });
    Block::List(List { order: Order::Bulleted, items: items.collect() })
}

/// What goes into each event, in order.
pub(super) fn by_page<T>(laid: Vec<(Page, T)>) -> Vec<(Page, Vec<T>)> {
    let mut pages: Vec<(Page, Vec<T>)> = Vec::new();
    for (page, told) in laid {
        match pages.last_mut() {
            Some((last, all)) if *last == page => all.push(told),
            _ => pages.push((page, vec![told])),
        }
    }
    pages
}
