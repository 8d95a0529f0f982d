//! What is kept of a person: the one list of the places that name somebody, what each tells them, and what becomes of it
//! when they ask to be erased.
//!
//! `/donnees` reads it through [`held`] and erases through [`forgetting`]; `retention` erases whoever nothing needs any more.
//! Invariant: every column of the database that names a person is in [`PLACES`], and each is told by one of
//! [`sections::SECTIONS`]. A test reads the columns of the database, names somebody in each, and fails when a place is
//! missing, when it isn't told, or when it outlives an erasure that it says it doesn't outlive. A new table that names a
//! person is a line here and a section there, and nothing else.

mod forgetting;
mod held;
mod sections;

pub use forgetting::{Departure, Forgotten};
pub use held::{Datum, HeldOf, Presence, Section};

/// A column that names a person, by their number within the tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// Which section of what a person is given tells of it.
    pub told_as: &'static str,
    /// What becomes of it when the person is erased.
    pub then: Then,
}

/// What becomes of something that names a person who is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It goes, by this statement: the tenant is `$1` and the person `$2`.
    Goes(&'static str),
    /// It goes by more than a statement, told in `forgetting`.
    GoesWithCare,
    /// It stays as the work of a team or of a space, and names a number without a name: this is why.
    Stays(&'static str),
}

const WORK: &str = "the work of a team stays";
const HISTORY: &str = "who sat in a team is what its work is by";
const SUBJECT: &str = "a published brief is the space's";

const fn place(table: &'static str, column: &'static str, told_as: &'static str, then: Then) -> Place {
    Place { table, column, told_as, then }
}

/// Every place that names a person of a tenant.
pub const PLACES: [Place; 20] = [
    // The row stays without a name, so that the work of a team is still by somebody.
    place("people", "id", "person", Then::GoesWithCare),
    place(
        "accounts",
        "person_id",
        "accounts",
        Then::Goes("delete from accounts where tenant_id = $1 and person_id = $2"),
    ),
    place(
        "linking_codes",
        "person_id",
        "linking_codes",
        Then::Goes("delete from linking_codes where tenant_id = $1 and person_id = $2"),
    ),
    // The one column in which a number is a text.
    place(
        "trainers",
        "value",
        "trainer",
        Then::Goes("delete from trainers where tenant_id = $1 and kind = 'person' and value = cast($2 as text)"),
    ),
    // Drafts are their author's alone, and go.
    place("briefs", "author_id", "briefs", Then::Stays(SUBJECT)),
    place("brief_versions", "author_id", "brief_versions", Then::Stays(SUBJECT)),
    // They leave the teams that are at work.
    place("seats", "person_id", "seats", Then::Stays(HISTORY)),
    place(
        "requests",
        "person_id",
        "requests",
        Then::Goes("delete from requests where tenant_id = $1 and person_id = $2"),
    ),
    place("milestones", "done_by", "milestones_done", Then::Stays(WORK)),
    place("milestone_people", "person_id", "milestones", Then::Stays(WORK)),
    place("handins", "person_id", "handins", Then::Stays(WORK)),
    place("handins", "judged_by", "judged", Then::Stays(WORK)),
    place("hours", "person_id", "hours", Then::Stays(WORK)),
    place("coverage", "person_id", "coverage", Then::Stays(WORK)),
    place("journal", "person_id", "journal", Then::Stays(WORK)),
    // Whoever has its address reads what is theirs: it leads nowhere from then on.
    place("feeds", "person_id", "feeds", Then::Goes("delete from feeds where tenant_id = $1 and person_id = $2")),
    // What they asked for goes, also what a team was to be reminded of: it was their wish.
    place(
        "reminders",
        "person_id",
        "reminders",
        Then::Goes("delete from reminders where tenant_id = $1 and person_id = $2"),
    ),
    place(
        "acknowledgements",
        "person_id",
        "acknowledgements",
        Then::Goes("delete from acknowledgements where tenant_id = $1 and person_id = $2"),
    ),
    place("alarms", "person_id", "alarms", Then::Goes("delete from alarms where tenant_id = $1 and person_id = $2")),
    place(
        "deliveries",
        "person_id",
        "deliveries",
        Then::Goes("delete from deliveries where tenant_id = $1 and person_id = $2"),
    ),
];
