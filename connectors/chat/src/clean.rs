//! Characters that show nothing and can deceive.
//!
//! Text from people and documents may hold terminal escape sequences or marks that reverse the reading order. Every
//! renderer passes its words through [`clean`] before it adds markup of its own.

use std::borrow::Cow;

/// The text without control characters and without marks that change the reading order.
///
/// A terminal's escape sequence goes as a whole (ECMA-48: a control sequence up to its final byte, a command string up to
/// its terminator); one that isn't complete only loses the characters that would begin it. Line ends (`\n`, `\r\n`, U+2028, U+2029) become `\n`, tabs become spaces. Joiners inside emoji stay.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && replacement(c) != Some(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut strings = Strings::MayEnd;
    while let Some(c) = rest.chars().next() {
        let length = sequence(rest, &mut strings).unwrap_or_else(|| {
            out.extend(replacement(c));
            c.len_utf8()
        });
        rest = &rest[length..];
    }
    Cow::Owned(out)
}

/// Whether a command string that begins here may have an end. Once one has none, no later one has, and looking for it
/// again each time would cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strings {
    MayEnd,
    HaveNoEnd,
}

/// Length in bytes of the escape sequence with which `text` begins.
fn sequence(text: &str, strings: &mut Strings) -> Option<usize> {
    let mut chars = text.chars();
    let (kind, head) = match chars.next()? {
        '\u{1b}' => {
            let kind = chars.next()?;
            (kind, 1 + kind.len_utf8())
        }
        // The C1 controls stand for an escape and a letter.
        '\u{9b}' => ('[', 2),
        '\u{9d}' => (']', 2),
        '\u{90}' => ('P', 2),
        '\u{98}' => ('X', 2),
        '\u{9e}' => ('^', 2),
        '\u{9f}' => ('_', 2),
        _ => return None,
    };
    let body = &text[head..];
    match kind {
        '[' => {
            let end = body.find(|c| !matches!(c, ' '..='?'))?;
            matches!(body.as_bytes()[end], b'@'..=b'~').then_some(head + end + 1)
        }
        ']' | 'P' | 'X' | '^' | '_' => {
            let end = (*strings == Strings::MayEnd).then(|| string_end(body)).flatten();
            if end.is_none() {
                *strings = Strings::HaveNoEnd;
            }
            // Without an end there is no sequence, and what follows is text.
            Some(head + end.unwrap_or_default())
        }
        '!'..='/' => {
            let end = body.find(|c| !matches!(c, '!'..='/'))?;
            matches!(body.as_bytes()[end], b'0'..=b'~').then_some(head + end + 1)
        }
        '0'..='~' => Some(head),
        _ => None,
    }
}

/// Length in bytes of a command string with its terminator.
fn string_end(body: &str) -> Option<usize> {
    let at = body.find(['\u{7}', '\u{9c}', '\u{1b}'])?;
    let rest = &body[at..];
    match rest.strip_prefix('\u{1b}') {
        Some(rest) if rest.starts_with('\\') => Some(at + 2),
        // Another sequence begins: a terminal gives this one up.
        Some(_) => Some(at),
        None => rest.chars().next().map(|end| at + end.len_utf8()),
    }
}

/// Whether anything of a text would be seen or read out.
pub(crate) fn says_something(text: &str) -> bool {
    clean(text).chars().any(|c| !c.is_whitespace() && !is_blank(c))
}

/// Characters without a shape of their own: joiners, fillers, selectors of variants (Unicode's
/// `Default_Ignorable_Code_Point`), and the empty braille pattern.
fn is_blank(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0080}'..='\u{e0fff}')
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
    fn escape_sequences_go_as_a_whole() {
        check("a\u{1b}[2Jb", "ab");
        check("\u{1b}]8;;http://x\u{7}clic\u{1b}]8;;\u{1b}\\.", "clic.");
        check("\u{9b}31mrouge\u{1b}[0m", "rouge");
        check("\u{1b}cfin\u{1b}(B\u{1b}", "fin");
        check("a\rb", "ab");
    }

    #[test]
    fn what_only_begins_a_sequence_hides_no_text() {
        check("\u{1b}[31", "[31");
        check("\u{1b}[é", "[é");
        check("\u{1b}]0;titre", "0;titre");
        check("\u{1b}]0;\u{1b}[1mtitre", "titre");
        check("\u{1b}é\u{1b} b", "é b");
    }

    #[test]
    fn sequences_without_end_cost_little() {
        let least = |times: usize| {
            let text = "\u{1b}]é\u{1b}[1;".repeat(times) + &"\u{9d}é\u{90}".repeat(times);
            let run = || {
                let started = std::time::Instant::now();
                let _ = clean(&text);
                started.elapsed()
            };
            (0..5).map(|_| run()).min().unwrap_or_default()
        };
        // 64 times as long. A cost that grew with the square would be 4,096 times as much; a busy machine is forgiven.
        let (short, long) = (least(500), least(32_000));
        assert!(long < short * 512, "{short:?}, then {long:?}");
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
