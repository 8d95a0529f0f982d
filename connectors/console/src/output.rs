//! Where messages are written, and the files that come with them.

use reedline::ExternalPrinter;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::mpsc::SyncSender,
};
use vigie_chat::{MessageId, Sealed};

/// Lines that may wait for the editor to print them.
const WAITING: usize = 1_000;

/// Where messages are written.
pub(crate) struct Output {
    lines: Box<dyn Write + Send>,
    /// While somebody is typing, the line editor prints above what they type.
    editor: Option<SyncSender<String>>,
    typing: bool,
    /// Whether nobody reads any more.
    closed: bool,
    folder: Option<PathBuf>,
}

impl Output {
    /// Writes to `lines`, and files under `folder` or a temporary one.
    pub(crate) fn new(lines: Box<dyn Write + Send>, folder: Option<PathBuf>) -> Self {
        Self { lines, editor: None, typing: false, closed: false, folder }
    }

    /// Has a line editor print what comes while somebody is typing.
    pub(crate) fn editor(&mut self) -> ExternalPrinter<String> {
        let printer = ExternalPrinter::new(WAITING);
        self.editor = Some(printer.sender());
        printer
    }

    /// Notes whether somebody is typing.
    pub(crate) fn set_typing(&mut self, typing: bool) {
        self.typing = typing;
    }

    /// Whether nobody reads any more, so that going on is of no use.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Writes a text and ends its line. Once nobody reads, writing does nothing.
    pub(crate) fn print(&mut self, text: &str) -> io::Result<()> {
        if let Some(editor) = self.editor.as_ref().filter(|_| self.typing)
            && editor.try_send(text.to_owned()).is_ok()
        {
            return Ok(());
        }
        if self.closed {
            return Ok(());
        }
        let written = writeln!(self.lines, "{text}").and_then(|()| self.lines.flush());
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            written => written,
        }
    }

    /// Writes the files of a message, and tells where they are.
    pub(crate) fn save(&mut self, message: &Sealed, id: &MessageId) -> io::Result<Vec<PathBuf>> {
        let files = message.all_files();
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let folder = match &self.folder {
            Some(folder) => folder,
            // Whoever plays a script reads the files after the end, so the folder stays.
            None => self.folder.insert(tempfile::Builder::new().prefix("vigie-").tempdir()?.keep()),
        };
        let folder = folder.join(id.as_str());
        fs::create_dir_all(&folder)?;
        let mut paths: Vec<PathBuf> = Vec::new();
        for file in files {
            let path = free_path(&folder, &safe_name(&file.name), &paths);
            fs::write(&path, &file.bytes)?;
            paths.push(path);
        }
        Ok(paths)
    }
}

/// The first path for this name that isn't among those taken.
fn free_path(folder: &Path, name: &str, taken: &[PathBuf]) -> PathBuf {
    let plain = folder.join(name);
    let numbered = (2..).map(|n| folder.join(format!("{n}-{name}")));
    std::iter::once(plain.clone()).chain(numbered).find(|path| !taken.contains(path)).unwrap_or(plain)
}

/// A name that stays in its folder and shows what it is.
fn safe_name(name: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' };
    let name: String = name.chars().map(kept).take(60).collect();
    match name.trim_matches(['.', ' ']) {
        "" => "fichier".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stays_in_its_folder() {
        for (name, safe) in [
            ("planning.png", "planning.png"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..", "fichier"),
            ("a\u{1b}b\0", "a_b_"),
        ] {
            assert_eq!(safe_name(name), safe);
        }
    }
}
