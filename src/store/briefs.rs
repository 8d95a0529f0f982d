//! Briefs: drafts, what was published, each of its versions; and the cohorts that they are for.
//!
//! A draft is its author's alone: for everybody else it isn't there, and it has no number that anybody could guess at (its
//! `number` is its id, negative). Each change names the version it was made from: of two that change one brief at once, the
//! second is told. The content is a text that the caller reads and writes; its limits are the caller's.

use super::{Scope, StoreError, Write};
use crate::domain::key::{BriefKey, CohortKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use vigie_chat::{ConnectorName, MessageId, MessageRef, RoomId, folded};

/// Drafts of one person.
pub const MOST_DRAFTS: u16 = 20;

/// Cohorts of one tenant.
pub const MOST_COHORTS: u16 = 200;

/// Briefs that a list tells at most, the newest.
const MOST_LISTED: i64 = 500;

/// What a brief says.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// JSON of the whole.
    pub content: &'a str,
    /// Its title, for lists.
    pub title: &'a str,
    /// When the work is due, if it says so.
    pub deadline_at: Option<Timestamp>,
    /// Whom it is for, if it says so.
    pub cohort: Option<CohortKey>,
}

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

/// A cohort (promotion).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// Which one.
    pub key: CohortKey,
    /// As it was first written.
    pub name: String,
}

/// What comes of beginning a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafting {
    /// It is kept. Its version is 1.
    Drafted(BriefKey),
    /// This person has as many as they can have.
    TooMany {
        /// How many.
        most: u16,
    },
}

/// What comes of publishing a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publishing {
    /// It is published, as version 1.
    Published {
        /// Its number from now on.
        number: i64,
    },
    /// It was published before.
    Already {
        /// Its number.
        number: i64,
    },
    /// The draft changed meanwhile.
    Changed {
        /// The version that there is.
        version: i64,
    },
    /// This person has no such draft.
    NotThere,
}

/// What comes of changing a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revising {
    /// This is in force.
    Written {
        /// The new version.
        version: i64,
    },
    /// Somebody changed it meanwhile.
    Changed {
        /// The version that there is.
        version: i64,
    },
    /// It is over.
    Closed,
    /// There is no such brief, or it is somebody else's draft.
    NotThere,
}

/// What comes of closing a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// It is over.
    Closed,
    /// It was over.
    Already,
    /// There is no such brief, or it is a draft.
    NotThere,
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
    fn read(word: &str) -> Self {
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

    /// The cohorts, by name.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn cohorts(&self) -> Result<Vec<Cohort>, StoreError> {
        let rows = sqlx::query_as::<_, (i64, String)>(
            "select id, name from cohorts
             where tenant_id = $1
             order by folded",
        );
        let rows = rows.bind(self.tenant.0).fetch_all(&self.store.pool).await?;
        Ok(rows.into_iter().map(|(key, name)| Cohort { key: CohortKey(key), name }).collect())
    }
}

fn read_version((version, content, author, made_at): (i64, String, i64, i64)) -> Version {
    let made_at = instant(made_at).unwrap_or_default();
    Version { version, content, author: PersonKey(author), made_at }
}

/// A brief as the transaction that changes it sees it.
pub(super) struct Standing {
    pub(super) state: BriefState,
    version: i64,
    author: PersonKey,
    number: i64,
}

impl Write<'_> {
    /// The cohort of a name, accents and case aside; it is made where there is none. None when there are [`MOST_COHORTS`].
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn cohort(&mut self, name: &str) -> Result<Option<CohortKey>, StoreError> {
        let name = tidy(name);
        let known = sqlx::query_scalar::<_, i64>("select id from cohorts where tenant_id = $1 and folded = $2");
        let known = known.bind(self.tenant.0).bind(folded(&name)).fetch_optional(&mut *self.tx).await?;
        if known.is_some() {
            return Ok(known.map(CohortKey));
        }
        let count = sqlx::query_scalar::<_, i64>("select count(*) from cohorts where tenant_id = $1");
        if count.bind(self.tenant.0).fetch_one(&mut *self.tx).await? >= i64::from(MOST_COHORTS) {
            return Ok(None);
        }
        let id = self.draw();
        let new = sqlx::query(
            "insert into cohorts (tenant_id, id, name, folded, made_at)
             values ($1, $2, $3, $4, $5)",
        );
        let new = new.bind(self.tenant.0).bind(id).bind(&name).bind(folded(&name));
        new.bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        Ok(Some(CohortKey(id)))
    }

    /// Begins a draft.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn draft(&mut self, text: Text<'_>) -> Result<Drafting, StoreError> {
        let count = sqlx::query_scalar::<_, i64>(
            "select count(*) from briefs
             where tenant_id = $1 and author_id = $2 and state = 'draft'",
        );
        let count = count.bind(self.tenant.0).bind(self.person.0).fetch_one(&mut *self.tx).await?;
        if count >= i64::from(MOST_DRAFTS) {
            return Ok(Drafting::TooMany { most: MOST_DRAFTS });
        }
        let brief = BriefKey(self.draw());
        let new = sqlx::query(
            "insert into briefs (tenant_id, id, number, state, version, title, author_id, made_at)
             values ($1, $2, $3, 'draft', 0, $4, $5, $6)",
        );
        let new = new.bind(self.tenant.0).bind(brief.0).bind(-brief.0).bind(text.title).bind(self.person.0);
        new.bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        self.say(brief, 1, text).await?;
        Ok(Drafting::Drafted(brief))
    }

    /// Throws a draft of this person's away, and says whether it was there.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn discard(&mut self, brief: BriefKey) -> Result<bool, StoreError> {
        let gone = sqlx::query(
            "delete from briefs
             where tenant_id = $1 and id = $2 and state = 'draft' and author_id = $3",
        );
        let gone = gone.bind(self.tenant.0).bind(brief.0).bind(self.person.0).execute(&mut *self.tx).await?;
        if gone.rows_affected() == 0 {
            return Ok(false);
        }
        let said = sqlx::query("delete from brief_versions where tenant_id = $1 and brief_id = $2");
        said.bind(self.tenant.0).bind(brief.0).execute(&mut *self.tx).await?;
        Ok(true)
    }

    /// Writes what a brief says from now on, made from one of its versions. Versions of a draft aren't kept.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn new_version(&mut self, brief: BriefKey, from: i64, text: Text<'_>) -> Result<Revising, StoreError> {
        let Some(standing) = self.standing(brief).await? else { return Ok(Revising::NotThere) };
        if standing.state == BriefState::Closed {
            return Ok(Revising::Closed);
        }
        if standing.version != from {
            return Ok(Revising::Changed { version: standing.version });
        }
        let version = from + 1;
        self.say(brief, version, text).await?;
        if standing.state == BriefState::Draft {
            let former = sqlx::query("delete from brief_versions where tenant_id = $1 and brief_id = $2 and version < $3");
            former.bind(self.tenant.0).bind(brief.0).bind(version).execute(&mut *self.tx).await?;
        } else {
            self.journal("brief.changed", &format!("brief:{}", brief.0)).await?;
        }
        Ok(Revising::Written { version })
    }

    /// Publishes a draft of this person's in a room, if it still is the version that they saw.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn publish(
        &mut self,
        brief: BriefKey,
        from: i64,
        connector: &ConnectorName,
        room: &RoomId,
    ) -> Result<Publishing, StoreError> {
        let Some(standing) = self.standing(brief).await? else { return Ok(Publishing::NotThere) };
        if standing.state != BriefState::Draft {
            // Only its author may know from this that there is such a brief under this key.
            let own = standing.author == self.person;
            return Ok(if own { Publishing::Already { number: standing.number } } else { Publishing::NotThere });
        }
        if standing.version != from {
            return Ok(Publishing::Changed { version: standing.version });
        }
        let number = sqlx::query_scalar::<_, i64>(
            "select coalesce(max(number), 0) + 1 from briefs
             where tenant_id = $1 and state <> 'draft'",
        );
        let number = number.bind(self.tenant.0).fetch_one(&mut *self.tx).await?;
        let published = sqlx::query(
            "update briefs
             set state = 'published', number = $3, version = 1, connector = $4, room = $5, published_at = $6
             where tenant_id = $1 and id = $2",
        );
        let published = published.bind(self.tenant.0).bind(brief.0).bind(number).bind(connector.as_str());
        published.bind(room.as_str()).bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        let first = sqlx::query("update brief_versions set version = 1 where tenant_id = $1 and brief_id = $2");
        first.bind(self.tenant.0).bind(brief.0).execute(&mut *self.tx).await?;
        self.journal("brief.published", &format!("brief:{}", brief.0)).await?;
        Ok(Publishing::Published { number })
    }

    /// Notes the message by which a published brief is announced, in the place of the former one, and says whether there is
    /// such a brief.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn announced(
        &mut self,
        brief: BriefKey,
        connector: &ConnectorName,
        message: &MessageRef,
    ) -> Result<bool, StoreError> {
        let noted = sqlx::query(
            "update briefs set connector = $3, room = $4, message = $5
             where tenant_id = $1 and id = $2 and state <> 'draft'",
        );
        let noted = noted.bind(self.tenant.0).bind(brief.0).bind(connector.as_str()).bind(message.room.as_str());
        Ok(noted.bind(message.id.as_str()).execute(&mut *self.tx).await?.rows_affected() > 0)
    }

    /// Closes a brief: all is kept, and its teams change no more.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn close_brief(&mut self, brief: BriefKey) -> Result<Closing, StoreError> {
        match self.standing(brief).await?.map(|standing| standing.state) {
            None | Some(BriefState::Draft) => Ok(Closing::NotThere),
            Some(BriefState::Closed) => Ok(Closing::Already),
            Some(BriefState::Published) => {
                let closed = sqlx::query(
                    "update briefs set state = 'closed', closed_at = $3
                     where tenant_id = $1 and id = $2",
                );
                let closed = closed.bind(self.tenant.0).bind(brief.0).bind(self.now.as_millisecond());
                closed.execute(&mut *self.tx).await?;
                self.journal("brief.closed", &format!("brief:{}", brief.0)).await?;
                Ok(Closing::Closed)
            }
        }
    }

    /// How a brief stands. Somebody else's draft isn't there.
    pub(super) async fn standing(&mut self, brief: BriefKey) -> Result<Option<Standing>, StoreError> {
        let row = sqlx::query_as::<_, (String, i64, i64, i64)>(
            "select state, version, author_id, number from briefs
             where tenant_id = $1 and id = $2",
        );
        let row = row.bind(self.tenant.0).bind(brief.0).fetch_optional(&mut *self.tx).await?;
        let standing = row.map(|(state, version, author, number)| Standing {
            state: BriefState::read(&state),
            version,
            author: PersonKey(author),
            number,
        });
        let me = self.person;
        Ok(standing.filter(|standing| standing.state != BriefState::Draft || standing.author == me))
    }

    /// Puts a version in force.
    async fn say(&mut self, brief: BriefKey, version: i64, text: Text<'_>) -> Result<(), StoreError> {
        let said = sqlx::query(
            "insert into brief_versions (tenant_id, brief_id, version, content, author_id, made_at)
             values ($1, $2, $3, $4, $5, $6)",
        );
        let said = said.bind(self.tenant.0).bind(brief.0).bind(version).bind(text.content).bind(self.person.0);
        said.bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        // A cohort of another tenant is none.
        let told = sqlx::query(
            "update briefs
             set version = $3, title = $4, deadline_at = $5,
                 cohort_id = (select cohorts.id from cohorts where cohorts.tenant_id = $1 and cohorts.id = $6)
             where tenant_id = $1 and id = $2",
        );
        let told = told.bind(self.tenant.0).bind(brief.0).bind(version).bind(text.title);
        let told = told.bind(text.deadline_at.map(Timestamp::as_millisecond)).bind(text.cohort.map(|cohort| cohort.0));
        told.execute(&mut *self.tx).await?;
        Ok(())
    }
}

/// A name with one space where there were several, and none around it.
pub(super) fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
