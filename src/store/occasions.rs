//! What is true now of the things that people are reminded of: read when a reminder is planned, and again when it is sent.
//!
//! What isn't to be reminded of any more (done, deleted, of a closed brief, of a dissolved team) isn't read: its absence says
//! that nothing is to be said. These questions go across tenants, since many reminders of many spaces fall due in the same
//! minute; what is asked for is always named with its tenant.

use super::rows::{self, damaged, number};
use super::teams::OwnRoom;
use super::{Store, StoreError, When, Write};
use crate::domain::key::{BriefKey, CohortKey, TeamKey, TenantKey};
use crate::domain::occasion::{OccasionKind, Thing};
use crate::domain::person::PersonKey;
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::{BTreeMap, BTreeSet};
use vigie_chat::{ConnectorName, RoomId};

/// Something that people are reminded of, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// What it is.
    pub thing: Thing,
    /// What people call it: within its team, or for whoever asked.
    pub number: u32,
    /// Its people's own words; none where they gave none.
    pub title: Option<String>,
    /// When it is due, or begins.
    pub when: When,
    /// How it recurs, as `domain::reminder` writes it.
    pub rule: Option<String>,
    /// Whether those who haven't said that they saw it are told again.
    pub nags: Nags,
    /// Whose it is: the team's, or a person's alone.
    pub whose: Whose,
    /// Who is reminded.
    pub people: Vec<PersonKey>,
}

/// Whether a reminder is repeated until it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nags {
    /// It is said once.
    No,
    /// It is said again to those who haven't seen it.
    UntilSeen,
}

/// Whose something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// A team's.
    Team(OfTeam),
    /// Somebody's own: it is said to nobody else, and nowhere else.
    Own,
}

/// The team that something belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfTeam {
    /// Which one.
    pub key: TeamKey,
    /// Its number within the brief.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its own room.
    pub room: Option<OwnRoom>,
    /// Its brief.
    pub brief: BriefKey,
    /// The brief's number.
    pub brief_number: u32,
    /// The brief's title.
    pub brief_title: String,
    /// Who wrote the brief: the trainer to whom what reaches nobody is said.
    pub trainer: PersonKey,
    /// The cohort that it is for.
    pub cohort: Option<CohortKey>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
enum By {
    /// Things by their keys.
    Subject,
    /// All those of teams.
    Team,
}

#[derive(sqlx::FromRow)]
struct Row {
    tenant_id: i64,
    id: i64,
    number: i64,
    title: Option<String>,
    wall: String,
    zone: String,
    at: i64,
    rule: Option<String>,
    nags: i64,
    person_id: Option<i64>,
    team_id: Option<i64>,
    team_number: Option<i64>,
    team_name: Option<String>,
    connector: Option<String>,
    room: Option<String>,
    brief_id: Option<i64>,
    brief_number: Option<i64>,
    brief_title: Option<String>,
    author_id: Option<i64>,
    cohort_id: Option<i64>,
}

/// The columns of the team and its brief, and how they are found from a row `one` that has `team_id`.
const TEAM: &str = "teams.id as team_id, teams.number as team_number, teams.name as team_name, teams.connector, teams.room,
     briefs.id as brief_id, briefs.number as brief_number, briefs.title as brief_title, briefs.author_id, briefs.cohort_id";

const TEAM_JOINED: &str =
    "join teams on teams.tenant_id = one.tenant_id and teams.id = one.team_id and teams.state = 'active'
     join briefs on briefs.tenant_id = teams.tenant_id and briefs.id = teams.brief_id and briefs.state = 'published'";

fn question(kind: OccasionKind, by: By, keys: usize) -> Option<String> {
    let keys = rows::keys(keys, 0, 2);
    let by = match by {
        By::Subject => "id",
        By::Team => "team_id",
    };
    Some(match kind {
        OccasionKind::Milestone => format!(
            "select one.tenant_id, one.id, one.number, one.title, one.due_on_wall as wall, one.zone, one.due_at as at,
                    cast(null as text) as rule, cast(0 as bigint) as nags, cast(null as bigint) as person_id, {TEAM}
             from milestones as one {TEAM_JOINED}
             where (one.tenant_id, one.{by}) in ({keys})
               and one.due_at is not null and one.state <> 'done' and one.deleted_at is null
             order by one.tenant_id, one.id"
        ),
        OccasionKind::Deliverable => format!(
            "select one.tenant_id, one.id, one.number, one.title, one.due_on_wall as wall, one.zone, one.due_at as at,
                    cast(null as text) as rule, cast(0 as bigint) as nags, cast(null as bigint) as person_id, {TEAM}
             from deliverables as one {TEAM_JOINED}
             where (one.tenant_id, one.{by}) in ({keys})
               and one.due_at is not null and one.state in ('expected', 'sent_back') and one.deleted_at is null
             order by one.tenant_id, one.id"
        ),
        OccasionKind::Defence | OccasionKind::Rights => format!(
            "select one.tenant_id, one.id, one.rank as number, one.room as title, one.starts_on_wall as wall, one.zone,
                    one.starts_at as at, cast(null as text) as rule, cast(0 as bigint) as nags,
                    cast(null as bigint) as person_id, {TEAM}
             from defences as one {TEAM_JOINED}
             where (one.tenant_id, one.{by}) in ({keys})
             order by one.tenant_id, one.id"
        ),
        OccasionKind::Asked => format!(
            "select one.tenant_id, one.id, one.number, one.what as title, one.starts_on_wall as wall, one.zone,
                    one.starts_at as at, one.rule, one.acknowledged as nags, one.person_id, {TEAM}
             from reminders as one
             left {}
             where (one.tenant_id, one.{by}) in ({keys})
               and one.deleted_at is null and (one.team_id is null or briefs.id is not null)
             order by one.tenant_id, one.id",
            TEAM_JOINED.replace("\n     join", "\n     left join")
        ),
        OccasionKind::Digest => return None,
    })
}

fn whose(row: &mut Row) -> Result<Whose, sqlx::Error> {
    let (Some(team), Some(brief)) = (row.team_id, row.brief_id) else { return Ok(Whose::Own) };
    let room = row.connector.take().zip(row.room.take());
    Ok(Whose::Team(OfTeam {
        key: TeamKey(team),
        number: number(row.team_number.unwrap_or_default())?,
        name: row.team_name.take().unwrap_or_default(),
        room: room.map(|(connector, room)| (ConnectorName::new(connector), RoomId::new(room))),
        brief: BriefKey(brief),
        brief_number: number(row.brief_number.unwrap_or_default())?,
        brief_title: row.brief_title.take().unwrap_or_default(),
        trainer: PersonKey(row.author_id.unwrap_or_default()),
        cohort: row.cohort_id.map(CohortKey),
    }))
}

fn occasion(mut row: Row, kind: OccasionKind) -> Result<Occasion, sqlx::Error> {
    let whose = whose(&mut row)?;
    let when = When::read((Some(row.wall), Some(row.zone), Some(row.at)))?.ok_or_else(|| damaged("at"))?;
    Ok(Occasion {
        thing: Thing { tenant: TenantKey(row.tenant_id), kind, subject: row.id },
        number: number(row.number)?,
        title: row.title,
        when,
        rule: row.rule,
        nags: if row.nags == 0 { Nags::No } else { Nags::UntilSeen },
        people: match whose {
            Whose::Own => row.person_id.map(PersonKey).into_iter().collect(),
            Whose::Team(_) => Vec::new(),
        },
        whose,
    })
}

async fn pairs(
    connection: &mut AnyConnection,
    sql: String,
    keys: &[(i64, i64)],
) -> Result<Vec<(i64, i64, i64)>, sqlx::Error> {
    let mut asked = sqlx::query_as(AssertSqlSafe(sql));
    for (tenant, id) in keys {
        asked = asked.bind(*tenant).bind(*id);
    }
    asked.fetch_all(connection).await
}

/// Who of the teams' members is reminded of each occasion: those responsible, or all.
async fn add_people(connection: &mut AnyConnection, occasions: &mut [Occasion]) -> Result<(), sqlx::Error> {
    let of_team = |one: &Occasion| match &one.whose {
        Whose::Team(team) => Some((one.thing.tenant.0, team.key.0)),
        Whose::Own => None,
    };
    let teams: Vec<(i64, i64)> = occasions.iter().filter_map(of_team).collect::<BTreeSet<_>>().into_iter().collect();
    let of_kind = |kind: OccasionKind| -> Vec<(i64, i64)> {
        let of = occasions.iter().filter(|one| one.thing.kind == kind);
        of.map(|one| (one.thing.tenant.0, one.thing.subject)).collect()
    };
    let (milestones, asked) = (of_kind(OccasionKind::Milestone), of_kind(OccasionKind::Asked));
    let mut members: BTreeMap<(i64, i64), BTreeSet<i64>> = BTreeMap::new();
    let mut responsible: BTreeMap<(i64, i64), BTreeSet<i64>> = BTreeMap::new();
    let mut seen: BTreeSet<(i64, i64, i64)> = BTreeSet::new();
    if !teams.is_empty() {
        let sql = format!(
            "select tenant_id, team_id, person_id from seats
             where (tenant_id, team_id) in ({}) and left_at is null",
            rows::keys(teams.len(), 0, 2)
        );
        for (tenant, team, person) in pairs(connection, sql, &teams).await? {
            members.entry((tenant, team)).or_default().insert(person);
        }
    }
    if !milestones.is_empty() {
        let sql = format!(
            "select tenant_id, milestone_id, person_id from milestone_people
             where (tenant_id, milestone_id) in ({})",
            rows::keys(milestones.len(), 0, 2)
        );
        for (tenant, milestone, person) in pairs(connection, sql, &milestones).await? {
            responsible.entry((tenant, milestone)).or_default().insert(person);
        }
    }
    if !asked.is_empty() {
        let sql = format!(
            "select tenant_id, reminder_id, person_id from acknowledgements
             where (tenant_id, reminder_id) in ({})",
            rows::keys(asked.len(), 0, 2)
        );
        seen.extend(pairs(connection, sql, &asked).await?);
    }
    let nobody = BTreeSet::new();
    for one in occasions {
        let (tenant, subject) = (one.thing.tenant.0, one.thing.subject);
        if let Whose::Team(team) = &one.whose {
            let all = members.get(&(tenant, team.key.0)).unwrap_or(&nobody);
            let chosen = match one.thing.kind {
                OccasionKind::Milestone => responsible.get(&(tenant, subject)).unwrap_or(&nobody),
                _ => &nobody,
            };
            let chosen: Vec<PersonKey> = all.intersection(chosen).copied().map(PersonKey).collect();
            one.people = if chosen.is_empty() { all.iter().copied().map(PersonKey).collect() } else { chosen };
        }
        if one.thing.kind == OccasionKind::Asked {
            one.people.retain(|person| !seen.contains(&(tenant, subject, person.0)));
        }
    }
    Ok(())
}

/// Reads occasions by pairs of a tenant and a key. Keys are a few hundred at most.
async fn read(
    connection: &mut AnyConnection,
    by: By,
    asked: &[(OccasionKind, Vec<(i64, i64)>)],
) -> Result<Vec<Occasion>, sqlx::Error> {
    let mut occasions = Vec::new();
    for (kind, keys) in asked {
        let Some(sql) = question(*kind, by, keys.len()).filter(|_| !keys.is_empty()) else { continue };
        let mut rows = sqlx::query_as::<_, Row>(AssertSqlSafe(sql));
        for (tenant, key) in keys {
            rows = rows.bind(*tenant).bind(*key);
        }
        for row in rows.fetch_all(&mut *connection).await? {
            occasions.push(occasion(row, *kind)?);
        }
    }
    add_people(connection, &mut occasions).await?;
    Ok(occasions)
}

impl Store {
    /// What is true now of these things, of any tenant; a few hundred at most. Those of which nothing is to be said any more
    /// are left out, as are digests, which are about whatever else there is.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn occasions(&self, things: &BTreeSet<Thing>) -> Result<BTreeMap<Thing, Occasion>, StoreError> {
        let mut asked: BTreeMap<OccasionKind, Vec<(i64, i64)>> = BTreeMap::new();
        for thing in things {
            asked.entry(thing.kind).or_default().push((thing.tenant.0, thing.subject));
        }
        let asked: Vec<_> = asked.into_iter().collect();
        let read = read(&mut *self.pool.acquire().await?, By::Subject, &asked).await?;
        Ok(read.into_iter().map(|one| (one.thing, one)).collect())
    }
}

impl Store {
    /// All that somebody is to be reminded of with their teams, what is due first first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn occasions_of_person(&self, tenant: TenantKey, person: PersonKey) -> Result<Vec<Occasion>, StoreError> {
        let teams = sqlx::query_as::<_, (i64, i64)>(
            "select tenant_id, team_id from seats
             where tenant_id = $1 and person_id = $2 and left_at is null",
        );
        let teams = teams.bind(tenant.0).bind(person.0).fetch_all(&self.pool).await?;
        let asked = [OccasionKind::Milestone, OccasionKind::Deliverable, OccasionKind::Defence];
        let asked = asked.map(|kind| (kind, teams.clone()));
        let mut all = read(&mut *self.pool.acquire().await?, By::Team, &asked).await?;
        all.retain(|one| one.people.contains(&person));
        all.sort_by_key(|one| (one.when.at, one.thing));
        Ok(all)
    }
}

/// The kinds of things that teams have.
const OF_TEAMS: [OccasionKind; 5] = [
    OccasionKind::Milestone,
    OccasionKind::Deliverable,
    OccasionKind::Defence,
    OccasionKind::Rights,
    OccasionKind::Asked,
];

impl Write<'_> {
    /// All that the members of a team are to be reminded of.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn occasions_of(&mut self, team: TeamKey) -> Result<Vec<Occasion>, StoreError> {
        let asked = OF_TEAMS.map(|kind| (kind, vec![(self.tenant.0, team.0)]));
        Ok(read(&mut self.tx, By::Team, &asked).await?)
    }

    /// What somebody asked for, themselves.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn occasions_asked_by(&mut self, person: PersonKey) -> Result<Vec<Occasion>, StoreError> {
        let keys = sqlx::query_scalar::<_, i64>(
            "select id from reminders
             where tenant_id = $1 and person_id = $2 and team_id is null and deleted_at is null",
        );
        let keys = keys.bind(self.tenant.0).bind(person.0).fetch_all(&mut *self.tx).await?;
        let keys = keys.into_iter().map(|key| (self.tenant.0, key)).collect();
        Ok(read(&mut self.tx, By::Subject, &[(OccasionKind::Asked, keys)]).await?)
    }

    /// What is true now of these things of the tenant; a few hundred at most.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn occasions_among(&mut self, things: &BTreeSet<Thing>) -> Result<BTreeMap<Thing, Occasion>, StoreError> {
        let mut asked: BTreeMap<OccasionKind, Vec<(i64, i64)>> = BTreeMap::new();
        for thing in things.iter().filter(|thing| thing.tenant == self.tenant) {
            asked.entry(thing.kind).or_default().push((thing.tenant.0, thing.subject));
        }
        let asked: Vec<_> = asked.into_iter().collect();
        let read = read(&mut self.tx, By::Subject, &asked).await?;
        Ok(read.into_iter().map(|one| (one.thing, one)).collect())
    }

    /// One thing.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn occasion(&mut self, thing: Thing) -> Result<Option<Occasion>, StoreError> {
        let asked = [(thing.kind, vec![(self.tenant.0, thing.subject)])];
        Ok(read(&mut self.tx, By::Subject, &asked).await?.pop())
    }
}
