//! Writing briefs: drafts, publishing, versions, closing.
//!
//! Each change names the version it was made from: of two that change one brief at once, the second is told. The content is
//! a text that the caller reads and writes; its limits are the caller's.

use super::briefs::BriefState;
use super::{StoreError, Write};
use crate::domain::key::{BriefKey, CohortKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use vigie_chat::{ConnectorName, MessageRef, RoomId};

/// Drafts of one person.
pub const MOST_DRAFTS: u16 = 20;

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

/// A brief as the transaction that changes it sees it.
pub(super) struct Standing {
    pub(super) state: BriefState,
    version: i64,
    author: PersonKey,
    number: i64,
}

impl Write<'_> {
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
            let former =
                sqlx::query("delete from brief_versions where tenant_id = $1 and brief_id = $2 and version < $3");
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
