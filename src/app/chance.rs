//! Where chance comes from: the operating system, here and nowhere else.

/// Characters of what is drawn: ASCII letters and digits that are hard to confuse when read aloud.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// A text drawn at random, 5 bits a character.
///
/// # Errors
///
/// When the operating system has no randomness to give.
pub(super) fn draw<const CHARACTERS: usize>() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; CHARACTERS];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

/// A number drawn at random; none when the operating system has no randomness to give.
pub(super) fn number() -> Option<u64> {
    let mut bytes = [0u8; 8];
    getrandom::fill(&mut bytes).ok()?;
    Some(u64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    #[test]
    fn draws_differ() {
        let one = super::draw::<26>().expect("randomness");
        assert_eq!(one.len(), 26);
        assert_ne!(one, super::draw::<26>().expect("randomness"));
    }
}
