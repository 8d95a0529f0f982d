//! What every change of a team asks and does: whether it may change, who sits in it, sitting down and standing up.

use super::briefs::BriefState;
use super::seating::Seating;
use super::teams::{Entry, Rank};
use super::{StoreError, Write};
use crate::domain::key::{BriefKey, TeamKey};
use crate::domain::person::PersonKey;

/// Why somebody can't sit, or a team can't change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such team, or no such brief that was published.
    NotThere,
    /// There is no such person.
    NoSuchPerson,
    /// The brief is over.
    Closed,
    /// The team was dissolved.
    Dissolved,
    /// The person is in a team of this brief.
    AlreadyIn {
        /// Which one: maybe this one.
        team: TeamKey,
        /// Its number.
        number: i64,
    },
    /// No seat is free.
    Full {
        /// How many there are.
        most: u16,
    },
}

/// A team that may change, as the transaction sees it.
pub(super) struct Table {
    pub(super) brief: BriefKey,
    pub(super) entry: Entry,
    /// Who is there, those longest there first.
    pub(super) seated: Vec<(PersonKey, Rank)>,
}

impl Table {
    /// Who lets others in.
    pub(super) fn captain(&self) -> Option<PersonKey> {
        self.seated.iter().find(|(_, rank)| *rank == Rank::Captain).map(|(person, _)| *person)
    }

    /// What somebody is in it.
    pub(super) fn rank_of(&self, person: PersonKey) -> Option<Rank> {
        self.seated.iter().find(|(seated, _)| *seated == person).map(|(_, rank)| *rank)
    }

    /// Whether a seat is free.
    pub(super) fn refuse_if_full(&self, most: u16) -> Result<(), Refusal> {
        if self.seated.len() < usize::from(most) { Ok(()) } else { Err(Refusal::Full { most }) }
    }
}

impl Write<'_> {
    /// A team that may change, or why it may not.
    pub(super) async fn table(&mut self, team: TeamKey) -> Result<Result<Table, Refusal>, StoreError> {
        let row = sqlx::query_as::<_, (i64, String, String)>(
            "select brief_id, entry, state from teams
             where tenant_id = $1 and id = $2",
        );
        let row = row.bind(self.tenant.0).bind(team.0).fetch_optional(&mut *self.tx).await?;
        let Some((brief, entry, state)) = row else { return Ok(Err(Refusal::NotThere)) };
        let brief = BriefKey(brief);
        if let Err(refusal) = self.open_brief(brief).await? {
            return Ok(Err(refusal));
        }
        if state != "active" {
            return Ok(Err(Refusal::Dissolved));
        }
        let seated = sqlx::query_as::<_, (i64, String)>(
            "select person_id, rank from seats
             where tenant_id = $1 and team_id = $2 and left_at is null
             order by joined_at, id",
        );
        let seated = seated.bind(self.tenant.0).bind(team.0).fetch_all(&mut *self.tx).await?;
        let seated = seated.into_iter().map(|(person, rank)| (PersonKey(person), Rank::read(&rank))).collect();
        Ok(Ok(Table { brief, entry: Entry::read(&entry), seated }))
    }

    /// As what whoever acts sits in a team that is at work on an open brief, if they do; or why nobody may change its work.
    /// It stays so until the end of the transaction: what was seen before it began may not.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn may_work(&mut self, team: TeamKey) -> Result<Result<Option<Rank>, Refusal>, StoreError> {
        let me = self.person;
        Ok(self.table(team).await?.map(|table| table.rank_of(me)))
    }

    /// Whether teams of a brief may change, or why not.
    pub(super) async fn open_brief(&mut self, brief: BriefKey) -> Result<Result<(), Refusal>, StoreError> {
        Ok(match self.standing(brief).await?.map(|standing| standing.state) {
            None | Some(BriefState::Draft) => Err(Refusal::NotThere),
            Some(BriefState::Closed) => Err(Refusal::Closed),
            Some(BriefState::Published) => Ok(()),
        })
    }

    /// Why somebody can't sit in any team of a brief, if so.
    pub(super) async fn unseated(
        &mut self,
        brief: BriefKey,
        who: PersonKey,
    ) -> Result<Result<(), Refusal>, StoreError> {
        if !self.knows(who).await? {
            return Ok(Err(Refusal::NoSuchPerson));
        }
        let seat = sqlx::query_as::<_, (i64, i64)>(
            "select teams.id, teams.number from seats
             join teams on teams.tenant_id = seats.tenant_id and teams.id = seats.team_id
             where seats.tenant_id = $1
               and seats.brief_id = $2
               and seats.person_id = $3
               and seats.left_at is null",
        );
        let seat = seat.bind(self.tenant.0).bind(brief.0).bind(who.0).fetch_optional(&mut *self.tx).await?;
        Ok(seat.map_or(Ok(()), |(team, number)| Err(Refusal::AlreadyIn { team: TeamKey(team), number })))
    }

    /// A team that somebody could join if a seat is free.
    pub(super) async fn free_table(
        &mut self,
        team: TeamKey,
        who: PersonKey,
    ) -> Result<Result<Table, Refusal>, StoreError> {
        let table = match self.table(team).await? {
            Ok(table) => table,
            refusal => return Ok(refusal),
        };
        Ok(self.unseated(table.brief, who).await?.map(|()| table))
    }

    /// Seats somebody who is in no team of the brief, if a seat is free.
    pub(super) async fn sit(
        &mut self,
        team: TeamKey,
        table: &Table,
        who: PersonKey,
        most: u16,
    ) -> Result<Seating, StoreError> {
        if let Err(full) = table.refuse_if_full(most) {
            return Ok(Seating::No(full));
        }
        let rank = if table.seated.is_empty() { Rank::Captain } else { Rank::Member };
        self.take_seat(team, table.brief, who, rank).await?;
        Ok(Seating::Joined { rank })
    }

    /// Gives somebody a seat. What they asked of the teams of this brief is settled.
    pub(super) async fn take_seat(
        &mut self,
        team: TeamKey,
        brief: BriefKey,
        who: PersonKey,
        rank: Rank,
    ) -> Result<(), StoreError> {
        let id = self.draw();
        let seat = sqlx::query(
            "insert into seats (tenant_id, id, team_id, brief_id, person_id, rank, joined_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
        );
        let seat = seat.bind(self.tenant.0).bind(id).bind(team.0).bind(brief.0).bind(who.0).bind(rank.word());
        seat.bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        let asked = sqlx::query(
            "delete from requests
             where tenant_id = $1
               and person_id = $3
               and team_id in (select teams.id from teams where teams.tenant_id = $1 and teams.brief_id = $2)",
        );
        asked.bind(self.tenant.0).bind(brief.0).bind(who.0).execute(&mut *self.tx).await?;
        self.journal("team.joined", &format!("team:{}", team.0)).await
    }

    /// Ends somebody's seat.
    pub(super) async fn stand_up(&mut self, team: TeamKey, who: PersonKey) -> Result<(), StoreError> {
        let left = sqlx::query(
            "update seats set left_at = $4
             where tenant_id = $1 and team_id = $2 and person_id = $3 and left_at is null",
        );
        let left = left.bind(self.tenant.0).bind(team.0).bind(who.0).bind(self.now.as_millisecond());
        left.execute(&mut *self.tx).await?;
        self.journal("team.left", &format!("team:{}", team.0)).await
    }

    /// Makes a member the captain.
    pub(super) async fn promote(&mut self, team: TeamKey, who: PersonKey) -> Result<(), StoreError> {
        self.rank(team, who, Rank::Captain).await
    }

    /// Says what a member is.
    pub(super) async fn rank(&mut self, team: TeamKey, who: PersonKey, rank: Rank) -> Result<(), StoreError> {
        let ranked = sqlx::query(
            "update seats set rank = $4
             where tenant_id = $1 and team_id = $2 and person_id = $3 and left_at is null",
        );
        let ranked = ranked.bind(self.tenant.0).bind(team.0).bind(who.0).bind(rank.word());
        ranked.execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Whether a team did anything that should stay: milestones or deliverables of its own, hand-ins, hours, coverage.
    pub(super) async fn has_work(&mut self, team: TeamKey) -> Result<bool, StoreError> {
        let work = sqlx::query_scalar::<_, i64>(
            "select (select count(*) from milestones
                     where tenant_id = $1 and team_id = $2 and (brief_key is null or state <> 'open'))
                  + (select count(*) from deliverables
                     where tenant_id = $1 and team_id = $2 and (brief_key is null or state <> 'expected'))
                  + (select count(*) from hours where tenant_id = $1 and team_id = $2)
                  + (select count(*) from coverage where tenant_id = $1 and team_id = $2)",
        );
        Ok(work.bind(self.tenant.0).bind(team.0).fetch_one(&mut *self.tx).await? > 0)
    }
}
