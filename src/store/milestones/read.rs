//! Reading milestones with what hangs on them: four questions, however many there are.

use super::{Milestone, MilestoneDraft, Progress};
use crate::domain::duration::Minutes;
use crate::domain::key::{BriefKey, MilestoneKey, TeamKey, TenantKey};
use crate::domain::person::PersonKey;
use crate::store::rows::{damaged, instant, number};
use crate::store::{Revision, Scope, StoreError, When, Write};
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::HashMap;

/// Which milestones are read. None that is deleted is.
#[derive(Debug, Clone, Copy)]
enum Which {
    One(MilestoneKey),
    Numbered(TeamKey, u32),
    Team(TeamKey),
    Brief(BriefKey),
}

impl Which {
    /// The condition that says so, on a milestone's own columns.
    fn condition(self) -> &'static str {
        match self {
            Self::One(_) => "id = $2",
            Self::Numbered(..) => "team_id = $2 and number = $3",
            Self::Team(_) => "team_id = $2",
            Self::Brief(_) => {
                "team_id in (select id from teams where tenant_id = $1 and brief_id = $2 and state = 'active')"
            }
        }
    }

    fn value(self) -> i64 {
        match self {
            Self::One(key) => key.0,
            Self::Numbered(team, _) | Self::Team(team) => team.0,
            Self::Brief(brief) => brief.0,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    team_id: i64,
    number: i64,
    title: String,
    brief_key: Option<String>,
    due_on_wall: Option<String>,
    zone: Option<String>,
    due_at: Option<i64>,
    minutes: Option<i64>,
    state: String,
    why: Option<String>,
    deliverable: Option<i64>,
    revision: i64,
    made_at: i64,
    done_at: Option<i64>,
    done_by: Option<i64>,
}

impl TryFrom<Row> for Milestone {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let progress = match (row.state.as_str(), row.done_at, row.done_by) {
            ("open", ..) => Progress::Open,
            ("blocked", ..) => Progress::Blocked { why: row.why.unwrap_or_default() },
            ("done", Some(at), Some(by)) => Progress::Done { at: instant(at)?, by: PersonKey(by) },
            _ => return Err(damaged("state")),
        };
        let minutes = |minutes: i64| Minutes::new(number(minutes)?).ok_or_else(|| damaged("minutes"));
        let draft = MilestoneDraft {
            title: row.title,
            due: When::read((row.due_on_wall, row.zone, row.due_at))?,
            minutes: row.minutes.map(minutes).transpose()?,
            deliverable: row.deliverable.map(number).transpose()?,
            ..MilestoneDraft::default()
        };
        Ok(Self {
            key: MilestoneKey(row.id),
            team: TeamKey(row.team_id),
            number: number(row.number)?,
            brief_key: row.brief_key,
            draft,
            progress,
            revision: Revision(row.revision),
            made_at: instant(row.made_at)?,
        })
    }
}

/// Reads milestones, by team and number. Their revisions are read first: what hangs on them may be newer than they say, never
/// older, so that whoever writes it back is told.
async fn read(connection: &mut AnyConnection, of: TenantKey, which: Which) -> Result<Vec<Milestone>, sqlx::Error> {
    let condition = which.condition();
    let rows = format!(
        "select id, team_id, number, title, brief_key, due_on_wall, zone, due_at, minutes, state, why, deliverable,
                revision, made_at, done_at, done_by
         from milestones
         where tenant_id = $1 and {condition} and deleted_at is null
         order by team_id, number"
    );
    let mut rows = sqlx::query_as::<_, Row>(AssertSqlSafe(rows)).bind(of.0).bind(which.value());
    if let Which::Numbered(_, number) = which {
        rows = rows.bind(i64::from(number));
    }
    let rows = rows.fetch_all(&mut *connection).await?;
    let mut milestones = rows.into_iter().map(Milestone::try_from).collect::<Result<Vec<_>, _>>()?;
    // A number leads to one at most, whose details are asked for by its key.
    let which = match (which, milestones.first()) {
        (_, None) => return Ok(milestones),
        (Which::Numbered(..), Some(only)) => Which::One(only.key),
        (which, _) => which,
    };
    let place: HashMap<i64, usize> = milestones.iter().enumerate().map(|(place, one)| (one.key.0, place)).collect();
    for (id, person) in pairs::<i64>(connection, of, which, PEOPLE).await? {
        if let Some(place) = place.get(&id) {
            milestones[*place].draft.people.push(PersonKey(person));
        }
    }
    for (id, needed) in pairs::<i64>(connection, of, which, NEEDS).await? {
        if let Some(place) = place.get(&id) {
            milestones[*place].draft.needs.push(MilestoneKey(needed));
        }
    }
    for (id, criterion) in pairs::<String>(connection, of, which, CRITERIA).await? {
        if let Some(place) = place.get(&id) {
            milestones[*place].draft.criteria.push(criterion);
        }
    }
    // The two databases don't sort text alike.
    for milestone in &mut milestones {
        milestone.draft.criteria.sort_unstable();
    }
    Ok(milestones)
}

/// Who is responsible for what.
const PEOPLE: &str = "select milestone_id, person_id from milestone_people
     where tenant_id = $1
       and milestone_id in (select id from milestones where tenant_id = $1 and {which} and deleted_at is null)
     order by milestone_id, person_id";

/// What needs what. What is deleted is needed by nothing, for as long as it is.
const NEEDS: &str = "select milestone_id, needs_id from milestone_needs
     where tenant_id = $1
       and milestone_id in (select id from milestones where tenant_id = $1 and {which} and deleted_at is null)
       and exists (
           select 1 from milestones as needed
           where needed.tenant_id = $1 and needed.id = needs_id and needed.deleted_at is null
       )
     order by milestone_id, needs_id";

/// What works on which criterion.
const CRITERIA: &str = "select milestone_id, criterion from milestone_criteria
     where tenant_id = $1
       and milestone_id in (select id from milestones where tenant_id = $1 and {which} and deleted_at is null)";

async fn pairs<T>(
    connection: &mut AnyConnection,
    of: TenantKey,
    which: Which,
    sql: &str,
) -> Result<Vec<(i64, T)>, sqlx::Error>
where
    T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    let sql = sql.replace("{which}", which.condition());
    let pairs = sqlx::query_as(AssertSqlSafe(sql)).bind(of.0).bind(which.value());
    pairs.fetch_all(connection).await
}

impl Scope<'_> {
    async fn milestones(&self, which: Which) -> Result<Vec<Milestone>, StoreError> {
        Ok(read(&mut *self.store.pool.acquire().await?, self.tenant, which).await?)
    }

    /// The milestones of a team, by number.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn milestones_of(&self, team: TeamKey) -> Result<Vec<Milestone>, StoreError> {
        self.milestones(Which::Team(team)).await
    }

    /// The milestones of every team at work on a brief, by team and number: as many questions as for one team.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn milestones_of_brief(&self, brief: BriefKey) -> Result<Vec<Milestone>, StoreError> {
        self.milestones(Which::Brief(brief)).await
    }

    /// A milestone by its key.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn milestone(&self, key: MilestoneKey) -> Result<Option<Milestone>, StoreError> {
        Ok(self.milestones(Which::One(key)).await?.pop())
    }

    /// A milestone of a team by the number that people say.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn milestone_numbered(&self, team: TeamKey, number: u32) -> Result<Option<Milestone>, StoreError> {
        Ok(self.milestones(Which::Numbered(team, number)).await?.pop())
    }
}

impl Write<'_> {
    /// The milestones of a team as they are now, this transaction's own changes among them. They stay so until it ends:
    /// whoever adds a need sees here whether it closes a circle.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn plan_of(&mut self, team: TeamKey) -> Result<Vec<Milestone>, StoreError> {
        Ok(read(&mut self.tx, self.tenant, Which::Team(team)).await?)
    }

    /// A milestone as it is now.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn milestone(&mut self, key: MilestoneKey) -> Result<Option<Milestone>, StoreError> {
        Ok(read(&mut self.tx, self.tenant, Which::One(key)).await?.pop())
    }

    /// A milestone of a team as it is now, by the number that people say.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn milestone_numbered(&mut self, team: TeamKey, number: u32) -> Result<Option<Milestone>, StoreError> {
        Ok(read(&mut self.tx, self.tenant, Which::Numbered(team, number)).await?.pop())
    }
}
