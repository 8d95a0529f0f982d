//! Findings: what is wrong, and where, gathered over one call.

use serde_json::{Map, Value, json};

use super::Refusal;

/// Keys and indices from the root of the body.
pub(super) type Path = Vec<String>;

/// Everything that was found wrong with one call.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

#[derive(Debug)]
struct Finding {
    path: Path,
    code: &'static str,
    message: String,
}

impl Findings {
    pub(super) fn add(&mut self, path: Path, code: &'static str, message: impl Into<String>) {
        self.0.push(Finding { path, code, message: message.into() });
    }

    /// Whether something is already said of exactly this place.
    pub(super) fn speak_of(&self, path: &Path) -> bool {
        self.0.iter().any(|finding| finding.path == *path)
    }

    /// The refusal with the whole tree, or `None` when nothing is wrong.
    pub(super) fn into_refusal(self) -> Option<Refusal> {
        if self.0.is_empty() {
            return None;
        }
        let mut tree = Value::Object(Map::new());
        for Finding { path, code, message } in self.0 {
            let mut node = &mut tree;
            for piece in path {
                node = &mut node[piece];
            }
            match &mut node["_errors"] {
                Value::Array(there) => there.push(json!({ "code": code, "message": message })),
                empty => *empty = json!([{ "code": code, "message": message }]),
            }
        }
        Some(Refusal::invalid_form(tree))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_holds_several_errors_of_a_place_and_of_its_children() {
        let mut findings = Findings::default();
        findings.add(vec!["embeds".into()], "A", "one");
        findings.add(vec!["embeds".into(), "0".into(), "title".into()], "B", "two");
        findings.add(vec!["embeds".into()], "C", "three");
        let refusal = findings.into_refusal().expect("something is wrong");
        assert_eq!((refusal.status, refusal.code), (400, 50035));
        assert_eq!(
            refusal.errors,
            json!({ "embeds": {
                "_errors": [{ "code": "A", "message": "one" }, { "code": "C", "message": "three" }],
                "0": { "title": { "_errors": [{ "code": "B", "message": "two" }] } }
            }})
        );
        assert!(Findings::default().into_refusal().is_none());
    }
}
