//! Seats: joining a team, asking to, leaving it, taking somebody's place.
//!
//! Who may do it is the caller's to check; that it leaves the teams as they must be is checked here, in the transaction: a
//! brief that is open, one team a brief for each person, no more members than the brief says (the caller tells how many),
//! and one captain in each team that isn't empty. When the captain leaves, whoever is there longest is captain. When the
//! last one leaves, a team that has work to show stays, empty, and whoever joins it next is captain, without asking, since
//! nobody is there to agree; one that has none is dissolved.

use super::seats::Refusal;
use super::teams::{Entry, Rank};
use super::{StoreError, Write};
use crate::domain::key::TeamKey;
use crate::domain::person::PersonKey;

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

/// What comes of naming the captain of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// They are the captain.
    Named,
    /// They aren't in it.
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
    pub async fn replace(&mut self, team: TeamKey, who: PersonKey, by: PersonKey) -> Result<Replacing, StoreError> {
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

    /// Makes a member the captain, in the place of whoever was.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn name_captain(&mut self, team: TeamKey, who: PersonKey) -> Result<Naming, StoreError> {
        let table = match self.table(team).await? {
            Ok(table) => table,
            Err(refusal) => return Ok(Naming::No(refusal)),
        };
        if table.rank_of(who).is_none() {
            return Ok(Naming::NotIn);
        }
        if let Some(former) = table.captain() {
            self.rank(team, former, Rank::Member).await?;
        }
        self.promote(team, who).await?;
        self.journal("team.captain", &format!("team:{}", team.0)).await?;
        Ok(Naming::Named)
    }
}
