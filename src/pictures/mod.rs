//! Pictures of a team's work: plain values in, SVG or PNG and the same in words out.
//!
//! Commands and views ask for a picture ([`gantt`], [`precedence`]) with values of the domain, and send what comes out; nothing
//! here knows a network, a store, a clock or a file. A picture is written with a [`Paper`], in the colours of [`palette`] and
//! the letters of [`lettering`], and drawn by resvg when somebody asks for its [`Picture::png`], which takes some tens of
//! milliseconds: not on a thread that others wait for.
//!
//! What always holds: the same values make the same bytes; a picture can't be made without its [`Words`]; nothing is said
//! by colour alone; no letters are under 11 pixels on a picture 800 wide; no text covers another.

pub mod axis;
pub mod burn_down;
#[cfg(test)]
mod checks;
pub mod cohort;
mod colours;
pub mod coverage;
mod frame;
pub mod gantt;
pub mod legend;
pub mod lettering;
mod needs;
pub mod palette;
mod paper;
mod planned;
pub mod precedence;
mod raster;
#[cfg(test)]
mod samples;
mod shapes;
mod words;

pub use crate::domain::display::Theme;
pub use palette::Ink;
pub use paper::{Paper, WIDTH};
pub use planned::{Planned, Status};
pub use raster::DrawError;
pub use shapes::{Anchor, Area, Dash, Fill, Pattern, Point, Stroke};
pub use words::Words;

/// A picture, and what it says in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    svg: String,
    words: Words,
    boxes: Vec<Area>,
}

impl Picture {
    /// As SVG 1.1, with its words as title and description.
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// In words, for whoever doesn't see it: one sentence that reads it, then its main facts; 1,000 characters at most.
    #[must_use]
    pub fn words(&self) -> &str {
        self.words.as_str()
    }

    /// Where each line of text stands, in pixels of the SVG: what tests need to see that none covers another.
    #[must_use]
    pub fn boxes(&self) -> &[Area] {
        &self.boxes
    }

    /// As PNG: twice as large as the SVG, or less where that would be too large to send.
    ///
    /// # Errors
    ///
    /// [`DrawError`], for a picture of more pixels than anybody can look at.
    pub fn png(&self) -> Result<Vec<u8>, DrawError> {
        raster::png(&self.svg)
    }
}
