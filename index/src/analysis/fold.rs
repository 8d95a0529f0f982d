//! One writing for letters: lower case, no accents, no ligatures, ASCII where the alphabet is Latin.
//!
//! Both sides of the index fold, so `Sécurité`, `SECURITE` and `securite` are one word. Folding twice changes nothing.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Appends the folded writing of one character.
pub(crate) fn fold_char(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        'œ' | 'Œ' => out.push_str("oe"),
        'æ' | 'Æ' => out.push_str("ae"),
        'ß' | 'ẞ' => out.push_str("ss"),
        '’' | '‘' | 'ʼ' | '`' | '´' => out.push('\''),
        '‐' | '‑' | '‒' | '–' | '—' => out.push('-'),
        _ => {
            for part in c.nfkd().filter(|part| !is_combining_mark(*part)).flat_map(char::to_lowercase) {
                match part {
                    _ if is_combining_mark(part) => {}
                    _ if part == c => out.push(part),
                    // What it comes apart into may have a writing of its own: a raised `æ` is `ae`.
                    _ => fold_char(part, out),
                }
            }
        }
    }
}

/// The folded writing of a text.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(fold(text), expect);
    }

    #[test]
    fn accents_case_and_ligatures_go() {
        check("Évaluer l’ŒUVRE", "evaluer l'oeuvre");
        check("garçon naïf, Noël", "garcon naif, noel");
        check("e\u{301}te\u{301}", "ete");
        check("ﬁn – début", "fin - debut");
    }

    #[test]
    fn every_character_folded_twice_is_as_folded_once() {
        let mut wrong = (char::MIN..=char::MAX).filter(|c| {
            let once = fold(&c.to_string());
            fold(&once) != once
        });
        assert_eq!(wrong.next(), None);
        check("\u{10783}", "ae");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
