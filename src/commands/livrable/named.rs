//! Which deliverable of a team is meant: by its number or by words of its title.

use crate::commands::context::Problem;
use crate::store::Deliverable;
use crate::views;
use vigie_chat::{ParamKind, ParamSpec, folded};

/// The parameter that names a deliverable.
pub(in crate::commands) const LIVRABLE: &str = "livrable";

/// The parameter that names a deliverable.
pub(super) fn livrable() -> ParamSpec {
    ParamSpec::new(LIVRABLE, "Numéro du livrable (L2) ou mots de son titre", ParamKind::Text).required().completed()
}

/// The one that is meant.
///
/// # Errors
///
/// [`Problem::Refused`] with those that could be meant.
pub(super) fn find<'a>(all: &'a [Deliverable], name: &str) -> Result<&'a Deliverable, Problem> {
    let wanted = folded(name);
    let found: Vec<&Deliverable> = match number(&wanted) {
        Some(number) => all.iter().filter(|one| one.number == number).collect(),
        None => by_words(all, &wanted),
    };
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Problem::Refused(views::deliverable::no_such(name, all))),
        several => Err(Problem::Refused(views::deliverable::several(several))),
    }
}

/// The number that `2`, `L2`, `l 2` or `livrable 2` says; its text is folded.
pub(in crate::commands) fn number(folded: &str) -> Option<u32> {
    let rest = ["livrable", "l", "#"].into_iter().find_map(|head| folded.strip_prefix(head)).unwrap_or(folded).trim();
    rest.bytes().all(|byte| byte.is_ascii_digit()).then(|| rest.parse().ok()).flatten()
}

fn by_words<'a>(all: &'a [Deliverable], wanted: &str) -> Vec<&'a Deliverable> {
    let title = |one: &Deliverable| folded(&one.draft.title);
    let exact: Vec<&Deliverable> = all.iter().filter(|one| title(one) == wanted).collect();
    if !exact.is_empty() {
        return exact;
    }
    let words: Vec<&str> = wanted.split_whitespace().collect();
    all.iter()
        .filter(|one| {
            let title = title(one);
            !words.is_empty() && words.iter().all(|word| title.contains(word))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for typed in ["2", "L2", "l 2", "Livrable 2", "#2", "LIVRABLE 2"] {
            assert_eq!(number(&folded(typed)), Some(2), "{typed}");
        }
        for words in ["dossier", "l", "", "2 dossiers", "livre 2", "L2 bis", "99999999999", "-2"] {
            assert_eq!(number(&folded(words)), None, "{words}");
        }
    }
}
