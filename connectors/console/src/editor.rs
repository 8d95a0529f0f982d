//! The line editor of a person at a terminal.

use crate::{
    NAME,
    completion::{proposals, quoted},
    console::Desk,
    discreet::Discreet,
    look::Ink,
};
use reedline::{
    ColumnarMenu, Completer, CompletionResult, Emacs, FileBackedHistory, KeyCode, KeyModifiers, MenuBuilder, Prompt,
    PromptEditMode, PromptHistorySearch, Reedline, ReedlineEvent, ReedlineMenu, Signal, Span, Suggestion,
    default_emacs_keybindings,
};
use std::{
    borrow::Cow,
    sync::{Arc, atomic::AtomicBool},
};
use tokio::runtime::Handle;
use vigie_chat::{App, CompletionQuery, ConnectorName, Origin, clean};

/// Lines that the history keeps.
const HISTORY: usize = 1_000;
/// Name of the completion menu within the line editor.
const MENU: &str = "completion";

/// The line editor of a person at a terminal.
pub(crate) struct Editor(Reedline);

impl Editor {
    /// An editor that gives up its line when `stop` is set.
    pub(crate) fn new(desk: Arc<Desk>, app: Arc<dyn App>, stop: Arc<AtomicBool>) -> Self {
        let mut keys = default_emacs_keybindings();
        let complete = vec![ReedlineEvent::Menu(MENU.to_owned()), ReedlineEvent::MenuNext];
        keys.add_binding(KeyModifiers::NONE, KeyCode::Tab, ReedlineEvent::UntilFound(complete));
        keys.add_binding(KeyModifiers::SHIFT, KeyCode::BackTab, ReedlineEvent::MenuPrevious);
        let printer = desk.state().output.editor();
        let history = desk.settings.history.clone().and_then(|file| FileBackedHistory::with_file(HISTORY, file).ok());
        let colours = desk.settings.look().ink == Ink::Coloured;
        let history = history.map(|history| Discreet::new(history, Arc::clone(&desk), Arc::clone(&app)));
        let completer = Completion { desk, app, runtime: Handle::try_current().ok() };
        let editor = Reedline::create()
            .with_ansi_colors(colours)
            .with_edit_mode(Box::new(Emacs::new(keys)))
            .with_completer(Box::new(completer))
            .with_menu(ReedlineMenu::EngineCompleter(Box::new(ColumnarMenu::default().with_name(MENU))))
            .with_quick_completions(true)
            .with_partial_completions(true)
            .with_external_printer(printer)
            .with_break_signal(stop)
            // A line that begins with a space isn't kept, as in shells.
            .with_history_exclusion_prefix(Some(" ".to_owned()));
        Self(match history {
            Some(history) => editor.with_history(Box::new(history)),
            None => editor,
        })
    }

    /// The next line; nothing when the person leaves.
    pub(crate) fn line(&mut self, prompt: &str) -> Option<String> {
        match self.0.read_line(&Invite(prompt.to_owned())) {
            Ok(Signal::Success(line)) => Some(line),
            _ => None,
        }
    }
}

/// Who speaks and where.
struct Invite(String);

impl Prompt for Invite {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_indicator(&self, _mode: PromptEditMode) -> Cow<'_, str> {
        Cow::Borrowed(" > ")
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        Cow::Borrowed("… ")
    }

    fn render_prompt_history_search_indicator(&self, search: PromptHistorySearch) -> Cow<'_, str> {
        Cow::Owned(format!(" (recherche\u{a0}: {}) ", search.term))
    }
}

/// Completion by the definitions and the application.
struct Completion {
    desk: Arc<Desk>,
    app: Arc<dyn App>,
    /// Without a runtime only the definitions complete.
    runtime: Option<Handle>,
}

impl Completer for Completion {
    fn complete(&mut self, line: &str, pos: usize) -> CompletionResult {
        let typed = line.get(..pos).unwrap_or(line);
        let (found, origin) = {
            let mut state = self.desk.state();
            let found = proposals(typed, self.app.commands(), state.stage.people());
            let (part, room) = (state.stage.part(), state.stage.room());
            let origin = Origin {
                connector: ConnectorName::new(NAME),
                space: self.desk.settings.space(&state.stage.base()),
                room,
                person: state.stage.person(),
                standing: part.standing(),
                roles: vec![part.role()],
                locale: Some("fr".to_owned()),
                attachments: Vec::new(),
                at: self.desk.settings.dial.now(),
                event: state.stage.happens(),
                message: None,
            };
            (found, origin)
        };
        let suggestion = |value: String, about: &str, start: usize| Suggestion {
            append_whitespace: !value.ends_with(':'),
            value,
            description: Some(clean(about).into_owned()).filter(|about| !about.is_empty()),
            span: Span::new(start, pos.max(start)),
            ..Suggestion::default()
        };
        let mut all = Vec::new();
        if let (Some(wanted), Some(runtime)) = (found.wanted, &self.runtime) {
            let query =
                CompletionQuery { invocation: wanted.invocation, param: wanted.param, typed: wanted.typed, origin };
            let values = runtime.block_on(self.app.complete(query));
            all.extend(values.iter().map(|found| suggestion(quoted(&clean(&found.value)), &found.label, wanted.start)));
        }
        all.extend(found.known.iter().map(|known| suggestion(known.value.clone(), &known.about, known.start)));
        CompletionResult::fresh(all)
    }
}
