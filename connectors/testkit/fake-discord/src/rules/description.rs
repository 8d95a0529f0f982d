//! Discord's own description of its API (`OpenAPI` 3.1), read at test time and never copied here.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;

use super::operation::Operation;

/// Names the file, or says with an empty value to do without.
const VARIABLE: &str = "DISCORD_OPENAPI";
/// Looked for in each folder above the crate.
const BESIDE: &str = "shared/discord/openapi.json";

/// The description, with its operations ready to be looked up.
#[derive(Debug)]
pub(super) struct Description {
    operations: Vec<Operation>,
    components: Value,
}

/// The description of this process: read once, as it is large, and kept with the validators that are compiled as they are
/// needed.
pub(super) fn shared() -> Option<&'static Description> {
    static SHARED: OnceLock<Option<Description>> = OnceLock::new();
    let found = SHARED.get_or_init(|| {
        let file = match std::env::var_os(VARIABLE) {
            Some(named) if named.is_empty() => None,
            Some(named) => Some(PathBuf::from(named)),
            None => above(Path::new(env!("CARGO_MANIFEST_DIR"))),
        };
        if file.is_none() {
            eprintln!(
                "fake-discord: skipped the check against Discord's own description: no {BESIDE} above the crate, and \
                 {VARIABLE} names no file"
            );
        }
        file.map(|file| Description::read(&file))
    });
    found.as_ref()
}

fn above(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|ancestor| ancestor.join(BESIDE)).find(|file| file.is_file())
}

impl Description {
    fn read(file: &Path) -> Self {
        let text = std::fs::read_to_string(file)
            .unwrap_or_else(|error| panic!("Discord's description {} can't be read: {error}", file.display()));
        let document: Value = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("Discord's description {} isn't JSON: {error}", file.display()));
        Self::of(&document)
    }

    pub(super) fn of(document: &Value) -> Self {
        let paths = document["paths"].as_object().into_iter().flatten();
        let operations = paths.flat_map(|(template, methods)| {
            let methods = methods.as_object().into_iter().flatten().filter(|(method, _)| *method != "parameters");
            methods.map(move |(method, operation)| Operation::new(method, template, operation))
        });
        Self { operations: operations.collect(), components: document["components"]["schemas"].clone() }
    }

    /// The operation of a call; of several templates that fit, the one with the fewest variables.
    pub(super) fn operation<'d>(&'d self, method: &str, path: &str) -> Option<Found<'d>> {
        let fits = self.operations.iter().filter(|operation| operation.fits(method, path));
        let operation = fits.min_by_key(|operation| operation.variables())?;
        Some(Found { operation, components: &self.components })
    }
}

/// An operation, with what its schemas refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'d> {
    pub(super) operation: &'d Operation,
    pub(super) components: &'d Value,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_file_is_looked_for_in_every_folder_above() {
        let root = std::env::temp_dir().join(format!("fake-discord-{}", std::process::id()));
        let file = root.join(BESIDE);
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        std::fs::write(&file, "{}").expect("a file");
        assert_eq!(above(&root.join("checkout/crates/fake")), Some(file));
        std::fs::remove_dir_all(&root).expect("the folder is ours");
        assert_eq!(above(Path::new("/nowhere/at/all")), None);
    }

    #[test]
    fn every_schema_of_the_description_compiles() {
        for operation in shared().map(|description| &description.operations).into_iter().flatten() {
            let components = &shared().expect("it was there").components;
            Found { operation, components }.check("", &json!({}), &mut super::super::finding::Findings::default());
        }
    }

    #[test]
    fn a_literal_goes_before_a_variable() {
        let operation = json!({ "get": {}, "parameters": [] });
        let paths = json!({ "paths": { "/users/{user_id}": operation, "/users/@me": operation } });
        let description = Description::of(&paths);
        let variables = |path| description.operation("GET", path).map(|found| found.operation.variables());
        assert_eq!(variables("/users/@me"), Some(0));
        assert_eq!(variables("/users/12"), Some(1));
        assert_eq!(variables("/users/12/roles"), None);
        assert!(description.operation("POST", "/users/12").is_none());
    }
}
