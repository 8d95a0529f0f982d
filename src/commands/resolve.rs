//! Which competency is meant by a code or by words.

use super::context::Problem;
use super::params::named_first;
use crate::library::{Library, Place};
use crate::views;
use vigie_chat::{Draft, Text};
use vigie_index::{Kind, Query};
use vigie_referentiels::{CompetencyCode, Criterion, Referentiel};

/// How many competencies a question of which one is meant offers.
const OFFERED: usize = 10;

/// What a code or words may mean.
pub(super) enum Meant<'a> {
    /// One competency.
    One(Place<'a>),
    /// Several; the person is asked which.
    Several(Vec<Place<'a>>),
}

/// The competency that a code or words mean.
///
/// A code means what has this code, or what has it within its bloc where the document has none; a criterion's code (`CE12.1`) means its competency; anything else is searched.
pub(super) fn competency<'a>(
    text: &str,
    scope: Option<&'a Referentiel>,
    library: &'a Library,
) -> Result<Meant<'a>, Problem> {
    let (named, rest) = named_first(text, library);
    let scope = scope.or(named);
    for code in written(rest) {
        let mut places = library.meant_by(&code);
        places.retain(|place| scope.is_none_or(|s| s.slug == place.referentiel.slug));
        match places.as_slice() {
            [] => {}
            [one] => return Ok(Meant::One(*one)),
            _ => return Ok(Meant::Several(places)),
        }
    }
    let query = Query::new(rest).within(scope.map(|s| s.slug.as_str())).only([Kind::Competence]).page(0, OFFERED);
    let answer = library.index.search(&query);
    let places: Vec<Place<'a>> = answer.hits.iter().filter_map(|hit| place(hit, library)).collect();
    match places.as_slice() {
        [] => Err(nothing(rest, scope, library)),
        [one] => Ok(Meant::One(*one)),
        _ => Ok(Meant::Several(places)),
    }
}

/// The codes that a text may be: as it is written, and with the letter that people leave out (`1.5` for `C1.5`).
fn written(text: &str) -> impl Iterator<Item = CompetencyCode> {
    let text = text.replace([',', ';', ':'], ".");
    let with_letter = text.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("C{text}"));
    [Some(text), with_letter].into_iter().flatten().filter_map(|text| text.parse().ok())
}

/// The criterion that an id written in full names (`C1.5/3`, `CE12.1`), if one référentiel alone has it.
pub(super) fn criterion<'a>(
    id: &str,
    scope: Option<&Referentiel>,
    library: &'a Library,
) -> Option<(Place<'a>, &'a Criterion)> {
    let (named, rest) = named_first(id, library);
    let scope = scope.or(named).map(|s| s.slug.as_str());
    let mut found = library.criteria(rest);
    found.retain(|(place, _)| scope.is_none_or(|slug| slug == place.referentiel.slug));
    if let [one] = found.as_slice() { Some(*one) } else { None }
}

/// The competency that a hit is.
fn place<'a>(hit: &vigie_index::Hit, library: &'a Library) -> Option<Place<'a>> {
    let code: CompetencyCode = hit.code.as_ref()?.parse().ok()?;
    library.competencies(&code).into_iter().find(|place| place.referentiel.slug == hit.referentiel)
}

fn nothing(text: &str, scope: Option<&Referentiel>, library: &Library) -> Problem {
    let within = scope.map(|s| format!(" dans {}", s.titre)).unwrap_or_default();
    let mut sentence = Text::from("Aucune compétence ne répond à ")
        .code(views::words::shortened(text, 60))
        .plain(format!("{within}."));
    let near = library.index.nearest_words(text, 3);
    if near.is_empty() {
        sentence =
            sentence.plain(" Essayez un code, par exemple ").command("competence C1.5").plain(", ou d’autres mots.");
    } else {
        sentence = sentence.plain(format!(" Mots proches\u{a0}: {}.", near.join(", ")));
    }
    Problem::Refused(sentence)
}

/// Asks which of several competencies is meant. `open` is the command that each choice runs.
pub(super) fn ask(places: &[Place<'_>], open: &str) -> Draft {
    views::choice::competencies(places, open)
}
