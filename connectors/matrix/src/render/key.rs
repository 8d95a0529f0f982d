//! The reaction that stands for a number.

/// What the bot reacts with, and people after it, to choose the action of this number.
#[must_use]
pub(crate) fn key(number: usize) -> String {
    match number {
        0..10 => format!("{number}\u{fe0f}\u{20e3}"),
        10 => "\u{1f51f}".to_owned(),
        // There is no emoji for these; a reaction may be any text.
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_emojis_as_far_as_there_are() {
        assert_eq!([1, 9, 10, 11].map(key), ["1️⃣", "9️⃣", "🔟", "11"]);
    }
}
