//! A form as a template, which people copy and answer in one message.
//!
//! The event carries the form as far as it is filled in. Where that would be too much for an event, it carries the empty
//! form and asks for everything again; nobody is left with a form that forgot half of what they wrote without a word.

use super::{Part, limits::Limits, tell::Teller, title::Title, words::Parts};
use crate::offer::Offer;
use vigie_chat::{Block, FormField, FormInput, Kind, List, Need, OpenForm, PersonId, SealedForm, Text};

/// Why a form that was answered is shown again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// These required fields are still empty, by label.
    Missing(Vec<String>),
    /// A line fits no field.
    NoField,
}

/// What is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said<'t> {
    Missing(&'t [String]),
    NoField,
    TooLong,
}

/// The form as a template, and what to do with it; with `trouble`, what is still needed.
///
/// `prefix` is how a command begins when it is typed.
#[must_use]
pub(crate) fn form(
    open: &OpenForm,
    person: &PersonId,
    trouble: Option<&Trouble>,
    limits: &Limits,
    prefix: &str,
) -> Vec<Part> {
    let fits = |open: &OpenForm| {
        let offer = Offer::Form { open: open.clone(), person: person.clone() };
        (offer.to_json().to_string().len() <= limits.offer()).then_some(offer)
    };
    let said = trouble.map(|trouble| match trouble {
        Trouble::Missing(labels) => Said::Missing(labels),
        Trouble::NoField => Said::NoField,
    });
    let again = trouble.map(|_| Said::TooLong);
    let form = open.form();
    let (offer, said) = fits(open)
        .map(|offer| (Some(offer), said))
        .or_else(|| fits(&OpenForm::new(form.clone())).map(|offer| (Some(offer), again)))
        .unwrap_or_else(|| (fits(&OpenForm::new(emptied(form))), again));
    let asked: Vec<&FormField> = form
        .fields
        .iter()
        .filter(|field| match said {
            Some(Said::Missing(labels)) => labels.contains(&field.label),
            _ => true,
        })
        .collect();
    let teller = Teller::new(prefix);
    let (title, whole_title) = Title::of(Some(teller.text(&form.title.as_str().into())), limits);
    let mut blocks: Vec<Block> = whole_title.map(Block::Heading).into_iter().collect();
    blocks.extend(said.map(|said| Block::Paragraph(why(said))));
    if !matches!(said, Some(Said::Missing(_))) {
        blocks.push(Block::List(List::bulleted(asked.iter().map(|field| need(field)))));
    }
    blocks.push(Block::Paragraph(
        "Pour répondre, recopiez ces lignes, complétées, dans un seul message en réponse à celui-ci\u{a0}:".into(),
    ));
    blocks.push(Block::Paragraph(Text::new().code(template(&asked))));
    let last = vec![Block::Note("Pour abandonner, répondez «\u{a0}annuler\u{a0}».".into())];
    let parts = Parts { title, blocks: teller.blocks(&blocks), last, offer };
    parts.events(Kind::Answer, &[], limits).into_iter().map(Part::Words).collect()
}

/// The form without what its fields hold at first. They are in the template, which is copied.
fn emptied(form: &SealedForm) -> SealedForm {
    let mut form = form.clone();
    for field in &mut form.fields {
        field.initial = None;
    }
    form
}

fn why(said: Said<'_>) -> Text {
    match said {
        Said::Missing(labels) => {
            Text::from("Il manque\u{a0}: ").strong(labels.join(", ")).plain(". Ce que vous avez déjà écrit est gardé.")
        }
        Said::NoField => {
            "Une ligne ne correspond à aucun champ. Commencez chaque ligne par le nom d’un champ et deux-points.".into()
        }
        Said::TooLong => {
            "Votre réponse est incomplète et trop longue pour être gardée. Renvoyez-la en entier, avec tous les champs."
                .into()
        }
    }
}

/// The lines to copy.
fn template(fields: &[&FormField]) -> String {
    let lines = fields.iter().map(|field| {
        let initial = field.initial.as_deref().unwrap_or_default();
        let initial = match field.input {
            FormInput::Line => initial.split_whitespace().collect::<Vec<_>>().join(" "),
            FormInput::Paragraph => initial.to_owned(),
        };
        format!("{}\u{a0}: {initial}", name(field)).trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What names the field in an answer: its label, unless that would be read otherwise.
fn name(field: &FormField) -> &str {
    let read_otherwise = field.label.contains([':', '=', '\n']) || field.label.trim().is_empty();
    if read_otherwise { &field.param } else { field.label.trim() }
}

fn need(field: &FormField) -> Text {
    let need = match field.need {
        Need::Required => "obligatoire",
        Need::Optional => "facultatif",
    };
    let lines = match field.input {
        FormInput::Line => "",
        FormInput::Paragraph => ", sur plusieurs lignes au besoin",
    };
    let label = Text::new().strong(if field.label.trim().is_empty() { &field.param } else { &field.label });
    let label = if name(field) == field.label.trim() { label } else { label.plain(", à écrire ").code(name(field)) };
    label.plain(format!(" ({need}{lines})"))
}
