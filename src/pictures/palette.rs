//! The colours of the pictures, by what they mean, on a light and on a dark background.
//!
//! Every colour in which words are written stands at least 4.5 to 1 against every background they may stand on, and every
//! line that says something at least 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11): the tests compute it. No colour says anything
//! alone: a state has a pattern and a word too, which is up to whoever draws.

use crate::domain::display::Theme;

/// A colour of a screen (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// As SVG writes it: `#1b1f24`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// The contrast of two colours, from 1 (alike) to 21 (black on white), as WCAG 2.2 computes it.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// The background of the whole.
    Background,
    /// The background of a heading.
    Band,
    /// The background of days on which people don't work.
    Rest,
    /// Lines that only help the eye: they say nothing, and may be faint.
    Rule,
    /// Words.
    Text,
    /// Words of less weight.
    Quiet,
    /// What is done.
    Done,
    /// What is to be done.
    Open,
    /// What is late.
    Late,
    /// What can't go on.
    Blocked,
    /// What decides the date.
    Critical,
    /// What leads from one thing to the next.
    Link,
    /// Now.
    Today,
    /// The last date.
    Deadline,
    /// The defence.
    Defence,
}

impl Ink {
    /// Every one.
    pub const ALL: [Self; 15] = [
        Self::Background,
        Self::Band,
        Self::Rest,
        Self::Rule,
        Self::Text,
        Self::Quiet,
        Self::Done,
        Self::Open,
        Self::Late,
        Self::Blocked,
        Self::Critical,
        Self::Link,
        Self::Today,
        Self::Deadline,
        Self::Defence,
    ];

    /// The backgrounds on which words and marks stand.
    pub const GROUNDS: [Self; 3] = [Self::Background, Self::Band, Self::Rest];

    /// Its name in the picture's own code.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Background => "background",
            Self::Band => "band",
            Self::Rest => "rest",
            Self::Rule => "rule",
            Self::Text => "text",
            Self::Quiet => "quiet",
            Self::Done => "done",
            Self::Open => "open",
            Self::Late => "late",
            Self::Blocked => "blocked",
            Self::Critical => "critical",
            Self::Link => "link",
            Self::Today => "today",
            Self::Deadline => "deadline",
            Self::Defence => "defence",
        }
    }

    /// Its colour.
    #[must_use]
    pub fn colour(self, theme: Theme) -> Colour {
        let (light, dark) = match self {
            Self::Background => (Colour(0xff, 0xff, 0xff), Colour(0x14, 0x18, 0x1d)),
            Self::Band => (Colour(0xe9, 0xee, 0xf3), Colour(0x2c, 0x35, 0x3f)),
            Self::Rest => (Colour(0xe6, 0xe4, 0xdd), Colour(0x2a, 0x2f, 0x36)),
            Self::Rule => (Colour(0xd3, 0xd9, 0xe0), Colour(0x3a, 0x43, 0x4d)),
            Self::Text | Self::Critical => (Colour(0x16, 0x1b, 0x21), Colour(0xf2, 0xf5, 0xf8)),
            Self::Quiet | Self::Link => (Colour(0x4c, 0x57, 0x63), Colour(0xb7, 0xc1, 0xcc)),
            Self::Done => (Colour(0x1e, 0x6b, 0x45), Colour(0x6f, 0xd1, 0x9b)),
            Self::Open => (Colour(0x1c, 0x58, 0xa3), Colour(0x7c, 0xb8, 0xff)),
            Self::Late | Self::Deadline => (Colour(0xb0, 0x1e, 0x1e), Colour(0xff, 0x8f, 0x86)),
            Self::Blocked => (Colour(0x87, 0x49, 0x00), Colour(0xff, 0xb8, 0x55)),
            Self::Today => (Colour(0x73, 0x20, 0x9b), Colour(0xd9, 0xa3, 0xff)),
            Self::Defence => (Colour(0x0a, 0x66, 0x6b), Colour(0x5f, 0xd3, 0xd9)),
        };
        match theme {
            Theme::Light => light,
            Theme::Dark => dark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // The lightest grey that may be read on white.
        assert!((Colour(0x76, 0x76, 0x76).contrast(white) - 4.54).abs() < 0.005);
    }

    #[test]
    fn everything_that_says_something_can_be_read_on_every_ground() {
        for theme in [Theme::Light, Theme::Dark] {
            for ink in Ink::ALL {
                if Ink::GROUNDS.contains(&ink) || ink == Ink::Rule {
                    continue;
                }
                for ground in Ink::GROUNDS {
                    let contrast = ink.colour(theme).contrast(ground.colour(theme));
                    assert!(contrast >= 4.5, "{ink:?} on {ground:?}, {theme:?}: {contrast:.2}");
                }
            }
        }
    }

    #[test]
    fn days_without_work_are_seen_on_a_small_screen() {
        for theme in [Theme::Light, Theme::Dark] {
            let contrast = Ink::Rest.colour(theme).contrast(Ink::Background.colour(theme));
            assert!(contrast >= 1.25, "{theme:?}: {contrast:.2}");
        }
    }

    #[test]
    fn names_are_told_apart() {
        let mut names: Vec<&str> = Ink::ALL.iter().map(|ink| ink.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Ink::ALL.len());
    }
}
