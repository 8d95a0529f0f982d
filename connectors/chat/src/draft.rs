//! Building a message so that the code reads as the message does.
//!
//! ```
//! use vigie_chat::{Button, Draft, Invocation, List, Press, Text};
//! let next = Press::run(Invocation::new("chercher").with("texte", "rgpd").with("page", 2));
//! let message = Draft::answer()
//!     .title("Résultats")
//!     .paragraph(Text::from("Recherche de ").strong("rgpd"))
//!     .list(List::numbered(1, ["C1.5", "C2.3"]))
//!     .note("Source : Data Engineer")
//!     .button(Button::new("Suite", next));
//! ```

use crate::{
    action::{Action, Button, Select},
    id::PersonId,
    message::{Block, Field, File, Kind, List, Message, Privacy, Table},
    text::{Text, WebLink},
};

impl<P> Message<P> {
    /// An empty message, public and without actions.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            privacy: Privacy::Public,
            title: None,
            blocks: Vec::new(),
            actions: Vec::new(),
            files: Vec::new(),
            notifies: Vec::new(),
        }
    }

    /// Starts an answer.
    #[must_use]
    pub fn answer() -> Self {
        Self::new(Kind::Answer)
    }

    /// Starts a notice.
    #[must_use]
    pub fn notice() -> Self {
        Self::new(Kind::Notice)
    }

    /// Starts a reminder.
    #[must_use]
    pub fn reminder() -> Self {
        Self::new(Kind::Reminder)
    }

    /// Starts an error, which only the person concerned sees.
    #[must_use]
    pub fn error() -> Self {
        Self::new(Kind::Error).private()
    }

    /// Shows it to the person answered only.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.privacy = Privacy::Private;
        self
    }

    /// Has the network notify a person.
    #[must_use]
    pub fn notify(mut self, person: PersonId) -> Self {
        self.notifies.push(person);
        self
    }

    /// Sets the title.
    #[must_use]
    pub fn title(mut self, title: impl Into<Text>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Adds any block.
    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// Adds blocks.
    #[must_use]
    pub fn blocks(mut self, blocks: impl IntoIterator<Item = Block>) -> Self {
        self.blocks.extend(blocks);
        self
    }

    /// Adds a heading.
    #[must_use]
    pub fn heading(self, text: impl Into<Text>) -> Self {
        self.block(Block::Heading(text.into()))
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn paragraph(self, text: impl Into<Text>) -> Self {
        self.block(Block::Paragraph(text.into()))
    }

    /// Adds a list.
    #[must_use]
    pub fn list(self, list: List) -> Self {
        self.block(Block::List(list))
    }

    /// Adds names and values.
    #[must_use]
    pub fn fields(self, fields: impl IntoIterator<Item = Field>) -> Self {
        self.block(Block::Fields(fields.into_iter().collect()))
    }

    /// Adds a table.
    #[must_use]
    pub fn table(self, table: Table) -> Self {
        self.block(Block::Table(table))
    }

    /// Adds a quotation of one paragraph.
    #[must_use]
    pub fn quote(self, text: impl Into<Text>) -> Self {
        self.block(Block::Quote(vec![Block::Paragraph(text.into())]))
    }

    /// Adds a picture.
    #[must_use]
    pub fn picture(self, picture: File) -> Self {
        self.block(Block::Picture(picture))
    }

    /// Adds content that may be hidden until asked for.
    #[must_use]
    pub fn fold(self, summary: impl Into<Text>, blocks: impl IntoIterator<Item = Block>) -> Self {
        self.block(Block::Fold { summary: summary.into(), blocks: blocks.into_iter().collect() })
    }

    /// Adds small print.
    #[must_use]
    pub fn note(self, text: impl Into<Text>) -> Self {
        self.block(Block::Note(text.into()))
    }

    /// Adds a file.
    #[must_use]
    pub fn file(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }

    /// Adds any action.
    #[must_use]
    pub fn action(mut self, action: Action<P>) -> Self {
        self.actions.push(action);
        self
    }

    /// Adds a button.
    #[must_use]
    pub fn button(self, button: Button<P>) -> Self {
        self.action(Action::Button(button))
    }

    /// Adds a choice among options.
    #[must_use]
    pub fn select(self, select: Select<P>) -> Self {
        self.action(Action::Select(select))
    }

    /// Adds a link under the message.
    #[must_use]
    pub fn link(self, label: impl Into<String>, url: WebLink) -> Self {
        self.action(Action::Link { label: label.into(), url })
    }

    /// All files in reading order: the pictures among the blocks, then the attached ones.
    #[must_use]
    pub fn all_files(&self) -> Vec<&File> {
        fn pictures<'a>(blocks: &'a [Block], found: &mut Vec<&'a File>) {
            for block in blocks {
                match block {
                    Block::Picture(file) => found.push(file),
                    Block::Quote(blocks) | Block::Fold { blocks, .. } => pictures(blocks, found),
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        pictures(&self.blocks, &mut found);
        found.extend(&self.files);
        found
    }

    /// The same message, each action of which holds what `seal` makes of what it held.
    ///
    /// This is the only way from a [`crate::Draft`] to a [`crate::Sealed`]: the application draws a token for each press
    /// and keeps the pair, then stores them all at once.
    ///
    /// ```
    /// use vigie_chat::{Button, Draft, Invocation, Press, Token};
    /// let draft = Draft::answer().button(Button::new("Aide", Press::run(Invocation::new("aide"))));
    /// let mut kept = Vec::new();
    /// let sealed = draft.seal(|press| {
    ///     let token = Token::new(format!("t{}", kept.len()));
    ///     kept.push((token.clone(), press));
    ///     token
    /// });
    /// assert_eq!(sealed.choices()[0].press.as_str(), "t0");
    /// ```
    #[must_use]
    pub fn seal<Q>(self, mut seal: impl FnMut(P) -> Q) -> Message<Q> {
        let Self { kind, privacy, title, blocks, actions, files, notifies } = self;
        let actions = actions.into_iter().map(|action| action.seal(&mut seal)).collect();
        Message { kind, privacy, title, blocks, actions, files, notifies }
    }
}
