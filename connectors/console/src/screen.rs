//! A message as lines of a terminal.
//!
//! Layout adds only white space, bullets and rules, so that a copy or a screen reader gets the words in their order.

use crate::look::{Look, Pen};
use comfy_table::{ContentArrangement, presets::UTF8_HORIZONTAL_ONLY};
use std::{path::PathBuf, slice::Iter};
use vigie_chat::{Block, File, Item, List, Order, Sealed, Table, Text, clean};

/// Columns by which content under something is moved to the right.
const INDENT: usize = 2;

/// The message as it is shown. `marker` says what its words don't, such as "(privé)"; `paths` tells where its files are,
/// in the order of [`vigie_chat::Message::all_files`].
pub(crate) fn screen(message: &Sealed, marker: &str, paths: &[PathBuf], look: Look) -> String {
    let mut paths = paths.iter();
    let mut page = Page { look, paths: &mut paths };
    // Without a title, the marker stands before the first paragraph.
    let (head, rest) = match (&message.title, message.blocks.as_slice()) {
        (Some(title), rest) => (look.draw(Pen::Bold, title.words()).into_owned(), rest),
        (None, [Block::Paragraph(text), rest @ ..]) if !marker.is_empty() => (look.text(text), rest),
        (None, rest) => (String::new(), rest),
    };
    let head = format!("{} {head}", look.draw(Pen::Dim, marker));
    let mut parts = vec![look.wrapped("", head.trim()), page.blocks(rest)];
    parts.push(message.files.iter().map(|file| page.file("Fichier", file)).collect::<Vec<_>>().join("\n"));
    let links = message.links().map(|(label, url)| {
        let url = look.draw(Pen::Underlined, url.as_str());
        look.wrapped("", &format!("{}\u{a0}: {url}", clean(label)))
    });
    parts.push(links.collect::<Vec<_>>().join("\n"));
    parts.push(choices(message, look));
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n\n")
}

/// The numbered choices; those of a select under its own words.
fn choices(message: &Sealed, look: Look) -> String {
    let mut lines = Vec::new();
    let mut among = None;
    for (choice, number) in message.choices().iter().zip(1..) {
        if choice.among != among {
            among = choice.among;
            lines.extend(among.map(|words| look.wrapped("", &format!("{}\u{a0}:", clean(words)))));
        }
        let mark = look.draw(Pen::Bold, format!("({number})"));
        lines.push(look.wrapped(&format!("{mark} "), &look.text(&choice.text())));
    }
    lines.join("\n")
}

/// What is needed all along a message.
struct Page<'p> {
    look: Look,
    paths: &'p mut Iter<'p, PathBuf>,
}

impl Page<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> String {
        let parts: Vec<String> = blocks.iter().map(|block| self.block(block)).collect();
        parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    fn block(&mut self, block: &Block) -> String {
        let look = self.look;
        match block {
            Block::Heading(text) => look.wrapped("", &look.draw(Pen::Bold, text.words())),
            Block::Paragraph(text) => look.wrapped("", &look.text(text)),
            Block::List(list) => self.list(list),
            Block::Fields(fields) => {
                let lines = fields.iter().map(|field| {
                    let name = look.draw(Pen::Bold, field.name.words());
                    look.wrapped("", &format!("{name}\u{a0}: {}", look.text(&field.value)))
                });
                lines.collect::<Vec<_>>().join("\n")
            }
            Block::Table(table) => self.table(table),
            Block::Quote(blocks) => match self.within(INDENT + 4, blocks) {
                quoted if quoted.is_empty() => quoted,
                quoted => indented(&format!("«\u{a0}{quoted}\u{a0}»")),
            },
            Block::Picture(file) => self.file("Image", file),
            Block::Fold { summary, blocks } => {
                let summary = look.wrapped("", &look.draw(Pen::Bold, summary.words()));
                let parts = [summary, indented(&self.within(INDENT, blocks))];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
            }
            Block::Note(text) => look.wrapped("", &look.draw(Pen::Dim, text.words())),
        }
    }

    /// Blocks that will stand this many columns to the right.
    fn within(&mut self, columns: usize, blocks: &[Block]) -> String {
        let look = self.look;
        self.look = look.narrower(columns);
        let text = self.blocks(blocks);
        self.look = look;
        text
    }

    fn list(&self, list: &List) -> String {
        let steps = list.items.len().saturating_sub(1) as u64;
        let mark = |rank: u64| match list.order {
            Order::Bulleted => "• ".to_owned(),
            Order::NumberedFrom(first) => {
                let columns = (u64::from(first) + steps).to_string().len();
                format!("{:>columns$}. ", u64::from(first) + rank)
            }
        };
        let items = list.items.iter().zip(0..).map(|(item, rank)| shown_item(self.look, &mark(rank), item));
        items.collect::<Vec<_>>().join("\n")
    }

    /// Aligned columns where every cell fits on its line, and else each cell after the name of its column.
    fn table(&self, table: &Table) -> String {
        let one_line = |text: &Text| !text.words().contains('\n');
        let simple = table.header.iter().chain(table.rows.iter().flatten()).all(one_line);
        if simple && let Some(aligned) = self.aligned(table) {
            return aligned;
        }
        let rows = table.rows.iter().map(|row| {
            let cells = row.iter().enumerate().map(|(column, cell)| match table.header.get(column) {
                Some(name) => {
                    format!("{}\u{a0}: {}", self.look.draw(Pen::Bold, name.words()), self.look.text(cell))
                }
                None => self.look.text(cell),
            });
            self.look.wrapped("• ", &cells.collect::<Vec<_>>().join("\u{202f}; "))
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    fn aligned(&self, table: &Table) -> Option<String> {
        let mut grid = comfy_table::Table::new();
        grid.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Disabled);
        if !table.header.is_empty() {
            grid.set_header(table.header.iter().map(Text::words));
        }
        for row in &table.rows {
            grid.add_row(row.iter().map(Text::words));
        }
        let lines: Vec<String> = grid.lines().map(|line| line.trim_end().to_owned()).collect();
        let fits = |line: &String| self.look.width.is_none_or(|width| textwrap::core::display_width(line) <= width);
        lines.iter().all(fits).then(|| lines.join("\n"))
    }

    fn file(&mut self, what: &str, file: &File) -> String {
        let described = format!("{what}\u{a0}: {}", clean(file.description.as_str()));
        let name = clean(&file.name);
        let place = self.paths.next().map_or_else(|| name.to_string(), |path| format!("{name}, {}", path.display()));
        self.look.wrapped("", &format!("{described} ({})", clean(&place)))
    }
}

/// An item, and those under it.
fn shown_item(look: Look, mark: &str, item: &Item) -> String {
    let mut lines = look.wrapped(mark, &look.text(&item.text));
    for child in &item.children {
        lines.push('\n');
        lines.push_str(&indented(&shown_item(look.narrower(INDENT), "◦ ", child)));
    }
    lines
}

fn indented(text: &str) -> String {
    textwrap::indent(text, &" ".repeat(INDENT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::Ink;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use vigie_chat::{Button, Field, Select, Token, arbitrary};

    const PLAIN: Look = Look { ink: Ink::Plain, width: Some(48) };

    fn sample() -> Sealed {
        let table = Table::new(["Jalon", "Échéance"]).row(["Maquette", "vendredi 27 novembre"]).row(["Oral", "lundi"]);
        Sealed::answer()
            .title("Compétence C1.5")
            .paragraph(Text::from("Auditer le ").matched("RGPD").plain(" dans une entreprise qui traite des données."))
            .heading("Critères")
            .list(List::numbered(
                9,
                [Item::with("Le registre des traitements est complet et à jour", ["vu"]), "Oui".into()],
            ))
            .fields([Field::new("Bloc", "B1")])
            .table(table)
            .quote("Le candidat audite.")
            .fold("Voisines", [Block::Paragraph("C1.4".into())])
            .note("Source : Data Engineer")
            .button(Button::new("Suite", Token::new("a")))
            .select(Select::new("Ouvrir").described("C1.6", "Chiffrer", Token::new("b")))
    }

    #[track_caller]
    fn check(message: &Sealed, look: Look, expected: &Expect) {
        expected.assert_eq(
            &screen(message, "(privé)", &[], look).replace(['\u{a0}', '\u{202f}'], "~").replace('\u{1b}', "ESC"),
        );
    }

    #[test]
    fn lines_are_as_wide_as_the_terminal() {
        check(
            &sample(),
            PLAIN,
            &expect![[r"
            (privé) Compétence C1.5

            Auditer le RGPD dans une entreprise qui traite
            des données.

            Critères

             9. Le registre des traitements est complet et
                à jour
              ◦ vu
            10. Oui

            Bloc~: B1

            ─────────────────────────────────
             Jalon      Échéance
            ═════════════════════════════════
             Maquette   vendredi 27 novembre
            ─────────────────────────────────
             Oral       lundi
            ─────────────────────────────────

              «~Le candidat audite.~»

            Voisines
              C1.4

            Source : Data Engineer

            (1) Suite
            Ouvrir~:
            (2) C1.6 — Chiffrer"]],
        );
    }

    #[test]
    fn a_narrow_terminal_gets_tables_in_words() {
        let table = Table::new(["Jalon", "Échéance"]).row(["Maquette", "vendredi 27 novembre"]);
        check(
            &Sealed::answer().table(table),
            Look { ink: Ink::Plain, width: Some(20) },
            &expect![[r"
            (privé)

            • Jalon~: Maquette~;
              Échéance~:
              vendredi 27
              novembre"]],
        );
    }

    #[test]
    fn colours_only_mark_what_spans_say() {
        let message = Sealed::answer().title("Titre").paragraph(Text::from("le ").matched("rgpd").plain("\u{1b}[2J"));
        check(
            &message,
            Look { ink: Ink::Coloured, width: None },
            &expect![[r"
            ESC[2m(privé)ESC[0m ESC[1mTitreESC[0m

            le ESC[30;43mrgpdESC[0m"]],
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_at_full_width(message in arbitrary::message()) {
            let look = Look { ink: Ink::Plain, width: None };
            arbitrary::assert_says_all(&message, &screen(&message, "", &[], look));
        }

        #[test]
        fn no_text_sends_a_sequence_of_its_own(message in arbitrary::message(), width in 1..100_usize) {
            let shown = screen(&message, "", &[], Look { ink: Ink::Coloured, width: Some(width) });
            let own = ["1", "2", "3", "4", "30;43", "36", "0"];
            let rest = own.iter().fold(shown, |text, code| text.replace(&format!("\u{1b}[{code}m"), ""));
            prop_assert!(!rest.contains(|c: char| c.is_control() && c != '\n'), "{rest:?}");
            prop_assert!(!rest.contains(['\u{202e}', '\u{2066}']), "{rest:?}");
        }
    }
}
