//! Where a text that is too long is cut: after a line or a sentence, else at white space, else between two characters.

use super::{html::Html, limits::json_bytes, span};
use vigie_chat::{Span, Text};

/// Most bytes of the marks around the words of a span.
const MARKS: usize = 20;

/// Most bytes that a line end takes: `<br>`, and the same in plain words.
const LINE_END: usize = 6;

/// A text of which parts are taken, one after another.
#[derive(Debug)]
pub(super) struct Cutter<'t> {
    spans: &'t [Span],
    /// Which span comes next, and from which byte on.
    next: (usize, usize),
}

impl<'t> Cutter<'t> {
    /// All of a text that [`Teller`](super::tell::Teller) told.
    pub(super) fn new(text: &'t Text) -> Self {
        Self { spans: text.spans(), next: (0, 0) }
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.next.0 >= self.spans.len()
    }

    /// The most that takes `room` bytes at most; one character or span at least.
    pub(super) fn take(&mut self, room: usize) -> Text {
        let end = self.border(room);
        let mut taken = Text::new();
        let (first, mut from) = self.next;
        for (rank, span) in self.spans.iter().enumerate().skip(first).take(end.0 + 1 - first) {
            match splittable(span) {
                Some(words) => {
                    let to = if rank == end.0 { end.1 } else { words.len() };
                    taken = taken.span(with_words(span, &words[from..to]));
                }
                None if rank < end.0 => taken = taken.span(span.clone()),
                None => {}
            }
            from = 0;
        }
        self.next = end;
        self.skip_blank();
        taken
    }

    /// Passes over white space that would begin the next part.
    fn skip_blank(&mut self) {
        while let Some(span) = self.spans.get(self.next.0) {
            let Some(words) = splittable(span) else { return };
            let rest = &words[self.next.1..];
            let trimmed = rest.trim_start();
            if !trimmed.is_empty() {
                self.next.1 += rest.len() - trimmed.len();
                return;
            }
            self.next = (self.next.0 + 1, 0);
        }
    }

    /// Where the part ends that begins at `next`.
    fn border(&self, room: usize) -> (usize, usize) {
        let mut borders = Borders { room, ..Borders::default() };
        let mut bytes = 0;
        let mut before = ' ';
        let (first, mut from) = self.next;
        for (rank, span) in self.spans.iter().enumerate().skip(first) {
            if rank > first {
                borders.note((rank, 0), Border::Character, bytes);
            }
            bytes += MARKS;
            match splittable(span) {
                None => {
                    bytes += atom_bytes(span);
                    before = ' ';
                    if bytes > room {
                        return borders.best().unwrap_or((rank + 1, 0));
                    }
                }
                Some(words) => {
                    for (at, c) in words[from..].char_indices() {
                        let here = (rank, from + at);
                        if here != self.next {
                            borders.note(here, Border::between(before, c), bytes);
                        }
                        bytes += char_bytes(c);
                        if bytes > room {
                            return borders.best().unwrap_or((rank, here.1 + c.len_utf8()));
                        }
                        before = c;
                    }
                }
            }
            from = 0;
        }
        (self.spans.len(), 0)
    }
}

/// How good a border is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Border {
    Sentence,
    Space,
    Character,
    /// Within what is seen as one character.
    Within,
}

impl Border {
    fn between(before: char, c: char) -> Self {
        if before == '\n' {
            Self::Sentence
        } else if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' {
            if matches!(before, '.' | '!' | '?' | '…' | ';') { Self::Sentence } else { Self::Space }
        } else if joins(before, c) {
            Self::Within
        } else {
            Self::Character
        }
    }
}

/// The last border of each kind, and how much stands before it.
#[derive(Debug, Default)]
struct Borders {
    room: usize,
    sentence: Option<((usize, usize), usize)>,
    space: Option<((usize, usize), usize)>,
    character: Option<(usize, usize)>,
    within: Option<(usize, usize)>,
}

impl Borders {
    fn note(&mut self, here: (usize, usize), border: Border, bytes: usize) {
        match border {
            Border::Sentence => self.sentence = Some((here, bytes)),
            Border::Space => self.space = Some((here, bytes)),
            Border::Character => self.character = Some(here),
            Border::Within => self.within = Some(here),
        }
    }

    /// A good border counts unless it leaves half of the room empty.
    fn best(&self) -> Option<(usize, usize)> {
        let good = |(here, bytes): ((usize, usize), usize)| (bytes * 2 >= self.room).then_some(here);
        let any = || self.character.max(self.space.map(|(here, _)| here)).max(self.sentence.map(|(here, _)| here));
        self.sentence.and_then(good).or_else(|| self.space.and_then(good)).or_else(any).or(self.within)
    }
}

/// Whether two characters are seen as one: marks on a letter, parts of an emoji.
fn joins(before: char, c: char) -> bool {
    before == '\u{200d}'
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn char_bytes(c: char) -> usize {
    match c {
        '\n' => LINE_END,
        '&' => 6,
        '<' | '>' => 5,
        '"' | '\\' => 4,
        // `&nbsp;`
        '\u{a0}' => 8,
        c => 2 * c.len_utf8(),
    }
}

fn atom_bytes(span: &Span) -> usize {
    let text = Text::from(span.clone());
    json_bytes(&Html::of(|html| span::write(&text, html))) + json_bytes(&text.words())
}

fn splittable(span: &Span) -> Option<&str> {
    match span {
        Span::Plain(words) | Span::Strong(words) | Span::Emphasis(words) | Span::Code(words) => Some(words),
        _ => None,
    }
}

fn with_words(span: &Span, words: &str) -> Span {
    let words = words.to_owned();
    match span {
        Span::Strong(_) => Span::Strong(words),
        Span::Emphasis(_) => Span::Emphasis(words),
        Span::Code(_) => Span::Code(words),
        _ => Span::Plain(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &Text, room: usize, parts: &[&str]) {
        let mut cutter = Cutter::new(text);
        let mut found = Vec::new();
        while !cutter.is_done() {
            found.push(cutter.take(room).words());
        }
        assert_eq!(found, parts);
    }

    #[test]
    fn a_text_is_cut_after_sentences_then_words_then_characters() {
        check(&"Un deux. Trois quatre. Cinq".into(), 70, &["Un deux. Trois quatre.", "Cinq"]);
        check(&"Un deux trois quatre cinq".into(), 60, &["Un deux trois quatre", "cinq"]);
        check(&"abcdefghij".into(), 30, &["abcde", "fghij"]);
        check(&"Un\ndeux\ntrois".into(), 44, &["Un\ndeux\n", "trois"]);
    }

    #[test]
    fn what_is_seen_as_one_character_stays_whole() {
        check(&"aae\u{301}b".into(), 26, &["aa", "e\u{301}", "b"]);
        check(&"👩\u{200d}🏫👩\u{200d}🏫".into(), 60, &["👩\u{200d}🏫", "👩\u{200d}🏫"]);
    }

    #[test]
    fn marks_go_on_after_a_cut() {
        let text = Text::new().strong("un deux trois quatre").plain(" cinq");
        let mut cutter = Cutter::new(&text);
        assert_eq!(cutter.take(45), Text::new().strong("un deux"));
        assert_eq!(cutter.take(500), Text::new().strong("trois quatre").plain(" cinq"));
        assert!(cutter.is_done());
    }

    #[test]
    fn a_link_is_never_cut() {
        let text = Text::from("Voir ").link("le guide", "https://ecole.example".parse().expect("a valid address"));
        check(&text, 60, &["Voir ", "le guide (https://ecole.example)"]);
    }
}
