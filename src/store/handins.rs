//! Hand-ins (dépôts): what was handed in for a deliverable, version by version, and what a trainer said of it.
//!
//! A hand-in never changes: another version follows it, a trainer judges it, whoever handed it in withdraws it. Each of
//! these changes the deliverable's revision, and its state with it. A file's content isn't here but on disk, under its
//! SHA-256 (see [`Files`](super::Files)), and is there before its row is.

mod kept;
mod read;
mod withdrawn;
mod write;

pub(super) use read::{COLUMNS, Row};
pub use write::HandingIn;

use crate::domain::handin::{FileName, Fingerprint, Link, Size};
use crate::domain::key::{DeliverableKey, HandinKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;

/// One version of what was handed in for a deliverable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handin {
    /// Which one.
    pub key: HandinKey,
    /// For what.
    pub deliverable: DeliverableKey,
    /// The first is 1.
    pub version: u32,
    /// Who handed it in.
    pub person: PersonKey,
    /// When.
    pub handed_in_at: Timestamp,
    /// What.
    pub content: HandedIn,
    /// The deadline that it is measured by: that of the moment, whatever becomes of the brief.
    pub due_at: Option<Timestamp>,
    /// What a trainer said of it.
    pub verdict: Option<Verdict>,
}

/// What was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandedIn {
    /// A file, on disk.
    File {
        /// Its name, made safe.
        name: FileName,
        /// What its network said of its type; nobody checked.
        media_type: Option<String>,
        /// Its size.
        size: Size,
        /// What finds it.
        sha256: Fingerprint,
    },
    /// An address, never fetched.
    Link(Link),
    /// A file or an address that was erased some time after the end of the brief. The receipt stays.
    Erased,
}

/// What a trainer said of a hand-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it will do.
    pub judgement: Judgement,
    /// Why, in their own words.
    pub comment: Option<String>,
    /// Who said so.
    pub by: PersonKey,
    /// When.
    pub at: Timestamp,
}

/// Whether a hand-in will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// It will.
    Accepted,
    /// Another version is wanted.
    SentBack,
}

impl Judgement {
    /// As it is written: the same word as the deliverable's state.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::SentBack => "sent_back",
        }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        [Self::Accepted, Self::SentBack].into_iter().find(|judgement| judgement.as_str() == text)
    }
}
