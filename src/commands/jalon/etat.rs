//! `/jalon fait`, `/jalon rouvrir`, `/jalon bloque`: how far a milestone is, the brief's own too.

use super::ground::Ground;
use super::{JALON, find, jalon, number_first, said};
use crate::commands::context::{Context, Problem};
use crate::commands::which::{self, EQUIPE};
use crate::commands::{Command, params};
use crate::domain::limits;
use crate::domain::permission::Deed;
use crate::store::{Change, Mark, Milestone, Progress};
use crate::views;
use crate::views::milestone::Outcome;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The milestone and the team that are meant.
#[derive(Debug, Clone)]
struct Which {
    jalon: String,
    team: Option<String>,
}

impl Which {
    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { jalon: params::text(invocation, JALON)?, team: said(invocation, EQUIPE) })
    }
}

/// `/jalon fait`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Fait {
    which: Which,
    /// The page of the list that is shown again.
    page: Option<i64>,
}

/// `/jalon rouvrir`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Rouvrir {
    which: Which,
}

/// `/jalon bloque`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Bloque {
    which: Which,
    why: Option<String>,
}

impl Command for Fait {
    const PATH: &'static str = "jalon fait";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("fait", "Marque un jalon comme fait")
            .param(jalon().required())
            .param(which::equipe())
            .param(ParamSpec::new(
                "page",
                "Page de la liste à montrer ensuite",
                ParamKind::Integer { min: 1, max: 1_000 },
            ))
            .example(Invocation::new(Self::PATH).with(JALON, "3"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { which: Which::read(invocation)?, page: invocation.integer("page") })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        mark(context, &self.which, &Marking { mark: Mark::Done, deed: "milestone.done", page: self.page }).await
    }
}

impl Command for Rouvrir {
    const PATH: &'static str = "jalon rouvrir";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("rouvrir", "Remet à faire un jalon fait ou bloqué")
            .param(jalon().required())
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with(JALON, "3"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { which: Which::read(invocation)? })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        mark(context, &self.which, &Marking { mark: Mark::Open, deed: "milestone.reopened", page: None }).await
    }
}

impl Command for Bloque {
    const PATH: &'static str = "jalon bloque";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("bloque", "Marque un jalon comme bloqué, et dit pourquoi")
            .details("Le planning le signale jusqu’à ce que le jalon soit rouvert ou fait.")
            .param(jalon().required())
            .param(ParamSpec::new("raison", "Ce qui empêche d’avancer", ParamKind::Text))
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with(JALON, "3").with("raison", "accès au serveur attendu"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let mut which = Which::read(invocation)?;
        let mut why = said(invocation, "raison");
        if why.is_none()
            && let (number, Some(rest)) = number_first(&which.jalon.clone())
        {
            (which.jalon, why) = (number.to_owned(), Some(rest.to_owned()));
        }
        let why = why.map(|why| limits::REASON.read(&why)).transpose();
        Ok(Self { which, why: why.map_err(|wrong| Problem::misread(wrong.to_string()))? })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let mark_as = Mark::Blocked(self.why.as_deref().unwrap_or_default());
        mark(context, &self.which, &Marking { mark: mark_as, deed: "milestone.blocked", page: None }).await
    }
}

/// What is said of a milestone.
struct Marking<'a> {
    mark: Mark<'a>,
    deed: &'static str,
    page: Option<i64>,
}

/// What comes of a mark, if it would change anything.
fn outcome(milestone: &Milestone, mark: Mark<'_>) -> Result<Outcome, Outcome> {
    match (&milestone.progress, mark) {
        (Progress::Done { .. }, Mark::Done) => Err(Outcome::DoneAlready),
        (Progress::Open, Mark::Open) => Err(Outcome::OpenAlready),
        (_, Mark::Done) => Ok(Outcome::Done),
        (_, Mark::Open) => Ok(Outcome::Reopened),
        (_, Mark::Blocked(_)) => Ok(Outcome::Blocked),
    }
}

async fn mark(context: &Context, which: &Which, marking: &Marking<'_>) -> Result<Draft, Problem> {
    let meant = which::team(context, which.team.as_deref(), Deed::ChangeWork).await?;
    let ground = Ground::of(context, &meant).await?;
    let milestone = find(&ground.milestones, &which.jalon).map_err(Problem::Refused)?;
    let key = milestone.key;
    let (outcome, ground) = match outcome(milestone, marking.mark) {
        Err(outcome) => (outcome, ground),
        Ok(outcome) => {
            let mut write = meant.write(context).await?;
            // How far it is doesn't depend on what is planned: whatever changed meanwhile, it is marked as it is now.
            let Some(newest) = write.milestone(key).await? else {
                return Err(Problem::Refused(views::milestone::gone()));
            };
            match write.mark_milestone(key, newest.revision, marking.mark).await? {
                Change::Made => {}
                _ => return Err(Problem::Refused(views::milestone::gone())),
            }
            write.journal(marking.deed, &format!("team:{}", meant.team.key.0)).await?;
            write.commit().await?;
            (outcome, ground.renewed(context, &meant).await?)
        }
    };
    let Some(milestone) = ground.milestone(key) else { return Err(Problem::Refused(views::milestone::gone())) };
    let draft = match marking.page {
        Some(page) => {
            let page = usize::try_from(page).unwrap_or(1);
            views::milestone::list(
                Some(views::milestone::in_short(outcome, milestone)),
                &ground.milestones,
                page,
                &ground.board(),
            )
        }
        None => views::milestone::told(outcome, milestone, &ground.board()),
    };
    Ok(meant.among(context, draft))
}
