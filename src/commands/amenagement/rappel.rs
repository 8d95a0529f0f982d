//! `/amenagement rappel` and `/amenagement oublier`: to be reminded of one's own steps, in private, on one's own demand.
//!
//! What is kept is a reminder without words, as anybody makes one with `/rappel ajouter` and no text: nothing that is stored,
//! sent, counted or logged tells the one from the other. What it is about is said here, once, in private, and known to
//! whoever asked.

use crate::commands::context::{Context, Problem};
use crate::commands::moment::{Anchors, kept};
use crate::commands::rappel::{note, warn_if_closed};
use crate::commands::{Command, params};
use crate::domain::accommodation::validity;
use crate::domain::date::Moment;
use crate::domain::permission::Deed;
use crate::store::{Nags, ReminderDraft};
use crate::views;
use jiff::{ToSpan as _, Zoned};
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};
use vigie_referentiels::Referentiel;

/// The parameter of the date.
const QUAND: &str = "quand";
/// The parameter of what it is for.
const POUR: &str = "pour";
/// The value for a renewal.
const RENEWAL: &str = "renouvellement";

/// `/amenagement rappel`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Rappel {
    when: Option<String>,
    renews: bool,
    referentiel: Option<String>,
    asked: Invocation,
}

/// `/amenagement oublier`.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Oublier;

impl Command for Rappel {
    const PATH: &'static str = "amenagement rappel";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("rappel", "Me rappeler d’envoyer ma demande, ou de la renouveler")
            .details(
                "Le rappel arrive en message privé, et ne dit rien de plus que «\u{a0}Rappel personnel\u{a0}». Pour un \
                 renouvellement, donnez la date de la décision\u{a0}: il arrive onze mois après.",
            )
            .private()
            .param(ParamSpec::new(
                QUAND,
                "Quand vous le rappeler\u{a0}; pour un renouvellement, la date de la décision",
                ParamKind::Date,
            ))
            .param(ParamSpec::new(
                POUR,
                "Ce qu’il faut vous rappeler\u{a0}; la demande, à défaut",
                ParamKind::Choice(vec![
                    Alternative::new("demande", "envoyer ma demande"),
                    Alternative::new(RENEWAL, "la renouveler"),
                ]),
            ))
            .param(params::referentiel())
            .example(Invocation::new(Self::PATH).with(QUAND, "lundi prochain 9h"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self {
            when: invocation.text(QUAND).map(str::to_owned),
            renews: invocation.text(POUR) == Some(RENEWAL),
            referentiel: invocation.text(params::REFERENTIEL).map(str::to_owned),
            asked: invocation.clone(),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let now = context.wall()?;
        let said = self.said(context)?;
        let moment = match (&self.when, self.renews) {
            (None, false) => return Err(Problem::Misread(views::amenagement::when_to_remind())),
            (None, true) => in_eleven_months(&now)?,
            (Some(typed), renews) => {
                let read = Anchors::default().read(typed, &now);
                let read = read.map_err(|wrong| Problem::misread(wrong.to_string()))?;
                if renews {
                    in_eleven_months(&read.moment.civil().to_zoned(now.time_zone().clone()).map_err(|_| far())?)?
                } else if read.doubts.is_empty() {
                    read.moment
                } else {
                    return Ok(views::moment::ask(&read, (&self.asked, QUAND), &now));
                }
            }
        };
        if moment.at() <= context.now {
            return Err(Problem::Refused(views::reminder::past(&moment, &now)));
        }
        let draft = ReminderDraft { team: None, what: None, when: kept(&moment), rule: None, nags: Nags::No };
        let (reminder, first) = note(context, &draft).await?;
        let answer = views::amenagement::reminded(
            &reminder,
            first,
            said.as_ref().map(|(one, said)| (*one, said.as_str())),
            &now,
        );
        Ok(warn_if_closed(context, answer).await)
    }
}

impl Rappel {
    /// What a document says of for how long a decision holds, where that is asked about.
    fn said<'a>(&self, context: &'a Context) -> Result<Option<(&'a Referentiel, String)>, Problem> {
        if !self.renews {
            return Ok(None);
        }
        let library = &context.library;
        let named = params::read_referentiel(self.referentiel.as_deref(), library)?;
        let mut meant = library.referentiels.iter().filter(|one| named.is_none_or(|named| named.slug == one.slug));
        let found = meant.find_map(|one| Some((one, validity(one)?.to_owned())));
        match (found, named) {
            (Some(found), _) => Ok(Some(found)),
            (None, Some(named)) => Err(Problem::Refused(views::amenagement::no_validity(named))),
            (None, None) => Ok(None),
        }
    }
}

/// A month before a year is over, at nine.
fn in_eleven_months(decided: &Zoned) -> Result<Moment, Problem> {
    let day = decided.date().checked_add(11.months()).map_err(|_| far())?;
    Ok(Moment::new(day.at(9, 0, 0, 0), decided.time_zone().clone()))
}

fn far() -> Problem {
    Problem::misread("Cette date est trop lointaine.")
}

impl Command for Oublier {
    const PATH: &'static str = "amenagement oublier";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("oublier", "Effacer tous vos rappels personnels sans texte")
            .details("Rien ne distingue ceux qui viennent d’ici des autres rappels sans texte\u{a0}: tous sont effacés, pour de bon.")
            .private()
            .example(Invocation::new(Self::PATH))
    }

    fn read(_: &Invocation) -> Result<Self, Problem> {
        Ok(Self)
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let mut write = context.write().await?;
        let forgotten = write.forget_wordless_reminders().await?;
        write.commit().await?;
        Ok(views::amenagement::forgotten(forgotten))
    }
}
