use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

static ALL: LazyLock<Vec<Referentiel>> = LazyLock::new(vigie_referentiels::embedded);

fn referentiel(slug: &str) -> &'static Referentiel {
    ALL.iter().find(|r| r.slug == slug).expect("an embedded référentiel")
}

fn covered() -> Mark {
    Mark::default().with(Proof::Deliverable(1)).expect("a first proof")
}

#[test]
fn only_a_proof_covers() {
    let link = Link::read("https://forge.example/depot").expect("a link");
    let proof = Proof::sentence("Voir le chapitre 3.").expect("a sentence");
    let mark = Mark::in_progress();
    assert_eq!(mark.coverage(), Coverage::InProgress);
    let mark = mark.with(proof.clone()).and_then(|mark| mark.with(Proof::Link(link.clone()))).expect("two proofs");
    let mark = mark.with(proof.clone()).expect("nothing new");
    assert_eq!((mark.coverage(), mark.proofs().len()), (Coverage::Covered, 2));
    let mark = mark.without(&proof).without(&Proof::Link(link));
    assert_eq!(mark.coverage(), Coverage::InProgress);
    assert_eq!(Mark::default().coverage(), Coverage::Todo);
    assert!(Proof::sentence(&"a".repeat(501)).is_err() && Proof::sentence(" \u{200b}").is_err());
}

#[test]
fn proofs_have_a_limit_that_is_said() {
    let full = (1..=10).try_fold(Mark::default(), |mark, n| mark.with(Proof::Deliverable(n))).expect("ten proofs");
    let refused = full.with(Proof::Deliverable(11)).expect_err("an eleventh");
    assert!(refused.to_string().contains("10\u{a0}preuves"), "{refused}");
}

#[test]
fn what_is_missing_comes_first() {
    let projet = referentiel("projet-ia");
    let (_, first) = projet.criteria().next().expect("a criterion");
    let competencies = first.competences.clone();
    let asked = asked(projet, &competencies);
    assert!(asked.len() > 2, "{asked:?}");
    let marks = BTreeMap::from([
        (asked[0].id.to_owned(), covered()),
        (asked[1].id.to_owned(), Mark::in_progress()),
        ("inconnu".to_owned(), covered()),
    ]);
    let missing = missing(&asked, &marks);
    assert_eq!(missing.len(), asked.len() - 1);
    assert_eq!(missing[0], (&asked[2], Coverage::Todo));
    assert_eq!(missing.last(), Some(&(&asked[1], Coverage::InProgress)));
    let grid = grid(&competencies, &asked, &marks);
    assert_eq!((grid.whole.covered, grid.whole.in_progress), (1, 1));
}

#[test]
fn codes_that_the_document_does_not_have_ask_nothing() {
    let unknown = ["Z9.9".parse().expect("a code")];
    let asked = asked(referentiel("data-engineer"), &unknown);
    let grid = grid(&unknown, &asked, &BTreeMap::new());
    assert_eq!((asked.len(), grid.whole.percent(), grid.competencies.len()), (0, None, 1));
}

#[test]
fn every_competency_of_a_brief_has_its_criteria() {
    for referentiel in ALL.iter() {
        let all: Vec<CompetencyCode> = referentiel.competencies().map(|(_, c)| c.code.clone()).collect();
        let asked = asked(referentiel, &all);
        assert_eq!(asked.len(), referentiel.criteria().count(), "{}", referentiel.slug);
    }
}

#[test]
fn only_the_document_that_states_the_rule_has_it() {
    for other in ["projet-ia", "cil", "manager-projets-informatiques", "solutions-informatiques"] {
        assert_eq!(accessible_rule(referentiel(other)), None, "{other}");
    }
    let rule = accessible_rule(referentiel("data-engineer")).expect("the rule");
    assert_eq!(rule.sentences.len(), 2);
    assert!(rule.sentences[1].contains("non validation"));
    let found: Vec<&str> = rule.competencies.iter().map(|c| c.code.as_str()).collect();
    assert_eq!(found.len(), 7, "{found:?}");
    // Accessibility as a quality of data, and access restricted to some people, aren't the word of the rule.
    assert!(rule.competencies.iter().all(|c| c.intitule.contains("accessible")));
    let data = referentiel("data-engineer").competencies().filter(|(_, c)| c.intitule.contains("accessibilité"));
    assert!(data.into_iter().all(|(_, c)| !rule.competencies.contains(&c)));
}

#[test]
fn the_wording_of_the_rule_decides() {
    let mut other = referentiel("cil").clone();
    "lisible".clone_into(&mut other.slug);
    other.validation = vec![
        "Une compétence dite ACCESSIBLE suppose le respect des normes ; à défaut elle n’est pas validée.".to_owned(),
    ];
    other.blocs[0].competences[0].intitule = "Écrire un guide accessible".to_owned();
    let rule = accessible_rule(&other).expect("the rule");
    assert_eq!((rule.sentences.len(), rule.competencies.len()), (1, 1));
    other.validation = vec!["Le centre est accessible, selon les normes.".to_owned(), "Jury de trois.".to_owned()];
    assert_eq!(accessible_rule(&other), None);
}

#[test]
fn a_hundred_per_cent_means_all() {
    let progress = |covered, todo| Progress { todo, in_progress: 0, covered };
    assert_eq!(progress(199, 1).percent(), Some(99));
    assert_eq!(progress(3, 0).percent(), Some(100));
    assert_eq!(progress(0, 0).percent(), None);
}

proptest! {
    #[test]
    fn nothing_is_counted_twice_or_lost(
        marks in prop::collection::vec((0usize..200, 0u8..3), 0..80),
        picked in prop::collection::vec(0usize..60, 1..12),
    ) {
        let referentiel = referentiel("data-engineer");
        let all: Vec<_> = referentiel.competencies().map(|(_, c)| c.code.clone()).collect();
        let competencies: Vec<_> = picked.iter().map(|n| all[n % all.len()].clone()).collect();
        let asked = asked(referentiel, &competencies);
        let mut kept = BTreeMap::new();
        for (n, state) in marks {
            if let Some(criterion) = asked.get(n) {
                kept.insert(criterion.id.to_owned(), match state {
                    0 => Mark::default(),
                    1 => Mark::in_progress(),
                    _ => covered(),
                });
            }
        }
        let grid = grid(&competencies, &asked, &kept);
        prop_assert_eq!(grid.whole.total(), asked.len());
        prop_assert_eq!(missing(&asked, &kept).len(), grid.whole.todo + grid.whole.in_progress);
        let tied: usize = asked.iter().map(|criterion| criterion.competencies.len()).sum();
        let counted: usize = grid.competencies.iter().map(|(_, progress)| progress.total()).sum();
        prop_assert_eq!(counted, tied);
        prop_assert!(grid.competencies.is_sorted_by_key(|(_, progress)| progress.percent().unwrap_or(100)));
    }

}
