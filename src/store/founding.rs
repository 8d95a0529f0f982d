//! Teams that begin, change and end. Who may do it is the caller's to check.

use super::cohorts::tidy;
use super::seats::Refusal;
use super::teams::{Entry, OwnRoom, Rank};
use super::{StoreError, Write};
use crate::domain::key::{BriefKey, TeamKey};
use crate::domain::person::PersonKey;
use vigie_chat::folded;

/// Teams of one brief that are at work.
pub const MOST_TEAMS: u16 = 2_000;

/// What comes of founding a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Founding {
    /// It is there, with its founder as captain.
    Founded {
        /// Which one.
        team: TeamKey,
        /// Its number within the brief.
        number: i64,
    },
    /// Another team of the brief has that name, accents and case aside.
    NameTaken {
        /// Its number.
        number: i64,
    },
    /// The brief has as many as it can have.
    TooMany {
        /// How many.
        most: u16,
    },
    /// Why not.
    No(Refusal),
}

/// What comes of giving a team another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renaming {
    /// It has it.
    Renamed {
        /// What it was called.
        former: String,
    },
    /// Another team of the brief has that name, accents and case aside.
    NameTaken {
        /// Its number.
        number: i64,
    },
    /// Why not.
    No(Refusal),
}

/// What comes of dissolving a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dissolving {
    /// It is no longer at work. All of it is kept.
    Dissolved {
        /// Who was in it.
        members: Vec<PersonKey>,
    },
    /// Why not.
    No(Refusal),
}

impl Write<'_> {
    /// Founds a team for a brief, with its founder as captain. The name is one that is fit to be shown.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn found_team(
        &mut self,
        brief: BriefKey,
        founder: PersonKey,
        name: &str,
        entry: Entry,
    ) -> Result<Founding, StoreError> {
        if let Err(refusal) = self.open_brief(brief).await? {
            return Ok(Founding::No(refusal));
        }
        if let Err(refusal) = self.unseated(brief, founder).await? {
            return Ok(Founding::No(refusal));
        }
        let name = tidy(name);
        if let Some((_, number)) = self.named(brief, &name).await? {
            return Ok(Founding::NameTaken { number });
        }
        let counted = sqlx::query_as::<_, (i64, Option<i64>)>(
            "select coalesce(sum(case when state = 'active' then 1 else 0 end), 0), max(number) from teams
             where tenant_id = $1 and brief_id = $2",
        );
        let counted = counted.bind(self.tenant.0).bind(brief.0).fetch_one(&mut *self.tx).await?;
        let (active, last) = counted;
        if active >= i64::from(MOST_TEAMS) {
            return Ok(Founding::TooMany { most: MOST_TEAMS });
        }
        let (team, number) = (TeamKey(self.draw()), last.unwrap_or_default() + 1);
        let new = sqlx::query(
            "insert into teams (tenant_id, id, brief_id, number, name, folded, entry, state, made_at)
             values ($1, $2, $3, $4, $5, $6, $7, 'active', $8)",
        );
        let new = new.bind(self.tenant.0).bind(team.0).bind(brief.0).bind(number).bind(&name).bind(folded(&name));
        new.bind(entry.word()).bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        self.journal("team.founded", &format!("team:{}", team.0)).await?;
        self.take_seat(team, brief, founder, Rank::Captain).await?;
        Ok(Founding::Founded { team, number })
    }

    /// Gives a team another name, which is one that is fit to be shown.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn rename(&mut self, team: TeamKey, name: &str) -> Result<Renaming, StoreError> {
        let brief = match self.table(team).await? {
            Ok(table) => table.brief,
            Err(refusal) => return Ok(Renaming::No(refusal)),
        };
        let name = tidy(name);
        if let Some((other, number)) = self.named(brief, &name).await?
            && other != team
        {
            return Ok(Renaming::NameTaken { number });
        }
        let former = sqlx::query_scalar::<_, String>("select name from teams where tenant_id = $1 and id = $2");
        let former = former.bind(self.tenant.0).bind(team.0).fetch_one(&mut *self.tx).await?;
        let renamed = sqlx::query("update teams set name = $3, folded = $4 where tenant_id = $1 and id = $2");
        let renamed = renamed.bind(self.tenant.0).bind(team.0).bind(&name).bind(folded(&name));
        renamed.execute(&mut *self.tx).await?;
        // A defence bears the name in calendars: what is there already knows by this that it is another.
        let revised = sqlx::query(
            "update defences set revision = revision + 1, changed_at = $3
             where tenant_id = $1 and team_id = $2",
        );
        let revised = revised.bind(self.tenant.0).bind(team.0).bind(self.now.as_millisecond());
        revised.execute(&mut *self.tx).await?;
        self.journal("team.renamed", &format!("team:{}", team.0)).await?;
        Ok(Renaming::Renamed { former })
    }

    /// Says how a team is joined from now on. Who asked meanwhile still has to be agreed to.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn set_entry(&mut self, team: TeamKey, entry: Entry) -> Result<Result<(), Refusal>, StoreError> {
        if let Err(refusal) = self.table(team).await? {
            return Ok(Err(refusal));
        }
        let set = sqlx::query("update teams set entry = $3 where tenant_id = $1 and id = $2");
        set.bind(self.tenant.0).bind(team.0).bind(entry.word()).execute(&mut *self.tx).await?;
        Ok(Ok(()))
    }

    /// Gives a team a room of its own, in the place of the former one, or none; says whether there is such a team.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn set_room(&mut self, team: TeamKey, room: Option<&OwnRoom>) -> Result<bool, StoreError> {
        let set = sqlx::query("update teams set connector = $3, room = $4 where tenant_id = $1 and id = $2");
        let set = set.bind(self.tenant.0).bind(team.0).bind(room.map(|(connector, _)| connector.as_str()));
        let set = set.bind(room.map(|(_, room)| room.as_str()));
        Ok(set.execute(&mut *self.tx).await?.rows_affected() > 0)
    }

    /// Ends a team: everybody leaves, and its work is kept.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn dissolve(&mut self, team: TeamKey) -> Result<Dissolving, StoreError> {
        let table = match self.table(team).await? {
            Ok(table) => table,
            Err(refusal) => return Ok(Dissolving::No(refusal)),
        };
        let left = sqlx::query(
            "update seats set left_at = $3
             where tenant_id = $1 and team_id = $2 and left_at is null",
        );
        left.bind(self.tenant.0).bind(team.0).bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        self.end_team(team).await?;
        Ok(Dissolving::Dissolved { members: table.seated.into_iter().map(|(person, _)| person).collect() })
    }

    /// Notes that a team without members is no longer at work.
    pub(super) async fn end_team(&mut self, team: TeamKey) -> Result<(), StoreError> {
        let ended = sqlx::query(
            "update teams set state = 'dissolved', dissolved_at = $3
             where tenant_id = $1 and id = $2",
        );
        ended.bind(self.tenant.0).bind(team.0).bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        let asked = sqlx::query("delete from requests where tenant_id = $1 and team_id = $2");
        asked.bind(self.tenant.0).bind(team.0).execute(&mut *self.tx).await?;
        self.journal("team.dissolved", &format!("team:{}", team.0)).await
    }

    /// The team of a brief that is at work under a name.
    async fn named(&mut self, brief: BriefKey, name: &str) -> Result<Option<(TeamKey, i64)>, StoreError> {
        let row = sqlx::query_as::<_, (i64, i64)>(
            "select id, number from teams
             where tenant_id = $1 and brief_id = $2 and folded = $3 and state = 'active'",
        );
        let row = row.bind(self.tenant.0).bind(brief.0).bind(folded(name)).fetch_optional(&mut *self.tx).await?;
        Ok(row.map(|(team, number)| (TeamKey(team), number)))
    }
}
