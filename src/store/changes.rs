//! What changed, and may change what people are reminded of: noted in the transaction that changes it, worked out after it.
//!
//! Whoever changes something says only that it did. What comes of it is worked out by `app::reminders`, from what is true
//! then, so that no command knows about reminders and none can forget half of them.

use super::rows::{AT_ONCE, values};
use super::{Store, StoreError, Write, scheduled};
use crate::domain::key::{BriefKey, DeliverableKey, MilestoneKey, ReminderKey, TeamKey, TenantKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

/// Something that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Changed {
    /// A team: its members, its plan, its deliverables, its defence.
    Team(TeamKey),
    /// A milestone, and so its team.
    Milestone(MilestoneKey),
    /// A deliverable, and so its team.
    Deliverable(DeliverableKey),
    /// A brief, and so its teams.
    Brief(BriefKey),
    /// A person: their zone, what they chose.
    Person(PersonKey),
    /// What somebody asked to be reminded of.
    Reminder(ReminderKey),
    /// What the whole space chose.
    Space,
}

impl Changed {
    /// As it is kept.
    fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Team(key) => ("team", key.0),
            Self::Milestone(key) => ("milestone", key.0),
            Self::Deliverable(key) => ("deliverable", key.0),
            Self::Brief(key) => ("brief", key.0),
            Self::Person(key) => ("person", key.0),
            Self::Reminder(key) => ("reminder", key.0),
            Self::Space => ("space", 0),
        }
    }

    fn read(kind: &str, id: i64) -> Option<Self> {
        Some(match kind {
            "team" => Self::Team(TeamKey(id)),
            "milestone" => Self::Milestone(MilestoneKey(id)),
            "deliverable" => Self::Deliverable(DeliverableKey(id)),
            "brief" => Self::Brief(BriefKey(id)),
            "person" => Self::Person(PersonKey(id)),
            "reminder" => Self::Reminder(ReminderKey(id)),
            "space" => Self::Space,
            _ => return None,
        })
    }

    /// What an entry of the journal is about (`team:12`), where people are reminded of such a thing.
    pub(super) fn about(about: &str) -> Option<Self> {
        let (kind, id) = about.split_once(':')?;
        if kind == "setting" {
            return Some(Self::Space);
        }
        Self::read(kind, id.parse().ok()?)
    }
}

/// A change that wasn't worked out yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unplanned {
    /// Whose.
    pub tenant: TenantKey,
    /// What changed.
    pub what: Changed,
    /// Since when: what had fallen due before is said all the same.
    pub since: Timestamp,
}

impl Store {
    /// The change that has waited longest, of any tenant.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn next_change(&self) -> Result<Option<Unplanned>, StoreError> {
        let next = sqlx::query_as::<_, (i64, String, i64, i64)>(
            "select tenant_id, kind, subject_id, since_at from changes
             order by since_at, tenant_id
             limit 1",
        );
        let Some((tenant, kind, id, since)) = next.fetch_optional(&self.pool).await? else { return Ok(None) };
        let what = Changed::read(&kind, id).ok_or_else(|| super::rows::damaged("kind"))?;
        Ok(Some(Unplanned { tenant: TenantKey(tenant), what, since: super::rows::instant(since)? }))
    }
}

impl Write<'_> {
    /// Notes that something changed. Commands needn't: what is journaled is noted, and so is what the store changes.
    pub(super) fn touch(&mut self, what: Changed) {
        self.touched.insert(what);
    }

    /// Writes what was noted, once each.
    pub(super) async fn keep_touched(&mut self) -> Result<(), StoreError> {
        let touched: Vec<Changed> = std::mem::take(&mut self.touched).into_iter().collect();
        if touched.iter().any(|what| what.may_be_scheduled()) {
            scheduled::look_at(&mut self.tx, self.tenant.0).await?;
        }
        self.spread(self.now, &touched).await
    }

    /// Takes a change as worked out: what this transaction writes comes of it. What changed again meanwhile isn't hidden
    /// by it, since writers of one tenant come one after the other.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn worked_out(&mut self, what: Changed) -> Result<(), StoreError> {
        let (kind, id) = what.columns();
        let gone = sqlx::query("delete from changes where tenant_id = $1 and kind = $2 and subject_id = $3");
        gone.bind(self.tenant.0).bind(kind).bind(id).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// The teams that a change is about: those at work, and those that still have something to say.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn teams_changed(&mut self, what: Changed) -> Result<Vec<TeamKey>, StoreError> {
        let (_, id) = what.columns();
        let sql = match what {
            Changed::Team(team) => return Ok(vec![team]),
            Changed::Reminder(_) => return Ok(Vec::new()),
            Changed::Milestone(_) => "select team_id from milestones where tenant_id = $1 and id = $2",
            Changed::Deliverable(_) => "select team_id from deliverables where tenant_id = $1 and id = $2",
            Changed::Brief(_) => "select id from teams where tenant_id = $1 and brief_id = $2",
            Changed::Person(_) => {
                "select team_id from seats where tenant_id = $1 and person_id = $2
                 group by team_id"
            }
            Changed::Space => "select id from teams where tenant_id = $1 and $2 = 0",
        };
        let teams = sqlx::query_scalar::<_, i64>(sql).bind(self.tenant.0).bind(id);
        Ok(teams.fetch_all(&mut *self.tx).await?.into_iter().map(TeamKey).collect())
    }

    /// The people whose own reminders a change is about.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn people_changed(&mut self, what: Changed) -> Result<Vec<PersonKey>, StoreError> {
        match what {
            Changed::Person(person) => Ok(vec![person]),
            Changed::Space => {
                // Those who have something of their own: the others' comes with their teams.
                let people = sqlx::query_scalar::<_, i64>(
                    "select person_id from reminders where tenant_id = $1
                     union
                     select level_id from reminder_settings where tenant_id = $1 and level = 'person'",
                );
                let people = people.bind(self.tenant.0).fetch_all(&mut *self.tx).await?;
                Ok(people.into_iter().map(PersonKey).collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Has several things worked out, each in a transaction of its own: parts of a large change. What waits already waits since
    /// the earlier of both: what fell due in between is said.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn spread(&mut self, since: Timestamp, parts: &[Changed]) -> Result<(), StoreError> {
        for some in parts.chunks(AT_ONCE) {
            let sql = format!(
                "insert into changes (tenant_id, since_at, kind, subject_id)
                 values {}
                 on conflict (tenant_id, kind, subject_id) do update
                     set since_at = case when excluded.since_at < changes.since_at then excluded.since_at
                                         else changes.since_at end",
                values(some.len(), 2, 2)
            );
            let mut insert = sqlx::query(AssertSqlSafe(sql)).bind(self.tenant.0).bind(since.as_millisecond());
            for one in some {
                let (kind, id) = one.columns();
                insert = insert.bind(kind).bind(id);
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}
