//! A message in plain words, complete, as a screen reader would say it.
//!
//! This is the text of the console's JSON lines, the plain body beside formatted ones, and what "texte seul" shows.
//! Nothing is told by layout alone: a row of a table names its columns, a picture is its description.

use crate::{
    choice::Choice,
    clean::clean,
    message::{Block, File, Item, List, Message, Order, Table},
    text::Text,
};
use std::iter;

/// Everything that the message says, as paragraphs separated by empty lines.
///
/// Order: title, content, files, links, and what can be pressed, numbered as by [`Message::choices`]. The description of
/// an option isn't said again when the content says it.
#[must_use]
pub fn plain<P>(message: &Message<P>) -> String {
    let title = message.title.iter().map(Text::words);
    let files = message.files.iter().map(|file| file_line("Fichier joint", file));
    let paragraphs = title
        .chain(message.blocks.iter().map(block))
        .chain([lines(files)])
        .chain([lines(message.links().map(|(label, url)| format!("{}\u{a0}: {url}", clean(label))))])
        .filter(|paragraph| !paragraph.trim().is_empty());
    let mut said = paragraphs.collect::<Vec<_>>().join("\n\n");
    for paragraph in actions(message, &said) {
        if !said.is_empty() {
            said.push_str("\n\n");
        }
        said.push_str(&paragraph);
    }
    said
}

fn lines(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(text) | Block::Paragraph(text) | Block::Note(text) => text.words(),
        Block::List(list) => self::list(list),
        Block::Fields(fields) => {
            lines(fields.iter().map(|field| format!("{}\u{a0}: {}", field.name.words(), field.value.words())))
        }
        Block::Table(table) => self::table(table),
        Block::Quote(blocks) => match self::blocks(blocks) {
            quoted if quoted.is_empty() => quoted,
            quoted => format!("«\u{a0}{quoted}\u{a0}»"),
        },
        Block::Picture(file) => file_line("Image", file),
        Block::Fold { summary, blocks } => {
            let parts = iter::once(summary.words()).chain([self::blocks(blocks)]);
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
        }
    }
}

fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn list(list: &List) -> String {
    let mark = |rank: usize| match list.order {
        Order::Bulleted => "- ".to_owned(),
        Order::NumberedFrom(first) => format!("{}. ", u64::from(first) + rank as u64),
    };
    lines(list.items.iter().enumerate().map(|(rank, item)| self::item(&mark(rank), item)))
}

fn item(mark: &str, item: &Item) -> String {
    let own = format!("{mark}{}", item.text.words());
    let children = item.children.iter().map(|child| self::item("- ", child));
    lines(iter::once(own).chain(children)).replace('\n', "\n  ")
}

/// One line a row, each cell after the name of its column.
fn table(table: &Table) -> String {
    if table.rows.is_empty() {
        return table.header.iter().map(Text::words).collect::<Vec<_>>().join("\u{202f}; ");
    }
    let cell = |(column, cell): (usize, &Text)| match table.header.get(column) {
        Some(name) => format!("{}\u{a0}: {}", name.words(), cell.words()),
        None => cell.words(),
    };
    let rows = table.rows.iter().map(|row| row.iter().enumerate().map(cell).collect::<Vec<_>>().join("\u{202f}; "));
    lines(rows.map(|row| format!("- {row}")))
}

fn file_line(what: &str, file: &File) -> String {
    format!("{what}\u{a0}: {} ({})", clean(file.description.as_str()), clean(&file.name))
}

/// The numbered choices: buttons together, each select under its own words. `said` is what was said before them.
fn actions<P>(message: &Message<P>, said: &str) -> Vec<String> {
    let choices = message.choices();
    let numbered: Vec<_> = choices.iter().zip(1..).collect();
    let groups = numbered.chunk_by(|(a, _), (b, _)| a.among == b.among);
    let paragraphs = groups.map(|group| {
        let among = group[0].0.among.map(|words| format!("{}\u{a0}:", clean(words)));
        let choices = group.iter().map(|(choice, n)| {
            let new = choice.description.filter(|description| !says(said, description));
            let Choice { among, label, press, .. } = **choice;
            format!("({n}) {}", Choice { among, label, description: new, press }.text().words())
        });
        lines(among.into_iter().chain(choices))
    });
    paragraphs.collect()
}

/// Whether a description stands in the content, where it may be longer.
fn says(content: &str, description: &str) -> bool {
    let description = clean(description);
    let begun = description.trim_end_matches('…').trim();
    !begun.is_empty() && content.contains(begun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        action::{Button, Select},
        arbitrary,
        message::{AltText, Field},
        text::WebLink,
    };
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    #[track_caller]
    fn check(message: &Message<u8>, expected: &Expect) {
        expected.assert_eq(&plain(message).replace(['\u{a0}', '\u{202f}'], "~"));
    }

    fn alt(words: &str) -> AltText {
        AltText::new(words).expect("the description says something")
    }

    #[test]
    fn everything_is_said_in_words() {
        let url: WebLink = "https://ecole.example/guide".parse().expect("a valid address");
        let chart = File::new("planning.png", "image/png", [1], alt("Trois jalons sur deux semaines"));
        let calendar = File::new("equipe.ics", "text/calendar", [1], alt("Les dates de l’équipe"));
        let message = Message::answer()
            .title("Compétence C1.5")
            .paragraph(Text::from("Auditer le ").matched("RGPD").plain("."))
            .heading("Critères")
            .list(List::numbered(3, [Item::with("Le registre", ["à jour", "complet"]), "La durée".into()]))
            .fields([Field::new("Bloc", "B1")])
            .table(Table::new(["Quoi", "Quand"]).row(["Dossier", "vendredi"]).row(["Oral"]))
            .quote("Le candidat audite.")
            .picture(chart)
            .fold("Voisines", [Block::Paragraph("C1.4".into())])
            .note("Source : Data Engineer")
            .button(Button::new("Suite", 1))
            .select(Select::new("Ouvrir").option("C1.4", 2).described("C1.6", "Chiffrer", 3))
            .link("Le guide", url)
            .file(calendar);
        check(
            &message,
            &expect![[r"
                Compétence C1.5

                Auditer le RGPD.

                Critères

                3. Le registre
                  - à jour
                  - complet
                4. La durée

                Bloc~: B1

                - Quoi~: Dossier~; Quand~: vendredi
                - Quoi~: Oral

                «~Le candidat audite.~»

                Image~: Trois jalons sur deux semaines (planning.png)

                Voisines

                C1.4

                Source : Data Engineer

                Fichier joint~: Les dates de l’équipe (equipe.ics)

                Le guide~: https://ecole.example/guide

                (1) Suite

                Ouvrir~:
                (2) C1.4
                (3) C1.6 — Chiffrer"]],
        );
    }

    #[test]
    fn a_description_is_not_said_twice() {
        let select = Select::new("Ouvrir").described("C1.5", "Auditer le…", 1).described("C1.6", "Chiffrer", 2);
        check(
            &Message::answer().list(List::bulleted(["C1.5 — Auditer le registre"])).select(select),
            &expect![[r"
            - C1.5 — Auditer le registre

            Ouvrir~:
            (1) C1.5
            (2) C1.6 — Chiffrer"]],
        );
    }

    #[test]
    fn hostile_text_loses_its_control_characters() {
        check(&Message::answer().paragraph("a\u{1b}[2Jb\u{202e}c"), &expect!["abc"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_order_is_kept(message in arbitrary::message()) {
            arbitrary::assert_says_all(&message, &plain(&message));
        }
    }
}
