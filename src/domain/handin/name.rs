//! Names of files, made safe, and what to tell of dangerous types.

use crate::domain::limits::{FILE_NAME_BYTES, visible};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a file that is safe on every system, in a message and in a header.
///
/// Invariant: not empty, at most [`FILE_NAME_BYTES`] bytes, no folder, no control or invisible character, none of those that
/// Windows forbids, no dot or space at either end, and no name that Windows reserves.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct FileName(String);

/// Names that stand for devices on Windows, with any extension.
const RESERVED: [&str; 7] = ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// Longest extension that is kept when a name is cut, in bytes with its dot.
const EXTENSION: usize = 17;

/// What a file without a name is called.
const NAMELESS: &str = "fichier";

impl FileName {
    /// The safe name nearest to what its sender gave. Only the last part of a path counts.
    #[must_use]
    pub fn of(given: &str) -> Self {
        let mut name = Self::once(given);
        // What was cut may end in what reads as an extension, with a space before it: read again, it would be another name.
        loop {
            let again = Self::once(&name.0);
            // Reading again never makes it longer.
            if again == name || again.0.len() >= name.0.len() {
                return name;
            }
            name = again;
        }
    }

    fn once(given: &str) -> Self {
        // The last part is enough, and a hostile name may be of any length.
        let last = given.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
        let last = ended(last, FILE_NAME_BYTES * 64);
        let shown: String = visible(last).chars().map(allowed).collect();
        let words: Vec<&str> =
            shown.split([' ', '\n', '\u{a0}', '\u{202f}', '\u{3000}']).filter(|w| !w.is_empty()).collect();
        let shown = words.join(" ");
        let bare = shown.trim_matches(|c: char| c == '.' || c.is_whitespace());
        let (stem, extension) = parts(bare);
        if stem.is_empty() && extension.is_empty() {
            return Self(NAMELESS.to_owned());
        }
        let mark = if is_reserved(bare) { "_" } else { "" };
        let room = FILE_NAME_BYTES - mark.len() - extension.len();
        let stem = started(stem, room).trim_end_matches(|c: char| c == '.' || c.is_whitespace());
        Self(format!("{mark}{stem}{extension}"))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The extension, in lower case and without its dot; empty if there is none.
    #[must_use]
    pub fn extension(&self) -> String {
        self.0.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
    }

    /// What whoever opens the file should know of its type, as far as its name tells. A name proves nothing: no file is
    /// ever executed here, whatever it is called.
    #[must_use]
    pub fn caution(&self) -> Option<Caution> {
        let extension = self.extension();
        let among = |list: &[&str]| list.contains(&extension.as_str());
        if among(&PROGRAMS) {
            Some(Caution::Program)
        } else if among(&SCRIPTS) {
            Some(Caution::Script)
        } else if among(&MACROS) {
            Some(Caution::Macros)
        } else if among(&PAGES) {
            Some(Caution::Page)
        } else {
            None
        }
    }
}

impl From<String> for FileName {
    fn from(given: String) -> Self {
        Self::of(&given)
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A kind of file that can do harm to whoever opens it. Candidates hand in programs: it is told, not refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caution {
    /// A program, or what installs one.
    Program,
    /// A script that a double click starts.
    Script,
    /// An office document with macros.
    Macros,
    /// A page that runs scripts in the browser.
    Page,
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Program => "Ce fichier est un programme\u{a0}: ne l’ouvrez que si vous savez d’où il vient.",
            Self::Script => "Ce fichier est un script\u{a0}: lisez-le dans un éditeur de texte avant de le lancer.",
            Self::Macros => "Ce document peut contenir des macros\u{a0}: ouvrez-le sans les activer.",
            Self::Page => {
                "Ce fichier peut exécuter du code dans un navigateur\u{a0}: ouvrez-le dans un éditeur de texte."
            }
        })
    }
}

const PROGRAMS: [&str; 24] = [
    "exe", "com", "scr", "pif", "msi", "msix", "msp", "appx", "cpl", "dll", "sys", "lnk", "url", "jar", "apk", "app",
    "dmg", "pkg", "deb", "rpm", "appimage", "reg", "iso", "img",
];
const SCRIPTS: [&str; 22] = [
    "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "sh", "bash", "zsh", "fish",
    "command", "py", "pl", "rb", "php", "desktop", "scpt",
];
const MACROS: [&str; 11] = ["docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppam", "ppsm", "sldm"];
const PAGES: [&str; 7] = ["html", "htm", "xhtml", "svg", "mht", "mhtml", "xml"];

/// What Windows forbids in a name, or would end its writing as code, as a dash that says something was there.
fn allowed(c: char) -> char {
    let forbidden = matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '`');
    // Slashes of other alphabets, and what passes for the dot of an extension, mislead as much as the signs themselves.
    let misleads =
        matches!(c, '\u{2024}' | '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{ff0e}' | '\u{ff0f}' | '\u{ff3c}');
    if forbidden || misleads { '-' } else { c }
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim().to_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let numbered = port.is_some_and(|port| {
        let mut digits = port.chars();
        matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    });
    numbered || RESERVED.contains(&stem.as_str())
}

/// The stem and the extension with its dot. What is too long to be one isn't.
fn parts(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 && name.len() - dot <= EXTENSION && !name[dot..].contains(char::is_whitespace) => {
            name.split_at(dot)
        }
        _ => (name, ""),
    }
}

/// The beginning of a text, at most so many bytes.
fn started(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The end of a text, at most so many bytes.
fn ended(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_safe_and_stay_readable() {
        for (given, safe) in [
            ("Dossier équipe 3 – v2.pdf", "Dossier équipe 3 – v2.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\moi\\rapport.docx", "rapport.docx"),
            ("dossier/", "dossier"),
            ("facture\u{202e}fdp.exe", "facturefdp.exe"),
            ("a\u{0}b\u{1b}[31m\n.pdf", "ab.pdf"),
            ("archive.tar.gz", "archive.tar.gz"),
            ("con", "_con"),
            ("NUL.txt", "_NUL.txt"),
            ("Lpt1.tar.gz", "_Lpt1.tar.gz"),
            ("COM¹", "_COM¹"),
            ("console.log", "console.log"),
            ("com10", "com10"),
            ("", "fichier"),
            ("...", "fichier"),
            (" . ", "fichier"),
            ("\u{200b}\u{2060}", "fichier"),
            (".env", "env"),
            ("rapport.pdf. . ", "rapport.pdf"),
            ("a<b>:c\"|?*.md", "a-b--c----.md"),
            ("notes\u{a0}2.md", "notes 2.md"),
            ("rapport․exe", "rapport-exe"),
        ] {
            assert_eq!(FileName::of(given).as_str(), safe, "{given:?}");
        }
    }

    #[test]
    fn long_names_keep_their_extension() {
        let name = FileName::of(&format!("{}.pdf", "é".repeat(10_000_000)));
        assert!(name.as_str().len() <= 120 && name.as_str().len() > 115, "{name}");
        assert_eq!(name.extension(), "pdf");
        let cut = FileName::of(&format!("{} .pdf{}", "a".repeat(110), "b".repeat(60)));
        assert_eq!(FileName::of(cut.as_str()), cut);
        let no_extension = FileName::of(&format!("a.{}", "b".repeat(300)));
        assert_eq!(no_extension.as_str().len(), 120);
    }

    #[test]
    fn dangerous_types_are_told() {
        for (name, caution) in [
            ("setup.EXE", Some(Caution::Program)),
            ("facture.pdf.exe", Some(Caution::Program)),
            ("lance.ps1", Some(Caution::Script)),
            ("Budget.xlsm", Some(Caution::Macros)),
            ("maquette.svg", Some(Caution::Page)),
            ("rapport.pdf", None),
            ("Makefile", None),
            ("exe", None),
        ] {
            assert_eq!(FileName::of(name).caution(), caution, "{name}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_given_the_name_is_safe(given in "(\\PC|[\\x00-\\x1f./\\\\:\u{202e}\u{200b}\u{a0} ]|con|nul|\\.pdf){0,80}") {
            let name = FileName::of(&given);
            let safe = name.as_str();
            prop_assert!(!safe.is_empty() && safe.len() <= FILE_NAME_BYTES);
            let forbidden = |c: char| c.is_control() || "/\\<>:\"|?*\u{202e}\u{200b}".contains(c);
            prop_assert!(!safe.contains(forbidden));
            prop_assert_eq!(safe.trim_matches(|c: char| c == '.' || c.is_whitespace()), safe);
            prop_assert!(!is_reserved(safe), "{}", safe);
            prop_assert_eq!(FileName::of(safe), name.clone());
        }

        #[test]
        fn ordinary_names_are_left_alone(name in "[a-zA-Zéèà0-9_-]{1,40}\\.(pdf|docx|zip|png)") {
            prop_assume!(!is_reserved(&name));
            let safe = FileName::of(&name);
            prop_assert_eq!(safe.as_str(), name);
        }
    }
}
