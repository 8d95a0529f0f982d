//! Who is responsible for a milestone, also for one of the brief's; and what was deleted, to be found again by its number.

use super::MilestoneDraft;
use crate::domain::key::{MilestoneKey, TeamKey};
use crate::domain::person::PersonKey;
use crate::store::changes::Changed;
use crate::store::{Change, Revision, Scope, StoreError, Write};

impl Write<'_> {
    /// Says who is responsible for a milestone, in the place of whoever was. It is the team's to say, for the brief's too.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn assign_milestone(
        &mut self,
        key: MilestoneKey,
        seen: Revision,
        people: &[PersonKey],
    ) -> Result<Change, StoreError> {
        self.touch(Changed::Milestone(key));
        let Some(former) = self.milestone(key).await? else { return Ok(Change::Gone) };
        if former.revision != seen {
            return Ok(Change::Changed);
        }
        if let Some(missing) = self.missing_member(former.team, people).await? {
            return Ok(Change::Missing(missing));
        }
        for sql in [
            "update milestones set revision = revision + 1 where tenant_id = $1 and id = $2",
            "delete from milestone_people where tenant_id = $1 and milestone_id = $2",
        ] {
            sqlx::query(sql).bind(self.tenant.0).bind(key.0).execute(&mut *self.tx).await?;
        }
        let people = MilestoneDraft { people: people.to_vec(), ..MilestoneDraft::default() };
        self.link_milestones(&[(key, &people)]).await?;
        Ok(Change::Made)
    }
}

impl Scope<'_> {
    /// A milestone of the team's own that was deleted and isn't erased yet, by the number that people said, with its title.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deleted_milestone(
        &self,
        team: TeamKey,
        number: u32,
    ) -> Result<Option<(MilestoneKey, String)>, StoreError> {
        let deleted = sqlx::query_as::<_, (i64, String)>(
            "select id, title from milestones
             where tenant_id = $1 and team_id = $2 and number = $3 and deleted_at is not null and brief_key is null",
        );
        let deleted = deleted.bind(self.tenant.0).bind(team.0).bind(i64::from(number));
        let deleted = deleted.fetch_optional(&self.store.pool).await?;
        Ok(deleted.map(|(key, title)| (MilestoneKey(key), title)))
    }
}
