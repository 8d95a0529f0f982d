//! What people are reminded of: the kinds of occasions, and how a reminder of one names it.

use super::key::TenantKey;
use super::person::PersonKey;

/// The kinds of things that people are reminded of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OccasionKind {
    /// A milestone that isn't done.
    Milestone,
    /// A deliverable that isn't handed in, or was sent back.
    Deliverable,
    /// A defence.
    Defence,
    /// The right to accommodation, told to every candidate before each defence.
    Rights,
    /// What somebody asked for, for themselves or for their team.
    Asked,
    /// All that is due soon, in one message.
    Digest,
}

/// Every kind.
pub const KINDS: [OccasionKind; 6] = [
    OccasionKind::Milestone,
    OccasionKind::Deliverable,
    OccasionKind::Defence,
    OccasionKind::Rights,
    OccasionKind::Asked,
    OccasionKind::Digest,
];

impl OccasionKind {
    /// As it is kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Milestone => "milestone",
            Self::Deliverable => "deliverable",
            Self::Defence => "defence",
            Self::Rights => "rights",
            Self::Asked => "reminder",
            Self::Digest => "digest",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        KINDS.into_iter().find(|kind| kind.word() == word)
    }
}

/// One person's reminder of one thing, among all tenants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OccasionKey {
    /// The space.
    pub tenant: TenantKey,
    /// What kind of thing.
    pub kind: OccasionKind,
    /// Which one: the key of a milestone, a deliverable, a defence (also for the rights), a reminder, or a person (digest).
    pub subject: i64,
    /// Who is reminded.
    pub person: PersonKey,
}

impl OccasionKey {
    /// What it is about, whoever is reminded.
    #[must_use]
    pub fn thing(self) -> Thing {
        Thing { tenant: self.tenant, kind: self.kind, subject: self.subject }
    }
}

/// What a reminder is about, whoever is reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thing {
    /// The space.
    pub tenant: TenantKey,
    /// What kind of thing.
    pub kind: OccasionKind,
    /// Which one.
    pub subject: i64,
}

impl Thing {
    /// The same for one person.
    #[must_use]
    pub fn of(self, person: PersonKey) -> OccasionKey {
        OccasionKey { tenant: self.tenant, kind: self.kind, subject: self.subject, person }
    }
}
