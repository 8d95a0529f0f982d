//! What is said of one hand-in: its receipt, what becomes of it, its file.

use super::{named, timing};
use crate::domain::handin::Fingerprint;
use crate::store::{Deliverable, DeliverableState, HandedIn, Handin, UNDO};
use crate::views::whose::Whose;
use vigie_chat::{Button, Draft, Field, Press, Text};

/// What was handed in, and what comes of it: the receipt of one version. `deliverable` is as it was before, `by` who handed
/// it in.
#[must_use]
pub fn receipt(whose: &Whose<'_>, deliverable: &Deliverable, handin: &Handin, by: &str) -> Draft {
    let mut said = named(deliverable).plain(format!(", version\u{a0}{}, est déposé pour l’", handin.version));
    said = said.plain(whose.named());
    if let Some(timing) = timing(handin) {
        said = said.plain(format!("\u{a0}: {timing}"));
    }
    let mut draft = Draft::answer().title("Reçu de dépôt").paragraph(said.plain(".")).fields(fields(whose, handin, by));
    if deliverable.state == DeliverableState::Accepted {
        draft = draft.paragraph("La version validée reste comme preuve\u{a0}; celle-ci attend un nouvel avis.");
    }
    if let HandedIn::File { name, .. } = &handin.content
        && let Some(caution) = name.caution()
    {
        draft = draft.note(caution.to_string());
    }
    let number = deliverable.number.to_string();
    let take_back = whose.invocation("livrable retirer").with("livrable", number);
    draft
        .button(Button::new("Voir les livrables", Press::run(whose.invocation("livrable liste"))))
        .button(Button::new("Retirer cette version", Press::run(take_back)))
        .note("Une version n’est jamais modifiée\u{a0}: un nouveau dépôt en fait une autre, et un formateur juge la dernière.")
}

/// All that the receipt says of a hand-in.
fn fields(whose: &Whose<'_>, handin: &Handin, by: &str) -> Vec<Field> {
    let mut fields =
        vec![Field::new("Déposé", Text::from("le ").then(whose.at(handin.handed_in_at)).plain(format!(", par {by}")))];
    match &handin.content {
        HandedIn::File { name, size, sha256, .. } => fields.extend([
            Field::new("Fichier", Text::new().code(name.as_str())),
            Field::new("Taille", size.to_string()),
            Field::new("SHA-256", Text::new().code(sha256.as_str())),
        ]),
        HandedIn::Link(link) => fields.extend([
            Field::new("Lien", Text::new().link(link.as_str(), link.shown().clone())),
            Field::new("SHA-256 de l’adresse", Text::new().code(Fingerprint::of(link.as_str().as_bytes()).as_str())),
        ]),
        HandedIn::Erased => fields.push(Field::new("Contenu", "effacé après la fin du sujet")),
    }
    fields.push(match handin.due_at {
        Some(due) => Field::new("Échéance en vigueur", whose.at(due)),
        None => Field::new("Échéance en vigueur", "aucune"),
    });
    fields
}

/// The newest version was withdrawn; `now` is the deliverable as it then is.
#[must_use]
pub fn withdrawn(whose: &Whose<'_>, now: &Deliverable, version: u32) -> Draft {
    let said = Text::from(format!("La version\u{a0}{version} de ")).then(named(now)).plain(" est retirée.");
    let next = match &now.latest {
        Some(former) => format!("La version\u{a0}{} est de nouveau la dernière.", former.version),
        None => "Plus rien n’est déposé\u{a0}: le livrable est de nouveau attendu.".to_owned(),
    };
    let back = whose.invocation("livrable retablir").with("livrable", now.number.to_string());
    let back = back.with("version", i64::from(version));
    let until = whose.now.checked_add(UNDO).unwrap_or(whose.now);
    Draft::answer()
        .paragraph(said)
        .paragraph(next)
        .button(Button::primary("Annuler le retrait", Press::run(back)))
        .button(Button::new("Voir les livrables", Press::run(whose.invocation("livrable liste"))))
        .note(Text::from("Le retrait peut être annulé jusqu’au ").then(whose.at(until)).plain("."))
}

/// A version that was withdrawn is back; `now` is the deliverable as it then is.
#[must_use]
pub fn restored(whose: &Whose<'_>, now: &Deliverable, version: u32) -> Draft {
    let said = Text::from(format!("La version\u{a0}{version} de ")).then(named(now)).plain(" est rétablie.");
    let newest = now.latest.as_ref().map_or(version, |latest| latest.version);
    let draft = Draft::answer().paragraph(said).button(list_button(whose));
    if newest == version {
        draft
    } else {
        draft.paragraph(format!("La dernière version reste la version\u{a0}{newest}."))
    }
}

fn list_button(whose: &Whose<'_>) -> Button<Press> {
    Button::new("Voir les livrables", Press::run(whose.invocation("livrable liste")))
}

/// A file given back, or the link that was handed in. The file itself is for the caller to add.
#[must_use]
pub fn given_back(whose: &Whose<'_>, deliverable: &Deliverable, handin: &Handin, by: &str) -> Draft {
    let said = named(deliverable).plain(format!(", version\u{a0}{}, de l’{}.", handin.version, whose.named()));
    let mut draft = Draft::answer().private().paragraph(said).fields(fields(whose, handin, by));
    match &handin.content {
        HandedIn::File { name, .. } => {
            if let Some(caution) = name.caution() {
                draft = draft.note(caution.to_string());
            }
        }
        HandedIn::Link(_) => {
            draft = draft.note("Je n’ouvre jamais un lien\u{a0}: ce qu’il montre a pu changer depuis le dépôt.");
        }
        HandedIn::Erased => {
            draft = draft.note("Ce qui a été déposé n’est plus gardé\u{a0}: le reçu seul reste.");
        }
    }
    draft
}
