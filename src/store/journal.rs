//! Reading the journal: who did what to what, when. It is written by [`Write::journal`](super::Write::journal).

use super::rows::instant;
use super::{Scope, StoreError};
use crate::domain::person::PersonKey;
use jiff::Timestamp;

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Its place in the journal: the later, the greater.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: PersonKey,
    /// What, as `team.joined`.
    pub deed: String,
    /// To what, as `team:12`.
    pub about: String,
}

impl Scope<'_> {
    /// What was done to something, the newest first: as many as `most`, from the newest, or from below the `id` of the last
    /// one that was shown.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deeds(&self, about: &str, below: Option<i64>, most: u16) -> Result<Vec<Deed>, StoreError> {
        let deeds = sqlx::query_as::<_, (i64, i64, i64, String, String)>(
            "select id, at, person_id, deed, about from journal
             where tenant_id = $1 and about = $2 and id < $3
             order by id desc
             limit $4",
        );
        let deeds = deeds.bind(self.tenant.0).bind(about).bind(below.unwrap_or(i64::MAX)).bind(i64::from(most));
        let deed =
            |(id, at, person, deed, about)| Ok(Deed { id, at: instant(at)?, person: PersonKey(person), deed, about });
        let deeds = deeds.fetch_all(&self.store.pool).await?;
        Ok(deeds.into_iter().map(deed).collect::<Result<_, sqlx::Error>>()?)
    }
}
