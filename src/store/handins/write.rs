//! Handing in, judging, withdrawing and bringing back.

use super::{HandedIn, Handin, Judgement};
use crate::domain::handin::{FileName, Fingerprint, Link};
use crate::domain::key::{DeliverableKey, HandinKey};
use crate::domain::limits;
use crate::store::changes::Changed;
use crate::store::rows::{instant, number};
use crate::store::{Change, Revision, StoreError, Undoing, Write};

/// What comes of handing something in. Only [`HandingIn::Kept`] is worth committing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandingIn {
    /// It is a version of its own, which this is.
    Kept(Handin),
    /// The deliverable has as many versions as it may have.
    Full(usize),
    /// The deliverable isn't there, or no longer.
    Gone,
}

impl Write<'_> {
    /// Hands something in, by whoever acts, now. Of two who do so at once, each has a version. A file must be kept already
    /// (see [`Files::keep`](crate::store::Files::keep)).
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn hand_in(&mut self, deliverable: DeliverableKey, content: &HandedIn) -> Result<HandingIn, StoreError> {
        self.touch(Changed::Deliverable(deliverable));
        let counted = sqlx::query_as::<_, (i64, Option<i64>)>(
            "update deliverables
             set versions = versions + 1, revision = revision + 1, changed_at = $3, state = 'handed_in'
             where tenant_id = $1 and id = $2 and deleted_at is null
             returning versions, due_at",
        );
        let counted = counted.bind(self.tenant.0).bind(deliverable.0).bind(self.now.as_millisecond());
        let counted = counted.fetch_optional(&mut *self.tx).await?;
        let Some((version, due_at)) = counted else { return Ok(HandingIn::Gone) };
        if usize::try_from(version).unwrap_or(usize::MAX) > limits::VERSIONS.most() {
            return Ok(HandingIn::Full(limits::VERSIONS.most()));
        }
        let key = self.draw();
        if let HandedIn::File { size, .. } = content {
            self.count_file(i64::try_from(size.0).unwrap_or(i64::MAX)).await?;
        }
        let (kind, name, media_type, size, sha256) = match content {
            HandedIn::File { name, media_type, size, sha256 } => {
                let size = i64::try_from(size.0).unwrap_or(i64::MAX);
                ("file", FileName::as_str(name), media_type.as_deref(), Some(size), Some(Fingerprint::as_str(sha256)))
            }
            HandedIn::Link(link) => ("link", Link::as_str(link), None, None, None),
            // Nobody hands in what is gone; a row that says so is read back as it is.
            HandedIn::Erased => ("erased", "", None, None, None),
        };
        let new = sqlx::query(
            "insert into handins (
                 tenant_id, id, deliverable_id, version, person_id, handed_in_at, kind, name, media_type, size, sha256,
                 due_at
             ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        );
        let new = new.bind(self.tenant.0).bind(key).bind(deliverable.0).bind(version).bind(self.person.0);
        let new = new.bind(self.now.as_millisecond()).bind(kind).bind(name).bind(media_type);
        new.bind(size).bind(sha256).bind(due_at).execute(&mut *self.tx).await?;
        Ok(HandingIn::Kept(Handin {
            key: HandinKey(key),
            deliverable,
            version: number(version)?,
            person: self.person,
            handed_in_at: instant(self.now.as_millisecond())?,
            content: content.clone(),
            due_at: due_at.map(instant).transpose()?,
            verdict: None,
        }))
    }

    /// Says whether a hand-in will do, in the place of what was said of it before. `seen` is the deliverable's revision:
    /// whoever judged a version that another one followed meanwhile is told [`Change::Changed`], as is who judges another
    /// than the newest.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn judge(
        &mut self,
        handin: HandinKey,
        seen: Revision,
        judgement: Judgement,
        comment: Option<&str>,
    ) -> Result<Change, StoreError> {
        let deliverable = match self.changing(handin, seen).await? {
            Ok((deliverable, Newest::Yes)) => deliverable,
            Ok((_, Newest::No)) => return Ok(Change::Changed),
            Err(why_not) => return Ok(why_not),
        };
        let judged = sqlx::query(
            "update handins set verdict = $3, comment = $4, judged_by = $5, judged_at = $6
             where tenant_id = $1 and id = $2",
        );
        let judged = judged.bind(self.tenant.0).bind(handin.0).bind(judgement.as_str()).bind(comment);
        judged.bind(self.person.0).bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        self.follow_newest(deliverable).await?;
        Ok(Change::Made)
    }

    /// Takes a hand-in back. It can be brought back for [`UNDO`](crate::store::UNDO). `seen` is the deliverable's revision.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn withdraw(&mut self, handin: HandinKey, seen: Revision) -> Result<Change, StoreError> {
        let deliverable = match self.changing(handin, seen).await? {
            Ok((deliverable, _)) => deliverable,
            Err(why_not) => return Ok(why_not),
        };
        let withdrawn = sqlx::query("update handins set deleted_at = $3 where tenant_id = $1 and id = $2");
        let withdrawn = withdrawn.bind(self.tenant.0).bind(handin.0).bind(self.now.as_millisecond());
        withdrawn.execute(&mut *self.tx).await?;
        self.follow_newest(deliverable).await?;
        Ok(Change::Made)
    }

    /// Brings a hand-in back, with its version and its verdict.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn restore_handin(&mut self, handin: HandinKey) -> Result<Undoing, StoreError> {
        let withdrawn = sqlx::query_as::<_, (i64, i64)>(
            "select handins.deliverable_id, handins.deleted_at from handins
             join deliverables on deliverables.tenant_id = $1 and deliverables.id = handins.deliverable_id
             where handins.tenant_id = $1 and handins.id = $2
               and handins.deleted_at is not null and deliverables.deleted_at is null",
        );
        let withdrawn = withdrawn.bind(self.tenant.0).bind(handin.0).fetch_optional(&mut *self.tx).await?;
        let Some((deliverable, deleted_at)) = withdrawn else { return Ok(Undoing::NotDeleted) };
        if !self.is_undoable(instant(deleted_at)?) {
            return Ok(Undoing::TooLate);
        }
        let restored = sqlx::query("update handins set deleted_at = null where tenant_id = $1 and id = $2");
        restored.bind(self.tenant.0).bind(handin.0).execute(&mut *self.tx).await?;
        self.follow_newest(DeliverableKey(deliverable)).await?;
        Ok(Undoing::Undone)
    }

    /// The deliverable of a hand-in, and whether it is its newest, if it may be changed by who saw it at a revision.
    async fn changing(
        &mut self,
        handin: HandinKey,
        seen: Revision,
    ) -> Result<Result<(DeliverableKey, Newest), Change>, sqlx::Error> {
        let found = sqlx::query_as::<_, (i64, i64, i64)>(
            "select deliverables.id, deliverables.revision,
                    (select count(*) from handins as newer
                     where newer.tenant_id = $1 and newer.deliverable_id = deliverables.id
                       and newer.version > handins.version and newer.deleted_at is null)
             from handins
             join deliverables on deliverables.tenant_id = $1 and deliverables.id = handins.deliverable_id
             where handins.tenant_id = $1 and handins.id = $2
               and handins.deleted_at is null and deliverables.deleted_at is null",
        );
        let found = found.bind(self.tenant.0).bind(handin.0).fetch_optional(&mut *self.tx).await?;
        Ok(match found {
            None => Err(Change::Gone),
            Some((_, revision, _)) if revision != seen.0 => Err(Change::Changed),
            Some((deliverable, _, 0)) => Ok((DeliverableKey(deliverable), Newest::Yes)),
            Some((deliverable, ..)) => Ok((DeliverableKey(deliverable), Newest::No)),
        })
    }

    /// Gives a deliverable the state that its newest hand-in says. A verdict and the state that follows are the same word.
    async fn follow_newest(&mut self, deliverable: DeliverableKey) -> Result<(), sqlx::Error> {
        self.touch(Changed::Deliverable(deliverable));
        let followed = sqlx::query(
            "update deliverables
             set revision = revision + 1,
                 changed_at = $3,
                 state = coalesce(
                     (select coalesce(handins.verdict, 'handed_in') from handins
                      where handins.tenant_id = $1 and handins.deliverable_id = $2 and handins.deleted_at is null
                      order by handins.version desc limit 1),
                     'expected'
                 )
             where tenant_id = $1 and id = $2",
        );
        let followed = followed.bind(self.tenant.0).bind(deliverable.0).bind(self.now.as_millisecond());
        followed.execute(&mut *self.tx).await?;
        Ok(())
    }
}

/// Whether a hand-in is the newest of its deliverable.
enum Newest {
    Yes,
    No,
}
