//! `/compte`: one person, several accounts. A code asked for with one account and said with the other links both, wherever
//! it is said; whoever says it vouches that both are theirs.

mod affichage;
mod delier;

pub(super) use affichage::{Affichage, THEME, themes};
pub(super) use delier::Delier;

use super::config::{ZONE_PARAM, read_zone};
use super::context::{Context, Problem};
use super::{Command, params};
use crate::domain::joining::{JoiningCode, LIFE};
use crate::domain::permission::Deed;
use crate::store::{BriefState, LinkedAccount, TeamState};
use crate::views;
use crate::views::account::{Seated, Zone};
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter by which what can't be undone is said twice.
const CONFIRMATION: &str = "confirmation";

/// `/compte code`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code;

/// `/compte relier`.
#[derive(Debug, Clone)]
pub(super) struct Relier {
    typed: String,
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ask,
    Do,
}

/// `/compte voir`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voir;

/// `/compte fuseau`.
#[derive(Debug, Clone)]
pub(super) struct Fuseau {
    typed: Option<String>,
}

impl Command for Code {
    const PATH: &'static str = "compte code";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("code", "Obtenir un code pour relier votre compte sur un autre réseau")
            .details("Le code sert une seule fois, pendant 15\u{a0}minutes. Ne le donnez à personne\u{a0}: il ferait d’un autre compte le vôtre.")
            .private()
            .example(Invocation::new(Self::PATH))
    }

    fn read(_: &Invocation) -> Result<Self, Problem> {
        Ok(Self)
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let drawn = (context.chance)().ok_or_else(|| Problem::Fault("no randomness".to_owned()))?;
        let code = JoiningCode::drawn(drawn);
        let mut write = context.write().await?;
        write.offer_account_link(&code.hash(), context.now + LIFE).await?;
        write.commit().await?;
        Ok(views::account::code(&code, LIFE.as_mins()))
    }
}

impl Command for Relier {
    const PATH: &'static str = "compte relier";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        let yes = vec![Alternative::new("oui", "Relier le compte")];
        CommandSpec::new("relier", "Relier ce compte à celui avec lequel vous avez obtenu le code")
            .details(
                "Je dis d’abord à qui est le code, et une confirmation est demandée. Ce que ce compte a déjà fait devient à la \
                 personne qui a obtenu le code\u{a0}: ses places dans les équipes, ses jalons, ses heures. Ne dites jamais le \
                 code de quelqu’un d’autre, même si on vous le demande\u{a0}: votre compte deviendrait le sien.",
            )
            .private()
            .param(
                ParamSpec::new(params::CODE, "Code obtenu avec /compte code, depuis l’autre compte", ParamKind::Text)
                    .required(),
            )
            .param(ParamSpec::new(CONFIRMATION, "Sans elle, rien n’est fait", ParamKind::Choice(yes)))
            .example(Invocation::new(Self::PATH).with(params::CODE, "BCDF-GHJK"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let step = if invocation.text(CONFIRMATION).is_some() { Step::Do } else { Step::Ask };
        Ok(Self { typed: params::text(invocation, params::CODE)?, step })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let Some(code) = JoiningCode::read(&self.typed) else {
            return Err(Problem::Misread(views::config::not_a_code()));
        };
        let origin = &context.origin;
        context.guesses().map_err(|minutes| Problem::Refused(views::account::too_many_codes(minutes)))?;
        if self.step == Step::Ask {
            let offered = context.store.account_code(&code.hash(), context.now).await?;
            let (tenant, person) = offered.ok_or_else(|| Problem::Refused(views::account::no_such_code()))?;
            let scope = context.store.of(tenant);
            let name = scope.person(person).await?.and_then(|known| known.name);
            let accounts = scope.accounts_of(person).await?;
            let confirmed = Invocation::new(Self::PATH).with(params::CODE, code.shown()).with(CONFIRMATION, "oui");
            return Ok(views::account::ask_to_link(name.as_deref(), &accounts, confirmed));
        }
        let linked =
            context.store.link_account(&origin.connector, &origin.person.id, &code.hash(), context.now).await?;
        if matches!(linked, LinkedAccount::Linked { .. }) {
            context.guessed();
        }
        match linked {
            LinkedAccount::Linked { tenant, person } => {
                let accounts = context.store.of(tenant).accounts_of(person).await?;
                Ok(views::account::linked(&accounts))
            }
            LinkedAccount::Known => Err(Problem::Refused(views::account::known())),
            LinkedAccount::SameNetwork => Err(Problem::Refused(views::account::same_network())),
            LinkedAccount::BothSeated { brief } => Err(Problem::Refused(views::account::both_seated(brief))),
            LinkedAccount::Unknown => Err(Problem::Refused(views::account::no_such_code())),
        }
    }
}

impl Command for Voir {
    const PATH: &'static str = "compte voir";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("voir", "Vos comptes reliés, votre fuseau horaire, votre affichage et vos équipes")
            .private()
            .example(Invocation::new(Self::PATH))
    }

    fn read(_: &Invocation) -> Result<Self, Problem> {
        Ok(Self)
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (here, scope) = (context.here()?, context.scope()?);
        let known = scope.person(here.person).await?;
        let accounts = scope.accounts_of(here.person).await?;
        let briefs = scope.briefs().await?;
        let mut seated = Vec::new();
        for team in scope.teams_of(here.person).await? {
            let open = |brief: &&crate::store::Brief| brief.key == team.brief && brief.state == BriefState::Published;
            if let Some(brief) = briefs.iter().find(open)
                && team.state == TeamState::Active
            {
                seated.push(Seated { team, brief });
            }
        }
        let own = known.and_then(|known| known.zone);
        let zone = here.zone.iana_name().unwrap_or("UTC");
        let zone = own.as_deref().map_or(Zone::OfSpace(zone), Zone::Own);
        Ok(views::account::shown(&accounts, zone, here.display, &seated))
    }
}

impl Command for Fuseau {
    const PATH: &'static str = "compte fuseau";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        let zone = ParamSpec::new(ZONE_PARAM, "Nom du fuseau\u{a0}; à défaut, celui de l’espace", ParamKind::Text);
        CommandSpec::new("fuseau", "Choisir votre fuseau horaire, s’il n’est pas celui de l’espace")
            .private()
            .param(zone.completed())
            .example(Invocation::new(Self::PATH).with(ZONE_PARAM, "Indian/Reunion"))
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let typed = invocation.text(ZONE_PARAM).map(str::trim).filter(|typed| !typed.is_empty());
        Ok(Self { typed: typed.map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let zone = self.typed.as_deref().map(read_zone).transpose()?;
        let mut write = context.write().await?;
        write.set_zone(zone.as_ref().map(|(_, name)| name.as_str())).await?;
        write.commit().await?;
        Ok(match zone {
            Some((zone, name)) => views::account::zone(&name, &context.now.to_zoned(zone)),
            None => views::account::zone_of_space(),
        })
    }
}
