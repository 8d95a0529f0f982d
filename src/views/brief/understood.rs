//! What was understood of a brief, for the one who posts it; and what a new version changes.

use super::parts;
use crate::domain::brief::{Brief, Change, DefaultUsed, Field, Remark, missing};
use crate::views::words;
use std::fmt::Write as _;
use vigie_chat::{Block, Draft, List, Text};
use vigie_referentiels::Referentiel;

/// Most remarks that are shown without a fold.
const REMARKS: usize = 10;

/// What was understood, field by field, with what is missing or doubtful first. Only the one who posts it sees it.
///
/// `defaults` are what the référentiel filled in (see [`crate::domain::brief::with_defaults`]).
#[must_use]
pub fn understood(brief: &Brief, remarks: &[Remark], defaults: &[DefaultUsed], all: &[Referentiel]) -> Draft {
    let mut draft = Draft::answer().private().title("Ce que j’ai compris du sujet");
    let lacking: Vec<&str> = missing(brief).into_iter().map(Field::with_article).collect();
    draft = if lacking.is_empty() {
        draft.paragraph("Rien n’est publié tant que vous ne confirmez pas. Chaque champ se corrige séparément.")
    } else {
        draft.paragraph(Text::from("Pour publier, il manque encore\u{a0}: ").strong(words::and(&lacking)).plain("."))
    };
    if !remarks.is_empty() {
        draft = draft.heading("À vérifier");
        let (first, rest) = remarks.split_at(remarks.len().min(REMARKS));
        draft = draft.list(List::bulleted(first.iter().map(ToString::to_string)));
        if !rest.is_empty() {
            let summary = format!("Et {}", words::counted(rest.len(), "autre remarque", "autres remarques"));
            draft = draft.fold(summary, [Block::List(List::bulleted(rest.iter().map(ToString::to_string)))]);
        }
    }
    let fields = Field::ALL
        .into_iter()
        .filter_map(|field| Some(vigie_chat::Field::new(field.name(), short(field, brief, defaults, all)?)));
    draft = draft.heading("Champs").fields(fields);
    if !brief.competencies.is_empty() {
        let items = brief.competencies.iter().map(parts::competency_to_check);
        let summary = words::counted(brief.competencies.len(), "compétence évaluée", "compétences évaluées");
        draft = draft.heading(Field::Competencies.name()).block(parts::list(&summary, List::bulleted(items)));
    }
    if !brief.deliverables.is_empty() {
        let items = brief.deliverables.iter().map(parts::deliverable);
        let summary = words::counted(brief.deliverables.len(), "livrable", "livrables");
        draft = draft.heading(Field::Deliverables.name()).block(parts::list(&summary, List::numbered(1, items)));
    }
    for (field, text) in [(Field::Context, Some(&brief.context)), (Field::Modalities, brief.modalities.as_ref())] {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            draft = draft.fold(field.name(), parts::paragraphs(text));
        }
    }
    if !brief.resources.is_empty() {
        let items = brief.resources.iter().map(String::as_str);
        draft = draft.fold(Field::Resources.name(), [Block::List(List::bulleted(items))]);
    }
    draft
}

/// The value of a field that fits on a line; `None` for those that have a part of their own.
fn short(field: Field, brief: &Brief, defaults: &[DefaultUsed], all: &[Referentiel]) -> Option<Text> {
    let value = match field {
        Field::Title => (!brief.title.is_empty()).then(|| brief.title.clone()),
        Field::Referentiel => parts::referentiel(brief, all),
        Field::Bloc => parts::bloc(brief, all),
        Field::Preparation => parts::duration(brief.preparation_minutes),
        Field::Team => parts::team(brief.team),
        Field::Oral => parts::duration(brief.oral_minutes),
        Field::Interview => parts::duration(brief.interview_minutes),
        Field::Jury => parts::jury(brief.jury.as_ref()),
        Field::Starts => brief.starts.as_ref().map(crate::domain::brief::WallTime::as_day),
        Field::Deadline => brief.deadline.as_ref().map(ToString::to_string),
        Field::Defences => parts::days(&brief.defences),
        Field::Milestones => milestones(brief),
        Field::Competencies | Field::Deliverables | Field::Context | Field::Resources | Field::Modalities => {
            return field.is_empty_in(brief).then(|| Text::new().emphasis("non précisé"));
        }
    };
    let Some(value) = value else { return Some(Text::new().emphasis("non précisé")) };
    let by_default = defaults.iter().any(|default| default.field == field);
    Some(if by_default { Text::from(value).emphasis(" (d’après le référentiel)") } else { Text::from(value) })
}

fn milestones(brief: &Brief) -> Option<String> {
    let mut said = String::new();
    for milestone in &brief.milestones {
        let due = milestone.due.as_ref().map_or_else(|| "sans date".to_owned(), ToString::to_string);
        let separator = if said.is_empty() { "" } else { "\u{a0}; " };
        let _ = write!(said, "{separator}{} ({due})", milestone.title);
    }
    (!said.is_empty()).then_some(said)
}

/// What a new version of a published brief changes, before it is confirmed.
#[must_use]
pub fn changes(title: &str, changes: &[Change]) -> Draft {
    let draft = Draft::answer().private().title(format!("Ce qui change\u{a0}: {title}"));
    if changes.is_empty() {
        return draft.paragraph("Rien ne change par rapport à la version publiée.");
    }
    let moved = changes.iter().filter(|change| change.moved.is_some()).count();
    let items = changes.iter().map(ToString::to_string);
    let summary = words::counted(changes.len(), "changement", "changements");
    let draft = draft.block(parts::list(&summary, List::bulleted(items)));
    if moved == 0 {
        return draft.paragraph("Aucune date ne bouge.");
    }
    draft.paragraph("Les dates des équipes qui viennent du sujet seront déplacées, et les équipes prévenues.")
}
