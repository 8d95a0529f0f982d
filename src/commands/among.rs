//! Before whom a team's work is told: its own room and direct rooms; elsewhere others would read it, so it is told to whoever
//! asks alone.

use super::context::{Context, Problem};
use super::which::Meant;
use crate::views::team::Before;
use crate::views::whose::Whose;
use vigie_chat::{Draft, Privacy, RoomKind};

impl Meant {
    /// The team as views tell of it to whoever asks.
    ///
    /// # Errors
    ///
    /// Those of [`Context::here`].
    pub(super) fn whose<'a>(&'a self, context: &'a Context) -> Result<Whose<'a>, Problem> {
        Ok(Whose { team: &self.team, brief: &self.brief, zone: &context.here()?.zone, now: context.now })
    }

    /// Whether the team's room is the one in which it is asked.
    pub(super) fn is_here(&self, context: &Context) -> bool {
        let origin = &context.origin;
        self.team.room.as_ref().is_some_and(|(network, room)| *network == origin.connector && *room == origin.room.id)
    }

    /// Who reads an answer that is told to everybody here.
    pub(super) fn before(&self, context: &Context) -> Before {
        let alone = context.origin.room.kind == RoomKind::Direct;
        if alone || self.is_here(context) { Before::Team } else { Before::Others }
    }

    /// The answer, for whoever asks alone where others than the team may read it.
    pub(super) fn among(&self, context: &Context, mut draft: Draft) -> Draft {
        if self.before(context) == Before::Others {
            draft.privacy = Privacy::Private;
        }
        draft
    }
}
