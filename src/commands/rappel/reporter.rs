//! `/rappel reporter`: to hear of something again later. It moves nothing else: neither what comes next of it, nor the rule.

use super::agenda::Agenda;
use super::received::received;
use super::{ENVOI, NUMERO, QUAND, envoi, number_of, numero, said, text};
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::commands::moment::Anchors;
use crate::domain::date::Moment;
use crate::domain::occasion::{OccasionKind, Thing};
use crate::domain::permission::Deed;
use crate::domain::reminder::{Snooze, may_be_sent};
use crate::store::{Alarm, Whose};
use crate::views;
use jiff::{Timestamp, Zoned};
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec, folded};

/// `/rappel reporter`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Reporter {
    when: String,
    received: Option<String>,
    number: Option<u32>,
}

impl Command for Reporter {
    const PATH: &'static str = "rappel reporter";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("reporter", "Reporte un rappel\u{a0}: le dernier reçu, à défaut de numéro")
            .details("Quand\u{a0}: «\u{a0}1h\u{a0}», «\u{a0}soir\u{a0}», «\u{a0}demain\u{a0}», «\u{a0}semaine\u{a0}», ou une date. Ce qui revient régulièrement garde ses jours.")
            .private()
            .param(
                ParamSpec::new(QUAND, "Quand l’entendre de nouveau\u{a0}: 1h, soir, demain, semaine, ou une date", ParamKind::Text)
                    .required(),
            )
            .param(numero())
            .param(envoi())
            .example(Invocation::new(Self::PATH).with(QUAND, "demain"))
            .example(Invocation::new(Self::PATH).with(QUAND, "jeudi 14h").with(NUMERO, 2))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { when: text(invocation, QUAND)?, received: said(invocation, ENVOI), number: number_of(invocation) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (context, of) = match (&self.received, self.number) {
            (None, Some(number)) => {
                let here = context.here()?;
                let all = context.scope()?.reminders_of(here.person).await?;
                let Some(found) = all.iter().find(|one| one.number == number) else {
                    return Err(Problem::Refused(views::reminder::no_such(number)));
                };
                let thing = Thing { tenant: here.tenant, kind: OccasionKind::Asked, subject: found.key.0 };
                (context.clone(), thing.of(here.person))
            }
            (named, _) => {
                let received = received(context, named.as_deref()).await?;
                if received.person != received.delivery.of.person {
                    return Err(Problem::Refused(views::reminder::not_yours()));
                }
                (received.context, received.delivery.of)
            }
        };
        let now = context.wall()?;
        let asked = read(&self.when, &now)?;
        if asked <= context.now {
            return Err(Problem::Refused(views::reminder::past(&views::moment::on_the_clock_of(asked, &now), &now)));
        }
        let agenda = Agenda::of(&context).await?;
        let mut write = context.write().await?;
        let occasion = write.occasion(of.thing()).await?.filter(|one| one.people.contains(&of.person));
        let team = match (&occasion, of.kind) {
            (Some(occasion), _) => match &occasion.whose {
                Whose::Team(team) => Some(team),
                Whose::Own => None,
            },
            (None, OccasionKind::Digest) => None,
            (None, _) => return Ok(views::reminder::over_already()),
        };
        let habits = agenda.habits(agenda.circle(team));
        let again = may_be_sent(asked, None, &habits);
        let alarm =
            write.alarm(of).await?.unwrap_or(Alarm { of, team: team.map(|team| team.key), step: None, again: None });
        write.set_alarms(&[Alarm { again: Some(again), ..alarm }]).await?;
        write.commit().await?;
        Ok(views::reminder::put_off(asked, again, &now))
    }
}

/// The instant that is meant.
fn read(typed: &str, now: &Zoned) -> Result<Timestamp, Problem> {
    let word: String = folded(typed).split_whitespace().collect::<Vec<_>>().join(" ");
    let word = word.trim_start_matches("dans ").trim_start_matches("ce ").trim_start_matches("la ");
    let snooze = match word {
        "1 h" | "1h" | "une heure" | "1 heure" => Some(Snooze::Hour),
        "semaine" | "semaine prochaine" => Some(Snooze::NextWeek),
        word => Snooze::from_stored(word),
    };
    if let Some(snooze) = snooze {
        return Ok(snooze.until(now));
    }
    let read = Anchors::default().read(typed, now);
    let moment: Moment = read.map_err(|wrong| Problem::misread(wrong.to_string()))?.moment;
    Ok(moment.at())
}
