//! `/rappel simuler`: what would be heard in the next weeks, with what is chosen or with what is tried, before saving.

use super::agenda::Agenda;
use super::reglages::{CALME, ETAPES, policy, quiet};
use super::said;
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::occasion::OccasionKind;
use crate::domain::permission::Deed;
use crate::domain::reminder::{Habits, Policy, QuietHours, Schedule};
use crate::views;
use jiff::{SignedDuration, Timestamp};
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// Weeks that are shown where nobody says how many.
const USUAL: i64 = 3;

/// The parameter of how many weeks.
const SEMAINES: &str = "semaines";

/// Things shown at most.
const MOST: usize = 40;

/// `/rappel simuler`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Simuler {
    weeks: i64,
    policy: Option<Policy>,
    quiet: Option<QuietHours>,
}

impl Command for Simuler {
    const PATH: &'static str = "rappel simuler";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("simuler", "Montre ce qui vous sera rappelé, et quand, sans rien changer")
            .details("Avec etapes ou calme, montre ce que ce réglage donnerait avant de l’enregistrer.")
            .private()
            .param(ParamSpec::new(
                SEMAINES,
                "Nombre de semaines à montrer, 3 à défaut",
                ParamKind::Integer { min: 1, max: 26 },
            ))
            .param(ParamSpec::new(ETAPES, "Étapes à essayer, par exemple 7 j, 1 j à 9 h, 2 h avant", ParamKind::Text))
            .param(ParamSpec::new(CALME, "Heures calmes à essayer, par exemple 21h-7h", ParamKind::Text))
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(SEMAINES, 6).with(ETAPES, "la veille à 18 h"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self {
            weeks: invocation.integer(SEMAINES).unwrap_or(USUAL),
            policy: said(invocation, ETAPES)
                .map(|typed| policy(&typed))
                .transpose()?
                .and_then(|wish| wish.own().cloned()),
            quiet: said(invocation, CALME).map(|typed| quiet(&typed)).transpose()?.and_then(|wish| wish.own().copied()),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (here, scope, now) = (context.here()?, context.scope()?, context.wall()?);
        let agenda = Agenda::of(context).await?;
        let until = context.now + SignedDuration::from_hours(24 * 7 * self.weeks);
        let mut found: Vec<(Timestamp, String)> = Vec::new();
        let mut add = |(schedule, habits): (Schedule, Habits), name: String| {
            let habits = Habits { quiet: self.quiet.unwrap_or(habits.quiet), ..habits };
            let instants = schedule.between(&habits, context.now, until);
            found.extend(instants.into_iter().map(|at| (at, name.clone())));
        };
        for occasion in context.store.occasions_of_person(here.tenant, here.person).await? {
            if let Some((schedule, habits)) = agenda.schedule(&occasion) {
                add((self.tried(schedule), habits), views::reminder::name_of(&occasion));
            }
            if occasion.thing.kind == OccasionKind::Defence {
                let mut told = occasion.clone();
                told.thing.kind = OccasionKind::Rights;
                if let Some(planned) = agenda.schedule(&told) {
                    add(planned, views::reminder::name_of(&told));
                }
            }
        }
        for asked in scope.reminders_of(here.person).await?.iter().filter(|one| one.draft.team.is_none()) {
            if let Some(schedule) = asked.draft.schedule() {
                add((schedule, agenda.habits(agenda.circle(None))), views::reminder::own_name(asked));
            }
        }
        let circle = agenda.circle(None);
        if let Some(rule) = agenda.wishes.digest(circle) {
            let schedule = Schedule::Recurring { from: context.now, rule };
            add((schedule, agenda.habits(circle)), "bilan de ce qui vous attend".to_owned());
        }
        found.sort();
        let tried = self.policy.is_some() || self.quiet.is_some();
        let more = found.len().saturating_sub(MOST);
        found.truncate(MOST);
        Ok(views::reminder::simulated(&found, more, (self.weeks, tried), &now))
    }
}

impl Simuler {
    /// The same schedule with the steps that are tried.
    fn tried(&self, schedule: Schedule) -> Schedule {
        match (schedule, &self.policy) {
            (Schedule::Deadline { due, .. }, Some(policy)) => Schedule::Deadline { due, policy: policy.clone() },
            (Schedule::Event { starts, .. }, Some(policy)) => Schedule::Event { starts, policy: policy.clone() },
            (schedule, _) => schedule,
        }
    }
}
