//! What there is to say about an import: counts, what was left aside, what is doubtful.

use crate::model::Referentiel;
use std::fmt;

/// The report of one import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Counts a bloc, in the document's order.
    pub blocs: Vec<Counts>,
    /// Text that isn't in the result, in the order of the document.
    pub left_aside: Vec<Left>,
    /// Decisions that a person should look at.
    pub doubtful: Vec<Left>,
}

/// What was recognised in one bloc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Code of the bloc.
    pub bloc: String,
    /// Its title.
    pub title: String,
    /// Number of activities.
    pub activities: usize,
    /// Number of competencies.
    pub competencies: usize,
    /// Number of assessments.
    pub assessments: usize,
    /// Number of criteria.
    pub criteria: usize,
}

/// A piece of the document, with the reason why it is mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Line of the source, from 1; 0 when it concerns the document as a whole.
    pub line: usize,
    /// Why it is mentioned.
    pub reason: String,
    /// The text in full.
    pub text: String,
}

impl Report {
    pub(super) fn leave(&mut self, line: usize, reason: &str, text: impl Into<String>) {
        self.left_aside.push(Left { line, reason: reason.to_owned(), text: text.into() });
    }

    pub(super) fn doubt(&mut self, line: usize, reason: impl Into<String>, text: impl Into<String>) {
        self.doubtful.push(Left { line, reason: reason.into(), text: text.into() });
    }

    pub(super) fn count(&mut self, referentiel: &Referentiel) {
        self.blocs = referentiel
            .blocs
            .iter()
            .map(|bloc| Counts {
                bloc: bloc.code.clone(),
                title: bloc.titre.clone(),
                activities: bloc.activites.len(),
                competencies: bloc.competences.len(),
                assessments: bloc.evaluations.len(),
                criteria: bloc.evaluations.iter().map(|e| e.criteres.len()).sum(),
            })
            .collect();
        self.left_aside.sort_by_key(|left| left.line);
        self.doubtful.sort_by_key(|left| left.line);
    }
}

/// In words, every text in full: what is left out of the result can be read here.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        writeln!(f, "Recognised:")?;
        for bloc in &self.blocs {
            writeln!(
                f,
                "  {:<4} {}, {}, {}, {}  {}",
                bloc.bloc,
                plural(bloc.competencies, "competency", "competencies"),
                plural(bloc.criteria, "criterion", "criteria"),
                plural(bloc.assessments, "assessment", "assessments"),
                plural(bloc.activities, "activity", "activities"),
                bloc.title,
            )?;
        }
        for (title, lines) in [("Left aside", &self.left_aside), ("Doubtful, worth a look", &self.doubtful)] {
            if lines.is_empty() {
                continue;
            }
            writeln!(f, "{title}:")?;
            for left in lines {
                writeln!(f, "  line {:<4} {}:\n      {}", left.line, left.reason, left.text)?;
            }
        }
        Ok(())
    }
}
