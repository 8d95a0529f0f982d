//! What a brief holds. The JSON names are stable; a field that an earlier version didn't have is empty.

use super::WallTime;
use serde::{Deserialize, Serialize};

/// The content of a brief.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Brief {
    /// Title; empty while none is known.
    pub title: String,
    /// The certification that it is part of.
    pub referentiel: Option<ReferentielChoice>,
    /// The bloc de compétences that it assesses.
    pub bloc: Option<BlocChoice>,
    /// The competencies that it assesses, in the brief's order.
    pub competencies: Vec<Assessed>,
    /// The situation: the company, its need, the mission.
    pub context: String,
    /// What must be handed in, in the brief's order.
    pub deliverables: Vec<Expected>,
    /// Time given for preparation, in minutes.
    pub preparation_minutes: Option<u32>,
    /// How many people make a team.
    pub team: Option<TeamSize>,
    /// Length of the oral, in minutes, without the interview.
    pub oral_minutes: Option<u32>,
    /// Length of the interview that follows the oral, in minutes.
    pub interview_minutes: Option<u32>,
    /// Before whom the oral is held.
    pub jury: Option<Jury>,
    /// When the work begins.
    pub starts: Option<WallTime>,
    /// When everything must be handed in, unless a deliverable has a date of its own.
    pub deadline: Option<WallTime>,
    /// Days or hours at which defences are held, earliest first.
    pub defences: Vec<WallTime>,
    /// Documents, data, links that are given.
    pub resources: Vec<String>,
    /// Dates to meet in between, which teams cannot change.
    pub milestones: Vec<BriefMilestone>,
    /// How the work and the exam are organised, in the brief's own words.
    pub modalities: Option<String>,
}

/// A certification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferentielChoice {
    /// One of ours, by its slug.
    Known(String),
    /// Another, in the brief's words.
    Free(String),
}

/// A bloc de compétences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlocChoice {
    /// One of the référentiel's, by its code.
    Known(String),
    /// In the brief's words.
    Free(String),
}

/// A competency that the brief assesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessed {
    /// Canonical code; `None` where only the wording is known.
    #[serde(default)]
    pub code: Option<String>,
    /// The référentiel's statement where it is known, otherwise the brief's words.
    pub wording: String,
    /// How sure it is that this code is meant, from 0 to 100.
    #[serde(default)]
    pub confidence: u8,
    /// How it was recognised.
    #[serde(default)]
    pub how: How,
}

/// How a competency was recognised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The brief gives its code.
    ByCode,
    /// The brief gives words that are near its statement.
    ByWording,
    /// It wasn't: the brief's own words are kept.
    #[default]
    Free,
}

/// Something to hand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Number within the brief, from 1.
    pub number: u32,
    /// What it is.
    pub title: String,
    /// What must be in it, line by line.
    #[serde(default)]
    pub details: String,
    /// Whether it must be handed in.
    #[serde(default)]
    pub required: Need,
    /// When, if not at the brief's deadline.
    #[serde(default)]
    pub due: Option<WallTime>,
}

/// Whether something must be handed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// It must.
    #[default]
    Required,
    /// It may.
    Optional,
}

/// How many people make a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamSize {
    /// Fewest people.
    pub least: u32,
    /// Most people.
    pub most: u32,
    /// Most people in one team when the class can't be divided evenly.
    #[serde(default)]
    pub most_if_odd: Option<u32>,
}

/// Before whom the oral is held.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Jury {
    /// How many people.
    pub people: Option<u32>,
    /// The brief's own words.
    pub words: Option<String>,
}

/// A date to meet that the brief lays down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefMilestone {
    /// Stable name within the brief, made of its first title.
    pub key: String,
    /// What must be reached.
    pub title: String,
    /// When.
    #[serde(default)]
    pub due: Option<WallTime>,
}
