//! `/rappel reglages`: how reminders are wanted, by oneself, one's team, a cohort, or the whole space.

use super::agenda::Agenda;
use super::said;
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::commands::which::{self, EQUIPE};
use crate::domain::date::{self, Frame};
use crate::domain::permission::Deed;
use crate::domain::reminder::calendar::MOST_CLOSED;
use crate::domain::reminder::recurrence;
use crate::domain::reminder::{Policy, QuietHours, Region, Rule};
use crate::store::{
    DIGEST, HOLIDAYS, IGNORED, POLICY, QUIET, RIGHTS, STANDARD_RIGHTS, WEEKS, WishLevel, weeks_of, weeks_stored,
};
use crate::views;
use jiff::Zoned;
use jiff::civil::Date;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, folded};

/// The parameter of the steps.
pub(super) const ETAPES: &str = "etapes";
/// The parameter of quiet hours.
pub(super) const CALME: &str = "calme";
const PORTEE: &str = "portee";
const FERIES: &str = "feries";
const BILAN: &str = "bilan";
const ENTREPRISE: &str = "entreprise";
const PROMOTION: &str = "promotion";
const INFORMATION: &str = "information";

/// What takes a setting away, so that the level above says.
const STANDARD: &str = "par defaut";

/// For whom a setting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Me,
    Team,
    Cohort,
    Space,
}

/// `/rappel reglages`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Reglages {
    reach: Reach,
    team: Option<String>,
    cohort: Option<String>,
    policy: Option<Wish<Policy>>,
    quiet: Option<Wish<QuietHours>>,
    holidays: Option<String>,
    digest: Option<String>,
    weeks: Option<String>,
    rights: Option<Wish<Policy>>,
}

/// What is wanted of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish<T> {
    /// This.
    Own(T),
    /// Whatever the level above says.
    Above,
}

impl<T> Wish<T> {
    /// What is wanted, where it isn't the level above's.
    pub(super) fn own(&self) -> Option<&T> {
        match self {
            Self::Own(wanted) => Some(wanted),
            Self::Above => None,
        }
    }
}

/// The steps that are meant.
pub(super) fn policy(typed: &str) -> Result<Wish<Policy>, Problem> {
    if folded(typed) == STANDARD {
        return Ok(Wish::Above);
    }
    Policy::read(typed).map(Wish::Own).map_err(|wrong| Problem::misread(wrong.to_string()))
}

/// The quiet hours that are meant.
pub(super) fn quiet(typed: &str) -> Result<Wish<QuietHours>, Problem> {
    if folded(typed) == STANDARD {
        return Ok(Wish::Above);
    }
    QuietHours::read(typed).map(Wish::Own).map_err(|wrong| Problem::misread(wrong.to_string()))
}

fn alternatives(values: &[(&str, &str)]) -> ParamKind {
    let one = |(value, label): &(&str, &str)| Alternative::new(*value, *label);
    ParamKind::Choice(values.iter().map(one).collect())
}

impl Command for Reglages {
    const PATH: &'static str = "rappel reglages";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("reglages", "Montre ou change quand et comment vous êtes prévenu")
            .details(
                "Sans rien d’autre, montre ce qui vaut pour vous. «\u{a0}par défaut\u{a0}» enlève un réglage. L’équipe règle \
                 les siens, le formateur ceux d’une promotion, l’administration ceux de l’espace\u{a0}; le plus proche de vous l’emporte.",
            )
            .private()
            .param(ParamSpec::new(ETAPES, "Quand prévenir, par exemple 7 j, 3 j, 1 j à 9 h, 2 h avant, le lendemain", ParamKind::Text))
            .param(ParamSpec::new(CALME, "Heures sans rappel, par exemple 20h-8h, ou aucune", ParamKind::Text))
            .param(ParamSpec::new(FERIES, "Jours fériés sans rappel\u{a0}: oui, non, ou une région", ParamKind::Text))
            .param(ParamSpec::new(BILAN, "Un bilan\u{a0}: chaque jour ouvré 8h, tous les lundis 9h, ou aucun", ParamKind::Text))
            .param(ParamSpec::new(
                PORTEE,
                "Pour qui\u{a0}; vous, à défaut",
                alternatives(&[("moi", "moi"), ("equipe", "mon équipe"), ("promotion", "une promotion"), ("espace", "tout l’espace")]),
            ))
            .param(which::equipe())
            .param(ParamSpec::new(PROMOTION, "Nom de la promotion", ParamKind::Text))
            .param(ParamSpec::new(ENTREPRISE, "Semaines en entreprise de la promotion\u{a0}: du 7 au 11 décembre, …", ParamKind::Text))
            .param(ParamSpec::new(INFORMATION, "Dates en plus de l’information sur les aménagements\u{a0}: 45 j, 7 j", ParamKind::Text))
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(ETAPES, "7 j, 1 j à 9 h, 2 h avant").with(CALME, "21h-7h"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let reach = match (invocation.text(PORTEE), said(invocation, EQUIPE), said(invocation, PROMOTION)) {
            (Some("espace"), ..) => Reach::Space,
            (Some("promotion"), ..) | (None, _, Some(_)) => Reach::Cohort,
            (Some("equipe"), ..) | (None, Some(_), _) => Reach::Team,
            _ => Reach::Me,
        };
        Ok(Self {
            reach,
            team: said(invocation, EQUIPE),
            cohort: said(invocation, PROMOTION),
            policy: said(invocation, ETAPES).map(|typed| policy(&typed)).transpose()?,
            quiet: said(invocation, CALME).map(|typed| quiet(&typed)).transpose()?,
            holidays: said(invocation, FERIES),
            digest: said(invocation, BILAN),
            weeks: said(invocation, ENTREPRISE),
            rights: said(invocation, INFORMATION).map(|typed| policy(&typed)).transpose()?,
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let now = context.wall()?;
        let (level, team, told) = self.level(context).await?;
        let changes = self.changes(&now)?;
        if changes.is_empty() {
            let mut agenda = Agenda::of(context).await?;
            agenda.look_at(team);
            return Ok(views::reminder::settings(&agenda.shown(), told.as_deref()));
        }
        for (key, _) in &changes {
            let fits = match *key {
                DIGEST => matches!(level, WishLevel::Person(_)),
                WEEKS => matches!(level, WishLevel::Cohort(_)),
                RIGHTS => level == WishLevel::Space,
                _ => true,
            };
            if !fits {
                return Err(Problem::Refused(views::reminder::not_at_that_level(key)));
            }
        }
        let mut write = context.write().await?;
        for (key, value) in &changes {
            write.wish(level, key, value.as_deref()).await?;
        }
        write.commit().await?;
        let mut agenda = Agenda::of(context).await?;
        agenda.look_at(team);
        Ok(views::reminder::settings_changed(&agenda.shown(), told.as_deref()))
    }
}

impl Reglages {
    /// Whose settings they are, where whoever asks may change them.
    async fn level(
        &self,
        context: &Context,
    ) -> Result<(WishLevel, Option<crate::domain::key::TeamKey>, Option<String>), Problem> {
        let here = context.here()?;
        match self.reach {
            Reach::Me => Ok((WishLevel::Person(here.person), None, None)),
            Reach::Space => {
                context.allow(&here.hats, Deed::Configure)?;
                Ok((WishLevel::Space, None, Some("tout l’espace".to_owned())))
            }
            Reach::Team => {
                let meant = which::team(context, self.team.as_deref(), Deed::ChangeWork).await?;
                let told = format!("l’équipe {}", meant.team.name);
                Ok((WishLevel::Team(meant.team.key), Some(meant.team.key), Some(told)))
            }
            Reach::Cohort => {
                context.allow(&here.hats, Deed::WriteBriefs)?;
                let cohorts = context.scope()?.cohorts().await?;
                let typed = folded(self.cohort.as_deref().unwrap_or_default());
                let named: Vec<_> = cohorts.iter().filter(|one| folded(&one.name).contains(&typed)).collect();
                let [one] = named.as_slice() else {
                    let known: Vec<&str> = cohorts.iter().map(|one| one.name.as_str()).collect();
                    return Err(Problem::Refused(views::reminder::which_cohort(&known)));
                };
                Ok((WishLevel::Cohort(one.key), None, Some(format!("la promotion {}", one.name))))
            }
        }
    }

    /// What is to be kept under which key; none takes it away.
    fn changes(&self, now: &Zoned) -> Result<Vec<(&'static str, Option<String>)>, Problem> {
        let mut changes = Vec::new();
        if let Some(policy) = &self.policy {
            changes.push((POLICY, policy.own().map(Policy::to_stored)));
        }
        if let Some(quiet) = &self.quiet {
            changes.push((QUIET, quiet.own().map(|quiet| quiet.to_stored())));
        }
        if let Some(typed) = &self.holidays {
            changes.push((HOLIDAYS, holidays(typed, now)?));
        }
        if let Some(typed) = &self.digest {
            let none = ["aucun", "non", STANDARD].contains(&folded(typed).as_str());
            changes.push((DIGEST, if none { None } else { Some(digest(typed, now)?.to_stored()) }));
        }
        if let Some(typed) = &self.weeks {
            let none = ["aucune", STANDARD].contains(&folded(typed).as_str());
            changes.push((WEEKS, if none { None } else { Some(weeks_stored(&weeks(typed, now)?)) }));
        }
        if let Some(rights) = &self.rights {
            // Dates are added to those at which every candidate is told: nobody takes these away.
            let added = rights.own().map(|added| format!("{STANDARD_RIGHTS} {}", added.to_stored()));
            changes.push((RIGHTS, added));
        }
        Ok(changes)
    }
}

fn holidays(typed: &str, now: &Zoned) -> Result<Option<String>, Problem> {
    let word = folded(typed);
    Ok(match word.as_str() {
        "non" => Some(IGNORED.to_owned()),
        STANDARD => None,
        "oui" => {
            let region = now.time_zone().iana_name().and_then(Region::of_zone).unwrap_or_default();
            Some(region.to_stored().to_owned())
        }
        word => {
            let region = Region::ALL.into_iter().find(|region| folded(region.name()).contains(word));
            let names: Vec<&str> = Region::ALL.into_iter().map(Region::name).collect();
            let region = region.ok_or_else(|| Problem::Misread(views::reminder::which_region(&names)))?;
            Some(region.to_stored().to_owned())
        }
    })
}

fn digest(typed: &str, now: &Zoned) -> Result<Rule, Problem> {
    let typed = match folded(typed).as_str() {
        "oui" | "quotidien" | "chaque jour" => "chaque jour ouvré 8h".to_owned(),
        "hebdomadaire" | "hebdo" => "tous les lundis 8h".to_owned(),
        _ => typed.to_owned(),
    };
    recurrence::read(&typed, &Frame::new(now)).map_err(|wrong| Problem::misread(wrong.to_string()))
}

/// Weeks as they are typed: pairs of dates, in their order.
fn weeks(typed: &str, now: &Zoned) -> Result<Vec<(Date, Date)>, Problem> {
    let wrong = || Problem::Misread(views::reminder::wrong_weeks());
    let frame = Frame::new(now);
    let mut weeks = Vec::new();
    for span in typed.split([',', ';', '\n']).map(str::trim).filter(|span| !span.is_empty()) {
        let bare = span.strip_prefix("du ").unwrap_or(span);
        let (from, to) = bare.split_once(" au ").ok_or_else(wrong)?;
        let to = date::read(to, &frame).map_err(|wrong| Problem::misread(wrong.to_string()))?.moment.civil().date();
        // « du 7 au 11 décembre »: the month is said once.
        let from = match from.trim().parse::<i8>() {
            Ok(day) => Date::new(to.year(), to.month(), day).map_err(|_| wrong())?,
            Err(_) => {
                date::read(from, &frame).map_err(|wrong| Problem::misread(wrong.to_string()))?.moment.civil().date()
            }
        };
        if from > to {
            return Err(wrong());
        }
        weeks.push((from, to));
    }
    if weeks.is_empty() || weeks.len() > MOST_CLOSED {
        return Err(wrong());
    }
    debug_assert_eq!(weeks_of(&weeks_stored(&weeks)), weeks, "what is kept reads back");
    Ok(weeks)
}
