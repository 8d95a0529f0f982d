//! `/config fuseau`: the time zone of a space, in which its dates are meant and shown. A person may have another
//! (`/compte fuseau`).

use crate::commands::context::{Context, Problem};
use crate::commands::here::ZONE;
use crate::commands::{Command, params};
use crate::domain::permission::Deed;
use crate::domain::zone;
use crate::views;
use jiff::tz::TimeZone;
use vigie_chat::limits::MOST_OPTIONS;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Suggestion};

/// The parameter that names a zone.
pub(in crate::commands) const ZONE_PARAM: &str = "zone";

/// `/config fuseau`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Fuseau {
    typed: String,
}

impl Command for Fuseau {
    const PATH: &'static str = "config fuseau";
    const DEED: Deed = Deed::Configure;

    fn spec() -> CommandSpec {
        let zone = ParamSpec::new(ZONE_PARAM, "Nom du fuseau, par exemple Indian/Reunion", ParamKind::Text);
        CommandSpec::new("fuseau", "Choisir le fuseau horaire des dates de cet espace")
            .details(
                "Les dates déjà enregistrées gardent l’heure et le fuseau dans lesquels elles ont été données. Chaque \
                 personne peut choisir un autre fuseau pour elle.",
            )
            .param(zone.required().completed())
            .example(Invocation::new(Self::PATH).with(ZONE_PARAM, "Indian/Reunion"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { typed: params::text(invocation, ZONE_PARAM)? })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (zone, name) = read_zone(&self.typed)?;
        let mut write = context.write().await?;
        write.choose(ZONE, &name).await?;
        write.commit().await?;
        Ok(views::config::zone(&name, &context.now.to_zoned(zone)))
    }
}

/// A zone and its name.
///
/// # Errors
///
/// [`Problem::Misread`] with the names that are near.
pub(in crate::commands) fn read_zone(typed: &str) -> Result<(TimeZone, String), Problem> {
    let zone = zone::read(typed).map_err(|wrong| Problem::Misread(views::config::not_a_zone(typed, &wrong.near)))?;
    let name = zone.iana_name().map(str::to_owned);
    let name = name.ok_or_else(|| Problem::Misread(views::config::not_a_zone(typed, &[])))?;
    Ok((zone, name))
}

/// Zones that could be meant by what is typed so far.
pub(in crate::commands) fn zones_like(typed: &str) -> Vec<Suggestion> {
    let found = zone::like(typed, MOST_OPTIONS);
    found.into_iter().map(|name| Suggestion { label: name.clone(), value: name }).collect()
}
