//! What a référentiel says of its MSPR, for what a brief leaves open. The brief always wins.
//!
//! The facts are read from the document's own words by the same readers as briefs are; no table of ours says them again.
//! Where a document says two things, none is taken.

use super::content::Brief;
use super::plan::Figures;
use super::{Field, Remark};
use vigie_chat::folded;
use vigie_referentiels::Referentiel;

/// A field that the brief left open and the référentiel fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultUsed {
    /// Which.
    pub field: Field,
    /// The document's own words.
    pub said: String,
}

/// The fields that a référentiel may fill.
const FILLED: [Field; 5] = [Field::Preparation, Field::Team, Field::Oral, Field::Interview, Field::Jury];

/// The brief completed by what the référentiel states of its mises en situation professionnelles.
#[must_use]
pub fn with_defaults(mut brief: Brief, referentiel: &Referentiel) -> (Brief, Vec<DefaultUsed>) {
    let is_mspr =
        |name: &str| ["mise en situation", "mises en situation", "mspr"].iter().any(|w| folded(name).contains(w));
    let facts = referentiel.epreuves.iter().filter(|e| is_mspr(&e.nom)).flat_map(|e| &e.faits);
    let stated: Vec<(&str, Brief)> = facts.map(|fact| (fact.as_str(), figures(fact))).collect();
    let mut used = Vec::new();
    for field in FILLED {
        let mut stating = stated.iter().filter(|(_, facts)| !field.is_empty_in(facts));
        let Some((said, facts)) = stating.next() else { continue };
        if !field.is_empty_in(&brief) || !stating.all(|(_, other)| same(field, facts, other)) {
            continue;
        }
        copy(field, facts, &mut brief);
        used.push(DefaultUsed { field, said: (*said).to_owned() });
    }
    (brief, used)
}

/// The figures of one fact; none where it says two things.
fn figures(fact: &str) -> Brief {
    let (mut read, mut remarks) = (Brief::default(), Vec::new());
    let mut figures = Figures::default();
    figures.line(fact, None);
    figures.settle(&mut read, &mut remarks);
    if remarks.iter().any(|remark| matches!(remark, Remark::Contradiction { .. })) { Brief::default() } else { read }
}

fn same(field: Field, one: &Brief, other: &Brief) -> bool {
    match field {
        Field::Preparation => one.preparation_minutes == other.preparation_minutes,
        Field::Team => one.team == other.team,
        Field::Oral => one.oral_minutes == other.oral_minutes,
        Field::Interview => one.interview_minutes == other.interview_minutes,
        _ => one.jury.as_ref().map(|j| j.people) == other.jury.as_ref().map(|j| j.people),
    }
}

fn copy(field: Field, from: &Brief, to: &mut Brief) {
    match field {
        Field::Preparation => to.preparation_minutes = from.preparation_minutes,
        Field::Team => to.team = from.team,
        Field::Oral => to.oral_minutes = from.oral_minutes,
        Field::Interview => to.interview_minutes = from.interview_minutes,
        _ => to.jury.clone_from(&from.jury),
    }
}
