//! The promises of the search that no single measure shows.

use proptest::prelude::*;
use std::{fs, path::Path, sync::LazyLock};
use vigie_index::{Field, Index, Kind, Opened, Query};

static INDEX: LazyLock<Index> =
    LazyLock::new(|| Index::build(&vigie_referentiels::embedded()).expect("the embedded référentiels can be indexed"));

fn ids(query: &Query) -> Vec<String> {
    INDEX.search(query).hits.into_iter().map(|hit| hit.id).collect()
}

#[track_caller]
fn check_first(typed: &str, expect: &str) {
    assert_eq!(ids(&Query::new(typed)).first().map(String::as_str), Some(expect), "{typed:?}");
}

#[test]
fn a_competency_is_found_by_every_part_of_it() {
    check_first("Attribuer et configurer les droits d'accès au système et aux données", "data-engineer:C3.5");
    check_first("le gain de temps est valorisé", "cil:3.2.2");
    check_first("graphe PERT", "projet-ia:A4C1");
    check_first("Orchestration des droits d'accès", "data-engineer:C3.5");
    check_first("manager la stratégie de cybersécurité", "manager-projets-informatiques:bloc:B5");
}

#[test]
fn every_competency_is_found_first_by_its_own_statement() {
    for referentiel in vigie_referentiels::embedded() {
        for (_, competency) in referentiel.competencies() {
            let query = Query::new(competency.intitule.as_str()).within(Some(&referentiel.slug));
            let expect = format!("{}:{}", referentiel.slug, competency.code);
            assert_eq!(ids(&query).first(), Some(&expect), "{}", competency.intitule);
        }
    }
}

#[test]
fn every_competency_is_found_first_by_its_code_in_its_referentiel() {
    for referentiel in vigie_referentiels::embedded() {
        for (_, competency) in referentiel.competencies() {
            let typed = competency.code.as_str().to_lowercase().replace('.', " ");
            let query = Query::new(typed).within(Some(&referentiel.slug));
            let expect = format!("{}:{}", referentiel.slug, competency.code);
            assert_eq!(ids(&query).first(), Some(&expect), "{}", competency.code);
        }
    }
}

#[test]
fn a_number_beside_words_is_no_code_unless_it_is_surely_one() {
    check_first("rgaa 4.1", "cil:2.1.1");
    check_first("archivage 1.3.1", "cil:1.3.1");
    let of_activity = &ids(&Query::new("activité 4.1"))[..3];
    for id in ["cil:4.1.1", "cil:4.1.2", "cil:bloc:B4"] {
        assert!(of_activity.iter().any(|found| found == id), "{of_activity:?}");
    }
    assert_eq!(INDEX.search(&Query::new("C99.9")).total, 0);
}

#[test]
fn twins_in_two_referentiels_are_both_shown() {
    let found = ids(&Query::new("techniques de hacking"));
    assert_eq!(found[..2].len(), 2);
    for twin in ["solutions-informatiques:C18", "manager-projets-informatiques:B3.C3"] {
        assert!(found[..2].iter().any(|id| id == twin), "{found:?}");
    }
}

#[test]
fn the_snippet_shows_the_criterion_that_matched() {
    let answer = INDEX.search(&Query::new("graphe PERT"));
    let snippet = answer.hits[0].snippet.as_ref().expect("words matched");
    assert_eq!(snippet.field, Field::Criterion);
    assert!(snippet.criterion.as_deref().is_some_and(|id| id.starts_with("A4C1/")), "{snippet:?}");
    let marked: Vec<&str> = snippet.ranges.iter().map(|range| &snippet.text[range.clone()]).collect();
    assert!(marked.contains(&"PERT") && marked.contains(&"Graphe"), "{marked:?}");
}

#[test]
fn what_was_understood_is_said() {
    let understood = INDEX.search(&Query::new("archvage pour cil")).understood;
    assert_eq!(understood.scope.as_deref(), Some("cil"));
    assert_eq!(understood.corrections[0].read_as, "archivage");
    assert_eq!(INDEX.search(&Query::new("c5-2")).understood.codes, ["C5.2"]);
    let unknown = INDEX.search(&Query::new("recette de lasagnes"));
    assert_eq!((unknown.total, unknown.understood.unknown), (0, vec!["lasagnes".to_owned()]));
    assert!(INDEX.nearest_words("cybrsecrite", 3).contains(&"cybersécurité".to_owned()));
}

#[test]
fn a_query_is_narrowed_by_kind_scope_and_page() {
    let all = INDEX.search(&Query::new("handicap").page(0, 100));
    assert_eq!(all.hits.len(), all.total);
    let second = INDEX.search(&Query::new("handicap").page(5, 5));
    assert_eq!(second.hits[..], all.hits[5..10]);
    let rules = INDEX.search(&Query::new("handicap").only([Kind::Amenagement]));
    assert!(rules.total > 0 && rules.hits.iter().all(|hit| hit.kind == Kind::Amenagement));
    let one = INDEX.search(&Query::new("handicap").within(Some("cil")));
    assert!(one.total > 0 && one.hits.iter().all(|hit| hit.referentiel == "cil"));
    assert_eq!(INDEX.search(&Query::new("handicap").within(Some("inconnu"))).total, 0);
}

#[test]
fn completion_knows_codes_and_words() {
    let codes: Vec<_> = INDEX.complete("c1.", Some("data-engineer"), 25).into_iter().filter_map(|s| s.code).collect();
    assert_eq!(codes, ["C1.1", "C1.2", "C1.3", "C1.4", "C1.5", "C1.6", "C1.7", "C1.8"]);
    assert_eq!(INDEX.complete("ordonnancer log", None, 5)[0].id, "cil:1.3.2");
    assert_eq!(INDEX.complete("framew", None, 5)[0].kind, Kind::Lexique);
    assert!(INDEX.complete("", None, 25).is_empty());
}

/// Opens the index of a folder, and checks that it answers.
#[track_caller]
fn open(folder: &Path) -> Opened {
    let (index, opened) = Index::open_or_build(folder, &vigie_referentiels::embedded()).expect("it opens");
    assert_eq!(index.search(&Query::new("siem")).hits, INDEX.search(&Query::new("siem")).hits);
    opened
}

/// Files under a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn an_index_on_disk_is_kept_and_rebuilt_when_stale() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(open(folder.path()), Opened::Rebuilt("there was none".to_owned()));
    assert_eq!(open(folder.path()), Opened::Kept);
    let fewer = &vigie_referentiels::embedded()[1..];
    let (_, opened) = Index::open_or_build(folder.path(), fewer).expect("it opens");
    assert_eq!(opened, Opened::Rebuilt("it was of other data or of another version".to_owned()));
}

#[test]
fn an_index_on_disk_is_rebuilt_whatever_file_is_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    open(folder.path());
    let count = files(folder.path()).len();
    for at in 0..count {
        let mut damaged = files(folder.path());
        damaged.sort();
        let path = &damaged[at % damaged.len()];
        if path.to_string_lossy().contains(".tantivy-") || path.to_string_lossy().contains(".managed") {
            continue;
        }
        let mut bytes = fs::read(path).expect("a file");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0xff;
        fs::write(path, &bytes).expect("a file");
        assert!(matches!(open(folder.path()), Opened::Rebuilt(_)), "{}", path.display());
        assert_eq!(open(folder.path()), Opened::Kept, "{}", path.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_searched_and_its_ranges_fit(text in any_query()) {
        let answer = INDEX.search(&Query::new(text.as_str()));
        prop_assert!(answer.hits.len() <= 10);
        for snippet in answer.hits.iter().filter_map(|hit| hit.snippet.as_ref()) {
            let mut end = 0;
            for range in &snippet.ranges {
                prop_assert!(range.start >= end && range.start < range.end);
                prop_assert!(snippet.text.get(range.clone()).is_some(), "{range:?} of {:?}", snippet.text);
                end = range.end;
            }
        }
        prop_assert!(INDEX.complete(&text, None, 25).len() <= 25);
        prop_assert!(INDEX.nearest_words(&text, 5).len() <= 5);
    }
}

/// Anything at all, and things like what people type.
fn any_query() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zéèàçœ'’ \"0-9.\\-/]{0,80}",
        "(l |d'|\"|C|c5 |2\\.1|🙂|שלום|données |rgpd |projet ia |sécurité ){0,12}",
        "(les critères de la compétence ){0,60}",
    ]
}
