//! The fields of a brief, as people name them.

use super::Brief;
use serde::{Deserialize, Serialize};
use std::fmt;
use vigie_chat::folded;

/// A field that can be shown, missed and corrected by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the fields of a brief, which are documented there")]
pub enum Field {
    Title,
    Referentiel,
    Bloc,
    Competencies,
    Context,
    Deliverables,
    Preparation,
    Team,
    Oral,
    Interview,
    Jury,
    Starts,
    Deadline,
    Defences,
    Milestones,
    Resources,
    Modalities,
}

impl Field {
    /// All fields, in the order in which a brief is shown.
    pub const ALL: [Self; 17] = [
        Self::Title,
        Self::Referentiel,
        Self::Bloc,
        Self::Competencies,
        Self::Context,
        Self::Deliverables,
        Self::Preparation,
        Self::Team,
        Self::Oral,
        Self::Interview,
        Self::Jury,
        Self::Starts,
        Self::Deadline,
        Self::Defences,
        Self::Milestones,
        Self::Resources,
        Self::Modalities,
    ];

    /// The word by which a command names it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "titre",
            Self::Referentiel => "referentiel",
            Self::Bloc => "bloc",
            Self::Competencies => "competences",
            Self::Context => "contexte",
            Self::Deliverables => "livrables",
            Self::Preparation => "preparation",
            Self::Team => "equipe",
            Self::Oral => "oral",
            Self::Interview => "entretien",
            Self::Jury => "jury",
            Self::Starts => "debut",
            Self::Deadline => "echeance",
            Self::Defences => "soutenances",
            Self::Milestones => "jalons",
            Self::Resources => "ressources",
            Self::Modalities => "modalites",
        }
    }

    /// Its name as a label.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "Titre",
            Self::Referentiel => "Référentiel",
            Self::Bloc => "Bloc",
            Self::Competencies => "Compétences évaluées",
            Self::Context => "Contexte",
            Self::Deliverables => "Livrables",
            Self::Preparation => "Préparation",
            Self::Team => "Équipe",
            Self::Oral => "Oral",
            Self::Interview => "Entretien",
            Self::Jury => "Jury",
            Self::Starts => "Début",
            Self::Deadline => "Date limite",
            Self::Defences => "Soutenances",
            Self::Milestones => "Jalons",
            Self::Resources => "Ressources",
            Self::Modalities => "Modalités",
        }
    }

    /// Its name in a sentence, with its article.
    #[must_use]
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Title => "le titre",
            Self::Referentiel => "le référentiel",
            Self::Bloc => "le bloc",
            Self::Competencies => "les compétences évaluées",
            Self::Context => "le contexte",
            Self::Deliverables => "les livrables",
            Self::Preparation => "la durée de préparation",
            Self::Team => "la taille des équipes",
            Self::Oral => "la durée de l’oral",
            Self::Interview => "la durée de l’entretien",
            Self::Jury => "le jury",
            Self::Starts => "la date de début",
            Self::Deadline => "la date limite",
            Self::Defences => "les dates de soutenance",
            Self::Milestones => "les jalons",
            Self::Resources => "les ressources",
            Self::Modalities => "les modalités",
        }
    }

    /// The field of this name or key, whatever its case and accents.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let text = folded(text.trim());
        Self::ALL.into_iter().find(|field| field.key() == text || folded(field.name()) == text)
    }

    /// Whether nothing can be published without it.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(self, Self::Title | Self::Deadline | Self::Deliverables)
    }

    /// Whether a brief says nothing of it.
    #[must_use]
    pub fn is_empty_in(self, brief: &Brief) -> bool {
        match self {
            Self::Title => brief.title.trim().is_empty(),
            Self::Referentiel => brief.referentiel.is_none(),
            Self::Bloc => brief.bloc.is_none(),
            Self::Competencies => brief.competencies.is_empty(),
            Self::Context => brief.context.trim().is_empty(),
            Self::Deliverables => brief.deliverables.is_empty(),
            Self::Preparation => brief.preparation_minutes.is_none(),
            Self::Team => brief.team.is_none(),
            Self::Oral => brief.oral_minutes.is_none(),
            Self::Interview => brief.interview_minutes.is_none(),
            Self::Jury => brief.jury.is_none(),
            Self::Starts => brief.starts.is_none(),
            Self::Deadline => brief.deadline.is_none(),
            Self::Defences => brief.defences.is_empty(),
            Self::Milestones => brief.milestones.is_empty(),
            Self::Resources => brief.resources.is_empty(),
            Self::Modalities => brief.modalities.is_none(),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The fields without which a brief can't be published: title, deadline, at least one deliverable. Empty when it is ready.
#[must_use]
pub fn missing(brief: &Brief) -> Vec<Field> {
    Field::ALL.into_iter().filter(|field| field.is_required() && field.is_empty_in(brief)).collect()
}
