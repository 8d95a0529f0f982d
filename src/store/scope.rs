//! Reading what belongs to one tenant. Everything that is read of it is asked of a [`Scope`], and everything that changes,
//! of a [`Write`](super::Write): there is no question about people, briefs or teams that doesn't say whose they are.

use super::Store;
use crate::domain::key::TenantKey;

/// The store as seen from one tenant. Keys of another tenant are unknown in it.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    pub(super) store: &'a Store,
    pub(super) tenant: TenantKey,
}

impl Store {
    /// What belongs to a tenant.
    #[must_use]
    pub fn of(&self, tenant: TenantKey) -> Scope<'_> {
        Scope { store: self, tenant }
    }
}

impl Scope<'_> {
    /// Whose things are read.
    #[must_use]
    pub fn tenant(&self) -> TenantKey {
        self.tenant
    }
}
