//! What a team has from its brief: milestones and deliverables, made with the team and moved with the brief.

use crate::domain::brief::{Brief as Content, Expected, Need, WallTime};
use crate::domain::date::Moment;
use crate::domain::key::{DeliverableKey, MilestoneKey, TeamKey};
use crate::store::{
    BriefDeliverable, BriefMilestone, Deliverable, DeliverableDraft, MilestoneDraft, Moved, StoreError, When, Write,
};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use vigie_chat::folded;

/// What a brief changed in a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::commands) struct Equipped {
    /// Its milestones.
    pub(in crate::commands) milestones: Moved<MilestoneKey>,
    /// Its deliverables.
    pub(in crate::commands) deliverables: Moved<DeliverableKey>,
}

/// Gives a team the milestones and deliverables that a version of its brief lays down, in the place of those that it had
/// from an earlier one. Nothing that is the team's own changes.
///
/// # Errors
///
/// [`StoreError`].
pub(in crate::commands) async fn equip(
    write: &mut Write<'_>,
    team: TeamKey,
    content: &Content,
) -> Result<Equipped, StoreError> {
    let milestones: Vec<BriefMilestone> = content
        .milestones
        .iter()
        .map(|milestone| {
            let due = milestone.due.as_ref().and_then(when);
            let draft = MilestoneDraft { title: milestone.title.clone(), due, ..MilestoneDraft::default() };
            BriefMilestone { key: milestone.key.clone(), draft }
        })
        .collect();
    let present = write.deliverables_of(team).await?;
    let keys = keys(&content.deliverables, &present);
    let deliverables: Vec<BriefDeliverable> = content
        .deliverables
        .iter()
        .zip(keys)
        .map(|(expected, key)| {
            let due = expected.due.as_ref().or(content.deadline.as_ref()).and_then(when);
            let is_required = expected.required == Need::Required;
            BriefDeliverable { key, draft: DeliverableDraft { title: expected.title.clone(), is_required, due } }
        })
        .collect();
    Ok(Equipped {
        milestones: write.follow_milestones(team, &milestones).await?,
        deliverables: write.follow_deliverables(team, &deliverables).await?,
    })
}

/// By which name each deliverable of the brief is found again among those that the team has: the one that it had under the
/// same title; else that of its number, where no other is meant by it; else a new one.
fn keys(wanted: &[Expected], present: &[Deliverable]) -> Vec<String> {
    let had: Vec<(&str, String)> = present
        .iter()
        .filter_map(|deliverable| Some((deliverable.brief_key.as_deref()?, folded(&deliverable.draft.title))))
        .collect();
    let titles: Vec<String> = wanted.iter().map(|expected| folded(&expected.title)).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let by_title: Vec<Option<String>> = titles
        .iter()
        .map(|title| {
            let found = had.iter().find(|(key, known)| known == title && !taken.contains(*key))?;
            taken.insert(found.0.to_owned());
            Some(found.0.to_owned())
        })
        .collect();
    let mut keys = Vec::with_capacity(wanted.len());
    for (expected, found) in wanted.iter().zip(by_title) {
        let key = found.unwrap_or_else(|| {
            // Every title that is still there is taken by now, so a free key of this number is a deliverable with a new title.
            let numbers = expected.number..;
            let mut free = numbers.map(|number| format!("L{number}")).filter(|key| !taken.contains(key));
            free.next().unwrap_or_default()
        });
        taken.insert(key.clone());
        keys.push(key);
    }
    keys
}

/// A date of a brief as the store keeps it; none where nobody knows its zone any more.
fn when(wall: &WallTime) -> Option<When> {
    let zone = TimeZone::get(&wall.zone).ok()?;
    let moment = Moment::new(wall.civil, zone);
    Some(When { wall: moment.civil(), zone: wall.zone.clone(), at: moment.at() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::key::TeamKey;
    use crate::store::{DeliverableState, Revision};
    use jiff::Timestamp;

    fn wanted(titles: &[&str]) -> Vec<Expected> {
        let expected = |(rank, title): (u32, &&str)| Expected {
            number: rank,
            title: (*title).to_owned(),
            details: String::new(),
            required: Need::Required,
            due: None,
        };
        (1..).zip(titles).map(expected).collect()
    }

    fn present(all: &[(&str, &str)]) -> Vec<Deliverable> {
        let one = |(number, (key, title)): (u32, &(&str, &str))| Deliverable {
            key: DeliverableKey(number.into()),
            team: TeamKey(1),
            number,
            brief_key: Some((*key).to_owned()),
            draft: DeliverableDraft { title: (*title).to_owned(), is_required: true, due: None },
            state: DeliverableState::Expected,
            revision: Revision(1),
            latest: None,
            made_at: Timestamp::UNIX_EPOCH,
        };
        (1..).zip(all).map(one).collect()
    }

    #[test]
    fn a_deliverable_is_found_again_by_its_title_then_by_its_number() {
        let had = present(&[("L1", "Dossier"), ("L2", "Prototype")]);
        assert_eq!(keys(&wanted(&["Dossier", "Démo"]), &present(&[])), ["L1", "L2"]);
        assert_eq!(keys(&wanted(&["Prototype", "dossier"]), &had), ["L2", "L1"], "they changed places");
        assert_eq!(keys(&wanted(&["Dossier", "Démonstrateur"]), &had), ["L1", "L2"], "it has another name");
        assert_eq!(keys(&wanted(&["Note", "Dossier", "Prototype"]), &had), ["L3", "L1", "L2"], "one is new");
        assert_eq!(keys(&wanted(&["Dossier", "Dossier"]), &had), ["L1", "L2"], "two are called alike");
    }
}
