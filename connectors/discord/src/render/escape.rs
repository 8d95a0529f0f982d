//! Words of people and documents that Discord shows to the letter.
//!
//! Discord drops a backslash before any ASCII punctuation mark, so one is put before each mark that could begin or end
//! markup. Addresses lose their meaning by the colon, emoji names too.

use std::iter::Peekable;

/// Where words stand in their line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing but white space stands before them.
    LineStart,
    /// Other words stand before them.
    Within,
}

/// Adds words to a line so that they read as they are. `follows` is what comes right after them in the line.
pub(super) fn escape(words: &str, place: Place, follows: Option<char>, out: &mut String) {
    let mut chars = words.chars().peekable();
    if place == Place::LineStart {
        line_start(&mut chars, out);
    }
    while let Some(c) = chars.next() {
        let special = match c {
            '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '<' | '>' | '@' => true,
            // `https://…` and `:emoji:` both need something right after a colon.
            ':' => chars.peek().copied().or(follows).is_some_and(|next| !next.is_whitespace()),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Takes what would mark a heading, small print or an item of a list.
fn line_start(chars: &mut Peekable<impl Iterator<Item = char>>, out: &mut String) {
    while let Some(space) = chars.next_if(|c| c.is_whitespace()) {
        out.push(space);
    }
    if let Some(mark) = chars.next_if(|c| matches!(c, '#' | '-' | '+')) {
        out.extend(['\\', mark]);
        // `-#` marks small print by both.
        if let Some(second) = chars.next_if_eq(&'#') {
            out.extend(['\\', second]);
        }
        return;
    }
    let mut numbered = false;
    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
        out.push(digit);
        numbered = true;
    }
    if numbered && let Some(end) = chars.next_if(|c| matches!(c, '.' | ')')) {
        out.extend(['\\', end]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, escaped: &str) {
        let mut out = String::new();
        escape(words, Place::LineStart, None, &mut out);
        assert_eq!(out, escaped);
    }

    #[test]
    fn marks_lose_their_meaning() {
        check("**a** _b_ ~~c~~ `d` ||e||", r"\*\*a\*\* \_b\_ \~\~c\~\~ \`d\` \|\|e\|\|");
        check(r"[a](https://b) \c", r"\[a\](https\://b) \\c");
        check("<@1> @everyone <t:1:F>", r"\<\@1\> \@everyone \<t\:1\:F\>");
    }

    #[test]
    fn a_colon_before_a_space_stays() {
        check("Nom : valeur, :smile: à 18:00:", r"Nom : valeur, \:smile: à 18\:00:");
    }

    #[test]
    fn marks_of_lines_lose_their_meaning_where_a_line_begins() {
        check("# a", r"\# a");
        check("### a # b", r"\#\## a # b");
        check("-# a", r"\-\# a");
        check("  - a - b", r"  \- a - b");
        check("12. a", r"12\. a");
        check("1.5 mois", r"1\.5 mois");
        check("> a", r"\> a");
    }
}
