//! Planning the defences of a brief: all of them at once, in their order.

use super::{Defence, DefenceSlot, read};
use crate::domain::duration::Minutes;
use crate::domain::key::{BriefKey, DefenceKey, TeamKey};
use crate::store::changes::Changed;
use crate::store::{Revision, StoreError, Write};
use std::collections::{BTreeMap, HashMap, HashSet};
use vigie_chat::folded;

/// What comes of planning. Only [`Planning::Planned`] is worth committing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planning {
    /// They are planned, under these keys, in the order given.
    Planned(Vec<DefenceKey>),
    /// Somebody else planned meanwhile: nothing is written.
    Changed,
    /// The team isn't at work on this brief, or no longer.
    NoTeam(TeamKey),
    /// The team has two slots.
    Twice(TeamKey),
    /// Two defences would take place at the same time in one room, or before one jury.
    Overlap {
        /// The one that begins first.
        one: TeamKey,
        /// The one that begins before the other ends. It may be of another brief.
        other: TeamKey,
        /// What they would share.
        shared: Shared,
    },
}

/// What two defences can't share at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shared {
    /// A room.
    Room,
    /// A jury.
    Jury,
}

/// The longest that a defence may last, in milliseconds: how far back one may have begun that isn't over.
const LONGEST: i64 = Minutes::MOST as i64 * 60_000;

impl Write<'_> {
    /// Gives a brief these defences, in this order, in the place of those that it had. `seen` is what whoever plans saw of
    /// them. To change one, give all with it changed; to cancel one, give all without it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn plan_defences(
        &mut self,
        brief: BriefKey,
        seen: &[(DefenceKey, Revision)],
        planned: &[(TeamKey, DefenceSlot)],
    ) -> Result<Planning, StoreError> {
        self.touch(Changed::Brief(brief));
        let former = self.defences_of(brief).await?;
        let present: HashSet<_> = former.iter().map(|defence| (defence.key, defence.revision)).collect();
        if present != seen.iter().copied().collect() {
            return Ok(Planning::Changed);
        }
        if let Some(refused) = self.refused(brief, planned).await? {
            return Ok(refused);
        }
        let mut former: HashMap<TeamKey, Defence> = former.into_iter().map(|one| (one.team, one)).collect();
        let mut keys = Vec::with_capacity(planned.len());
        for (rank, (team, slot)) in (1..).zip(planned) {
            let key = match former.remove(team) {
                Some(same) if same.rank == rank && same.slot == *slot => same.key,
                Some(other) => {
                    self.write_defence((brief, *team, other.key), other.revision, rank, slot).await?;
                    other.key
                }
                None => {
                    let key = DefenceKey(self.draw());
                    self.write_defence((brief, *team, key), Revision(0), rank, slot).await?;
                    key
                }
            };
            keys.push(key);
        }
        for cancelled in former.into_values() {
            self.note_gone_defence(cancelled.key).await?;
            let cancel = sqlx::query("delete from defences where tenant_id = $1 and id = $2");
            cancel.bind(self.tenant.0).bind(cancelled.key.0).execute(&mut *self.tx).await?;
        }
        Ok(Planning::Planned(keys))
    }

    /// Why these defences can't be.
    async fn refused(
        &mut self,
        brief: BriefKey,
        planned: &[(TeamKey, DefenceSlot)],
    ) -> Result<Option<Planning>, sqlx::Error> {
        let teams = sqlx::query_scalar::<_, i64>(
            "select id from teams
             where tenant_id = $1 and brief_id = $2 and state = 'active'",
        );
        let teams = teams.bind(self.tenant.0).bind(brief.0).fetch_all(&mut *self.tx).await?;
        let teams: HashSet<i64> = teams.into_iter().collect();
        let mut once = HashSet::new();
        for (team, _) in planned {
            if !teams.contains(&team.0) {
                return Ok(Some(Planning::NoTeam(*team)));
            }
            if !once.insert(team) {
                return Ok(Some(Planning::Twice(*team)));
            }
        }
        let spans = || planned.iter().map(|(_, slot)| slot.span());
        let (Some(first), Some(last)) = (spans().map(|span| span.0).min(), spans().map(|span| span.1).max()) else {
            return Ok(None);
        };
        let near = (first.saturating_sub(LONGEST), last);
        let others = read(&mut self.tx, self.tenant, "starts_at > $2 and starts_at < $3", near).await?;
        let others = others.into_iter().filter(|other| other.brief != brief).map(|other| (other.team, other.slot));
        Ok(overlap(planned.iter().cloned().chain(others)))
    }

    async fn write_defence(
        &mut self,
        (brief, team, key): (BriefKey, TeamKey, DefenceKey),
        former: Revision,
        rank: u32,
        slot: &DefenceSlot,
    ) -> Result<(), sqlx::Error> {
        let write = sqlx::query(
            "insert into defences (
                 tenant_id, id, brief_id, team_id, rank, starts_on_wall, zone, starts_at, minutes, room, jury, revision,
                 changed_at
             ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (tenant_id, id) do update
                 set rank = excluded.rank, starts_on_wall = excluded.starts_on_wall, zone = excluded.zone,
                     starts_at = excluded.starts_at, minutes = excluded.minutes, room = excluded.room,
                     jury = excluded.jury, revision = excluded.revision, changed_at = excluded.changed_at",
        );
        let write = write.bind(self.tenant.0).bind(key.0).bind(brief.0).bind(team.0).bind(i64::from(rank));
        let write = write.bind(slot.starts.written()).bind(slot.starts.zone.as_str());
        let write = write.bind(slot.starts.at.as_millisecond()).bind(i64::from(slot.minutes.get()));
        let write = write.bind(slot.room.as_deref()).bind(slot.jury.as_deref()).bind(former.0 + 1);
        let write = write.bind(self.now.as_millisecond());
        write.execute(&mut *self.tx).await?;
        Ok(())
    }
}

/// The first two that would be in one room, or before one jury, at the same time.
fn overlap(all: impl IntoIterator<Item = (TeamKey, DefenceSlot)>) -> Option<Planning> {
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by_key(|(_, slot)| slot.span());
    // Of each room and each jury, who has it, and until when.
    let mut taken: BTreeMap<(Shared, String), (TeamKey, i64)> = BTreeMap::new();
    for (team, slot) in &all {
        let (start, end) = slot.span();
        for (shared, name) in [(Shared::Room, &slot.room), (Shared::Jury, &slot.jury)] {
            let Some(name) = name.as_deref().map(folded).filter(|name| !name.trim().is_empty()) else { continue };
            let key = (shared, name.trim().to_owned());
            match taken.get(&key) {
                Some((one, until)) if *until > start => {
                    return Some(Planning::Overlap { one: *one, other: *team, shared });
                }
                _ => taken.insert(key, (*team, end)),
            };
        }
    }
    None
}
