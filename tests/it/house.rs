//! The arrows between the modules of the application: `domain, library, store ← views ← commands ← app ← cli` and
//! `domain ← store ← commands`, `domain ← pictures ← views`; only one file names the connectors, and only the store holds
//! SQL. (Cargo enforces the arrows between crates.)

use std::path::{Path, PathBuf};

/// For each module, the modules of ours that it may name.
const MAY_NAME: [(&str, &[&str]); 9] = [
    ("domain", &["domain"]),
    ("config", &["config"]),
    ("store", &["domain", "store"]),
    ("pictures", &["domain", "pictures"]),
    ("calendar", &["domain", "store", "calendar"]),
    ("views", &["domain", "config", "library", "store", "pictures", "views"]),
    ("commands", &["domain", "config", "library", "store", "calendar", "pictures", "views", "commands"]),
    ("app", &["domain", "config", "library", "store", "calendar", "pictures", "views", "commands", "app"]),
    ("cli", &["domain", "config", "library", "views", "commands", "app", "cli"]),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a source folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for (module, _) in MAY_NAME {
        let mut paths = Vec::new();
        files(&root.join(module), &mut paths);
        found.extend(paths.into_iter().map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source file");
            (module.to_owned(), path, text)
        }));
    }
    assert!(found.len() > 20, "the sources were not found");
    found
}

#[test]
fn the_house_has_these_rooms_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut entries: Vec<String> = std::fs::read_dir(root)
        .expect("the sources")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    entries.sort();
    assert_eq!(
        entries,
        [
            "app",
            "calendar",
            "cli",
            "commands",
            "config",
            "domain",
            "lib.rs",
            "library.rs",
            "main.rs",
            "pictures",
            "store",
            "views"
        ]
    );
}

#[test]
fn modules_point_one_way() {
    let names: Vec<&str> = MAY_NAME.iter().map(|(name, _)| *name).collect();
    for (module, path, text) in sources() {
        let (_, allowed) = MAY_NAME.iter().find(|(name, _)| *name == module).expect("a known module");
        assert!(
            !text.contains("use crate::{"),
            "{}: one `use` a module, so that this test can read it",
            path.display()
        );
        for (at, _) in text.match_indices("crate::") {
            let target: String =
                text[at + "crate::".len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let ours = names.contains(&target.as_str());
            assert!(!ours || allowed.contains(&target.as_str()), "{} names {target}", path.display());
        }
    }
}

#[test]
fn few_files_name_the_connectors_and_one_reads_the_clock() {
    for (module, path, text) in sources() {
        let file = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let named_by_cli = module == "cli" && file == "console.rs";
        assert!(
            !text.contains("vigie_console") || (module == "app" && file == "run.rs") || named_by_cli,
            "{}",
            path.display()
        );
        let network = ["vigie_discord::", "vigie_matrix::"].iter().any(|name| text.contains(name));
        let names_networks = module == "app" && ["run.rs", "health.rs"].contains(&file);
        assert!(!network || names_networks, "{} names a network", path.display());
        // tokio's is a stopwatch that tests can stop: it doesn't tell the time.
        let text = text.replace("tokio::time::Instant::now", "");
        let reads =
            ["Timestamp::now", "Zoned::now", "SystemTime::now", "Instant::now"].iter().any(|c| text.contains(c));
        assert!(!reads || (module == "app" && file == "clock.rs"), "{} reads the clock", path.display());
    }
}

#[test]
fn only_the_store_holds_sql() {
    for (module, path, text) in sources() {
        let holds = text.contains("sqlx::")
            || ["insert into ", "delete from ", "\"select "].iter().any(|sql| text.contains(sql));
        assert!(!holds || module == "store", "{} holds SQL", path.display());
    }
}

/// What is read before a transaction may be otherwise in it: who changes the work of a team is asked again there whether
/// they may, which only `Meant::write` does.
#[test]
fn the_work_of_a_team_is_changed_by_those_who_still_may() {
    let of_teams = ["jalon", "livrable", "heures", "grille"];
    let mut seen = 0;
    for (module, path, text) in sources() {
        let within = path.parent().and_then(|folder| folder.file_name()).and_then(|name| name.to_str());
        let by_name = ["equipe/run.rs", "equipe/place.rs", "equipe/room.rs"].iter().any(|name| path.ends_with(name));
        if module == "commands" && (within.is_some_and(|name| of_teams.contains(&name)) || by_name) {
            assert!(!text.contains("context.write()"), "{} asks nobody whether they still may", path.display());
            seen += usize::from(text.contains("meant.write(context)"));
        }
    }
    assert!(seen > 8, "the commands were not found");
}

/// Whoever wants words only is asked of there, and what is drawn anywhere else could forget them.
#[test]
fn pictures_are_drawn_in_one_place() {
    let mut draws = 0;
    for (module, path, text) in sources() {
        let here = path.ends_with("commands/drawn.rs");
        draws += usize::from(here && text.contains(".png()"));
        let draws_itself = text.contains(".png()") || text.contains("Picture;");
        assert!(!draws_itself || here || ["pictures", "cli"].contains(&module.as_str()), "{} draws", path.display());
    }
    assert_eq!(draws, 1, "the place was not found");
}
