//! `/jalon ajouter`: one milestone, or several, one a line: all of them, or none and why.

use super::ground::{Drafted, Ground};
use super::lines::{Given, Uncut, cut, lines};
use super::{details, said};
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::commands::which::{self, EQUIPE, Meant};
use crate::domain::key::MilestoneKey;
use crate::domain::limits;
use crate::domain::permission::Deed;
use crate::store::{Addition, Milestone, MilestoneDraft, Missing, Numbered, Write};
use crate::views;
use crate::views::milestone::Wrong;
use crate::views::moment::confirmed;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Text};

/// `/jalon ajouter`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Ajouter {
    text: Option<String>,
    given: Given,
    team: Option<String>,
}

/// A line of a message, read.
struct Line {
    place: usize,
    given: Given,
    drafted: Drafted,
}

impl Command for Ajouter {
    const PATH: &'static str = "jalon ajouter";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        let spec = CommandSpec::new("ajouter", "Ajoute un jalon à l’équipe, ou plusieurs, un par ligne")
            .details(
                "Une ligne est un titre, puis ce que vous voulez dire du jalon\u{a0}: une date, une durée, des noms, «\u{a0}après\u{a0}3\u{a0}», \
                 «\u{a0}L2\u{a0}». Les autres valeurs servent à toutes les lignes qui n’en disent rien. S’il y a une ligne à corriger, \
                 aucune n’est ajoutée. Sans titre, un formulaire s’ouvre.",
            )
            .param(ParamSpec::new("titre", "Titre du jalon, ou un jalon par ligne\u{a0}: titre, date", ParamKind::Text));
        details()
            .into_iter()
            .fold(spec, CommandSpec::param)
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with("titre", "Cadrage du besoin, mercredi 18h"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let given = Given {
            title: None,
            due: said(invocation, "echeance"),
            people: said(invocation, "qui"),
            minutes: said(invocation, "duree"),
            after: said(invocation, "apres"),
            deliverable: said(invocation, "livrable"),
            criteria: said(invocation, "criteres"),
        };
        Ok(Self { text: said(invocation, "titre"), given, team: said(invocation, EQUIPE) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let Some(text) = &self.text else {
            return Ok(meant.among(context, views::milestone::how_to_add(&meant.value())));
        };
        let ground = Ground::of(context, &meant).await?;
        let typed = lines(text);
        let too_many = |wrong: limits::TooMany| Problem::refused(wrong.to_string());
        limits::LINES.check(typed.len()).map_err(too_many)?;
        limits::MILESTONES.check(ground.milestones.len() + typed.len()).map_err(too_many)?;
        let lines = match (self.lines(&typed, &ground), typed.len()) {
            (Ok(lines), _) => lines,
            (Err(wrong), 0 | 1) => {
                let why = wrong.into_iter().next().map(|wrong| wrong.why);
                return Err(Problem::Refused(why.unwrap_or_else(views::milestone::half_empty)));
            }
            (Err(wrong), count) => return Ok(views::milestone::wrong_lines(&wrong, count, text, &ground.team)),
        };
        if lines.is_empty() {
            return Err(Problem::Refused(views::milestone::half_empty()));
        }
        if let Some(asked) = self.ask(&lines, &ground) {
            return Ok(meant.among(context, asked));
        }
        let mut write = meant.write(context).await?;
        let added = add(&mut write, &meant, lines).await?;
        write.journal("milestone.added", &format!("team:{}", meant.team.key.0)).await?;
        write.commit().await?;
        let ground = ground.renewed(context, &meant).await?;
        let new: Vec<&Milestone> = added.iter().filter_map(|added| ground.milestone(added.key)).collect();
        Ok(meant.among(context, views::milestone::added(&new, &ground.board())))
    }
}

impl Ajouter {
    /// Reads each line, completed by what is given for all, or says what is wrong with them.
    fn lines(&self, typed: &[(usize, &str)], ground: &Ground) -> Result<Vec<Line>, Vec<Wrong>> {
        let (mut lines, mut wrong, mut titles) = (Vec::new(), Vec::new(), Vec::new());
        // Whoever gives the date apart says that what looks like one belongs to the title.
        let is_dated = typed.len() == 1 && self.given.due.is_some();
        for (place, line) in typed {
            let cut = match cut(line, &|name| ground.is_person(name)) {
                Ok(given) if is_dated && given.due.is_some() => {
                    Ok(Given { title: Some((*line).to_owned()), ..Given::default() })
                }
                cut => cut,
            };
            let read = match cut {
                Ok(given) => {
                    let given = given.or(&self.given);
                    ground.draft(&given, &MilestoneDraft::default(), &titles).map(|drafted| (given, drafted))
                }
                Err(Uncut::Twice(what)) => Err(views::milestone::asked_twice(what)),
            };
            match read {
                Ok((given, drafted)) => {
                    titles.push(drafted.draft.title.clone());
                    lines.push(Line { place: *place, given, drafted });
                }
                Err(why) => {
                    // Later lines may name it all the same: they aren't wrong by this.
                    titles.push((*line).to_owned());
                    wrong.push(Wrong { line: *place, typed: (*line).to_owned(), why });
                }
            }
        }
        if wrong.is_empty() { Ok(lines) } else { Err(wrong) }
    }

    /// What is asked where a date may not be what was meant.
    fn ask(&self, lines: &[Line], ground: &Ground) -> Option<Draft> {
        let doubtful = lines
            .iter()
            .filter_map(|line| Some((line.place, line.drafted.draft.title.clone(), line.drafted.doubtful.clone()?)));
        let doubtful: Vec<_> = doubtful.collect();
        let base = Invocation::new(Self::PATH).with(EQUIPE, ground.team.as_str());
        let base = base.with_some("criteres", self.given.criteria.as_deref());
        match (doubtful.as_slice(), lines) {
            ([], _) => None,
            ([(.., reading)], [only]) => {
                let given = &only.given;
                let again = base
                    .with("titre", only.drafted.draft.title.as_str())
                    .with_some("qui", given.people.as_deref())
                    .with_some("duree", given.minutes.as_deref())
                    .with_some("apres", given.after.as_deref())
                    .with_some("livrable", given.deliverable.as_deref());
                Some(views::moment::ask(reading, (&again, "echeance"), &ground.now))
            }
            _ => {
                // All dates are said in full: confirmed tomorrow, « demain » is still the day that was shown.
                let in_full = |line: &Line| {
                    let due = line.drafted.due.as_ref().map(|due| confirmed(&due.moment));
                    let title = Some(line.drafted.draft.title.clone());
                    Given { title, due, ..line.given.clone() }.to_string()
                };
                let text = lines.iter().map(in_full).collect::<Vec<_>>().join("\n");
                let message = (self.text.as_deref().unwrap_or_default(), ground.team.as_str());
                Some(views::milestone::ask_dates(&doubtful, base.with("titre", text), message, &ground.now))
            }
        }
    }
}

/// Adds the milestones, those that others of the message need before them.
async fn add(write: &mut Write<'_>, meant: &Meant, lines: Vec<Line>) -> Result<Vec<Numbered<MilestoneKey>>, Problem> {
    let team = meant.team.key;
    if lines.iter().all(|line| line.drafted.earlier.is_empty()) {
        let drafts: Vec<MilestoneDraft> = lines.into_iter().map(|line| line.drafted.draft).collect();
        return added(write.add_milestones(team, &drafts).await?, meant);
    }
    let mut all: Vec<Numbered<MilestoneKey>> = Vec::with_capacity(lines.len());
    for Line { drafted: Drafted { mut draft, earlier, .. }, .. } in lines {
        draft.needs.extend(earlier.iter().filter_map(|rank| all.get(*rank)).map(|earlier| earlier.key));
        all.extend(added(write.add_milestones(team, std::slice::from_ref(&draft)).await?, meant)?);
    }
    Ok(all)
}

fn added<T>(addition: Addition<T>, meant: &Meant) -> Result<T, Problem> {
    match addition {
        Addition::Added(added) => Ok(added),
        Addition::NoTeam => Err(Problem::Refused(views::which::closed(&meant.brief))),
        Addition::Full(most) => {
            let full = limits::MILESTONES.check(most + 1).err();
            Err(Problem::refused(full.map_or_else(String::new, |full| full.to_string())))
        }
        Addition::Missing(missing) => Err(Problem::Refused(gone(missing))),
    }
}

/// Something that was there when it was read, and isn't any more.
pub(super) fn gone(missing: Missing) -> Text {
    match missing {
        Missing::Member(_) => {
            Text::from("Une des personnes nommées vient de quitter l’équipe\u{a0}: refaites la demande sans elle.")
        }
        Missing::Milestone(_) | Missing::MilestoneNumber(_) => views::milestone::gone(),
        Missing::Deliverable(number) => {
            Text::from(format!("Le livrable\u{a0}{number} vient d’être retiré\u{a0}: refaites la demande sans lui."))
        }
    }
}
