//! `/grille couvrir`: a criterion is in progress, covered with one proof more or with one less, or to do again.
//!
//! What is kept is read in the transaction that changes it: of two members who each add a proof, both are kept.

use super::{Sheet, critere};
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, livrable, params, which};
use crate::domain::coverage::{Mark, Proof};
use crate::domain::handin::Link;
use crate::domain::permission::Deed;
use crate::store::{Change, Covering};
use crate::views;
use crate::views::coverage::Done;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, folded};

/// The parameter that holds a proof.
const PREUVE: &str = "preuve";
/// The parameter that takes a proof away.
const RETIRER: &str = "retirer";
/// The parameter that says how far the criterion is, without a proof.
const ETAT: &str = "etat";
/// It is to do.
const TO_DO: &str = "a-faire";

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Couvrir {
    criterion: String,
    what: What,
    team: Option<String>,
}

/// What changes.
#[derive(Debug, Clone)]
enum What {
    /// Work on it has begun.
    Begin,
    /// A proof more.
    Add(Proof),
    /// The proof of this number, from 1, goes.
    Remove(usize),
    /// It is to do again.
    Clear,
}

impl Command for Couvrir {
    const PATH: &'static str = "grille couvrir";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        let most = i64::try_from(crate::domain::limits::PROOFS.most()).unwrap_or(i64::MAX);
        let states = vec![Alternative::new("en-cours", "En cours"), Alternative::new(TO_DO, "À faire")];
        CommandSpec::new("couvrir", "Dit qu’un critère est en cours, couvert avec sa preuve, ou de nouveau à faire")
            .details(
                "La preuve est un livrable (L2), l’adresse d’une page ou une phrase. Sans preuve, le critère est noté en cours. \
                 Seul le jury valide\u{a0}: la grille aide à ne rien oublier.",
            )
            .param(critere::critere())
            .param(ParamSpec::new(PREUVE, "Livrable (L2), adresse d’une page, ou phrase", ParamKind::Text))
            .param(which::equipe())
            .param(ParamSpec::new(
                RETIRER,
                "Numéro d’une preuve à retirer",
                ParamKind::Integer { min: 1, max: most },
            ))
            .param(ParamSpec::new(ETAT, "Sans preuve\u{a0}: en cours, à défaut, ou de nouveau à faire", ParamKind::Choice(states)))
            .example(Invocation::new(Self::PATH).with(critere::CRITERE, "C1.5/2").with(PREUVE, "L2"))
            .example(Invocation::new(Self::PATH).with(critere::CRITERE, "C1.5/2"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let proof = invocation.text(PREUVE).map(str::trim).filter(|proof| !proof.is_empty());
        let removed = invocation.integer(RETIRER).and_then(|number| usize::try_from(number).ok());
        let what = match (proof, removed, invocation.text(ETAT)) {
            (None, None, Some(TO_DO)) => What::Clear,
            (None, None, _) => What::Begin,
            (Some(proof), None, None) => What::Add(read_proof(proof)?),
            (None, Some(number), None) => What::Remove(number),
            (Some(_), Some(_), _) => return Err(Problem::Misread(views::coverage::add_or_remove())),
            (_, _, Some(_)) => return Err(Problem::Misread(views::coverage::proof_or_state())),
        };
        let criterion = params::text(invocation, critere::CRITERE)?;
        Ok(Self { criterion, what, team: invocation.text(which::EQUIPE).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let sheet = Sheet::read(context, &meant).await?;
        let line = critere::find(&sheet.grid, &self.criterion)?;
        if let What::Add(Proof::Deliverable(number)) = &self.what {
            let known = context.scope()?.deliverable_numbered(meant.team.key, *number).await?;
            if known.is_none() {
                return Err(Problem::Refused(views::coverage::no_such_deliverable(*number)));
            }
        }
        let mut write = meant.write(context).await?;
        let former = write.coverage_of(meant.team.key).await?.into_iter().find(|kept| kept.criterion == line.id);
        let (mark, seen) = former.map_or((Mark::default(), Covering::NEVER), |kept| (kept.mark, kept.revision));
        let (mark, done) = self.what.applied(mark)?;
        match write.cover(meant.team.key, &line.id, seen, &mark).await? {
            Change::Made => {}
            // The team was dissolved meanwhile: what is frozen is told as anywhere else.
            _ => return Err(Problem::Refused(views::which::closed(&meant.brief))),
        }
        write.journal("criterion.marked", &format!("team:{}", meant.team.key.0)).await?;
        write.commit().await?;
        let sheet = Sheet::read(context, &meant).await?;
        let line = critere::find(&sheet.grid, &line.id)?;
        let rule = sheet.accessible();
        let concerns = |concerned: &Vec<String>| {
            sheet
                .grid
                .rows
                .iter()
                .any(|row| concerned.contains(&row.code) && row.lines.iter().any(|one| one.id == line.id))
        };
        let rule = rule.as_ref().filter(|(_, concerned)| concerns(concerned)).map(|(rule, _)| rule);
        let draft = views::coverage::marked(&meant.whose(context)?, (&sheet.grid, line), &done, sheet.source(), rule);
        Ok(meant.among(context, draft))
    }
}

impl What {
    /// The mark after the change, and what is said of it.
    fn applied(self, mark: Mark) -> Result<(Mark, Done), Problem> {
        match self {
            Self::Begin if mark.proofs().is_empty() => Ok((Mark::in_progress(), Done::Begun)),
            Self::Clear if mark.proofs().is_empty() => Ok((Mark::default(), Done::Cleared)),
            Self::Begin | Self::Clear => Err(Problem::Refused(views::coverage::covered_already())),
            Self::Add(proof) => {
                let had = mark.proofs().contains(&proof);
                let number = mark.proofs().len() + 1;
                let mark = mark.with(proof).map_err(|full| Problem::refused(full.to_string()))?;
                Ok((mark, if had { Done::Known } else { Done::Added { number } }))
            }
            Self::Remove(number) => {
                let count = mark.proofs().len();
                match number.checked_sub(1).and_then(|at| mark.proofs().get(at)).cloned() {
                    Some(proof) => Ok((mark.without(&proof), Done::Removed { proof })),
                    None => Err(Problem::Refused(views::coverage::no_such_proof(number, count))),
                }
            }
        }
    }
}

/// A deliverable by its number, a page by its address, a sentence otherwise.
fn read_proof(text: &str) -> Result<Proof, Problem> {
    if let Some(number) = livrable::number(&folded(text)) {
        return Ok(Proof::Deliverable(number));
    }
    if text.contains("://") && !text.contains(char::is_whitespace) {
        return Link::read(text).map(Proof::Link).map_err(|wrong| Problem::misread(wrong.to_string()));
    }
    Proof::sentence(text).map_err(|wrong| Problem::misread(wrong.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proofs_are_told_apart() {
        assert!(matches!(read_proof("L2"), Ok(Proof::Deliverable(2))));
        assert!(matches!(read_proof("livrable 12"), Ok(Proof::Deliverable(12))));
        assert!(matches!(read_proof("https://forge.example/x"), Ok(Proof::Link(_))));
        assert!(matches!(read_proof("Page 12 du dossier, voir https://forge.example"), Ok(Proof::Sentence(_))));
        assert!(matches!(read_proof("javascript://x"), Err(Problem::Misread(_))));
        assert!(matches!(read_proof(&"é".repeat(5_000)), Err(Problem::Misread(_))));
    }
}
