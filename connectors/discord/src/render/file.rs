//! Files that Discord takes: names it can show, sizes it accepts.

use super::measure::{FILE_BYTES, FILE_NAME, units};
use std::collections::HashSet;
use vigie_chat::{File, Sealed, clean};

/// A file of a message is larger than Discord takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("le fichier « {0} » dépasse les 10 Mio que Discord accepte")]
pub struct TooLarge(pub String);

/// A file to send beside a payload, as `files[n]` of the multipart body, where `n` is its rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Name with its extension, without a folder, unlike any other of the message.
    pub filename: String,
    /// Media type, for instance `image/png`.
    pub media_type: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// A file and the name under which it is sent.
pub(super) struct NamedFile {
    pub(super) name: String,
    pub(super) file: File,
}

/// The files of a message in reading order.
///
/// # Errors
///
/// [`TooLarge`] for the first that Discord would refuse.
pub(super) fn named(message: &Sealed) -> Result<Vec<NamedFile>, TooLarge> {
    let mut taken = HashSet::new();
    let files = message.all_files().into_iter().map(|file| {
        if file.bytes.len() > FILE_BYTES {
            return Err(TooLarge(clean(&file.name).into_owned()));
        }
        let name = unlike(&sound(&file.name), &taken);
        taken.insert(name.to_lowercase());
        Ok(NamedFile { name, file: file.clone() })
    });
    files.collect()
}

/// The name without folders and without characters that file systems or headers refuse.
fn sound(name: &str) -> String {
    let name = clean(name);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let allowed = |c: char| if c == '\n' || "\"*:<>?|".contains(c) { '_' } else { c };
    let name: String = name.chars().map(allowed).collect();
    match name.trim().trim_start_matches('.') {
        "" => "fichier".to_owned(),
        name => with_ending(name, ""),
    }
}

fn unlike(name: &str, taken: &HashSet<String>) -> String {
    let endings = (1..).map(|n| if n == 1 { String::new() } else { format!("-{n}") });
    let mut names = endings.map(|ending| with_ending(name, &ending));
    names.find(|name| !taken.contains(&name.to_lowercase())).unwrap_or_default()
}

/// The name with `ending` before its extension, short enough.
fn with_ending(name: &str, ending: &str) -> String {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if units(extension) <= 16 => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let mut room = FILE_NAME - units(ending) - units(&extension);
    let fitting = stem.chars().take_while(|c| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    });
    format!("{}{ending}{extension}", fitting.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_folder_and_are_short() {
        assert_eq!(sound("../../etc/été.png"), "été.png");
        assert_eq!(sound("C:\\a\"b.png"), "a_b.png");
        assert_eq!(sound(" ..\u{202e}"), "fichier");
        assert_eq!(sound(&format!("{}.png", "é".repeat(200))), format!("{}.png", "é".repeat(96)));
    }

    #[test]
    fn names_are_unlike() {
        let taken = ["a.png", "a-2.png"].map(str::to_owned).into_iter().collect();
        assert_eq!(unlike("A.png", &taken), "A-3.png");
        assert_eq!(unlike("b.png", &taken), "b.png");
    }
}
