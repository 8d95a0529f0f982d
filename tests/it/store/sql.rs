//! Reading the sources of the store: whoever asks about the things of a tenant says which.

use super::homes::where_it_lasts;
use std::path::Path;

/// Texts of the store's sources that begin as SQL does, with the file they are in.
fn statements() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut found = Vec::new();
    let mut waiting = vec![folder.clone()];
    while let Some(inner) = waiting.pop() {
        for entry in std::fs::read_dir(inner).expect("the sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).expect("a source file");
            let file = path.strip_prefix(&folder).expect("it is inside").to_string_lossy().into_owned();
            // No SQL of ours has a quote in it, so that what is between two quotes is one text, or what is between two.
            for text in source
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect::<Vec<_>>()
                .join("\n")
                .split('"')
            {
                let begins = ["select ", "insert into ", "update ", "delete from "];
                if begins.iter().any(|begin| text.starts_with(begin)) {
                    found.push((file.clone(), text.to_owned()));
                }
            }
        }
    }
    found
}

/// Words of a statement: names with dots, and what is between.
fn words(statement: &str) -> Vec<&str> {
    statement.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).filter(|word| !word.is_empty()).collect()
}

#[test]
fn every_statement_about_a_tenant_names_it() {
    let statements = statements();
    assert!(statements.len() > 80, "the statements were not found: {}", statements.len());
    where_it_lasts(async |home| {
        home.open().await.close().await;
        let tables = home.tables_of_tenants().await;
        assert!(tables.len() >= 20, "{tables:?}");
        let mut about = 0;
        for (file, statement) in &statements {
            let words = words(statement);
            let named = words.windows(2).any(|pair| {
                ["from", "join", "into", "update"].contains(&pair[0]) && tables.iter().any(|table| table == pair[1])
            });
            about += usize::from(named);
            let says = words.iter().any(|word| *word == "tenant_id" || word.ends_with(".tenant_id"));
            // A file is kept once for all tenants; whether any of them still wants it is all that is asked. The ledger is
            // worked off across tenants, what is due first first, and counted for whoever runs it all.
            let shared = file.ends_with("sweep.rs") || ["deliveries/claim.rs", "deliveries/read.rs"].contains(&&**file);
            assert!(!named || says || shared, "{file}: {statement}");
        }
        assert!(about > 60, "the statements were not understood: {about}");
    });
}

#[test]
fn what_is_kept_has_no_other_tables() {
    where_it_lasts(async |home| {
        home.open().await.close().await;
        let known = [
            "_sqlx_migrations",
            "buttons",
            "dispatch",
            "effects",
            "inbox",
            "joining_codes",
            "marks",
            "notes",
            "rooms",
            "settings",
            "spaces",
            "tenants",
        ];
        let of_tenants = home.tables_of_tenants().await;
        for table in home.columns().await.into_keys().filter(|table| !table.starts_with("sqlite_")) {
            assert!(
                known.contains(&table.as_str()) || of_tenants.contains(&table),
                "{table} has no tenant_id: whose is it?"
            );
        }
    });
}
