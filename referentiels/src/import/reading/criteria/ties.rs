//! What is each criterion tied to: which assessment does it serve, which competencies does it judge?
//!
//! In order of trust: the code printed before it, the competencies that its assessment lists, its place beside several
//! competencies of one row, the row that it stands in.

use super::cells::RowCell;
use super::texts::CriterionText;
use crate::code::CompetencyCode;
use crate::import::reading::align::{Layout, Similarity};
use crate::import::reading::assessments::{Assessments, Found};
use crate::import::reading::competencies::Competencies;
use crate::import::report::Report;
use std::collections::HashMap;

/// The assessment (from 0, within its bloc) that a criterion serves, and the competencies that it is tied to; `None`
/// when there is no assessment that it could serve.
pub(super) type Tie = Option<(usize, Vec<CompetencyCode>)>;

/// What the criteria of one bloc can be tied to.
pub(super) struct Tying<'a> {
    competencies: &'a Competencies,
    assessments: &'a Assessments,
    similarity: &'a Similarity,
    by_code: HashMap<&'a CompetencyCode, usize>,
    /// Competencies by the numbers in their code.
    by_numbers: HashMap<Vec<u32>, usize>,
    /// The assessments of each competency, in order.
    covered_by: HashMap<&'a CompetencyCode, Vec<usize>>,
    /// Whether several assessments each cover the whole bloc.
    undivided: bool,
}

impl<'a> Tying<'a> {
    pub(super) fn new(
        competencies: &'a Competencies,
        assessments: &'a Assessments,
        similarity: &'a Similarity,
    ) -> Self {
        let by_code = competencies.list.iter().enumerate().map(|(index, c)| (&c.code, index)).collect();
        let mut by_numbers = HashMap::new();
        for (index, competency) in competencies.list.iter().enumerate() {
            by_numbers.entry(numbers(competency.code.as_str())).or_insert(index);
        }
        let mut covered_by: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, found) in assessments.list.iter().enumerate() {
            for code in &found.assessment.competences {
                covered_by.entry(code).or_default().push(index);
            }
        }
        let whole = |found: &Found| found.assessment.competences.len() == competencies.list.len() && !found.lists_codes;
        let undivided = assessments.list.len() > 1 && assessments.list.iter().all(whole);
        Self { competencies, assessments, similarity, by_code, by_numbers, covered_by, undivided }
    }

    /// The tie of each criterion of a cell.
    pub(super) fn tie(&self, cell: &RowCell, texts: &[CriterionText], report: &mut Report) -> Vec<Tie> {
        let active = self.active(cell.row);
        if active.iter().any(|a| self.assessments.list[*a].lists_codes) {
            return self.by_listing(cell, texts, &active, report);
        }
        let group: Vec<CompetencyCode> = cell.group.iter().map(|c| self.code(*c)).collect();
        let begins = self.competencies.by_row[cell.row].len();
        let several = begins > 1 || (group.len() > 1 && self.competencies.carried[cell.row]);
        let places = if several { Some(self.by_place(cell, texts, report)) } else { None };
        let tied = |(index, text): (usize, &CriterionText)| match (self.named_by(text), &places) {
            (Some(competency), _) => vec![self.code(competency)],
            (None, Some(places)) => vec![self.code(places[index])],
            (None, None) => group.clone(),
        };
        texts.iter().enumerate().map(tied).map(|tied| Some((self.serving(&tied, &active)?, tied))).collect()
    }

    fn code(&self, competency: usize) -> CompetencyCode {
        self.competencies.list[competency].code.clone()
    }

    /// The assessments that a cell of this row may serve: those that begin in it, and the one above when it goes on.
    fn active(&self, row: usize) -> Vec<usize> {
        let list = &self.assessments.list;
        let here = list.partition_point(|a| a.first_row < row)..list.partition_point(|a| a.first_row <= row);
        let goes_on = |above: &usize| here.is_empty() || self.assessments.carried[row] || list[*above].last_row >= row;
        here.start.checked_sub(1).filter(goes_on).into_iter().chain(here.clone()).collect()
    }

    /// The assessment that covers what a criterion is tied to: among the active ones first, then anywhere in the bloc.
    /// When the column serves all assessments alike, where a page was cut says nothing, and the first one gets all.
    fn serving(&self, tied: &[CompetencyCode], active: &[usize]) -> Option<usize> {
        if self.undivided {
            return Some(0);
        }
        let covering = tied.first().and_then(|code| self.covered_by.get(code)).map_or(&[][..], Vec::as_slice);
        let nearest = || active.first().copied().or((!self.assessments.list.is_empty()).then_some(0));
        active.iter().find(|a| covering.contains(a)).or(covering.first()).copied().or_else(nearest)
    }

    /// Where assessments list their competencies, their criteria answer the whole list.
    fn by_listing(&self, cell: &RowCell, texts: &[CriterionText], active: &[usize], report: &mut Report) -> Vec<Tie> {
        if let ([_, _, ..], Some(first)) = (active, texts.first()) {
            report.doubt(cell.line, "criteria that serve several assessments; tied by order and words", &*first.text);
        }
        let anchors: Vec<String> = active.iter().map(|a| self.wording_of(*a)).collect();
        let anchors: Vec<&str> = anchors.iter().map(String::as_str).collect();
        let items: Vec<&str> = texts.iter().map(|t| t.text.as_str()).collect();
        let aligned = self.similarity.align(&items, &anchors, Layout::Ordered).into_iter().map(|place| active[place]);
        aligned.map(|a| Some((a, self.assessments.list[a].assessment.competences.clone()))).collect()
    }

    /// The words of an assessment and of the competencies that it covers.
    fn wording_of(&self, assessment: usize) -> String {
        let assessment = &self.assessments.list[assessment].assessment;
        let covered = assessment.competences.iter().filter_map(|code| self.by_code.get(code));
        let own = std::iter::once(&assessment.modalite).chain(&assessment.attendus);
        own.chain(covered.map(|c| &self.competencies.list[*c].intitule))
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The competency that a printed code names: the one with the same numbers, the last of which may count criteria.
    fn named_by(&self, text: &CriterionText) -> Option<usize> {
        let wanted = numbers(text.code.as_deref()?);
        let shorter = &wanted[..wanted.len().saturating_sub(1)];
        self.by_numbers.get(&wanted).or_else(|| self.by_numbers.get(shorter)).copied()
    }

    /// For each criterion, the competency of a cell of several that it answers: paragraph by paragraph where there are
    /// as many of one as of the other, by order and words otherwise.
    fn by_place(&self, cell: &RowCell, texts: &[CriterionText], report: &mut Report) -> Vec<usize> {
        let mut paragraphs: Vec<String> = Vec::new();
        // Which paragraph each criterion is in.
        let mut places: Vec<usize> = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            match paragraphs.last_mut().filter(|_| index > 0 && texts[index - 1].piece == text.piece) {
                Some(paragraph) => *paragraph = format!("{paragraph} {}", text.text),
                None => paragraphs.push(text.text.clone()),
            }
            places.push(paragraphs.len() - 1);
        }
        let begins = self.competencies.by_row[cell.row].clone();
        let from = if self.competencies.carried[cell.row] { begins.start.saturating_sub(1) } else { begins.start };
        let coded = texts.iter().filter(|t| t.code.is_some()).count();
        if paragraphs.len() == begins.end - from && coded == 0 {
            return places.into_iter().map(|paragraph| from + paragraph).collect();
        }
        let statements: Vec<&str> = cell.group.iter().map(|c| self.competencies.list[*c].intitule.as_str()).collect();
        let items: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
        let layout = Layout::SideBySide { above: cell.group.iter().filter(|c| !begins.contains(c)).count() };
        let aligned = self.similarity.align(&items, &statements, layout);
        if coded < texts.len() {
            let group: Vec<&str> = cell.group.iter().map(|c| self.competencies.list[*c].code.as_str()).collect();
            report.doubt(cell.line, "criteria beside several competencies; tied by order and words", group.join(", "));
        }
        places.into_iter().map(|paragraph| cell.group[aligned[paragraph]]).collect()
    }
}

/// The numbers in a code.
fn numbers(code: &str) -> Vec<u32> {
    code.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect()
}
