//! Asking which of several things is meant.

use super::words;
use crate::library::Place;
use vigie_chat::limits::MOST_OPTIONS;
use vigie_chat::{Draft, Invocation, Item, List, Press, Select, Text};
use vigie_referentiels::{Bloc, Referentiel};

/// Which of several competencies. `open` is the command that each choice runs.
#[must_use]
pub fn competencies(places: &[Place<'_>], open: &str) -> Draft {
    let mut select = Select::new("Choisir la compétence");
    let mut items: Vec<Item> = Vec::new();
    for place in places.iter().take(MOST_OPTIONS) {
        let (slug, code) = (place.referentiel.slug.as_str(), place.competency.code.as_str());
        let title = words::title(place.referentiel);
        let press = Press::run(Invocation::new(open).with("code", code).with("referentiel", slug));
        let label = words::shortened(&format!("{code} — {title}"), 100);
        select = select.option(label, press);
        let statement = words::shortened(&place.competency.intitule, 160);
        items.push(Item::from(Text::new().strong(code).plain(format!(" — {title}\u{a0}: {statement}"))));
    }
    Draft::answer()
        .title("Laquelle\u{202f}?")
        .paragraph(format!("{} peuvent convenir.", words::counted(places.len(), "compétence", "compétences")))
        .list(List::numbered(1, items))
        .select(select)
}

/// Which of several blocs.
#[must_use]
pub fn blocs(found: &[(&Referentiel, &Bloc)]) -> Draft {
    let mut select = Select::new("Choisir le bloc");
    for (referentiel, bloc) in found.iter().take(MOST_OPTIONS) {
        let label = words::shortened(&format!("{} — {}", bloc.code, words::title(referentiel)), 100);
        let press = words::open_bloc(&referentiel.slug, &bloc.code);
        select = select.option(label, press);
    }
    let items = found.iter().take(MOST_OPTIONS).map(|(referentiel, bloc)| {
        Text::new().strong(bloc.code.as_str()).plain(format!(" — {}\u{a0}: {}", words::title(referentiel), bloc.titre))
    });
    Draft::answer()
        .title("Lequel\u{202f}?")
        .paragraph(format!("{} peuvent convenir.", words::counted(found.len(), "bloc", "blocs")))
        .list(List::numbered(1, items))
        .select(select)
}

/// Opens one of the competencies of a bloc.
#[must_use]
pub fn open_competencies(referentiel: &Referentiel, bloc: &Bloc) -> Select<Press> {
    let mut select = Select::new("Ouvrir une compétence");
    for competency in bloc.competences.iter().take(MOST_OPTIONS) {
        let press = words::open_competency(&referentiel.slug, competency.code.as_str());
        select = select.option(competency.code.as_str(), press);
    }
    select
}

/// Opens the list of the blocs of a référentiel.
#[must_use]
pub fn open_blocs(slug: &str) -> Press {
    Press::run(Invocation::new("bloc").with("referentiel", slug))
}

/// Which référentiel, for a command that takes one.
#[must_use]
pub fn referentiels<'a>(all: impl IntoIterator<Item = &'a Referentiel>, open: &str) -> Select<Press> {
    let mut select = Select::new("Choisir le référentiel");
    for referentiel in all.into_iter().take(MOST_OPTIONS) {
        let press = Press::run(Invocation::new(open).with("referentiel", referentiel.slug.as_str()));
        select = select.option(words::shortened(words::title(referentiel), 100), press);
    }
    select
}
