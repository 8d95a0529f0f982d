//! The words of an answer, whatever signs a network sets around them.

use regex::Regex;
use std::sync::LazyLock;

/// What networks add by themselves: signs and numbers before the items of a list, the rank of one message among several, how
/// commands are called.
static ADDED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^[\s>]*(?:(?:[-•◦]|\d+\.)\s+)+|\(\d+/\d+\)|!vigie ").expect("it is a pattern"));

/// The letters and digits in order. Where words end isn't told the same everywhere: some set a space, some a new line.
pub(super) fn words(text: &str) -> String {
    ADDED.replace_all(text, " ").chars().filter(|c| c.is_alphanumeric()).collect()
}

/// From where on two texts differ, the beginning of what is left of each.
pub(super) fn difference(one: &str, other: &str) -> (String, String) {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let rest = |text: &str| text.chars().skip(same.saturating_sub(20)).take(120).collect();
    (rest(one), rest(other))
}

#[test]
fn signs_are_free_and_words_are_not() {
    assert_eq!(words("Titre (1/2)\n\n> 1. « C1.5 »\n  - b"), "TitreC15b");
    assert_eq!(words("!vigie aide"), words("/aide"));
    assert_ne!(words("deux mots"), words("mots deux"));
    assert_ne!(words("CE17.1"), words("CE17"));
    assert_eq!(difference("abcd", "abef"), ("abcd".to_owned(), "abef".to_owned()));
}
