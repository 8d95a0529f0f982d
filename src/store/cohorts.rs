//! Cohorts (promotions): whom briefs are for.

use super::{Scope, StoreError, Write};
use crate::domain::key::CohortKey;
use vigie_chat::folded;

/// Cohorts of one tenant.
pub const MOST_COHORTS: u16 = 200;

/// A cohort (promotion).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// Which one.
    pub key: CohortKey,
    /// As it was first written.
    pub name: String,
}

impl Scope<'_> {
    /// The cohorts, by name.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn cohorts(&self) -> Result<Vec<Cohort>, StoreError> {
        let rows = sqlx::query_as::<_, (i64, String)>(
            "select id, name from cohorts
             where tenant_id = $1
             order by folded",
        );
        let rows = rows.bind(self.tenant.0).fetch_all(&self.store.pool).await?;
        Ok(rows.into_iter().map(|(key, name)| Cohort { key: CohortKey(key), name }).collect())
    }
}

impl Write<'_> {
    /// The cohort of a name, accents and case aside; it is made where there is none. None when there are [`MOST_COHORTS`].
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn cohort(&mut self, name: &str) -> Result<Option<CohortKey>, StoreError> {
        let name = tidy(name);
        let known = sqlx::query_scalar::<_, i64>("select id from cohorts where tenant_id = $1 and folded = $2");
        let known = known.bind(self.tenant.0).bind(folded(&name)).fetch_optional(&mut *self.tx).await?;
        if known.is_some() {
            return Ok(known.map(CohortKey));
        }
        let count = sqlx::query_scalar::<_, i64>("select count(*) from cohorts where tenant_id = $1");
        if count.bind(self.tenant.0).fetch_one(&mut *self.tx).await? >= i64::from(MOST_COHORTS) {
            return Ok(None);
        }
        let id = self.draw();
        let new = sqlx::query(
            "insert into cohorts (tenant_id, id, name, folded, made_at)
             values ($1, $2, $3, $4, $5)",
        );
        let new = new.bind(self.tenant.0).bind(id).bind(&name).bind(folded(&name));
        new.bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        Ok(Some(CohortKey(id)))
    }
}

/// A name with one space where there were several, and none around it.
pub(super) fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
