//! Writes a référentiel file: the same data always gives the same bytes.

use crate::model::Referentiel;
use toml::de::{DeTable, DeValue};

/// The text of a référentiel file. What is empty is left out.
///
/// # Panics
///
/// Never: every field of a référentiel has a TOML form.
#[must_use]
pub fn write(referentiel: &Referentiel) -> String {
    let body = toml::to_string_pretty(referentiel).expect("every field of a référentiel has a TOML form");
    let root = DeTable::parse(&body).expect("what was just written is TOML");
    let mut empty = Vec::new();
    empty_values(root.get_ref(), &mut empty);
    empty.sort_unstable();
    let mut end = 0;
    let lines = body.split_inclusive('\n').filter(|line| {
        let begin = end;
        end += line.len();
        let next = empty.partition_point(|at| *at < begin);
        empty.get(next).is_none_or(|at| *at >= end)
    });
    let body: String = lines.collect();
    format!(
        "# Written by `vigie referentiel import` from {}.\n\
         # The wording is the document's, to the letter. To change it, change the document or the importer.\n\n{body}",
        // A line break in the name would end the remark.
        referentiel.source.fichier.replace(char::is_control, " ")
    )
}

/// Where the empty texts and lists of a table and of those within it stand.
fn empty_values(table: &DeTable<'_>, found: &mut Vec<usize>) {
    for value in table.values() {
        match value.get_ref() {
            DeValue::String(text) if text.is_empty() => found.push(value.span().start),
            DeValue::Array(list) if list.is_empty() => found.push(value.span().start),
            DeValue::Array(list) => {
                list.iter().filter_map(|item| item.get_ref().as_table()).for_each(|table| empty_values(table, found));
            }
            DeValue::Table(table) => empty_values(table, found),
            _ => {}
        }
    }
}
