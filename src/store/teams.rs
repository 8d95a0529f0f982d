//! Teams as they are: who is in them, who asked to join, who was there before.
//!
//! They are founded and changed in `founding`, and joined and left in `seating`.

use super::briefs::instant;
use super::{Scope, StoreError};
use crate::domain::key::{BriefKey, TeamKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use vigie_chat::{ConnectorName, RoomId};

/// How a team is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Whoever wants joins.
    Open,
    /// The captain agrees first.
    Asked,
}

/// What somebody is in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// Who lets others in. Each team that isn't empty has one.
    Captain,
    /// Anybody else.
    Member,
}

/// Whether a team is at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeamState {
    /// It is, or waits for people.
    Active,
    /// It was dissolved: it is kept, and nobody joins it.
    Dissolved,
}

/// A room of a team's own.
pub type OwnRoom = (ConnectorName, RoomId);

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Which one.
    pub key: TeamKey,
    /// What it works on.
    pub brief: BriefKey,
    /// As people say it, within the brief: "équipe 3".
    pub number: i64,
    /// Its name, the people's own text.
    pub name: String,
    /// How it is joined.
    pub entry: Entry,
    /// Where it speaks.
    pub room: Option<OwnRoom>,
    /// Whether it is at work.
    pub state: TeamState,
    /// Who is in it, those longest there first.
    pub members: Vec<Member>,
}

/// A team by what people call it, without those who are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamName {
    /// Which one.
    pub key: TeamKey,
    /// The number of what it works on, as people say it.
    pub brief: i64,
    /// As people say it, within the brief.
    pub number: i64,
    /// Its name, the people's own text.
    pub name: String,
}

/// Somebody in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonKey,
    /// Their name; none once they asked to be erased.
    pub name: Option<String>,
    /// What they are.
    pub rank: Rank,
    /// Since when.
    pub joined_at: Timestamp,
}

/// Somebody who asked to join a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Who.
    pub person: PersonKey,
    /// Their name.
    pub name: Option<String>,
    /// When.
    pub asked_at: Timestamp,
}

/// A time that somebody spent in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Who.
    pub person: PersonKey,
    /// Their name; none once they asked to be erased.
    pub name: Option<String>,
    /// What they are, or last were.
    pub rank: Rank,
    /// From when.
    pub joined_at: Timestamp,
    /// Until when; none while they are there.
    pub left_at: Option<Timestamp>,
}

impl Entry {
    /// As it is kept.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Asked => "asked",
        }
    }

    pub(super) fn read(word: &str) -> Self {
        if word == "open" { Self::Open } else { Self::Asked }
    }
}

impl Rank {
    /// As it is kept.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Captain => "captain",
            Self::Member => "member",
        }
    }

    pub(super) fn read(word: &str) -> Self {
        if word == "captain" { Self::Captain } else { Self::Member }
    }
}

/// A member with their team, or a team without one.
#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    brief_id: i64,
    number: i64,
    name: String,
    entry: String,
    connector: Option<String>,
    room: Option<String>,
    state: String,
    person_id: Option<i64>,
    person_name: Option<String>,
    rank: Option<String>,
    joined_at: Option<i64>,
}

impl Row {
    fn member(&self) -> Option<Member> {
        Some(Member {
            person: PersonKey(self.person_id?),
            name: self.person_name.clone(),
            rank: Rank::read(self.rank.as_deref()?),
            joined_at: instant(self.joined_at?)?,
        })
    }

    fn team(self) -> Team {
        let room = self.connector.zip(self.room);
        Team {
            key: TeamKey(self.id),
            brief: BriefKey(self.brief_id),
            number: self.number,
            name: self.name,
            entry: Entry::read(&self.entry),
            room: room.map(|(connector, room)| (ConnectorName::new(connector), RoomId::new(room))),
            state: if self.state == "active" { TeamState::Active } else { TeamState::Dissolved },
            members: Vec::new(),
        }
    }
}

/// Teams from rows in which those of one team follow each other.
fn gathered(rows: Vec<Row>) -> Vec<Team> {
    let mut teams: Vec<Team> = Vec::new();
    for row in rows {
        let member = row.member();
        if teams.last().is_none_or(|last| last.key.0 != row.id) {
            teams.push(row.team());
        }
        if let Some(last) = teams.last_mut() {
            last.members.extend(member);
        }
    }
    teams
}

/// Teams with their members. What follows chooses them, and says in which order.
macro_rules! teams_with_members {
    ($which:literal) => {
        concat!(
            "select teams.id, teams.brief_id, teams.number, teams.name, teams.entry, teams.connector, teams.room,
                 teams.state, seats.person_id, people.name as person_name, seats.rank, seats.joined_at
             from teams
             left join seats
                 on seats.tenant_id = teams.tenant_id
                 and seats.team_id = teams.id
                 and seats.left_at is null
             left join people on people.tenant_id = seats.tenant_id and people.id = seats.person_id
             where teams.tenant_id = $1 and ",
            $which
        )
    };
}

impl Scope<'_> {
    /// The teams of a brief that are at work, by number.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn teams(&self, brief: BriefKey) -> Result<Vec<Team>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(teams_with_members!(
            "teams.brief_id = $2 and teams.state = 'active'
             order by teams.number, seats.joined_at, seats.id"
        ));
        Ok(gathered(rows.bind(self.tenant.0).bind(brief.0).fetch_all(&self.store.pool).await?))
    }

    /// The teams at work on every open brief, those of the newest first, by number: one question, whatever the number of briefs.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn open_teams(&self) -> Result<Vec<TeamName>, StoreError> {
        let rows = sqlx::query_as::<_, (i64, i64, i64, String)>(
            "select teams.id, briefs.number, teams.number, teams.name from briefs
             join teams
                 on teams.tenant_id = briefs.tenant_id
                 and teams.brief_id = briefs.id
                 and teams.state = 'active'
             where briefs.tenant_id = $1 and briefs.state = 'published'
             order by briefs.number desc, teams.number",
        );
        let rows = rows.bind(self.tenant.0).fetch_all(&self.store.pool).await?;
        let team = |(key, brief, number, name)| TeamName { key: TeamKey(key), brief, number, name };
        Ok(rows.into_iter().map(team).collect())
    }

    /// A team, dissolved or not.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn team(&self, team: TeamKey) -> Result<Option<Team>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(teams_with_members!("teams.id = $2 order by seats.joined_at, seats.id"));
        Ok(gathered(rows.bind(self.tenant.0).bind(team.0).fetch_all(&self.store.pool).await?).pop())
    }

    /// The team that has a number within a brief, dissolved or not.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn team_numbered(&self, brief: BriefKey, number: i64) -> Result<Option<Team>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(teams_with_members!(
            "teams.brief_id = $2 and teams.number = $3
             order by seats.joined_at, seats.id"
        ));
        let rows = rows.bind(self.tenant.0).bind(brief.0).bind(number).fetch_all(&self.store.pool).await?;
        Ok(gathered(rows).pop())
    }

    /// The teams that a person is in, those of the newest brief first, whether or not the brief is over.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn teams_of(&self, person: PersonKey) -> Result<Vec<Team>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(teams_with_members!(
            "teams.id in (
                 select own.team_id from seats as own
                 where own.tenant_id = $1 and own.person_id = $2 and own.left_at is null
             )
             order by teams.brief_id desc, teams.id, seats.joined_at, seats.id"
        ));
        Ok(gathered(rows.bind(self.tenant.0).bind(person.0).fetch_all(&self.store.pool).await?))
    }

    /// The team whose own room this is.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn team_in_room(&self, connector: &ConnectorName, room: &RoomId) -> Result<Option<Team>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(teams_with_members!(
            "teams.connector = $2 and teams.room = $3 and teams.state = 'active'
             order by teams.id, seats.joined_at, seats.id"
        ));
        let rows = rows.bind(self.tenant.0).bind(connector.as_str()).bind(room.as_str());
        Ok(gathered(rows.fetch_all(&self.store.pool).await?).pop())
    }

    /// Who asked to join a team, those who wait longest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn requests(&self, team: TeamKey) -> Result<Vec<Request>, StoreError> {
        let rows = sqlx::query_as::<_, (i64, Option<String>, i64)>(
            "select requests.person_id, people.name, requests.asked_at from requests
             left join people on people.tenant_id = requests.tenant_id and people.id = requests.person_id
             where requests.tenant_id = $1 and requests.team_id = $2
             order by requests.asked_at, requests.person_id",
        );
        let rows = rows.bind(self.tenant.0).bind(team.0).fetch_all(&self.store.pool).await?;
        let request =
            |(person, name, asked_at)| Some(Request { person: PersonKey(person), name, asked_at: instant(asked_at)? });
        Ok(rows.into_iter().filter_map(request).collect())
    }

    /// Everybody who is or was in a team, from the beginning on. Who came back is there twice.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn history(&self, team: TeamKey) -> Result<Vec<Seat>, StoreError> {
        let rows = sqlx::query_as::<_, (i64, Option<String>, String, i64, Option<i64>)>(
            "select seats.person_id, people.name, seats.rank, seats.joined_at, seats.left_at from seats
             left join people on people.tenant_id = seats.tenant_id and people.id = seats.person_id
             where seats.tenant_id = $1 and seats.team_id = $2
             order by seats.joined_at, seats.id",
        );
        let rows = rows.bind(self.tenant.0).bind(team.0).fetch_all(&self.store.pool).await?;
        let seat = |(person, name, rank, joined_at, left_at): (i64, Option<String>, String, i64, Option<i64>)| {
            let (joined_at, left_at) = (instant(joined_at)?, left_at.and_then(instant));
            Some(Seat { person: PersonKey(person), name, rank: Rank::read(&rank), joined_at, left_at })
        };
        Ok(rows.into_iter().filter_map(seat).collect())
    }
}
