//! `/donnees exporter`: everything that is kept of whoever asks, in two files, for them alone.

use super::{account, of_the_room, zone};
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::permission::Deed;
use crate::views;
use crate::views::donnees::{Dossier, Whole};
use jiff::tz::TimeZone;
use vigie_chat::{AltText, CommandSpec, Draft, File, Invocation};

/// The command; it takes no values.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Exporter;

impl Command for Exporter {
    const PATH: &'static str = "donnees exporter";
    const DEED: Deed = Deed::OwnData;

    fn spec() -> CommandSpec {
        CommandSpec::new("exporter", "Recevoir, en privé, tout ce que je garde sur vous")
            .details(
                "Deux fichiers\u{a0}: un texte à lire et le même contenu en JSON, pour tous les espaces où ce compte est connu.",
            )
            .private()
            .example(Invocation::new(Self::PATH))
    }

    fn read(_: &Invocation) -> Result<Self, Problem> {
        Ok(Self)
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let account = account(context);
        let presences = context.store.presences(&account).await?;
        let of_account = context.store.held_of_account(&account).await?;
        if presences.is_empty() && of_account.iter().all(|section| section.rows.is_empty()) {
            return Ok(views::donnees::nothing());
        }
        let here = of_the_room(context, &presences).await?.or_else(|| presences.first().cloned());
        let own = match &here {
            Some(here) => zone(context, here).await?,
            None => context.settings.zone().unwrap_or(TimeZone::UTC),
        };
        let mut dossiers = Vec::new();
        for presence in presences {
            let sections = context.store.of(presence.tenant).held_of(presence.person).await?;
            dossiers.push(Dossier { zone: zone(context, &presence).await?, presence, sections });
        }
        let whole = Whole { account, dossiers, of_account, now: context.now.to_zoned(own) };
        let described = |words: &str| AltText::new(words).map_err(|error| Problem::Fault(error.to_string()));
        Ok(views::donnees::exported(&whole)
            .file(File::new(
                "mes-donnees.md",
                "text/markdown",
                views::donnees::document(&whole),
                described("Tout ce que je garde sur vous, en texte")?,
            ))
            .file(File::new(
                "mes-donnees.json",
                "application/json",
                views::donnees::json(&whole),
                described("Tout ce que je garde sur vous, en JSON")?,
            )))
    }
}
