//! What a command has at hand, and how it ends badly.

use crate::config::Settings;
use std::sync::Arc;
use vigie_chat::{CommandSet, Origin, Text};
use vigie_index::{Index, IndexError};
use vigie_referentiels::{Bloc, Competency, CompetencyCode, Referentiel};

/// The référentiels in force, with their index. Never changes: another one takes its place.
#[derive(Debug)]
pub struct Library {
    /// The référentiels, in order of slug.
    pub referentiels: Vec<Referentiel>,
    /// What searches them.
    pub index: Index,
}

impl Library {
    /// Indexes référentiels.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when the index can't be built.
    pub fn new(referentiels: Vec<Referentiel>) -> Result<Self, IndexError> {
        let index = Index::build(&referentiels)?;
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

/// What a command has at hand. It owns what it holds, so that each command can run in its own task.
#[derive(Debug, Clone)]
pub struct Context {
    /// The référentiels in force when the command began.
    pub library: Arc<Library>,
    /// Settings.
    pub settings: Arc<Settings>,
    /// All commands, for help.
    pub commands: Arc<CommandSet>,
    /// Who asks, where and when.
    pub origin: Origin,
}

/// How a command ends when it doesn't do what was asked.
#[derive(Debug)]
pub enum Problem {
    /// A value can't be read. Usage and an example are shown with it.
    Misread(Text),
    /// It is refused, with a sentence that says what to do next.
    Refused(Text),
    /// Our fault.
    Fault(Box<dyn std::error::Error + Send + Sync>),
}

impl Problem {
    /// A refusal.
    #[must_use]
    pub fn refused(sentence: impl Into<Text>) -> Self {
        Self::Refused(sentence.into())
    }

    /// A value that can't be read.
    #[must_use]
    pub fn misread(sentence: impl Into<Text>) -> Self {
        Self::Misread(sentence.into())
    }
}
