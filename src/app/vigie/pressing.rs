//! What is pressed and filled in: back to an invocation, with the same checks as for a typed command.

use super::Vigie;
use crate::app::answer::{Answer, Outcome, fault};
use crate::app::buttons::Pressed;
use crate::store::Sealing;
use crate::views;
use std::collections::BTreeMap;
use std::sync::Arc;
use vigie_chat::{Effect, Form, Handled, Invocation, Nobody, Origin, Reply, SendError, Then, Token};

impl Vigie {
    /// Does what a pressed action does, with the same checks as for a typed command.
    pub(super) async fn press(
        &self,
        token: Token,
        origin: Origin,
        reply: &Arc<dyn Reply>,
    ) -> Result<Outcome, SendError> {
        Ok(Outcome::Say(match self.buttons.pressed(&token, Sealing::from(&origin)).await {
            Ok((Pressed::Does(press, privacy), made_in)) => match press.effect {
                Effect::Run(invocation) => {
                    let answer = self.run_in(made_in, invocation, origin, reply).await.at_least(privacy);
                    // What went wrong doesn't take the place of what went well.
                    let replaces = press.then == Then::Replace && answer.handled == Handled::Done;
                    Answer { replaces, ..answer }
                }
                Effect::Open(form) => {
                    let sealing = Sealing { tenant: made_in, ..Sealing::from(&origin) };
                    return self.open(form, &token, sealing, reply).await;
                }
            },
            Ok((Pressed::Submits(..) | Pressed::Expired, _)) => {
                Answer::new(views::problem::expired(), Handled::Refused)
            }
            Ok((Pressed::NotTheirs, _)) => Answer::new(views::problem::not_yours(), Handled::Refused),
            Err(error) => fault("press", &error.to_string()),
        }))
    }

    async fn open(
        &self,
        form: Form<Invocation>,
        opener: &Token,
        sealing: Sealing<'_>,
        reply: &Arc<dyn Reply>,
    ) -> Result<Outcome, SendError> {
        match self.buttons.seal_form(form, opener, sealing).await {
            Ok(form) => match reply.form(&form).await {
                // Something kept the person waiting for longer than the network waits for a form.
                Err(SendError::Expired) => {
                    Ok(Outcome::Say(Answer::new(views::problem::form_too_late(), Handled::Refused)))
                }
                shown => shown.map(|()| Outcome::FormOpened),
            },
            Err(error) => Ok(Outcome::Say(fault("form", &error.to_string()))),
        }
    }

    /// Runs what a form completes. It is submitted once; one that can't be read may be submitted again.
    pub(super) async fn submit(
        &self,
        token: &Token,
        fields: BTreeMap<String, String>,
        origin: Origin,
        reply: &Arc<dyn Reply>,
    ) -> Answer {
        let (form, privacy, made_in) = match self.buttons.pressed(token, Sealing::from(&origin)).await {
            Ok((Pressed::Submits(form, privacy), made_in)) => (form, privacy, made_in),
            Ok((Pressed::NotTheirs, _)) => return Answer::new(views::problem::not_yours(), Handled::Refused),
            Ok((Pressed::Does(..) | Pressed::Expired, _)) => {
                return Answer::new(views::problem::form_expired(), Handled::Refused);
            }
            Err(error) => return fault("submit", &error.to_string()),
        };
        let invocation = match form.fill(fields, &self.commands, &Nobody, &origin.attachments) {
            Ok(invocation) => invocation,
            Err(misread) => return Answer::new(views::problem::misread(&misread), Handled::Misread),
        };
        match self.buttons.spend(token, Sealing::from(&origin)).await {
            Ok(true) => self.run_in(made_in, invocation, origin, reply).await.at_least(privacy),
            // Submitted twice at the same time: the other one runs.
            Ok(false) => Answer::new(views::problem::form_expired(), Handled::Refused),
            Err(error) => fault("submit", &error.to_string()),
        }
    }
}
