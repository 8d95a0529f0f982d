//! What the history file doesn't keep.
//!
//! The answers of private commands are for one person alone, and so is what was asked, or what the application takes for
//! personal however it was asked; a form holds whatever a command does. The line editor shows such a line again when asked for the last one, but writes it nowhere.

use crate::console::Desk;
use reedline::{
    FileBackedHistory, History, HistoryItem, HistoryItemId, HistorySessionId, ReedlineError, ReedlineErrorVariants,
    Result, SearchQuery,
};
use std::{io, sync::Arc};
use vigie_chat::{App, CommandSet, Directory, Reading, Visibility, read};

/// A history without the lines of private commands and of forms.
pub(crate) struct Discreet {
    history: FileBackedHistory,
    desk: Arc<Desk>,
    app: Arc<dyn App>,
}

impl Discreet {
    /// Keeps in `history` what may be kept.
    pub(crate) fn new(history: FileBackedHistory, desk: Arc<Desk>, app: Arc<dyn App>) -> Self {
        Self { history, desk, app }
    }
}

impl History for Discreet {
    /// Refuses what must not be kept: the editor then holds it in memory only, like a line that is excluded.
    fn save(&mut self, item: HistoryItem) -> Result<HistoryItem> {
        let private = {
            let state = self.desk.state();
            state.form.is_some() || is_private(self.app.commands(), &item.command_line, &state.stage)
        };
        if private {
            let refused = io::Error::new(io::ErrorKind::PermissionDenied, "a private line");
            return Err(ReedlineError(ReedlineErrorVariants::IOError(refused)));
        }
        self.history.save(item)
    }

    fn load(&self, id: HistoryItemId) -> Result<HistoryItem> {
        self.history.load(id)
    }

    fn count(&self, query: SearchQuery) -> Result<i64> {
        self.history.count(query)
    }

    fn search(&self, query: SearchQuery) -> Result<Vec<HistoryItem>> {
        self.history.search(query)
    }

    fn update(&mut self, id: HistoryItemId, updater: &dyn Fn(HistoryItem) -> HistoryItem) -> Result<()> {
        self.history.update(id, updater)
    }

    fn clear(&mut self) -> Result<()> {
        self.history.clear()
    }

    fn delete(&mut self, id: HistoryItemId) -> Result<()> {
        self.history.delete(id)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.history.sync()
    }

    fn session(&self) -> Option<HistorySessionId> {
        self.history.session()
    }
}

/// Whether a line asks a private command, also one that can't be read to its end, or says what is its author's alone.
fn is_private(commands: &CommandSet, line: &str, directory: &dyn Directory) -> bool {
    if commands.is_personal(line) {
        return true;
    }
    let path = match read(commands, line, directory, &[]) {
        Reading::Command(invocation) => Some(invocation.path),
        Reading::Misread(misread) => misread.nearest().cloned().or(misread.command),
        Reading::NotACommand(_) => None,
    };
    path.and_then(|path| commands.find(&path)).is_some_and(|spec| spec.visibility == Visibility::Private)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use async_trait::async_trait;
    use jiff::Timestamp;
    use vigie_chat::{
        CommandSpec, CompletionQuery, Event, Form, Handled, Nobody, OpenForm, ParamKind, ParamSpec, Reply, Suggestion,
        Token,
    };

    struct Mute(CommandSet);

    #[async_trait]
    impl App for Mute {
        fn commands(&self) -> &CommandSet {
            &self.0
        }

        async fn handle(&self, _event: Event, _reply: Arc<dyn Reply>) -> Handled {
            Handled::Done
        }

        async fn complete(&self, _query: CompletionQuery) -> Vec<Suggestion> {
            Vec::new()
        }
    }

    fn commands() -> CommandSet {
        let times = ParamSpec::new("fois", "Combien de fois", ParamKind::Integer { min: 1, max: 9 }).required();
        CommandSet::new(vec![
            CommandSpec::new("aide", "Aide"),
            CommandSpec::new("amenagement", "Aménagements")
                .subcommand(CommandSpec::new("temps", "Temps").private().param(times)),
        ])
        .keeping_personal(|text| text.contains("secret"))
    }

    #[test]
    fn a_line_of_a_private_command_is_private_however_it_is_typed() {
        for line in [
            "/amenagement temps 3",
            "!Vigie aménagement temps fois:3",
            "amenagement temps 3",
            "/amenagement temps beaucoup",
            "/amenagement tems 3",
            "c’est secret",
            "/aide secret",
        ] {
            assert!(is_private(&commands(), line, &Nobody), "{line}");
        }
        for line in ["/aide", "bonjour", ":moi bob", ""] {
            assert!(!is_private(&commands(), line, &Nobody), "{line}");
        }
    }

    #[test]
    fn the_file_never_holds_them() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("history");
        let options = Options::new(Arc::new(|| Timestamp::UNIX_EPOCH)).script(io::empty()).output(io::sink());
        let desk = crate::Console::new(options).desk();
        let history = FileBackedHistory::with_file(10, file.clone()).expect("the file can be made");
        let mut history = Discreet::new(history, Arc::clone(&desk), Arc::new(Mute(commands())));
        let mut save = |line: &str| history.save(HistoryItem::from_command_line(line)).is_ok();
        assert!(save("/aide"));
        assert!(!save("/amenagement temps 3"));
        desk.state().form =
            Some(crate::console::Filling { form: OpenForm::new(Form::new("Temps", Token::new("t"))), message: None });
        assert!(!save("fois: 3"));
        history.sync().expect("the file can be written");
        assert_eq!(std::fs::read_to_string(file).expect("the file is there").trim(), "/aide");
    }
}
