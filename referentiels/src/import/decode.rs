//! From the bytes of a file to text, or a sentence that says what is wrong with the file.

use super::ImportError;
use std::io::Read;

/// Largest document accepted, in bytes. The longest official ones are under one megabyte.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The mark that some programs set before UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What a file with control characters in it seems to be.
const CONTROLS: &str = "binary data";

/// The bytes of a document, or enough of them for [`decode`] to see that there are too many: whatever its size, no more
/// than [`MAX_BYTES`] and one are read.
///
/// # Errors
///
/// What the system said.
pub fn read(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a document.
///
/// # Errors
///
/// Refuses what is empty, larger than [`MAX_BYTES`], binary, or not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, ImportError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len() as u64 });
    }
    let (mark, bytes) = bytes.strip_prefix(MARK).map_or((0, bytes), |rest| (MARK.len(), rest));
    if let Some(kind) = binary_kind(bytes) {
        return Err(ImportError::Binary { kind });
    }
    let encoding = |before: &[u8]| ImportError::Encoding { line: line_after(before), at: mark + before.len() };
    let text = std::str::from_utf8(bytes).map_err(|e| encoding(&bytes[..e.valid_up_to()]))?;
    // Another program wrote this mark in the place of what it could not read.
    if let Some(at) = text.find('\u{fffd}') {
        return Err(encoding(&bytes[..at]));
    }
    if text.contains(is_control) {
        return Err(ImportError::Binary { kind: CONTROLS });
    }
    if text.trim().is_empty() { Err(ImportError::Empty) } else { Ok(text) }
}

/// Whether a character is one that no text holds; line ends, tabs and page breaks are no such thing.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t'..='\r')
}

/// The line, from 1, of what follows these bytes.
fn line_after(before: &[u8]) -> usize {
    before.split(|byte| *byte == b'\n').count()
}

/// What a file that isn't text seems to be.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 6] = [
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a DOCX, XLSX or ZIP file"),
        (b"\xd0\xcf\x11\xe0", "an old Office file"),
        (b"\xff\xfe", "UTF-16"),
        (b"\xfe\xff", "UTF-16"),
        (b"\x1f\x8b", "a compressed file"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(kind);
    }
    bytes.iter().any(|byte| byte.is_ascii() && is_control(char::from(*byte))).then_some(CONTROLS)
}
