//! Running what is asked: in a task of its own, with the checks that go before it, and what comes of it.

use super::{LONGEST, Vigie};
use crate::app::answer::{Answer, fault};
use crate::app::discretion::{A_PRIVATE_COMMAND, Told, telling};
use crate::app::standing;
use crate::commands;
use crate::commands::{Files, Problem};
use crate::domain::accommodation::may_tell_of_health;
use crate::domain::display::Pictures;
use crate::domain::key::TenantKey;
use crate::domain::permission::Deed;
use crate::views;
use crate::views::account::in_words;
use std::sync::Arc;
use vigie_chat::{Draft, Handled, Invocation, Origin, Privacy, Reply, Value, Visibility};

impl Vigie {
    /// Runs what somebody asks for in their own words.
    pub(super) async fn run(&self, invocation: Invocation, origin: Origin, reply: &Arc<dyn Reply>) -> Answer {
        self.run_in(None, invocation, origin, reply).await
    }

    /// Runs an invocation in a task of its own: if it panics, or doesn't end, the process lives and the person is told.
    ///
    /// What was made in a tenant isn't done in another: in a direct room, somebody who belongs to two of them may press
    /// under an old answer of one after they were met in the other.
    pub(super) async fn run_in(
        &self,
        made_in: Option<TenantKey>,
        invocation: Invocation,
        origin: Origin,
        reply: &Arc<dyn Reply>,
    ) -> Answer {
        let path = invocation.path.clone();
        let Some(deed) = commands::deed(&path) else {
            return Answer::new(views::problem::refused(views::problem::no_such_command()), Handled::Refused);
        };
        let told = self.told(deed, &invocation);
        let name = if told == Told::Unnamed { A_PRIVATE_COMMAND } else { path.as_str() };
        let here = match self.here(deed, &origin).await {
            Ok(here) => here,
            Err(error) => return fault(name, &error.to_string()),
        };
        if let Err(refused) = standing::allow(deed, here.as_ref()) {
            return Answer::new(views::problem::refused(refused), Handled::Refused);
        }
        let tenant = here.as_ref().map(|here| here.tenant);
        // Of whom nothing is known it isn't known either whether they can see one.
        let pictures = here.as_ref().map_or(Pictures::Without, |here| here.display.pictures());
        if tenant.is_some() && made_in.is_some() && tenant != made_in {
            return Answer::new(views::problem::expired(), Handled::Refused);
        }
        let context = self.context(origin, here, Files::of(Arc::clone(reply)));
        let asked = invocation.clone();
        let mut task = tokio::spawn(telling(told, async move { commands::run(&invocation, &context).await }));
        let Ok(ended) = tokio::time::timeout(LONGEST, &mut task).await else {
            task.abort();
            return fault(name, "the command doesn't end");
        };
        let mut answer = match ended {
            Ok(Ok(draft)) if pictures == Pictures::Without => Answer::new(in_words(draft), Handled::Done),
            Ok(Ok(draft)) => Answer::new(draft, Handled::Done),
            Ok(Err(Problem::Refused(sentence))) => Answer::new(views::problem::refused(sentence), Handled::Refused),
            Ok(Err(Problem::Misread(sentence))) => Answer::new(self.wrong_value(sentence, &asked), Handled::Misread),
            Ok(Err(Problem::Fault(why))) => fault(name, &why),
            // What a panic says may quote what was typed: the log gets the reference alone.
            Err(_) => fault(name, "the command panicked"),
        };
        answer.made_in = tenant;
        if told == Told::Unnamed {
            answer.draft.privacy = Privacy::Private;
        }
        answer
    }

    /// Whether the log may name what is asked. What may not be named is answered in private too: a private command, and a
    /// question on the référentiels whose words may tell of somebody's health.
    fn told(&self, deed: Deed, invocation: &Invocation) -> Told {
        let spec = self.commands.find(&invocation.path);
        let private = spec.is_some_and(|spec| spec.visibility == Visibility::Private);
        let of_health = |value: &Value| matches!(value, Value::Text(text) if may_tell_of_health(text));
        if private || (deed == Deed::Ask && invocation.args.values().any(of_health)) {
            Told::Unnamed
        } else {
            Told::ByName
        }
    }

    fn wrong_value(&self, sentence: vigie_chat::Text, asked: &Invocation) -> Draft {
        let spec = self.commands.find(&asked.path);
        let usage = spec.map(|spec| spec.usage(&asked.path));
        let example = spec.and_then(|spec| spec.examples.first()).map(|example| example.to_typed(&self.commands));
        views::problem::wrong_value(sentence, usage.as_deref(), example.as_deref())
    }

    /// Free text: a greeting is greeted, a code opens its sheet, anything else is a search.
    pub(super) async fn text(&self, text: String, origin: Origin, reply: &Arc<dyn Reply>) -> Answer {
        let library = self.shelf.library();
        match tokio::task::spawn_blocking(move || commands::meant(text, &library)).await {
            Ok(invocation) => self.run(invocation, origin, reply).await,
            Err(_) => fault("text", "reading it panicked"),
        }
    }
}
