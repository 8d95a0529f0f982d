//! Whether what a program has is what it would be given again.

use sha2::{Digest as _, Sha256};

/// The name of a content. It is a weak one: compressed or not, it is the same content.
pub(super) fn of(content: &str) -> String {
    let hash = Sha256::digest(content).iter().take(16).fold(0_u128, |hash, byte| hash << 8 | u128::from(*byte));
    format!("W/\"{hash:032x}\"")
}

/// Whether `If-None-Match` names this content.
pub(super) fn is_among(etag: &str, known: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.split(',').any(|one| one.trim() == "*" || bare(one) == bare(etag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_found_in_a_list() {
        let etag = of("a");
        assert_ne!(etag, of("b"));
        assert!(is_among(&etag, &etag) && is_among(&etag, "*") && is_among(&etag, etag.trim_start_matches("W/")));
        assert!(is_among(&etag, &format!("\"x\", {etag}")) && !is_among(&etag, "\"x\"") && !is_among(&etag, ""));
    }
}
