//! The tree as Matrix tells it: commands as people type them here, and what Matrix has no element for in other words.
//!
//! What it makes is the one source of both the HTML and the plain body.

use super::{file, mention};
use vigie_chat::{Block, Field, Item, List, Person, Span, Table, Text, WebLink, clean};

/// Longest address or name of a person that is kept whole; a longer one is told in words, which can be split.
const LONGEST: usize = 800;

/// How deep quotes, folds and items may stand in each other. Matrix's HTML may nest a hundred elements.
const DEEPEST: usize = 8;

/// What is always shown of a fold that has no words of its own.
const FOLDED: &str = "Détails";

/// What an empty cell says.
const NO_CELL: &str = "—";

/// Tells texts and blocks.
#[derive(Debug)]
pub(super) struct Teller {
    prefix: String,
}

impl Teller {
    /// With commands that begin with `prefix`.
    pub(super) fn new(prefix: &str) -> Self {
        Self { prefix: clean(prefix).into_owned() }
    }

    /// A command as it is typed.
    pub(super) fn typed(&self, command: &str) -> String {
        format!("{} {}", self.prefix, clean(command))
    }

    /// The text, of spans that aren't longer than an event unless they can be split.
    pub(super) fn text(&self, text: &Text) -> Text {
        text.spans().iter().flat_map(|span| self.span(span)).collect()
    }

    fn span(&self, span: &Span) -> Vec<Span> {
        let words = span.words().into_owned();
        vec![match span {
            Span::Plain(_) | Span::Time { .. } => Span::Plain(words),
            Span::Strong(_) | Span::Match(_) => Span::Strong(words),
            Span::Emphasis(_) => Span::Emphasis(words),
            Span::Code(_) => Span::Code(words),
            Span::Command(command) => Span::Code(self.typed(command)),
            Span::Link { url, .. } => return link(words, url),
            Span::Mention(person) => mentioned(person, words),
        }]
    }

    /// The blocks, none of them a list of fields or a picture any more.
    pub(super) fn blocks(&self, blocks: &[Block]) -> Vec<Block> {
        let mut told = Vec::new();
        self.tell(blocks, 0, &mut told);
        told
    }

    fn tell(&self, blocks: &[Block], depth: usize, told: &mut Vec<Block>) {
        for block in blocks {
            told.push(match block {
                Block::Heading(text) => Block::Heading(self.text(text)),
                Block::Paragraph(text) => Block::Paragraph(self.text(text)),
                Block::Note(text) => Block::Note(self.text(text)),
                Block::List(list) => Block::List(self.list(list)),
                Block::Fields(fields) => Block::Paragraph(self.fields(fields)),
                Block::Table(table) => Block::Table(self.table(table)),
                Block::Picture(picture) => file::told_as("Image", picture),
                Block::Quote(blocks) if depth >= DEEPEST => {
                    self.tell(blocks, depth, told);
                    continue;
                }
                Block::Quote(blocks) => {
                    let mut quoted = Vec::new();
                    self.tell(blocks, depth + 1, &mut quoted);
                    Block::Quote(quoted)
                }
                Block::Fold { summary, blocks } if depth >= DEEPEST => {
                    told.push(Block::Paragraph(self.text(summary)));
                    self.tell(blocks, depth, told);
                    continue;
                }
                Block::Fold { summary, blocks } => {
                    let mut folded = Vec::new();
                    self.tell(blocks, depth + 1, &mut folded);
                    let summary = if summary.is_empty() { FOLDED.into() } else { self.text(summary) };
                    Block::Fold { summary, blocks: folded }
                }
            });
        }
    }

    fn list(&self, list: &List) -> List {
        let mut items = Vec::new();
        self.items(&list.items, 0, &mut items);
        // An item of the list itself always stays one, so that numbers keep their meaning.
        List { order: list.order, items }
    }

    fn items(&self, items: &[Item], depth: usize, told: &mut Vec<Item>) {
        for Item { text, children } in items {
            told.push(Item::from(self.text(text)));
            if depth >= DEEPEST {
                self.items(children, depth, told);
            } else if let Some(item) = told.last_mut() {
                self.items(children, depth + 1, &mut item.children);
            }
        }
    }

    /// One line a field, its name standing out.
    fn fields(&self, fields: &[Field]) -> Text {
        let mut lines = Text::new();
        for (rank, field) in fields.iter().enumerate() {
            if rank > 0 {
                lines = lines.plain("\n");
            }
            lines = lines.then(named(&strong(&self.text(&field.name)), self.text(&field.value)));
        }
        lines
    }

    /// The table with as many cells in each row as there are columns, none of them empty.
    fn table(&self, table: &Table) -> Table {
        let header: Vec<Text> = table.header.iter().map(|name| self.text(name)).collect();
        let told = |row: &Vec<Text>| {
            let cell = |column: usize| row.get(column).map(|cell| self.text(cell)).filter(|cell| !cell.is_empty());
            (0..row.len().max(header.len())).map(|column| cell(column).unwrap_or_else(|| NO_CELL.into())).collect()
        };
        let rows = table.rows.iter().map(told).collect();
        Table { header, rows }
    }
}

/// A name before its value.
pub(super) fn named(name: &Text, value: Text) -> Text {
    if name.is_empty() {
        return name.clone().then(value);
    }
    let colon = if name.words().trim_end().ends_with(':') { "" } else { "\u{a0}:" };
    let mut spans = name.spans().to_vec();
    match spans.last_mut() {
        Some(Span::Strong(words)) => words.push_str(colon),
        _ => spans.push(Span::Plain(colon.to_owned())),
    }
    Text::from_iter(spans).plain(" ").then(value)
}

/// The same text, its ordinary words standing out.
fn strong(text: &Text) -> Text {
    let stronger = text.spans().iter().map(|span| match span {
        Span::Plain(words) | Span::Emphasis(words) => Span::Strong(words.clone()),
        other => other.clone(),
    });
    stronger.collect()
}

/// A link that shows where it leads if its words could deceive, or say nothing. Clients would show one to matrix.to as a
/// person or a room, under the name that these have.
fn link(label: String, url: &WebLink) -> Vec<Span> {
    let address = url.as_str();
    let label = if label.trim().is_empty() { address.to_owned() } else { label };
    let short = address.len() + label.len() <= LONGEST;
    let pill = address.to_ascii_lowercase().contains("matrix.to/");
    if label == address && short && !pill {
        vec![Span::Link { label, url: url.clone() }]
    } else if !short || pill {
        vec![Span::Plain(if label == address { label } else { format!("{label} ({address})") })]
    } else if label.contains("://") {
        let shown = Span::Link { label: address.to_owned(), url: url.clone() };
        vec![Span::Plain(format!("{label} (")), shown, Span::Plain(")".to_owned())]
    } else {
        vec![Span::Link { label, url: url.clone() }]
    }
}

fn mentioned(person: &Person, name: String) -> Span {
    let short = name.len() + person.id.as_str().len() <= LONGEST;
    if name.trim().is_empty() {
        Span::Plain(clean(person.id.as_str()).into_owned())
    } else if short && mention::page(&person.id).is_some() {
        Span::Mention(Person { id: person.id.clone(), name })
    } else {
        Span::Plain(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &Text, expected: &Expect) {
        expected.assert_eq(&format!("{:?}", Teller::new("!vigie").text(text)).replace('\u{a0}', "~"));
    }

    #[test]
    fn commands_are_told_as_they_are_typed() {
        check(&Text::new().command("chercher rgpd"), &expect![[r#"Text([Code("!vigie chercher rgpd")])"#]]);
    }

    #[test]
    fn words_cannot_hide_where_a_link_leads() {
        let url: WebLink = "https://a.example".parse().expect("a valid address");
        check(
            &Text::new().link("https://b.example", url),
            &expect![[
                r#"Text([Plain("https://b.example ("), Link { label: "https://a.example", url: WebLink("https://a.example") }, Plain(")")])"#
            ]],
        );
    }

    #[test]
    fn words_never_make_a_person() {
        let url: WebLink = "https://Matrix.to/#/@bob:a.example".parse().expect("a valid address");
        check(
            &Text::from("@bob:a.example ").link("Bob", url),
            &expect![[r#"Text([Plain("@bob:a.example "), Plain("Bob (https://Matrix.to/#/@bob:a.example)")])"#]],
        );
    }

    #[test]
    fn what_stands_too_deep_is_said_less_deep() {
        let mut block = Block::Paragraph("au fond".into());
        let mut item = Item::from("au fond");
        for rank in 0..40 {
            block = Block::Quote(vec![block]);
            item = Item::with(format!("{rank}"), [item]);
        }
        let told = Teller::new("!vigie").blocks(&[block, Block::List(List::bulleted([item]))]);
        let depth = |sign| format!("{told:?}").matches(sign).count();
        assert_eq!(depth("Quote("), DEEPEST);
        assert_eq!(depth("Item {"), 41);
        assert!(format!("{told:?}").contains("au fond"));
    }

    #[test]
    fn cells_and_names_are_never_empty() {
        let blocks = [
            Block::Fields(vec![Field::new("Durée :", "3 h"), Field::new("", "seul"), Field::new("Bloc", "B1")]),
            Block::Table(Table::new(["Quoi", "Quand"]).row(["Dossier"]).row(["", "lundi", "tous"])),
        ];
        let expected = expect![[
            r#"[Paragraph(Text([Strong("Durée :"), Plain(" "), Plain("3 h"), Plain("\n"), Strong(""), Plain("seul"), Plain("\n"), Strong("Bloc\u{a0}:"), Plain(" "), Plain("B1")])), Table(Table { header: [Text([Plain("Quoi")]), Text([Plain("Quand")])], rows: [[Text([Plain("Dossier")]), Text([Plain("—")])], [Text([Plain("—")]), Text([Plain("lundi")]), Text([Plain("tous")])]] })]"#
        ]];
        expected.assert_eq(&format!("{:?}", Teller::new("!vigie").blocks(&blocks)));
    }
}
