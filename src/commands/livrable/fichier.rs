//! `/livrable fichier`: what was handed in, given back to whoever may read it.

use super::{VERSION, named};
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, params, which};
use crate::domain::permission::Deed;
use crate::store::HandedIn;
use crate::views;
use vigie_chat::{AltText, CommandSpec, Draft, File, Invocation};

/// The type under which every file is given back: no network shows it as a page or runs it.
const BYTES: &str = "application/octet-stream";

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Fichier {
    deliverable: String,
    version: Option<i64>,
    team: Option<String>,
}

impl Command for Fichier {
    const PATH: &'static str = "livrable fichier";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("fichier", "Redonne, en privé, le fichier ou le lien d’un dépôt")
            .private()
            .param(named::livrable())
            .param(super::version())
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with(named::LIVRABLE, "L2"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self {
            deliverable: params::text(invocation, named::LIVRABLE)?,
            version: invocation.integer(VERSION),
            team: invocation.text(which::EQUIPE).map(str::to_owned),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let deliverable = super::deliverable(context, &meant, &self.deliverable).await?;
        let handin = match self.version {
            None => deliverable.latest.clone().ok_or_else(|| views::deliverable::nothing_handed_in(&deliverable)),
            Some(version) => {
                let all = context.scope()?.handins_of(deliverable.key).await?;
                let found = all.into_iter().find(|handin| i64::from(handin.version) == version);
                found.ok_or_else(|| views::deliverable::no_version(&deliverable, version))
            }
        };
        let handin = handin.map_err(Problem::Refused)?;
        let by = super::name_of(context, handin.person).await?;
        let draft = views::deliverable::given_back(&meant.whose(context)?, &deliverable, &handin, &by);
        let HandedIn::File { name, sha256, .. } = &handin.content else { return Ok(draft) };
        let read = context.cabinet.files()?.read(sha256).await.map_err(|error| Problem::Fault(error.to_string()))?;
        let bytes = read.ok_or_else(|| Problem::Fault(format!("the file {sha256} is no longer in the data folder")))?;
        let words = format!("Livrable L{}, version {}\u{a0}: {name}", deliverable.number, handin.version);
        let description = AltText::new(words).map_err(|error| Problem::Fault(error.to_string()))?;
        Ok(draft.file(File::new(name.as_str(), BYTES, bytes, description)))
    }
}
