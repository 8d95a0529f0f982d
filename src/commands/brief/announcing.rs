//! The announcement of a brief: what everybody in its room reads, kept as the version in force says.

use crate::commands::calendars;
use crate::commands::context::{Context, Problem};
use crate::domain::brief::Brief;
use crate::domain::key::BriefKey;
use crate::store;
use crate::views;
use vigie_chat::{Draft, MessageRef, WebLink};

/// The announcement of a brief on which teams can work.
pub(super) fn announcement(context: &Context, brief: &Brief, number: i64) -> Draft {
    let contact = context.settings.referent_handicap.as_ref();
    let draft = views::brief::published(brief, &context.library.referentiels, contact);
    views::brief::with_ways_in(draft, brief, number)
}

/// The announcement of one that is over.
pub(super) fn ended(context: &Context, brief: &Brief, number: i64) -> Draft {
    let contact = context.settings.referent_handicap.as_ref();
    views::brief::over(views::brief::published(brief, &context.library.referentiels, contact), number)
}

/// What came of putting an announcement in the place of the former one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Renewed {
    /// The message says it.
    Edited,
    /// There is no message, or it could not be changed.
    Not,
}

/// An announcement with the brief's dates for calendar programs. One whose dates can't be read goes without.
pub(super) async fn with_calendar(context: &Context, brief: BriefKey, draft: Draft) -> Draft {
    let with = async {
        match context.scope()?.brief(brief).await? {
            Some(brief) => calendars::with_brief(context, &brief, draft.clone()).await,
            None => Ok(draft.clone()),
        }
    };
    let with: Result<Draft, Problem> = with.await;
    with.unwrap_or_else(|problem| {
        tracing::error!(?problem, "a brief is announced without its calendar");
        draft
    })
}

/// Where the announcement of a brief is found, if its network has addresses.
pub(super) fn link(context: &Context, brief: &store::Brief) -> Option<WebLink> {
    let ((connector, room), message) = brief.room.as_ref().zip(brief.message.as_ref())?;
    context.link_to(connector, &MessageRef { room: room.clone(), id: message.clone() })
}

/// Has the announcement of a brief say this from now on.
pub(super) async fn renew(context: &Context, brief: &store::Brief, draft: Draft) -> Renewed {
    let (Some((connector, room)), Some(message)) = (&brief.room, &brief.message) else { return Renewed::Not };
    let sent = MessageRef { room: room.clone(), id: message.clone() };
    // What the network doesn't change of a file is mended by whoever opens the newer one: `/brief voir` gives it.
    let draft = with_calendar(context, brief.key, draft).await;
    match context.announce_again(connector, &sent, draft).await {
        Ok(()) => Renewed::Edited,
        Err(error) => {
            tracing::warn!(%error, "the announcement of a brief could not be changed");
            Renewed::Not
        }
    }
}
