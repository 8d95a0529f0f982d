//! `/planning`: a team's plan against the calendar, as a network, its hours, or all of it as files; each as a picture and in
//! words.
//!
//! The words hold all that the picture shows, so that nobody needs it. Turning pages doesn't draw again: the message with the
//! picture stays, and pages come under it.

mod export;
mod gantt;
mod heures;
mod reseau;

use super::Command;
use super::calendars;
use super::compte::{THEME, themes};
use super::context::{Context, Problem};
use super::drawn::{Drawn, theme_of};
use super::plan::{names, plan_of};
use super::which::{self, EQUIPE, Meant};
use crate::domain::display::Theme;
use crate::domain::permission::Deed;
use crate::domain::person::PersonKey;
use crate::domain::plan::{Finding, Plan, Schedule, check, schedule};
use crate::domain::reminder::Calendar;
use crate::pictures::Planned;
use crate::store::{Circle, Hours, Milestone};
use crate::views;
use crate::views::illustrated::Sheet;
use crate::views::plan::{Planning as Told, What};
use jiff::Zoned;
use std::collections::BTreeMap;
use std::sync::Arc;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter that says what of the planning is asked for.
const QUOI: &str = "quoi";
/// The parameter by which the milestones are grouped in the picture.
const PAR: &str = "par";
/// The parameter that says how the picture comes.
const FORMAT: &str = "format";
/// The parameter that turns pages.
const PAGE: &str = "page";

/// `/planning`.
#[derive(Debug, Clone)]
pub(super) struct Planning {
    what: What,
    by: By,
    theme: Option<Theme>,
    format: Format,
    /// None before anybody turned a page: then there is a picture.
    page: Option<usize>,
    team: Option<String>,
}

/// By what milestones are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Deliverable,
    Person,
}

impl By {
    const ALL: [Self; 2] = [Self::Deliverable, Self::Person];

    fn name(self) -> &'static str {
        match self {
            Self::Deliverable => "livrable",
            Self::Person => "personne",
        }
    }
}

/// How a picture comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// In the answer.
    Png,
    /// In the answer, and as a drawing that can be enlarged, in a file.
    Svg,
}

impl Command for Planning {
    const PATH: &'static str = "planning";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        let label = |what| match what {
            What::Gantt => "Gantt\u{a0}: les jalons sur le calendrier",
            What::Network => "Réseau (PERT)\u{a0}: ce qui dépend de quoi, dates au plus tôt et au plus tard",
            What::Hours => "Heures\u{a0}: ce qui reste du budget, semaine par semaine",
            What::Export => "Export\u{a0}: texte, images et tableau pour le dossier",
        };
        let one = |what: What| {
            let one = Alternative::new(what.name(), label(what));
            what.synonyms().iter().fold(one, |one, synonym| one.also(*synonym))
        };
        let what = What::ALL.map(one).to_vec();
        let by = |by: By| match by {
            By::Deliverable => "Par livrable",
            By::Person => "Par personne",
        };
        let by = By::ALL.map(|one| Alternative::new(one.name(), by(one))).to_vec();
        let formats =
            vec![Alternative::new("png", "Image PNG"), Alternative::new("svg", "Image PNG, et dessin SVG joint")];
        CommandSpec::new("planning", "Le planning de l’équipe, en image et en mots, et ce qui ne va pas")
            .details(
                "Le tableau des jalons, la suite de jalons qui décide de la date, ce qui est ou sera en retard, la charge de \
                 chacun, les livrables oubliés et les heures par rapport au sujet. Tout ce que montre l’image est dit aussi en \
                 mots\u{a0}; /compte affichage la retire ou change son fond.",
            )
            .param(ParamSpec::new(QUOI, "Ce que vous voulez voir\u{a0}; à défaut, le Gantt", ParamKind::Choice(what)))
            .param(ParamSpec::new(PAR, "Grouper le Gantt par livrable ou par personne", ParamKind::Choice(by)))
            .param(ParamSpec::new(THEME, "Le fond de l’image", ParamKind::Choice(themes())))
            .param(ParamSpec::new(FORMAT, "Comment vient l’image", ParamKind::Choice(formats)))
            .param(ParamSpec::new(PAGE, "Page du tableau", ParamKind::Integer { min: 1, max: 1_000 }))
            .param(which::equipe())
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(QUOI, What::Network.name()))
            .example(Invocation::new(Self::PATH).with(QUOI, What::Export.name()))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let what = invocation.text(QUOI).and_then(|name| What::ALL.into_iter().find(|what| what.name() == name));
        let by = invocation.text(PAR).and_then(|name| By::ALL.into_iter().find(|by| by.name() == name));
        Ok(Self {
            what: what.unwrap_or(What::Gantt),
            by: by.unwrap_or(By::Deliverable),
            theme: theme_of(invocation),
            format: if invocation.text(FORMAT) == Some("svg") { Format::Svg } else { Format::Png },
            page: invocation.integer(PAGE).and_then(|page| usize::try_from(page).ok()),
            team: invocation.text(EQUIPE).map(str::to_owned),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let ground = Arc::new(Ground::of(context, &meant).await?);
        let draft = match self.what {
            What::Gantt => {
                let sheet = self.sheet(gantt::drawn(context, &ground, (self.by, self.theme))).await;
                views::plan::planning(&ground.told(), sheet)
            }
            What::Network => {
                let sheet = self.sheet(reseau::drawn(context, &ground, self.theme)).await;
                views::plan::network(&ground.told(), sheet)
            }
            What::Hours => {
                let sheet = self.sheet(heures::drawn(context, &ground, self.theme)).await;
                views::plan::weeks(&ground.told(), &ground.hours, sheet)
            }
            What::Export => export::exported(context, (&meant, &ground), (self.by, self.theme)).await?,
        };
        // What comes later in the place of the first answer has no file.
        let draft = match self.what {
            What::Gantt | What::Export if self.page.is_none() => calendars::with_team(context, &meant, draft).await?,
            _ => draft,
        };
        Ok(meant.among(context, draft))
    }
}

impl Planning {
    /// What comes with the words, and which page of them.
    async fn sheet(&self, drawing: impl Future<Output = Option<Drawn>>) -> Sheet {
        let page = self.page.unwrap_or(1);
        let drawn = if self.page.is_none() { drawing.await } else { None };
        match drawn {
            Some(Drawn { png, svg }) => {
                let files = if self.format == Format::Svg { vec![svg] } else { Vec::new() };
                Sheet { page, picture: Some(png), files }
            }
            None => Sheet::of_words(page),
        }
    }
}

/// What is read of a team for its planning. It is shared with whoever draws it.
struct Ground {
    /// The team, as a value of `equipe`.
    team: String,
    name: String,
    plan: Plan,
    milestones: Vec<Milestone>,
    findings: Vec<Finding>,
    schedule: Schedule,
    people: BTreeMap<PersonKey, String>,
    hours: Vec<Hours>,
    /// The days on which the team doesn't work, as far as its space, its cohort and itself say; nobody's own wishes.
    calendar: Calendar,
    now: Zoned,
}

impl Ground {
    async fn of(context: &Context, meant: &Meant) -> Result<Self, Problem> {
        let (here, scope) = (context.here()?, context.scope()?);
        let plan = plan_of(context, meant).await?;
        // Nobody's own: the picture is for the team.
        let circle =
            Circle { tenant: here.tenant, person: None, team: Some(meant.team.key), cohort: meant.brief.cohort };
        Ok(Self {
            team: meant.value(),
            name: meant.team.name.clone(),
            milestones: scope.milestones_of(meant.team.key).await?,
            findings: check(&plan, context.now),
            schedule: schedule(&plan, context.now),
            plan,
            people: names(context, &meant.team).await?,
            hours: scope.hours_of(meant.team.key).await?,
            calendar: scope.wishes(&[here.person]).await?.calendar(circle, &here.zone),
            now: context.wall()?,
        })
    }

    /// The plan as pictures are given it.
    fn planned(&self) -> Planned<'_> {
        Planned {
            team: &self.name,
            plan: &self.plan,
            schedule: &self.schedule,
            people: &self.people,
            calendar: &self.calendar,
            now: &self.now,
        }
    }

    fn told(&self) -> Told<'_> {
        Told {
            team: &self.team,
            name: &self.name,
            plan: &self.plan,
            milestones: &self.milestones,
            findings: &self.findings,
            schedule: &self.schedule,
            people: &self.people,
            spent: self.hours.iter().map(|entry| u64::from(entry.entry.minutes.get())).sum(),
            now: &self.now,
        }
    }
}
