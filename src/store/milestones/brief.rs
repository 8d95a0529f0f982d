//! Milestones that a team has from its brief: made when it is founded, moved when a new version of the brief moves them.

use super::{Milestone, MilestoneDraft, Numbered};
use crate::domain::key::{MilestoneKey, TeamKey};
use crate::store::changes::Changed;
use crate::store::{StoreError, Write};
use std::collections::HashMap;

/// A milestone as the brief has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefMilestone {
    /// The brief's own key of it, the same in every version: by it, a team's milestone is found again.
    pub key: String,
    /// What the brief says of it. People and needs are the team's own, and aren't read.
    pub draft: MilestoneDraft,
}

/// What a version of the brief changed in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved<K> {
    /// What is new, or back.
    pub added: Vec<Numbered<K>>,
    /// What is said differently from before.
    pub changed: Vec<Numbered<K>>,
    /// What the brief no longer has. It is deleted as if somebody had.
    pub removed: Vec<Numbered<K>>,
}

impl<K> Default for Moved<K> {
    fn default() -> Self {
        Self { added: Vec::new(), changed: Vec::new(), removed: Vec::new() }
    }
}

impl<K> Moved<K> {
    /// Whether the team has what it had.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

impl Write<'_> {
    /// Gives a team the milestones of its brief, in the place of those that it had from it: added, changed or removed. How far
    /// they are, who is responsible and what they need stays.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn follow_milestones(
        &mut self,
        team: TeamKey,
        wanted: &[BriefMilestone],
    ) -> Result<Moved<MilestoneKey>, StoreError> {
        self.touch(Changed::Team(team));
        let mut moved = Moved::default();
        if !self.is_active(team).await? {
            return Ok(moved);
        }
        let present = self.plan_of(team).await?;
        let mut present: HashMap<&str, &Milestone> =
            present.iter().filter_map(|milestone| Some((milestone.brief_key.as_deref()?, milestone))).collect();
        let deleted = sqlx::query_as::<_, (String, i64, i64)>(
            "select brief_key, id, number from milestones
             where tenant_id = $1 and team_id = $2 and brief_key is not null and deleted_at is not null",
        );
        let deleted = deleted.bind(self.tenant.0).bind(team.0).fetch_all(&mut *self.tx).await?;
        let deleted: HashMap<String, (i64, i64)> =
            deleted.into_iter().map(|(key, id, number)| (key, (id, number))).collect();
        let mut new = Vec::new();
        for BriefMilestone { key, draft } in wanted {
            if let Some(former) = present.remove(key.as_str()) {
                if !same(&former.draft, draft) {
                    self.rewrite_from_brief(former.key, draft).await?;
                    moved.changed.push(Numbered { key: former.key, number: former.number });
                }
            } else if let Some((id, number)) = deleted.get(key) {
                let back = Numbered { key: MilestoneKey(*id), number: crate::store::rows::number(*number)? };
                self.rewrite_from_brief(back.key, draft).await?;
                moved.added.push(back);
            } else {
                new.push((key, MilestoneDraft { people: Vec::new(), needs: Vec::new(), ..draft.clone() }));
            }
        }
        if !new.is_empty() {
            let new: Vec<_> = new.iter().map(|(key, draft)| (Some(key.as_str()), draft)).collect();
            moved.added.extend(self.insert_milestones(team, &new).await?);
        }
        for former in present.into_values() {
            self.note_gone_milestone(former.key).await?;
            let removed = sqlx::query(
                "update milestones set deleted_at = $3, revision = revision + 1, changed_at = $3
                 where tenant_id = $1 and id = $2",
            );
            let removed = removed.bind(self.tenant.0).bind(former.key.0).bind(self.now.as_millisecond());
            removed.execute(&mut *self.tx).await?;
            moved.removed.push(Numbered { key: former.key, number: former.number });
        }
        moved.removed.sort_unstable_by_key(|removed| removed.number);
        Ok(moved)
    }

    /// Writes what the brief says of a milestone, which is there again if it wasn't.
    async fn rewrite_from_brief(&mut self, key: MilestoneKey, draft: &MilestoneDraft) -> Result<(), sqlx::Error> {
        self.rewrite_milestone(key, draft).await?;
        let former = "delete from milestone_criteria where tenant_id = $1 and milestone_id = $2";
        sqlx::query(former).bind(self.tenant.0).bind(key.0).execute(&mut *self.tx).await?;
        let criteria = MilestoneDraft { criteria: draft.criteria.clone(), ..MilestoneDraft::default() };
        self.link_milestones(&[(key, &criteria)]).await
    }
}

/// Whether the brief says the same of a milestone as before.
fn same(former: &MilestoneDraft, wanted: &MilestoneDraft) -> bool {
    let mut criteria = wanted.criteria.clone();
    criteria.sort_unstable();
    criteria.dedup();
    (&former.title, &former.due, former.minutes, former.deliverable, &former.criteria)
        == (&wanted.title, &wanted.due, wanted.minutes, wanted.deliverable, &criteria)
}
