//! Inline markup undone: the tags, Markdown, footnote calls and runs of spaces inside one cell or one line.

use crate::import::grid::{Mark, Piece, Style};
use crate::import::pattern::pattern;
use regex::Captures;

pattern!(pub(in crate::import) TAG, r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>");
pattern!(LINK, r"\[([^\]]*)\]\([^)]*\)");
pattern!(ESCAPE, r"\\([\\`*_{}\[\]()#+.!|>~-])");
pattern!(EMPHASIS, r"\*\*|__|\*");
// A square or a cube after a number is a unit, not a call.
pattern!(FOOTNOTE_CALL, r"(\d\s?[kcdm]?m[²³])|\s*[¹²³⁴⁵⁶⁷⁸⁹⁰]+(\s*)([.,;)]?)");

/// The pieces that tags and line ends set apart.
pub(in crate::import) fn pieces(raw: &str) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    let mut from = 0;
    for found in TAG.captures_iter(raw) {
        let tag = found.get(0).expect("the whole match is always there");
        pieces.text(&raw[from..tag.start()]);
        pieces.tag(&found[1].to_ascii_lowercase(), tag.as_str().starts_with("</"));
        from = tag.end();
    }
    pieces.text(&raw[from..]);
    pieces.close();
    pieces.done
}

/// Builds the pieces of a cell from its tags and text.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    text: String,
    /// Number of characters of the open piece in each style, to know whether all of it is.
    styled: [usize; 3],
    open_styles: [usize; 3],
    lists: usize,
    in_superscript: bool,
}

impl Pieces {
    fn text(&mut self, raw: &str) {
        if self.in_superscript && raw.trim().chars().all(|c| c.is_ascii_digit()) {
            return;
        }
        let raw = ESCAPE.replace_all(raw, "$1");
        let raw = LINK.replace_all(&raw, "$1");
        let raw =
            FOOTNOTE_CALL.replace_all(&raw, |found: &Captures<'_>| match (found.get(1), found.get(2), found.get(3)) {
                (Some(unit), ..) => unit.as_str().to_owned(),
                (_, _, Some(mark)) if !mark.is_empty() => mark.as_str().to_owned(),
                (_, space, _) => space.map_or("", |space| space.as_str()).to_owned(),
            });
        let raw = EMPHASIS.replace_all(&raw, "");
        // A run of spaces is where a line ended before the extraction.
        let mut lines = raw.split("   ");
        if let Some(first) = lines.next() {
            self.run(first);
        }
        for line in lines {
            if !line.trim().is_empty() {
                self.close();
            }
            self.run(line);
        }
    }

    fn run(&mut self, text: &str) {
        self.text.push_str(text);
        let length = text.chars().filter(|c| !c.is_whitespace()).count();
        for (style, open) in self.open_styles.iter().enumerate() {
            if *open > 0 {
                self.styled[style] += length;
            }
        }
    }

    fn tag(&mut self, name: &str, closing: bool) {
        let style = match name {
            "b" | "strong" => Some(0),
            "i" | "em" => Some(1),
            "u" => Some(2),
            _ => None,
        };
        if let Some(style) = style {
            let open = &mut self.open_styles[style];
            *open = if closing { open.saturating_sub(1) } else { *open + 1 };
            return;
        }
        match name {
            "sup" => self.in_superscript = !closing,
            "span" | "a" | "font" => {}
            _ => {
                self.close();
                match (name, closing) {
                    ("ul" | "ol", false) => self.lists += 1,
                    ("ul" | "ol", true) => self.lists = self.lists.saturating_sub(1),
                    // A list that was never closed ends where a paragraph begins.
                    ("p", false) => self.lists = 0,
                    _ => {}
                }
            }
        }
    }

    fn close(&mut self) {
        let text = collapse(&std::mem::take(&mut self.text));
        let length = text.chars().filter(|c| !c.is_whitespace()).count();
        let styled = std::mem::take(&mut self.styled);
        if text.is_empty() {
            return;
        }
        let style = [Style::Bold, Style::Italic, Style::Underlined]
            .into_iter()
            .zip(styled)
            .find(|(_, n)| *n >= length)
            .map_or(Style::Plain, |(style, _)| style);
        self.done.push(Piece { text, mark: Mark::None, depth: self.lists, style });
    }
}

/// White space collapsed and entities undone.
fn collapse(text: &str) -> String {
    let text = if text.contains('&') {
        let undone = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&quot;", "\"");
        undone.replace("&amp;", "&")
    } else {
        text.to_owned()
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
