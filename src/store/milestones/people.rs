//! Who is responsible for milestones: taking one, and what becomes of those of a member who leaves.

use super::Numbered;
use crate::domain::key::{MilestoneKey, TeamKey};
use crate::domain::person::PersonKey;
use crate::store::changes::Changed;
use crate::store::rows::number;
use crate::store::{Missing, Scope, StoreError, Write};
use std::collections::BTreeSet;

/// What comes of taking a milestone on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taking {
    /// They are responsible for it now, beside whoever already was.
    Taken,
    /// They already were.
    Already,
    /// They aren't a member of its team.
    NotMember,
    /// It isn't there, or no longer.
    Gone,
}

/// A milestone that a member was responsible for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Which one.
    pub milestone: Numbered<MilestoneKey>,
    /// Its people's own words.
    pub title: String,
    /// How many others are responsible for it.
    pub others: u32,
}

/// Milestones of a team ($2) that aren't done and that a person ($3) is responsible for.
const OPEN: &str = "select milestones.id, milestones.number, milestones.title,
            (select count(*) from milestone_people as others
             where others.tenant_id = $1 and others.milestone_id = milestones.id and others.person_id <> $3)
     from milestones
     join milestone_people as theirs
       on theirs.tenant_id = $1 and theirs.milestone_id = milestones.id and theirs.person_id = $3
     where milestones.tenant_id = $1 and milestones.team_id = $2
       and milestones.state <> 'done' and milestones.deleted_at is null
     order by milestones.number";

type Row = (i64, i64, String, i64);

fn released((key, numbered, title, others): Row) -> Result<Released, sqlx::Error> {
    let milestone = Numbered { key: MilestoneKey(key), number: number(numbered)? };
    Ok(Released { milestone, title, others: number(others)? })
}

impl Scope<'_> {
    /// What a member is responsible for and isn't done, by number: what leaving would leave to the others.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn open_milestones_of(&self, team: TeamKey, person: PersonKey) -> Result<Vec<Released>, StoreError> {
        let open = sqlx::query_as::<_, Row>(OPEN).bind(self.tenant.0).bind(team.0).bind(person.0);
        let open = open.fetch_all(&self.store.pool).await?;
        Ok(open.into_iter().map(released).collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Makes a person responsible for nothing of a team that isn't done, and says what it was. What is done keeps their name.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn release_milestones(&mut self, team: TeamKey, person: PersonKey) -> Result<Vec<Released>, StoreError> {
        self.touch(Changed::Team(team));
        let open = sqlx::query_as::<_, Row>(OPEN).bind(self.tenant.0).bind(team.0).bind(person.0);
        let open = open.fetch_all(&mut *self.tx).await?;
        for theirs in [
            "update milestones set revision = revision + 1
             where tenant_id = $1 and team_id = $2 and state <> 'done' and deleted_at is null
               and id in (select milestone_id from milestone_people where tenant_id = $1 and person_id = $3)",
            "delete from milestone_people
             where tenant_id = $1 and person_id = $3
               and milestone_id in (
                   select id from milestones
                   where tenant_id = $1 and team_id = $2 and state <> 'done' and deleted_at is null
               )",
        ] {
            sqlx::query(theirs).bind(self.tenant.0).bind(team.0).bind(person.0).execute(&mut *self.tx).await?;
        }
        Ok(open.into_iter().map(released).collect::<Result<_, _>>()?)
    }

    /// Makes a member responsible for a milestone, beside whoever already is.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn take_milestone(&mut self, key: MilestoneKey, person: PersonKey) -> Result<Taking, StoreError> {
        self.touch(Changed::Milestone(key));
        let Some(former) = self.milestone(key).await? else { return Ok(Taking::Gone) };
        if former.draft.people.contains(&person) {
            return Ok(Taking::Already);
        }
        if self.missing_member(former.team, [&person]).await?.is_some() {
            return Ok(Taking::NotMember);
        }
        let taken = sqlx::query(
            "insert into milestone_people (tenant_id, milestone_id, person_id)
             values ($1, $2, $3)",
        );
        taken.bind(self.tenant.0).bind(key.0).bind(person.0).execute(&mut *self.tx).await?;
        let revised = sqlx::query("update milestones set revision = revision + 1 where tenant_id = $1 and id = $2");
        revised.bind(self.tenant.0).bind(key.0).execute(&mut *self.tx).await?;
        Ok(Taking::Taken)
    }

    /// The first of these people who isn't a member of the team.
    pub(in crate::store) async fn missing_member(
        &mut self,
        team: TeamKey,
        people: impl IntoIterator<Item = &PersonKey>,
    ) -> Result<Option<Missing>, sqlx::Error> {
        let people: BTreeSet<PersonKey> = people.into_iter().copied().collect();
        if people.is_empty() {
            return Ok(None);
        }
        let members = sqlx::query_scalar::<_, i64>(
            "select person_id from seats
             where tenant_id = $1 and team_id = $2 and left_at is null",
        );
        let members = members.bind(self.tenant.0).bind(team.0).fetch_all(&mut *self.tx).await?;
        Ok(people.into_iter().find(|person| !members.contains(&person.0)).map(Missing::Member))
    }
}
