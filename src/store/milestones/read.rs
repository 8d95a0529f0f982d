//! Reading milestones with what hangs on them: one question, however many there are.

use super::{Milestone, MilestoneDraft, Progress};
use crate::domain::duration::Minutes;
use crate::domain::key::{BriefKey, MilestoneKey, TeamKey, TenantKey};
use crate::domain::person::PersonKey;
use crate::store::rows::{damaged, instant, number};
use crate::store::which::Which;
use crate::store::{Revision, Scope, StoreError, When, Write};
use sqlx::{AnyConnection, AssertSqlSafe};

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
    /// Numbers of people, a space between two.
    people: Option<String>,
    /// Numbers of milestones, likewise.
    needs: Option<String>,
    /// Criteria, one a line.
    criteria: Option<String>,
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
            people: keys(row.people.as_deref(), PersonKey)?,
            needs: keys(row.needs.as_deref(), MilestoneKey)?,
            criteria: {
                let mut criteria: Vec<String> =
                    row.criteria.iter().flat_map(|all| all.lines()).map(str::to_owned).collect();
                // Sorted here, since the two databases don't sort text alike.
                criteria.sort_unstable();
                criteria
            },
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

/// The keys that a text lists, in their order.
fn keys<K: Ord>(listed: Option<&str>, key: impl Fn(i64) -> K) -> Result<Vec<K>, sqlx::Error> {
    let all = listed.unwrap_or_default().split_ascii_whitespace().map(|one| one.parse().map(&key));
    let mut all = all.collect::<Result<Vec<_>, _>>().map_err(|error| sqlx::Error::Decode(error.into()))?;
    all.sort_unstable();
    Ok(all)
}

/// Milestones, each with who is responsible for it, what it needs and which criteria it works on: a row for each of these
/// would be four times as many rows. What is deleted is needed by nothing, for as long as it is.
const MILESTONES: &str = "select id, team_id, number, title, brief_key, due_on_wall, zone, due_at, minutes, state, why,
            deliverable, revision, made_at, done_at, done_by,
            (select string_agg(cast(person_id as text), ' ') from milestone_people
             where milestone_people.tenant_id = $1 and milestone_people.milestone_id = milestones.id) as people,
            (select string_agg(cast(needs_id as text), ' ') from milestone_needs
             join milestones as needed
                 on needed.tenant_id = $1
                 and needed.id = milestone_needs.needs_id
                 and needed.deleted_at is null
             where milestone_needs.tenant_id = $1 and milestone_needs.milestone_id = milestones.id) as needs,
            (select string_agg(criterion, '\n') from milestone_criteria
             where milestone_criteria.tenant_id = $1 and milestone_criteria.milestone_id = milestones.id) as criteria
     from milestones
     where tenant_id = $1 and {which} and deleted_at is null
     order by team_id, number";

/// Reads milestones, by team and number.
async fn read(connection: &mut AnyConnection, of: TenantKey, which: Which) -> Result<Vec<Milestone>, sqlx::Error> {
    let sql = MILESTONES.replace("{which}", &which.condition("milestones"));
    let (first, second) = which.values();
    let mut rows = sqlx::query_as::<_, Row>(AssertSqlSafe(sql)).bind(of.0).bind(first);
    if let Some(second) = second {
        rows = rows.bind(second);
    }
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter().map(Milestone::try_from).collect()
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
        Ok(self.milestones(Which::One(key.0)).await?.pop())
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
        Ok(read(&mut self.tx, self.tenant, Which::One(key.0)).await?.pop())
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
