//! Words as they are drawn: which letters there are, how wide they are, where they are cut.
//!
//! The fonts travel with the program, so that a picture is the same everywhere: Atkinson Hyperlegible Next, made for
//! people who see badly, and DejaVu Sans for the scripts that it lacks. What neither has (most emoji) is left out as a whole
//! letter, never shown as an empty box. Everything drawn is a [`Line`], which only this module makes: no text reaches a
//! picture with control characters, marks that cover the lines around, or a width that nobody knows.
//!
//! Widths are sums of the letters' own: what joins or draws letters together makes a line a little narrower, so that a
//! width is the most that a line takes.

use crate::domain::limits::visible;
use skrifa::instance::{LocationRef, Size as Unit};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider, charmap::Charmap};
use std::fmt;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

pub(super) const REGULAR: &[u8] = include_bytes!("fonts/AtkinsonHyperlegibleNext-Regular.ttf");
pub(super) const BOLD: &[u8] = include_bytes!("fonts/AtkinsonHyperlegibleNext-Bold.ttf");
pub(super) const FALLBACK: &[u8] = include_bytes!("fonts/DejaVuSans.ttf");

/// The families in the order in which they are tried, as SVG names them; the last two are for programs that show an SVG
/// without these fonts.
pub(super) const FAMILIES: &str = "Atkinson Hyperlegible Next, DejaVu Sans, Verdana, sans-serif";
/// The first of them.
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
        let kept = kept.trim_end_matches([' ', '\u{a0}', ',', ';', ':', '.', '(', '«']);
        Self::of(format!("{kept}…"), style)
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
        let width = width(&words, style);
        Self { words, style, width }
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

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// Which letters a font has, and how wide they are.
struct Face {
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    /// Units of the font in the size of a letter.
    em: f64,
}

impl Face {
    fn of(bytes: &'static [u8]) -> Self {
        let font = FontRef::new(bytes).expect("the fonts are in the program");
        let (unit, place) = (Unit::unscaled(), LocationRef::default());
        let em = f64::from(font.metrics(unit, place).units_per_em);
        Self { letters: font.charmap(), widths: font.glyph_metrics(unit, place), em }
    }
}

/// The faces of a weight, in the order in which they are tried.
struct Faces([Face; 2]);

impl Faces {
    /// The width of a character in the first face that has it, in pixels for letters one pixel large; marks have none.
    fn advance(&self, c: char) -> Option<f64> {
        let (face, glyph) = self.0.iter().find_map(|face| Some((face, face.letters.map(c)?)))?;
        if is_mark(c) {
            return Some(0.0);
        }
        Some(f64::from(face.widths.advance_width(glyph)?) / face.em)
    }
}

fn faces(weight: Weight) -> &'static Faces {
    static FACES: LazyLock<[Faces; 2]> =
        LazyLock::new(|| [REGULAR, BOLD].map(|first| Faces([first, FALLBACK].map(Face::of))));
    match weight {
        Weight::Regular => &FACES[0],
        Weight::Bold => &FACES[1],
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
            if !marks_alone && shown.chars().all(|c| faces.advance(c).is_some()) {
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
    text.chars().filter_map(|c| faces.advance(c)).sum::<f64>() * style.size.px()
}

/// Marks that stand over or under the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
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
        assert_eq!(drawable("👾👾"), "");
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
        assert_eq!(cut("anticonstitutionnellement", 80.0), "anticonstit…");
        assert_eq!(cut("mot", 1.0), "…");
    }

    #[test]
    fn lines_follow_one_another() {
        let told = |text: &str, most| -> Vec<String> {
            Line::wrapped(text, BODY, 110.0, most).iter().map(ToString::to_string).collect()
        };
        assert_eq!(told("Analyse des besoins et cadrage", 3), ["Analyse des", "besoins et", "cadrage"]);
        assert_eq!(told("Analyse des besoins et cadrage", 2), ["Analyse des", "besoins et…"]);
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
