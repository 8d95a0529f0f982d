//! A text without what shows nothing.
//!
//! [`vigie_chat::clean`] takes away what is dangerous to show; what people write and we keep also loses what nobody sees,
//! so that two names that look the same are the same, and an empty title is empty.

use vigie_chat::clean;

/// Marks above or under one letter that are kept: more is no writing, and covers the lines around.
const MARKS_A_LETTER: u32 = 3;

/// The text without what shows nothing. Joiners and selectors stay where writing needs them: after emoji and letters that
/// aren't Latin, with something after them.
#[must_use]
pub fn visible(text: &str) -> String {
    let cleaned = clean(text);
    let mut out = String::with_capacity(cleaned.len());
    let mut marks = 0;
    let mut waiting = None;
    for c in cleaned.chars() {
        if is_joiner(c) {
            waiting = out.chars().next_back().filter(|last| takes_joiners(*last)).map(|_| c);
        } else if is_selector(c) {
            if out.chars().next_back().is_some_and(takes_joiners) {
                out.push(c);
            }
        } else if !is_invisible(c) {
            marks = if matches!(c, '\u{300}'..='\u{36f}') { marks + 1 } else { 0 };
            if marks <= MARKS_A_LETTER {
                out.extend(waiting.take().filter(|_| takes_joiners(c)));
                out.push(c);
            }
            waiting = None;
        }
    }
    out
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}')
}

/// Whether a joiner beside this character changes how it is written.
fn takes_joiners(c: char) -> bool {
    is_selector(c)
        || (c > '\u{36f}' && !c.is_whitespace() && !matches!(c, '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{206f}'))
}

/// Characters without a shape (Unicode's `Default_Ignorable_Code_Point`, joiners and selectors apart), the empty braille
/// pattern, and what no font shows: surrogate leftovers and code points of private use.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'
        | '\u{2060}'..='\u{2065}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}'
        | '\u{e000}'..='\u{f8ff}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
}
