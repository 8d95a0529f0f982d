//! Adding milestones, one or several at once, and writing what hangs on them.

use super::{MilestoneDraft, Numbered};
use crate::domain::duration::Minutes;
use crate::domain::key::{MilestoneKey, TeamKey};
use crate::domain::limits;
use crate::store::changes::Changed;
use crate::store::revision::Counted;
use crate::store::rows::{AT_ONCE, number, values};
use crate::store::{Addition, Missing, StoreError, When, Write};
use sqlx::AssertSqlSafe;
use std::collections::BTreeSet;

impl Write<'_> {
    /// Adds milestones to a team, in their order, with the numbers that follow. What one of them needs is there already: to
    /// need another of the same message, add that one first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn add_milestones(
        &mut self,
        team: TeamKey,
        drafts: &[MilestoneDraft],
    ) -> Result<Addition<Vec<Numbered<MilestoneKey>>>, StoreError> {
        self.touch(Changed::Team(team));
        if !self.is_active(team).await? {
            return Ok(Addition::NoTeam);
        }
        if self.milestone_count(team).await? + drafts.len() > limits::MILESTONES.most() {
            return Ok(Addition::Full(limits::MILESTONES.most()));
        }
        if let Some(missing) = self.missing_of_milestones(team, drafts).await? {
            return Ok(Addition::Missing(missing));
        }
        let drafts: Vec<_> = drafts.iter().map(|draft| (None, draft)).collect();
        Ok(Addition::Added(self.insert_milestones(team, &drafts).await?))
    }

    /// How many milestones a team has.
    pub(super) async fn milestone_count(&mut self, team: TeamKey) -> Result<usize, sqlx::Error> {
        let count = sqlx::query_scalar::<_, i64>(
            "select count(*) from milestones
             where tenant_id = $1 and team_id = $2 and deleted_at is null",
        );
        let count = count.bind(self.tenant.0).bind(team.0).fetch_one(&mut *self.tx).await?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// What these drafts name that isn't there: a person who isn't a member, a milestone or a deliverable of another team.
    pub(super) async fn missing_of_milestones(
        &mut self,
        team: TeamKey,
        drafts: &[MilestoneDraft],
    ) -> Result<Option<Missing>, sqlx::Error> {
        if let Some(missing) = self.missing_member(team, drafts.iter().flat_map(|draft| &draft.people)).await? {
            return Ok(Some(missing));
        }
        if drafts.iter().any(|draft| !draft.needs.is_empty()) {
            let known = sqlx::query_scalar::<_, i64>(
                "select id from milestones
                 where tenant_id = $1 and team_id = $2 and deleted_at is null",
            );
            let known = known.bind(self.tenant.0).bind(team.0).fetch_all(&mut *self.tx).await?;
            let known: BTreeSet<i64> = known.into_iter().collect();
            if let Some(unknown) = drafts.iter().flat_map(|draft| &draft.needs).find(|need| !known.contains(&need.0)) {
                return Ok(Some(Missing::Milestone(*unknown)));
            }
        }
        for deliverable in drafts.iter().filter_map(|draft| draft.deliverable).collect::<BTreeSet<_>>() {
            let known = sqlx::query_scalar::<_, i64>(
                "select id from deliverables
                 where tenant_id = $1 and team_id = $2 and number = $3 and deleted_at is null",
            );
            let known = known.bind(self.tenant.0).bind(team.0).bind(i64::from(deliverable));
            if known.fetch_optional(&mut *self.tx).await?.is_none() {
                return Ok(Some(Missing::Deliverable(deliverable)));
            }
        }
        Ok(None)
    }

    /// Writes new milestones, each with the brief's key of it where it has one.
    pub(super) async fn insert_milestones(
        &mut self,
        team: TeamKey,
        new: &[(Option<&str>, &MilestoneDraft)],
    ) -> Result<Vec<Numbered<MilestoneKey>>, sqlx::Error> {
        let mut next = self.numbers(team, Counted::Milestones, new.len()).await?;
        let mut given = Vec::with_capacity(new.len());
        for some in new.chunks(AT_ONCE) {
            let sql = format!(
                "insert into milestones (
                     tenant_id, team_id, made_at, state, revision, id, number, brief_key, title,
                     due_on_wall, zone, due_at, minutes, deliverable
                 ) values {}",
                values(some.len(), 5, 9),
            );
            let keys: Vec<i64> = some.iter().map(|_| self.draw()).collect();
            let insert = sqlx::query(AssertSqlSafe(sql)).bind(self.tenant.0).bind(team.0);
            let mut insert = insert.bind(self.now.as_millisecond()).bind("open").bind(1_i64);
            for (key, (brief_key, draft)) in keys.into_iter().zip(some) {
                let due = draft.due.as_ref();
                insert = insert.bind(key).bind(next).bind(*brief_key).bind(draft.title.as_str());
                insert = insert.bind(due.map(When::written)).bind(due.map(|due| due.zone.as_str()));
                insert = insert.bind(due.map(|due| due.at.as_millisecond()));
                insert = insert.bind(draft.minutes.map(Minutes::get).map(i64::from));
                insert = insert.bind(draft.deliverable.map(i64::from));
                given.push(Numbered { key: MilestoneKey(key), number: number(next)? });
                next += 1;
            }
            insert.execute(&mut *self.tx).await?;
        }
        let linked: Vec<_> = given.iter().map(|given| given.key).zip(new.iter().map(|(_, draft)| *draft)).collect();
        self.link_milestones(&linked).await?;
        Ok(given)
    }

    /// Writes who is responsible for milestones, what they need and which criteria they work on.
    pub(super) async fn link_milestones(
        &mut self,
        milestones: &[(MilestoneKey, &MilestoneDraft)],
    ) -> Result<(), sqlx::Error> {
        let numbers = |of: fn(&MilestoneDraft) -> Vec<i64>| -> Vec<(i64, i64)> {
            milestones.iter().flat_map(|(key, draft)| of(draft).into_iter().map(|other| (key.0, other))).collect()
        };
        let people = numbers(|draft| draft.people.iter().map(|person| person.0).collect());
        let needs = numbers(|draft| draft.needs.iter().map(|needed| needed.0).collect());
        let criteria: Vec<(i64, String)> = milestones
            .iter()
            .flat_map(|(key, draft)| draft.criteria.iter().map(|criterion| (key.0, criterion.clone())))
            .collect();
        self.insert_pairs("milestone_people (tenant_id, milestone_id, person_id)", &people).await?;
        self.insert_pairs("milestone_needs (tenant_id, milestone_id, needs_id)", &needs).await?;
        self.insert_pairs("milestone_criteria (tenant_id, milestone_id, criterion)", &criteria).await
    }

    /// Writes what hangs on milestones; what is said twice counts once.
    async fn insert_pairs<T>(&mut self, into: &'static str, pairs: &[(i64, T)]) -> Result<(), sqlx::Error>
    where
        T: Clone + Send + for<'q> sqlx::Encode<'q, sqlx::Any> + sqlx::Type<sqlx::Any>,
    {
        for some in pairs.chunks(AT_ONCE) {
            let sql = format!("insert into {into} values {} on conflict do nothing", values(some.len(), 1, 2));
            let mut insert = sqlx::query(AssertSqlSafe(sql)).bind(self.tenant.0);
            for (key, other) in some {
                insert = insert.bind(*key).bind(other.clone());
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}
