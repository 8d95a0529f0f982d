//! Coverage (grille): how far a team is with each criterion, with the proofs.
//!
//! Which criteria there are is for the brief and its référentiel to say; a criterion of which nothing is kept is to do.

use super::revision::{Change, Revision};
use super::rows::{damaged, instant};
use super::{Scope, StoreError, Write};
use crate::domain::coverage::{Coverage, Mark, Proof};
use crate::domain::key::{BriefKey, TeamKey, TenantKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe};

/// How far a team is with one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covering {
    /// Whose work.
    pub team: TeamKey,
    /// The criterion's id, in its référentiel.
    pub criterion: String,
    /// How far it is, and what proves it.
    pub mark: Mark,
    /// What whoever changes it says that they saw.
    pub revision: Revision,
    /// Who said so last.
    pub by: PersonKey,
    /// When.
    pub at: Timestamp,
}

impl Covering {
    /// The revision of a criterion of which nothing is kept.
    pub const NEVER: Revision = Revision(0);
}

/// Whose coverage is read: a condition on the team, and its value.
#[derive(Clone, Copy)]
enum Which {
    Team(TeamKey),
    Brief(BriefKey),
}

type Row = (i64, String, String, String, i64, i64, i64);

fn covering((team, criterion, state, proofs, revision, by, at): Row) -> Result<Covering, sqlx::Error> {
    let begun = match read_state(&state)? {
        Coverage::Todo => Mark::default(),
        Coverage::InProgress | Coverage::Covered => Mark::in_progress(),
    };
    let proofs: Vec<Proof> = serde_json::from_str(&proofs).map_err(|_| damaged("proofs"))?;
    let mark = proofs.into_iter().try_fold(begun, Mark::with).map_err(|_| damaged("proofs"))?;
    let (team, revision, by) = (TeamKey(team), Revision(revision), PersonKey(by));
    Ok(Covering { team, criterion, mark, revision, by, at: instant(at)? })
}

fn written(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Todo => "to_do",
        Coverage::InProgress => "in_progress",
        Coverage::Covered => "covered",
    }
}

fn read_state(text: &str) -> Result<Coverage, sqlx::Error> {
    let all = [Coverage::Todo, Coverage::InProgress, Coverage::Covered];
    all.into_iter().find(|state| written(*state) == text).ok_or_else(|| damaged("state"))
}

async fn read(connection: &mut AnyConnection, of: TenantKey, which: Which) -> Result<Vec<Covering>, sqlx::Error> {
    let (condition, value) = match which {
        Which::Team(team) => ("team_id = $2", team.0),
        Which::Brief(brief) => {
            ("team_id in (select id from teams where tenant_id = $1 and brief_id = $2 and state = 'active')", brief.0)
        }
    };
    let sql = format!(
        "select team_id, criterion, state, proofs, revision, person_id, changed_at from coverage
         where tenant_id = $1 and {condition}"
    );
    let rows = sqlx::query_as::<_, Row>(AssertSqlSafe(sql)).bind(of.0).bind(value).fetch_all(connection).await?;
    let mut all = rows.into_iter().map(covering).collect::<Result<Vec<_>, _>>()?;
    // The two databases don't sort text alike.
    all.sort_unstable_by(|a, b| (a.team, &a.criterion).cmp(&(b.team, &b.criterion)));
    Ok(all)
}

impl Scope<'_> {
    /// How far a team is with each criterion of which something was said, by criterion.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn coverage_of(&self, team: TeamKey) -> Result<Vec<Covering>, StoreError> {
        Ok(read(&mut *self.store.pool.acquire().await?, self.tenant, Which::Team(team)).await?)
    }

    /// The same for every team at work on a brief, by team and criterion.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn coverage_of_brief(&self, brief: BriefKey) -> Result<Vec<Covering>, StoreError> {
        Ok(read(&mut *self.store.pool.acquire().await?, self.tenant, Which::Brief(brief)).await?)
    }
}

impl Write<'_> {
    /// How far a team is with each criterion, as it is now.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn coverage_of(&mut self, team: TeamKey) -> Result<Vec<Covering>, StoreError> {
        Ok(read(&mut self.tx, self.tenant, Which::Team(team)).await?)
    }

    /// Says how far a team is with a criterion. `seen` is [`Covering::NEVER`] where nothing was kept of it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn cover(
        &mut self,
        team: TeamKey,
        criterion: &str,
        seen: Revision,
        mark: &Mark,
    ) -> Result<Change, StoreError> {
        let proofs = serde_json::to_string(mark.proofs()).map_err(|error| sqlx::Error::Encode(error.into()))?;
        let former = sqlx::query_scalar::<_, Option<i64>>(
            "select coverage.revision from teams
             left join coverage
                 on coverage.tenant_id = teams.tenant_id
                 and coverage.team_id = teams.id
                 and coverage.criterion = $3
             where teams.tenant_id = $1 and teams.id = $2 and teams.state = 'active'",
        );
        let former = former.bind(self.tenant.0).bind(team.0).bind(criterion).fetch_optional(&mut *self.tx).await?;
        let Some(former) = former else { return Ok(Change::Gone) };
        if former.unwrap_or(Covering::NEVER.0) != seen.0 {
            return Ok(Change::Changed);
        }
        let covered = sqlx::query(
            "insert into coverage (tenant_id, team_id, criterion, state, proofs, revision, person_id, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (tenant_id, team_id, criterion) do update
                 set state = excluded.state, proofs = excluded.proofs, revision = excluded.revision,
                     person_id = excluded.person_id, changed_at = excluded.changed_at",
        );
        let covered = covered.bind(self.tenant.0).bind(team.0).bind(criterion).bind(written(mark.coverage()));
        let covered = covered.bind(proofs).bind(seen.0 + 1).bind(self.person.0).bind(self.now.as_millisecond());
        covered.execute(&mut *self.tx).await?;
        Ok(Change::Made)
    }
}
