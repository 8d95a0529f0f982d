//! Words as they are drawn: which letters there are, how wide they are, where they are cut.
//!
//! The fonts travel with the program, so that a picture is the same everywhere: Atkinson Hyperlegible Next, made for
//! people who see badly, and `DejaVu Sans` for the scripts that it lacks. What neither has (most emoji) is left out as a whole
//! letter, never shown as an empty box. Everything drawn is a [`Line`], which only this module makes: no text reaches a
//! picture with control characters, marks that cover the lines around, or a width that nobody knows.
//!
//! Widths are sums of the letters' own, and for scripts whose letters join, of what they are when joined: what draws letters
//! together makes a line a little narrower, so that a width is the most that a line takes.

mod faces;

pub(super) use faces::{BOLD, FALLBACK, REGULAR};

use crate::domain::limits::visible;
use faces::{faces, is_mark, joined};
use std::fmt;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The families in the order in which they are tried, as SVG names them; those after the first are for programs that show an
/// SVG without our fonts: the elder of ours, then fonts whose letters are told apart as well, of which most computers have one.
pub(super) const FAMILIES: &str =
    "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Verdana, DejaVu Sans, Segoe UI, sans-serif";
/// The same for letters that the first lacks.
pub(super) const FALLBACK_FAMILIES: &str = "DejaVu Sans, Verdana, sans-serif";
/// The first family.
pub(super) const FAMILY: &str = "Atkinson Hyperlegible Next";

/// Longest text that is looked at, in bytes; no field of ours is longer, and what is longer would be cut anyway.
const LONGEST: usize = 4_096;
/// Most characters of one letter with its marks.
const LETTER: usize = 5;

/// How large letters are, in pixels of a picture 800 wide; none is under 11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// 11.5: what stands beside a name.
    Small,
    /// 13: names.
    Body,
    /// 15: headings.
    Heading,
    /// 20: what the picture is.
    Title,
}

impl Size {
    /// In pixels.
    #[must_use]
    pub fn px(self) -> f64 {
        match self {
            Self::Small => 11.5,
            Self::Body => 13.0,
            Self::Heading => 15.0,
            Self::Title => 20.0,
        }
    }

    /// From one line to the next, in pixels.
    #[must_use]
    pub fn leading(self) -> f64 {
        match self {
            Self::Small => 15.0,
            Self::Body => 17.0,
            Self::Heading => 20.0,
            Self::Title => 26.0,
        }
    }
}

/// How strong letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// As in a text.
    Regular,
    /// As in a heading.
    Bold,
}

/// How words are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Type {
    /// How large.
    pub size: Size,
    /// How strong.
    pub weight: Weight,
}

impl Type {
    /// Letters of a text.
    #[must_use]
    pub const fn regular(size: Size) -> Self {
        Self { size, weight: Weight::Regular }
    }

    /// Letters of a heading.
    #[must_use]
    pub const fn bold(size: Size) -> Self {
        Self { size, weight: Weight::Bold }
    }
}

/// One line of words that can be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    words: String,
    style: Type,
    width: f64,
}

impl Line {
    /// The words on one line, however wide; what no font has is left out.
    #[must_use]
    pub fn new(text: &str, style: Type) -> Self {
        Self::of(drawable(text), style)
    }

    /// The words on one line that is no wider than `room`: cut after a word if that leaves half of it, else within a word,
    /// always between two letters, with an ellipsis.
    #[must_use]
    pub fn cut(text: &str, style: Type, room: f64) -> Self {
        let text = drawable(text);
        if width(&text, style) <= room {
            return Self::of(text, style);
        }
        let fits = head(&text, style, room - width("…", style));
        let at_word = fits.rsplit_once(' ').map_or("", |(head, _)| head);
        let kept = if at_word.len() * 2 > fits.len() { at_word } else { fits };
        let kept = kept.trim_end_matches([' ', '\u{a0}', ',', ';', ':', '.', '·', '(', '«']);
        // A mark without a shape keeps the ellipsis at the end of what is read from right to left.
        let is_leftward = kept.chars().rev().find(|c| c.is_alphabetic()).is_some_and(is_leftward);
        let mark = if is_leftward { "\u{200f}" } else { "" };
        Self::of(format!("{kept}…{mark}"), style)
    }

    /// The words on as many lines as they need, `most` at most, of which the last is cut.
    #[must_use]
    pub fn wrapped(text: &str, style: Type, room: f64, most: usize) -> Vec<Self> {
        let text = drawable(text);
        let mut rest = text.as_str();
        let mut lines = Vec::new();
        while !rest.is_empty() && lines.len() + 1 < most && width(rest, style) > room {
            let fits = head(rest, style, room);
            // A word that is wider than a line is broken; at least one letter is always taken.
            let whole = if rest[fits.len()..].starts_with(' ') { Some(fits.len()) } else { fits.rfind(' ') };
            let first = rest.graphemes(true).next().map_or(rest.len(), str::len);
            let end = whole.filter(|end| *end > 0).unwrap_or(fits.len()).max(first);
            lines.push(Self::of(rest[..end].trim_end().to_owned(), style));
            rest = rest[end..].trim_start();
        }
        if !rest.is_empty() && most > 0 {
            lines.push(Self::cut(rest, style, room));
        }
        lines
    }

    fn of(words: String, style: Type) -> Self {
        let mut line = Self { words, style, width: 0.0 };
        line.width = line.runs().iter().map(|run| run.width).sum();
        line
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// How they are written.
    #[must_use]
    pub fn style(&self) -> Type {
        self.style
    }

    /// The words in stretches of one font each, in the order in which they are written, with the families to try and the width
    /// of each. A renderer would otherwise take the whole line from another font for a single letter, at another width.
    #[must_use]
    pub fn runs(&self) -> Vec<Run<'_>> {
        let (first, second) = faces(self.style.weight).each();
        // Where each stretch begins, and whether the first font lacks its letters.
        let mut starts: Vec<(usize, bool)> = Vec::new();
        let mut waiting = None;
        for (at, letter) in self.words.grapheme_indices(true) {
            let lacks = !letter.chars().all(|c| first.has(c));
            let is_other = starts.last().is_some_and(|(_, lacks)| *lacks);
            if is_other && !letter.chars().any(char::is_alphabetic) && letter.chars().all(|c| second.has(c)) {
                // What stands between letters of another script, or after the last of them, is written as they are: in their
                // direction.
                waiting.get_or_insert(at);
                continue;
            }
            if starts.is_empty() || is_other != lacks {
                starts.push((waiting.filter(|_| is_other).unwrap_or(at), lacks));
            }
            waiting = None;
        }
        let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([self.words.len()]);
        let runs = starts.iter().zip(ends).map(|((from, lacks), to)| {
            let words = &self.words[*from..to];
            let families = if *lacks { FALLBACK_FAMILIES } else { FAMILIES };
            let mut width = width(words, self.style);
            if *lacks && words.chars().any(is_leftward) {
                width = width.min(joined(words) * self.style.size.px());
            }
            Run { words, families, width }
        });
        runs.collect()
    }

    /// The most that they take, in pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Whether nothing is drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// A stretch of a line in one font.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run<'a> {
    /// The words.
    pub words: &'a str,
    /// The families to try, as SVG names them.
    pub families: &'static str,
    /// The most that they take, in pixels.
    pub width: f64,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// What can be drawn of a text, on one line: white space is a space, letters that no font has are gone.
#[must_use]
pub fn drawable(text: &str) -> String {
    let end = (0..=text.len().min(LONGEST)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let composed: String = visible(&text[..end]).nfc().collect();
    let mut out = String::with_capacity(composed.len());
    for letter in composed.graphemes(true) {
        if letter.chars().all(|c| c.is_whitespace() || c.is_control()) {
            // Spaces that keep words together still do.
            let space = if letter.contains(['\u{a0}', '\u{202f}']) { '\u{a0}' } else { ' ' };
            if !out.is_empty() && !out.ends_with([' ', '\u{a0}']) {
                out.push(space);
            }
        } else {
            let shown: String = letter.chars().filter(|c| !is_selector(*c)).take(LETTER).collect();
            let faces = faces(Weight::Regular);
            let marks_alone = shown.chars().all(is_mark);
            if !marks_alone && faces.advance(&shown).is_some() {
                out.push_str(&shown);
            }
        }
    }
    let kept = out.trim_end_matches([' ', '\u{a0}']).len();
    out.truncate(kept);
    out
}

/// The longest beginning that is no wider than `room`, cut between two letters.
fn head(text: &str, style: Type, room: f64) -> &str {
    let mut taken = 0.0;
    for (at, letter) in text.grapheme_indices(true) {
        taken += width(letter, style);
        if taken > room {
            return &text[..at];
        }
    }
    text
}

/// The width of a text that can be drawn, in pixels.
fn width(text: &str, style: Type) -> f64 {
    let faces = faces(style.weight);
    // What takes its font from its neighbours may be a little narrower or wider there.
    text.graphemes(true).filter_map(|letter| faces.advance(letter)).sum::<f64>() * style.size.px()
}

/// Letters of scripts that are written from right to left.
fn is_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Joiners and selectors, which say how the characters beside them are drawn where a font knows how.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BODY: Type = Type::regular(Size::Body);

    #[test]
    fn what_no_font_has_is_left_out_whole() {
        assert_eq!(drawable("Dossier 👩🏽\u{200d}💻 final"), "Dossier final");
        assert_eq!(drawable("<script>\u{0}\u{7}x\t\ny</script>"), "<script>x y</script>");
        assert_eq!(drawable("e\u{301}te\u{301} à 18\u{202f}h"), "été à 18\u{a0}h");
        assert_eq!(drawable("Ελληνικά и русский"), "Ελληνικά и русский");
        assert_eq!(drawable("تصميم العرض"), "تصميم العرض");
        assert_eq!(drawable("👾"), "");
        assert_eq!(drawable(""), "");
    }

    #[test]
    fn a_letter_has_few_marks() {
        let zalgo = format!("a{}b", "\u{315}\u{31b}".repeat(200));
        assert!(drawable(&zalgo).chars().count() <= 2 + 2 * LETTER, "{}", drawable(&zalgo));
    }

    #[test]
    fn long_names_are_cut_after_a_word() {
        let cut = |text: &str, room| Line::cut(text, BODY, room).words().to_owned();
        assert_eq!(cut("court", 100.0), "court");
        assert_eq!(cut("Analyse des besoins et cadrage du projet", 120.0), "Analyse des…");
        assert_eq!(cut("anticonstitutionnellement", 80.0), "anticonstitut…");
        assert_eq!(cut("mot", 1.0), "…");
        assert!(cut("عرض المشروع النهائي", 80.0).ends_with("…\u{200f}"));
    }

    #[test]
    fn each_stretch_is_in_one_font() {
        let runs = |text: &str| -> Vec<String> {
            let line = Line::new(text, BODY);
            let widths: f64 = line.runs().iter().map(|run| run.width).sum();
            assert!((widths - line.width()).abs() < 0.5, "{text}");
            line.runs().iter().map(|run| run.words.to_owned()).collect()
        };
        assert_eq!(runs("Alice et Bob · 2\u{a0}h"), ["Alice et Bob · 2\u{a0}h"]);
        assert_eq!(runs("Alice et بوب · 6\u{a0}h"), ["Alice et ", "بوب", " · 6\u{a0}h"]);
        assert_eq!(runs("عرض المشروع 2026…"), ["عرض المشروع 2026…"]);
        assert_eq!(runs("4 → 5"), ["4 ", "→ 5"]);
        assert_eq!(runs(""), Vec::<String>::new());
    }

    #[test]
    fn lines_follow_one_another() {
        let told = |text: &str, most| -> Vec<String> {
            Line::wrapped(text, BODY, 110.0, most).iter().map(ToString::to_string).collect()
        };
        assert_eq!(told("Analyse des besoins et cadrage", 3), ["Analyse des", "besoins et cadrage"]);
        assert_eq!(told("Analyse des besoins et cadrage", 1), ["Analyse des…"]);
        assert_eq!(told("", 2), Vec::<String>::new());
        let broken = told(&"x".repeat(300), 2);
        assert!(broken.len() == 2 && broken[1].ends_with('…'), "{broken:?}");
    }

    #[test]
    fn bold_is_wider_and_large_is_larger() {
        let width = |style| Line::new("Soutenance", style).width();
        assert!(width(Type::bold(Size::Body)) > width(BODY));
        let ratio = width(Type::regular(Size::Title)) / width(BODY);
        assert!((ratio - 20.0 / 13.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room(text in "\\PC{0,80}", room in 20.0..300.0, most in 1usize..4) {
            let lines = Line::wrapped(&text, BODY, room, most);
            prop_assert!(lines.len() <= most);
            prop_assert!(lines.iter().all(|line| line.width() <= room + 1e-6 && !line.is_empty()));
            prop_assert!(Line::cut(&text, BODY, room).width() <= room + 1e-6);
        }

        #[test]
        fn drawing_twice_is_drawing_once(text in any::<String>()) {
            let once = drawable(&text);
            prop_assert!(!once.chars().any(char::is_control));
            prop_assert_eq!(drawable(&once), once);
        }
    }
}
