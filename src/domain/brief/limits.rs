//! How much of anything a brief may hold. What is past a limit is cut and told, or refused and told.

/// Largest file, in bytes.
pub const FILE_BYTES: usize = 1024 * 1024;
/// Most lines of a text that are read: some two hundred pages.
pub const LINES: usize = 10_000;
/// Longest title, in characters.
pub const TITLE: usize = 150;
/// Longest situation, in characters.
pub const CONTEXT: usize = 8_000;
/// Longest text on modalities, in characters.
pub const MODALITIES: usize = 4_000;
/// Longest wording of a competency, in characters.
pub const WORDING: usize = 600;
/// Most competencies.
pub const COMPETENCIES: usize = 60;
/// Most deliverables.
pub const DELIVERABLES: usize = 30;
/// Longest title of a deliverable or of a milestone, in characters.
pub const ENTRY_TITLE: usize = 150;
/// Longest details of a deliverable, in characters.
pub const DETAILS: usize = 1_500;
/// Most resources.
pub const RESOURCES: usize = 40;
/// Longest resource, in characters.
pub const RESOURCE: usize = 400;
/// Most milestones.
pub const MILESTONES: usize = 30;
/// Most days or hours of defence.
pub const DEFENCES: usize = 30;
/// Longest text on the jury, on a référentiel or on a bloc that isn't one of ours, in characters.
pub const NOTE: usize = 200;
/// Largest team, in people.
pub const TEAM: u32 = 12;
/// Largest jury, in people.
pub const JURY: u32 = 12;
/// Shortest and longest preparation, in minutes: 1 h to 100 h.
pub const PREPARATION: std::ops::RangeInclusive<u32> = 60..=6_000;
/// Shortest and longest oral or interview, in minutes.
pub const SPOKEN: std::ops::RangeInclusive<u32> = 5..=240;
/// Most remarks on one brief.
pub const REMARKS: usize = 60;

/// A text cut to so many characters, at a word where one ends near, and whether anything was cut.
#[must_use]
pub(super) fn cut(text: &str, most: usize) -> (String, Cut) {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(most) else { return (text.to_owned(), Cut::Whole) };
    let kept = &text[..end];
    let kept = match kept.rfind(char::is_whitespace) {
        Some(at) if at * 2 > kept.len() => &kept[..at],
        _ => kept,
    };
    (kept.trim_end().to_owned(), Cut::Shortened)
}

/// Whether a text was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// All of it was kept.
    Whole,
    /// Its end was left out.
    Shortened,
}
