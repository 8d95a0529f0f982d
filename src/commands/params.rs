//! Parameters that several commands share: how they are defined, read and completed.

use super::context::Problem;
use crate::library::Library;
use crate::views::words;
use strsim::osa_distance;
use vigie_chat::limits::{MOST_OPTIONS, WORDS};
use vigie_chat::{CompletionQuery, Invocation, ParamKind, ParamSpec, Suggestion, Text, folded};
use vigie_referentiels::Referentiel;

/// The parameter that names a référentiel.
pub(super) const REFERENTIEL: &str = "referentiel";
/// The parameter that names a competency, by code or by words.
pub(super) const CODE: &str = "code";
/// The parameter that names a bloc.
pub(super) const BLOC: &str = "bloc";
/// The parameter that names a term of the lexique.
pub(super) const TERME: &str = "terme";

/// Longest slug that a typed name is held against, in characters.
const LONGEST_SLUG: usize = 60;

/// The parameter that turns the pages of an answer.
pub(super) const PAGE: &str = "page";

/// The optional parameter that narrows a command to one référentiel.
pub(super) fn referentiel() -> ParamSpec {
    ParamSpec::new(REFERENTIEL, "Référentiel dans lequel chercher, par exemple data-engineer", ParamKind::Text)
        .completed()
}

/// The parameter that turns the pages of an answer.
pub(super) fn page() -> ParamSpec {
    ParamSpec::new(PAGE, "Page à montrer, à partir de 1", ParamKind::Integer { min: 1, max: 1_000 })
}

/// The page that is asked for, from 1.
pub(super) fn page_of(invocation: &Invocation) -> usize {
    invocation.integer(PAGE).and_then(|page| usize::try_from(page).ok()).unwrap_or(1).max(1)
}

/// The référentiel that an invocation names, if it names one.
pub(super) fn read_referentiel<'a>(
    name: Option<&str>,
    library: &'a Library,
) -> Result<Option<&'a Referentiel>, Problem> {
    name.map(|name| find_referentiel(name, library)).transpose()
}

/// What a name of a référentiel leads to.
enum Named<'a> {
    None,
    One(&'a Referentiel),
    Several(Vec<&'a Referentiel>),
}

/// The référentiel meant by a slug, a title, or words of them.
pub(super) fn find_referentiel<'a>(name: &str, library: &'a Library) -> Result<&'a Referentiel, Problem> {
    match named(name, library) {
        Named::One(one) => Ok(one),
        Named::Several(several) => Err(several_referentiels(name, &several)),
        Named::None => {
            Err(choose("Je ne connais pas le référentiel ", name, &library.referentiels.iter().collect::<Vec<_>>()))
        }
    }
}

fn several_referentiels(name: &str, several: &[&Referentiel]) -> Problem {
    choose("Plusieurs référentiels répondent à ", name, several)
}

fn choose(start: &str, name: &str, among: &[&Referentiel]) -> Problem {
    let names = among.iter().map(|r| r.slug.as_str()).collect::<Vec<_>>().join(", ");
    Problem::misread(
        Text::from(start).code(words::shortened(name, 40)).plain(format!(". Choisissez parmi\u{a0}: {names}.")),
    )
}

fn named<'a>(name: &str, library: &'a Library) -> Named<'a> {
    let wanted = folded(name);
    let words: Vec<&str> = wanted.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let all = &library.referentiels;
    if let Some(exact) = all.iter().find(|r| folded(&r.slug) == wanted || folded(&r.titre) == wanted) {
        return Named::One(exact);
    }
    let found: Vec<&Referentiel> = all
        .iter()
        .filter(|r| {
            let name = folded(&format!("{} {}", r.slug, r.titre));
            !words.is_empty() && words.iter().all(|word| name.contains(word))
        })
        .collect();
    match found.as_slice() {
        [] => Named::None,
        [one] => Named::One(one),
        _ => Named::Several(found),
    }
}

/// A code or words, and the référentiel named after them. What names none is a word more of the text, as in
/// `criteres c1.5 accessibilité`: who types without quotes can't say where the text ends.
///
/// # Errors
///
/// [`Problem::Misread`] where several référentiels could be meant, or one that is written nearly so.
pub(super) fn text_within<'a>(
    text: &str,
    name: Option<&str>,
    library: &'a Library,
) -> Result<(String, Option<&'a Referentiel>), Problem> {
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else { return Ok((text.to_owned(), None)) };
    match named(name, library) {
        Named::One(one) => Ok((text.to_owned(), Some(one))),
        Named::Several(several) => Err(several_referentiels(name, &several)),
        Named::None => match nearest(name, library) {
            Some(near) => Err(Problem::misread(
                Text::from("Je ne connais pas le référentiel ")
                    .code(words::shortened(name, 40))
                    .plain(". Vouliez-vous dire ")
                    .code(near.slug.as_str())
                    .plain("\u{a0}?"),
            )),
            None => Ok((format!("{text} {name}"), None)),
        },
    }
}

/// The référentiel whose slug, or a word of it, is written as this but for a letter or two.
fn nearest<'a>(name: &str, library: &'a Library) -> Option<&'a Referentiel> {
    let wanted: String = folded(name).chars().take(LONGEST_SLUG).collect();
    let most = match wanted.chars().count() {
        0..4 => return None,
        4..8 => 1,
        _ => 2,
    };
    let distance = |r: &Referentiel| {
        let slug = folded(&r.slug);
        let words = slug.split('-').filter(|word| word.chars().count() >= 4);
        words.chain([slug.as_str()]).map(|word| osa_distance(word, &wanted)).min()
    };
    let near = library.referentiels.iter().filter_map(|r| Some((distance(r)?, r)));
    near.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, r)| r)
}

/// What could be meant by what is typed so far.
pub(super) fn complete(query: &CompletionQuery, library: &Library) -> Vec<Suggestion> {
    let scope = query.invocation.text(REFERENTIEL).and_then(|name| find_referentiel(name, library).ok());
    match query.param.as_str() {
        REFERENTIEL => referentiels(&query.typed, library),
        BLOC => blocs(&query.typed, scope, library),
        TERME => terms(&query.typed, scope, library),
        "commande" => commands(&query.typed),
        _ => competencies(query, scope, library),
    }
}

fn referentiels(typed: &str, library: &Library) -> Vec<Suggestion> {
    let typed = folded(typed);
    let found = library.referentiels.iter().filter(|r| folded(&format!("{} {}", r.slug, r.titre)).contains(&typed));
    found.map(|r| suggestion(&r.titre, &r.slug)).take(MOST_OPTIONS).collect()
}

fn blocs(typed: &str, scope: Option<&Referentiel>, library: &Library) -> Vec<Suggestion> {
    let typed = folded(typed);
    let within = library.referentiels.iter().filter(|r| scope.is_none_or(|s| s.slug == r.slug));
    within
        .flat_map(|r| r.blocs.iter().map(move |bloc| (r, bloc)))
        .filter(|(_, bloc)| folded(&format!("{} {}", bloc.code, bloc.titre)).contains(&typed))
        .map(|(r, bloc)| {
            suggestion(&format!("{} ({}) — {}", bloc.code, r.slug, bloc.titre), &format!("{} {}", r.slug, bloc.code))
        })
        .take(MOST_OPTIONS)
        .collect()
}

fn terms(typed: &str, scope: Option<&Referentiel>, library: &Library) -> Vec<Suggestion> {
    let typed = folded(typed);
    let within = library.referentiels.iter().filter(|r| scope.is_none_or(|s| s.slug == r.slug));
    let terms = within.flat_map(|r| &r.lexique).map(|definition| definition.terme.as_str());
    terms.filter(|term| folded(term).contains(&typed)).map(|term| suggestion(term, term)).take(MOST_OPTIONS).collect()
}

fn commands(typed: &str) -> Vec<Suggestion> {
    let typed = folded(typed);
    let found = super::ALL.iter().filter(|entry| entry.path.contains(&typed));
    found
        .map(|entry| suggestion(&format!("{} — {}", entry.path, (entry.spec)().summary), entry.path))
        .take(MOST_OPTIONS)
        .collect()
}

fn competencies(query: &CompletionQuery, scope: Option<&Referentiel>, library: &Library) -> Vec<Suggestion> {
    let found = library.index.complete(&query.typed, scope.map(|s| s.slug.as_str()), MOST_OPTIONS);
    found
        .into_iter()
        .filter_map(|s| {
            let code = s.code?;
            // A suggestion that names its référentiel can't be ambiguous once it is chosen.
            let value = if scope.is_some() { code.clone() } else { format!("{} {code}", s.referentiel) };
            Some(suggestion(&format!("{code} ({}) — {}", s.referentiel, s.title), &value))
        })
        .collect()
}

fn suggestion(label: &str, value: &str) -> Suggestion {
    Suggestion { label: words::shortened(label, WORDS), value: words::shortened(value, WORDS) }
}

/// A référentiel named before a code or a word, as completion writes it ("data-engineer C1.5"), and the rest.
pub(super) fn named_first<'a, 't>(text: &'t str, library: &'a Library) -> (Option<&'a Referentiel>, &'t str) {
    if let Some((first, rest)) = text.trim().split_once(char::is_whitespace)
        && let Some(referentiel) = library.referentiel(&first.to_lowercase())
    {
        return (Some(referentiel), rest.trim());
    }
    (None, text.trim())
}

/// A text that must be there.
pub(super) fn text(invocation: &Invocation, param: &str) -> Result<String, Problem> {
    let text = invocation.text(param).map(str::trim).filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or_else(|| Problem::misread(Text::from("Il manque ").code(param).plain(".")))
}
