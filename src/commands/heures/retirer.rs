//! `/heures retirer`: takes an entry away, or puts it back.

use super::Sheet;
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::commands::jalon;
use crate::commands::which::{self, EQUIPE, Meant};
use crate::domain::key::HoursKey;
use crate::domain::permission::Deed;
use crate::store::{Hours, Undoing};
use crate::views;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// `/heures retirer`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Retirer {
    key: HoursKey,
    way: Way,
    team: Option<String>,
}

/// Which way it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Away,
    Back,
}

impl Command for Retirer {
    const PATH: &'static str = "heures retirer";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        let ways = vec![Alternative::new("retirer", "Retirer"), Alternative::new("remettre", "Remettre")];
        CommandSpec::new("retirer", "Retire une de vos saisies d’heures, ou la remet")
            .details("Une saisie retirée peut être remise pendant un jour.")
            .param(
                ParamSpec::new(
                    "numero",
                    "Numéro de la saisie, que montre /heures voir",
                    ParamKind::Integer { min: 1, max: (1 << 53) - 1 },
                )
                .required(),
            )
            .param(ParamSpec::new("action", "Retirer, ou remettre ce qui l’a été", ParamKind::Choice(ways)))
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with("numero", 12))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let number =
            invocation.integer("numero").ok_or_else(|| Problem::misread("Il manque le numéro de la saisie."))?;
        let way = if invocation.text("action") == Some("remettre") { Way::Back } else { Way::Away };
        Ok(Self { key: HoursKey(number), way, team: jalon::said(invocation, EQUIPE) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let scope = context.scope()?;
        let entry = match self.way {
            Way::Away => scope.hours_entry(self.key).await?,
            Way::Back => scope.deleted_hours(self.key).await?,
        };
        let unknown = || Problem::Refused(views::hours::no_such(self.key.0));
        let entry = entry.filter(|entry| entry.team == meant.team.key).ok_or_else(unknown)?;
        let sheet = Sheet::of(context, &meant).await?;
        is_theirs(context, &meant, &entry, &sheet)?;
        let mut write = meant.write(context).await?;
        let deed = match self.way {
            Way::Away if write.delete_hours(entry.key).await? => "hours.removed",
            Way::Away => return Err(unknown()),
            Way::Back => match write.restore_hours(entry.key).await? {
                Undoing::Undone => "hours.restored",
                Undoing::TooLate => return Err(Problem::Refused(views::hours::too_late())),
                Undoing::NotDeleted => return Err(unknown()),
                Undoing::Full => return Err(Problem::Refused(views::hours::day_full(entry.entry.spent_on, 24 * 60))),
            },
        };
        write.journal(deed, &format!("team:{}", meant.team.key.0)).await?;
        write.commit().await?;
        let sheet = Sheet::of(context, &meant).await?;
        let draft = match self.way {
            Way::Away => views::hours::removed(&entry, &sheet.log()),
            Way::Back => views::hours::restored(&entry, &sheet.log()),
        };
        Ok(meant.among(context, draft))
    }
}

/// Lets on whoever noted an entry, and everybody in the team once that person has left it.
fn is_theirs(context: &Context, meant: &Meant, entry: &Hours, sheet: &Sheet) -> Result<(), Problem> {
    let is_member = meant.team.members.iter().any(|member| member.person == entry.person);
    if entry.person == context.here()?.person || !is_member {
        return Ok(());
    }
    let name = sheet.names.get(&entry.person).map_or("quelqu’un d’autre", String::as_str);
    Err(Problem::Refused(views::hours::not_yours(name)))
}
