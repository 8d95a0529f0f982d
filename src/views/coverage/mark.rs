//! What a change of the grid says.

use super::{Source, line, progress, proof};
use crate::domain::coverage::{AccessibleRule, Coverage, Proof};
use crate::domain::grid::{Grid, Line};
use crate::views::whose::Whose;
use crate::views::words;
use vigie_chat::limits::WORDS;
use vigie_chat::{Button, Draft, Form, FormField, Item, List, Press, Select, Text};

/// What was done to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It is in progress.
    Begun,
    /// It is to do again.
    Cleared,
    /// It has a proof more, of this number.
    Added {
        /// Counted from 1.
        number: usize,
    },
    /// It had this proof already.
    Known,
    /// It has a proof less.
    Removed {
        /// Which.
        proof: Proof,
    },
}

/// Whether whoever reads may mark criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// They may.
    Offered,
    /// They only read.
    NotTheirs,
}

/// A choice of lines to begin.
pub(super) fn begin(whose: &Whose<'_>, shown: &[&Line]) -> Option<Select<Press>> {
    let todo = shown.iter().filter(|line| line.coverage == Coverage::Todo);
    let select = todo.fold(Select::new("Noter en cours…"), |select, line| {
        let label = words::shortened(&format!("{} {}", line.id, line.text), WORDS);
        select.option(label, Press::run(whose.invocation("grille couvrir").with("critere", line.id.as_str())))
    });
    (!select.options.is_empty()).then_some(select)
}

/// What was done to a line, and how far the team now is.
#[must_use]
pub fn marked(
    whose: &Whose<'_>,
    (grid, changed): (&Grid, &Line),
    done: &Done,
    source: Source<'_>,
    rule: Option<&AccessibleRule<'_>>,
) -> Draft {
    let said = match done {
        Done::Begun => Text::from("C’est noté en cours."),
        Done::Cleared => Text::from("C’est de nouveau à faire."),
        Done::Added { number } => {
            Text::from(format!("La preuve\u{a0}{number} est notée\u{a0}: le critère est couvert."))
        }
        Done::Known => Text::from("Cette preuve est déjà notée."),
        Done::Removed { proof: removed } => Text::from("La preuve est retirée\u{a0}: ").then(proof(removed)).plain("."),
    };
    let under = changed.proofs.iter().enumerate();
    let under = under.map(|(at, one)| Text::from(format!("Preuve\u{a0}{}\u{a0}: ", at + 1)).then(proof(one)));
    let mut draft = Draft::answer()
        .paragraph(said)
        .list(List::bulleted([Item::with(line(changed), under)]))
        .paragraph(format!("L’{}\u{a0}: {}.", whose.named(), progress(grid.whole, source.noun())));
    // Said when a criterion is claimed, not each time that the grid is touched.
    if let (Some(rule), Done::Added { .. }) = (rule, done) {
        draft = draft
            .paragraph("Cette compétence dit «\u{a0}accessible\u{a0}». Le référentiel précise\u{a0}:")
            .block(super::quoted(rule));
    }
    let again = whose.invocation("grille couvrir").with("critere", changed.id.as_str());
    draft = match done {
        Done::Begun => draft
            .button(Button::primary(
                "Ajouter une preuve",
                Press::open(
                    Form::new("Ajouter une preuve", again.clone())
                        .field(FormField::line("preuve", "Livrable (L2), lien ou phrase")),
                ),
            ))
            .button(Button::new("Remettre à faire", Press::run(again.with("etat", "a-faire")))),
        Done::Cleared => draft.button(Button::new("Noter en cours", Press::run(again))),
        Done::Added { number } => {
            let number = i64::try_from(*number).unwrap_or(i64::MAX);
            draft.button(Button::new("Annuler", Press::run(again.with("retirer", number))))
        }
        Done::Removed { proof } => draft.button(Button::new("Annuler", Press::run(again.with("preuve", typed(proof))))),
        Done::Known => draft,
    };
    draft.button(Button::new("Ce qui manque", Press::run(whose.invocation("grille manque")))).note(source.sentence())
}

/// A proof as it is typed.
fn typed(proof: &Proof) -> String {
    match proof {
        Proof::Deliverable(number) => format!("L{number}"),
        Proof::Link(link) => link.as_str().to_owned(),
        Proof::Sentence(words) => words.clone(),
    }
}
