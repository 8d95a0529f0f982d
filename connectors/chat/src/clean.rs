//! Characters that show nothing and can deceive.
//!
//! Text from people and documents may hold terminal escape sequences or marks that reverse the reading order. Every
//! renderer passes its words through [`clean`] before it adds markup of its own.

use std::borrow::Cow;

/// The text without control characters and without marks that change the reading order.
///
/// Line ends (`\n`, `\r\n`, U+2028, U+2029) become `\n`, tabs become spaces. Joiners inside emoji stay.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && replacement(c) != Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(replacement).collect())
}

fn replacement(c: char) -> Option<char> {
    match c {
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        c if c.is_control() || misleads(c) => None,
        c => Some(c),
    }
}

/// Marks that turn or interrupt the reading order, annotations, and tags that show nothing.
fn misleads(c: char) -> bool {
    matches!(c,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hostile: &str, harmless: &str) {
        assert_eq!(clean(hostile), harmless);
    }

    #[test]
    fn escape_sequences_lose_what_makes_them_work() {
        check("\u{1b}[2J", "[2J");
        check("\u{1b}]8;;http://x\u{7}clic\u{1b}]8;;\u{7}", "]8;;http://xclic]8;;");
        check("\u{9b}31m", "31m");
        check("a\rb", "ab");
    }

    #[test]
    fn reading_order_cannot_be_reversed() {
        check("fichier\u{202e}fdp.exe", "fichierfdp.exe");
        check("\u{2067}a\u{2069}", "a");
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        assert!(matches!(clean("Été « œuvre » :\n👩\u{200d}🏫"), Cow::Borrowed(_)));
        check("a\tb\r\nc", "a b\nc");
    }
}
