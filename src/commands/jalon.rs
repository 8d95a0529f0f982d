//! `/jalon …`: what a team plans, one command a file.
//!
//! The team changes what is its own. A milestone of the brief is the brief's: the team says who does it and how far it is.

mod ajouter;
mod etat;
mod ground;
mod lines;
mod liste;
mod modifier;
mod suppression;

pub(super) use ajouter::Ajouter;
pub(super) use etat::{Bloque, Fait, Rouvrir};
pub(super) use liste::Liste;
pub(super) use modifier::Modifier;
pub(super) use suppression::{Retablir, Supprimer};

use super::here::Here;
use super::which;
use crate::store::{Milestone, Progress, Store, StoreError};
use crate::views;
use vigie_chat::limits::{MOST_OPTIONS, WORDS};
use vigie_chat::{CompletionQuery, Invocation, ParamKind, ParamSpec, Suggestion, Text, folded};

/// The parameter that names a milestone.
pub(super) const JALON: &str = "jalon";
/// The parameter that names people of a team.
pub(super) const QUI: &str = "qui";

/// The parameter that names a milestone.
pub(super) fn jalon() -> ParamSpec {
    ParamSpec::new(JALON, "Numéro du jalon, ou mots de son titre", ParamKind::Text).completed()
}

/// What a milestone may be given, for adding and changing.
fn details() -> [ParamSpec; 6] {
    [
        ParamSpec::new("echeance", "Date, par exemple vendredi 18h ou J-7", ParamKind::Date),
        ParamSpec::new(QUI, "Qui s’en charge\u{a0}: noms, moi ou tous", ParamKind::Text).completed(),
        ParamSpec::new("duree", "Travail prévu, par exemple 3h", ParamKind::Duration),
        ParamSpec::new("apres", "Jalons à faire avant\u{a0}: leurs numéros", ParamKind::Text),
        ParamSpec::new("livrable", "Livrable auquel il mène\u{a0}: son numéro", ParamKind::Text),
        ParamSpec::new("criteres", "Compétences ou critères, par exemple C1.5", ParamKind::Text),
    ]
}

/// A text that says something.
pub(super) fn said(invocation: &Invocation, param: &str) -> Option<String> {
    invocation.text(param).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The number that a text is, as people write it: `3`, `J3`, `#3`, `jalon 3`.
fn number(typed: &str) -> Option<u32> {
    let plain = folded(typed.trim());
    let bare = plain.strip_prefix("jalon").unwrap_or(&plain).trim_start();
    bare.strip_prefix(['j', '#']).unwrap_or(bare).parse().ok()
}

/// A number and the words after it, where a milestone and something else were typed in one go: `3 on attend les accès`.
fn number_first(typed: &str) -> (&str, Option<&str>) {
    match typed.trim().split_once(char::is_whitespace) {
        Some((first, rest)) if number(first).is_some() => (first, Some(rest.trim())),
        _ => (typed, None),
    }
}

/// The milestone that is meant, by number, by its whole title or by words of it.
///
/// # Errors
///
/// What to say where it is none, or could be several.
pub(super) fn find<'a>(milestones: &'a [Milestone], typed: &str) -> Result<&'a Milestone, Text> {
    let none = || views::milestone::no_such(typed, milestones);
    if let Some(number) = number(typed) {
        return milestones.iter().find(|milestone| milestone.number == number).ok_or_else(none);
    }
    let wanted = folded(typed.trim());
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let title = |milestone: &Milestone| folded(&milestone.draft.title);
    if let Some(exact) = milestones.iter().find(|milestone| title(milestone) == wanted) {
        return Ok(exact);
    }
    let has_all = |milestone: &&Milestone| {
        let title = title(milestone);
        !words.is_empty() && words.iter().all(|word| title.contains(word))
    };
    match milestones.iter().filter(has_all).collect::<Vec<_>>().as_slice() {
        [one] => Ok(one),
        [] => Err(none()),
        several => Err(views::milestone::several(several)),
    }
}

/// What could be meant by what is typed so far of a milestone, or of people. Only who may read a team's work is told.
///
/// # Errors
///
/// [`StoreError`].
pub(super) async fn complete(
    query: &CompletionQuery,
    (here, store): (&Here, &Store),
) -> Result<Vec<Suggestion>, StoreError> {
    let Some(team) = which::team_of_query(query, (here, store)).await? else { return Ok(Vec::new()) };
    if query.param == QUI {
        return Ok(people(&query.typed, team.members.iter().filter_map(|member| member.name.as_deref())));
    }
    let mut milestones = store.of(here.tenant).milestones_of(team.key).await?;
    // What is still to do is what is most often meant.
    milestones.sort_by_key(|milestone| matches!(milestone.progress, Progress::Done { .. }));
    let lines = milestones.into_iter().map(|milestone| (milestone.number.to_string(), milestone.draft.title));
    Ok(which::suggestions(lines, &folded(&query.typed)))
}

/// The last of several names, completed.
fn people<'a>(typed: &str, members: impl Iterator<Item = &'a str>) -> Vec<Suggestion> {
    let (before, last) = typed.rsplit_once(',').map_or(("", typed), |(before, last)| (before, last));
    let last = folded(last.trim());
    let all = ["moi", "tous"].into_iter().chain(members).filter(|name| folded(name).contains(&last));
    let value = |name: &str| if before.is_empty() { name.to_owned() } else { format!("{}, {name}", before.trim()) };
    let short = all.map(value).filter(|value| value.chars().count() <= WORDS);
    short.map(|value| Suggestion { label: value.clone(), value }).take(MOST_OPTIONS).collect()
}
