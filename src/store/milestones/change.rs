//! Changing a milestone: what is planned, how far it is, and whether it is there at all.

use super::MilestoneDraft;
use crate::domain::duration::Minutes;
use crate::domain::key::MilestoneKey;
use crate::domain::limits;
use crate::store::changes::Changed;
use crate::store::rows::instant;
use crate::store::{Change, Revision, StoreError, Undoing, When, Write};

/// How far somebody says that a milestone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark<'a> {
    /// Not done, or no longer.
    Open,
    /// Not done, and why it can't be for now.
    Blocked(&'a str),
    /// Done, by whoever says so.
    Done,
}

impl Write<'_> {
    /// Replaces what is planned under a milestone of the team's own.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn change_milestone(
        &mut self,
        key: MilestoneKey,
        seen: Revision,
        draft: &MilestoneDraft,
    ) -> Result<Change, StoreError> {
        self.touch(Changed::Milestone(key));
        let Some(former) = self.milestone(key).await? else { return Ok(Change::Gone) };
        if former.brief_key.is_some() {
            return Ok(Change::OfBrief);
        }
        if former.revision != seen {
            return Ok(Change::Changed);
        }
        if let Some(missing) = self.missing_of_milestones(former.team, std::slice::from_ref(draft)).await? {
            return Ok(Change::Missing(missing));
        }
        self.rewrite_milestone(key, draft).await?;
        for links in [
            "delete from milestone_people where tenant_id = $1 and milestone_id = $2",
            "delete from milestone_needs where tenant_id = $1 and milestone_id = $2",
            "delete from milestone_criteria where tenant_id = $1 and milestone_id = $2",
        ] {
            sqlx::query(links).bind(self.tenant.0).bind(key.0).execute(&mut *self.tx).await?;
        }
        self.link_milestones(&[(key, draft)]).await?;
        Ok(Change::Made)
    }

    /// Replaces the columns of a milestone that say what is planned.
    pub(super) async fn rewrite_milestone(
        &mut self,
        key: MilestoneKey,
        draft: &MilestoneDraft,
    ) -> Result<(), sqlx::Error> {
        let due = draft.due.as_ref();
        if due.is_none() {
            self.note_gone_milestone(key).await?;
        }
        let rewrite = sqlx::query(
            "update milestones
             set title = $3, due_on_wall = $4, zone = $5, due_at = $6, minutes = $7, deliverable = $8,
                 revision = revision + 1, changed_at = $9, deleted_at = null
             where tenant_id = $1 and id = $2",
        );
        let rewrite = rewrite.bind(self.tenant.0).bind(key.0).bind(draft.title.as_str());
        let rewrite = rewrite.bind(due.map(When::written)).bind(due.map(|due| due.zone.as_str()));
        let rewrite = rewrite.bind(due.map(|due| due.at.as_millisecond()));
        let rewrite = rewrite.bind(draft.minutes.map(Minutes::get).map(i64::from));
        let rewrite = rewrite.bind(draft.deliverable.map(i64::from)).bind(self.now.as_millisecond());
        rewrite.execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Says how far a milestone is, the brief's own too.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn mark_milestone(
        &mut self,
        key: MilestoneKey,
        seen: Revision,
        mark: Mark<'_>,
    ) -> Result<Change, StoreError> {
        self.touch(Changed::Milestone(key));
        let (state, why, done) = match mark {
            Mark::Open => ("open", None, None),
            Mark::Blocked(why) => ("blocked", Some(why), None),
            Mark::Done => ("done", None, Some((self.now.as_millisecond(), self.person.0))),
        };
        let marked = sqlx::query(
            "update milestones
             set state = $4, why = $5, done_at = $6, done_by = $7, revision = revision + 1, changed_at = $8
             where tenant_id = $1 and id = $2 and revision = $3 and deleted_at is null",
        );
        let marked = marked.bind(self.tenant.0).bind(key.0).bind(seen.0).bind(state).bind(why);
        let marked = marked.bind(done.map(|(at, _)| at)).bind(done.map(|(_, by)| by)).bind(self.now.as_millisecond());
        if marked.execute(&mut *self.tx).await?.rows_affected() > 0 {
            return Ok(Change::Made);
        }
        Ok(if self.milestone(key).await?.is_some() { Change::Changed } else { Change::Gone })
    }

    /// Deletes a milestone of the team's own. It can be brought back for [`UNDO`](crate::store::UNDO).
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn delete_milestone(&mut self, key: MilestoneKey, seen: Revision) -> Result<Change, StoreError> {
        self.touch(Changed::Milestone(key));
        let Some(former) = self.milestone(key).await? else { return Ok(Change::Gone) };
        if former.brief_key.is_some() {
            return Ok(Change::OfBrief);
        }
        if former.revision != seen {
            return Ok(Change::Changed);
        }
        self.note_gone_milestone(key).await?;
        let deleted = sqlx::query(
            "update milestones set deleted_at = $3, revision = revision + 1, changed_at = $3
             where tenant_id = $1 and id = $2",
        );
        let deleted = deleted.bind(self.tenant.0).bind(key.0).bind(self.now.as_millisecond());
        deleted.execute(&mut *self.tx).await?;
        Ok(Change::Made)
    }

    /// Brings back a milestone of the team's own, with all that hung on it. What it needs, and what needs it, count again:
    /// the caller sees that no circle closes.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn restore_milestone(&mut self, key: MilestoneKey) -> Result<Undoing, StoreError> {
        self.touch(Changed::Milestone(key));
        let deleted = sqlx::query_as::<_, (i64, i64)>(
            "select team_id, deleted_at from milestones
             where tenant_id = $1 and id = $2 and deleted_at is not null and brief_key is null",
        );
        let deleted = deleted.bind(self.tenant.0).bind(key.0).fetch_optional(&mut *self.tx).await?;
        let Some((team, deleted_at)) = deleted else { return Ok(Undoing::NotDeleted) };
        if !self.is_undoable(instant(deleted_at)?) {
            return Ok(Undoing::TooLate);
        }
        if self.milestone_count(crate::domain::key::TeamKey(team)).await? >= limits::MILESTONES.most() {
            return Ok(Undoing::Full);
        }
        let restored = sqlx::query(
            "update milestones set deleted_at = null, revision = revision + 1, changed_at = $3
             where tenant_id = $1 and id = $2",
        );
        let restored = restored.bind(self.tenant.0).bind(key.0).bind(self.now.as_millisecond());
        restored.execute(&mut *self.tx).await?;
        // Whoever left the team meanwhile is responsible for nothing that isn't done.
        let absent = sqlx::query(
            "delete from milestone_people
             where tenant_id = $1 and milestone_id = $2
               and not exists (
                   select 1 from seats
                   where seats.tenant_id = $1 and seats.team_id = $3 and seats.person_id = milestone_people.person_id
                     and seats.left_at is null
               )
               and exists (
                   select 1 from milestones where tenant_id = $1 and id = $2 and state <> 'done'
               )",
        );
        absent.bind(self.tenant.0).bind(key.0).bind(team).execute(&mut *self.tx).await?;
        Ok(Undoing::Undone)
    }
}
