//! Which competency of a group a sentence is nearest to.
//!
//! Documents often tie criteria and assessments to a whole group of competencies. Each member then gets a share of the
//! sentence's weight; the one whose statement has the sentence's own words gets more, so that a search for those words
//! finds it before its neighbours.

use crate::analysis::{family, tokens};
use std::collections::{HashMap, HashSet};
use vigie_referentiels::{Bloc, CompetencyCode};

/// How much of a weight the member that has all the affinity keeps.
const NEAREST: f32 = 0.85;

/// The words of the statements of a bloc.
pub(crate) struct Affinity<'a> {
    statements: Vec<(&'a CompetencyCode, HashSet<String>)>,
    /// Statements that have a word.
    having: HashMap<String, f32>,
    /// Words of the sentences that several competencies share.
    sentences: HashMap<&'a str, HashSet<String>>,
}

impl<'a> Affinity<'a> {
    pub(crate) fn of(bloc: &'a Bloc) -> Self {
        let statements: Vec<_> = bloc.competences.iter().map(|c| (&c.code, families(&c.intitule))).collect();
        let mut having = HashMap::new();
        for word in statements.iter().flat_map(|(_, words)| words) {
            *having.entry(word.clone()).or_default() += 1.0;
        }
        let assessments = bloc.evaluations.iter().filter(|assessment| assessment.competences.len() > 1);
        let asked = assessments.flat_map(|a| a.attendus.iter().map(String::as_str).chain([a.modalite.as_str()]));
        let criteria = bloc.evaluations.iter().flat_map(|assessment| &assessment.criteres);
        let ticked = criteria.filter(|criterion| criterion.competences.len() > 1).map(|c| c.texte.as_str());
        let sentences = asked.chain(ticked).map(|text| (text, families(text))).collect();
        Self { statements, having, sentences }
    }

    /// What is left of `weight` for one member of a group that shares a sentence.
    pub(crate) fn share(&self, weight: f32, text: &str, group: &[CompetencyCode], member: &CompetencyCode) -> f32 {
        if group.len() < 2 {
            return weight;
        }
        let Some(words) = self.sentences.get(text) else { return weight };
        let near = |code: &CompetencyCode| {
            let statement = self.statements.iter().find(|(known, _)| *known == code);
            // A word that only one statement has says more than one that all have.
            let worth = |word: &&String| self.having.get(*word).map_or(0.0, |having| 1.0 / (having * having));
            statement.map_or(0.0, |(_, known)| known.intersection(words).map(|word| worth(&word)).sum::<f32>())
        };
        let all: f32 = group.iter().map(near).sum();
        #[expect(clippy::cast_precision_loss, reason = "a bloc has a handful of competencies")]
        let even = (group.len() as f32).powf(-0.6);
        let own = if all > 0.0 { NEAREST * near(member) / all } else { 0.0 };
        weight * even.max(own)
    }
}

fn families(text: &str) -> HashSet<String> {
    tokens(text).into_iter().filter(|token| !token.is_function()).map(|token| family(&token.text)).collect()
}
