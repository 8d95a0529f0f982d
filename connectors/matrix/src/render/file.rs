//! Files to upload: names that others can save, descriptions that are read out.

use super::limits::Limits;
use mime::Mime;
use vigie_chat::{Block, File, Sealed, clean};

/// Longest name of a file, in characters.
const NAME: usize = 100;

/// Longest description beside a file, in characters; the words of the message always say the whole of it.
const CAPTION: usize = 1_000;

/// What a file is whose media type can't be read.
const UNKNOWN: Mime = mime::APPLICATION_OCTET_STREAM;

/// A file of a message is larger than the homeserver takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("le fichier «\u{a0}{0}\u{a0}» dépasse la taille que le serveur Matrix accepte")]
pub(crate) struct TooLarge(pub(crate) String);

/// A file to upload and to send. It mentions nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Upload {
    /// Name with its extension, without a folder: the `filename` of the event.
    pub(crate) name: String,
    /// Media type.
    pub(crate) media_type: Mime,
    /// Content.
    pub(crate) bytes: Vec<u8>,
    /// What it is, in words: the `body` of the event, which clients read out as its alternative text.
    pub(crate) caption: String,
    /// How it is shown.
    pub(crate) shown: Shown,
}

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// As a picture, with its width and height in pixels where they are known.
    Picture(Option<(u32, u32)>),
    /// By its name.
    File,
}

/// The files of a message in reading order.
///
/// # Errors
///
/// [`TooLarge`] for the first that the homeserver would refuse.
pub(super) fn uploads(message: &Sealed, limits: &Limits) -> Result<Vec<Upload>, TooLarge> {
    let files = message.all_files().into_iter().map(|file| {
        if file.bytes.len() > limits.upload_bytes {
            return Err(TooLarge(clean(&file.name).into_owned()));
        }
        let media_type: Mime = file.media_type.parse().unwrap_or(UNKNOWN);
        let caption = shortened(clean(file.description.as_str()).trim(), CAPTION);
        let shown = Shown::of(&media_type, &file.bytes);
        Ok(Upload { name: sound(&file.name), media_type, bytes: file.bytes.clone(), caption, shown })
    });
    files.collect()
}

/// What the words of a message say of a file.
pub(super) fn told(file: &File) -> Block {
    told_as("Fichier joint", file)
}

/// The same, told as something else.
pub(super) fn told_as(what: &str, file: &File) -> Block {
    let (description, name) = (clean(file.description.as_str()), clean(&file.name));
    Block::Paragraph(format!("{what}\u{a0}: {description} ({name})").into())
}

impl Shown {
    fn of(media_type: &Mime, bytes: &[u8]) -> Self {
        // Drawings in SVG can hold programs: clients don't show them.
        match (media_type.type_(), media_type.subtype().as_str()) {
            (mime::IMAGE, "png") => Self::Picture(png_size(bytes)),
            (mime::IMAGE, "jpeg" | "gif" | "webp") => Self::Picture(None),
            _ => Self::File,
        }
    }
}

/// Width and height, from the first chunk of the file (PNG specification, 11.2.2 `IHDR`).
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?.strip_prefix(b"\0\0\0\x0dIHDR")?;
    let (width, rest) = header.split_first_chunk()?;
    let (height, _) = rest.split_first_chunk()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)))
}

/// The name without folders and without characters that file systems refuse.
fn sound(name: &str) -> String {
    let name = clean(name);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let allowed = |c: char| if c == '\n' || "\"*:<>?|".contains(c) { '_' } else { c };
    let name: String = name.chars().map(allowed).collect();
    match name.trim().trim_start_matches('.') {
        "" => "fichier".to_owned(),
        name => match name.rsplit_once('.') {
            Some((stem, extension)) if extension.chars().count() <= 16 => {
                format!("{}.{extension}", stem.chars().take(NAME - 17).collect::<String>())
            }
            _ => name.chars().take(NAME).collect(),
        },
    }
}

fn shortened(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        None => words.to_owned(),
        Some((end, _)) => format!("{}…", &words[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_folder_and_are_short() {
        assert_eq!(sound("../../etc/été.png"), "été.png");
        assert_eq!(sound("C:\\a\"b.png"), "a_b.png");
        assert_eq!(sound(" ..\u{202e}"), "fichier");
        assert_eq!(sound(&format!("{}.png", "é".repeat(200))), format!("{}.png", "é".repeat(83)));
    }

    #[test]
    fn a_picture_tells_its_size() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06";
        assert_eq!(Shown::of(&mime::IMAGE_PNG, png), Shown::Picture(Some((640, 480))));
        assert_eq!(Shown::of(&mime::IMAGE_PNG, b"else"), Shown::Picture(None));
        assert_eq!(Shown::of(&mime::IMAGE_SVG, b"<svg/>"), Shown::File);
        assert_eq!(Shown::of(&mime::TEXT_CSV, b""), Shown::File);
    }
}
