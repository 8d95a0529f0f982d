//! The lines of `vigie search --batch`: one query a line in, one JSON object a line out.

use crate::{Index, answer::Hit, request::Query};
use serde::{Deserialize, Serialize};
use std::time::Instant;

/// A query line: the contract's JSON object, or failing that the bare text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BatchQuery {
    /// What is looked for.
    pub q: String,
    /// Slug of the référentiel to look in.
    #[serde(default)]
    pub scope: Option<String>,
}

/// An answer line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BatchAnswer {
    /// The query, as it was read.
    pub q: String,
    /// Time in the search itself, from the string to the ranked hits, in microseconds.
    pub micros: f64,
    /// The hits, best first.
    pub hits: Vec<Hit>,
}

impl BatchQuery {
    /// Reads one line. A line that isn't the contract's object is itself the query.
    #[must_use]
    pub fn read(line: &str) -> Self {
        serde_json::from_str(line).unwrap_or_else(|_| Self { q: line.trim().to_owned(), scope: None })
    }

    /// Searches, and measures the search.
    #[must_use]
    pub fn answer(self, index: &Index, limit: usize) -> BatchAnswer {
        let query = Query::new(self.q).within(self.scope.as_deref()).page(0, limit);
        let started = Instant::now();
        let answer = index.search(&query);
        let micros = started.elapsed().as_secs_f64() * 1e6;
        BatchAnswer { q: query.text, micros: (micros * 10.0).round() / 10.0, hits: answer.hits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, q: &str, scope: Option<&str>) {
        assert_eq!(BatchQuery::read(line), BatchQuery { q: q.to_owned(), scope: scope.map(str::to_owned) });
    }

    #[test]
    fn a_line_is_an_object_or_the_query_itself() {
        check(r#"{"q":"rgpd","scope":null}"#, "rgpd", None);
        check(r#"{"q":"rgpd","scope":"cil"}"#, "rgpd", Some("cil"));
        check("  rgpd data engineer ", "rgpd data engineer", None);
        check("{pas du json", "{pas du json", None);
    }
}
