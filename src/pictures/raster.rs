//! From SVG to PNG, with the fonts of the program and no others.

use super::colours::reduced;
use super::lettering::{BOLD, FALLBACK, FAMILY, REGULAR};
use super::paper::at_ease;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{self, Options, Tree};
use std::sync::{Arc, LazyLock};

/// Most pixels of a picture that is drawn larger than its SVG: more take too long to draw and to send.
const COMFORTABLE: u32 = 5_000_000;
/// Most pixels of a picture at all: 800 by 25,000, which takes seconds and 80 MB.
const MOST: u32 = 20_000_000;

/// A picture couldn't be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// It has too many pixels.
    #[error("the picture would be {width} by {height} pixels: show less of it at a time")]
    TooLarge {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// resvg doesn't take the SVG.
    #[error("the picture's SVG can't be read: {0}")]
    Svg(#[from] usvg::Error),
    /// The pixels can't be written as PNG.
    #[error("the picture can't be written as PNG: {0}")]
    Png(#[from] png::EncodingError),
}

fn fonts() -> Arc<Database> {
    static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut fonts = Database::new();
        for font in [REGULAR, BOLD, FALLBACK] {
            fonts.load_font_data(font.to_vec());
        }
        Arc::new(fonts)
    });
    Arc::clone(&FONTS)
}

/// The SVG as PNG: opaque, so that a viewer's own background never shows.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, DrawError> {
    let options = Options { fontdb: fonts(), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(&at_ease(svg), &options)?;
    let size = tree.size().to_int_size();
    let (width, height) = (size.width(), size.height());
    let pixels = |halves: u32| width.saturating_mul(height).saturating_mul(halves * halves) / 4;
    if pixels(2) > MOST {
        return Err(DrawError::TooLarge { width, height });
    }
    // Twice as large, or one and a half times: heights are even.
    let halves: u16 = [4, 3].into_iter().find(|halves| pixels(u32::from(*halves)) <= COMFORTABLE).unwrap_or(2);
    let (width, height) = (width * u32::from(halves) / 2, height * u32::from(halves) / 2);
    let mut pixmap = Pixmap::new(width, height).ok_or(DrawError::TooLarge { width, height })?;
    let scale = f32::from(halves) / 2.0;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    encoded(&pixmap)
}

/// The pixels as PNG with a palette, which is a third of the size of one without.
fn encoded(pixmap: &Pixmap) -> Result<Vec<u8>, DrawError> {
    let (colours, pixels) = reduced(pixmap.data());
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(colours.concat());
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(4));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::{Paper, Theme, Words};
    use super::*;

    fn size_of(height: f64) -> Result<(u32, u32), DrawError> {
        let bytes = Paper::new(Theme::Dark).finish(height, Words::new("Rien.")).png()?;
        let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
        Ok((reader.info().width, reader.info().height))
    }

    #[test]
    fn the_higher_the_smaller_and_then_none() {
        assert_eq!(size_of(100.0).ok(), Some((1_600, 200)));
        assert_eq!(size_of(2_001.0).ok(), Some((1_200, 3_003)));
        assert_eq!(size_of(6_000.0).ok(), Some((800, 6_000)));
        assert!(matches!(size_of(26_000.0), Err(DrawError::TooLarge { width: 800, height: 26_000 })));
    }
}
