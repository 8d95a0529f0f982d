//! Drafts: what a trainer has under way, a brief to publish or a change to one that is published.
//!
//! A draft is its author's alone and goes by its key. It keeps what was understood and what to say of it, and, for a change,
//! of which version it is one: so a change that somebody else's overtook is set on the newest version, and nothing is lost.

use crate::commands::context::{Context, Problem};
use crate::commands::elsewhere::Place;
use crate::domain::brief::{Brief, Field, Remark, Understood, WallTime};
use crate::domain::date::Moment;
use crate::domain::key::BriefKey;
use crate::store::{self, Drafting, Revising, Version};
use crate::views;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use vigie_chat::RoomKind;

/// What a draft holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Working {
    /// The brief as it is so far.
    pub(super) brief: Brief,
    /// What its author must look at.
    #[serde(default)]
    pub(super) remarks: Vec<Remark>,
    /// What it changes; none for a brief to publish.
    #[serde(default)]
    pub(super) amends: Option<Amends>,
    /// The room of the space in which it was begun: it may be announced there also when the button is pressed in private.
    #[serde(default)]
    pub(super) begun_in: Option<Place>,
}

/// The version that a change was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Amends {
    /// Of which brief.
    pub(super) brief: BriefKey,
    /// Which version.
    pub(super) from: i64,
}

/// A draft as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) key: BriefKey,
    pub(super) version: i64,
    pub(super) working: Working,
}

impl Working {
    /// A brief that was just read.
    pub(super) fn new(understood: Understood) -> Self {
        Self { brief: understood.brief, remarks: understood.remarks, ..Self::default() }
    }

    /// The same, begun where somebody asks.
    pub(super) fn begun_where(mut self, context: &Context) -> Self {
        let origin = &context.origin;
        let in_space = origin.space.is_some() && origin.room.kind == RoomKind::Shared;
        self.begun_in = in_space.then(|| (origin.connector.clone(), origin.room.id.clone()));
        self
    }

    /// Takes a correction of some fields: what was said of them before is said no more.
    pub(super) fn correct(&mut self, fields: &[Field], corrected: Understood) {
        self.brief = corrected.brief;
        let brief = &self.brief;
        self.remarks.retain(|remark| match (remark, remark.field()) {
            (Remark::Missing(field), _) => field.is_empty_in(brief),
            (_, Some(field)) => !fields.contains(&field),
            (_, None) => true,
        });
        self.remarks.extend(corrected.remarks);
    }
}

/// The draft of whoever asks that has a key.
pub(super) async fn find(context: &Context, key: i64) -> Result<Kept, Problem> {
    let (key, person) = (BriefKey(key), context.here()?.person);
    match context.scope()?.draft(person, key).await? {
        Some(version) => Ok(Kept { key, version: version.version, working: read(&version.content)? }),
        None => Err(Problem::Refused(views::brief::no_such_draft())),
    }
}

/// What whoever asks has under way for a brief that is published, if anything.
pub(super) async fn amending(context: &Context, brief: BriefKey) -> Result<Option<Kept>, Problem> {
    for draft in context.scope()?.drafts(context.here()?.person).await? {
        let kept = find(context, draft.key.0).await?;
        if kept.working.amends.is_some_and(|amends| amends.brief == brief) {
            return Ok(Some(kept));
        }
    }
    Ok(None)
}

/// Keeps a new draft, or what a draft has become since `kept`.
pub(super) async fn keep(context: &Context, kept: Option<(BriefKey, i64)>, working: Working) -> Result<Kept, Problem> {
    let written = json(&working)?;
    let text = text(&written, &working.brief);
    let mut write = context.write().await?;
    let (key, version) = match kept {
        None => match write.draft(text).await? {
            Drafting::Drafted(key) => (key, 1),
            Drafting::TooMany { most } => return Err(Problem::Refused(views::brief::too_many_drafts(most))),
        },
        Some((key, from)) => match write.new_version(key, from, text).await? {
            Revising::Written { version } => (key, version),
            Revising::Changed { .. } => return Err(Problem::Refused(views::brief::draft_changed(key))),
            Revising::Closed | Revising::NotThere => return Err(Problem::Refused(views::brief::no_such_draft())),
        },
    };
    write.commit().await?;
    Ok(Kept { key, version, working })
}

/// The content of a published version.
pub(super) fn content(version: &Version) -> Result<Brief, Problem> {
    read(&version.content)
}

/// The version of a published brief that is in force.
pub(in crate::commands) async fn in_force(context: &Context, brief: &store::Brief) -> Result<Brief, Problem> {
    version_of(context, brief.key, brief.version).await
}

/// One version of a published brief.
pub(super) async fn version_of(context: &Context, brief: BriefKey, version: i64) -> Result<Brief, Problem> {
    let found = context.scope()?.brief_version(brief, version).await?;
    content(&found.ok_or_else(|| Problem::Refused(views::which::no_brief()))?)
}

fn read<T: serde::de::DeserializeOwned>(content: &str) -> Result<T, Problem> {
    // What can't be read may quote the brief: the log gets the place of the error alone.
    serde_json::from_str(content).map_err(|error| Problem::Fault(format!("a brief unreadable at {}", error.column())))
}

/// As it is kept.
pub(super) fn json(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|error| Problem::Fault(error.to_string()))
}

/// What the store keeps beside the content, for lists.
pub(super) fn text<'a>(content: &'a str, brief: &'a Brief) -> store::Text<'a> {
    let deadline_at = brief.deadline.as_ref().map(instant);
    store::Text { content, title: &brief.title, deadline_at, cohort: None }
}

/// The instant of a wall-clock time. A zone that is no more is taken as UTC: the wall stays as it is written.
pub(super) fn instant(at: &WallTime) -> Timestamp {
    Moment::new(at.civil, TimeZone::get(&at.zone).unwrap_or(TimeZone::UTC)).at()
}
