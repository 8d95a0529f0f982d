//! The sheet of a competency, and its criteria alone.

use super::{amenagement, words};
use crate::library::Place;
use vigie_chat::{Block, Button, Draft, Field, Item, List, Text};
use vigie_referentiels::{Activity, Assessment, Bloc, Competency, Criterion};

/// The sheet: statement, bloc, activity, how it is assessed, criteria, neighbours.
#[must_use]
pub fn sheet(place: Place<'_>) -> Draft {
    let Place { referentiel, bloc, competency } = place;
    let code = &competency.code;
    let mut draft = Draft::answer()
        .title(Text::new().strong(code.as_str()).plain(format!(" — {}", words::title(referentiel))))
        .quote(competency.intitule.as_str())
        .fields(context(bloc, competency));
    draft = with_criteria(draft, place);
    let assessments: Vec<&Assessment> =
        bloc.evaluations.iter().filter(|e| e.competences.contains(code) && !e.modalite.is_empty()).collect();
    if !assessments.is_empty() {
        draft = draft.heading(if assessments.len() == 1 { "Évaluation" } else { "Évaluations" });
    }
    for assessment in assessments {
        draft = assessed(draft, assessment);
    }
    let slug = referentiel.slug.as_str();
    for (label, neighbour) in neighbours(place) {
        draft = draft.button(Button::new(
            format!("{label}\u{a0}: {neighbour}"),
            words::open_competency(slug, neighbour.as_str()),
        ));
    }
    draft.button(Button::new(format!("Bloc {}", bloc.code), words::open_bloc(slug, &bloc.code))).note(source(place))
}

/// The criteria only, each with the id by which it is quoted.
#[must_use]
pub fn criteria(place: Place<'_>) -> Draft {
    let Place { referentiel, bloc, competency } = place;
    let draft = Draft::answer()
        .title(
            Text::from("Critères de ")
                .strong(competency.code.as_str())
                .plain(format!(" — {}", words::title(referentiel))),
        )
        .quote(competency.intitule.as_str());
    let slug = referentiel.slug.as_str();
    with_criteria(draft, place)
        .button(Button::new("Fiche complète", words::open_competency(slug, competency.code.as_str())))
        .button(Button::new(format!("Bloc {}", bloc.code), words::open_bloc(slug, &bloc.code)))
        .note(source(place))
}

/// Bloc and activity.
fn context(bloc: &Bloc, competency: &Competency) -> Vec<Field> {
    let optional = if bloc.optionnel { " (optionnel)" } else { "" };
    let mut fields = vec![Field::new("Bloc", format!("{} — {}{optional}", bloc.code, bloc.titre))];
    if let Some(activity) = competency.activite.as_deref().and_then(|reference| bloc.activity(reference)) {
        let parent = activity.parent.as_deref().and_then(|reference| bloc.activity(reference));
        let named =
            |a: &Activity| a.code.as_ref().map_or_else(|| a.titre.clone(), |code| format!("{code} — {}", a.titre));
        let text = parent.map_or_else(|| named(activity), |parent| format!("{} › {}", named(parent), named(activity)));
        fields.push(Field::new("Activité", text));
    }
    if competency.code_genere {
        fields.push(Field::new("Code", "attribué par Vigie (le document n’en a pas)"));
    }
    fields
}

/// One assessment: what it is, alone or in a team, what must be produced.
fn assessed(draft: Draft, assessment: &Assessment) -> Draft {
    let mut name = Text::new().strong(assessment.modalite.as_str());
    if let Some(work) = assessment.travail {
        name = name.plain(format!(" ({})", words::work(work)));
    }
    if assessment.attendus.is_empty() {
        return draft.paragraph(name);
    }
    let items = List { items: words::nested(&assessment.attendus), ..List::default() };
    draft.paragraph(name).fold("Ce que le candidat doit faire", [Block::List(items)])
}

/// One criterion, by the id under which it is quoted.
#[must_use]
pub fn one_criterion(place: Place<'_>, criterion: &Criterion) -> Draft {
    let (lead, parts) = words::parts(&criterion.texte);
    let codes: Vec<&str> = criterion.competences.iter().map(vigie_referentiels::CompetencyCode::as_str).collect();
    let mut draft = Draft::answer()
        .title(
            Text::from("Critère ").code(criterion.id.as_str()).plain(format!(" — {}", words::title(place.referentiel))),
        )
        .quote(lead);
    if !parts.is_empty() {
        draft = draft.list(List::bulleted(parts));
    }
    draft = draft.paragraph(format!("Évalue {}.", words::and(&codes)));
    draft = amenagement::on_criteria(draft, place.referentiel, |known| criterion.competences.contains(known));
    let slug = place.referentiel.slug.as_str();
    for code in codes.iter().take(4) {
        draft = draft.button(Button::new(format!("Fiche {code}"), words::open_competency(slug, code)));
    }
    draft.note(source(place))
}

/// The criteria of a competency: those that are its own, then those that it shares.
fn with_criteria(mut draft: Draft, place: Place<'_>) -> Draft {
    let code = &place.competency.code;
    let all: Vec<&Criterion> = place.bloc.evaluations.iter().flat_map(|e| e.criteria_of(code)).collect();
    if all.is_empty() {
        return draft.heading("Critères").paragraph("Le document ne donne pas de critère pour cette compétence.");
    }
    let (own, shared): (Vec<&Criterion>, Vec<&Criterion>) = all.iter().partition(|c| c.competences.len() == 1);
    draft = draft.heading(words::counted(all.len(), "critère", "critères"));
    let mut number = 1;
    for (group, criteria) in [(None, own), (Some(()), shared)] {
        if criteria.is_empty() {
            continue;
        }
        if group.is_some() {
            draft = draft.paragraph(format!("Évalués ensemble pour {}\u{a0}:", shared_with(&criteria)));
        }
        let count = u32::try_from(criteria.len()).unwrap_or(0);
        draft = draft.list(List::numbered(number, criteria.into_iter().map(criterion)));
        number += count;
    }
    amenagement::on_criteria(draft, place.referentiel, |known| known == code)
}

fn criterion(criterion: &Criterion) -> Item {
    let (lead, parts) = words::parts(&criterion.texte);
    Item::with(Text::new().code(criterion.id.as_str()).plain("\u{a0}: ").plain(lead), parts)
}

/// The competencies that share criteria, in words.
fn shared_with(criteria: &[&Criterion]) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for code in criteria.iter().flat_map(|c| &c.competences) {
        if !codes.contains(&code.as_str()) {
            codes.push(code.as_str());
        }
    }
    words::and(&codes)
}

/// The competencies before and after this one in the document.
fn neighbours(place: Place<'_>) -> Vec<(&'static str, vigie_referentiels::CompetencyCode)> {
    let all: Vec<&Competency> = place.referentiel.competencies().map(|(_, c)| c).collect();
    let Some(here) = all.iter().position(|c| c.code == place.competency.code) else { return Vec::new() };
    let before = here.checked_sub(1).map(|at| ("Précédente", all[at].code.clone()));
    let after = all.get(here + 1).map(|c| ("Suivante", c.code.clone()));
    before.into_iter().chain(after).collect()
}

/// Where the words come from.
fn source(place: Place<'_>) -> Text {
    Text::from(format!(
        "Source\u{a0}: référentiel {}, bloc {}, {}.",
        words::title(place.referentiel),
        place.bloc.code,
        place.competency.code
    ))
}
