//! By what a calendar program knows an entry again.

use crate::domain::key::{BriefKey, TenantKey};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// A tenant, among those of all installations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The tenant.
    pub tenant: TenantKey,
    /// When it was made, in milliseconds.
    pub made_at: i64,
}

/// The name of an entry, for good: made of the tenant and of what it is, and of nothing that anybody wrote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid(String);

impl Uid {
    /// That of something that the store has under a key.
    #[must_use]
    pub fn of_row(mark: Mark, kind: &str, key: i64) -> Self {
        Self::new(mark, &format!("{kind}-{key}"))
    }

    /// That of something that a brief lays down under a name of its own. The name may hold words of its title: its hash
    /// stands for it.
    #[must_use]
    pub fn of_brief(mark: Mark, brief: BriefKey, name: &str) -> Self {
        let hash = Sha256::digest(name).iter().take(8).fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
        Self::new(mark, &format!("brief-{}-{hash:016x}", brief.0))
    }

    fn new(mark: Mark, what: &str) -> Self {
        Self(format!("{what}.{}.{:x}@vigie", mark.tenant.0, mark.made_at))
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
