//! A page of an answer, with the picture and the files that come with its words.

use vigie_chat::{Draft, File, Press};

/// Which page is asked for, and what comes with it. A picture comes with the first answer alone, before anybody turns pages.
#[derive(Debug, Default)]
pub struct Sheet {
    /// From 1.
    pub page: usize,
    /// The same as the words, as a picture.
    pub picture: Option<File>,
    /// Files beside it.
    pub files: Vec<File>,
}

/// What a press on "next page" does with the message under which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turning {
    /// The page takes its place.
    Replaces,
    /// The page comes under it: it has a picture, which isn't drawn again.
    Adds,
}

impl Sheet {
    /// A page in words.
    #[must_use]
    pub fn of_words(page: usize) -> Self {
        Self { page, picture: None, files: Vec::new() }
    }

    /// What turning the page does.
    pub(super) fn turning(&self) -> Turning {
        if self.picture.is_some() { Turning::Adds } else { Turning::Replaces }
    }

    /// Puts the picture here, and the files.
    pub(super) fn put(self, draft: Draft) -> Draft {
        let draft = match self.picture {
            Some(picture) => draft.picture(picture),
            None => draft,
        };
        self.files.into_iter().fold(draft, Draft::file)
    }
}

impl Turning {
    /// The press that turns the page.
    pub(super) fn press(self, press: Press) -> Press {
        match self {
            Self::Replaces => press.replacing(),
            Self::Adds => press,
        }
    }
}
