//! What a picture is written on: shapes and lines of words, as SVG.
//!
//! The pictures of this module write on it from the back to the front. Words come as [`Line`]s, colours as [`Ink`]s; what is
//! written is escaped here, once. Nothing is read back, and the order of writing is the order of the bytes.

use super::lettering::{FAMILIES, Line, Run, Type, Weight};
use super::palette::{Colour, Ink};
use super::shapes::{Anchor, Area, Dash, Fill, Pattern, Point, Stroke};
use super::{Picture, Theme, Words};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use std::collections::BTreeSet;

/// Width of a picture in pixels, at which no letters are under 11.
pub const WIDTH: f64 = 800.0;

/// How a viewer makes other letters as long as ours: it changes their shapes, not only the room between them.
const ADJUSTED: &str = "spacingAndGlyphs";

/// A sheet on which a picture is written.
pub struct Paper {
    theme: Theme,
    body: Writer<Vec<u8>>,
    patterns: BTreeSet<(Pattern, Ink)>,
    boxes: Vec<Area>,
}

impl Paper {
    /// An empty sheet, [`WIDTH`] wide.
    #[must_use]
    pub fn new(theme: Theme) -> Self {
        Self { theme, body: Writer::new(Vec::new()), patterns: BTreeSet::new(), boxes: Vec::new() }
    }

    /// A rectangle; its corners are a little round when it has an outline.
    pub fn rect(&mut self, area: Area, fill: Fill, outline: Option<Stroke>) {
        let mut element = BytesStart::new("rect");
        place(&mut element, &[("x", area.x), ("y", area.y), ("width", area.width), ("height", area.height)]);
        if outline.is_some() {
            place(&mut element, &[("rx", 2.0)]);
        }
        self.shape(element, fill, outline);
    }

    /// A disc or a ring.
    pub fn circle(&mut self, centre: Point, radius: f64, fill: Fill, outline: Option<Stroke>) {
        let mut element = BytesStart::new("circle");
        place(&mut element, &[("cx", centre.x), ("cy", centre.y), ("r", radius)]);
        self.shape(element, fill, outline);
    }

    /// A closed shape with these corners.
    pub fn polygon(&mut self, corners: &[Point], fill: Fill, outline: Option<Stroke>) {
        let mut element = BytesStart::new("polygon");
        element.push_attribute(("points", points(corners).as_str()));
        self.shape(element, fill, outline);
    }

    /// A line through these points.
    pub fn line(&mut self, through: &[Point], stroke: Stroke) {
        let mut element = BytesStart::new("polyline");
        element.push_attribute(("points", points(through).as_str()));
        self.shape(element, Fill::None, Some(stroke));
    }

    /// A line of words; `at` is on the line on which letters stand.
    pub fn text(&mut self, line: &Line, at: Point, anchor: Anchor, ink: Ink) {
        if line.is_empty() {
            return;
        }
        let area = extent(line, at, anchor);
        let runs = line.runs();
        match runs.as_slice() {
            [run] => self.run(run, (line.style(), ink), at, anchor),
            runs => {
                let mut x = area.x;
                for run in runs {
                    self.run(run, (line.style(), ink), Point::new(x, at.y), Anchor::Start);
                    x += run.width;
                }
            }
        }
        self.boxes.push(area);
    }

    /// A stretch of one font. Each is an element of its own: within one, letters of other scripts would change the order of
    /// numbers beside them.
    fn run(&mut self, run: &Run<'_>, (style, ink): (Type, Ink), at: Point, anchor: Anchor) {
        let length = number(run.width);
        // Marks that stand on no letter take no room: they would cover what stands beside them.
        if length == "0" {
            return;
        }
        let mut element = BytesStart::new("text");
        place(&mut element, &[("x", at.x), ("y", at.y), ("font-size", style.size.px())]);
        if run.families != FAMILIES {
            element.push_attribute(("font-family", run.families));
        }
        if style.weight == Weight::Bold {
            element.push_attribute(("font-weight", "700"));
        }
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => element.push_attribute(("text-anchor", "middle")),
            Anchor::End => element.push_attribute(("text-anchor", "end")),
        }
        element.push_attribute(("fill", self.colour(ink).hex().as_str()));
        if run.words.starts_with(' ') || run.words.ends_with(' ') {
            element.push_attribute(("xml:space", "preserve"));
        }
        // Whoever opens the SVG may lack the font: another's letters are squeezed or spread into the room that was kept.
        element.push_attribute(("textLength", length.as_str()));
        element.push_attribute(("lengthAdjust", ADJUSTED));
        with_text(&mut self.body, element, run.words);
    }

    /// A line of words on a ground of its own, so that lines behind it don't run through it.
    pub fn label(&mut self, line: &Line, at: Point, anchor: Anchor, (ink, ground): (Ink, Ink)) {
        if line.is_empty() {
            return;
        }
        let area = extent(line, at, anchor);
        let wider = Area::new(area.x - 2.0, area.y, area.width + 4.0, area.height);
        self.rect(wider, Fill::Solid(ground), None);
        self.text(line, at, anchor, ink);
    }

    /// The picture, so high (up to the next even number), with what it says.
    #[must_use]
    pub fn finish(self, height: f64, words: Words) -> Picture {
        let Self { theme, body, patterns, boxes } = self;
        let height = (height / 2.0).ceil() * 2.0;
        let mut whole = Writer::new(Vec::new());
        let mut root = BytesStart::new("svg");
        root.push_attribute(("xmlns", "http://www.w3.org/2000/svg"));
        place(&mut root, &[("width", WIDTH), ("height", height)]);
        root.push_attribute(("viewBox", format!("0 0 {} {}", number(WIDTH), number(height)).as_str()));
        root.push_attribute(("role", "img"));
        root.push_attribute(("font-family", FAMILIES));
        write(&mut whole, Event::Start(root));
        with_text(&mut whole, BytesStart::new("title"), words.reading());
        if !words.facts().is_empty() {
            with_text(&mut whole, BytesStart::new("desc"), words.facts());
        }
        if !patterns.is_empty() {
            write(&mut whole, Event::Start(BytesStart::new("defs")));
            for (pattern, ink) in patterns {
                define(&mut whole, theme, pattern, ink);
            }
            write(&mut whole, Event::End(BytesEnd::new("defs")));
        }
        let mut ground = BytesStart::new("rect");
        place(&mut ground, &[("width", WIDTH), ("height", height)]);
        ground.push_attribute(("fill", Ink::Background.colour(theme).hex().as_str()));
        write(&mut whole, Event::Empty(ground));
        let mut bytes = whole.into_inner();
        bytes.extend(body.into_inner());
        bytes.extend_from_slice(b"</svg>\n");
        // Everything written is made of strings.
        let svg = String::from_utf8_lossy(&bytes).into_owned();
        Picture { svg, words, boxes }
    }

    fn shape(&mut self, mut element: BytesStart<'_>, fill: Fill, outline: Option<Stroke>) {
        let fill = match fill {
            Fill::None => "none".to_owned(),
            Fill::Solid(ink) => self.colour(ink).hex(),
            Fill::Tint(ink) => tint(self.colour(ink), self.colour(Ink::Background)).hex(),
            Fill::Patterned(pattern, ink) => {
                self.patterns.insert((pattern, ink));
                format!("url(#{})", pattern_name(pattern, ink))
            }
        };
        element.push_attribute(("fill", fill.as_str()));
        if let Some(Stroke { ink, width, dash }) = outline {
            element.push_attribute(("stroke", self.colour(ink).hex().as_str()));
            place(&mut element, &[("stroke-width", width)]);
            let dashes = match dash {
                Dash::Whole => None,
                Dash::Dashed => Some("6 4"),
                Dash::Dotted => Some("1.5 3.5"),
            };
            if let Some(dashes) = dashes {
                element.push_attribute(("stroke-dasharray", dashes));
            }
        }
        write(&mut self.body, Event::Empty(element));
    }

    fn colour(&self, ink: Ink) -> Colour {
        ink.colour(self.theme)
    }
}

/// The SVG without the lengths of its words, for a renderer that has our fonts: they are what those letters take at most,
/// and would only spread them.
pub(super) fn at_ease(svg: &str) -> String {
    let end = format!("\" lengthAdjust=\"{ADJUSTED}\"");
    let mut parts = svg.split(" textLength=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    // Words never hold such a thing: their quotes are escaped.
    parts.fold(first, |out, part| out + part.split_once(&end).map_or(part, |(_, rest)| rest))
}

/// Where a line of words stands: from the top of its capitals' accents to the bottom of its descenders.
fn extent(line: &Line, at: Point, anchor: Anchor) -> Area {
    let size = line.style().size.px();
    let left = match anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - line.width() / 2.0,
        Anchor::End => at.x - line.width(),
    };
    Area::new(left, at.y - size * 0.82, line.width(), size * 1.06)
}

/// Three parts of the background to one of the colour.
fn tint(colour: Colour, ground: Colour) -> Colour {
    let mixed = |one: u8, three: u8| {
        let sum = u16::from(one) + 3 * u16::from(three);
        u8::try_from(sum / 4).unwrap_or(u8::MAX)
    };
    Colour(mixed(colour.0, ground.0), mixed(colour.1, ground.1), mixed(colour.2, ground.2))
}

fn pattern_name(pattern: Pattern, ink: Ink) -> String {
    let shape = match pattern {
        Pattern::Hatched => "hatched",
        Pattern::Crossed => "crossed",
        Pattern::Dotted => "dotted",
        Pattern::Striped => "striped",
    };
    format!("{shape}-{}", ink.name())
}

fn define(whole: &mut Writer<Vec<u8>>, theme: Theme, pattern: Pattern, ink: Ink) {
    let mut element = BytesStart::new("pattern");
    element.push_attribute(("id", pattern_name(pattern, ink).as_str()));
    element.push_attribute(("patternUnits", "userSpaceOnUse"));
    place(&mut element, &[("width", 6.0), ("height", 6.0)]);
    write(whole, Event::Start(element));
    let mut ground = BytesStart::new("rect");
    place(&mut ground, &[("width", 6.0), ("height", 6.0)]);
    ground.push_attribute(("fill", Ink::Background.colour(theme).hex().as_str()));
    write(whole, Event::Empty(ground));
    let mut marks = BytesStart::new("path");
    // Lines go on beyond the edges, so that tiles join without a seam.
    let (way, width) = match pattern {
        Pattern::Hatched => ("M-1 1L1 -1M-1 7L7 -1M5 7L7 5", 1.8),
        Pattern::Crossed => ("M-1 1L1 -1M-1 7L7 -1M5 7L7 5M-1 5L1 7M-1 -1L7 7M5 -1L7 1", 1.2),
        Pattern::Dotted => ("M1.5 0.2V2.8M4.5 3.2V5.8", 2.6),
        Pattern::Striped => ("M0 1.5H6M0 4.5H6", 1.4),
    };
    marks.push_attribute(("d", way));
    marks.push_attribute(("stroke", ink.colour(theme).hex().as_str()));
    place(&mut marks, &[("stroke-width", width)]);
    write(whole, Event::Empty(marks));
    write(whole, Event::End(BytesEnd::new("pattern")));
}

fn with_text(writer: &mut Writer<Vec<u8>>, element: BytesStart<'_>, text: &str) {
    let end = element.to_end().into_owned();
    write(writer, Event::Start(element));
    write(writer, Event::Text(BytesText::new(text)));
    write(writer, Event::End(end));
}

fn write(writer: &mut Writer<Vec<u8>>, event: Event<'_>) {
    writer.write_event(event).expect("memory takes what is written");
}

fn place(element: &mut BytesStart<'_>, numbers: &[(&str, f64)]) {
    for (name, value) in numbers {
        element.push_attribute((*name, number(*value).as_str()));
    }
}

fn points(points: &[Point]) -> String {
    let each: Vec<String> = points.iter().map(|point| format!("{},{}", number(point.x), number(point.y))).collect();
    each.join(" ")
}

/// To a tenth of a pixel, which nobody sees, so that the last bits of a sum show nowhere.
fn number(value: f64) -> String {
    let written = format!("{value:.1}");
    let short = written.strip_suffix(".0").unwrap_or(&written);
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pictures::lettering::Size;
    use expect_test::expect;

    #[test]
    fn what_is_written_is_escaped_once() {
        let mut paper = Paper::new(Theme::Light);
        let line = Line::new("<script>alert('x & \"y\"')</script>", Type::bold(Size::Body));
        paper.rect(
            Area::new(10.0, 20.25, 30.0, 8.0),
            Fill::Patterned(Pattern::Hatched, Ink::Late),
            Some(Stroke::new(Ink::Late, 1.5)),
        );
        paper.text(&line, Point::new(10.0, 50.0), Anchor::Middle, Ink::Text);
        let picture = paper.finish(60.0, Words::new("Une lecture <b>. La suite & fin."));
        expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" width="800" height="60" viewBox="0 0 800 60" role="img" font-family="Atkinson Hyperlegible Next, Atkinson Hyperlegible, Verdana, DejaVu Sans, Segoe UI, sans-serif">
            <title>Une lecture &lt;b&gt;. La suite &amp; fin.</title>
            <defs>
            <pattern id="hatched-late" patternUnits="userSpaceOnUse" width="6" height="6">
            <rect width="6" height="6" fill="#ffffff"/>
            <path d="M-1 1L1 -1M-1 7L7 -1M5 7L7 5" stroke="#b01e1e" stroke-width="1.8"/>
            </pattern>
            </defs>
            <rect width="800" height="60" fill="#ffffff"/>
            <rect x="10" y="20.2" width="30" height="8" rx="2" fill="url(#hatched-late)" stroke="#b01e1e" stroke-width="1.5"/>
            <text x="10" y="50" font-size="13" font-weight="700" text-anchor="middle" fill="#161b21" textLength="188.7" lengthAdjust="spacingAndGlyphs">&lt;script&gt;alert(&apos;x &amp; &quot;y&quot;&apos;)&lt;/script&gt;</text>
            </svg>
        "##]]
        .assert_eq(&picture.svg().replace("><", ">\n<"));
    }

    #[test]
    fn every_stretch_keeps_its_room_whatever_font_there_is() {
        let mut paper = Paper::new(Theme::Light);
        let line = Line::new("Chemin critique\u{a0}: 4 → 5 (5 h), بوب", Type::regular(Size::Body));
        for (y, anchor) in [(20.0, Anchor::Start), (40.0, Anchor::Middle), (60.0, Anchor::End)] {
            paper.text(&line, Point::new(400.0, y), anchor, Ink::Text);
        }
        let picture = paper.finish(80.0, Words::new("Une ligne."));
        crate::pictures::checks::held(&picture);
        let lengths: Vec<f64> =
            crate::pictures::checks::stretches(&picture).into_iter().map(|(_, long)| long).collect();
        assert!(lengths.len() > 6 && lengths.len().is_multiple_of(3), "{lengths:?}");
        assert!((lengths.iter().sum::<f64>() / 3.0 - line.width()).abs() < 0.5, "{lengths:?}");
        let at_ease = at_ease(picture.svg());
        assert!(!at_ease.contains("textLength") && !at_ease.contains("lengthAdjust"));
        assert_eq!(at_ease.matches("</text>").count(), lengths.len());
        // A picture can't be told to lose its words.
        let sly = Line::new("\" textLength=\"1\" lengthAdjust=\"x", Type::regular(Size::Body));
        let mut paper = Paper::new(Theme::Light);
        paper.text(&sly, Point::new(10.0, 20.0), Anchor::Start, Ink::Text);
        assert!(
            super::at_ease(paper.finish(40.0, Words::new("Une ligne.")).svg()).contains("textLength=&quot;1&quot;")
        );
    }

    #[test]
    fn numbers_are_short() {
        let written = [1.0, 1.25, 0.04, -0.04, 12.96, -3.5].map(number);
        assert_eq!(written, ["1", "1.2", "0", "0", "13", "-3.5"]);
    }
}
