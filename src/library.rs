//! The référentiels that are answered from, and their index: what views show and commands look up.

use std::path::Path;
use vigie_chat::folded;
use vigie_index::{Index, IndexError};
use vigie_referentiels::{Bloc, Competency, CompetencyCode, Criterion, Referentiel};

/// The référentiels in force, with their index. Never changes: another one takes its place.
#[derive(Debug)]
pub struct Library {
    /// The référentiels, in order of slug.
    pub referentiels: Vec<Referentiel>,
    /// What searches them.
    pub index: Index,
}

impl Library {
    /// Indexes référentiels: in memory, or in a folder where the index is kept from one start to the next.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when the index can't be built, or the folder can't be written.
    pub fn new(referentiels: Vec<Referentiel>, folder: Option<&Path>) -> Result<Self, IndexError> {
        let index = match folder {
            None => Index::build(&referentiels)?,
            Some(folder) => {
                let (index, opened) = Index::open_or_build(folder, &referentiels)?;
                tracing::info!(?opened, "index opened");
                index
            }
        };
        Ok(Self { referentiels, index })
    }

    /// The référentiel of this slug.
    #[must_use]
    pub fn referentiel(&self, slug: &str) -> Option<&Referentiel> {
        self.referentiels.iter().find(|r| r.slug == slug)
    }

    /// Every competency of this code, in every référentiel that has one.
    #[must_use]
    pub fn competencies(&self, code: &CompetencyCode) -> Vec<Place<'_>> {
        let places = self.referentiels.iter().filter_map(|referentiel| {
            let (bloc, competency) = referentiel.competency(code)?;
            Some(Place { referentiel, bloc, competency })
        });
        places.collect()
    }

    /// Every competency that people may mean by this code: those that have it, then those whose document has no codes and
    /// that ours ends with (`C1` for `B2.C1`).
    #[must_use]
    pub fn meant_by(&self, code: &CompetencyCode) -> Vec<Place<'_>> {
        let mut places = self.competencies(code);
        let ending = format!(".{code}");
        for referentiel in &self.referentiels {
            let numbered =
                referentiel.competencies().filter(|(_, c)| c.code_genere && c.code.as_str().ends_with(&ending));
            places.extend(numbered.map(|(bloc, competency)| Place { referentiel, bloc, competency }));
        }
        places
    }

    /// Every criterion of this id, in whatever case it is typed, with its first competency.
    #[must_use]
    pub fn criteria(&self, id: &str) -> Vec<(Place<'_>, &Criterion)> {
        let wanted = folded(id.trim());
        let mut found = Vec::new();
        for referentiel in &self.referentiels {
            for (_, criterion) in referentiel.criteria().filter(|(_, c)| folded(&c.id) == wanted) {
                let first = criterion.competences.first().and_then(|code| referentiel.competency(code));
                found.extend(first.map(|(bloc, competency)| (Place { referentiel, bloc, competency }, criterion)));
            }
        }
        found
    }
}

/// A competency and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Its bloc.
    pub bloc: &'a Bloc,
    /// The competency.
    pub competency: &'a Competency,
}
