//! The fonts of the program: which letters they have, and how wide.

use super::Weight;
use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use std::sync::LazyLock;

pub(in crate::pictures) const REGULAR: &[u8] = include_bytes!("../fonts/AtkinsonHyperlegibleNext-Regular.ttf");
pub(in crate::pictures) const BOLD: &[u8] = include_bytes!("../fonts/AtkinsonHyperlegibleNext-Bold.ttf");
pub(in crate::pictures) const FALLBACK: &[u8] = include_bytes!("../fonts/DejaVuSans.ttf");

/// Which letters a font has, and how wide they are.
pub(super) struct Face {
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    /// Units of the font in the size of a letter.
    em: f64,
}

impl Face {
    fn of(bytes: &'static [u8]) -> Self {
        let font = FontRef::new(bytes).expect("the fonts are in the program");
        let (unit, place) = (Size::unscaled(), LocationRef::default());
        let em = f64::from(font.metrics(unit, place).units_per_em);
        Self { letters: font.charmap(), widths: font.glyph_metrics(unit, place), em }
    }

    /// Whether it has a character.
    pub(super) fn has(&self, c: char) -> bool {
        self.letters.map(c).is_some()
    }
}

/// The faces of a weight, in the order in which they are tried.
pub(super) struct Faces([Face; 2]);

impl Faces {
    /// The first face, and the one that is taken for what it lacks.
    pub(super) fn each(&self) -> (&Face, &Face) {
        (&self.0[0], &self.0[1])
    }

    /// The width of a letter with its marks in the first face that has all of it, in pixels for letters one pixel large; none
    /// where no face has.
    pub(super) fn advance(&self, letter: &str) -> Option<f64> {
        self.0.iter().find_map(|face| {
            let widths = letter.chars().map(|c| {
                let glyph = face.letters.map(c)?;
                // A mark stands over the letter before it.
                let width = if is_mark(c) { 0.0 } else { f64::from(face.widths.advance_width(glyph)?) };
                Some(width / face.em)
            });
            widths.sum()
        })
    }
}

/// The faces of a weight.
pub(super) fn faces(weight: Weight) -> &'static Faces {
    static FACES: LazyLock<[Faces; 2]> =
        LazyLock::new(|| [REGULAR, BOLD].map(|first| Faces([first, FALLBACK].map(Face::of))));
    match weight {
        Weight::Regular => &FACES[0],
        Weight::Bold => &FACES[1],
    }
}

/// The width of words in the fallback font with their letters joined as their script wants it, in pixels for letters one pixel
/// large.
pub(super) fn joined(words: &str) -> f64 {
    static SHAPER: LazyLock<(FontRef<'static>, ShaperData)> = LazyLock::new(|| {
        let font = FontRef::new(FALLBACK).expect("the fonts are in the program");
        let data = ShaperData::new(&font);
        (font, data)
    });
    let (font, data) = &*SHAPER;
    let face = data.shaper(font).build();
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(words);
    buffer.guess_segment_properties();
    let shaped = face.shape(buffer, ShapeOptions::new());
    let advances = shaped.glyph_positions().iter().map(|glyph| f64::from(glyph.x_advance));
    advances.sum::<f64>() / f64::from(face.units_per_em())
}

/// Marks that stand over or under the letter before them.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}
