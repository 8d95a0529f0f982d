//! `/grille exporter`: the grid as a Markdown document, fit to be put in a dossier, and as a table.

use super::Sheet;
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, which};
use crate::domain::handin::FileName;
use crate::domain::permission::Deed;
use crate::views;
use std::collections::BTreeMap;
use vigie_chat::{AltText, CommandSpec, Draft, File, Invocation};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Exporter {
    team: Option<String>,
}

impl Command for Exporter {
    const PATH: &'static str = "grille exporter";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("exporter", "La grille en deux fichiers\u{a0}: un texte pour le dossier, un tableau CSV")
            .param(which::equipe())
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { team: invocation.text(which::EQUIPE).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let sheet = Sheet::read(context, &meant).await?;
        if sheet.grid.rows.is_empty() {
            return Err(Problem::Refused(views::coverage::nothing_asked()));
        }
        let all = context.scope()?.deliverables_of(meant.team.key).await?;
        let titles: BTreeMap<u32, String> = all.into_iter().map(|one| (one.number, one.draft.title)).collect();
        let whose = meant.whose(context)?;
        let document =
            views::coverage::document(&whose, &sheet.grid, sheet.source(), sheet.accessible().as_ref(), &titles);
        let table = views::coverage::table(&sheet.grid, &titles);
        let name = format!("grille-equipe-{}", meant.team.number);
        let described = |words: &str| {
            AltText::new(format!("{words} de l’{}", whose.named())).map_err(|error| Problem::Fault(error.to_string()))
        };
        let draft = views::coverage::exported(&whose, &sheet.grid, sheet.source())
            .file(File::new(
                FileName::of(&format!("{name}.md")).as_str(),
                "text/markdown",
                document,
                described("Grille, en texte,")?,
            ))
            .file(File::new(
                FileName::of(&format!("{name}.csv")).as_str(),
                "text/csv",
                table,
                described("Grille, en tableau,")?,
            ));
        Ok(meant.among(context, draft))
    }
}
