//! `/compte delier`: an account is no longer the person's. Each does it for themselves, and confirms it.

use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::permission::Deed;
use crate::store::{Account, Unlinking};
use crate::views;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, folded};

/// The parameter that names the network of the account: one account a network is all that can be linked.
const RESEAU: &str = "reseau";
/// The parameter by which it is said twice.
const CONFIRMATION: &str = "confirmation";

/// `/compte delier`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Delier {
    network: Option<String>,
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ask,
    Do,
}

impl Command for Delier {
    const PATH: &'static str = "compte delier";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        let yes = vec![Alternative::new("oui", "Délier le compte")];
        CommandSpec::new("delier", "Délier l’un de vos comptes\u{a0}: je ne vous reconnaîtrai plus avec celui-ci")
            .details(
                "Vos places dans les équipes, vos jalons et vos heures restent à vous, avec le compte que vous gardez. Une \
                 confirmation est demandée.",
            )
            .private()
            .param(ParamSpec::new(RESEAU, "Réseau du compte à délier, par exemple Discord", ParamKind::Text))
            .param(ParamSpec::new(CONFIRMATION, "Sans elle, rien n’est fait", ParamKind::Choice(yes)))
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(RESEAU, "Discord"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let network = invocation.text(RESEAU).map(str::trim).filter(|network| !network.is_empty());
        let step = if invocation.text(CONFIRMATION).is_some() { Step::Do } else { Step::Ask };
        Ok(Self { network: network.map(str::to_owned), step })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let accounts = context.scope()?.accounts_of(context.here()?.person).await?;
        if accounts.len() < 2 {
            return Err(Problem::Refused(views::account::only_one()));
        }
        let Some(network) = &self.network else { return Ok(views::account::which_to_unlink(&accounts)) };
        let account = on_network(&accounts, network);
        let account = account.ok_or_else(|| Problem::Misread(views::account::not_on(network, &accounts)))?;
        if self.step == Step::Ask {
            let origin = &context.origin;
            let speaks = account.connector == origin.connector && account.id == origin.person.id;
            let with = if speaks { views::account::Unlinked::This } else { views::account::Unlinked::Another };
            return Ok(views::account::ask_to_unlink(account, with));
        }
        let mut write = context.write().await?;
        match write.unlink(&account.connector, &account.id).await? {
            Unlinking::Unlinked => write.commit().await?,
            Unlinking::Last => return Err(Problem::Refused(views::account::only_one())),
            Unlinking::NotTheirs => return Err(Problem::Refused(views::account::not_theirs())),
        }
        Ok(views::account::unlinked(account))
    }
}

/// The account on a network, by the network's name.
fn on_network<'a>(accounts: &'a [Account], name: &str) -> Option<&'a Account> {
    let wanted = folded(name);
    accounts.iter().find(|account| folded(account.connector.as_str()) == wanted)
}
