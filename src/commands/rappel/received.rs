//! `/rappel fait` and `/rappel ouvrir`: what can be said of a reminder that was received.
//!
//! A reminder leads to the space that it comes from, wherever it is answered: in a direct room nobody says which they mean.
//! Whoever presses must be who was reminded there, or a member of the team that it is about; which of these may do it is
//! for the command that it leads to.

use super::{ENVOI, NUMERO, envoi, number_of, numero, said};
use crate::commands::context::{Context, Problem};
use crate::commands::here::Here;
use crate::commands::{Command, run};
use crate::domain::key::ReminderKey;
use crate::domain::occasion::{OccasionKind, Thing};
use crate::domain::permission::{Deed, Hat, Hats};
use crate::domain::person::PersonKey;
use crate::store::{Delivery, DeliveryState, Occasion, Whose};
use crate::views;
use jiff::tz::TimeZone;
use vigie_chat::{CommandSpec, Draft, Invocation};

/// `/rappel fait`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Fait {
    received: Option<String>,
    number: Option<u32>,
}

/// `/rappel ouvrir`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Ouvrir {
    received: Option<String>,
}

/// A reminder that somebody received.
pub(super) struct Received {
    /// Its row of the ledger.
    pub(super) delivery: Delivery,
    /// Whoever answers, in the space that it comes from.
    pub(super) context: Context,
    /// Who they are there.
    pub(super) person: PersonKey,
    /// What it is about; none when there is nothing left to say of it.
    pub(super) occasion: Option<Occasion>,
}

/// The reminder that is meant: the one named, or the last that whoever asks was sent.
///
/// # Errors
///
/// [`Problem::Refused`] where there is none, or it isn't theirs.
pub(super) async fn received(context: &Context, named: Option<&str>) -> Result<Received, Problem> {
    let delivery = if let Some(token) = named {
        context.store.delivery_by_token(token).await?
    } else {
        let all = context.scope()?.deliveries_to(context.here()?.person, 20).await?;
        all.into_iter().find(|one| one.state == DeliveryState::Sent)
    };
    let Some(delivery) = delivery else { return Err(Problem::Refused(views::reminder::none_received())) };
    let scope = context.store.of(delivery.of.tenant);
    let person = scope.person_of(&context.origin.connector, &context.origin.person.id).await?;
    let Some(person) = person else { return Err(Problem::Refused(views::reminder::not_yours())) };
    let thing = delivery.of.thing();
    let occasion = context.store.occasions(&[thing].into()).await?.remove(&thing);
    let team = occasion.as_ref().is_some_and(|one| matches!(one.whose, Whose::Team(_)));
    // A team's own is told in its room where somebody can't be written to: its members may answer it there.
    if person != delivery.of.person && !team {
        return Err(Problem::Refused(views::reminder::not_yours()));
    }
    let mut context = context.clone();
    let same = context.here.as_ref().is_some_and(|here| here.tenant == delivery.of.tenant && here.person == person);
    if !same {
        let known = scope.person(person).await?;
        let display = known.as_ref().map(|known| known.display).unwrap_or_default();
        let zone = match known.and_then(|known| known.zone) {
            Some(own) => Some(own),
            None => scope.chosen(crate::commands::ZONE).await?,
        };
        let zone = zone.and_then(|name| TimeZone::get(&name).ok()).or_else(|| context.settings.zone());
        let hats = Hats::new([Hat::Member]);
        let zone = zone.unwrap_or(TimeZone::UTC);
        context.here = Some(Here { tenant: delivery.of.tenant, person, hats, zone, display });
    }
    Ok(Received { delivery, context, person, occasion })
}

/// The team of something, as a value of `equipe`.
fn team_of(occasion: &Occasion) -> Option<String> {
    match &occasion.whose {
        Whose::Team(team) => Some(format!("{}.{}", team.brief_number, team.number)),
        Whose::Own => None,
    }
}

impl Command for Fait {
    const PATH: &'static str = "rappel fait";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("fait", "Dit que c’est fait, ou vu\u{a0}: le dernier rappel reçu, à défaut de numéro")
            .details(
                "Le rappel d’un jalon marque le jalon comme fait. Un rappel que vous avez demandé ne revient plus.",
            )
            .private()
            .param(numero())
            .param(envoi())
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(NUMERO, 2))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { received: said(invocation, ENVOI), number: number_of(invocation) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        if let (None, Some(number)) = (&self.received, self.number) {
            let all = context.scope()?.reminders_of(context.here()?.person).await?;
            let Some(found) = all.iter().find(|one| one.number == number) else {
                return Err(Problem::Refused(views::reminder::no_such(number)));
            };
            return seen(context, found.key, found.draft.rule.is_some()).await;
        }
        let received = received(context, self.received.as_deref()).await?;
        let thing = received.delivery.of.thing();
        match (thing.kind, &received.occasion) {
            (OccasionKind::Milestone, Some(occasion)) => {
                let done = Invocation::new("jalon fait").with("jalon", occasion.number.to_string());
                let done = done.with("equipe", team_of(occasion).unwrap_or_default());
                Box::pin(run(&done, &received.context)).await
            }
            (OccasionKind::Asked, Some(occasion)) => {
                if !occasion.people.contains(&received.person) {
                    return Err(Problem::Refused(views::reminder::not_yours()));
                }
                seen(&received.context, ReminderKey(thing.subject), occasion.rule.is_some()).await
            }
            (OccasionKind::Milestone | OccasionKind::Asked, None) => Ok(views::reminder::over_already()),
            _ => Err(Problem::Refused(views::reminder::nothing_to_tick())),
        }
    }
}

/// Notes that a reminder was seen. One that recurs comes again all the same.
async fn seen(context: &Context, reminder: ReminderKey, recurs: bool) -> Result<Draft, Problem> {
    if recurs {
        return Ok(views::reminder::seen_and_recurs());
    }
    let mut write = context.write().await?;
    write.acknowledge(reminder).await?;
    write.commit().await?;
    Ok(views::reminder::seen())
}

impl Command for Ouvrir {
    const PATH: &'static str = "rappel ouvrir";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("ouvrir", "Montre ce dont parle le dernier rappel reçu")
            .private()
            .param(envoi())
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { received: said(invocation, ENVOI) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let received = received(context, self.received.as_deref()).await?;
        let Thing { kind, .. } = received.delivery.of.thing();
        let Some(occasion) = &received.occasion else {
            return match kind {
                OccasionKind::Digest => Box::pin(run(&Invocation::new("rappel liste"), &received.context)).await,
                _ => Ok(views::reminder::over_already()),
            };
        };
        let team = team_of(occasion);
        let open = match (kind, team) {
            (OccasionKind::Milestone, Some(team)) => Invocation::new("jalon liste").with("equipe", team),
            (OccasionKind::Deliverable, Some(team)) => Invocation::new("livrable liste").with("equipe", team),
            (OccasionKind::Defence, Some(team)) => Invocation::new("soutenance voir").with("equipe", team),
            (OccasionKind::Rights, _) => Invocation::new("amenagement procedure"),
            _ => Invocation::new("rappel liste"),
        };
        Box::pin(run(&open, &received.context)).await
    }
}
