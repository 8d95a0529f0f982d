//! Briefs as they are: drafts, what was published, each of its versions.
//!
//! A draft is its author's alone: for everybody else it isn't there, and it has no number that anybody could guess at (its
//! `number` is its id, negative). Briefs are written and published in `publishing`.

use super::{Scope, StoreError};
use crate::domain::key::{BriefKey, CohortKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use vigie_chat::{ConnectorName, MessageId, RoomId};

/// Briefs that a list tells at most, the newest.
const MOST_LISTED: i64 = 500;

/// How far a brief is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BriefState {
    /// Its author is still writing it.
    Draft,
    /// Teams work on it.
    Published,
    /// It is over: all is kept and nothing changes.
    Closed,
}

/// A brief, as lists tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Which one.
    pub key: BriefKey,
    /// As people say it: "sujet 3". None for a draft.
    pub number: Option<i64>,
    /// How far it is.
    pub state: BriefState,
    /// The version in force.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// When the work is due.
    pub deadline_at: Option<Timestamp>,
    /// Whom it is for.
    pub cohort: Option<CohortKey>,
    /// Who wrote it.
    pub author: PersonKey,
    /// Where it was published.
    pub room: Option<(ConnectorName, RoomId)>,
    /// The message by which it was, as long as it can be found.
    pub message: Option<MessageId>,
    /// When it was.
    pub published_at: Option<Timestamp>,
}

/// One version of a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counted from 1.
    pub version: i64,
    /// JSON of the whole.
    pub content: String,
    /// Who wrote it.
    pub author: PersonKey,
    /// When.
    pub made_at: Timestamp,
}

/// A brief as it is kept.
#[derive(sqlx::FromRow)]
struct BriefRow {
    id: i64,
    number: i64,
    state: String,
    version: i64,
    title: String,
    deadline_at: Option<i64>,
    cohort_id: Option<i64>,
    author_id: i64,
    connector: Option<String>,
    room: Option<String>,
    message: Option<String>,
    published_at: Option<i64>,
}

impl From<BriefRow> for Brief {
    fn from(row: BriefRow) -> Self {
        let state = BriefState::read(&row.state);
        let room = row.connector.zip(row.room);
        Self {
            key: BriefKey(row.id),
            number: (state != BriefState::Draft).then_some(row.number),
            state,
            version: row.version,
            title: row.title,
            deadline_at: row.deadline_at.and_then(instant),
            cohort: row.cohort_id.map(CohortKey),
            author: PersonKey(row.author_id),
            room: room.map(|(connector, room)| (ConnectorName::new(connector), RoomId::new(room))),
            message: row.message.map(MessageId::new),
            published_at: row.published_at.and_then(instant),
        }
    }
}

impl BriefState {
    /// From the word that is kept.
    pub(super) fn read(word: &str) -> Self {
        match word {
            "published" => Self::Published,
            "closed" => Self::Closed,
            _ => Self::Draft,
        }
    }
}

/// An instant as it is kept. The store wrote it: none is out of range.
pub(super) fn instant(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}

impl Scope<'_> {
    /// The briefs that were published, those that are over included: the newest first, the newest 500.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn briefs(&self) -> Result<Vec<Brief>, StoreError> {
        let rows = sqlx::query_as::<_, BriefRow>(
            "select id, number, state, version, title, deadline_at, cohort_id, author_id, connector, room, message,
                 published_at
             from briefs
             where tenant_id = $1 and state <> 'draft'
             order by number desc
             limit $2",
        );
        let rows = rows.bind(self.tenant.0).bind(MOST_LISTED).fetch_all(&self.store.pool).await?;
        Ok(rows.into_iter().map(Brief::from).collect())
    }

    /// The brief that has a number.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn brief_numbered(&self, number: i64) -> Result<Option<Brief>, StoreError> {
        let row = sqlx::query_as::<_, BriefRow>(
            "select id, number, state, version, title, deadline_at, cohort_id, author_id, connector, room, message,
                 published_at
             from briefs
             where tenant_id = $1 and number = $2 and state <> 'draft'",
        );
        Ok(row.bind(self.tenant.0).bind(number).fetch_optional(&self.store.pool).await?.map(Brief::from))
    }

    /// A brief that was published.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn brief(&self, brief: BriefKey) -> Result<Option<Brief>, StoreError> {
        let row = sqlx::query_as::<_, BriefRow>(
            "select id, number, state, version, title, deadline_at, cohort_id, author_id, connector, room, message,
                 published_at
             from briefs
             where tenant_id = $1 and id = $2 and state <> 'draft'",
        );
        Ok(row.bind(self.tenant.0).bind(brief.0).fetch_optional(&self.store.pool).await?.map(Brief::from))
    }

    /// The drafts of a person, the newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn drafts(&self, author: PersonKey) -> Result<Vec<Brief>, StoreError> {
        let rows = sqlx::query_as::<_, BriefRow>(
            "select id, number, state, version, title, deadline_at, cohort_id, author_id, connector, room, message,
                 published_at
             from briefs
             where tenant_id = $1 and author_id = $2 and state = 'draft'
             order by id desc",
        );
        let rows = rows.bind(self.tenant.0).bind(author.0).fetch_all(&self.store.pool).await?;
        Ok(rows.into_iter().map(Brief::from).collect())
    }

    /// A draft with what it says, for its author.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn draft(&self, author: PersonKey, brief: BriefKey) -> Result<Option<Version>, StoreError> {
        let row = sqlx::query_as::<_, (i64, String, i64, i64)>(
            "select said.version, said.content, said.author_id, said.made_at from briefs
             join brief_versions as said
                 on said.tenant_id = briefs.tenant_id
                 and said.brief_id = briefs.id
                 and said.version = briefs.version
             where briefs.tenant_id = $1
               and briefs.id = $2
               and briefs.state = 'draft'
               and briefs.author_id = $3",
        );
        let row = row.bind(self.tenant.0).bind(brief.0).bind(author.0).fetch_optional(&self.store.pool).await?;
        Ok(row.map(read_version))
    }

    /// The versions of a brief that was published, from the first on.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn brief_versions(&self, brief: BriefKey) -> Result<Vec<Version>, StoreError> {
        let rows = sqlx::query_as::<_, (i64, String, i64, i64)>(
            "select said.version, said.content, said.author_id, said.made_at from briefs
             join brief_versions as said on said.tenant_id = briefs.tenant_id and said.brief_id = briefs.id
             where briefs.tenant_id = $1 and briefs.id = $2 and briefs.state <> 'draft'
             order by said.version",
        );
        let rows = rows.bind(self.tenant.0).bind(brief.0).fetch_all(&self.store.pool).await?;
        Ok(rows.into_iter().map(read_version).collect())
    }

    /// One version of a brief that was published.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn brief_version(&self, brief: BriefKey, version: i64) -> Result<Option<Version>, StoreError> {
        let row = sqlx::query_as::<_, (i64, String, i64, i64)>(
            "select said.version, said.content, said.author_id, said.made_at from briefs
             join brief_versions as said on said.tenant_id = briefs.tenant_id and said.brief_id = briefs.id
             where briefs.tenant_id = $1 and briefs.id = $2 and briefs.state <> 'draft' and said.version = $3",
        );
        let row = row.bind(self.tenant.0).bind(brief.0).bind(version).fetch_optional(&self.store.pool).await?;
        Ok(row.map(read_version))
    }
}

fn read_version((version, content, author, made_at): (i64, String, i64, i64)) -> Version {
    let made_at = instant(made_at).unwrap_or_default();
    Version { version, content, author: PersonKey(author), made_at }
}
