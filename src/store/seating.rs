//! Seats: joining a team, asking to, leaving it, taking somebody's place.
//!
//! Who may do it is the caller's to check; that it leaves the teams as they must be is checked here, in the transaction: a
//! brief that is open, one team a brief for each person, no more members than the brief says (the caller tells how many),
//! and one captain in each team that isn't empty. When the captain leaves, whoever is there longest is captain. When the
//! last one leaves, a team that has work to show stays, empty, and whoever joins it next is captain, without asking, since
//! nobody is there to agree; one that has none is dissolved.

use super::briefs::BriefState;
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

/// What comes of joining a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seating {
    /// They are in it.
    Joined {
        /// As what: captain where nobody was there.
        rank: Rank,
    },
    /// Its captain agrees first.
    MustAsk {
        /// Who that is.
        captain: PersonKey,
    },
    /// Why not.
    No(Refusal),
}

/// What comes of asking to join a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// The captain is to agree.
    Asked {
        /// Who that is.
        captain: PersonKey,
    },
    /// They asked before.
    Already {
        /// Who is to agree.
        captain: PersonKey,
    },
    /// There is no need to: whoever wants joins.
    MayJoin,
    /// Why not.
    No(Refusal),
}

/// What comes of agreeing that somebody joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreeing {
    /// They are in the team.
    Joined {
        /// As what.
        rank: Rank,
    },
    /// They didn't ask, or no longer do.
    NotAsked,
    /// Why not. They may ask again.
    No(Refusal),
}

/// Who is in a team after somebody left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remaining {
    /// Others, with the same captain.
    Others,
    /// Others, with a new captain.
    NewCaptain(PersonKey),
    /// Nobody; the team waits with its work.
    Nobody,
    /// Nobody, and there was no work: it is dissolved.
    Dissolved,
}

/// What comes of leaving a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// They aren't in it any more.
    Left(Remaining),
    /// They weren't in it.
    NotIn,
    /// Why not.
    No(Refusal),
}

/// What comes of taking somebody's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replacing {
    /// One is gone, the other there.
    Replaced {
        /// Who is captain now, where the one who is gone was.
        captain: Option<PersonKey>,
    },
    /// Whose place it would be isn't in the team.
    NotIn,
    /// Why not.
    No(Refusal),
}

/// A team that may change, as the transaction sees it.
pub(super) struct Table {
    pub(super) brief: BriefKey,
    entry: Entry,
    /// Who is there, those longest there first.
    pub(super) seated: Vec<(PersonKey, Rank)>,
}

impl Table {
    fn captain(&self) -> Option<PersonKey> {
        self.seated.iter().find(|(_, rank)| *rank == Rank::Captain).map(|(person, _)| *person)
    }

    fn rank_of(&self, person: PersonKey) -> Option<Rank> {
        self.seated.iter().find(|(seated, _)| *seated == person).map(|(_, rank)| *rank)
    }

    fn refuse_if_full(&self, most: u16) -> Result<(), Refusal> {
        if self.seated.len() < usize::from(most) { Ok(()) } else { Err(Refusal::Full { most }) }
    }
}

impl Write<'_> {
    /// Has this person join a team of `most` members at most.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn join(&mut self, team: TeamKey, most: u16) -> Result<Seating, StoreError> {
        let me = self.person;
        let table = match self.free_table(team, me).await? {
            Ok(table) => table,
            Err(refusal) => return Ok(Seating::No(refusal)),
        };
        if let (Entry::Asked, Some(captain)) = (table.entry, table.captain()) {
            return Ok(Seating::MustAsk { captain });
        }
        self.sit(team, &table, me, most).await
    }

    /// Puts somebody in a team of `most` members at most, whether or not its captain agrees.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn place_member(&mut self, team: TeamKey, who: PersonKey, most: u16) -> Result<Seating, StoreError> {
        match self.free_table(team, who).await? {
            Ok(table) => self.sit(team, &table, who, most).await,
            Err(refusal) => Ok(Seating::No(refusal)),
        }
    }

    /// Notes that this person would like to join a team of `most` members at most, for its captain to agree.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn ask(&mut self, team: TeamKey, most: u16) -> Result<Asking, StoreError> {
        let table = match self.free_table(team, self.person).await? {
            Ok(table) => table,
            Err(refusal) => return Ok(Asking::No(refusal)),
        };
        if let Err(full) = table.refuse_if_full(most) {
            return Ok(Asking::No(full));
        }
        let (Entry::Asked, Some(captain)) = (table.entry, table.captain()) else { return Ok(Asking::MayJoin) };
        let asked = sqlx::query(
            "insert into requests (tenant_id, team_id, person_id, asked_at)
             values ($1, $2, $3, $4)
             on conflict (tenant_id, team_id, person_id) do nothing",
        );
        let asked = asked.bind(self.tenant.0).bind(team.0).bind(self.person.0).bind(self.now.as_millisecond());
        let new = asked.execute(&mut *self.tx).await?.rows_affected() > 0;
        Ok(if new { Asking::Asked { captain } } else { Asking::Already { captain } })
    }

    /// Agrees that somebody who asked joins a team of `most` members at most.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn agree(&mut self, team: TeamKey, who: PersonKey, most: u16) -> Result<Agreeing, StoreError> {
        let asked = sqlx::query_scalar::<_, i64>(
            "select count(*) from requests
             where tenant_id = $1 and team_id = $2 and person_id = $3",
        );
        let asked = asked.bind(self.tenant.0).bind(team.0).bind(who.0).fetch_one(&mut *self.tx).await?;
        let table = match self.free_table(team, who).await? {
            Ok(_) if asked == 0 => return Ok(Agreeing::NotAsked),
            Ok(table) => table,
            Err(refusal) => return Ok(Agreeing::No(refusal)),
        };
        Ok(match self.sit(team, &table, who, most).await? {
            Seating::Joined { rank } => Agreeing::Joined { rank },
            Seating::No(refusal) => Agreeing::No(refusal),
            Seating::MustAsk { .. } => Agreeing::NotAsked,
        })
    }

    /// Takes back, or turns down, what somebody asked of a team; says whether they had.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn decline(&mut self, team: TeamKey, who: PersonKey) -> Result<bool, StoreError> {
        let gone = sqlx::query("delete from requests where tenant_id = $1 and team_id = $2 and person_id = $3");
        let gone = gone.bind(self.tenant.0).bind(team.0).bind(who.0).execute(&mut *self.tx).await?;
        Ok(gone.rows_affected() > 0)
    }

    /// Has somebody leave a team.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn leave(&mut self, team: TeamKey, who: PersonKey) -> Result<Leaving, StoreError> {
        let table = match self.table(team).await? {
            Ok(table) => table,
            Err(refusal) => return Ok(Leaving::No(refusal)),
        };
        let Some(rank) = table.rank_of(who) else { return Ok(Leaving::NotIn) };
        self.stand_up(team, who).await?;
        let next = table.seated.iter().map(|(person, _)| *person).find(|person| *person != who);
        let remaining = match (next, rank) {
            (None, _) if self.has_work(team).await? => Remaining::Nobody,
            (None, _) => {
                self.end_team(team).await?;
                Remaining::Dissolved
            }
            (Some(_), Rank::Member) => Remaining::Others,
            (Some(next), Rank::Captain) => {
                self.promote(team, next).await?;
                Remaining::NewCaptain(next)
            }
        };
        Ok(Leaving::Left(remaining))
    }

    /// Puts one person in the place of another. The captain's place is a member's; the one longest there is captain then.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn replace(
        &mut self,
        team: TeamKey,
        who: PersonKey,
        by: PersonKey,
    ) -> Result<Replacing, StoreError> {
        let table = match self.free_table(team, by).await? {
            Ok(table) => table,
            Err(refusal) => return Ok(Replacing::No(refusal)),
        };
        let Some(rank) = table.rank_of(who) else { return Ok(Replacing::NotIn) };
        self.stand_up(team, who).await?;
        let next = table.seated.iter().map(|(person, _)| *person).find(|person| *person != who);
        let newcomer = if next.is_none() { Rank::Captain } else { Rank::Member };
        self.take_seat(team, table.brief, by, newcomer).await?;
        if rank == Rank::Member {
            return Ok(Replacing::Replaced { captain: None });
        }
        if let Some(next) = next {
            self.promote(team, next).await?;
        }
        Ok(Replacing::Replaced { captain: Some(next.unwrap_or(by)) })
    }

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
    async fn free_table(&mut self, team: TeamKey, who: PersonKey) -> Result<Result<Table, Refusal>, StoreError> {
        let table = match self.table(team).await? {
            Ok(table) => table,
            refusal => return Ok(refusal),
        };
        Ok(self.unseated(table.brief, who).await?.map(|()| table))
    }

    /// Seats somebody who is in no team of the brief, if a seat is free.
    async fn sit(
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
    async fn stand_up(&mut self, team: TeamKey, who: PersonKey) -> Result<(), StoreError> {
        let left = sqlx::query(
            "update seats set left_at = $4
             where tenant_id = $1 and team_id = $2 and person_id = $3 and left_at is null",
        );
        let left = left.bind(self.tenant.0).bind(team.0).bind(who.0).bind(self.now.as_millisecond());
        left.execute(&mut *self.tx).await?;
        self.journal("team.left", &format!("team:{}", team.0)).await
    }

    /// Makes a member the captain.
    async fn promote(&mut self, team: TeamKey, who: PersonKey) -> Result<(), StoreError> {
        let promoted = sqlx::query(
            "update seats set rank = $4
             where tenant_id = $1 and team_id = $2 and person_id = $3 and left_at is null",
        );
        let promoted = promoted.bind(self.tenant.0).bind(team.0).bind(who.0).bind(Rank::Captain.word());
        promoted.execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Whether a team did anything that should stay: milestones or deliverables of its own, hand-ins, hours, coverage.
    async fn has_work(&mut self, team: TeamKey) -> Result<bool, StoreError> {
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
