//! How words look in a terminal: colours and width.

use std::borrow::Cow;
use vigie_chat::{Span, Text};

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// Whether escape sequences are understood.
    pub(crate) ink: Ink,
    /// Columns; lines aren't wrapped without.
    pub(crate) width: Option<usize>,
}

/// Whether words may be coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// No escape sequence at all.
    Plain,
    /// Bold, dim, underlined and highlighted words.
    Coloured,
}

/// A way to make words stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pen {
    /// Titles and strong words.
    Bold,
    /// Small print.
    Dim,
    /// Words said with stress.
    Italic,
    /// Addresses.
    Underlined,
    /// Words that a search found: black on yellow.
    Highlighted,
    /// Something to type.
    Typed,
}

impl Pen {
    fn sequence(self) -> &'static str {
        match self {
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Italic => "3",
            Self::Underlined => "4",
            Self::Highlighted => "30;43",
            Self::Typed => "36",
        }
    }
}

impl Look {
    /// Words that stand out. They must have lost their own control characters before.
    pub(crate) fn draw<'a>(self, pen: Pen, words: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
        let words = words.into();
        if self.ink == Ink::Plain || words.is_empty() {
            return words;
        }
        Cow::Owned(format!("\u{1b}[{}m{words}\u{1b}[0m", pen.sequence()))
    }

    /// The same for what will stand this many columns to the right.
    pub(crate) fn narrower(self, columns: usize) -> Self {
        Self { width: self.width.map(|width| width.saturating_sub(columns).max(1)), ..self }
    }

    /// A text with its spans told apart.
    pub(crate) fn text(self, text: &Text) -> String {
        let mut out = String::new();
        for span in text.spans() {
            let words = span.words();
            match span {
                Span::Plain(_) | Span::Time { .. } => out.push_str(&words),
                Span::Strong(_) | Span::Mention(_) => out.push_str(&self.draw(Pen::Bold, words)),
                Span::Emphasis(_) => out.push_str(&self.draw(Pen::Italic, words)),
                Span::Match(_) => out.push_str(&self.draw(Pen::Highlighted, words)),
                Span::Code(_) | Span::Command(_) => out.push_str(&self.draw(Pen::Typed, words)),
                Span::Link { url, .. } => {
                    let shown = words == url.as_str();
                    out.push_str(&self.draw(Pen::Underlined, words));
                    if !shown {
                        out.extend([" (", url.as_str(), ")"]);
                    }
                }
            }
        }
        out
    }

    /// The words wrapped to the width, the first line after `mark` and the others below its end.
    pub(crate) fn wrapped(self, mark: &str, words: &str) -> String {
        let below = " ".repeat(textwrap::core::display_width(mark));
        let wide = self.width.map(|width| width.max(below.len() + 16));
        let lines = words.split('\n').flat_map(|line| match wide {
            Some(width) => textwrap::wrap(line, width - below.len()).into_iter().map(Cow::into_owned).collect(),
            None => vec![line.to_owned()],
        });
        let marked = lines.enumerate().map(|(rank, line)| {
            let line = format!("{}{line}", if rank == 0 { mark } else { &below });
            line.trim_end().to_owned()
        });
        marked.collect::<Vec<_>>().join("\n")
    }
}
