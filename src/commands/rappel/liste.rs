//! `/rappel liste`: what somebody will hear next, what they asked for, and what became of what was sent to them.

use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::occasion::{OccasionKind, Thing};
use crate::domain::permission::Deed;
use crate::store::DeliveryState;
use crate::views;
use std::collections::BTreeSet;
use vigie_chat::{CommandSpec, Draft, Invocation};

/// What is told of what comes next.
const NEXT: usize = 12;

/// What is looked at of it.
const ALL: u16 = 500;

/// What is looked at of what was sent.
const SENT: u16 = 40;

/// `/rappel liste`.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Liste;

impl Command for Liste {
    const PATH: &'static str = "rappel liste";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("liste", "Vos prochains rappels, ceux que vous avez demandés, ceux qui ne sont pas partis")
            .private()
            .example(Invocation::new(Self::PATH))
    }

    fn read(_: &Invocation) -> Result<Self, Problem> {
        Ok(Self)
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (here, scope, now) = (context.here()?, context.scope()?, context.wall()?);
        let mut next = scope.alarms_of(here.person, ALL).await?;
        let still: BTreeSet<i64> =
            next.iter().filter(|alarm| alarm.of.kind == OccasionKind::Asked).map(|alarm| alarm.of.subject).collect();
        next.truncate(NEXT);
        let mut asked = scope.reminders_of(here.person).await?;
        // What is over, or was seen, is asked for no more; a team's may still be for others.
        asked.retain(|one| one.draft.when.at > context.now || one.draft.rule.is_some() || still.contains(&one.key.0));
        let sent = scope.deliveries_to(here.person, SENT).await?;
        let troubled = |state| matches!(state, DeliveryState::Failed | DeliveryState::Due | DeliveryState::Held);
        let sent: Vec<_> = sent.into_iter().filter(|one| troubled(one.state) || one.stage > 0).take(5).collect();
        let things: BTreeSet<Thing> =
            next.iter().map(|alarm| alarm.of.thing()).chain(sent.iter().map(|one| one.of.thing())).collect();
        let occasions = context.store.occasions(&things).await?;
        Ok(views::reminder::list(&next, &asked, &sent, (&occasions, &now)))
    }
}
