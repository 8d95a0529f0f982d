//! The questions of the overview, one kind of thing each.

use super::{DatedMilestone, LATE_TOLD, MilestoneCounts, Scope, TeamOverview, WantingDeliverable};
use crate::domain::key::{BriefKey, DeliverableKey, MilestoneKey, TeamKey, TenantKey};
use crate::domain::person::PersonKey;
use crate::domain::timing::is_past;
use crate::store::deliverables::DeliverableState;
use crate::store::rows::{damaged, instant, number};
use crate::store::{Numbered, StoreError};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, FromRow};
use std::collections::HashMap;

/// Which teams are looked at. Only those at work are.
#[derive(Debug, Clone, Copy)]
enum Which {
    Brief(BriefKey),
    One(TeamKey),
}

impl Which {
    /// The condition that says so, on a team's own columns.
    fn condition(self) -> &'static str {
        match self {
            Self::Brief(_) => "teams.brief_id = $2 and teams.state = 'active'",
            Self::One(_) => "teams.id = $2 and teams.state = 'active'",
        }
    }

    fn value(self) -> i64 {
        match self {
            Self::Brief(brief) => brief.0,
            Self::One(team) => team.0,
        }
    }
}

/// What the questions say of things that belong to these teams.
const THEIRS: &str = "team_id in (select teams.id from teams where teams.tenant_id = $1 and {which})";

/// The teams, by number.
const TEAMS: &str = "select id, number, name from teams
     where tenant_id = $1 and {which}
     order by number";

const MEMBERS: &str = "select team_id, person_id from seats
     where tenant_id = $1 and left_at is null
       and {theirs}
     order by team_id, joined_at, id";

/// Milestones counted; late is what was due before the present minute ($3).
const COUNTS: &str = "select team_id, count(*),
            cast(sum(case when state = 'done' then 1 else 0 end) as bigint),
            cast(sum(case when state = 'blocked' then 1 else 0 end) as bigint),
            cast(sum(case when state <> 'done' and due_at < $3 then 1 else 0 end) as bigint)
     from milestones
     where tenant_id = $1 and deleted_at is null
       and {theirs}
     group by team_id";

/// Of each team, the milestones that are late, as many as $4, and the next one that isn't.
const DATED: &str = "select team_id, id, number, title, due_at from (
         select team_id, id, number, title, due_at,
                row_number() over (
                    partition by team_id, case when due_at < $3 then 1 else 0 end
                    order by due_at, number
                ) as place
         from milestones
         where tenant_id = $1 and state <> 'done' and due_at is not null and deleted_at is null
           and {theirs}
     ) as placed
     where place = 1 or (due_at < $3 and place <= $4)
     order by team_id, due_at, number";

const WANTING: &str = "select team_id, id, number, title, due_at, state from deliverables
     where tenant_id = $1 and required = 1 and state in ('expected', 'sent_back') and deleted_at is null
       and {theirs}
     order by team_id, number";

/// Hours summed by milestone; those on none under null.
const MINUTES: &str = "select team_id, milestone, cast(sum(minutes) as bigint) from hours
     where tenant_id = $1 and deleted_at is null
       and {theirs}
     group by team_id, milestone
     order by team_id, milestone";

const CRITERIA: &str = "select team_id,
            cast(sum(case when state = 'in_progress' then 1 else 0 end) as bigint),
            cast(sum(case when state = 'covered' then 1 else 0 end) as bigint)
     from coverage
     where tenant_id = $1
       and {theirs}
     group by team_id";

const DEFENCES: &str = "select teams.id, defences.starts_at from teams
     join defences
         on defences.tenant_id = $1
         and defences.brief_id = teams.brief_id
         and defences.team_id = teams.id
     where teams.tenant_id = $1 and {which}";

/// The teams, and where each is among them.
struct Board {
    teams: Vec<TeamOverview>,
    place: HashMap<i64, usize>,
}

impl Board {
    fn of(&mut self, team: i64) -> Option<&mut TeamOverview> {
        self.place.get(&team).and_then(|place| self.teams.get_mut(*place))
    }
}

/// Asks one question about these teams; `more` follow the tenant and whose teams they are.
async fn ask<R>(
    connection: &mut AnyConnection,
    (tenant, which): (TenantKey, Which),
    sql: &str,
    more: &[i64],
) -> Result<Vec<R>, sqlx::Error>
where
    R: Send + Unpin + for<'r> FromRow<'r, AnyRow>,
{
    let sql = sql.replace("{theirs}", THEIRS).replace("{which}", which.condition());
    let mut rows = sqlx::query_as::<_, R>(AssertSqlSafe(sql)).bind(tenant.0).bind(which.value());
    for value in more {
        rows = rows.bind(*value);
    }
    rows.fetch_all(connection).await
}

impl Scope<'_> {
    /// Where each team at work on a brief stands at `now`, by number.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn overview(&self, brief: BriefKey, now: Timestamp) -> Result<Vec<TeamOverview>, StoreError> {
        self.overview_of(Which::Brief(brief), now).await
    }

    /// Where one team stands at `now`. None where it isn't there, or no longer at work.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn team_overview(&self, team: TeamKey, now: Timestamp) -> Result<Option<TeamOverview>, StoreError> {
        Ok(self.overview_of(Which::One(team), now).await?.pop())
    }

    async fn overview_of(&self, which: Which, now: Timestamp) -> Result<Vec<TeamOverview>, StoreError> {
        let mut connection = self.store.pool.acquire().await?;
        let connection: &mut AnyConnection = &mut connection;
        let of = (self.tenant, which);
        let mut board = teams(connection, of).await?;
        // The minute of a deadline is within it: late is what was due before this one.
        let minute = now.as_millisecond().div_euclid(60_000) * 60_000;
        for (team, person) in ask::<(i64, i64)>(connection, of, MEMBERS, &[]).await? {
            if let Some(team) = board.of(team) {
                team.members.push(PersonKey(person));
            }
        }
        milestones(connection, of, minute, &mut board).await?;
        deliverables(connection, of, now, &mut board).await?;
        for (team, milestone, minutes) in ask::<(i64, Option<i64>, i64)>(connection, of, MINUTES, &[]).await? {
            let (minutes, milestone) = (number(minutes)?, milestone.map(number).transpose()?);
            if let Some(team) = board.of(team) {
                team.minutes = team.minutes.saturating_add(minutes);
                team.minutes_by_milestone.extend(milestone.map(|milestone| (milestone, minutes)));
            }
        }
        for (team, in_progress, covered) in ask::<(i64, i64, i64)>(connection, of, CRITERIA, &[]).await? {
            if let Some(team) = board.of(team) {
                (team.criteria_in_progress, team.criteria_covered) = (number(in_progress)?, number(covered)?);
            }
        }
        for (team, starts_at) in ask::<(i64, i64)>(connection, of, DEFENCES, &[]).await? {
            if let Some(team) = board.of(team) {
                team.defence_at = Some(instant(starts_at)?);
            }
        }
        Ok(board.teams)
    }
}

async fn teams(connection: &mut AnyConnection, of: (TenantKey, Which)) -> Result<Board, sqlx::Error> {
    let rows = ask::<(i64, i64, String)>(connection, of, TEAMS, &[]).await?;
    let mut board = Board { teams: Vec::with_capacity(rows.len()), place: HashMap::new() };
    for (id, numbered, name) in rows {
        board.place.insert(id, board.teams.len());
        board.teams.push(TeamOverview {
            team: Numbered { key: TeamKey(id), number: number(numbered)? },
            name,
            members: Vec::new(),
            milestones: MilestoneCounts::default(),
            next: None,
            late: Vec::new(),
            wanting: Vec::new(),
            minutes: 0,
            minutes_by_milestone: Vec::new(),
            criteria_in_progress: 0,
            criteria_covered: 0,
            defence_at: None,
        });
    }
    Ok(board)
}

async fn milestones(
    connection: &mut AnyConnection,
    of: (TenantKey, Which),
    minute: i64,
    board: &mut Board,
) -> Result<(), sqlx::Error> {
    for (team, all, done, blocked, late) in ask::<(i64, i64, i64, i64, i64)>(connection, of, COUNTS, &[minute]).await? {
        let counts =
            MilestoneCounts { all: number(all)?, done: number(done)?, blocked: number(blocked)?, late: number(late)? };
        if let Some(team) = board.of(team) {
            team.milestones = counts;
        }
    }
    let dated = ask::<(i64, i64, i64, String, i64)>(connection, of, DATED, &[minute, i64::from(LATE_TOLD)]).await?;
    for (team, key, numbered, title, due_at) in dated {
        let milestone = Numbered { key: MilestoneKey(key), number: number(numbered)? };
        let dated = DatedMilestone { milestone, title, due_at: instant(due_at)? };
        if let Some(team) = board.of(team) {
            if due_at < minute {
                team.late.push(dated);
            } else {
                team.next = Some(dated);
            }
        }
    }
    Ok(())
}

async fn deliverables(
    connection: &mut AnyConnection,
    of: (TenantKey, Which),
    now: Timestamp,
    board: &mut Board,
) -> Result<(), sqlx::Error> {
    let wanting = ask::<(i64, i64, i64, String, Option<i64>, String)>(connection, of, WANTING, &[]).await?;
    for (team, key, numbered, title, due_at, state) in wanting {
        let deliverable = Numbered { key: DeliverableKey(key), number: number(numbered)? };
        let due_at = due_at.map(instant).transpose()?;
        let state = DeliverableState::read(&state).ok_or_else(|| damaged("state"))?;
        let is_late = due_at.is_some_and(|due_at| is_past(due_at, now));
        if let Some(team) = board.of(team) {
            team.wanting.push(WantingDeliverable { deliverable, title, due_at, state, is_late });
        }
    }
    Ok(())
}
