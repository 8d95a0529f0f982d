//! What people asked to be reminded of, for themselves or for their team.
//!
//! What somebody asks for themselves is theirs alone: it is read by nobody else, and its text, if they gave one, stands
//! nowhere but here.

use super::changes::Changed;
use super::occasions::Nags;
use super::rows::{damaged, instant, number};
use super::{Scope, Store, StoreError, UNDO, Undoing, When, Write};
use crate::domain::key::{ReminderKey, TeamKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;

/// Reminders that one person may have asked for at a time.
pub const MOST_REMINDERS: u32 = 100;

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderDraft {
    /// For a whole team; none: for themselves, in private.
    pub team: Option<TeamKey>,
    /// Their own words.
    pub what: Option<String>,
    /// When; for what recurs, from when on.
    pub when: When,
    /// How it recurs, as `domain::reminder` writes it.
    pub rule: Option<String>,
    /// Whether those who haven't seen it are told again.
    pub nags: Nags,
}

/// What somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Which one.
    pub key: ReminderKey,
    /// What they call it.
    pub number: u32,
    /// Who asked.
    pub person: PersonKey,
    /// What they asked for.
    pub draft: ReminderDraft,
    /// When they did.
    pub made_at: Timestamp,
}

/// What comes of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reminding {
    /// It is noted.
    Noted(Reminder),
    /// They have as many as they may have.
    Full,
    /// The team isn't there, or no longer.
    NoTeam,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    number: i64,
    person_id: i64,
    team_id: Option<i64>,
    what: Option<String>,
    starts_on_wall: String,
    zone: String,
    starts_at: i64,
    rule: Option<String>,
    acknowledged: i64,
    made_at: i64,
}

impl TryFrom<Row> for Reminder {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let when = When::read((Some(row.starts_on_wall), Some(row.zone), Some(row.starts_at)))?;
        Ok(Self {
            key: ReminderKey(row.id),
            number: number(row.number)?,
            person: PersonKey(row.person_id),
            draft: ReminderDraft {
                team: row.team_id.map(TeamKey),
                what: row.what,
                when: when.ok_or_else(|| damaged("starts_at"))?,
                rule: row.rule,
                nags: if row.acknowledged == 0 { Nags::No } else { Nags::UntilSeen },
            },
            made_at: instant(row.made_at)?,
        })
    }
}

impl Store {
    /// Erases what came once, before an instant, and isn't to come again, and says how many there were.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn erase_past_reminders(&self, before: Timestamp) -> Result<u64, StoreError> {
        let erased = sqlx::query(
            "delete from reminders
             where rule is null and starts_at < $1
               and not exists (
                   select 1 from alarms
                   where alarms.tenant_id = reminders.tenant_id and alarms.kind = 'reminder'
                     and alarms.subject_id = reminders.id
               )",
        );
        let erased = erased.bind(before.as_millisecond()).execute(&self.pool).await?.rows_affected();
        let seen = sqlx::query(
            "delete from acknowledgements
             where at < $1
               and not exists (
                   select 1 from reminders
                   where reminders.tenant_id = acknowledgements.tenant_id and reminders.id = acknowledgements.reminder_id
               )",
        );
        seen.bind(before.as_millisecond()).execute(&self.pool).await?;
        Ok(erased)
    }
}

impl Scope<'_> {
    /// What somebody asked for, themselves or for a team, by number.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn reminders_of(&self, person: PersonKey) -> Result<Vec<Reminder>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(
            "select id, number, person_id, team_id, what, starts_on_wall, zone, starts_at, rule, acknowledged, made_at
             from reminders
             where tenant_id = $1 and person_id = $2 and deleted_at is null
             order by number",
        );
        let rows = rows.bind(self.tenant.0).bind(person.0).fetch_all(&self.store.pool).await?;
        Ok(rows.into_iter().map(Reminder::try_from).collect::<Result<_, _>>()?)
    }

    /// What somebody is to be reminded of because they asked, or somebody asked for a team in which they sit and which is at
    /// work, but for what they said that they saw; what is due first first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn reminders_for(&self, person: PersonKey) -> Result<Vec<Reminder>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(
            "select id, number, person_id, team_id, what, starts_on_wall, zone, starts_at, rule, acknowledged, made_at
             from reminders
             where tenant_id = $1 and deleted_at is null
               and (
                   (person_id = $2 and team_id is null)
                   or team_id in (
                       select seats.team_id from seats
                       join briefs on briefs.tenant_id = $1 and briefs.id = seats.brief_id and briefs.state = 'published'
                       where seats.tenant_id = $1 and seats.person_id = $2 and seats.left_at is null
                   )
               )
               and not exists (
                   select 1 from acknowledgements
                   where acknowledgements.tenant_id = $1 and acknowledgements.reminder_id = reminders.id
                     and acknowledgements.person_id = $2
               )
             order by starts_at, id
             limit 1000",
        );
        let rows = rows.bind(self.tenant.0).bind(person.0).fetch_all(&self.store.pool).await?;
        Ok(rows.into_iter().map(Reminder::try_from).collect::<Result<_, _>>()?)
    }

    /// Who said that they saw a reminder.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn seen_by(&self, reminder: ReminderKey) -> Result<Vec<PersonKey>, StoreError> {
        let people = sqlx::query_scalar::<_, i64>(
            "select person_id from acknowledgements
             where tenant_id = $1 and reminder_id = $2
             order by at, person_id",
        );
        let people = people.bind(self.tenant.0).bind(reminder.0).fetch_all(&self.store.pool).await?;
        Ok(people.into_iter().map(PersonKey).collect())
    }
}

impl Write<'_> {
    /// Notes what somebody asks for.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn remind(&mut self, draft: &ReminderDraft) -> Result<Reminding, StoreError> {
        if let Some(team) = draft.team
            && !self.is_active(team).await?
        {
            return Ok(Reminding::NoTeam);
        }
        let (count, last) = sqlx::query_as::<_, (i64, Option<i64>)>(
            "select count(case when deleted_at is null and (rule is not null or starts_at > $3) then 1 end), max(number)
             from reminders
             where tenant_id = $1 and person_id = $2",
        )
        .bind(self.tenant.0)
        .bind(self.person.0)
        .bind(self.now.as_millisecond())
        .fetch_one(&mut *self.tx)
        .await?;
        if count >= i64::from(MOST_REMINDERS) {
            return Ok(Reminding::Full);
        }
        let key = ReminderKey(self.draw());
        let count = last.unwrap_or_default() + 1;
        let new = sqlx::query(
            "insert into reminders (
                 tenant_id, id, number, person_id, team_id, what, starts_on_wall, zone, starts_at, rule, acknowledged,
                 made_at
             ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        );
        let new = new.bind(self.tenant.0).bind(key.0).bind(count).bind(self.person.0);
        let new = new.bind(draft.team.map(|team| team.0)).bind(draft.what.as_deref());
        let new = new.bind(draft.when.written()).bind(draft.when.zone.as_str()).bind(draft.when.at.as_millisecond());
        let new = new.bind(draft.rule.as_deref()).bind(i64::from(draft.nags == Nags::UntilSeen));
        new.bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        self.touch(Changed::Reminder(key));
        let reminder = Reminder {
            key,
            number: number(count)?,
            person: self.person,
            draft: draft.clone(),
            made_at: instant(self.now.as_millisecond())?,
        };
        Ok(Reminding::Noted(reminder))
    }

    /// Deletes what whoever acts asked for, and says whether it was there. It can be brought back for [`UNDO`].
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn forget_reminder(&mut self, reminder: ReminderKey) -> Result<bool, StoreError> {
        let deleted = sqlx::query(
            "update reminders set deleted_at = $4
             where tenant_id = $1 and id = $2 and person_id = $3 and deleted_at is null",
        );
        let deleted = deleted.bind(self.tenant.0).bind(reminder.0).bind(self.person.0);
        let deleted = deleted.bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        self.touch(Changed::Reminder(reminder));
        Ok(deleted.rows_affected() > 0)
    }

    /// Erases all that whoever acts asked for without words, for themselves, and says how many there were.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn forget_wordless_reminders(&mut self) -> Result<u64, StoreError> {
        let keys = sqlx::query_scalar::<_, i64>(
            "delete from reminders
             where tenant_id = $1 and person_id = $2 and team_id is null and what is null
             returning id",
        );
        let keys = keys.bind(self.tenant.0).bind(self.person.0).fetch_all(&mut *self.tx).await?;
        for key in &keys {
            let seen = sqlx::query("delete from acknowledgements where tenant_id = $1 and reminder_id = $2");
            seen.bind(self.tenant.0).bind(*key).execute(&mut *self.tx).await?;
            self.touch(Changed::Reminder(ReminderKey(*key)));
        }
        Ok(keys.len() as u64)
    }

    /// Brings back what whoever acts deleted, by its number.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn restore_reminder(&mut self, number: u32) -> Result<Undoing, StoreError> {
        let deleted = sqlx::query_as::<_, (i64, i64)>(
            "select id, deleted_at from reminders
             where tenant_id = $1 and person_id = $2 and number = $3 and deleted_at is not null
             order by deleted_at desc
             limit 1",
        );
        let deleted = deleted.bind(self.tenant.0).bind(self.person.0).bind(i64::from(number));
        let Some((id, deleted_at)) = deleted.fetch_optional(&mut *self.tx).await? else {
            return Ok(Undoing::NotDeleted);
        };
        if self.now.duration_since(instant(deleted_at)?) >= UNDO {
            return Ok(Undoing::TooLate);
        }
        let restored = sqlx::query("update reminders set deleted_at = null where tenant_id = $1 and id = $2");
        restored.bind(self.tenant.0).bind(id).execute(&mut *self.tx).await?;
        self.touch(Changed::Reminder(ReminderKey(id)));
        Ok(Undoing::Undone)
    }

    /// Notes that whoever acts saw a reminder, or that it is done. Said twice, it stays as it was said first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn acknowledge(&mut self, reminder: ReminderKey) -> Result<(), StoreError> {
        let seen = sqlx::query(
            "insert into acknowledgements (tenant_id, reminder_id, person_id, at)
             values ($1, $2, $3, $4)
             on conflict (tenant_id, reminder_id, person_id) do nothing",
        );
        let seen = seen.bind(self.tenant.0).bind(reminder.0).bind(self.person.0).bind(self.now.as_millisecond());
        seen.execute(&mut *self.tx).await?;
        self.touch(Changed::Reminder(reminder));
        Ok(())
    }
}
