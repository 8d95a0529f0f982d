//! Blocks as HTML.

use super::{
    file,
    html::{Html, Tag},
    span,
    tell::named,
};
use vigie_chat::{Block, Field, Item, List, Order, Table, Text};

/// Writes a block; one that says nothing writes nothing.
pub(super) fn write(block: &Block, html: &mut Html) {
    match block {
        Block::Heading(text) => within(Tag::Heading, text, html),
        Block::Paragraph(text) => paragraph(text, html),
        Block::Note(text) if text.is_empty() => {}
        Block::Note(text) => html.within(Tag::Paragraph, |html| within(Tag::Emphasis, text, html)),
        Block::List(list) => self::list(list, html),
        Block::Fields(fields) => fields.iter().for_each(|field| self::field(field, html)),
        Block::Table(table) => self::table(table, html),
        Block::Quote(blocks) => html.around(Tag::Quote, |html| blocks.iter().for_each(|block| write(block, html))),
        Block::Picture(picture) => write(&file::told_as("Image", picture), html),
        Block::Fold { summary, blocks } => html.within(Tag::Fold, |html| {
            html.within(Tag::Summary, |html| span::write(summary, html));
            for block in blocks {
                write(block, html);
            }
        }),
    }
}

fn within(tag: Tag, text: &Text, html: &mut Html) {
    if !text.is_empty() {
        html.within(tag, |html| span::write(text, html));
    }
}

fn paragraph(text: &Text, html: &mut Html) {
    match span::verbatim(text) {
        Some(words) => {
            html.within(Tag::Verbatim, |html| html.within(Tag::Code, |html| html.verbatim(words)));
        }
        None => within(Tag::Paragraph, text, html),
    }
}

fn field(field: &Field, html: &mut Html) {
    paragraph(&named(&field.name, field.value.clone()), html);
}

fn list(list: &List, html: &mut Html) {
    match list.order {
        _ if list.items.is_empty() => {}
        Order::Bulleted => bullets(&list.items, html),
        Order::NumberedFrom(first) => html.numbered(first, |html| items(&list.items, html)),
    }
}

fn bullets(items: &[Item], html: &mut Html) {
    html.within(Tag::Bullets, |html| self::items(items, html));
}

fn items(items: &[Item], html: &mut Html) {
    for item in items {
        html.within(Tag::Item, |html| {
            span::write(&item.text, html);
            if !item.children.is_empty() {
                bullets(&item.children, html);
            }
        });
    }
}

fn table(table: &Table, html: &mut Html) {
    if table.header.is_empty() && table.rows.is_empty() {
        return;
    }
    html.within(Tag::Table, |html| {
        if !table.header.is_empty() {
            html.within(Tag::Head, |html| row(Tag::ColumnName, &table.header, html));
        }
        if !table.rows.is_empty() {
            html.within(Tag::Body, |html| table.rows.iter().for_each(|cells| row(Tag::Cell, cells, html)));
        }
    });
}

fn row(tag: Tag, cells: &[Text], html: &mut Html) {
    html.within(Tag::Row, |html| {
        for cell in cells {
            html.within(tag, |html| span::write(cell, html));
        }
    });
}
