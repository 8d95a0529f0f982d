//! One assessment out of its cell: its heading, what it is about, what the candidate must do and produce.

use super::announce::Announce;
use super::work::work;
use super::{Context, Draft, Found};
use crate::import::grid::Piece;
use crate::import::pattern::pattern;
use crate::import::reading::marks;
use crate::import::reading::wording::{add_item, fold, is_lead_in, is_part, says_something, sentences, trim_item};
use crate::model::Assessment;

pattern!(SCOPE_BEGINS, r"\sRelati(?:f|ve)s? (?:à|aux?)\s");
// On folded text.
pattern!(
    SCOPE,
    r"\brelati(?:f|ve)s? (?:a l'ensemble du bloc|aux? activites?|a l'activite|aux? competences?|a la competence)"
);
pattern!(
    HELD_ELSEWHERE,
    r"^(?:les )?(?:details|conditions|modalites)\b.*\b(?:epreuve|evaluation)s?\b.*\b(?:reglement|annexe|dossier technique)\b"
);

/// One assessment out of its cell: its heading, then what must be produced.
pub(super) fn read(draft: &Draft, context: &Context<'_>) -> Found {
    let mut pieces = draft.cell.pieces.iter();
    let mut heading = String::new();
    let mut rest: Vec<Piece> = Vec::new();
    if let Some(first) = pieces.next() {
        if draft.announce == Announce::Listing {
            // It lists competencies; what it is comes after, on the same line or on the next.
            let after = marks::after_codes(&first.text);
            heading = if after.is_empty() {
                pieces.next().map(|p| p.text.clone()).unwrap_or_default()
            } else {
                after.to_owned()
            };
        } else {
            let (head, after) = split_heading(&first.text);
            head.clone_into(&mut heading);
            if let Some(after) = after {
                rest.push(Piece { text: after.to_owned(), ..first.clone() });
            } else if is_lead_in(head)
                && head.split_whitespace().count() <= 3
                && let Some(next) = pieces.next()
            {
                heading = format!("{head} {}", next.text);
            }
        }
    }
    rest.extend(pieces.cloned());
    let mut attendus: Vec<String> = Vec::new();
    let mut scope = Vec::new();
    // Whether the last one is a sentence that items were joined to.
    let mut joined = false;
    for piece in &rest {
        let mut goes_on = false;
        for (place, sentence) in sentences(&piece.text, context.starters).into_iter().enumerate() {
            let text = trim_item(&sentence).to_owned();
            let folded = fold(&text);
            if SCOPE.is_match(&folded) || HELD_ELSEWHERE.is_match(&folded) {
                scope.push(text);
            } else if let Some(last) = attendus.last_mut()
                && place > 0
                && text.split_whitespace().count() <= 3
            {
                // "La justifier." says nothing without the sentence before it.
                *last = format!("{last} {text}");
            } else if let Some(last) = attendus.last_mut()
                && place == 0
                && piece.is_item()
                && (is_lead_in(last) || joined)
                && is_part(&text)
            {
                add_item(last, &text);
                goes_on = true;
            } else if says_something(&text) {
                attendus.push(text);
            }
        }
        joined = goes_on;
    }
    let modalite = heading.trim().trim_end_matches(':').trim_end().to_owned();
    let travail = work(&modalite, &attendus);
    Found {
        assessment: Assessment { competences: Vec::new(), modalite, travail, attendus, criteres: Vec::new() },
        scope,
        first_row: draft.first_row,
        last_row: draft.last_row,
        lists_codes: draft.announce == Announce::Listing,
    }
}

/// Splits what is run together in one piece: the heading, and what comes after it.
fn split_heading(text: &str) -> (&str, Option<&str>) {
    let cut = |at: usize| (text[..at].trim_end(), Some(text[at..].trim_start()).filter(|rest| !rest.is_empty()));
    if let Some(scope) = SCOPE_BEGINS.find(text) {
        return cut(scope.start());
    }
    // "Épreuve 2 : le candidat doit … : ce qu'il doit".
    let mut colons = text.match_indices(" : ").map(|(at, _)| at + 3);
    if let (Some(first), Some(second)) = (colons.next(), colons.next())
        && fold(&text[first..second]).contains("candidat")
    {
        return cut(second);
    }
    (text, None)
}
