//! The deliverables of a team, page by page, with what can be done with each.

use super::{named, state};
use crate::domain::person::PersonKey;
use crate::domain::timing::is_past;
use crate::store::{Deliverable, DeliverableState, HandedIn};
use crate::views::whose::Whose;
use crate::views::words;
use std::collections::BTreeMap;
use vigie_chat::limits::WORDS;
use vigie_chat::{Button, Draft, Form, FormField, Item, List, Press, Select, Text};

/// Deliverables on one page.
const PAGE: usize = 8;

/// For whom a list is: what they may do decides what can be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Somebody of the team, who hands in.
    Teammate,
    /// Who judges.
    Judge,
    /// Somebody who only reads.
    Reader,
}

/// The deliverables of a team. `page` counts from 1; `people` names who judged.
#[must_use]
pub fn list(
    whose: &Whose<'_>,
    all: &[Deliverable],
    people: &BTreeMap<PersonKey, String>,
    reader: For,
    page: usize,
) -> Draft {
    let draft = Draft::answer().title(format!("Livrables de l’{}", whose.named())).paragraph(summary(whose, all));
    let pages = all.len().div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let shown = all.iter().skip((page - 1) * PAGE).take(PAGE);
    let items = shown.clone().map(|deliverable| item(whose, deliverable, people));
    let mut draft = draft.list(List::bulleted(items));
    let shown: Vec<&Deliverable> = shown.collect();
    draft = match reader {
        For::Teammate => with(draft, handing_in(whose, &shown)),
        For::Judge => with(with(draft, accepting(whose, &shown)), sending_back(whose, &shown)),
        For::Reader => draft,
    };
    draft = with(draft, giving_back(whose, &shown));
    for (label, other) in [("Page précédente", page.checked_sub(1)), ("Page suivante", Some(page + 1))] {
        if let Some(other) = other.filter(|other| (1..=pages).contains(other)) {
            let turn = whose.invocation("livrable liste").with("page", i64::try_from(other).unwrap_or(1));
            draft = draft.button(Button::new(label, Press::run(turn).replacing()));
        }
    }
    if pages > 1 { draft.note(format!("Page {page} sur {pages}.")) } else { draft }
}

/// How many are how far, in one sentence.
fn summary(whose: &Whose<'_>, all: &[Deliverable]) -> String {
    let count = |state| all.iter().filter(|deliverable| deliverable.state == state).count();
    let late = all.iter().filter(|deliverable| {
        let open = matches!(deliverable.state, DeliverableState::Expected | DeliverableState::SentBack);
        open && deliverable.draft.due.as_ref().is_some_and(|due| is_past(due.at, whose.now))
    });
    let parts = [
        (count(DeliverableState::Accepted), "validé", "validés"),
        (count(DeliverableState::HandedIn), "en attente d’un avis", "en attente d’un avis"),
        (count(DeliverableState::SentBack), "à reprendre", "à reprendre"),
        (count(DeliverableState::Expected), "attendu", "attendus"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, several)| words::counted(count, one, several))
        .collect();
    let late = match late.count() {
        0 => "aucun en retard".to_owned(),
        late => format!("{late} en retard"),
    };
    let all = words::counted(all.len(), "livrable", "livrables");
    format!("{all}\u{a0}: {}\u{a0}; {late}.", words::and(&parts))
}

fn item(whose: &Whose<'_>, deliverable: &Deliverable, people: &BTreeMap<PersonKey, String>) -> Item {
    let need = if deliverable.draft.is_required { "" } else { " (facultatif)" };
    let text = named(deliverable).plain(format!("{need}\u{a0}: ")).then(state(whose, deliverable)).plain(".");
    let mut under: Vec<Text> = Vec::new();
    if let Some(handin) = &deliverable.latest {
        under.push(match &handin.content {
            HandedIn::File { name, size, .. } => Text::from("Fichier ").code(name.as_str()).plain(format!(" ({size})")),
            HandedIn::Link(link) => Text::from("Lien\u{a0}: ").link(link.as_str(), link.shown().clone()),
            HandedIn::Erased => Text::from("Contenu effacé après la fin du sujet"),
        });
        if let Some(verdict) = &handin.verdict {
            let by = people.get(&verdict.by).map_or("un formateur", String::as_str);
            let said = Text::from(format!("Avis de {by}, le ")).then(whose.at(verdict.at));
            under.push(match &verdict.comment {
                Some(comment) => said.plain("\u{a0}: ").emphasis(comment.as_str()),
                None => said.plain("."),
            });
        }
    }
    Item::with(text, under)
}

fn with(draft: Draft, select: Option<Select<Press>>) -> Draft {
    match select {
        Some(select) => draft.select(select),
        None => draft,
    }
}

fn label(deliverable: &Deliverable) -> String {
    words::shortened(&format!("L{} {}", deliverable.number, deliverable.draft.title), WORDS)
}

fn select<'a>(
    placeholder: &str,
    those: impl Iterator<Item = &'a Deliverable>,
    press: impl Fn(&Deliverable) -> Press,
) -> Option<Select<Press>> {
    let select = those
        .fold(Select::new(placeholder), |select, deliverable| select.option(label(deliverable), press(deliverable)));
    (!select.options.is_empty()).then_some(select)
}

fn handing_in(whose: &Whose<'_>, shown: &[&Deliverable]) -> Option<Select<Press>> {
    let open = shown.iter().copied().filter(|deliverable| deliverable.state != DeliverableState::Accepted);
    select("Déposer un lien pour…", open, |deliverable| {
        let submit = whose.invocation("livrable deposer").with("livrable", deliverable.number.to_string());
        let field = FormField::line("lien", "Adresse de la page (https://…)");
        Press::open(Form::new(format!("Déposer un lien pour L{}", deliverable.number), submit).field(field))
    })
}

/// The newest hand-in that waits for a verdict.
fn waiting(deliverable: &Deliverable) -> bool {
    deliverable.state == DeliverableState::HandedIn && deliverable.latest.is_some()
}

fn judging(whose: &Whose<'_>, path: &str, deliverable: &Deliverable) -> vigie_chat::Invocation {
    let version = deliverable.latest.as_ref().map_or(0, |latest| i64::from(latest.version));
    whose.invocation(path).with("livrable", deliverable.number.to_string()).with("version", version)
}

fn accepting(whose: &Whose<'_>, shown: &[&Deliverable]) -> Option<Select<Press>> {
    select("Valider…", shown.iter().copied().filter(|one| waiting(one)), |deliverable| {
        Press::run(judging(whose, "livrable valider", deliverable))
    })
}

fn sending_back(whose: &Whose<'_>, shown: &[&Deliverable]) -> Option<Select<Press>> {
    select("Renvoyer avec un commentaire…", shown.iter().copied().filter(|one| waiting(one)), |deliverable| {
        let submit = judging(whose, "livrable reprendre", deliverable);
        let field = FormField::paragraph("commentaire", "Ce qui est à reprendre");
        Press::open(Form::new(format!("Renvoyer L{} à l’équipe", deliverable.number), submit).field(field))
    })
}

fn giving_back(whose: &Whose<'_>, shown: &[&Deliverable]) -> Option<Select<Press>> {
    let kept = shown.iter().copied().filter(|deliverable| deliverable.latest.is_some());
    select("Récupérer la dernière version de…", kept, |deliverable| {
        Press::run(whose.invocation("livrable fichier").with("livrable", deliverable.number.to_string()))
    })
}
