//! `/equipe rejoindre`, `/equipe accepter`: taking a seat, or asking for one and being let in.

use super::people::who;
use super::sizes::{By, content, most, size};
use super::{PERSONNE, allow_captain, announce, now, refused, write_as_captain};
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, params, which};
use crate::domain::permission::Deed;
use crate::domain::person::PersonKey;
use crate::store::{Agreeing, Asking, Request, Seating};
use crate::views;
use crate::views::team::Who;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Person, folded};

/// The parameter that names somebody of another network, by words.
const DEMANDE: &str = "demande";
/// The parameter that says yes or no.
const REPONSE: &str = "reponse";

/// `/equipe rejoindre`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Rejoindre {
    equipe: String,
    sujet: Option<String>,
}

/// `/equipe accepter`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Accepter {
    person: Option<Person>,
    name: Option<String>,
    equipe: Option<String>,
    reply: Answer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
}

impl Command for Rejoindre {
    const PATH: &'static str = "equipe rejoindre";
    const DEED: Deed = Deed::FoundTeam;

    fn spec() -> CommandSpec {
        CommandSpec::new("rejoindre", "Prendre une place dans une équipe, ou la demander à son capitaine")
            .param(ParamSpec::new(which::EQUIPE, "Numéro ou nom de l’équipe", ParamKind::Text).required().completed())
            .param(which::sujet())
            .example(Invocation::new(Self::PATH).with(which::EQUIPE, "2"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let sujet = invocation.text(which::SUJET).map(str::to_owned);
        Ok(Self { equipe: params::text(invocation, which::EQUIPE)?, sujet })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (sujet, equipe) = (self.sujet.as_deref(), Some(self.equipe.as_str()));
        let meant = which::team_of(context, sujet, equipe, Deed::FoundTeam).await?;
        let size = size(&content(context, &meant.brief).await?);
        let (team, most) = (meant.team.key, most(size, By::Team));
        let mut write = context.write().await?;
        let asked = match write.join(team, most).await? {
            Seating::Joined { rank } => {
                write.commit().await?;
                let now = now(context, &meant).await?;
                let said =
                    views::team::joined(&now.team, &meant.brief, size, rank, &Who::Here(context.origin.person.clone()));
                announce(context, &now.team, said.clone()).await;
                return Ok(said);
            }
            Seating::No(refusal) => return Err(refused(refusal, &meant)),
            Seating::MustAsk { .. } => write.ask(team, most).await?,
        };
        match asked {
            Asking::Asked { captain } => {
                write.commit().await?;
                let captain = who(context, captain).await?;
                let said = views::team::asked(&meant.team, &meant.brief, &captain, &context.origin.person);
                announce(context, &meant.team, said.clone()).await;
                Ok(said)
            }
            Asking::Already { captain } => {
                // Reading waits for whoever writes.
                drop(write);
                let captain = who(context, captain).await?;
                Ok(views::team::asked_already(&meant.team, &meant.brief, &captain, &context.origin.person))
            }
            Asking::No(refusal) => Err(refused(refusal, &meant)),
            Asking::MayJoin => Err(Problem::Fault("a team is open and isn't, in one transaction".to_owned())),
        }
    }
}

impl Command for Accepter {
    const PATH: &'static str = "equipe accepter";
    const DEED: Deed = Deed::RunTeam;

    fn spec() -> CommandSpec {
        let answers = vec![Alternative::new("oui", "Accepter"), Alternative::new("non", "Refuser")];
        CommandSpec::new("accepter", "Accepter ou refuser une personne qui demande à rejoindre l’équipe")
            .details("Sans nom, montre les demandes en attente. C’est au capitaine de répondre, ou à un formateur.")
            .param(ParamSpec::new(PERSONNE, "Qui demande", ParamKind::Person))
            .param(which::equipe())
            .param(ParamSpec::new(REPONSE, "Oui, à défaut", ParamKind::Choice(answers)))
            .param(ParamSpec::new(DEMANDE, "Son nom, pour une personne d’un autre réseau", ParamKind::Text))
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(DEMANDE, "Camille").with(REPONSE, "non"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self {
            person: invocation.person(PERSONNE).cloned(),
            name: invocation.text(DEMANDE).map(str::to_owned),
            equipe: invocation.text(which::EQUIPE).map(str::to_owned),
            reply: if invocation.text(REPONSE) == Some("non") { Answer::No } else { Answer::Yes },
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.equipe.as_deref(), Deed::RunTeam).await?;
        allow_captain(context, &meant)?;
        let waiting = context.scope()?.requests(meant.team.key).await?;
        let Some(asker) = self.asker(context, &waiting).await? else {
            let mut people = Vec::new();
            for request in &waiting {
                people.push((request.person, who(context, request.person).await?));
            }
            return Ok(views::team::waiting(&meant.team, &meant.brief, &people));
        };
        let size = size(&content(context, &meant.brief).await?);
        let they = who(context, asker).await?;
        let mut write = write_as_captain(context, &meant).await?;
        if self.reply == Answer::No {
            if !write.decline(meant.team.key, asker).await? {
                return Err(Problem::Refused(views::team::not_asked(&meant.team, &meant.brief)));
            }
            write.commit().await?;
            return Ok(views::team::declined(&meant.team, &meant.brief, &they));
        }
        match write.agree(meant.team.key, asker, most(size, By::Team)).await? {
            Agreeing::Joined { rank } => {
                write.commit().await?;
                let now = now(context, &meant).await?;
                let said = views::team::joined(&now.team, &meant.brief, size, rank, &they);
                announce(context, &now.team, said.clone()).await;
                Ok(said)
            }
            Agreeing::NotAsked => Err(Problem::Refused(views::team::not_asked(&meant.team, &meant.brief))),
            Agreeing::No(refusal) => {
                Err(Problem::Refused(views::team::their_refusal(refusal, &meant.brief, &meant.team, &they)))
            }
        }
    }
}

impl Accepter {
    /// Who is meant; none where nobody is named.
    async fn asker(&self, context: &Context, waiting: &[Request]) -> Result<Option<PersonKey>, Problem> {
        if let Some(person) = &self.person {
            let known = context.scope()?.person_of(&context.origin.connector, &person.id).await?;
            return known.map(Some).ok_or_else(|| Problem::Refused(views::team::never_met(person)));
        }
        let Some(name) = self.name.as_deref().map(folded).filter(|name| !name.trim().is_empty()) else {
            return Ok(None);
        };
        let numbered = waiting.iter().find(|request| views::team::numbered(request.person) == name.trim());
        if let Some(one) = numbered {
            return Ok(Some(one.person));
        }
        let called =
            |request: &&Request| request.name.as_deref().is_some_and(|known| folded(known).trim() == name.trim());
        let mut found = waiting.iter().filter(called);
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(Some(one.person)),
            (None, _) => Err(Problem::Refused(views::team::nobody_called(self.name.as_deref().unwrap_or_default()))),
            (Some(_), Some(_)) => Err(Problem::Refused(views::team::several_called())),
        }
    }
}
