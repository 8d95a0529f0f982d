//! Hours that were deleted, for whoever brings them back.

use super::{Hours, Row, hours};
use crate::domain::key::HoursKey;
use crate::store::{Scope, StoreError};

impl Scope<'_> {
    /// An entry that was deleted and isn't erased yet.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deleted_hours(&self, key: HoursKey) -> Result<Option<Hours>, StoreError> {
        let one = sqlx::query_as::<_, Row>(
            "select id, team_id, person_id, minutes, spent_on, what, milestone, logged_at from hours
             where tenant_id = $1 and id = $2 and deleted_at is not null",
        );
        let one = one.bind(self.tenant.0).bind(key.0).fetch_optional(&self.store.pool).await?;
        Ok(one.map(hours).transpose()?)
    }
}
