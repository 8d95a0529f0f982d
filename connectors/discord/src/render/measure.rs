//! Discord's limits, and lengths as the strictest reader counts them.
//!
//! Sources: Discord's "Message Resource", "Component Reference" and "Modal" pages (API v10). Lengths are in UTF-16 units,
//! which are never fewer than characters.

/// Longest content beside embeds.
pub(super) const CONTENT: usize = 2_000;
/// Longest title of an embed.
pub(super) const TITLE: usize = 256;
/// Longest description of an embed.
pub(super) const DESCRIPTION: usize = 4_096;
/// What is kept free in a title or a description for the rank among several payloads.
pub(super) const RANK: usize = 20;
/// Longest alternative text.
pub(super) const ALT_TEXT: usize = 1_024;
/// Longest name of a file; our own bound, Discord gives none.
pub(super) const FILE_NAME: usize = 100;
/// Largest file, in bytes.
pub(super) const FILE_BYTES: usize = 10 << 20;
/// Most files of a payload.
pub(super) const FILES: usize = 10;
/// Most bytes in the files of a payload: a request has 25 MiB at most, of which its text takes little.
pub(super) const ALL_BYTES: usize = 24 << 20;
/// Most rows of a payload.
pub(super) const ROWS: usize = 5;
/// Most buttons of a row.
pub(super) const BUTTONS: usize = 5;
/// Longest address behind a button.
pub(super) const BUTTON_URL: usize = 512;
/// Most people notified by a payload.
pub(super) const NOTIFIED: usize = 100;
/// Longest words shown in an empty field of a form.
pub(super) const FIELD_PLACEHOLDER: usize = 100;

/// Length of a text.
pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The text, or as much of it as leaves room for an ellipsis.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if units(text) <= most {
        return text.to_owned();
    }
    let mut room = most - 1;
    let fitting = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    });
    format!("{}…", fitting.collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_hold_for_both_ways_of_counting() {
        assert_eq!(units("aé👩"), 4);
        assert_eq!(shortened("👩👩👩", 6), "👩👩👩");
        assert_eq!(shortened("👩👩👩", 5), "👩👩…");
        assert_eq!(shortened("un deux", 4), "un…");
    }
}
