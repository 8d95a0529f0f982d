//! The référentiel as the official document states it.
//!
//! The shapes are those of the JSON contract (`vigie referentiel export`), in the contract's key order. Wording is the
//! document's own, to the letter. Nothing here reads files or knows how a document looks; the loader and the importer
//! both end in these types.

use crate::code::CompetencyCode;
use serde::{Deserialize, Serialize};

/// One certification: its blocs, competencies, assessments and rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referentiel {
    /// Short name used in ids and commands, lower-case ASCII with dashes.
    pub slug: String,
    /// Title of the certification.
    pub titre: String,
    /// Whether the document states the title itself.
    pub titre_dans_document: bool,
    /// Level of the certification (French scale, 3 to 8), if the document states it.
    pub niveau: Option<u8>,
    /// The document this was read from.
    pub source: Source,
    /// Blocs de compétences, in the document's order.
    pub blocs: Vec<Bloc>,
    /// How the exams are held, wherever the document says it in general.
    pub epreuves: Vec<Epreuve>,
    /// Terms that the document defines.
    pub lexique: Vec<Definition>,
    /// The candidate's right to accommodation and its procedure.
    pub amenagements: Vec<Accommodation>,
    /// Rules to pass.
    pub validation: Vec<String>,
    /// Legal texts that the document quotes.
    pub textes_legaux: Vec<String>,
    /// Footnotes and remarks.
    pub notes: Vec<String>,
}

/// Where a référentiel was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name of the file, without its folder.
    pub fichier: String,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// A bloc de compétences: the part of a certification that can be validated by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bloc {
    /// `B1`, `B2`… in reading order, or the document's own code.
    pub code: String,
    /// Title; empty when the document gives the bloc no heading.
    pub titre: String,
    /// Whether the candidate chooses this bloc among several.
    pub optionnel: bool,
    /// Activities, tasks and sub-tasks.
    pub activites: Vec<Activity>,
    /// Competencies.
    pub competences: Vec<Competency>,
    /// Assessments, each with the criteria that serve it.
    pub evaluations: Vec<Assessment>,
    /// Personal qualities that the document names beside the criteria.
    pub qualites: Vec<String>,
}

/// An activity, a task or a sub-task of the trade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// The document's code, if it has one. Some documents number tasks anew under each activity.
    pub code: Option<String>,
    /// Title.
    pub titre: String,
    /// Code, or failing that title, of the activity that this one is part of.
    pub parent: Option<String>,
}

/// A competency: what a candidate must be able to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Competency {
    /// Canonical code, unique within the référentiel.
    pub code: CompetencyCode,
    /// Whether the code was made by Vigie because the document has none.
    pub code_genere: bool,
    /// Code, or failing that title, of the activity beside which the document sets it.
    pub activite: Option<String>,
    /// Statement.
    pub intitule: String,
}

/// How work is done in an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Work {
    /// Alone.
    #[serde(rename = "individuel")]
    Individual,
    /// In a team.
    #[serde(rename = "equipe")]
    Team,
    /// Either, or one part of each.
    #[serde(rename = "individuel ou groupe")]
    IndividualOrTeam,
}

/// An assessment (modalité, épreuve): covers one or more competencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// Competencies assessed.
    pub competences: Vec<CompetencyCode>,
    /// What it is, as the document heads it; empty when the document describes none.
    pub modalite: String,
    /// Alone or in a team, if the document says so.
    pub travail: Option<Work>,
    /// What the candidate must do and produce, item by item.
    pub attendus: Vec<String>,
    /// Criteria that the jury applies.
    pub criteres: Vec<Criterion>,
}

/// One thing that a trainer would tick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// The document's own code (`CE12.1`), or `<competency>/<n>`. Unique within the référentiel.
    pub id: String,
    /// Text; a lead-in and its sub-bullets are joined by " ; ".
    pub texte: String,
    /// The competency, or group of competencies, that the document ties it to.
    pub competences: Vec<CompetencyCode>,
}

/// How one exam is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Epreuve {
    /// Name.
    pub nom: String,
    /// Durations, jury, team, what is handed in: item by item.
    pub faits: Vec<String>,
}

/// A term and what the document says it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The term defined.
    pub terme: String,
    /// Its definition.
    pub definition: String,
}

/// One sentence of the candidate's right to accommodation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accommodation {
    /// The document's sentence.
    pub texte: String,
    /// Competencies that it concerns; empty when it is general.
    pub competences: Vec<CompetencyCode>,
}

impl Referentiel {
    /// All competencies, with their bloc, in the document's order.
    pub fn competencies(&self) -> impl Iterator<Item = (&Bloc, &Competency)> {
        self.blocs.iter().flat_map(|bloc| bloc.competences.iter().map(move |c| (bloc, c)))
    }

    /// The competency of this code, with its bloc.
    #[must_use]
    pub fn competency(&self, code: &CompetencyCode) -> Option<(&Bloc, &Competency)> {
        self.competencies().find(|(_, c)| c.code == *code)
    }

    /// All criteria, with their assessment, in the document's order.
    pub fn criteria(&self) -> impl Iterator<Item = (&Assessment, &Criterion)> {
        self.blocs
            .iter()
            .flat_map(|bloc| &bloc.evaluations)
            .flat_map(|evaluation| evaluation.criteres.iter().map(move |c| (evaluation, c)))
    }
}

impl Bloc {
    /// The activity that a competency or a sub-activity names as its own.
    #[must_use]
    pub fn activity(&self, reference: &str) -> Option<&Activity> {
        self.activites
            .iter()
            .find(|a| a.code.as_deref() == Some(reference))
            .or_else(|| self.activites.iter().find(|a| a.code.is_none() && a.titre == reference))
    }
}

impl Assessment {
    /// The criteria tied to a competency, alone or in a group.
    pub fn criteria_of<'a>(&'a self, code: &'a CompetencyCode) -> impl Iterator<Item = &'a Criterion> {
        self.criteres.iter().filter(move |c| c.competences.contains(code))
    }
}
