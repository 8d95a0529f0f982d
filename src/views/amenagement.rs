//! Accommodation: rights, procedure, contact, extra time. The document's words are quoted, never rephrased.

use super::{choice, words};
use crate::config::ReferentHandicap;
use crate::domain::accommodation::Limit;
use crate::domain::duration::Minutes;
use crate::library::Library;
use vigie_chat::{Block, Button, Draft, Field, Invocation, List, Press, Text};
use vigie_referentiels::Referentiel;

const TITLE: &str = "Aménagements des épreuves";

/// What one document says, and whom to contact.
#[must_use]
pub fn procedure(referentiel: &Referentiel, contact: Option<&ReferentHandicap>) -> Draft {
    let mut draft = Draft::answer().title(format!("{TITLE} — {}", words::title(referentiel)));
    if referentiel.amenagements.is_empty() {
        return with_contact(
            draft.paragraph(
                "Le document de ce référentiel ne parle pas des aménagements. Cela ne vous enlève aucun droit\u{a0}: adressez-vous \
                 au référent handicap de votre centre de formation.",
            ),
            contact,
        );
    }
    let (general, tied): (Vec<_>, Vec<_>) = referentiel.amenagements.iter().partition(|a| a.competences.is_empty());
    let sentences: Vec<String> = general.iter().map(|a| a.texte.clone()).collect();
    draft = draft.paragraph("Ce que dit le document, dans ses propres mots\u{a0}:");
    draft = draft.block(Block::Quote(vec![Block::List(List::bulleted(words::nested(&sentences)))]));
    for accommodation in tied {
        let codes: Vec<&str> =
            accommodation.competences.iter().map(vigie_referentiels::CompetencyCode::as_str).collect();
        draft = draft.paragraph(
            Text::from("Pour ").strong(words::and(&codes)).plain("\u{a0}: ").emphasis(accommodation.texte.as_str()),
        );
    }
    with_contact(draft, contact)
        .button(Button::new("Calculer un temps majoré pour 30 min", Press::run(time_for("30 min", &referentiel.slug))))
        .note(format!("Source\u{a0}: référentiel {}.", words::title(referentiel)))
}

/// Asks which référentiel is the candidate's.
#[must_use]
pub fn choose(stating: &[&Referentiel], library: &Library, open: &str) -> Draft {
    let silent: Vec<&str> =
        library.referentiels.iter().filter(|r| r.amenagements.is_empty()).map(words::title).collect();
    let mut draft = Draft::answer()
        .title(TITLE)
        .paragraph(
            "L’aménagement des épreuves est un droit, à la demande du candidat. La démarche dépend de votre certification\u{a0}: \
             choisissez-la. Rien de ce que vous demandez ici n’est visible des autres ni gardé.",
        )
        .select(choice::referentiels(stating.iter().copied(), open));
    if !silent.is_empty() {
        draft = draft.paragraph(format!(
            "Les documents de {} n’en parlent pas\u{a0}; le référent handicap de votre centre peut vous renseigner.",
            words::and(&silent)
        ));
    }
    draft.button(Button::new("Qui contacter\u{202f}?", Press::run(Invocation::new("amenagement contact"))))
}

/// The person to contact.
#[must_use]
pub fn contact(contact: Option<&ReferentHandicap>) -> Draft {
    with_contact(Draft::answer().title("Référent handicap"), contact)
}

fn with_contact(draft: Draft, contact: Option<&ReferentHandicap>) -> Draft {
    let Some(contact) = contact else {
        return draft.paragraph(
            "Le centre n’a pas encore indiqué ici son référent handicap. Demandez son nom à votre formateur ou à l’accueil du centre.",
        );
    };
    let mut fields = vec![Field::new("Référent handicap", contact.nom.as_str())];
    for (name, value) in [("Courriel", &contact.courriel), ("Téléphone", &contact.telephone), ("Lieu", &contact.lieu)]
    {
        fields.extend(value.as_ref().map(|value| Field::new(name, value.as_str())));
    }
    draft.fields(fields)
}

/// Extra time for a normal time, référentiel by référentiel.
#[must_use]
pub fn extra_time(normal: Minutes, limits: &[(&Referentiel, Option<Limit<'_>>)]) -> Draft {
    let mut draft = Draft::answer().title(format!("Temps majoré pour une épreuve de {normal}"));
    let mut silent = Vec::new();
    for (referentiel, limit) in limits {
        let Some(limit) = limit else {
            silent.push(words::title(referentiel));
            continue;
        };
        let title = words::title(referentiel);
        let name = Text::new().strong(title);
        draft = draft.paragraph(match limit.extra(normal) {
            Some(extra) => name.plain(format!("\u{a0}: jusqu’à {extra} de plus, soit {} au plus.", normal.plus(extra))),
            None => name.plain("\u{a0}: moins d’une minute de plus."),
        });
        draft = draft.quote(limit.sentence).note(format!("Source\u{a0}: référentiel {title}."));
    }
    if !silent.is_empty() {
        let documents = if silent.len() == 1 { "Le document de" } else { "Les documents de" };
        let state = if silent.len() == 1 { "ne fixe" } else { "ne fixent" };
        draft = draft.paragraph(format!(
            "{documents} {} {state} pas de limite\u{a0}; renseignez-vous auprès du référent handicap.",
            words::and(&silent)
        ));
    }
    draft.button(Button::new("Qui contacter\u{202f}?", Press::run(Invocation::new("amenagement contact"))))
}

fn time_for(duration: &str, slug: &str) -> Invocation {
    Invocation::new("amenagement temps").with("duree", duration).with("referentiel", slug)
}
