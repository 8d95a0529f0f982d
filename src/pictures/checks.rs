//! What tests hold every picture to.

use super::Picture;
use super::samples::assert_legible;
use std::fmt::Write as _;

/// Names that somebody may give to anything, to see what comes of them.
pub(super) const HOSTILE: [&str; 9] = [
    "",
    "🚀🚀🚀",
    "فريق النجاح العظيم",
    "<script>alert('x')</script> & \"y\"",
    "a\u{202e}b\u{0}c\nd\te\u{1b}[2J",
    "Ẑ̴̡̛̼̀a͎͐l̷g̸o̶ ț̷e̶x̷t̴e̵",
    "@everyone **gras** `code`",
    "    ",
    "ﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺ",
];

/// A name of 300 characters.
pub(super) fn long() -> String {
    "Anticonstitutionnellement vôtre, ".chars().cycle().take(300).collect()
}

/// Fails where a picture covers words with words, lets some out of it, has small letters, or says nothing or too much.
#[track_caller]
pub(super) fn sound(picture: &Picture) {
    assert_legible(picture);
    let svg = picture.svg();
    let height: f64 = attribute(svg, "<svg", "height").parse().expect("a height");
    for one in picture.boxes() {
        assert!(one.y >= 0.0 && one.y + one.height <= height + 0.5, "out of the picture: {one:?} of {height}");
    }
    for part in svg.split("font-size=\"").skip(1) {
        let size: f64 = part.split('"').next().expect("a size").parse().expect("a number");
        assert!(size >= 11.0, "letters of {size} pixels");
    }
    assert!(picture.words().contains(". ") || picture.words().ends_with(['.', '…']), "{}", picture.words());
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
}

/// Fails where some words would take another room in a program without our fonts, or more than the picture is wide.
#[track_caller]
pub(super) fn held(picture: &Picture) {
    for (from, long) in stretches(picture) {
        assert!(long > 0.0 && from >= -0.1 && from + long <= super::WIDTH + 0.1, "words from {from}, {long} long");
    }
}

/// Where each stretch of words begins and how long it is held, in pixels.
#[track_caller]
pub(super) fn stretches(picture: &Picture) -> Vec<(f64, f64)> {
    let texts = picture.svg().split("<text ").skip(1).map(|rest| rest.split('>').next().expect("an element"));
    let number = |element: &str, name: &str| -> f64 { attribute(element, "", name).parse().expect("a number") };
    let each = texts.map(|element| {
        let element = format!(" {element}");
        assert!(element.contains("lengthAdjust=\"spacingAndGlyphs\""), "{element}");
        let (x, long) = (number(&element, "x"), number(&element, "textLength"));
        let before = match &element {
            middle if middle.contains("text-anchor=\"middle\"") => long / 2.0,
            end if end.contains("text-anchor=\"end\"") => long,
            _ => 0.0,
        };
        (x - before, long)
    });
    each.collect()
}

fn attribute<'a>(svg: &'a str, element: &str, name: &str) -> &'a str {
    let rest = svg.split_once(element).map(|(_, rest)| rest).expect("the element");
    rest.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).expect("the attribute")
}

/// What a picture is made of, for a test to hold it against: one element a line.
pub(super) fn outline(picture: &Picture) -> String {
    let mut out = String::new();
    // Writing to a string never fails.
    let _ = writeln!(out, "{}", picture.words());
    out.push_str(&picture.svg().replace("><", ">\n<"));
    out
}
