//! `/heures ajouter`: notes work that is done.

use super::{Sheet, jour};
use crate::commands::context::{Context, Problem};
use crate::commands::jalon;
use crate::commands::moment::instant;
use crate::commands::plan::content;
use crate::commands::which::{self, EQUIPE, Meant};
use crate::commands::{Command, params};
use crate::domain::duration::Minutes;
use crate::domain::limits;
use crate::domain::permission::Deed;
use crate::store::{HoursEntry, Logging, Missing};
use crate::views;
use jiff::ToSpan;
use jiff::civil::Date;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter of the day.
const JOUR: &str = "jour";

/// `/heures ajouter`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Ajouter {
    minutes: Minutes,
    day: Option<String>,
    what: Option<String>,
    jalon: Option<String>,
    team: Option<String>,
    asked: Invocation,
}

impl Command for Ajouter {
    const PATH: &'static str = "heures ajouter";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("ajouter", "Note des heures de préparation que vous avez passées")
            .details("Sans jour, c’est aujourd’hui. Un jour de la semaine est celui qui vient de passer.")
            .param(ParamSpec::new("duree", "Durée, par exemple 1h30, 1,5 h ou 90 min", ParamKind::Duration).required())
            .param(ParamSpec::new(JOUR, "Jour du travail, par exemple hier", ParamKind::Date))
            .param(ParamSpec::new("quoi", "Ce que vous avez fait", ParamKind::Text))
            .param(jalon::jalon())
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with("duree", "1h30").with(JOUR, "hier").with("quoi", "maquette"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let minutes = Minutes::read(&params::text(invocation, "duree")?);
        let what = jalon::said(invocation, "quoi").map(|what| limits::COMMENT.read(&what)).transpose();
        Ok(Self {
            minutes: minutes.map_err(|wrong| Problem::misread(wrong.to_string()))?,
            day: jalon::said(invocation, JOUR),
            what: what.map_err(|wrong| Problem::misread(wrong.to_string()))?,
            jalon: jalon::said(invocation, jalon::JALON),
            team: jalon::said(invocation, EQUIPE),
            asked: invocation.clone(),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let now = context.wall()?;
        let spent_on = match &self.day {
            None => now.date(),
            Some(typed) => {
                let read = jour::read(typed, &now).map_err(|wrong| Problem::misread(wrong.to_string()))?;
                if !read.doubts.is_empty() {
                    let again = self.asked.clone().with(EQUIPE, meant.value());
                    return Ok(meant.among(context, views::moment::ask_day(&read, (&again, JOUR))));
                }
                read.moment.civil().date()
            }
        };
        if spent_on > now.date() {
            return Err(Problem::Refused(views::hours::in_the_future(spent_on)));
        }
        let first = first_day(context, &meant).await?;
        if spent_on < first {
            return Err(Problem::Refused(views::hours::too_old(spent_on, first)));
        }
        let milestone = match &self.jalon {
            None => None,
            Some(typed) => {
                let milestones = context.scope()?.milestones_of(meant.team.key).await?;
                Some(jalon::find(&milestones, typed).map_err(Problem::Refused)?.number)
            }
        };
        let entry = HoursEntry { minutes: self.minutes, spent_on, what: self.what, milestone };
        let mut write = meant.write(context).await?;
        let key = match write.log_hours(meant.team.key, context.here()?.person, &entry).await? {
            Logging::Logged(key) => key,
            Logging::NoTeam => return Err(Problem::Refused(views::which::closed(&meant.brief))),
            Logging::Missing(Missing::Member(_)) => return Err(Problem::Refused(views::which::no_team())),
            Logging::Missing(_) => return Err(Problem::Refused(views::milestone::gone())),
            Logging::DayFull(already) => return Err(Problem::Refused(views::hours::day_full(spent_on, already))),
            Logging::Full(most) => {
                let full = limits::LOG_ENTRIES.check(most + 1).err();
                return Err(Problem::refused(full.map_or_else(String::new, |full| full.to_string())));
            }
        };
        write.journal("hours.logged", &format!("team:{}", meant.team.key.0)).await?;
        write.commit().await?;
        let sheet = Sheet::of(context, &meant).await?;
        let Some(noted) = sheet.entries.iter().find(|entry| entry.key == key) else {
            return Err(Problem::Refused(views::hours::no_such(key.0)));
        };
        Ok(meant.among(context, views::hours::noted(noted, &sheet.log())))
    }
}

/// The first day that can be noted: a year before the work begins, for who writes a wrong year.
async fn first_day(context: &Context, meant: &Meant) -> Result<Date, Problem> {
    let starts = content(context, &meant.brief).await?.starts.as_ref().and_then(instant);
    let begins = starts.into_iter().chain(meant.brief.published_at).min().unwrap_or(context.now);
    let begins = context.here()?.zone.to_datetime(begins).date();
    Ok(begins.saturating_sub(1.year()))
}
