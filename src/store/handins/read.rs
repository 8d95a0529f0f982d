//! Reading hand-ins: one, or all the versions of a deliverable.

use super::{HandedIn, Handin, Judgement, Verdict};
use crate::domain::handin::{FileName, Fingerprint, Link, Size};
use crate::domain::key::{DeliverableKey, HandinKey};
use crate::domain::person::PersonKey;
use crate::store::rows::{damaged, instant, number};
use crate::store::{Scope, StoreError};
use sqlx::AssertSqlSafe;

/// The columns of a [`Row`].
pub(in crate::store) const COLUMNS: &str = "handins.id, handins.deliverable_id, handins.version, handins.person_id,
                handins.handed_in_at, handins.kind, handins.name, handins.media_type, handins.size, handins.sha256,
                handins.due_at, handins.verdict, handins.comment, handins.judged_by, handins.judged_at";

#[derive(sqlx::FromRow)]
pub(in crate::store) struct Row {
    id: i64,
    deliverable_id: i64,
    version: i64,
    person_id: i64,
    handed_in_at: i64,
    kind: String,
    name: String,
    media_type: Option<String>,
    size: Option<i64>,
    sha256: Option<String>,
    due_at: Option<i64>,
    verdict: Option<String>,
    comment: Option<String>,
    judged_by: Option<i64>,
    judged_at: Option<i64>,
}

impl TryFrom<Row> for Handin {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let content = match (row.kind.as_str(), row.size, row.sha256) {
            ("file", Some(size), Some(sha256)) => HandedIn::File {
                name: FileName::from(row.name),
                media_type: row.media_type,
                size: Size(u64::try_from(size).map_err(|_| damaged("size"))?),
                sha256: Fingerprint::try_from(sha256).map_err(|_| damaged("sha256"))?,
            },
            ("link", None, None) => HandedIn::Link(Link::try_from(row.name).map_err(|_| damaged("name"))?),
            ("erased", _, None) => HandedIn::Erased,
            _ => return Err(damaged("kind")),
        };
        let verdict = match (row.verdict, row.judged_by, row.judged_at) {
            (None, ..) => None,
            (Some(judgement), Some(by), Some(at)) => Some(Verdict {
                judgement: Judgement::read(&judgement).ok_or_else(|| damaged("verdict"))?,
                comment: row.comment,
                by: PersonKey(by),
                at: instant(at)?,
            }),
            _ => return Err(damaged("verdict")),
        };
        Ok(Self {
            key: HandinKey(row.id),
            deliverable: DeliverableKey(row.deliverable_id),
            version: number(row.version)?,
            person: PersonKey(row.person_id),
            handed_in_at: instant(row.handed_in_at)?,
            content,
            due_at: row.due_at.map(instant).transpose()?,
            verdict,
        })
    }
}

impl Scope<'_> {
    /// What was handed in for a deliverable, the newest first, without what was withdrawn.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn handins_of(&self, deliverable: DeliverableKey) -> Result<Vec<Handin>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from handins
             join deliverables on deliverables.tenant_id = $1 and deliverables.id = handins.deliverable_id
             where handins.tenant_id = $1 and handins.deliverable_id = $2
               and handins.deleted_at is null and deliverables.deleted_at is null
             order by handins.version desc"
        );
        let rows = sqlx::query_as::<_, Row>(AssertSqlSafe(sql)).bind(self.tenant.0).bind(deliverable.0);
        let rows = rows.fetch_all(&self.store.pool).await?;
        Ok(rows.into_iter().map(Handin::try_from).collect::<Result<_, _>>()?)
    }

    /// A hand-in by its key: all that its receipt says.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn handin(&self, key: HandinKey) -> Result<Option<Handin>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from handins
             join deliverables on deliverables.tenant_id = $1 and deliverables.id = handins.deliverable_id
             where handins.tenant_id = $1 and handins.id = $2
               and handins.deleted_at is null and deliverables.deleted_at is null"
        );
        let row = sqlx::query_as::<_, Row>(AssertSqlSafe(sql)).bind(self.tenant.0).bind(key.0);
        Ok(row.fetch_optional(&self.store.pool).await?.map(Handin::try_from).transpose()?)
    }
}
