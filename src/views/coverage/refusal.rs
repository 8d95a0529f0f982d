//! What is said when a criterion or a proof isn't there.

use crate::domain::grid::{Grid, Line};
use crate::views::words;
use vigie_chat::Text;

/// Longest name that is repeated, in characters.
const NAME: usize = 60;
/// Most things that a refusal names.
const MOST: usize = 10;

/// The brief names no competency.
#[must_use]
pub fn nothing_asked() -> Text {
    Text::from("Le sujet ne nomme aucune compétence\u{a0}: il n’y a pas de grille. Un formateur les ajoute avec ")
        .command("brief modifier")
        .plain(".")
}

/// No criterion has this id or these words.
#[must_use]
pub fn no_such(name: &str) -> Text {
    Text::from("Aucun critère du sujet ne répond à ")
        .code(words::shortened(name, NAME))
        .plain(". ")
        .command("grille manque")
        .plain(" les montre avec leur numéro.")
}

/// Several could be meant.
#[must_use]
pub fn several(several: &[&Line]) -> Text {
    let names: Vec<String> =
        several.iter().take(MOST).map(|line| format!("{} ({})", line.id, words::shortened(&line.text, NAME))).collect();
    let more = if several.len() > MOST { ", et d’autres" } else { "" };
    Text::from(format!(
        "Plusieurs critères sont possibles\u{a0}: dites lequel par son numéro. Il y a\u{a0}: {}{more}.",
        names.join(", ")
    ))
}

/// The brief doesn't assess this competency.
#[must_use]
pub fn not_in_brief(code: &str, grid: &Grid) -> Text {
    let codes: Vec<&str> = grid.rows.iter().take(MOST * 2).map(|row| row.code.as_str()).collect();
    let more = if grid.rows.len() > MOST * 2 { ", et d’autres" } else { "" };
    Text::from("Le sujet n’évalue pas la compétence ")
        .code(words::shortened(code, NAME))
        .plain(format!(". Il y a\u{a0}: {}{more}.", codes.join(", ")))
}

/// The team has no such deliverable.
#[must_use]
pub fn no_such_deliverable(number: u32) -> Text {
    Text::from(format!("Il n’y a pas de livrable L{number}. "))
        .command("livrable liste")
        .plain(" montre ceux de l’équipe.")
}

/// A proof to add and one to take away at once.
#[must_use]
pub fn add_or_remove() -> Text {
    Text::from("Ajoutez une preuve avec ")
        .code("preuve")
        .plain(", ou retirez-en une avec ")
        .code("retirer")
        .plain(", pas les deux à la fois.")
}

/// A proof and a state at once: what has a proof is covered.
#[must_use]
pub fn proof_or_state() -> Text {
    Text::from("Un critère est couvert dès qu’il a une preuve\u{a0}: donnez ")
        .code("etat")
        .plain(" seul, ou bien une preuve à ajouter ou à retirer.")
}

/// It has a proof: it can't be in progress, nor to do.
#[must_use]
pub fn covered_already() -> Text {
    Text::from("Ce critère est déjà couvert. Pour le remettre en cours ou à faire, retirez d’abord ses preuves avec ")
        .code("retirer")
        .plain(".")
}

/// The criterion has no proof of this number.
#[must_use]
pub fn no_such_proof(number: usize, count: usize) -> Text {
    let has = match count {
        0 => "il n’en a aucune".to_owned(),
        count => format!("il en a {count}"),
    };
    Text::from(format!("Ce critère n’a pas de preuve\u{a0}{number}\u{a0}: {has}. "))
        .command("grille voir")
        .plain(" les montre avec leur numéro.")
}
