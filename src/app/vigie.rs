//! The dispatcher: every event, whatever the network, ends here and is answered here.

use super::buttons::{Buttons, Pressed};
use super::chance;
use super::shelf::Shelf;
use crate::commands::{self, Chercher, Command, Competence, Context, Problem};
use crate::config::Settings;
use crate::views;
use async_trait::async_trait;
use std::sync::Arc;
use vigie_chat::{
    App, CommandSet, CompletionQuery, Draft, Effect, Event, Handled, Invocation, Origin, Privacy, Reply, SendError,
    Suggestion, Value, Visibility,
};
use vigie_referentiels::CompetencyCode;

/// The application, as connectors see it.
#[derive(Debug)]
pub struct Vigie {
    shelf: Arc<Shelf>,
    settings: Arc<Settings>,
    commands: Arc<CommandSet>,
    buttons: Buttons,
}

/// What to answer, and how it ended.
struct Answer {
    draft: Draft,
    handled: Handled,
    /// Whether it takes the place of the message whose action was pressed.
    replaces: bool,
}

impl Answer {
    fn new(draft: Draft, handled: Handled) -> Self {
        Self { draft, handled, replaces: false }
    }
}

impl Vigie {
    /// The application over these référentiels and settings.
    #[must_use]
    pub fn new(shelf: Shelf, settings: Settings) -> Self {
        Self {
            shelf: Arc::new(shelf),
            settings: Arc::new(settings),
            commands: Arc::new(commands::set()),
            buttons: Buttons::default(),
        }
    }

    fn context(&self, origin: Origin) -> Context {
        Context {
            library: self.shelf.library(),
            settings: Arc::clone(&self.settings),
            commands: Arc::clone(&self.commands),
            origin,
        }
    }

    /// Runs an invocation in a task of its own: if it panics, the process lives and the person is told.
    async fn run(&self, invocation: Invocation, origin: Origin) -> Answer {
        let private = self.commands.find(&invocation.path).is_some_and(|spec| spec.visibility == Visibility::Private);
        let context = self.context(origin);
        let path = invocation.path.clone();
        let asked = invocation.clone();
        let task = tokio::spawn(async move { commands::run(&invocation, &context).await });
        let mut answer = match task.await {
            Ok(Ok(draft)) => Answer::new(draft, Handled::Done),
            Ok(Err(Problem::Refused(sentence))) => Answer::new(views::problem::refused(sentence), Handled::Refused),
            Ok(Err(Problem::Misread(sentence))) => Answer::new(self.wrong_value(sentence, &asked), Handled::Misread),
            Ok(Err(Problem::Fault(error))) => fault(&path.to_string(), error.as_ref()),
            Err(panic) => fault(&path.to_string(), &panic),
        };
        if private {
            answer.draft.privacy = Privacy::Private;
        }
        answer
    }

    fn wrong_value(&self, sentence: vigie_chat::Text, asked: &Invocation) -> Draft {
        let spec = self.commands.find(&asked.path);
        let usage = spec.map(|spec| spec.usage(&asked.path));
        let example = spec.and_then(|spec| spec.examples.first()).map(|example| example.to_typed(&self.commands));
        views::problem::wrong_value(sentence, usage.as_deref(), example.as_deref())
    }

    /// Free text: a code opens its sheet, anything else is a search.
    async fn text(&self, text: String, origin: Origin) -> Answer {
        if text.trim().is_empty() {
            return self.run(Invocation::new("aide"), origin).await;
        }
        let known = text
            .trim_end_matches(['?', '!', '.', ' '])
            .parse::<CompetencyCode>()
            .is_ok_and(|code| !self.shelf.library().competencies(&code).is_empty());
        let invocation = if known {
            Invocation::new(Competence::PATH).with("code", text.trim_end_matches(['?', '!', '.', ' ']))
        } else {
            Invocation::new(Chercher::PATH).with("texte", text)
        };
        self.run(invocation, origin).await
    }

    async fn answer(&self, event: Event, reply: &Arc<dyn Reply>) -> Result<Answer, SendError> {
        Ok(match event {
            Event::Command { invocation, origin } => self.run(invocation, origin).await,
            Event::Misread { misread, .. } => Answer::new(views::problem::misread(&misread), Handled::Misread),
            Event::Text { text, origin } => self.text(text, origin).await,
            Event::Press { token, origin } => match self.buttons.pressed(&token, &origin.person.id) {
                Pressed::Does(press) => match press.effect {
                    Effect::Run(invocation) => {
                        // Turning a page replaces the page; anything else is a new answer.
                        let replaces = invocation.integer("page").is_some();
                        Answer { replaces, ..self.run(invocation, origin).await }
                    }
                    Effect::Open(form) => match self.buttons.seal_form(form, &origin.person.id) {
                        Ok(form) => {
                            reply.form(&form).await?;
                            return Err(SendError::Expired);
                        }
                        Err(error) => fault("form", &error),
                    },
                },
                Pressed::Submits(_) | Pressed::Expired => Answer::new(views::problem::expired(), Handled::Refused),
                Pressed::NotTheirs => Answer::new(views::problem::not_yours(), Handled::Refused),
            },
            Event::Submit { token, fields, origin } => match self.buttons.pressed(&token, &origin.person.id) {
                Pressed::Submits(mut invocation) => {
                    invocation.args.extend(fields.into_iter().map(|(param, text)| (param, Value::Text(text))));
                    self.run(invocation, origin).await
                }
                Pressed::NotTheirs => Answer::new(views::problem::not_yours(), Handled::Refused),
                Pressed::Does(_) | Pressed::Expired => Answer::new(views::problem::expired(), Handled::Refused),
            },
        })
    }
}

/// Tells of a fault, under a reference that the log has too.
fn fault(what: &str, error: &(dyn std::error::Error + '_)) -> Answer {
    let reference = chance::draw::<6>().unwrap_or_else(|_| "inconnue".to_owned());
    tracing::error!(reference, what, %error, "fault");
    Answer::new(views::problem::fault(&reference), Handled::Fault)
}

#[async_trait]
impl App for Vigie {
    fn commands(&self) -> &CommandSet {
        &self.commands
    }

    async fn handle(&self, event: Event, reply: Arc<dyn Reply>) -> Handled {
        let referentiels = Arc::clone(&self.shelf);
        if let Err(panic) = tokio::task::spawn_blocking(move || referentiels.refresh()).await {
            tracing::error!(%panic, "the référentiels could not be looked at again");
        }
        let owner = event.origin().person.id.clone();
        let answer = match self.answer(event, &reply).await {
            Ok(answer) => answer,
            // A form was opened: that is the answer.
            Err(SendError::Expired) => return Handled::Done,
            Err(error) => fault("form", &error),
        };
        let sealed = match self.buttons.seal(answer.draft, &owner) {
            Ok(sealed) => sealed,
            Err(error) => {
                tracing::error!(%error, "no randomness for buttons");
                return Handled::Fault;
            }
        };
        let sent = if answer.replaces { reply.update(&sealed).await } else { reply.send(&sealed).await };
        match sent {
            Ok(_) => answer.handled,
            Err(error) => {
                tracing::warn!(%error, "an answer could not be sent");
                Handled::Fault
            }
        }
    }

    async fn complete(&self, query: CompletionQuery) -> Vec<Suggestion> {
        commands::complete(&query, &self.shelf.library())
    }
}
