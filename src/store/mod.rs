//! What is kept from one run to the next: the only place with SQL.
//!
//! One SQL text serves SQLite and PostgreSQL, through [`sqlx::AnyPool`]; the same tests run on both. Every question names
//! its connector, and its space where it has one, so that nothing of one tenant is read from another. Nothing here reads
//! the clock or draws at random: instants and ids are given.
//!
//! What is asked about accommodation never comes here (see `app::discreet`).

mod bindings;
mod buttons;
mod coverage;
mod defences;
mod deleted;
mod deliverables;
mod error;
mod files;
mod handins;
mod hours;
mod inbox;
mod journal;
mod location;
mod lock;
mod milestones;
mod moves;
mod notes;
mod open;
mod overview;
mod revision;
mod rooms;
mod rows;
mod scope;
mod settings;
mod spaces;
mod write;

pub use bindings::{Joining, NamedRoom};
pub use buttons::{FORM_LIFE, Kept, MESSAGE_LIFE, MOST_FOR_ONE, Sealing};
pub use coverage::Covering;
pub use defences::{Defence, DefenceSlot, Planning, Shared};
pub use deliverables::{BriefDeliverable, Deliverable, DeliverableDraft, DeliverableState};
pub use error::{OpenError, StoreError};
pub use files::{FileError, Files, SweepError, Swept};
pub use handins::{HandedIn, Handin, HandingIn, Judgement, Verdict};
pub use hours::{Hours, HoursEntry, Logging};
pub use inbox::StoredInbox;
pub use journal::Deed;
pub use location::Location;
pub use milestones::{BriefMilestone, Mark, Milestone, MilestoneDraft, Moved, Numbered, Progress, Released, Taking};
pub use notes::StoredNotebook;
pub use overview::{DatedMilestone, LATE_TOLD, MilestoneCounts, TeamOverview, WantingDeliverable};
pub use revision::{Addition, Change, Missing, Revision, UNDO, Undoing};
pub use rows::When;
pub use scope::Scope;
pub use settings::NetworkSpace;
pub use spaces::Arrival;
pub use write::{Acting, Begun, Write};

use jiff::Timestamp;
use std::sync::Arc;

/// Tells the present instant.
type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Everything that is kept. Cloning it is cheap and gives the same store.
#[derive(Debug, Clone)]
pub struct Store {
    pool: sqlx::AnyPool,
    /// What was read of late of the rooms that joined a space.
    bindings: Arc<bindings::Bindings>,
    /// Held for as long as a SQLite file is open, so that no second process opens it.
    lock: Option<Arc<lock::Lock>>,
}
