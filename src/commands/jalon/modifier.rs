//! `/jalon modifier`: what is given takes the place of what was, the rest stays.

use super::ajouter::gone;
use super::ground::Ground;
use super::lines::Given;
use super::{JALON, details, find, jalon, number_first, said};
use crate::commands::context::{Context, Problem};
use crate::commands::plan::tasks;
use crate::commands::which::{self, EQUIPE, Meant};
use crate::commands::{Command, params};
use crate::domain::date::looks_like_a_date;
use crate::domain::permission::Deed;
use crate::domain::plan::cycle_by_adding;
use crate::store::{Change, Milestone, MilestoneDraft, Revision, Write};
use crate::views;
use crate::views::milestone::Outcome;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter by which a form says which state it showed.
const VU: &str = "vu";

/// `/jalon modifier`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Modifier {
    jalon: String,
    given: Given,
    team: Option<String>,
    seen: Option<Revision>,
    asked: Invocation,
}

impl Command for Modifier {
    const PATH: &'static str = "jalon modifier";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        let spec = CommandSpec::new("modifier", "Change un jalon\u{a0}: titre, date, qui, durée, dépendances")
            .details(
                "Seul ce qui est donné change\u{a0}; «\u{a0}aucun\u{a0}» ou «\u{a0}aucune\u{a0}» enlève une valeur. Pour un jalon du sujet, l’équipe \
                 ne change que les personnes qui s’en chargent.",
            )
            .param(jalon().required())
            .param(ParamSpec::new("titre", "Nouveau titre", ParamKind::Text));
        details()
            .into_iter()
            .fold(spec, CommandSpec::param)
            .param(which::equipe())
            .param(ParamSpec::new(
                VU,
                "Version du jalon que vous aviez vue\u{a0}; les formulaires la donnent",
                ParamKind::Integer { min: 0, max: (1 << 53) - 1 },
            ))
            .example(Invocation::new(Self::PATH).with(JALON, "3").with("echeance", "lundi 12h"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let typed = params::text(invocation, JALON)?;
        let mut given = Given {
            title: said(invocation, "titre"),
            due: said(invocation, "echeance"),
            people: said(invocation, "qui"),
            minutes: said(invocation, "duree"),
            after: said(invocation, "apres"),
            deliverable: said(invocation, "livrable"),
            criteria: said(invocation, "criteres"),
        };
        let jalon = match number_first(&typed) {
            (number, Some(rest)) if given == Given::default() => {
                let rest = Some(rest.to_owned());
                if rest.as_deref().is_some_and(looks_like_a_date) {
                    given.due = rest;
                } else {
                    given.title = rest;
                }
                number.to_owned()
            }
            _ => typed.clone(),
        };
        let seen = invocation.integer(VU).map(Revision);
        Ok(Self { jalon, given, team: said(invocation, EQUIPE), seen, asked: invocation.clone() })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let ground = Ground::of(context, &meant).await?;
        let former = find(&ground.milestones, &self.jalon).map_err(Problem::Refused)?;
        let number = former.number;
        if self.given == Given::default() {
            return Err(Problem::Refused(views::milestone::nothing_to_change(number)));
        }
        let only_people = Given { people: self.given.people.clone(), ..Given::default() } == self.given;
        if former.brief_key.is_some() && !only_people {
            return Err(Problem::Refused(views::milestone::of_brief(number, &former.draft.title)));
        }
        if self.seen.is_some_and(|seen| seen != former.revision) {
            return Ok(views::milestone::overtaken(former, &ground.board()));
        }
        let drafted = ground.draft(&self.given, &former.draft, &[]).map_err(Problem::Refused)?;
        if let Some(reading) = &drafted.doubtful {
            let asked = Invocation { path: self.asked.path.clone(), ..self.again(number, &ground.team) };
            return Ok(meant.among(context, views::moment::ask(reading, (&asked, "echeance"), &ground.now)));
        }
        let mut write = meant.write(context).await?;
        let change = change(&mut write, &meant, former, &drafted.draft).await?;
        match change {
            Change::Made => {}
            Change::Changed => {
                drop(write);
                let ground = ground.renewed(context, &meant).await?;
                let newest = find(&ground.milestones, &number.to_string()).map_err(Problem::Refused)?;
                return Ok(views::milestone::overtaken(newest, &ground.board()));
            }
            Change::Gone => return Err(Problem::Refused(views::milestone::gone())),
            Change::OfBrief => return Err(Problem::Refused(views::milestone::of_brief(number, &former.draft.title))),
            Change::Missing(missing) => return Err(Problem::Refused(gone(missing))),
        }
        write.journal("milestone.changed", &format!("team:{}", meant.team.key.0)).await?;
        write.commit().await?;
        let ground = ground.renewed(context, &meant).await?;
        let newest = find(&ground.milestones, &number.to_string()).map_err(Problem::Refused)?;
        Ok(meant.among(context, views::milestone::told(Outcome::Changed, newest, &ground.board())))
    }
}

impl Modifier {
    /// The same, said without anything that the place or the moment tells.
    fn again(&self, number: u32, team: &str) -> Invocation {
        let given = &self.given;
        Invocation::new(Self::PATH)
            .with(JALON, number.to_string())
            .with_some("titre", given.title.as_deref())
            .with_some("qui", given.people.as_deref())
            .with_some("duree", given.minutes.as_deref())
            .with_some("apres", given.after.as_deref())
            .with_some("livrable", given.deliverable.as_deref())
            .with_some("criteres", given.criteria.as_deref())
            .with_some(VU, self.seen.map(|seen| seen.0))
            .with(EQUIPE, team)
    }
}

/// Writes the change, unless what the milestone comes to need already needs it.
async fn change(
    write: &mut Write<'_>,
    meant: &Meant,
    former: &Milestone,
    draft: &MilestoneDraft,
) -> Result<Change, Problem> {
    if former.brief_key.is_some() {
        return Ok(write.assign_milestone(former.key, former.revision, &draft.people).await?);
    }
    let present = write.plan_of(meant.team.key).await?;
    let tasks = tasks(&present, &[]);
    let new = draft.needs.iter().filter(|need| !former.draft.needs.contains(need));
    let numbers = new.filter_map(|need| present.iter().find(|one| one.key == *need)).map(|needed| needed.number);
    if let Some(cycle) = numbers.into_iter().find_map(|needed| cycle_by_adding(&tasks, former.number, needed)) {
        return Err(Problem::Refused(views::milestone::cycle(&cycle)));
    }
    Ok(write.change_milestone(former.key, former.revision, draft).await?)
}
