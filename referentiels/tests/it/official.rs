//! The five référentiels that travel with the program: what they hold, and that the importer makes them.

use crate::sources::{Official, official};
use std::collections::{HashMap, HashSet};
use vigie_referentiels::{CompetencyCode, Referentiel, embedded, file, import};

/// Competencies and criteria a bloc, as they were counted by hand in the documents.
#[track_caller]
fn check_counts(slug: &str, competencies: &[usize], criteria: usize) {
    let all = embedded();
    let found = all.iter().find(|r| r.slug == slug).unwrap_or_else(|| panic!("{slug} is embedded"));
    let by_bloc: Vec<usize> = found.blocs.iter().map(|b| b.competences.len()).collect();
    assert_eq!(by_bloc, competencies, "competencies of {slug}, bloc by bloc");
    assert_eq!(found.criteria().count(), criteria, "criteria of {slug}");
}

#[test]
fn everything_counted_by_hand_is_there() {
    check_counts("cil", &[8, 5, 8, 4, 4, 4], 92);
    check_counts("data-engineer", &[8, 10, 8, 5, 9], 73);
    check_counts("manager-projets-informatiques", &[8, 7, 6, 7, 6], 83);
    check_counts("projet-ia", &[7, 9, 6, 13], 122);
    check_counts("solutions-informatiques", &[8, 7, 6], 42);
}

#[test]
fn optional_blocs_terms_and_tasks_are_those_of_the_documents() {
    let optional = |r: &Referentiel| r.blocs.iter().filter(|b| b.optionnel).count();
    let counts: Vec<(String, usize)> = embedded().iter().map(|r| (r.slug.clone(), optional(r))).collect();
    let counts: HashMap<&str, usize> = counts.iter().map(|(slug, n)| (slug.as_str(), *n)).collect();
    assert_eq!((counts["cil"], counts["manager-projets-informatiques"], counts["projet-ia"]), (3, 2, 0));
    let projet = embedded().into_iter().find(|r| r.slug == "projet-ia").unwrap();
    assert_eq!(projet.lexique.len(), 12);
    assert_eq!(projet.blocs.iter().map(|b| b.activites.len()).sum::<usize>(), 29, "tasks and sub-tasks");
}

#[test]
fn titles_and_levels_are_those_of_the_documents() {
    let named: Vec<_> = embedded().iter().map(|r| (r.titre.clone(), r.titre_dans_document, r.niveau)).collect();
    expect_test::expect![[r#"
        [
            (
                "Coordinateur infrastructures et logiciels",
                true,
                None,
            ),
            (
                "Data Engineer",
                true,
                None,
            ),
            (
                "Manager de projets informatiques (niveau 7)",
                true,
                Some(
                    7,
                ),
            ),
            (
                "Projet IA",
                false,
                None,
            ),
            (
                "Solutions informatiques",
                false,
                None,
            ),
        ]
    "#]]
    .assert_debug_eq(&named);
}

#[test]
fn codes_are_unique_and_canonical_and_every_criterion_is_tied_to_known_competencies() {
    for r in embedded() {
        let codes: Vec<&CompetencyCode> = r.competencies().map(|(_, c)| &c.code).collect();
        let known: HashSet<&CompetencyCode> = codes.iter().copied().collect();
        assert_eq!(known.len(), codes.len(), "{}: codes are unique", r.slug);
        for code in codes {
            assert_eq!(code.as_str().parse().as_ref(), Ok(code), "{}: codes are canonical", r.slug);
        }
        let mut ids = HashSet::new();
        for (assessment, criterion) in r.criteria() {
            let told = format!("{}: {}", r.slug, criterion.id);
            assert!(ids.insert(&criterion.id), "{told} is unique");
            assert!(!criterion.competences.is_empty(), "{told} is tied");
            assert!(criterion.competences.iter().all(|c| known.contains(c)), "{told} is tied to known competencies");
            let covered = |c: &CompetencyCode| assessment.competences.contains(c);
            assert!(criterion.competences.iter().any(covered), "{told} is assessed where it stands");
        }
    }
}

#[test]
fn every_competency_has_a_criterion() {
    for r in embedded() {
        let tied: HashSet<&CompetencyCode> = r.criteria().flat_map(|(_, c)| &c.competences).collect();
        for (_, competency) in r.competencies() {
            assert!(tied.contains(&competency.code), "{}: {}", r.slug, competency.code);
        }
    }
}

#[test]
fn the_files_are_what_the_import_writes() {
    for Official { referentiel, bytes, hints, file } in official().unwrap_or_default() {
        let imported = import::import(&referentiel.source.fichier, &bytes, &hints).unwrap();
        let written = file::write(&imported.referentiel);
        assert!(written == file, "data/{}.toml is not what the import writes", referentiel.slug);
    }
}

#[test]
fn every_word_is_in_the_result_or_in_the_printed_report_and_nothing_seems_cut() {
    for Official { referentiel, bytes, hints, .. } in official().unwrap_or_default() {
        let report = import::import(&referentiel.source.fichier, &bytes, &hints).unwrap().report;
        let printed = report.to_string();
        assert!(!printed.contains("found in no part of the result"), "{}: {printed}", referentiel.slug);
        for left in report.left_aside.iter().chain(&report.doubtful) {
            assert!(printed.contains(&left.text), "{}: {left:?} is printed in full", referentiel.slug);
        }
        let cut: Vec<_> = report.doubtful.iter().filter(|d| d.reason.contains("cut")).collect();
        assert!(cut.is_empty(), "{} is whole: {cut:?}", referentiel.slug);
    }
}
