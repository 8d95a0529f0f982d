//! `/rappel ajouter`: once or again and again, for oneself or for one's team.

use super::agenda::{note, warn_if_closed};
use super::{QUAND, said, text};
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::commands::moment::{Anchors, kept};
use crate::commands::which::{self, EQUIPE};
use crate::domain::date::Frame;
use crate::domain::limits;
use crate::domain::permission::Deed;
use crate::domain::reminder::recurrence::{self, looks_like_a_rule};
use crate::store::{Nags, ReminderDraft, When};
use crate::views;
use jiff::Zoned;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter of whom it is for.
const POUR: &str = "pour";
/// The parameter of whether it is repeated until it was seen.
const ACCUSE: &str = "accuse";

/// `/rappel ajouter`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Ajouter {
    when: String,
    what: Option<String>,
    for_team: bool,
    nags: Nags,
    team: Option<String>,
    asked: Invocation,
}

fn choice(values: [(&str, &str); 2]) -> ParamKind {
    let one = |(value, label): (&str, &str)| Alternative::new(value, label);
    ParamKind::Choice(values.map(one).to_vec())
}

impl Command for Ajouter {
    const PATH: &'static str = "rappel ajouter";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("ajouter", "Demande un rappel, une fois ou régulièrement")
            .details(
                "Exemples de dates\u{a0}: «\u{a0}demain 9h\u{a0}», «\u{a0}tous les lundis 9h\u{a0}», «\u{a0}chaque jour ouvré\u{a0}», \
                 «\u{a0}le 1er du mois\u{a0}». Il vous arrive en message privé. Pour l’équipe, chaque membre le reçoit\u{a0}; avec \
                 accuse:oui, ceux qui n’ont pas dit l’avoir vu le reçoivent de nouveau chaque jour ouvré, cinq fois au plus.",
            )
            .private()
            .param(ParamSpec::new(QUAND, "Une date, ou une règle\u{a0}: demain 9h, tous les lundis 9h", ParamKind::Date).required())
            .param(ParamSpec::new("texte", "Ce qu’il faut vous rappeler\u{a0}; rien n’oblige à l’écrire", ParamKind::Text))
            .param(ParamSpec::new(POUR, "Pour qui\u{a0}; vous, à défaut", choice([("moi", "moi"), ("equipe", "mon équipe")])))
            .param(ParamSpec::new(
                ACCUSE,
                "Le répéter à qui ne l’a pas vu, pour l’équipe",
                choice([("oui", "oui"), ("non", "non")]),
            ))
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with(QUAND, "demain 9h").with("texte", "relire le dossier"))
            .example(Invocation::new(Self::PATH).with(QUAND, "tous les lundis 9h").with("texte", "point d’équipe"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let what = said(invocation, "texte").map(|what| limits::REMINDER.read(&what)).transpose();
        Ok(Self {
            when: text(invocation, QUAND)?,
            what: what.map_err(|wrong| Problem::misread(wrong.to_string()))?,
            for_team: invocation.text(POUR) == Some("equipe"),
            nags: if invocation.text(ACCUSE) == Some("oui") { Nags::UntilSeen } else { Nags::No },
            team: said(invocation, EQUIPE),
            asked: invocation.clone(),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let now = context.wall()?;
        let for_team = self.for_team || self.team.is_some();
        let meant =
            if for_team { Some(which::team(context, self.team.as_deref(), Deed::ChangeWork).await?) } else { None };
        if meant.is_none() && self.nags == Nags::UntilSeen {
            return Err(Problem::Refused(views::reminder::nags_teams_only()));
        }
        let (when, rule) = if looks_like_a_rule(&self.when) {
            if self.nags == Nags::UntilSeen {
                return Err(Problem::Refused(views::reminder::nags_once_only()));
            }
            let rule = recurrence::read(&self.when, &Frame::new(&now));
            let rule = rule.map_err(|wrong| Problem::misread(wrong.to_string()))?;
            (from_now_on(&now), Some(rule))
        } else {
            let anchors = match &meant {
                Some(meant) => Anchors::of(context, meant).await?,
                None => Anchors::default(),
            };
            let read = anchors.read(&self.when, &now).map_err(|wrong| Problem::misread(wrong.to_string()))?;
            if read.moment.at() <= context.now {
                return Err(Problem::Refused(views::reminder::past(&read.moment, &now)));
            }
            if !read.doubts.is_empty() {
                let again = match &meant {
                    Some(meant) => self.asked.clone().with(EQUIPE, meant.value()),
                    None => self.asked.clone(),
                };
                return Ok(views::moment::ask(&read, (&again, QUAND), &now));
            }
            (kept(&read.moment), None)
        };
        let draft = ReminderDraft {
            team: meant.as_ref().map(|meant| meant.team.key),
            what: self.what,
            when,
            rule: rule.map(|rule| rule.to_stored()),
            nags: self.nags,
        };
        let (noted, first) = note(context, &draft).await?;
        let team = meant.as_ref().map(|meant| meant.team.name.as_str());
        let answer = views::reminder::noted(&noted, rule.as_ref(), (first, team), &now);
        Ok(warn_if_closed(context, answer).await)
    }
}

/// From when on a rule counts.
fn from_now_on(now: &Zoned) -> When {
    let zone = now.time_zone().iana_name().unwrap_or("UTC").to_owned();
    let zoned = jiff::tz::TimeZone::get(&zone).unwrap_or(jiff::tz::TimeZone::UTC);
    When { wall: zoned.to_datetime(now.timestamp()), zone, at: now.timestamp() }
}
