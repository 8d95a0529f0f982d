//! `/donnees effacer`: what would go and what would stay, then, once confirmed, the erasure itself.
//!
//! Each space is erased in one transaction. What follows it, telling the teams that were left and taking the account out of
//! their rooms, undoes nothing when a network fails.

use super::{account, of_the_room};
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::key::TenantKey;
use crate::domain::permission::Deed;
use crate::store::{
    Acting, Begun, BriefState, Departure, Forgotten, Presence, Rank, Remaining, Team, TeamState, Trainer,
};
use crate::views;
use crate::views::donnees::{Stake, Trains};
use crate::views::team::{Before, Left, Who};
use std::time::Duration;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter that says which spaces.
const ESPACE: &str = "espace";
/// The parameter by which what can't be undone is said twice.
const CONFIRMATION: &str = "confirmation";
/// How all of them are said.
const TOUS: &str = "tous";

/// How long a network may take to let somebody out of a room.
const PATIENCE: Duration = Duration::from_secs(5);

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Effacer {
    which: Which,
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// That of the room, or the only one.
    Here,
    /// This one.
    One(TenantKey),
    /// Every one that knows the account.
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ask,
    Do,
}

impl Command for Effacer {
    const PATH: &'static str = "donnees effacer";
    const DEED: Deed = Deed::OwnData;

    fn spec() -> CommandSpec {
        let yes = vec![Alternative::new("oui", "Effacer, tout de suite et pour de bon")];
        CommandSpec::new("effacer", "Effacer votre nom et vos comptes\u{a0}; le travail de vos équipes reste")
            .details(
                "Je dis d’abord ce qui part et ce qui reste, et ne fais rien sans confirmation. Vous quittez vos équipes comme \
                 avec /equipe quitter.",
            )
            .private()
            .param(ParamSpec::new(ESPACE, "Un espace, comme je le numérote, ou «\u{a0}tous\u{a0}»", ParamKind::Text))
            .param(ParamSpec::new(CONFIRMATION, "Sans elle, rien n’est effacé", ParamKind::Choice(yes)))
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(ESPACE, TOUS))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let which = match invocation.text(ESPACE).map(str::trim).filter(|text| !text.is_empty()) {
            None => Which::Here,
            Some(all) if all.eq_ignore_ascii_case(TOUS) => Which::All,
            Some(number) => match number.parse() {
                Ok(number) => Which::One(TenantKey(number)),
                Err(_) => return Err(Problem::Misread(views::donnees::no_such_space())),
            },
        };
        let step = if invocation.text(CONFIRMATION).is_some() { Step::Do } else { Step::Ask };
        Ok(Self { which, step })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let all = context.store.presences(&account(context)).await?;
        if all.is_empty() {
            return Ok(views::donnees::nothing());
        }
        let meant = match self.which {
            Which::All => all.clone(),
            Which::One(tenant) => all.iter().filter(|presence| presence.tenant == tenant).cloned().collect(),
            Which::Here => match (of_the_room(context, &all).await?, all.as_slice()) {
                (Some(here), _) => vec![here],
                (None, [only]) => vec![only.clone()],
                (None, _) => return Ok(views::donnees::choose(&all)),
            },
        };
        let which = match meant.as_slice() {
            [] => return Err(Problem::Refused(views::donnees::no_such_space())),
            [one] => one.tenant.0.to_string(),
            _ => TOUS.to_owned(),
        };
        let backups = context.settings.backup_days;
        if self.step == Step::Ask {
            let mut stakes = Vec::new();
            for presence in meant {
                stakes.push(stake(context, presence).await?);
            }
            return Ok(views::donnees::ask(&stakes, &which, all.len(), backups));
        }
        let mut left = 0;
        for presence in &meant {
            let forgotten = forget(context, presence).await?;
            left += forgotten.left.len();
            for departure in &forgotten.left {
                tell(context, presence, &forgotten, departure).await?;
            }
        }
        context.store.scrub().await;
        Ok(views::donnees::erased(&meant, left, backups))
    }
}

/// What they would give up.
async fn stake(context: &Context, presence: Presence) -> Result<Stake, Problem> {
    let scope = context.store.of(presence.tenant);
    let me = presence.person;
    let open: Vec<_> = scope.briefs().await?.into_iter().filter(|brief| brief.state == BriefState::Published).collect();
    let at_work = |team: &Team| team.state == TeamState::Active && open.iter().any(|brief| brief.key == team.brief);
    let leads = |team: &Team| team.members.iter().any(|member| member.person == me && member.rank == Rank::Captain);
    let teams: Vec<Team> = scope.teams_of(me).await?.into_iter().filter(at_work).collect();
    let (leads, sits) = teams.into_iter().partition(leads);
    let by_name = |trainer: &Trainer| matches!(trainer, Trainer::Person { person, .. } if *person == me);
    let trains = if scope.trainers().await?.iter().any(by_name) { Trains::ByName } else { Trains::Otherwise };
    let drafts = scope.drafts(me).await?.len();
    Ok(Stake { presence, leads, sits, drafts, trains })
}

/// Erases them in one space. It is no work of an event: told twice, it finds nobody the second time.
async fn forget(context: &Context, presence: &Presence) -> Result<Forgotten, Problem> {
    let acting = Acting { tenant: presence.tenant, person: presence.person, now: context.now, cause: None };
    let Begun::New(mut write) = context.store.write(&acting).await? else { return Ok(Forgotten::default()) };
    let forgotten = write.forget_me().await?;
    write.commit().await?;
    Ok(forgotten)
}

/// Tells a team, in its own room, that somebody without a name left it, and lets their account out of that room.
async fn tell(
    context: &Context,
    presence: &Presence,
    forgotten: &Forgotten,
    departure: &Departure,
) -> Result<(), Problem> {
    let scope = context.store.of(presence.tenant);
    let Some(team) = scope.team(departure.team).await? else { return Ok(()) };
    let (Some(brief), Some(place)) = (scope.brief(team.brief).await?, team.room.clone()) else { return Ok(()) };
    let account = forgotten.accounts.iter().find(|account| account.connector == place.0);
    if let (Some(account), Ok(network)) = (account, context.network(&place.0)) {
        let out = network.take_out(&place.1, std::slice::from_ref(&account.id));
        match tokio::time::timeout(PATIENCE, out).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the room of a team could not follow its seats"),
            Err(_) => tracing::warn!("the room of a team could not follow its seats in time"),
        }
    }
    let captain = match departure.remaining {
        Remaining::NewCaptain(captain) => {
            Some(scope.person(captain).await?.and_then(|known| known.name).map_or(Who::Nameless, Who::Elsewhere))
        }
        _ => None,
    };
    let left = Left {
        remaining: departure.remaining,
        captain: captain.as_ref(),
        released: &departure.released,
        before: Before::Team,
    };
    let said = views::team::left(&team, &brief, &Who::Nameless, left);
    let key = format!("equipe {} {} {}", context.origin.event.as_str(), presence.tenant.0, team.key.0);
    context.tell_all(vec![(place, said, key)]).await;
    Ok(())
}
