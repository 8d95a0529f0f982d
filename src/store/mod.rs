//! What is kept from one run to the next: the only place with SQL.
//!
//! One SQL text serves SQLite and PostgreSQL, through [`sqlx::AnyPool`]; the same tests run on both. Every question names
//! its connector, and its space where it has one, so that nothing of one tenant is read from another. Nothing here reads
//! the clock or draws at random: instants and ids are given.
//!
//! What is asked about accommodation never comes here (see `app::discreet`).

mod alarms;
mod beside;
mod bindings;
mod briefs;
mod buttons;
mod changes;
mod chosen;
mod cohorts;
mod coverage;
mod dates;
mod defences;
mod deleted;
mod deliverables;
mod deliveries;
mod erasing;
mod error;
mod feeds;
mod files;
mod founding;
mod handins;
mod hours;
mod inbox;
mod journal;
mod linking;
mod location;
mod lock;
mod merging;
mod milestones;
mod moves;
mod notes;
mod occasions;
mod open;
mod overview;
mod people;
mod personal;
mod publishing;
mod reminders;
mod retention;
mod revision;
mod rooms;
mod rows;
mod scheduled;
mod scope;
mod scrubbing;
mod seating;
mod seats;
mod settings;
mod spaces;
mod teams;
mod trainers;
mod wanted;
mod whereabouts;
mod which;
mod wishes;
mod write;

pub use alarms::Alarm;
pub use beside::Beside;
pub use bindings::{Joining, NamedRoom};
pub use briefs::{Brief, BriefState, Version};
pub use buttons::{FORM_LIFE, Found, Kept, LASTING_LIFE, MESSAGE_LIFE, MOST_FOR_ONE, Sealing};
pub use changes::{Changed, Unplanned};
pub use cohorts::{Cohort, MOST_COHORTS};
pub use coverage::Covering;
pub use dates::{Dated, DatedKind, Stands};
pub use defences::{Defence, DefenceSlot, Planning, Shared};
pub use deliverables::{BriefDeliverable, Deliverable, DeliverableDraft, DeliverableState};
pub use deliveries::{Claim, Claimed, Delivery, DeliveryDraft, DeliveryState, Ledger, LedgerCounts, Settled};
pub use error::{OpenError, StoreError};
pub use feeds::{Feed, FeedOf};
pub use files::{FileError, Files, SweepError, Swept};
pub use founding::{Dissolving, Founding, MOST_TEAMS, Renaming};
pub use handins::{HandedIn, Handin, HandingIn, Judgement, Verdict};
pub use hours::{Hours, HoursEntry, Logging};
pub use inbox::StoredInbox;
pub use journal::Deed;
pub use linking::{LinkedAccount, LinkedSpace, Unlinking};
pub use location::Location;
pub use milestones::{BriefMilestone, Mark, Milestone, MilestoneDraft, Moved, Numbered, Progress, Released, Taking};
pub use notes::StoredNotebook;
pub use occasions::{Nags, Occasion, OfTeam, Whose};
pub use overview::{DatedMilestone, LATE_TOLD, MilestoneCounts, TeamOverview, WantingDeliverable};
pub use people::{Account, Known, MOST_SHOWN, Met, MetDirectly};
pub use personal::{Datum, Departure, Forgotten, HeldOf, PLACES, Place, Presence, Section, Then};
pub use publishing::{Closing, Drafting, MOST_DRAFTS, Publishing, Revising, Text};
pub use reminders::{MOST_REMINDERS, Reminder, ReminderDraft, Reminding};
pub use retention::Retired;
pub use revision::{Addition, Change, Missing, Revision, UNDO, Undoing};
pub use rows::When;
pub use scheduled::{BriefShown, DefenceShown, ScheduledEvent, Showing};
pub use scope::Scope;
pub use seating::{Agreeing, Asking, Leaving, Naming, Remaining, Replacing, Seating};
pub use seats::Refusal;
pub use settings::NetworkSpace;
pub use spaces::Arrival;
pub use teams::{Entry, Member, OwnRoom, Rank, Request, Seat, Team, TeamName, TeamState};
pub use trainers::{Adding, MOST_TRAINERS, Trainer};
pub use wanted::{
    Circle, DIGEST, HOLIDAYS, IGNORED, POLICY, QUIET, RIGHTS, STANDARD_RIGHTS, WEEKS, weeks_of, weeks_stored,
};
pub use whereabouts::Whereabouts;
pub use wishes::{Recipient, Someone, WishLevel, Wishes};
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
    /// Whether it is PostgreSQL, which several processes may share.
    is_postgres: bool,
}
