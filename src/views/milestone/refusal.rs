//! Why a milestone isn't added or changed, and what to do about it.

use super::form::{change_form, lines_form};
use super::{Board, TITLE, item, named};
use crate::store::{Deliverable, Milestone};
use crate::views::words;
use vigie_chat::{Button, Draft, Item, List, Press, Text};

/// Longest typed words that are repeated, in characters.
const TYPED: usize = 60;
/// Most things that a refusal names.
const MOST: usize = 10;

/// A line that can't be a milestone: its place in the message, its words, and why.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// From 1.
    pub line: usize,
    /// As typed.
    pub typed: String,
    /// A sentence.
    pub why: Text,
}

/// Lines that can't be milestones: nothing is added.
#[must_use]
pub fn wrong_lines(wrong: &[Wrong], of: usize, message: &str, team: &str) -> Draft {
    let said = format!(
        "Rien n’est ajouté\u{a0}: sur {}, {} à corriger.",
        words::counted(of, "ligne", "lignes"),
        if wrong.len() == 1 { "une est".to_owned() } else { format!("{} sont", wrong.len()) }
    );
    let items = wrong.iter().take(MOST).map(|wrong| {
        let line = Text::from(format!("Ligne {}, «\u{a0}", wrong.line));
        Item::from(
            line.emphasis(words::shortened(&wrong.typed, TYPED)).plain("\u{a0}»\u{a0}: ").then(wrong.why.clone()),
        )
    });
    let mut draft = Draft::error().paragraph(said).list(List::bulleted(items));
    if wrong.len() > MOST {
        draft = draft.paragraph("Les suivantes seront dites une fois celles-ci corrigées.");
    }
    if message.chars().count() > vigie_chat::limits::FIELD_VALUE {
        return draft;
    }
    draft.button(Button::primary("Corriger", Press::open(lines_form(team, Some(message)))))
}

/// No milestone has this number or these words.
#[must_use]
pub fn no_such(typed: &str, milestones: &[Milestone]) -> Text {
    let said = Text::from("Je ne connais pas le jalon ").code(words::shortened(typed, TYPED)).plain(". ");
    if milestones.is_empty() {
        return said.plain("L’équipe n’en a pas encore\u{a0}: ").command("jalon ajouter").plain(" en ajoute.");
    }
    listed(said, &milestones.iter().collect::<Vec<_>>())
}

/// Several milestones have these words.
#[must_use]
pub fn several(found: &[&Milestone]) -> Text {
    listed(Text::from("Plusieurs jalons sont possibles\u{a0}: dites lequel par son numéro. "), found)
}

fn listed(said: Text, all: &[&Milestone]) -> Text {
    let names: Vec<String> = all
        .iter()
        .take(MOST)
        .map(|milestone| format!("{} ({})", milestone.number, words::shortened(&milestone.draft.title, TYPED)))
        .collect();
    let more = if all.len() > MOST { ", et d’autres" } else { "" };
    said.plain(format!("Il y a\u{a0}: {}{more}.", names.join(", ")))
}

/// Nobody in the team has this name.
#[must_use]
pub fn unknown_person(typed: &str, members: &[&str]) -> Text {
    Text::from("Personne dans l’équipe ne s’appelle ").code(words::shortened(typed, TYPED)).plain(format!(
        ". Écrivez «\u{a0}moi\u{a0}», «\u{a0}tous\u{a0}» ou des noms parmi\u{a0}: {}.",
        words::and(members)
    ))
}

/// Several members have this name.
#[must_use]
pub fn unsure_person(typed: &str, members: &[&str]) -> Text {
    Text::from("Plusieurs personnes peuvent être ")
        .code(words::shortened(typed, TYPED))
        .plain(format!("\u{a0}: {}. Écrivez le nom en entier.", words::and(members)))
}

/// The team has no such deliverable.
#[must_use]
pub fn unknown_deliverable(typed: &str, all: &[Deliverable]) -> Text {
    let said = Text::from("Je ne connais pas le livrable ").code(words::shortened(typed, TYPED)).plain(". ");
    let names: Vec<String> = all
        .iter()
        .take(MOST)
        .map(|one| format!("{} ({})", one.number, words::shortened(&one.draft.title, TYPED)))
        .collect();
    if names.is_empty() {
        return said.plain("L’équipe n’a pas de livrable.");
    }
    let more = if all.len() > MOST { ", et d’autres" } else { "" };
    said.plain(format!("Il y a\u{a0}: {}{more}.", names.join(", ")))
}

/// The brief doesn't assess this.
#[must_use]
pub fn not_asked(typed: &str, competencies: &[String]) -> Text {
    let said = Text::from("Le sujet n’évalue pas ").code(words::shortened(typed, TYPED)).plain(". ");
    if competencies.is_empty() {
        return said.plain("Il ne cite aucune compétence par son code.");
    }
    let shown = competencies.len().min(2 * MOST);
    let more = if competencies.len() > shown { ", et d’autres" } else { "" };
    said.plain(format!("Il évalue\u{a0}: {}{more}. ", competencies[..shown].join(", ")))
        .command("grille voir")
        .plain(" montre leurs critères.")
}

/// The needs of a milestone would close a circle: `3 → 5 → 3`.
#[must_use]
pub fn cycle(numbers: &[u32]) -> Text {
    let around: Vec<String> = numbers.iter().chain(numbers.first()).map(u32::to_string).collect();
    Text::from("Ces jalons dépendraient les uns des autres en boucle\u{a0}: ")
        .code(around.join(" → "))
        .plain(". Rien n’est enregistré\u{a0}: retirez une de ces dépendances.")
}

/// A milestone can't come after itself.
#[must_use]
pub fn needs_itself(number: u32) -> Text {
    cycle(&[number])
}

/// The brief's own can't be changed by the team.
#[must_use]
pub fn of_brief(number: u32, title: &str) -> Text {
    Text::from("Le ")
        .then(named(number, title))
        .plain(
            " vient du sujet\u{a0}: seul un formateur en change le titre ou la date, avec le sujet. L’équipe peut dire qui s’en \
             charge, et le marquer fait ou bloqué.",
        )
}

/// Somebody changed it meanwhile.
fn changed(number: u32) -> Text {
    Text::from(format!(
        "Quelqu’un a modifié le jalon\u{a0}{number} entre-temps\u{a0}: rien n’est enregistré. Le voici tel qu’il est maintenant\u{a0}; \
         refaites votre modification si elle vaut encore."
    ))
}

/// Somebody changed a milestone meanwhile: how it is now.
#[must_use]
pub fn overtaken(milestone: &Milestone, board: &Board<'_>) -> Draft {
    let now = Draft::error().paragraph(changed(milestone.number)).list(List::bulleted([item(milestone, board)]));
    board.buttons(now, [Button::new("Modifier", Press::open(change_form(milestone, board)))])
}

/// It isn't there any more.
#[must_use]
pub fn gone() -> Text {
    Text::from("Ce jalon vient d’être supprimé. ").command("jalon liste").plain(" montre ceux qui restent.")
}

/// Nothing was said to change.
#[must_use]
pub fn nothing_to_change(number: u32) -> Text {
    Text::from("Dites ce qui change, par exemple ")
        .command(format!("jalon modifier {number} echeance: vendredi 18h"))
        .plain(" ou ")
        .command(format!("jalon modifier {number} qui: moi"))
        .plain(".")
}

/// Two of something in one line.
#[must_use]
pub fn asked_twice(what: &str) -> Text {
    Text::from(format!("Cette ligne donne deux {what}\u{a0}: ne gardez que ce qui compte."))
}

/// A line that has no title.
#[must_use]
pub fn half_empty() -> Text {
    Text::from("Il manque le titre du jalon.")
}

/// It was never deleted, or is erased.
#[must_use]
pub fn not_deleted(typed: &str) -> Text {
    Text::from("Aucun jalon supprimé depuis moins d’un jour ne porte le numéro ")
        .code(words::shortened(typed, TYPED))
        .plain(".")
}

/// It was deleted more than a day ago.
#[must_use]
pub fn too_late(number: u32, title: &str) -> Text {
    let title = words::shortened(title, TITLE);
    Text::from("Le ")
        .then(named(number, &title))
        .plain(" a été supprimé il y a plus d’un jour\u{a0}: il ne peut plus être rétabli. Ajoutez-le de nouveau.")
}
