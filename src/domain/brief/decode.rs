//! From the bytes of an attachment to text, or a French sentence that says what to do instead.
//!
//! UTF-8 with or without a mark, UTF-16 with a mark (as the Windows notepad saves "Unicode"), and Windows-1252.

use super::limits::FILE_BYTES;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The file isn't a text that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// It is too large.
    #[error(
        "Ce fichier dépasse 1\u{a0}Mo. Un sujet tient en quelques pages\u{a0}: retirez les images et les annexes, puis renvoyez-le."
    )]
    TooLarge,
    /// It says nothing.
    #[error("Ce fichier est vide.")]
    Empty,
    /// A word processor's file.
    #[error(
        "Je ne lis pas les fichiers {0}. Dans votre logiciel, enregistrez le sujet au format texte (.txt) ou Markdown (.md), ou copiez-le dans le formulaire."
    )]
    Document(&'static str),
    /// Something else than text.
    #[error(
        "Ce fichier n’est pas du texte. Enregistrez le sujet au format texte (.txt) ou Markdown (.md), puis renvoyez-le."
    )]
    Binary,
}

/// Beginnings of files that people send instead of text.
const DOCUMENTS: [(&[u8], &str); 5] = [
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word ou LibreOffice (.docx, .odt)"),
    (b"\xd0\xcf\x11\xe0", "Word (.doc)"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "image"),
];

/// The text of a file.
///
/// # Errors
///
/// [`NotText`], whose words say what to do, for what is larger than 1 MB, empty, or not text.
pub fn decode(bytes: &[u8]) -> Result<String, NotText> {
    if bytes.len() > FILE_BYTES {
        return Err(NotText::TooLarge);
    }
    if let Some((_, name)) = DOCUMENTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(NotText::Document(name));
    }
    let text = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE.decode(bytes).0.into_owned(),
        [0xfe, 0xff, ..] => UTF_16BE.decode(bytes).0.into_owned(),
        _ => {
            let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(plain) {
                Ok(text) => text.to_owned(),
                Err(_) => WINDOWS_1252.decode_without_bom_handling(plain).0.into_owned(),
            }
        }
    };
    // A stray control character (Word leaves some) is no reason to refuse; many are no text.
    let controls = text.chars().filter(|c| c.is_control() && !matches!(c, '\t'..='\r')).count();
    if text.contains('\0') || controls * 100 > text.chars().count() {
        return Err(NotText::Binary);
    }
    if text.trim().is_empty() { Err(NotText::Empty) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_saving_a_text_is_read() {
        let text = "Durée : 24 h, l’équipe — œuvre";
        let windows = WINDOWS_1252.encode(text).0;
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let marked = ["\u{feff}", text].concat();
        for bytes in [text.as_bytes(), &windows, &utf16, marked.as_bytes()] {
            assert_eq!(decode(bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_what_to_do() {
        assert_eq!(decode(b"%PDF-1.7 ..."), Err(NotText::Document("PDF")));
        assert_eq!(decode(b"PK\x03\x04...").map_err(|e| e.to_string().contains("Markdown (.md)")), Err(true));
        assert_eq!(decode(b"\x00\x01\x02abc"), Err(NotText::Binary));
        assert_eq!(decode(b" \r\n"), Err(NotText::Empty));
        assert_eq!(decode(&vec![b'a'; FILE_BYTES + 1]), Err(NotText::TooLarge));
        assert_eq!(decode(b"un\x08 deux, et tout un texte qui suit avec bien plus de cent caracteres afin que ce seul signe ne compte pas").map(|t| t.len()), Ok(106));
    }
}
