//! Numbers that the store gives to what it keeps. Each says something within its own space only.

use serde::{Deserialize, Serialize};

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            #[serde(transparent)]
            pub struct $name(pub i64);
        )+
    };
}

keys! {
    /// A space: one tenant, on one network or several. Everything that is kept of it is asked for with this.
    TenantKey,
    /// A cohort (promotion).
    CohortKey,
    /// A brief (sujet).
    BriefKey,
    /// A team (équipe).
    TeamKey,
    /// A milestone (jalon).
    MilestoneKey,
    /// A deliverable (livrable).
    DeliverableKey,
    /// One version of what was handed in for a deliverable (dépôt).
    HandinKey,
    /// Hours that somebody logged.
    HoursKey,
    /// A defence (soutenance) of one team.
    DefenceKey,
    /// What somebody asked to be reminded of (rappel).
    ReminderKey,
    /// One thing said, or to be said, to one person (a row of the ledger).
    DeliveryKey,
}
