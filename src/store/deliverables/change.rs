//! Adding deliverables, changing what is asked, deleting and bringing back.

use super::DeliverableDraft;
use crate::domain::key::{DeliverableKey, TeamKey};
use crate::domain::limits;
use crate::store::changes::Changed;
use crate::store::revision::Counted;
use crate::store::rows::{AT_ONCE, instant, number, values};
use crate::store::{Addition, Change, Numbered, Revision, StoreError, Undoing, When, Write};
use sqlx::AssertSqlSafe;

impl Write<'_> {
    /// Adds deliverables of a team's own, in their order, with the numbers that follow.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn add_deliverables(
        &mut self,
        team: TeamKey,
        drafts: &[DeliverableDraft],
    ) -> Result<Addition<Vec<Numbered<DeliverableKey>>>, StoreError> {
        self.touch(Changed::Team(team));
        if !self.is_active(team).await? {
            return Ok(Addition::NoTeam);
        }
        if self.deliverable_count(team).await? + drafts.len() > limits::DELIVERABLES.most() {
            return Ok(Addition::Full(limits::DELIVERABLES.most()));
        }
        let drafts: Vec<_> = drafts.iter().map(|draft| (None, draft)).collect();
        Ok(Addition::Added(self.insert_deliverables(team, &drafts).await?))
    }

    async fn deliverable_count(&mut self, team: TeamKey) -> Result<usize, sqlx::Error> {
        let count = sqlx::query_scalar::<_, i64>(
            "select count(*) from deliverables
             where tenant_id = $1 and team_id = $2 and deleted_at is null",
        );
        let count = count.bind(self.tenant.0).bind(team.0).fetch_one(&mut *self.tx).await?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Writes new deliverables, each with the brief's key of it where it has one.
    pub(super) async fn insert_deliverables(
        &mut self,
        team: TeamKey,
        new: &[(Option<&str>, &DeliverableDraft)],
    ) -> Result<Vec<Numbered<DeliverableKey>>, sqlx::Error> {
        let mut next = self.numbers(team, Counted::Deliverables, new.len()).await?;
        let mut given = Vec::with_capacity(new.len());
        for some in new.chunks(AT_ONCE) {
            let sql = format!(
                "insert into deliverables (
                     tenant_id, team_id, made_at, state, revision, versions, id, number, brief_key, title, required,
                     due_on_wall, zone, due_at
                 ) values {}",
                values(some.len(), 6, 8),
            );
            let keys: Vec<i64> = some.iter().map(|_| self.draw()).collect();
            let insert = sqlx::query(AssertSqlSafe(sql)).bind(self.tenant.0).bind(team.0);
            let insert = insert.bind(self.now.as_millisecond()).bind("expected");
            let mut insert = insert.bind(1_i64).bind(0_i64);
            for (key, (brief_key, draft)) in keys.into_iter().zip(some) {
                let due = draft.due.as_ref();
                insert = insert.bind(key).bind(next).bind(*brief_key).bind(draft.title.as_str());
                insert = insert.bind(i64::from(draft.is_required));
                insert = insert.bind(due.map(When::written)).bind(due.map(|due| due.zone.as_str()));
                insert = insert.bind(due.map(|due| due.at.as_millisecond()));
                given.push(Numbered { key: DeliverableKey(key), number: number(next)? });
                next += 1;
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(given)
    }

    /// Replaces what is asked under a deliverable of the team's own. What was handed in for it keeps the deadline that it was
    /// measured by.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn change_deliverable(
        &mut self,
        key: DeliverableKey,
        seen: Revision,
        draft: &DeliverableDraft,
    ) -> Result<Change, StoreError> {
        self.touch(Changed::Deliverable(key));
        if let Some(why_not) = self.not_the_teams(key, seen).await? {
            return Ok(why_not);
        }
        self.rewrite_deliverable(key, draft).await?;
        Ok(Change::Made)
    }

    /// Why the team can't change a deliverable that it saw at a revision.
    async fn not_the_teams(&mut self, key: DeliverableKey, seen: Revision) -> Result<Option<Change>, sqlx::Error> {
        let former = sqlx::query_as::<_, (Option<String>, i64)>(
            "select brief_key, revision from deliverables
             where tenant_id = $1 and id = $2 and deleted_at is null",
        );
        let former = former.bind(self.tenant.0).bind(key.0).fetch_optional(&mut *self.tx).await?;
        Ok(match former {
            None => Some(Change::Gone),
            Some((Some(_), _)) => Some(Change::OfBrief),
            Some((None, revision)) => (revision != seen.0).then_some(Change::Changed),
        })
    }

    /// Replaces the columns of a deliverable that say what is asked; it is there again if it wasn't.
    pub(super) async fn rewrite_deliverable(
        &mut self,
        key: DeliverableKey,
        draft: &DeliverableDraft,
    ) -> Result<(), sqlx::Error> {
        let due = draft.due.as_ref();
        if due.is_none() {
            self.note_gone_deliverable(key).await?;
        }
        let rewrite = sqlx::query(
            "update deliverables
             set title = $3, required = $4, due_on_wall = $5, zone = $6, due_at = $7,
                 revision = revision + 1, changed_at = $8, deleted_at = null
             where tenant_id = $1 and id = $2",
        );
        let rewrite = rewrite.bind(self.tenant.0).bind(key.0).bind(draft.title.as_str());
        let rewrite = rewrite.bind(i64::from(draft.is_required));
        let rewrite = rewrite.bind(due.map(When::written)).bind(due.map(|due| due.zone.as_str()));
        let rewrite = rewrite.bind(due.map(|due| due.at.as_millisecond())).bind(self.now.as_millisecond());
        rewrite.execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Deletes a deliverable of the team's own, with what was handed in for it. It can be brought back for
    /// [`UNDO`](crate::store::UNDO).
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn delete_deliverable(&mut self, key: DeliverableKey, seen: Revision) -> Result<Change, StoreError> {
        self.touch(Changed::Deliverable(key));
        if let Some(why_not) = self.not_the_teams(key, seen).await? {
            return Ok(why_not);
        }
        self.drop_deliverable(key).await?;
        Ok(Change::Made)
    }

    pub(super) async fn drop_deliverable(&mut self, key: DeliverableKey) -> Result<(), sqlx::Error> {
        self.note_gone_deliverable(key).await?;
        let deleted = sqlx::query(
            "update deliverables set deleted_at = $3, revision = revision + 1, changed_at = $3
             where tenant_id = $1 and id = $2",
        );
        let deleted = deleted.bind(self.tenant.0).bind(key.0).bind(self.now.as_millisecond());
        deleted.execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Brings back a deliverable of the team's own, with what was handed in for it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn restore_deliverable(&mut self, key: DeliverableKey) -> Result<Undoing, StoreError> {
        self.touch(Changed::Deliverable(key));
        let deleted = sqlx::query_as::<_, (i64, i64)>(
            "select team_id, deleted_at from deliverables
             where tenant_id = $1 and id = $2 and deleted_at is not null and brief_key is null",
        );
        let deleted = deleted.bind(self.tenant.0).bind(key.0).fetch_optional(&mut *self.tx).await?;
        let Some((team, deleted_at)) = deleted else { return Ok(Undoing::NotDeleted) };
        if !self.is_undoable(instant(deleted_at)?) {
            return Ok(Undoing::TooLate);
        }
        if self.deliverable_count(TeamKey(team)).await? >= limits::DELIVERABLES.most() {
            return Ok(Undoing::Full);
        }
        let restored = sqlx::query(
            "update deliverables set deleted_at = null, revision = revision + 1, changed_at = $3
             where tenant_id = $1 and id = $2",
        );
        let restored = restored.bind(self.tenant.0).bind(key.0).bind(self.now.as_millisecond());
        restored.execute(&mut *self.tx).await?;
        Ok(Undoing::Undone)
    }
}
