//! The overview of one bloc.

use super::{choice, words};
use vigie_chat::{Button, Draft, Item, List, Text};
use vigie_referentiels::{Activity, Bloc, Referentiel};

/// Activities, competencies, assessments and qualities of a bloc.
#[must_use]
pub fn bloc(referentiel: &Referentiel, bloc: &Bloc) -> Draft {
    let optional = if bloc.optionnel { " (bloc optionnel)" } else { "" };
    let mut draft = Draft::answer()
        .title(Text::new().strong(format!("Bloc {}", bloc.code)).plain(format!(" — {}", words::title(referentiel))))
        .quote(Text::from(bloc.titre.as_str()).plain(optional));
    draft = draft.heading(words::counted(bloc.competences.len(), "compétence", "compétences"));
    draft = draft.list(List::bulleted(
        bloc.competences.iter().map(|c| Text::new().strong(c.code.as_str()).plain(" ").plain(c.intitule.as_str())),
    ));
    if !bloc.evaluations.is_empty() {
        draft = draft.heading(words::counted(bloc.evaluations.len(), "évaluation", "évaluations"));
        draft =
            draft.list(List::bulleted(bloc.evaluations.iter().filter(|e| !e.modalite.is_empty()).map(|evaluation| {
                let all = evaluation.competences.len() == bloc.competences.len();
                let codes: Vec<&str> =
                    evaluation.competences.iter().map(vigie_referentiels::CompetencyCode::as_str).collect();
                let covers = if all { "tout le bloc".to_owned() } else { words::and(&codes) };
                let work = evaluation.travail.map(|work| format!(", {}", words::work(work))).unwrap_or_default();
                Text::from(evaluation.modalite.as_str()).plain(format!(" — {covers}{work}"))
            })));
    }
    if !bloc.activites.is_empty() {
        draft = draft.fold(
            format!("Activités ({})", bloc.activites.len()),
            [vigie_chat::Block::List(List { items: activities(bloc, None), ..List::default() })],
        );
    }
    if !bloc.qualites.is_empty() {
        draft = draft.paragraph(format!("Qualités attendues\u{a0}: {}.", words::and(&bloc.qualites)));
    }
    draft
        .select(choice::open_competencies(referentiel, bloc))
        .button(Button::new("Tous les blocs", choice::open_blocs(&referentiel.slug)))
        .button(Button::new("Le référentiel", words::open_referentiel(&referentiel.slug)))
        .note(format!("Source\u{a0}: référentiel {}, bloc {}.", words::title(referentiel), bloc.code))
}

/// The activities that are part of another one, as nested items.
fn activities(bloc: &Bloc, parent: Option<&Activity>) -> Vec<Item> {
    let name = |activity: &Activity| activity.code.clone().unwrap_or_else(|| activity.titre.clone());
    // Codes that restart (`T1` under each `A`) belong to the last activity of that code above them.
    let mut of: Option<&Activity> = None;
    let mut items = Vec::new();
    for activity in &bloc.activites {
        if activity.parent.is_none() {
            of = Some(activity);
        }
        let mine = match (parent, &activity.parent) {
            (None, None) => true,
            (Some(parent), Some(named)) => {
                *named == name(parent) && (parent.parent.is_some() || of.is_some_and(|of| std::ptr::eq(of, parent)))
            }
            _ => false,
        };
        if mine {
            let text = match &activity.code {
                Some(code) => Text::new().strong(code.as_str()).plain(" ").plain(activity.titre.as_str()),
                None => Text::from(activity.titre.as_str()),
            };
            items.push(Item { text, children: activities(bloc, Some(activity)) });
        }
    }
    items
}
