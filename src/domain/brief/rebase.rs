//! Two changes of one brief put together.
//!
//! Whoever confirms a change that was made from an older version loses nothing: the fields that they changed are set on the
//! newest version, and the others stay as somebody else left them. Both are told of what both changed.

use super::content::Brief;
use super::{Field, difference};

/// A change set on the newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebased {
    /// The newest version with the change.
    pub brief: Brief,
    /// Fields that both changed, to different values: those of the change are kept.
    pub both: Vec<Field>,
}

/// Sets on `newest` the fields in which `mine` differs from the version that it was made from.
#[must_use]
pub fn rebased(base: &Brief, mine: &Brief, newest: &Brief) -> Rebased {
    let (my_fields, their_fields) = (changed(base, mine), changed(base, newest));
    let mut brief = newest.clone();
    for field in &my_fields {
        carry(*field, mine, &mut brief);
    }
    let differ = changed(mine, newest);
    let both = |field: &Field| their_fields.contains(field) && differ.contains(field);
    Rebased { brief, both: my_fields.into_iter().filter(both).collect() }
}

/// The fields that aren't the same in two versions, in their order.
fn changed(one: &Brief, other: &Brief) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for change in difference(one, other) {
        if fields.last() != Some(&change.field) {
            fields.push(change.field);
        }
    }
    // Titles of milestones aren't told as changes, and are changes all the same.
    if one.milestones != other.milestones && !fields.contains(&Field::Milestones) {
        fields.push(Field::Milestones);
    }
    fields
}

fn carry(field: Field, from: &Brief, to: &mut Brief) {
    match field {
        Field::Title => to.title.clone_from(&from.title),
        Field::Referentiel => to.referentiel.clone_from(&from.referentiel),
        Field::Bloc => to.bloc.clone_from(&from.bloc),
        Field::Competencies => to.competencies.clone_from(&from.competencies),
        Field::Context => to.context.clone_from(&from.context),
        Field::Deliverables => to.deliverables.clone_from(&from.deliverables),
        Field::Preparation => to.preparation_minutes = from.preparation_minutes,
        Field::Team => to.team = from.team,
        Field::Oral => to.oral_minutes = from.oral_minutes,
        Field::Interview => to.interview_minutes = from.interview_minutes,
        Field::Jury => to.jury.clone_from(&from.jury),
        Field::Starts => to.starts.clone_from(&from.starts),
        Field::Deadline => to.deadline.clone_from(&from.deadline),
        Field::Defences => to.defences.clone_from(&from.defences),
        Field::Milestones => to.milestones.clone_from(&from.milestones),
        Field::Resources => to.resources.clone_from(&from.resources),
        Field::Modalities => to.modalities.clone_from(&from.modalities),
    }
}

#[cfg(test)]
mod tests {
    use super::super::content::{Expected, Need, TeamSize};
    use super::*;

    fn expected(number: u32, title: &str) -> Expected {
        Expected { number, title: title.to_owned(), details: String::new(), required: Need::Required, due: None }
    }

    fn with(titles: &[&str]) -> Brief {
        let deliverables = (1..).zip(titles).map(|(number, title)| expected(number, title)).collect();
        Brief { title: "Sujet".to_owned(), deliverables, ..Brief::default() }
    }

    #[test]
    fn what_two_people_changed_is_put_together() {
        let base = with(&["Rapport"]);
        let mine = Brief { preparation_minutes: Some(1_800), oral_minutes: Some(20), ..base.clone() };
        let four = Some(TeamSize { least: 4, most: 4, most_if_odd: None });
        let newest = Brief { team: four, oral_minutes: Some(30), ..base.clone() };
        let rebased = rebased(&base, &mine, &newest);
        assert_eq!(rebased.brief, Brief { team: four, ..mine });
        assert_eq!(rebased.both, [Field::Oral]);
    }

    #[test]
    fn the_same_change_twice_is_none() {
        let base = with(&["Rapport"]);
        let both = Brief { oral_minutes: Some(20), ..base.clone() };
        assert_eq!(rebased(&base, &both, &both), Rebased { brief: both.clone(), both: Vec::new() });
    }
}
