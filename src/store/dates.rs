//! What of a team stands in calendars: its dates, those that went, and which are over with its brief or itself.
//!
//! `calendar` makes files of them. How long a defence lasts isn't read: some last longer, and only trainers are shown which. A date that is taken away leaves a row in `gone_dates`, without a word of it, so that a
//! file that is opened again takes it away; what has a date again counts, and its row there doesn't.

use super::rows::{damaged, instant, keys};
use super::{Revision, Scope, Store, StoreError, When, Write};
use crate::domain::key::{BriefKey, DefenceKey, DeliverableKey, MilestoneKey, TeamKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

/// Teams that are read at once.
const MOST_TEAMS: usize = 200;

/// What a date is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatedKind {
    /// A milestone.
    Milestone,
    /// A deliverable.
    Deliverable,
    /// A defence.
    Defence,
}

impl DatedKind {
    /// As it is kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Milestone => "milestone",
            Self::Deliverable => "deliverable",
            Self::Defence => "defence",
        }
    }

    fn read(word: &str) -> Option<Self> {
        [Self::Milestone, Self::Deliverable, Self::Defence].into_iter().find(|kind| kind.word() == word)
    }
}

/// How something that has a date stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It is to come, or was.
    Open,
    /// It is done: the milestone is, or the deliverable is handed in and wasn't sent back.
    Done,
    /// It is no more.
    Gone,
}

/// Something of a team that has a date, or had one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// What it is.
    pub kind: DatedKind,
    /// Its key, among those of its kind.
    pub key: i64,
    /// Whose.
    pub team: TeamKey,
    /// The team's brief.
    pub brief: BriefKey,
    /// The version of the brief that is in force.
    pub version: i64,
    /// The brief's own key of it; none for the team's own, and for defences.
    pub brief_key: Option<String>,
    /// Its people's own words; none of a defence, and of what is gone.
    pub title: Option<String>,
    /// When it is due, or begins.
    pub when: When,
    /// Where: the room of a defence.
    pub place: Option<String>,
    /// How it stands.
    pub stands: Stands,
    /// Grows with each change.
    pub revision: Revision,
    /// When it changed last.
    pub changed_at: Timestamp,
    /// When its brief was closed, or its team dissolved: what was due after that isn't to be.
    pub over_at: Option<Timestamp>,
    /// Who of the team is responsible for it; nobody: all are.
    pub people: Vec<PersonKey>,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    id: i64,
    team_id: i64,
    brief_id: i64,
    version: i64,
    brief_key: Option<String>,
    title: Option<String>,
    wall: String,
    zone: String,
    at: i64,
    place: Option<String>,
    state: String,
    revision: i64,
    changed_at: i64,
    over_at: Option<i64>,
    people: Option<String>,
}

impl TryFrom<Row> for Dated {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let when = When::read((Some(row.wall), Some(row.zone), Some(row.at)))?;
        let people = row.people.as_deref().unwrap_or_default().split_ascii_whitespace();
        let people: Result<Vec<PersonKey>, _> = people.map(|one| one.parse().map(PersonKey)).collect();
        let mut people = people.map_err(|error| sqlx::Error::Decode(error.into()))?;
        people.sort_unstable();
        Ok(Self {
            kind: DatedKind::read(&row.kind).ok_or_else(|| damaged("kind"))?,
            key: row.id,
            team: TeamKey(row.team_id),
            brief: BriefKey(row.brief_id),
            version: row.version,
            brief_key: row.brief_key,
            title: row.title,
            when: when.ok_or_else(|| damaged("due_at"))?,
            place: row.place,
            stands: match row.state.as_str() {
                "gone" => Stands::Gone,
                "done" | "handed_in" | "accepted" => Stands::Done,
                _ => Stands::Open,
            },
            revision: Revision(row.revision),
            changed_at: instant(row.changed_at)?,
            over_at: row.over_at.map(instant).transpose()?,
            people,
        })
    }
}

/// What every part of the question gives of the team and its brief.
const OF_TEAM: &str = "teams.brief_id, briefs.version, coalesce(teams.dissolved_at, briefs.closed_at) as over_at";

const JOINED: &str = "join teams on teams.tenant_id = $1 and teams.id = one.team_id
     join briefs on briefs.tenant_id = $1 and briefs.id = teams.brief_id";

/// All that has a date in some teams, and all that had one and wasn't given another.
fn question(teams: usize) -> String {
    let some = keys(teams, 1, 1).replace("($1, ", "(");
    format!(
        "select 'milestone' as kind, one.id, one.team_id, one.brief_key, one.title, one.due_on_wall as wall, one.zone,
                one.due_at as at, cast(null as text) as place, one.state, one.revision,
                coalesce(one.changed_at, one.done_at, one.made_at) as changed_at,
                (select string_agg(cast(person_id as text), ' ') from milestone_people
                 where milestone_people.tenant_id = $1 and milestone_people.milestone_id = one.id) as people, {OF_TEAM}
         from milestones as one {JOINED}
         where one.tenant_id = $1 and one.team_id in ({some}) and one.due_at is not null and one.deleted_at is null
         union all
         select 'deliverable', one.id, one.team_id, one.brief_key, one.title, one.due_on_wall, one.zone, one.due_at, null,
                one.state, one.revision, coalesce(one.changed_at, one.made_at), null, {OF_TEAM}
         from deliverables as one {JOINED}
         where one.tenant_id = $1 and one.team_id in ({some}) and one.due_at is not null and one.deleted_at is null
         union all
         select 'defence', one.id, one.team_id, null, null, one.starts_on_wall, one.zone, one.starts_at,
                one.room, 'open', one.revision, coalesce(one.changed_at, briefs.published_at, briefs.made_at), null,
                {OF_TEAM}
         from defences as one {JOINED}
         where one.tenant_id = $1 and one.team_id in ({some})
         union all
         select one.kind, one.subject_id, one.team_id, one.brief_key, null, one.due_on_wall, one.zone, one.due_at, null,
                'gone', one.revision, one.gone_at, null, {OF_TEAM}
         from gone_dates as one {JOINED}
         where one.tenant_id = $1 and one.team_id in ({some})
           and not exists (
               select 1 from milestones
               where one.kind = 'milestone' and milestones.tenant_id = $1 and milestones.id = one.subject_id
                 and milestones.due_at is not null and milestones.deleted_at is null
           )
           and not exists (
               select 1 from deliverables
               where one.kind = 'deliverable' and deliverables.tenant_id = $1 and deliverables.id = one.subject_id
                 and deliverables.due_at is not null and deliverables.deleted_at is null
           )
         order by 8, 1, 2"
    )
}

impl Scope<'_> {
    /// All that has a date in some teams, what is due first first, with what had one and has none any more; of 200 teams at
    /// most.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn dates_of(&self, teams: &[TeamKey]) -> Result<Vec<Dated>, StoreError> {
        let teams = &teams[..teams.len().min(MOST_TEAMS)];
        if teams.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = sqlx::query_as::<_, Row>(AssertSqlSafe(question(teams.len()))).bind(self.tenant.0);
        for team in teams {
            rows = rows.bind(team.0);
        }
        let rows = rows.fetch_all(&self.store.pool).await?;
        Ok(rows.into_iter().map(Dated::try_from).collect::<Result<_, _>>()?)
    }

    /// When the tenant was made, in milliseconds: it tells the tenants of several installations apart, and is nobody's.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn mark(&self) -> Result<i64, StoreError> {
        let made = sqlx::query_scalar::<_, i64>("select made_at from tenants where id = $1");
        Ok(made.bind(self.tenant.0).fetch_optional(&self.store.pool).await?.unwrap_or_default())
    }

    /// When a brief was closed; none while it isn't.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn closed_at(&self, brief: BriefKey) -> Result<Option<Timestamp>, StoreError> {
        let closed =
            sqlx::query_scalar::<_, Option<i64>>("select closed_at from briefs where tenant_id = $1 and id = $2");
        let closed = closed.bind(self.tenant.0).bind(brief.0).fetch_optional(&self.store.pool).await?.flatten();
        Ok(closed.map(instant).transpose()?)
    }
}

impl Store {
    /// Erases what went from calendars and would have been due before an instant, and says how much that was.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn erase_gone_before(&self, before: Timestamp) -> Result<u64, StoreError> {
        let erased = sqlx::query("delete from gone_dates where due_at < $1 and tenant_id > 0");
        Ok(erased.bind(before.as_millisecond()).execute(&self.pool).await?.rows_affected())
    }
}

/// What follows notes that something has no date any more; what had none leaves nothing.
macro_rules! note_gone {
    ($kind:literal, $brief_key:literal, $columns:literal, $from:literal) => {
        concat!(
            "insert into gone_dates (
                 tenant_id, kind, subject_id, team_id, brief_key, due_on_wall, zone, due_at, revision, gone_at
             )
             select tenant_id, '",
            $kind,
            "', id, team_id, ",
            $brief_key,
            ", ",
            $columns,
            ", revision + 1, $3 from ",
            $from,
            " and tenant_id = $1 and id = $2
             on conflict (tenant_id, kind, subject_id) do update
                 set due_on_wall = excluded.due_on_wall, zone = excluded.zone, due_at = excluded.due_at,
                     revision = excluded.revision, gone_at = excluded.gone_at"
        )
    };
}

impl Write<'_> {
    /// Notes that a milestone is about to have no date any more.
    pub(super) async fn note_gone_milestone(&mut self, key: MilestoneKey) -> Result<(), sqlx::Error> {
        const NOTE: &str =
            note_gone!("milestone", "brief_key", "due_on_wall, zone, due_at", "milestones where due_at is not null");
        self.note_gone(NOTE, key.0).await
    }

    /// The same of a deliverable.
    pub(super) async fn note_gone_deliverable(&mut self, key: DeliverableKey) -> Result<(), sqlx::Error> {
        const NOTE: &str = note_gone!(
            "deliverable",
            "brief_key",
            "due_on_wall, zone, due_at",
            "deliverables where due_at is not null"
        );
        self.note_gone(NOTE, key.0).await
    }

    /// The same of a defence, which always has one.
    pub(super) async fn note_gone_defence(&mut self, key: DefenceKey) -> Result<(), sqlx::Error> {
        const NOTE: &str =
            note_gone!("defence", "null", "starts_on_wall, zone, starts_at", "defences where starts_at is not null");
        self.note_gone(NOTE, key.0).await
    }

    async fn note_gone(&mut self, sql: &'static str, key: i64) -> Result<(), sqlx::Error> {
        let note = sqlx::query(sql).bind(self.tenant.0).bind(key);
        note.bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        Ok(())
    }
}
