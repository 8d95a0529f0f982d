//! The brief as everybody in the room reads it.

use super::parts;
use crate::config::ReferentHandicap;
use crate::domain::brief::{Brief, Field, WallTime};
use crate::views::words;
use vigie_chat::{Block, Draft, List, Text};
use vigie_referentiels::Referentiel;

/// Whom to turn to for accommodation; `None` where the centre hasn't said.
pub type Contact<'a> = Option<&'a ReferentHandicap>;

/// Longest situation that is shown without a fold, in characters.
const OPENING: usize = 400;

/// The published brief, with the general information on accommodation that everybody gets.
#[must_use]
pub fn published(brief: &Brief, all: &[Referentiel], contact: Contact<'_>) -> Draft {
    let mut draft = Draft::notice().title(brief.title.as_str());
    draft = situation(draft, &brief.context);
    draft = draft.fields(facts(brief, all));
    if !brief.deliverables.is_empty() {
        let items = brief.deliverables.iter().map(parts::deliverable);
        let summary = words::counted(brief.deliverables.len(), "livrable", "livrables");
        draft = draft.heading("À rendre").block(parts::list(&summary, List::numbered(1, items)));
    }
    if !brief.milestones.is_empty() {
        let items = brief.milestones.iter().map(|milestone| {
            let text = Text::new().strong(milestone.title.as_str());
            milestone.due.as_ref().map_or(text.clone(), |due| text.plain(format!("\u{a0}: {due}")))
        });
        let summary = words::counted(brief.milestones.len(), "jalon", "jalons");
        draft = draft.heading(Field::Milestones.name()).block(parts::list(&summary, List::bulleted(items)));
    }
    if !brief.competencies.is_empty() {
        let items = brief.competencies.iter().map(parts::competency);
        let summary = words::counted(brief.competencies.len(), "compétence évaluée", "compétences évaluées");
        draft = draft.heading(Field::Competencies.name()).fold(summary, [Block::List(List::bulleted(items))]);
    }
    if let Some(modalities) = &brief.modalities {
        draft = draft.fold(Field::Modalities.name(), parts::paragraphs(modalities));
    }
    if !brief.resources.is_empty() {
        let items = brief.resources.iter().map(String::as_str);
        draft = draft.fold(Field::Resources.name(), [Block::List(List::bulleted(items))]);
    }
    draft.heading("Aménagements").paragraph(accommodation(parts::known(brief, all), contact))
}

/// The situation: all of it when it is short, otherwise its beginning and the whole under a fold.
fn situation(draft: Draft, context: &str) -> Draft {
    if context.is_empty() {
        return draft;
    }
    if context.chars().count() <= OPENING {
        return draft.blocks(parts::paragraphs(context));
    }
    let first = context.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    draft.paragraph(words::shortened(first, OPENING)).fold("Le contexte en entier", parts::paragraphs(context))
}

/// What is known of dates, team and exam. What isn't, isn't shown.
fn facts(brief: &Brief, all: &[Referentiel]) -> Vec<vigie_chat::Field> {
    let values = [
        (Field::Referentiel, parts::referentiel(brief, all)),
        (Field::Bloc, parts::bloc(brief, all)),
        (Field::Starts, brief.starts.as_ref().map(WallTime::as_day)),
        (Field::Deadline, brief.deadline.as_ref().map(|at| format!("{at} ({})", place(&at.zone)))),
        (Field::Defences, parts::days(&brief.defences)),
        (Field::Team, parts::team(brief.team)),
        (Field::Preparation, parts::duration(brief.preparation_minutes)),
        (Field::Oral, parts::duration(brief.oral_minutes)),
        (Field::Interview, parts::duration(brief.interview_minutes)),
        (Field::Jury, parts::jury(brief.jury.as_ref())),
    ];
    values.into_iter().filter_map(|(field, value)| Some(vigie_chat::Field::new(field.name(), value?))).collect()
}

/// Whose clock it is: `heure de Paris`.
fn place(zone: &str) -> String {
    let city = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    match city.as_str() {
        "UTC" => "heure UTC".to_owned(),
        "Reunion" => "heure de La Réunion".to_owned(),
        city if city.starts_with(['A', 'E', 'I', 'O', 'U', 'H', 'Y']) => format!("heure d’{city}"),
        city => format!("heure de {city}"),
    }
}

/// A right, on request, open to everybody; nobody is asked whether it concerns them.
fn accommodation(known: Option<&Referentiel>, contact: Contact<'_>) -> Text {
    let mut text = Text::from(
        "Tout candidat en situation de handicap ou ayant un trouble de santé invalidant a droit, à sa demande, à un aménagement des épreuves. La démarche, en privé\u{a0}: ",
    );
    text = match known {
        Some(referentiel) => text.command(format!("amenagement procedure {}", referentiel.slug)),
        None => text.command("amenagement procedure"),
    };
    let Some(contact) = contact else {
        return text.plain(". Votre formateur ou l’accueil du centre vous dira qui est le référent handicap.");
    };
    let ways: Vec<&str> =
        [&contact.courriel, &contact.telephone, &contact.lieu].into_iter().flatten().map(String::as_str).collect();
    let ways = if ways.is_empty() { String::new() } else { format!(" ({})", ways.join(", ")) };
    text.plain(format!(". À qui s’adresser\u{a0}: {}{ways}.", contact.nom))
}
