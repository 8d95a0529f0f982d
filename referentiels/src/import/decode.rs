//! From the bytes of a file to text, or a sentence that says what is wrong with the file.

use super::ImportError;

/// Largest document accepted, in bytes. The longest official ones are under one megabyte.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The text of a document.
///
/// # Errors
///
/// Refuses what is empty, larger than [`MAX_BYTES`], binary, or not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, ImportError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len() as u64 });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(kind) = binary_kind(bytes) {
        return Err(ImportError::Binary { kind });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| ImportError::Encoding {
        line: 1 + bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count(),
        at: e.valid_up_to(),
    })?;
    if text.chars().any(|c| c == '\u{fffd}') {
        let before = text.split('\u{fffd}').next().unwrap_or_default();
        return Err(ImportError::Encoding { line: 1 + before.matches('\n').count(), at: before.len() });
    }
    if text.trim().is_empty() { Err(ImportError::Empty) } else { Ok(text) }
}

/// What a file that isn't text seems to be.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 6] = [
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a DOCX, XLSX or ZIP file"),
        (b"\xd0\xcf\x11\xe0", "an old Office file"),
        (b"\xff\xfe", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 text"),
        (b"\x1f\x8b", "a compressed file"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(kind);
    }
    let control = |b: &&u8| matches!(b, 0..=8 | 14..=31);
    bytes.iter().take(65_536).any(|b| control(&b)).then_some("binary data")
}
