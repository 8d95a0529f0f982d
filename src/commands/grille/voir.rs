//! `/grille voir`: a team's grid, by competency, or one competency with its criteria.

use super::Sheet;
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, params, which};
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter that names a competency.
const COMPETENCE: &str = "competence";

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Voir {
    team: Option<String>,
    competency: Option<String>,
    page: usize,
}

impl Command for Voir {
    const PATH: &'static str = "grille voir";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("voir", "La grille d’une équipe\u{a0}: critères couverts, en cours, à faire, avec les preuves")
            .param(which::equipe())
            .param(ParamSpec::new(COMPETENCE, "Code d’une compétence du sujet, par exemple C1.5", ParamKind::Text))
            .param(params::page())
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(COMPETENCE, "C1.5"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self {
            team: invocation.text(which::EQUIPE).map(str::to_owned),
            competency: invocation.text(COMPETENCE).filter(|code| !code.trim().is_empty()).map(str::to_owned),
            page: params::page_of(invocation),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let sheet = Sheet::read(context, &meant).await?;
        let (whose, source) = (meant.whose(context)?, sheet.source());
        if sheet.grid.rows.is_empty() {
            return Err(Problem::Refused(views::coverage::nothing_asked()));
        }
        let accessible = sheet.accessible();
        let draft = match self.competency {
            None => views::coverage::grid(&whose, &sheet.grid, source, accessible.as_ref(), self.page),
            Some(code) => match sheet.grid.row(&code) {
                Some(row) => {
                    let accessible = accessible.as_ref().filter(|(_, concerned)| concerned.contains(&row.code));
                    views::coverage::competency(&whose, row, source, accessible.map(|(rule, _)| rule), self.page)
                }
                None => return Err(Problem::Refused(views::coverage::not_in_brief(&code, &sheet.grid))),
            },
        };
        Ok(meant.among(context, draft))
    }
}
