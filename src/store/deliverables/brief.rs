//! Deliverables that a team has from its brief: made when it is founded, moved when a new version of the brief moves them.

use super::{Deliverable, DeliverableDraft};
use crate::domain::key::{DeliverableKey, TeamKey};
use crate::store::changes::Changed;
use crate::store::rows::number;
use crate::store::{Moved, Numbered, StoreError, Write};
use std::collections::HashMap;

/// A deliverable as the brief has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefDeliverable {
    /// The brief's own key of it, the same in every version: by it, a team's deliverable is found again.
    pub key: String,
    /// What the brief asks.
    pub draft: DeliverableDraft,
}

impl Write<'_> {
    /// Gives a team the deliverables of its brief, in the place of those that it had from it: added, changed or removed. What
    /// was handed in stays; for one that is removed, it can be read again once the brief has it back, within a day.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn follow_deliverables(
        &mut self,
        team: TeamKey,
        wanted: &[BriefDeliverable],
    ) -> Result<Moved<DeliverableKey>, StoreError> {
        self.touch(Changed::Team(team));
        let mut moved = Moved::default();
        if !self.is_active(team).await? {
            return Ok(moved);
        }
        let present = self.deliverables_of(team).await?;
        let mut present: HashMap<&str, &Deliverable> =
            present.iter().filter_map(|deliverable| Some((deliverable.brief_key.as_deref()?, deliverable))).collect();
        let deleted = sqlx::query_as::<_, (String, i64, i64)>(
            "select brief_key, id, number from deliverables
             where tenant_id = $1 and team_id = $2 and brief_key is not null and deleted_at is not null",
        );
        let deleted = deleted.bind(self.tenant.0).bind(team.0).fetch_all(&mut *self.tx).await?;
        let deleted: HashMap<String, (i64, i64)> =
            deleted.into_iter().map(|(key, id, number)| (key, (id, number))).collect();
        let mut new = Vec::new();
        for BriefDeliverable { key, draft } in wanted {
            if let Some(former) = present.remove(key.as_str()) {
                if former.draft != *draft {
                    self.rewrite_deliverable(former.key, draft).await?;
                    moved.changed.push(Numbered { key: former.key, number: former.number });
                }
            } else if let Some((id, numbered)) = deleted.get(key) {
                let back = Numbered { key: DeliverableKey(*id), number: number(*numbered)? };
                self.rewrite_deliverable(back.key, draft).await?;
                moved.added.push(back);
            } else {
                new.push((Some(key.as_str()), draft));
            }
        }
        if !new.is_empty() {
            moved.added.extend(self.insert_deliverables(team, &new).await?);
        }
        for former in present.into_values() {
            self.drop_deliverable(former.key).await?;
            moved.removed.push(Numbered { key: former.key, number: former.number });
        }
        moved.removed.sort_unstable_by_key(|removed| removed.number);
        Ok(moved)
    }
}
