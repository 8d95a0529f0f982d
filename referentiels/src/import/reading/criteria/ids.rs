//! The ids of criteria: the document's own codes, and numbers under a competency where it prints none.

use crate::code::CompetencyCode;
use crate::import::report::Report;
use std::collections::{HashMap, HashSet};

/// The ids given so far, in the whole document.
#[derive(Debug, Default)]
pub(in crate::import::reading) struct Ids {
    last: HashMap<CompetencyCode, usize>,
    printed: HashSet<String>,
}

impl Ids {
    /// The id of a criterion: the code printed before it, unless another criterion has it, or else the next number
    /// under the first competency that it is tied to.
    pub(super) fn give(
        &mut self,
        printed: Option<String>,
        tied: &CompetencyCode,
        line: usize,
        report: &mut Report,
    ) -> String {
        if let Some(code) = printed {
            if self.printed.insert(code.clone()) {
                return code;
            }
            report.doubt(line, "criterion code a second time; numbered instead", code);
        }
        let last = self.last.entry(tied.clone()).or_insert(0);
        *last += 1;
        format!("{tied}/{last}")
    }
}
