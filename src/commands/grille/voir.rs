//! `/grille voir`: a team's grid, by competency, or one competency with its criteria.

use super::Sheet as Marked;
use crate::commands::context::{Context, Problem};
use crate::commands::drawn::Drawn;
use crate::commands::which::Meant;
use crate::commands::{Command, params, which};
use crate::domain::permission::Deed;
use crate::pictures::coverage::{Chart, Unit};
use crate::views;
use crate::views::illustrated::Sheet;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter that names a competency.
const COMPETENCE: &str = "competence";

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Voir {
    team: Option<String>,
    competency: Option<String>,
    /// None before anybody turned a page: then there is a picture.
    page: Option<usize>,
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
            page: invocation.integer(params::PAGE).map(|_| params::page_of(invocation)),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let sheet = Marked::read(context, &meant).await?;
        let (whose, source) = (meant.whose(context)?, sheet.source());
        if sheet.grid.rows.is_empty() {
            return Err(Problem::Refused(views::coverage::nothing_asked()));
        }
        let accessible = sheet.accessible();
        let draft = match self.competency {
            None => {
                let drawn = if self.page.is_none() { drawn(context, &meant, &sheet).await } else { None };
                let shown = Sheet { picture: drawn.map(|drawn| drawn.png), ..Sheet::of_words(self.page.unwrap_or(1)) };
                views::coverage::grid(&whose, &sheet.grid, source, accessible.as_ref(), shown)
            }
            Some(code) => match sheet.grid.row(&code) {
                Some(row) => {
                    let accessible = accessible.as_ref().filter(|(_, concerned)| concerned.contains(&row.code));
                    views::coverage::competency(
                        &whose,
                        row,
                        source,
                        accessible.map(|(rule, _)| rule),
                        self.page.unwrap_or(1),
                    )
                }
                None => return Err(Problem::Refused(views::coverage::not_in_brief(&code, &sheet.grid))),
            },
        };
        Ok(meant.among(context, draft))
    }
}

/// The grid as a picture, if whoever asks wants any.
async fn drawn(context: &Context, meant: &Meant, sheet: &Marked<'_>) -> Option<Drawn> {
    let unit = if sheet.referentiel.is_some() { Unit::Criterion } else { Unit::Competency };
    let today = context.here().ok()?.zone.to_datetime(context.now).date();
    let (chart, theme) = (Chart::of(&meant.team.name, today, unit, &sheet.grid), context.theme(None));
    context.drawn("grille", move || chart.draw(theme)).await
}
