//! The only writer of HTML: elements of Matrix's list, every word escaped once.
//!
//! It writes as an HTML parser would write again what it read, so that a sanitiser changes nothing; hence `&nbsp;`.

/// An element that may hold others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Title,
    Heading,
    Paragraph,
    Bullets,
    Item,
    Strong,
    Emphasis,
    Code,
    Verbatim,
    Quote,
    Table,
    Head,
    Body,
    Row,
    ColumnName,
    Cell,
    Fold,
    Summary,
}

impl Tag {
    fn name(self) -> &'static str {
        match self {
            Self::Title => "h3",
            Self::Heading => "h4",
            Self::Paragraph => "p",
            Self::Bullets => "ul",
            Self::Item => "li",
            Self::Strong => "strong",
            Self::Emphasis => "em",
            Self::Code => "code",
            Self::Verbatim => "pre",
            Self::Quote => "blockquote",
            Self::Table => "table",
            Self::Head => "thead",
            Self::Body => "tbody",
            Self::Row => "tr",
            Self::ColumnName => "th",
            Self::Cell => "td",
            Self::Fold => "details",
            Self::Summary => "summary",
        }
    }
}

/// HTML being written. It is well-formed at any moment.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// What `write` writes.
    pub(super) fn of(write: impl FnOnce(&mut Self)) -> String {
        let mut html = Self::default();
        write(&mut html);
        html.0
    }

    /// An element and what it holds.
    pub(super) fn within(&mut self, tag: Tag, write: impl FnOnce(&mut Self)) {
        self.0.extend(["<", tag.name(), ">"]);
        write(self);
        self.0.extend(["</", tag.name(), ">"]);
    }

    /// The same, or nothing where nothing is held.
    pub(super) fn around(&mut self, tag: Tag, write: impl FnOnce(&mut Self)) {
        let before = self.0.len();
        self.0.extend(["<", tag.name(), ">"]);
        let begun = self.0.len();
        write(self);
        if self.0.len() == begun {
            self.0.truncate(before);
        } else {
            self.0.extend(["</", tag.name(), ">"]);
        }
    }

    /// A numbered list, whose first number is this one.
    pub(super) fn numbered(&mut self, first: u32, write: impl FnOnce(&mut Self)) {
        match first {
            1 => self.0.push_str("<ol>"),
            first => self.0.extend(["<ol start=\"", &first.to_string(), "\">"]),
        }
        write(self);
        self.0.push_str("</ol>");
    }

    /// Words that lead somewhere. The address begins with a scheme of Matrix's list, in lower case.
    pub(super) fn link(&mut self, address: &str, words: &str) {
        self.0.push_str("<a href=\"");
        self.escape(&address.replace('"', "%22"));
        self.0.push_str("\">");
        self.words(words);
        self.0.push_str("</a>");
    }

    /// Words, each line of them on a line of its own.
    pub(super) fn words(&mut self, words: &str) {
        for (rank, line) in words.split('\n').enumerate() {
            if rank > 0 {
                self.0.push_str("<br>");
            }
            self.escape(line);
        }
    }

    /// Words whose line ends are kept, for [`Tag::Verbatim`].
    pub(super) fn verbatim(&mut self, words: &str) {
        self.escape(words);
    }

    fn escape(&mut self, words: &str) {
        let mut rest = words;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\u{a0}']) {
            self.0.push_str(&rest[..at]);
            let mut after = rest[at..].chars();
            self.0.push_str(match after.next() {
                Some('&') => "&amp;",
                Some('<') => "&lt;",
                Some('>') => "&gt;",
                Some('\u{a0}') => "&nbsp;",
                // An address has no quotes any more, and elsewhere they need no escape.
                _ => "\"",
            });
            rest = after.as_str();
        }
        self.0.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_make_no_markup() {
        let html = Html::of(|html| html.within(Tag::Paragraph, |html| html.words("<b>\"x\"\u{a0}& y\n'</p>")));
        assert_eq!(html, "<p>&lt;b&gt;\"x\"&nbsp;&amp; y<br>'&lt;/p&gt;</p>");
    }

    #[test]
    fn lists_begin_anywhere_and_links_lead() {
        assert_eq!(Html::of(|html| html.numbered(1, |_| ())), "<ol></ol>");
        assert_eq!(Html::of(|html| html.numbered(9, |_| ())), "<ol start=\"9\"></ol>");
        let link = Html::of(|html| html.link("https://a.example/?b=1&c=2", "A & B"));
        assert_eq!(link, "<a href=\"https://a.example/?b=1&amp;c=2\">A &amp; B</a>");
    }
}
