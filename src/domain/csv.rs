//! Tables as CSV that Excel opens in French: a byte order mark, semicolons, CRLF.
//!
//! Exports go to trainers and candidates, who open them in a spreadsheet; their cells hold what other people wrote. A
//! spreadsheet runs a cell that begins like a formula, so each text cell that does is preceded by an apostrophe, which
//! spreadsheets take for "this is text". Quoting is the csv crate's; only the neutralising is ours. Control characters are
//! dropped. Invariant: no text cell begins like a formula, blanks before it or not.

use csv::{QuoteStyle, Terminator, WriterBuilder};
use vigie_chat::clean;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, whoever wrote them.
    Text(String),
    /// A number of ours, which a spreadsheet may count with.
    Number(i64),
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// The whole file: the names of the columns, then the rows. Each row is made as long as the names are.
#[must_use]
pub fn file(columns: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let names: Vec<String> = columns.iter().map(|name| harmless(name)).collect();
    let written = |cell: Option<&Cell>| match cell {
        Some(Cell::Text(words)) => harmless(words),
        Some(Cell::Number(number)) => number.to_string(),
        None => String::new(),
    };
    let mut write = |record: &[String]| writer.write_record(record).expect("a vector takes every byte");
    write(&names);
    for row in rows {
        write(&(0..columns.len()).map(|column| written(row.get(column))).collect::<Vec<_>>());
    }
    writer.into_inner().expect("a vector takes every byte")
}

/// The text as no spreadsheet runs it.
fn harmless(text: &str) -> String {
    let kept = clean(text);
    // Neither blanks nor what shows nothing keeps a spreadsheet from seeing a formula.
    let seen = kept.chars().find(|c| !c.is_whitespace() && !shows_nothing(*c));
    // Tabs and returns at the start are a way around as well; `clean` has made them spaces or dropped them.
    let is_formula = seen.is_some_and(begins_formula) || text.starts_with(['\t', '\r', '\n']);
    if is_formula { format!("'{kept}") } else { kept.into_owned() }
}

/// The signs with which a formula begins, in their usual, full-width, small and look-alike forms.
fn begins_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠' | '｜' | '％' | '﹦' | '﹢' | '﹣' | '﹫' | '−'
    )
}

fn shows_nothing(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{2800}' | '\u{3164}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
        let reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(bytes);
        let records = reader.into_records().map(|record| record.expect("a record"));
        records.map(|record| record.iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn excel_reads_it_in_french() {
        let rows = [vec![Cell::from("Les « \"Quatre\" »; équipe"), Cell::from(-3)], vec![Cell::from("a\r\nb")]];
        let file = file(&["Équipe", "Heures"], rows);
        let text = String::from_utf8(file).expect("UTF-8");
        assert_eq!(text, "\u{feff}Équipe;Heures\r\n\"Les « \"\"Quatre\"\" »; équipe\";-3\r\n\"a\nb\";\r\n");
    }

    #[test]
    fn formulas_are_words() {
        for formula in [
            "=1+1",
            "+33 6",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "  =1",
            "\u{a0}=1",
            "\u{200b}=1",
            "＝1",
            "＋1",
            "－1",
            "＠a",
            "\n@a",
            "|cmd",
            "%0",
            "\u{3000}=1",
            "\ttitre",
            "\u{1b}[31m=1",
            "\u{202e}=1",
        ] {
            let cell = harmless(formula);
            assert!(cell.starts_with('\''), "{formula:?} → {cell:?}");
        }
        for words in ["", "Maquette", "a=b", "'=1", "«=1»", "1-2", "é@x"] {
            assert_eq!(harmless(words), words);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(rows in prop::collection::vec(prop::collection::vec("(\\PC|[\n\r\t;\"=+@,-]){0,12}", 2..=2), 0..8)) {
            let cells = rows.iter().map(|row| row.iter().map(|text| Cell::from(text.as_str())).collect());
            let read = read(&file(&["a", "b"], cells));
            prop_assert_eq!(read.len(), rows.len() + 1);
            for (row, read) in rows.iter().zip(&read[1..]) {
                for (text, read) in row.iter().zip(read) {
                    prop_assert_eq!(&harmless(text), read);
                    prop_assert!(!read.trim_start().starts_with(begins_formula));
                    let kept = clean(text);
                    prop_assert_eq!(read.trim_start_matches('\''), kept.trim_start_matches('\''));
                }
            }
        }
    }
}
