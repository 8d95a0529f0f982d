//! From a référentiel to what can be found in it: documents, each made of weighted passages.
//!
//! A passage is a text that a snippet can show whole: a statement, a criterion, a rule. Passages that several documents
//! share (the assessment of eight competencies, the title of their bloc) are one passage with a small weight in each, so
//! that a match in them can't flood a page. The weights here are the *field weights* of the ranking, and nothing else is.

use crate::{
    affinity::Affinity,
    analysis::{fold, tokens},
    answer::{Field, Kind},
    code::CodeKey,
};
use std::collections::HashMap;
use vigie_referentiels::{Activity, Assessment, Bloc, Competency, CompetencyCode, Criterion, Referentiel};

/// Weight of what a document is by itself: statement, title, term.
const NAME: f32 = 1.0;
/// A criterion tied to this competency alone.
const CRITERION: f32 = 0.8;
/// A sentence of the rules.
const RULE: f32 = 0.85;
/// The definition of a term.
const DEFINITION: f32 = 0.55;
/// An activity, for its competencies; its bloc.
const ACTIVITY: (f32, f32) = (0.4, 0.5);
/// What an assessment asks for: its competency, its bloc, the exams.
const EXPECTED: (f32, f32, f32) = (0.45, 0.3, 0.3);
/// The heading of an assessment: its competency, its bloc, the exams.
const HEADING: (f32, f32, f32) = (0.3, 0.5, 0.75);
/// The bloc's title, for its competencies.
const BLOC_OF: f32 = 0.2;
/// A footnote that explains a word of the competency.
const NOTE: f32 = 0.35;

/// A passage in the making.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PassageDraft {
    pub field: Field,
    pub criterion: Option<String>,
    pub text: String,
}

/// A document in the making: parts are (index of passage, weight).
#[derive(Debug)]
pub(crate) struct DocumentDraft {
    pub id: String,
    pub kind: Kind,
    pub code: Option<String>,
    pub title: String,
    pub parts: Vec<(usize, f32)>,
    pub codes: Vec<(CodeKey, f32)>,
}

/// What a référentiel holds, ready to be indexed.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    pub passages: Vec<PassageDraft>,
    pub documents: Vec<DocumentDraft>,
    known: HashMap<PassageDraft, usize>,
}

/// Everything that can be found in a référentiel.
pub(crate) fn drafts(referentiel: &Referentiel) -> Drafts {
    let mut drafts = Drafts::default();
    let notes = notes(referentiel);
    for (rank, bloc) in referentiel.blocs.iter().enumerate() {
        drafts.bloc(referentiel, bloc, rank);
        let affinity = Affinity::of(bloc);
        for competency in &bloc.competences {
            drafts.competency(Of { referentiel, bloc, affinity: &affinity, notes: &notes }, competency);
        }
    }
    for definition in &referentiel.lexique {
        let parts = vec![
            (drafts.passage(Field::Term, None, &definition.terme), NAME),
            (drafts.passage(Field::Definition, None, &definition.definition), DEFINITION),
        ];
        let id = format!("{}:lexique:{}", referentiel.slug, dashed(&definition.terme));
        drafts.document(id, Kind::Lexique, None, &definition.terme, parts);
    }
    drafts.rules(referentiel);
    drafts
}

/// The activities that are directly part of another.
fn parts_of<'a>(bloc: &'a Bloc, whole: &'a Activity) -> impl Iterator<Item = &'a Activity> {
    let name = whole.code.as_ref().unwrap_or(&whole.titre);
    bloc.activites.iter().filter(move |activity| activity.parent.as_ref() == Some(name))
}

/// A term as it stands in an id: lower case, ASCII, dashes.
fn dashed(term: &str) -> String {
    let folded = fold(term);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Footnotes of the form "SLA = Service Level Agreement", by the folded word that they explain.
fn notes(referentiel: &Referentiel) -> Vec<(String, &str)> {
    let explained = |note: &str| {
        let (term, _) = note.split_once(" = ")?;
        tokens(term).into_iter().next().map(|token| token.text)
    };
    referentiel.notes.iter().filter_map(|note| Some((explained(note)?, note.as_str()))).collect()
}

/// Where a competency stands.
#[derive(Clone, Copy)]
struct Of<'a> {
    referentiel: &'a Referentiel,
    bloc: &'a Bloc,
    affinity: &'a Affinity<'a>,
    /// Footnotes, by the word that they explain.
    notes: &'a [(String, &'a str)],
}

impl Drafts {
    fn passage(&mut self, field: Field, criterion: Option<&str>, text: &str) -> usize {
        let draft = PassageDraft { field, criterion: criterion.map(str::to_owned), text: text.to_owned() };
        if let Some(at) = self.known.get(&draft) {
            return *at;
        }
        self.passages.push(draft.clone());
        self.known.insert(draft, self.passages.len() - 1);
        self.passages.len() - 1
    }

    fn document(&mut self, id: String, kind: Kind, code: Option<String>, title: &str, parts: Vec<(usize, f32)>) {
        let mut kept: Vec<(usize, f32)> = Vec::with_capacity(parts.len());
        for (passage, weight) in parts {
            match kept.iter_mut().find(|(known, _)| *known == passage) {
                Some((_, known)) => *known = known.max(weight),
                None => kept.push((passage, weight)),
            }
        }
        let document = DocumentDraft { id, kind, code, title: title.to_owned(), parts: kept, codes: Vec::new() };
        self.documents.push(document);
    }

    fn code(&mut self, text: &str, strength: f32) {
        if let (Some(key), Some(document)) = (CodeKey::printed(text), self.documents.last_mut()) {
            document.codes.push((key, strength));
        }
    }

    fn bloc(&mut self, referentiel: &Referentiel, bloc: &Bloc, rank: usize) {
        let mut parts = vec![(self.passage(Field::Bloc, None, &bloc.titre), NAME)];
        if bloc.optionnel {
            parts.push((self.passage(Field::Bloc, None, "Bloc optionnel"), NAME));
        }
        for activity in &bloc.activites {
            parts.push((self.passage(Field::Activity, None, &activity.titre), ACTIVITY.1));
        }
        for assessment in &bloc.evaluations {
            parts.extend(self.assessment(assessment, HEADING.1, EXPECTED.1));
        }
        for quality in &bloc.qualites {
            parts.push((self.passage(Field::Bloc, None, quality), ACTIVITY.1));
        }
        let id = format!("{}:bloc:{}", referentiel.slug, bloc.code);
        self.document(id, Kind::Bloc, Some(bloc.code.clone()), &bloc.titre, parts);
        self.code(&bloc.code, 1.0);
        self.code(&format!("B{}", rank + 1), 0.9);
        for activity in bloc.activites.iter().filter_map(|a| a.code.as_deref()) {
            self.code(activity, 0.3);
        }
    }

    fn assessment(&mut self, assessment: &Assessment, heading: f32, expected: f32) -> Vec<(usize, f32)> {
        let mut parts = vec![(self.passage(Field::Assessment, None, &assessment.modalite), heading)];
        for item in &assessment.attendus {
            parts.push((self.passage(Field::Assessment, None, item), expected));
        }
        parts
    }

    fn competency(&mut self, of: Of<'_>, competency: &Competency) {
        let (bloc, code) = (of.bloc, &competency.code);
        let mut parts = vec![(self.passage(Field::Statement, None, &competency.intitule), NAME)];
        let mut codes = vec![(code.as_str().to_owned(), 1.0)];
        for criterion in bloc.evaluations.iter().flat_map(|e| e.criteria_of(code)) {
            let weight = of.affinity.share(CRITERION, &criterion.texte, &criterion.competences, code);
            parts.push((self.passage(Field::Criterion, Some(&criterion.id), &criterion.texte), weight));
            codes.extend(criterion_codes(criterion, code));
        }
        self.explained(of.notes, &mut parts);
        for assessment in bloc.evaluations.iter().filter(|e| e.competences.contains(code)) {
            let share = |weight, text| of.affinity.share(weight, text, &assessment.competences, code);
            let heading = self.passage(Field::Assessment, None, &assessment.modalite);
            parts.push((heading, share(HEADING.0, &assessment.modalite)));
            for item in &assessment.attendus {
                parts.push((self.passage(Field::Assessment, None, item), share(EXPECTED.0, item)));
            }
        }
        let mut activity = competency.activite.as_deref().and_then(|reference| bloc.activity(reference));
        let mut weight = ACTIVITY.0;
        // An activity beside several competencies has its parts beside all of them.
        for part in activity.into_iter().flat_map(|whole| parts_of(bloc, whole)) {
            let beside = bloc.competences.iter().filter(|c| c.activite == competency.activite);
            let beside: Vec<CompetencyCode> = beside.map(|c| c.code.clone()).collect();
            let weight = of.affinity.share(ACTIVITY.0, &part.titre, &beside, code);
            parts.push((self.passage(Field::Activity, None, &part.titre), weight));
        }
        // A document's parents are a short chain; the bound is for one that says it is its own parent.
        for _ in 0..4 {
            let Some(found) = activity else { break };
            parts.push((self.passage(Field::Activity, None, &found.titre), weight));
            codes.extend(found.code.iter().map(|code| (code.clone(), weight)));
            activity = found.parent.as_deref().and_then(|reference| bloc.activity(reference));
            weight *= 0.6;
        }
        parts.push((self.passage(Field::Bloc, None, &bloc.titre), BLOC_OF));
        for accommodation in of.referentiel.amenagements.iter().filter(|a| a.competences.contains(code)) {
            parts.push((self.passage(Field::Rule, None, &accommodation.texte), NOTE));
        }
        let id = format!("{}:{code}", of.referentiel.slug);
        self.document(id, Kind::Competence, Some(code.to_string()), &competency.intitule, parts);
        for (code, strength) in codes {
            self.code(&code, strength);
        }
    }

    /// Adds the footnotes that explain a word of the parts so far.
    fn explained(&mut self, notes: &[(String, &str)], parts: &mut Vec<(usize, f32)>) {
        for (term, note) in notes {
            let used = parts.iter().any(|(at, _)| tokens(&self.passages[*at].text).iter().any(|t| t.text == *term));
            if used {
                parts.push((self.passage(Field::Note, None, note), NOTE));
            }
        }
    }

    /// The documents that are one a référentiel: accommodation, exams, rules to pass.
    fn rules(&mut self, referentiel: &Referentiel) {
        let slug = &referentiel.slug;
        let mut parts = Vec::new();
        for accommodation in &referentiel.amenagements {
            parts.push((self.passage(Field::Rule, None, &accommodation.texte), RULE));
        }
        if !parts.is_empty() {
            self.document(format!("{slug}:amenagement"), Kind::Amenagement, None, "Aménagements", parts);
        }
        let mut parts = Vec::new();
        for epreuve in &referentiel.epreuves {
            parts.push((self.passage(Field::Rule, None, &epreuve.nom), RULE));
            for fact in &epreuve.faits {
                parts.push((self.passage(Field::Rule, None, fact), RULE));
            }
        }
        for assessment in referentiel.blocs.iter().flat_map(|bloc| &bloc.evaluations) {
            parts.extend(self.assessment(assessment, HEADING.2, EXPECTED.2));
        }
        if !parts.is_empty() {
            self.document(format!("{slug}:epreuve"), Kind::Epreuve, None, "Épreuves", parts);
        }
        let mut parts = Vec::new();
        for rule in &referentiel.validation {
            parts.push((self.passage(Field::Rule, None, rule), RULE));
        }
        if !parts.is_empty() {
            self.document(format!("{slug}:reussite"), Kind::Reussite, None, "Règles de réussite", parts);
        }
    }
}

/// The codes by which a criterion leads to its competency: its own, and for a printed `CE12.1` also `CE12`.
fn criterion_codes(criterion: &Criterion, code: &CompetencyCode) -> Vec<(String, f32)> {
    let strength = if criterion.competences.len() > 1 { 0.5 } else { 0.95 };
    let mut codes = vec![(criterion.id.clone(), strength)];
    if !criterion.id.starts_with(code.as_str())
        && let Some((stem, _)) = criterion.id.rsplit_once(['.', '-'])
    {
        codes.push((stem.to_owned(), strength * 0.95));
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_terms_are_lower_case_ascii_with_dashes() {
        assert_eq!(dashed("Architecture distribuée"), "architecture-distribuee");
        assert_eq!(
            dashed("ETL (Extracting, transforming, loading / Extraction, transformation, chargement)"),
            "etl-extracting-transforming-loading-extraction-transformation-chargement"
        );
    }
}
