//! A text as headings with lines under them, whether it is Markdown, plain text or a paste from a word processor.
//!
//! What a heading is, is decided here by shape and words; what is made of it, by [`super::reading`]. Each line is looked at
//! once, and only beside its neighbours.

use super::topic::{self, Topic};
use line::{Before, Raw, Shape};

mod line;

/// A heading and what stands under it. The first section has no heading when the text begins without one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The heading's words; empty for what stands before any.
    pub heading: String,
    /// What the heading itself announces.
    pub own: Option<Topic>,
    /// What the section is about: what its heading announces, or the heading above it.
    pub topic: Option<Topic>,
    /// Depth of the heading, from 1.
    pub level: u8,
    /// What stands under it.
    pub lines: Vec<Line>,
}

impl Section {
    /// Whether it has items or rows, so that a paragraph of it is no entry.
    pub(super) fn is_listed(&self) -> bool {
        self.lines.iter().any(|line| line.mark != Mark::Paragraph)
    }
}

/// A line of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its words without marks; cells are joined by ` | `.
    pub text: String,
    /// How it is marked.
    pub mark: Mark,
    /// What it tells after a label, and of what: "Jury : deux personnes", or a row whose first cell is a label.
    pub label: Option<(Topic, String)>,
}

impl Line {
    /// A line of which nobody looked for the label.
    pub(super) fn new(text: impl Into<String>, mark: Mark) -> Self {
        Self { text: text.into(), mark, label: None }
    }

    fn labelled(mut self) -> Self {
        self.label = match &self.mark {
            Mark::Row(cells) => match cells.as_slice() {
                [name, value, ..] => topic::of(name).map(|topic| (topic, value.clone())),
                _ => None,
            },
            _ => topic::label(&self.text).map(|label| (label.topic, label.value.to_owned())),
        }
        .filter(|(_, value)| !value.is_empty());
        self
    }
}

/// How a line is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Paragraph,
    /// An item of a list, at this depth from 1.
    Item(u8),
    /// The names of the columns of a table.
    Header(Vec<String>),
    /// A row of a table.
    Row(Vec<String>),
}

/// Longest paragraph that is joined of several lines, in bytes.
const LONGEST: usize = 4_000;

/// The sections of a text.
pub(super) fn outline(text: &str) -> Vec<Section> {
    let raws: Vec<Raw> = line::raws(text);
    let mut builder = Builder { sections: vec![Section::default()], ..Builder::default() };
    for (at, raw) in raws.iter().enumerate() {
        builder.take(raw, raws.get(at + 1));
    }
    let mut sections = builder.sections;
    inherit(&mut sections);
    for section in &mut sections {
        section.lines = std::mem::take(&mut section.lines).into_iter().map(Line::labelled).collect();
    }
    sections
}

#[derive(Default)]
struct Builder {
    sections: Vec<Section>,
    /// What the line before is.
    before: Before,
    /// Open lists: how far each is indented and with what it is marked.
    lists: Vec<(usize, char)>,
    /// Depth of the item that the last section was opened by.
    opened_by_item: Option<u8>,
}

impl Builder {
    fn take(&mut self, raw: &Raw, next: Option<&Raw>) {
        let now = match raw.shape {
            Shape::Blank => Before::Nothing,
            Shape::Item(_) => Before::Item,
            _ => Before::Text,
        };
        let before = std::mem::replace(&mut self.before, now);
        match &raw.shape {
            Shape::Blank => {}
            Shape::Rule(c) => self.rule(*c, before),
            Shape::Separator => self.separator(),
            Shape::Heading(level) => self.open(&raw.text, *level),
            Shape::Row(cells) => self.push(Line::new(cells.join(" | "), Mark::Row(cells.clone()))),
            Shape::Item(glyph) => match line::numbered_heading(raw, before, next) {
                Some(level) => self.open(&raw.text, level),
                None => self.item(raw, *glyph),
            },
            Shape::Text => match line::heading(raw, before, next) {
                Some(level) => self.open(&raw.text, level),
                None => self.paragraph(raw, before),
            },
        }
    }

    fn open(&mut self, heading: &str, level: u8) {
        let heading = heading.trim_end_matches([':', ' ', '#']).trim().to_owned();
        let own = topic::of(&heading);
        self.lists.clear();
        self.opened_by_item = None;
        self.sections.push(Section { heading, own, topic: None, level, lines: Vec::new() });
    }

    fn push(&mut self, line: Line) {
        if let Some(section) = self.sections.last_mut() {
            section.lines.push(line);
        }
    }

    fn last(&mut self) -> Option<&mut Line> {
        self.sections.last_mut().and_then(|section| section.lines.last_mut())
    }

    /// A line of dashes or equal signs: it underlines a heading, or draws a rule.
    fn rule(&mut self, c: char, before: Before) {
        let short = |line: &Line| line.mark == Mark::Paragraph && line.text.chars().count() <= 120;
        if before == Before::Nothing || !matches!(c, '=' | '-' | '~') || !self.last().is_some_and(|line| short(line)) {
            return;
        }
        let popped = self.sections.last_mut().and_then(|section| section.lines.pop());
        if let Some(line) = popped {
            self.open(&line.text, if c == '=' { 1 } else { 2 });
        }
    }

    /// The line under the names of a table's columns.
    fn separator(&mut self) {
        if let Some(line) = self.last()
            && let Mark::Row(cells) = &mut line.mark
        {
            line.mark = Mark::Header(std::mem::take(cells));
        }
    }

    fn item(&mut self, raw: &Raw, glyph: char) {
        while self.lists.last().is_some_and(|(indent, _)| raw.indent < *indent) {
            self.lists.pop();
        }
        // Word marks depths by other bullets at the same place.
        let same_place = self.lists.iter().position(|open| *open == (raw.indent, glyph));
        match same_place {
            Some(at) => self.lists.truncate(at + 1),
            None if self.lists.len() < 8 => self.lists.push((raw.indent, glyph)),
            None => {}
        }
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        if self.opened_by_item.is_some_and(|opener| depth <= opener) {
            self.opened_by_item = None;
            self.sections.push(Section { level: 6, ..Section::default() });
        }
        let announces = topic::label(&raw.text).is_some_and(|label| label.value.is_empty());
        let within = self.sections.last().and_then(|section| section.own);
        if announces && !matches!(within, Some(Topic::Deliverables | Topic::Competencies)) {
            let lists = std::mem::take(&mut self.lists);
            self.open(&raw.text, 2);
            (self.lists, self.opened_by_item) = (lists, Some(depth));
        } else {
            self.push(Line::new(raw.text.as_str(), Mark::Item(depth)));
        }
    }

    fn paragraph(&mut self, raw: &Raw, before: Before) {
        let continues = before != Before::Nothing
            && self.last().is_some_and(|line| {
                let open = !line.text.ends_with(['.', ':', ';', '!', '?']);
                let wrapped = open && raw.text.starts_with(char::is_lowercase);
                line.text.len() + raw.text.len() < LONGEST
                    && match line.mark {
                        Mark::Item(_) => (before == Before::Item && raw.indent > 0) || wrapped,
                        Mark::Paragraph => wrapped,
                        _ => false,
                    }
            });
        match self.last() {
            Some(line) if continues => {
                line.text.push(' ');
                line.text.push_str(&raw.text);
            }
            _ => {
                if !continues && raw.indent == 0 {
                    self.lists.clear();
                }
                self.push(Line::new(raw.text.as_str(), Mark::Paragraph));
            }
        }
        if continues {
            self.before = before;
        }
    }
}

/// Gives each section what it is about. The only heading of the first level is a title, and announces nothing.
fn inherit(sections: &mut [Section]) {
    let mut first_level = sections.iter_mut().filter(|s| s.level == 1 && !s.heading.is_empty());
    if let (Some(title), None) = (first_level.next(), first_level.next()) {
        title.own = None;
    }
    let mut above: Vec<(u8, Option<Topic>)> = Vec::new();
    for section in sections {
        while above.last().is_some_and(|(level, _)| *level >= section.level) {
            above.pop();
        }
        let parent = above.last().and_then(|(_, topic)| *topic);
        section.topic = match (section.own, parent) {
            (None, parent) => parent,
            // A deliverable may be called as a part of a brief is: "Présentation orale", "Présentation du contexte".
            (
                Some(Topic::Oral | Topic::Context | Topic::Modalities | Topic::Resources | Topic::Title),
                Some(Topic::Deliverables),
            )
            | (Some(Topic::Bloc | Topic::Context | Topic::Deliverables | Topic::Team), Some(Topic::Competencies)) => {
                parent
            }
            (own, _) => own,
        };
        above.push((section.level, section.topic));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use std::fmt::Write as _;

    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let mut shown = String::new();
        for section in outline(text) {
            if !section.heading.is_empty() || !section.lines.is_empty() {
                writeln!(shown, "# {} {:?}", section.heading, section.topic).expect("a string takes everything");
            }
            for line in section.lines {
                writeln!(shown, "{:?} {}", line.mark, line.text).expect("a string takes everything");
            }
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn markdown() {
        check(
            "# Titre du cas\n\nIntro\nsuite\n\n## Livrables\n\n- **Rapport** :\n  - plan\n  - annexes\n- Oral\n\n### Présentation orale\nSupport\n\nJury\n----\n| Qui | Combien |\n|---|:--:|\n| pros | 2 |\n",
            &expect![[r#"
                # Titre du cas None
                Paragraph Intro suite
                # Livrables Some(Deliverables)
                Item(1) Rapport :
                Item(2) plan
                Item(2) annexes
                Item(1) Oral
                # Présentation orale Some(Deliverables)
                Paragraph Support
                # Jury Some(Jury)
                Header(["Qui", "Combien"]) Qui | Combien
                Row(["pros", "2"]) pros | 2
            "#]],
        );
    }

    #[test]
    fn paste_from_a_word_processor() {
        check(
            "MSPR\u{a0}: refondre le parc\r\n\r\nLIVRABLES ATTENDUS :\r\n•\tRapport d’audit\r\no\tcartographie\r\no\trisques\r\n•\tPlan\r\n\r\n2. Constitution des groupes\r\nPar 4.\r\nJury\t2 professionnels\tsalle 3\r\n",
            &expect![[r#"
                #  None
                Paragraph MSPR : refondre le parc
                # LIVRABLES ATTENDUS Some(Deliverables)
                Item(1) Rapport d’audit
                Item(2) cartographie
                Item(2) risques
                Item(1) Plan
                # Constitution des groupes Some(Team)
                Paragraph Par 4.
                Row(["Jury", "2 professionnels", "salle 3"]) Jury | 2 professionnels | salle 3
            "#]],
        );
    }

    #[test]
    fn a_whole_brief_as_one_list() {
        check(
            "- Contexte :\n  - une mairie\n- Livrables :\n  - rapport\n  - maquette\n- Jury : deux personnes\n",
            &expect![[r"
                # Contexte Some(Context)
                Item(2) une mairie
                # Livrables Some(Deliverables)
                Item(2) rapport
                Item(2) maquette
                #  Some(Deliverables)
                Item(1) Jury : deux personnes
            "]],
        );
    }
}
