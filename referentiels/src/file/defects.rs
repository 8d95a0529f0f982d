//! What is wrong with a référentiel file: everything at once, with its line.

use std::fmt;
use std::ops::Range;

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong and what was expected.
    pub what: String,
}

/// Everything wrong with one file; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Defects {
    /// The file's name.
    pub file: String,
    /// Its defects, by line.
    pub list: Vec<Defect>,
}

impl fmt::Display for Defects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, defect) in self.list.iter().enumerate() {
            let end = if index == 0 { "" } else { "\n" };
            write!(f, "{end}{}:{}: {}", self.file, defect.line, defect.what)?;
        }
        Ok(())
    }
}

/// Gathers defects while a file is read, and knows its lines.
pub(super) struct Gathered {
    /// Where each line begins.
    lines: Vec<usize>,
    list: Vec<Defect>,
}

impl Gathered {
    pub(super) fn new(text: &str) -> Self {
        let begins = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { lines: begins, list: Vec::new() }
    }

    /// Notes a defect at this place of the file.
    pub(super) fn add(&mut self, span: &Range<usize>, what: impl Into<String>) {
        let line = self.lines.partition_point(|begin| *begin <= span.start).max(1);
        self.list.push(Defect { line, what: what.into() });
    }

    pub(super) fn finish(mut self) -> Result<(), Vec<Defect>> {
        self.list.sort_by_key(|defect| defect.line);
        self.list.dedup();
        if self.list.is_empty() { Ok(()) } else { Err(self.list) }
    }
}
