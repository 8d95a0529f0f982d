//! What is kept from one run to the next: the only place with SQL.
//!
//! One SQL text serves SQLite and PostgreSQL, through [`sqlx::AnyPool`]; the same tests run on both. Every question names
//! its connector, and its space where it has one, so that nothing of one tenant is read from another. Nothing here reads
//! the clock or draws at random: instants and ids are given.
//!
//! What is asked about accommodation never comes here (see `app::discreet`).

mod bindings;
mod briefs;
mod buttons;
mod chosen;
mod cohorts;
mod erasing;
mod error;
mod founding;
mod inbox;
mod linking;
mod location;
mod lock;
mod merging;
mod moves;
mod notes;
mod open;
mod people;
mod publishing;
mod rooms;
mod scope;
mod seating;
mod seats;
mod settings;
mod spaces;
mod teams;
mod trainers;
mod write;

pub use bindings::{Joining, NamedRoom};
pub use briefs::{Brief, BriefState, Version};
pub use buttons::{FORM_LIFE, Kept, LASTING_LIFE, MESSAGE_LIFE, MOST_FOR_ONE, Sealing};
pub use cohorts::{Cohort, MOST_COHORTS};
pub use error::{OpenError, StoreError};
pub use founding::{Dissolving, Founding, MOST_TEAMS, Renaming};
pub use inbox::StoredInbox;
pub use linking::{LinkedAccount, LinkedSpace, Unlinking};
pub use location::Location;
pub use notes::StoredNotebook;
pub use people::{Account, Known, MOST_SHOWN, Met, MetDirectly};
pub use publishing::{Closing, Drafting, MOST_DRAFTS, Publishing, Revising, Text};
pub use scope::Scope;
pub use seating::{Agreeing, Asking, Leaving, Remaining, Replacing, Seating};
pub use seats::Refusal;
pub use settings::NetworkSpace;
pub use spaces::Arrival;
pub use teams::{Entry, Member, OwnRoom, Rank, Request, Seat, Team, TeamState};
pub use trainers::{Adding, MOST_TRAINERS, Trainer};
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
