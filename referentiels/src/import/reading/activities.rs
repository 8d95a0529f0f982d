//! The column of activities, and beside which of them each competency is set.

use super::align::{Layout, Similarity};
use super::competencies::Competencies;
use super::marks;
use super::rows::{BlocRows, Writing};
use super::wording::{add_item, says_something, titles, trim_item};
use crate::import::grid::Piece;
use crate::import::report::Report;
use crate::model::Activity;
use std::collections::{HashMap, HashSet};

/// Reads the column in the rows of one bloc, and gives each competency its activity.
pub(super) fn read(
    bloc: &BlocRows,
    competencies: &mut Competencies,
    writing: &Writing,
    similarity: &Similarity,
    report: &mut Report,
) -> Vec<Activity> {
    let mut found = Found::default();
    // Beside which activity each competency is set.
    let mut beside: Vec<Option<usize>> = vec![None; competencies.list.len()];
    // The activity that rows without one of their own go on with.
    let mut above = None;
    for (index, row) in bloc.rows.iter().enumerate() {
        let start = found.list.len();
        for piece in row.activities.pieces.iter().filter(|piece| says_something(&piece.text)) {
            found.add(piece, writing);
        }
        let range = competencies.by_row[index].clone();
        match found.candidates(start).as_slice() {
            [] => beside[range].fill(above),
            [one] => {
                above = Some(*one);
                beside[range].fill(above);
            }
            several => {
                let texts: Vec<String> = several.iter().map(|a| found.wording_of(*a)).collect();
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                let statements: Vec<&str> =
                    competencies.list[range.clone()].iter().map(|c| c.intitule.as_str()).collect();
                if statements.len() > 1 {
                    report.doubt(
                        row.line,
                        "several activities beside several competencies; tied by order and words",
                        several.iter().map(|a| found.list[*a].titre.as_str()).collect::<Vec<_>>().join(" | "),
                    );
                }
                let aligned = similarity.align(&statements, &texts, Layout::SideBySide { above: 0 });
                for (competency, place) in range.zip(aligned) {
                    beside[competency] = Some(several[place]);
                }
                above = several.last().copied();
            }
        }
    }
    let references = found.references();
    for (competency, activity) in competencies.list.iter_mut().zip(beside) {
        competency.activite = activity.map(|a| references[a].clone());
    }
    found.list
}

/// The activities found so far in a bloc.
#[derive(Default)]
struct Found {
    list: Vec<Activity>,
    codes: HashSet<String>,
    /// The last activity that is part of no other.
    last_whole: Option<usize>,
    /// Activities that are items of a list.
    listed: HashSet<usize>,
}

impl Found {
    fn add(&mut self, piece: &Piece, writing: &Writing) {
        let start = self.list.len();
        self.add_titles(piece, writing);
        if piece.is_item() {
            self.listed.extend(start..self.list.len());
        }
    }

    fn add_titles(&mut self, piece: &Piece, writing: &Writing) {
        if let Some((code, title)) = marks::activity(&piece.text).filter(|_| writing.coded_activities) {
            let parent = self.parent_of(&code);
            self.codes.insert(code.clone());
            self.push(Activity { code: Some(code), titre: title.to_owned(), parent });
        } else if writing.coded_activities
            && let Some(last) = self.list.last_mut()
        {
            // What a coded activity is made of stays with it.
            if piece.is_item() {
                add_item(&mut last.titre, &piece.text);
            } else {
                last.titre = format!("{} {}", last.titre, trim_item(&piece.text));
            }
        } else {
            let whole = self.last_whole.filter(|_| piece.is_item());
            let parent = whole.map(|whole| self.list[whole].titre.clone());
            let titles = if piece.is_item() { titles(&piece.text) } else { vec![piece.text.as_str()] };
            for title in titles.into_iter().map(trim_item).filter(|title| says_something(title)) {
                self.push(Activity { code: None, titre: title.to_owned(), parent: parent.clone() });
            }
        }
    }

    fn push(&mut self, activity: Activity) {
        if activity.parent.is_none() {
            self.last_whole = Some(self.list.len());
        }
        self.list.push(activity);
    }

    /// The longest code already met that this one is part of; for codes that restart (`T1` under each `A`), the last
    /// one of the level above.
    fn parent_of(&self, code: &str) -> Option<String> {
        let begins = |at: &usize| {
            code.get(..*at).is_some_and(|start| self.codes.contains(start))
                && !code[*at..].starts_with(|c: char| c.is_ascii_digit())
        };
        if let Some(at) = (1..code.len()).rev().find(begins) {
            return Some(code[..at].to_owned());
        }
        let level = code.chars().next().filter(|level| *level == 'T' || *level == 'S')?;
        self.list.iter().rev().filter_map(|a| a.code.as_ref()).find(|known| !known.starts_with(level)).cloned()
    }

    /// What the competencies of a row are set beside, when its activities are those from `start` on.
    ///
    /// A single activity is itself. Of several, nothing says which part answers which competency: only what they are
    /// all part of counts, or, when there is no such thing, those that are part of no other. Nor does the end of a list
    /// that began in an earlier row say more than the whole.
    fn candidates(&self, start: usize) -> Vec<usize> {
        let leaves = self.leaves(start);
        if let [leaf] = leaves.as_slice() {
            let whole = self.parent(*leaf).filter(|parent| *parent < start && self.listed.contains(leaf));
            return vec![whole.unwrap_or(*leaf)];
        }
        let mut lines = leaves.iter().map(|leaf| self.line_of(*leaf));
        let Some(first) = lines.next() else { return Vec::new() };
        let shared = lines.fold(first, |shared, line| {
            let same = shared.iter().zip(&line).take_while(|(one, other)| one == other).count();
            shared[..same].to_vec()
        });
        if let Some(common) = shared.last() {
            return vec![*common];
        }
        let mut wholes: Vec<usize> = leaves.iter().map(|leaf| self.line_of(*leaf)[0]).collect();
        wholes.dedup();
        wholes
    }

    /// The activities from `start` on that have no part of their own there.
    fn leaves(&self, start: usize) -> Vec<usize> {
        let parents: HashSet<usize> = (start..self.list.len()).filter_map(|a| self.parent(a)).collect();
        (start..self.list.len()).filter(|a| !parents.contains(a)).collect()
    }

    /// The activity that another is part of: the last one before it that its parent names.
    fn parent(&self, activity: usize) -> Option<usize> {
        let parent = self.list[activity].parent.as_ref()?;
        self.list[..activity].iter().rposition(|a| a.code.as_ref().unwrap_or(&a.titre) == parent)
    }

    /// An activity with all that it is part of, from the whole to the part; never empty.
    fn line_of(&self, activity: usize) -> Vec<usize> {
        let mut line: Vec<usize> = std::iter::successors(Some(activity), |a| self.parent(*a)).collect();
        line.reverse();
        line
    }

    /// The title of an activity and those of all its parts.
    fn wording_of(&self, activity: usize) -> String {
        let parts = (activity..self.list.len()).filter(|a| self.line_of(*a).contains(&activity));
        parts.map(|a| self.list[a].titre.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// How a competency names each activity: its code where that is unique in the bloc, else its parent's, else its
    /// title.
    fn references(&self) -> Vec<String> {
        let mut times: HashMap<&String, usize> = HashMap::new();
        for code in self.list.iter().filter_map(|a| a.code.as_ref()) {
            *times.entry(code).or_insert(0) += 1;
        }
        let reference = |activity: &Activity| match &activity.code {
            Some(code) if times[code] == 1 => code.clone(),
            Some(_) => activity.parent.clone().unwrap_or_else(|| activity.titre.clone()),
            None => activity.titre.clone(),
        };
        self.list.iter().map(reference).collect()
    }
}
