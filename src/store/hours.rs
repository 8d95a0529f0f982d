//! Hours that members logged, for the budget of preparation: by team and by person, never across teams.

mod deleted;

use super::revision::{Missing, Undoing};
use super::rows::{damaged, instant, number};
use super::{Scope, StoreError, Write};
use crate::domain::duration::Minutes;
use crate::domain::key::{HoursKey, TeamKey};
use crate::domain::limits;
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use jiff::civil::Date;

/// Hours that somebody worked on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Which entry.
    pub key: HoursKey,
    /// Whose work it was for.
    pub team: TeamKey,
    /// Who worked.
    pub person: PersonKey,
    /// What was said of it.
    pub entry: HoursEntry,
    /// When it was said.
    pub logged_at: Timestamp,
}

/// What somebody says of hours that they worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursEntry {
    /// How long.
    pub minutes: Minutes,
    /// The civil day.
    pub spent_on: Date,
    /// On what, in their own words.
    pub what: Option<String>,
    /// Number of the milestone that they worked on.
    pub milestone: Option<u32>,
}

/// What comes of logging hours. Only [`Logging::Logged`] is worth committing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logging {
    /// They are noted.
    Logged(HoursKey),
    /// The team isn't there, or no longer.
    NoTeam,
    /// It would name something that isn't there.
    Missing(Missing),
    /// The day has no room for so much: the minutes that it has already.
    DayFull(u32),
    /// The person has as many entries as they may have in this team.
    Full(usize),
}

type Row = (i64, i64, i64, i64, String, Option<String>, Option<i64>, i64);

fn hours((key, team, person, minutes, spent_on, what, milestone, logged_at): Row) -> Result<Hours, sqlx::Error> {
    let entry = HoursEntry {
        minutes: Minutes::new(number(minutes)?).ok_or_else(|| damaged("minutes"))?,
        spent_on: spent_on.parse().map_err(|_| damaged("spent_on"))?,
        what,
        milestone: milestone.map(number).transpose()?,
    };
    let (team, person) = (TeamKey(team), PersonKey(person));
    Ok(Hours { key: HoursKey(key), team, person, entry, logged_at: instant(logged_at)? })
}

/// What an entry is measured by.
struct Ledger {
    /// Whether the team is at work.
    is_active: bool,
    /// Whether the person has a seat in the team.
    is_member: bool,
    /// Whether the team has the milestone that the entry names.
    has_milestone: bool,
    /// Entries that the person has in the team.
    entries: u32,
    /// Minutes that they logged for the day. A day is theirs, in whichever teams they spent it.
    minutes_of_day: u32,
}

impl Ledger {
    /// Why a person can't have so many minutes as well.
    fn no_room(&self, minutes: Minutes) -> Option<Logging> {
        let least = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        if least(self.entries) >= limits::LOG_ENTRIES.most() {
            return Some(Logging::Full(limits::LOG_ENTRIES.most()));
        }
        let full = least(self.minutes_of_day.saturating_add(minutes.get())) > limits::MINUTES_A_DAY.most();
        full.then_some(Logging::DayFull(self.minutes_of_day))
    }
}

impl Scope<'_> {
    /// The hours of a team, by day, then as they were logged.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn hours_of(&self, team: TeamKey) -> Result<Vec<Hours>, StoreError> {
        let all = sqlx::query_as::<_, Row>(
            "select id, team_id, person_id, minutes, spent_on, what, milestone, logged_at from hours
             where tenant_id = $1 and team_id = $2 and deleted_at is null
             order by spent_on, id",
        );
        let all = all.bind(self.tenant.0).bind(team.0).fetch_all(&self.store.pool).await?;
        Ok(all.into_iter().map(hours).collect::<Result<_, _>>()?)
    }

    /// An entry by its key.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn hours_entry(&self, key: HoursKey) -> Result<Option<Hours>, StoreError> {
        let one = sqlx::query_as::<_, Row>(
            "select id, team_id, person_id, minutes, spent_on, what, milestone, logged_at from hours
             where tenant_id = $1 and id = $2 and deleted_at is null",
        );
        let one = one.bind(self.tenant.0).bind(key.0).fetch_optional(&self.store.pool).await?;
        Ok(one.map(hours).transpose()?)
    }

    /// Minutes that each person logged for a team, by their key, those who left too.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn minutes_by_person(&self, team: TeamKey) -> Result<Vec<(PersonKey, u32)>, StoreError> {
        let sums = sqlx::query_as::<_, (i64, i64)>(
            "select person_id, cast(sum(minutes) as bigint) from hours
             where tenant_id = $1 and team_id = $2 and deleted_at is null
             group by person_id
             order by person_id",
        );
        let sums = sums.bind(self.tenant.0).bind(team.0).fetch_all(&self.store.pool).await?;
        let sum = |(person, minutes)| Ok((PersonKey(person), number(minutes)?));
        Ok(sums.into_iter().map(sum).collect::<Result<_, sqlx::Error>>()?)
    }

    /// Minutes logged on each milestone of a team, by its number.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn minutes_by_milestone(&self, team: TeamKey) -> Result<Vec<(u32, u32)>, StoreError> {
        let sums = sqlx::query_as::<_, (i64, i64)>(
            "select milestone, cast(sum(minutes) as bigint) from hours
             where tenant_id = $1 and team_id = $2 and milestone is not null and deleted_at is null
             group by milestone
             order by milestone",
        );
        let sums = sums.bind(self.tenant.0).bind(team.0).fetch_all(&self.store.pool).await?;
        let sum = |(milestone, minutes)| Ok((number(milestone)?, number(minutes)?));
        Ok(sums.into_iter().map(sum).collect::<Result<_, sqlx::Error>>()?)
    }
}

impl Write<'_> {
    /// Notes hours that a member worked, whoever says so.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn log_hours(
        &mut self,
        team: TeamKey,
        person: PersonKey,
        entry: &HoursEntry,
    ) -> Result<Logging, StoreError> {
        let ledger = self.ledger(team, person, entry).await?;
        let Some(ledger) = ledger.filter(|ledger| ledger.is_active) else { return Ok(Logging::NoTeam) };
        if !ledger.is_member {
            return Ok(Logging::Missing(Missing::Member(person)));
        }
        if let Some(milestone) = entry.milestone
            && !ledger.has_milestone
        {
            return Ok(Logging::Missing(Missing::MilestoneNumber(milestone)));
        }
        if let Some(full) = ledger.no_room(entry.minutes) {
            return Ok(full);
        }
        let key = self.draw();
        let new = sqlx::query(
            "insert into hours (tenant_id, id, team_id, person_id, minutes, spent_on, what, milestone, logged_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        );
        let new = new.bind(self.tenant.0).bind(key).bind(team.0).bind(person.0);
        let new = new.bind(i64::from(entry.minutes.get())).bind(entry.spent_on.to_string());
        let new = new.bind(entry.what.as_deref()).bind(entry.milestone.map(i64::from));
        new.bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        Ok(Logging::Logged(HoursKey(key)))
    }

    /// What an entry is measured by, in one question: logging hours is what people do most often. None where there is no
    /// such team.
    async fn ledger(
        &mut self,
        team: TeamKey,
        person: PersonKey,
        entry: &HoursEntry,
    ) -> Result<Option<Ledger>, sqlx::Error> {
        let counts = sqlx::query_as::<_, (String, i64, i64, i64, i64)>(
            "select state,
                    (select count(*) from seats
                     where tenant_id = $1 and team_id = $2 and person_id = $3 and left_at is null),
                    (select count(*) from milestones
                     where tenant_id = $1 and team_id = $2 and number = $5 and deleted_at is null),
                    (select count(*) from hours
                     where tenant_id = $1 and team_id = $2 and person_id = $3 and deleted_at is null),
                    (select cast(coalesce(sum(minutes), 0) as bigint) from hours
                     where tenant_id = $1 and person_id = $3 and spent_on = $4 and deleted_at is null)
             from teams
             where tenant_id = $1 and id = $2",
        );
        let counts = counts.bind(self.tenant.0).bind(team.0).bind(person.0);
        let counts = counts.bind(entry.spent_on.to_string()).bind(entry.milestone.map(i64::from));
        let Some((state, seats, milestones, entries, minutes)) = counts.fetch_optional(&mut *self.tx).await? else {
            return Ok(None);
        };
        let (entries, minutes_of_day) = (number(entries)?, number(minutes)?);
        let (is_active, is_member, has_milestone) = (state == "active", seats > 0, milestones > 0);
        Ok(Some(Ledger { is_active, is_member, has_milestone, entries, minutes_of_day }))
    }

    /// Deletes an entry, and says whether it was there. It can be brought back for [`UNDO`](super::UNDO).
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn delete_hours(&mut self, key: HoursKey) -> Result<bool, StoreError> {
        let deleted = sqlx::query(
            "update hours set deleted_at = $3
             where tenant_id = $1 and id = $2 and deleted_at is null",
        );
        let deleted = deleted.bind(self.tenant.0).bind(key.0).bind(self.now.as_millisecond());
        Ok(deleted.execute(&mut *self.tx).await?.rows_affected() > 0)
    }

    /// Brings an entry back, if its day still has room for it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn restore_hours(&mut self, key: HoursKey) -> Result<Undoing, StoreError> {
        let deleted = sqlx::query_as::<_, Row>(
            "select id, team_id, person_id, minutes, spent_on, what, milestone, deleted_at from hours
             where tenant_id = $1 and id = $2 and deleted_at is not null",
        );
        let deleted = deleted.bind(self.tenant.0).bind(key.0).fetch_optional(&mut *self.tx).await?;
        // The last column is when it was deleted, here.
        let Some(Hours { team, person, entry, logged_at: deleted_at, .. }) = deleted.map(hours).transpose()? else {
            return Ok(Undoing::NotDeleted);
        };
        if !self.is_undoable(deleted_at) {
            return Ok(Undoing::TooLate);
        }
        let ledger = self.ledger(team, person, &entry).await?;
        if ledger.is_some_and(|ledger| ledger.no_room(entry.minutes).is_some()) {
            return Ok(Undoing::Full);
        }
        let restored = sqlx::query("update hours set deleted_at = null where tenant_id = $1 and id = $2");
        restored.bind(self.tenant.0).bind(key.0).execute(&mut *self.tx).await?;
        Ok(Undoing::Undone)
    }
}
