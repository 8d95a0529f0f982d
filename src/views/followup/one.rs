//! One team in detail.

use super::{Followed, Need, late_deliverables, named};
use crate::store::DeliverableState;
use crate::views::whose::Whose;
use crate::views::words;
use vigie_chat::{Button, Draft, Field, List, Press, Text};

/// Where one team stands: what is late, what puts it at risk, what is still to come.
#[must_use]
pub fn one(whose: &Whose<'_>, team: &Followed) -> Draft {
    let need = match team.need() {
        Need::Late => "Cette équipe est en retard.",
        Need::AtRisk => "Cette équipe est à risque.",
        Need::None => "Rien à signaler pour cette équipe.",
    };
    let mut draft = Draft::answer().private().title(team.named()).paragraph(need);
    let mut late: Vec<Text> = team.late_milestones(whose.now).map(Text::from).into_iter().collect();
    let (past, waited) = team.wanting();
    late.extend(late_deliverables(&past).map(Text::from));
    if !late.is_empty() {
        draft = draft.heading("En retard").list(List::bulleted(late));
    }
    let risks = team.risks();
    if !risks.is_empty() {
        draft = draft.heading("À risque").list(List::bulleted(risks));
    }
    let counts = team.overview.milestones;
    let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let milestones = format!(
        "{}, {}, {}",
        words::counted(count(counts.all), "jalon", "jalons"),
        words::counted(count(counts.done), "fait", "faits"),
        words::counted(count(counts.blocked), "bloqué", "bloqués"),
    );
    let mut fields = vec![Field::new("Jalons", milestones)];
    if !waited.is_empty() {
        let told = waited.into_iter().map(|one| {
            let again = if one.state == DeliverableState::SentBack { " (à reprendre)" } else { "" };
            let text = Text::from(format!("{}{again}", named(one)));
            match one.due_at {
                Some(due) => text.plain(", le ").then(whose.at(due)),
                None => text,
            }
        });
        let told = told.reduce(|all, one| all.plain("\u{a0}; ").then(one)).unwrap_or_default();
        fields.push(Field::new("À rendre", told));
    }
    fields.push(Field::new("Heures de l’équipe", team.hours()));
    fields.push(Field::new("Grille", team.covered()));
    if let Some(defence) = team.overview.defence_at {
        fields.push(Field::new("Soutenance", whose.at(defence)));
    }
    draft
        .heading("État")
        .paragraph(team.next_said(whose.zone))
        .fields(fields)
        .button(Button::new("Livrables", Press::run(whose.invocation("livrable liste"))))
        .button(Button::new("Grille", Press::run(whose.invocation("grille voir"))))
}
