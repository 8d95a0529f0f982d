//! `/rappel calendrier`: the secret address at which somebody's own calendar is subscribed to.
//!
//! An address is shown once, when it is made: only its hash is kept. Whoever lost it makes another, and the former one
//! leads nowhere from then on.

use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::feed::FeedSecret;
use crate::domain::permission::Deed;
use crate::views;
use crate::views::feed::Replaced;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter of what to do with it.
const ACTION: &str = "action";

/// `/rappel calendrier`.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Calendrier(Doing);

/// What is done with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    /// It is made where there is none, else told of.
    Ask,
    /// It is told of.
    See,
    /// Another takes its place.
    Renew,
    /// It leads nowhere any more.
    Withdraw,
}

impl Command for Calendrier {
    const PATH: &'static str = "rappel calendrier";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        let actions = vec![
            Alternative::new("voir", "Dire si vous en avez une, et si elle sert"),
            Alternative::new("nouveau", "En donner une autre\u{a0}; la précédente ne marche plus"),
            Alternative::new("retirer", "La retirer\u{a0}: votre agenda ne sera plus mis à jour"),
        ];
        CommandSpec::new("calendrier", "L’adresse secrète de vos dates, pour vous y abonner depuis votre agenda")
            .details(
                "Votre agenda suit alors vos jalons, livrables, soutenances et rappels, avec leurs alertes. Qui a l’adresse lit vos \
                 dates\u{a0}: ne la donnez à personne. Les rappels sans texte n’y sont jamais, ni ceux qui parlent de santé.",
            )
            .private()
            .param(ParamSpec::new(ACTION, "À défaut, une adresse est faite si vous n’en avez pas", ParamKind::Choice(actions)))
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(ACTION, "nouveau"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self(match invocation.text(ACTION) {
            Some("voir") => Doing::See,
            Some("nouveau") => Doing::Renew,
            Some("retirer") => Doing::Withdraw,
            _ => Doing::Ask,
        }))
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let here = context.here()?;
        if self.0 == Doing::Withdraw {
            return withdraw(context).await;
        }
        let Some(public) = context.settings.feeds_at() else {
            return Err(Problem::Refused(views::feed::not_offered()));
        };
        let known = context.scope()?.feed(here.person).await?;
        match (self.0, known) {
            (Doing::Ask | Doing::See, Some(feed)) => Ok(views::feed::known(feed, &context.wall()?)),
            (Doing::See, None) => Ok(views::feed::none()),
            _ => {
                let secret = drawn(context)?;
                let mut write = context.write().await?;
                write.make_feed(&secret.hash()).await?;
                write.commit().await?;
                let address = format!("{}/calendrier/{}", public.as_str().trim_end_matches('/'), secret.part());
                let replaced = if known.is_some() { Replaced::Former } else { Replaced::Nothing };
                Ok(views::feed::made(&address, replaced))
            }
        }
    }
}

async fn withdraw(context: &Context) -> Result<Draft, Problem> {
    let mut write = context.write().await?;
    let had = write.withdraw_feed().await?;
    write.commit().await?;
    Ok(if had { views::feed::withdrawn() } else { views::feed::none() })
}

fn drawn(context: &Context) -> Result<FeedSecret, Problem> {
    let draw = || (context.chance)().ok_or_else(|| Problem::Fault("no randomness".to_owned()));
    Ok(FeedSecret::drawn([draw()?, draw()?, draw()?]))
}
