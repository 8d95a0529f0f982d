//! `/config code`, `/config rattacher`, `/config detacher`: which rooms make up a space, and which spaces of two networks
//! are one.
//!
//! Two administrators agree by a code: one is given it in their space and says it in the other's room, or hands it over.
//! Whoever administers a room that joined administers the space as well: that is what being one space means.

use super::place;
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, params};
use crate::domain::belonging::Belonging;
use crate::domain::joining::{JoiningCode, LIFE};
use crate::domain::permission::Deed;
use crate::store::{Joining, LinkedSpace, NetworkSpace};
use crate::views;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, SpaceId};

/// `/config code`.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Code;

/// `/config rattacher`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Rattacher {
    typed: String,
}

/// `/config detacher`.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Detacher {
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ask,
    Do,
}

/// The parameter by which what can't be undone is said twice.
const CONFIRMATION: &str = "confirmation";

impl Command for Code {
    const PATH: &'static str = "config code";
    const DEED: Deed = Deed::Configure;

    fn spec() -> CommandSpec {
        CommandSpec::new("code", "Donne un code pour rattacher un autre salon à cet espace")
            .details("Le code sert une seule fois, pendant 15\u{a0}minutes. Un nouveau code remplace le précédent.")
            .private()
            .example(Invocation::new(Self::PATH))
    }

    fn read(_: &Invocation) -> Result<Self, Problem> {
        Ok(Self)
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (belonging, space) = place(context).await?;
        let drawn = (context.chance)().ok_or_else(|| Problem::Fault("no randomness".to_owned()))?;
        let code = JoiningCode::drawn(drawn);
        let mut write = context.write().await?;
        write.offer_space_link(&code.hash(), context.now + LIFE).await?;
        write.commit().await?;
        let to = NetworkSpace { connector: &context.origin.connector, space: &space };
        context.store.offer(to, &context.origin.room.id, &code.hash(), context.now + LIFE).await?;
        Ok(views::config::code(&code, LIFE.as_mins(), belonging))
    }
}

impl Command for Rattacher {
    const PATH: &'static str = "config rattacher";
    const DEED: Deed = Deed::Configure;

    fn spec() -> CommandSpec {
        CommandSpec::new("rattacher", "Rattache ce salon à l’espace qui a donné le code")
            .details(
                "Sur Matrix, un salon qui n’est dans aucun espace en forme un à lui seul. Rattaché à un autre espace, il en \
                 partage les réglages, et ceux qui l’administrent administrent cet espace. Les boutons des messages d’avant \
                 ne répondent plus.",
            )
            .param(
                ParamSpec::new(params::CODE, "Code obtenu dans l’autre espace avec /config code", ParamKind::Text)
                    .required(),
            )
            .example(Invocation::new(Self::PATH).with(params::CODE, "BCDF-GHJK"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { typed: params::text(invocation, params::CODE)? })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (belonging, own) = place(context).await?;
        let Some(code) = JoiningCode::read(&self.typed) else {
            return Err(Problem::Misread(views::config::not_a_code()));
        };
        let origin = &context.origin;
        context.guesses().map_err(|minutes| Problem::Refused(views::config::too_many_codes(minutes)))?;
        let (hash, now) = (code.hash(), context.now);
        let said = match belonging {
            // What the network keeps apart is not made one by a code.
            Belonging::OfNetwork if context.store.is_offered(&origin.connector, &hash, now).await? => {
                return Err(Problem::Refused(views::config::of_network()));
            }
            Belonging::OfNetwork => Joining::Unknown,
            _ => context.store.join(&origin.connector, &origin.room.id, &hash, now).await?,
        };
        let said = match said {
            Joining::Unknown => Said::Network(link(context, &own, &code).await?),
            joining => Said::Room(joining),
        };
        if matches!(said, Said::Network(LinkedSpace::Linked { .. }) | Said::Room(Joining::Joined { .. })) {
            context.guessed();
        }
        match said {
            Said::Room(joining) => joined(context, joining, &code).await,
            Said::Network(linked) => match linked {
                LinkedSpace::Linked { .. } => {
                    if let Some(asked) = context.store.withdraw_code(&hash).await? {
                        let space = name(context, &own).await;
                        let notice = views::config::has_linked(space.as_deref(), &origin.connector, &origin.person);
                        // They are one by now, whether or not the other network can say so.
                        context.tell_all(vec![(asked, notice, format!("linked {hash}"))]).await;
                    }
                    Ok(views::config::linked())
                }
                LinkedSpace::Holds => Err(Problem::Refused(views::config::space_holds())),
                LinkedSpace::Known => Err(Problem::Refused(views::config::known_space())),
                LinkedSpace::Unknown => Err(Problem::Refused(views::config::no_such_code())),
            },
        }
    }
}

/// What comes of a code: on this network a room joins a space, between two a space joins another.
enum Said {
    Room(Joining),
    Network(LinkedSpace),
}

/// Makes the space of this room one with that of the code, which is on another network.
async fn link(context: &Context, own: &SpaceId, code: &JoiningCode) -> Result<LinkedSpace, Problem> {
    let space = NetworkSpace { connector: &context.origin.connector, space: own };
    Ok(context.store.link_space(space, &code.hash(), context.now).await?)
}

/// What is said of a room that joins a space of its own network.
async fn joined(context: &Context, joining: Joining, code: &JoiningCode) -> Result<Draft, Problem> {
    let (origin, hash) = (&context.origin, code.hash());
    let (space, told) = match joining {
        Joining::Joined { space, told } => (space, told),
        Joining::Known => return Err(Problem::Refused(views::config::known())),
        Joining::Holds => return Err(Problem::Refused(views::config::holds())),
        Joining::Unknown => return Err(Problem::Refused(views::config::no_such_code())),
    };
    context.store.withdraw_code(&hash).await?;
    let here = name(context, &SpaceId::new(origin.room.id.as_str())).await;
    let notice = views::config::has_joined(here.as_deref(), &origin.person);
    context.tell(told, notice, &format!("joined {hash}")).await;
    Ok(views::config::joined(name(context, &space).await.as_deref()))
}

/// The name of a space. One that can't be read is none: it has joined in any case.
async fn name(context: &Context, space: &SpaceId) -> Option<String> {
    let name = context.store.name_of(NetworkSpace { connector: &context.origin.connector, space }).await;
    name.unwrap_or_default()
}

impl Command for Detacher {
    const PATH: &'static str = "config detacher";
    const DEED: Deed = Deed::Configure;

    fn spec() -> CommandSpec {
        let yes = vec![Alternative::new("oui", "Séparer les deux espaces")];
        CommandSpec::new("detacher", "Fait de nouveau de ce salon, ou de ce serveur, un espace à lui seul")
            .details(
                "Un salon qui avait rejoint un espace le quitte. Un serveur qui ne faisait qu’un avec l’espace d’un autre \
                 réseau en est séparé, après confirmation\u{a0}: les sujets et les équipes restent à l’autre.",
            )
            .param(ParamSpec::new(CONFIRMATION, "Pour séparer deux réseaux", ParamKind::Choice(yes)))
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { step: if invocation.text(CONFIRMATION).is_some() { Step::Do } else { Step::Ask } })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (belonging, own) = place(context).await?;
        let origin = &context.origin;
        if belonging != Belonging::OfNetwork && context.store.release(&origin.connector, &origin.room.id).await? {
            return Ok(views::config::released());
        }
        let space = NetworkSpace { connector: &origin.connector, space: &own };
        if !context.store.is_linked(space).await? {
            return Err(Problem::Refused(match belonging {
                Belonging::OfNetwork => views::config::of_network(),
                _ => views::config::not_joined(),
            }));
        }
        if self.step == Step::Ask {
            return Ok(views::config::ask_to_separate(Invocation::new(Self::PATH).with(CONFIRMATION, "oui")));
        }
        if context.store.unlink_space(space).await? {
            Ok(views::config::separated())
        } else {
            Err(Problem::Refused(views::config::not_joined()))
        }
    }
}
