//! One writing for words that people would call the same.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text in lower case and without accents or ligatures, for comparison only.
///
/// `Équipe`, `equipe` and `EQUIPE` fold to the same; so do `_` and `-`, and the kinds of apostrophe.
#[must_use]
pub fn folded(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).fold(
        String::with_capacity(text.len()),
        |mut out, c| {
            match c {
                'œ' => out.push_str("oe"),
                'æ' => out.push_str("ae"),
                '_' | '‐' | '‑' | '–' => out.push('-'),
                '’' | 'ʼ' | '`' => out.push('\''),
                c => out.push(c),
            }
            out
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        assert_eq!(folded(typed), expected);
    }

    #[test]
    fn accents_case_and_ligatures_are_no_difference() {
        check("Équipe", "equipe");
        check("E\u{301}QUIPE", "equipe");
        check("cœur", "coeur");
        check("Œuvre_2", "oeuvre-2");
        check("l’été", "l'ete");
    }
}
