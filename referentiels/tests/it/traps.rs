//! What becomes of the traps that real documents hold, one small made-up document a trap.

use crate::documents;
use expect_test::{Expect, expect};
use std::fmt::Write as _;
use vigie_referentiels::import::{Hints, Imported, import};
use vigie_referentiels::{CompetencyCode, Referentiel, file};

/// What is read of a document, in short; the report's lines that match `told` come last.
#[track_caller]
fn check(document: &str, told: &str, expect: Expect) {
    let imported = read(document);
    let mut found = outline(&imported.referentiel);
    for left in imported.report.left_aside.iter().chain(&imported.report.doubtful) {
        if !told.is_empty() && left.reason.contains(told) {
            writeln!(found, "! {}: {}", left.reason, left.text).unwrap();
        }
    }
    expect.assert_eq(&found);
}

#[track_caller]
fn read(document: &str) -> Imported {
    import("made-up.txt", document.as_bytes(), &Hints::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn joined(codes: &[CompetencyCode]) -> String {
    codes.iter().map(CompetencyCode::as_str).collect::<Vec<_>>().join(" ")
}

/// Everything of a référentiel but its source, a line each.
fn outline(r: &Referentiel) -> String {
    let mut found = format!("{}{}\n", r.titre, if r.titre_dans_document { "" } else { " (not stated)" });
    for bloc in &r.blocs {
        let optional = if bloc.optionnel { " (optionnel)" } else { "" };
        writeln!(found, "{} {}{optional}", bloc.code, bloc.titre).unwrap();
        for activity in &bloc.activites {
            let code = activity.code.as_deref().unwrap_or("~");
            let parent = activity.parent.as_ref().map(|p| format!(" < {p}")).unwrap_or_default();
            writeln!(found, "  {code} {}{parent}", activity.titre).unwrap();
        }
        for c in &bloc.competences {
            writeln!(found, "  {} {} [{}]", c.code, c.intitule, c.activite.as_deref().unwrap_or("~")).unwrap();
        }
        for assessment in &bloc.evaluations {
            let codes = joined(&assessment.competences);
            let work = assessment.travail.map(|w| format!(", {w:?}")).unwrap_or_default();
            writeln!(found, "  = {} ({}{work})", assessment.modalite, codes).unwrap();
            for text in &assessment.attendus {
                writeln!(found, "    - {text}").unwrap();
            }
            for c in &assessment.criteres {
                let codes = joined(&c.competences);
                writeln!(found, "    {} {} [{}]", c.id, c.texte, codes).unwrap();
            }
        }
        for quality in &bloc.qualites {
            writeln!(found, "  qualité {quality}").unwrap();
        }
    }
    for exam in &r.epreuves {
        writeln!(found, "épreuve {}: {}", exam.nom, exam.faits.join(" | ")).unwrap();
    }
    for definition in &r.lexique {
        writeln!(found, "terme {}: {}", definition.terme, definition.definition).unwrap();
    }
    for right in &r.amenagements {
        let codes = joined(&right.competences);
        writeln!(found, "aménagement {} [{}]", right.texte, codes).unwrap();
    }
    for rule in &r.validation {
        writeln!(found, "validation {rule}").unwrap();
    }
    for note in &r.notes {
        writeln!(found, "note {note}").unwrap();
    }
    found
}

#[test]
fn pages_cut_sentences_words_and_competencies() {
    check(
        documents::PAGES,
        "repeated",
        expect![[r#"
            Jardinier
            B1 Tenir un jardin
              A1 Préparer le sol
              A2 Arroser
              C1.1 Analyser la composition du sol afin de choisir des plantes adaptées [A1]
              C1.2 Amender le sol [A1]
              C1.3 Régler l'arrosage [A2]
              = Mise en situation : le candidat prépare une parcelle et rédige un compte rendu de son travail. (C1.1 C1.2 C1.3)
                C1.1/1 Les prélèvements sont faits à plusieurs endroits. [C1.1]
                C1.1/2 La composition du sol est décrite. [C1.1]
                C1.2/1 L'amendement est dosé. [C1.2]
                C1.2/2 Le débit est argumenté. [C1.2]
                C1.2/3 La dose est notée. [C1.2]
                C1.3/1 Le choix est argumenté et l'arrosage ne gaspille rien. [C1.3]
                C1.3/2 L'horaire est noté. [C1.3]
            ! repeated page heading: Certification Boulangerie
            ! repeated page heading: Certification Boulangerie
            ! bloc heading, repeated: Tenir un jardin
            ! repeated page heading: Certification Boulangerie
            ! bloc heading, repeated: Tenir un jardin
        "#]],
    );
}

#[test]
fn a_code_alone_in_its_cell_has_its_text_in_the_next() {
    check(
        documents::LONE_CODE,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              1.1 Pétrir
              1.1.1 Peser la farine [1.1]
              1.1.2 Doser le sel selon la recette [1.1]
              1.1.3 Façonner le pain [1.1]
              = Mise en situation (1.1.1 1.1.2 1.1.3)
                1.1.1/1 La pesée est juste. [1.1.1]
                1.1.2/1 Le sel est dosé. [1.1.2]
                1.1.3/1 La forme est régulière. [1.1.3]
        "#]],
    );
}

#[test]
fn an_empty_cell_is_merged_with_the_one_above() {
    check(
        documents::MERGED,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              A1 Pétrir
              A2 Cuire
              C1.1 Peser la farine [A1]
              C1.2 Doser le sel [A1]
              C1.3 Régler le four [A2]
              C1.4 Contrôler la cuisson [A2]
              = Mise en situation : une fournée complète. (C1.1 C1.2)
                C1.1/1 La pesée est juste. [C1.1 C1.2]
                C1.1/2 Le plan de travail est propre. [C1.1 C1.2]
              = Étude de cas : un four en panne. (C1.3 C1.4)
                C1.3/1 La température est relevée. [C1.3]
                C1.4/1 La croûte est dorée. [C1.4]
        "#]],
    );
}

#[test]
fn one_cell_may_hold_two_assessments_and_one_cell_of_criteria_serve_both() {
    check(
        documents::TWO_ASSESSMENTS,
        "criteria that serve",
        expect![[r#"
            made-up (not stated)
            B1 Vendre
              A1 Accueillir
              C1.1 Accueillir la clientèle en boutique [A1]
              C1.2 Présenter les pains de la vitrine [A1]
              C1.3 Rédiger les étiquettes de prix [A1]
              = Jeu de rôle en boutique, en équipe (C1.1 C1.2, Team)
                C1.1/1 La clientèle est accueillie avec le sourire. [C1.1 C1.2]
                C1.1/2 Les pains de la vitrine sont présentés. [C1.1 C1.2]
              = Dossier écrit sur les étiquettes, individuel (C1.3, Individual)
                C1.3/1 Les étiquettes de prix sont lisibles et complètes. [C1.3]
            épreuve Dossier écrit sur les étiquettes, individuel: 
            ! criteria that serve several assessments; tied by order and words: La clientèle est accueillie avec le sourire.
        "#]],
    );
}

#[test]
fn bullets_of_all_kinds_make_items() {
    check(
        documents::BULLETS,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Tailler
              A1 Tailler
              C1 Tailler une haie [A1]
              C2 Tailler un arbre [A1]
              = Mise en situation. (C1, Individual)
                - Choisir l'outil
                - Tailler la haie
                - Ranger
                - Travail individuel
                C1/1 La haie est taillée : au cordeau ; sans trou ; à la bonne saison. [C1]
                C1/2 Le sol est ramassé. [C1]
              = Mise en situation. (C2)
                - Grimper
                - Couper
                C2/1 La plaie est nette [C2]
                C2/2 L'outil est propre [C2]
                C2/3 L'arbre est taillé : Branche par branche ; Du haut vers le bas ; Sans blessure [C2]
            épreuve Mise en situation.: Travail individuel
        "#]],
    );
}

#[test]
fn a_run_of_spaces_separates_criteria() {
    check(
        documents::SPACES,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Tailler
              A1 Tailler
              A2 Planter
              C1 Tailler une haie [A1]
              C2 Planter une haie [A2]
              =  (C1 C2)
                C1/1 La haie est droite [C1]
                C1/2 Le sol est propre [C1]
                C1/3 L'outil est rangé [C1]
                C2/1 Le trou est large [C2]
                C2/2 La motte est arrosée [C2]
        "#]],
    );
}

#[test]
fn a_version_and_activities_in_a_sentence_are_not_codes() {
    check(
        documents::NOT_CODES,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Publier
              2.1 Concevoir une page
              2.2 Publier une page
              2.3 Suivre une page
              2.1.1 Dessiner une page selon la version 4.1 du RGAA, puis la relire en version 4.1 [2.1]
              2.2.1 Mettre la page en ligne [2.2]
              2.3.1 Mesurer les visites [2.3]
              = Mise en situation (2.1.1 2.2.1)
                2.1.1/1 La page est lisible. [2.1.1]
                2.1.1/2 Elle respecte la version 4.1 du RGAA. [2.1.1]
                2.2.1/1 La page est en ligne. [2.2.1]
              = Étude de cas (2.3.1)
                2.3.1/1 Les visites sont mesurées. [2.3.1]
            épreuve Mise en situation: Relative aux activités 2.1, 2.2
            épreuve Étude de cas: Relative à l'activité 2.3
        "#]],
    );
}

#[test]
fn a_misprinted_criterion_code_is_mended_and_one_used_twice_is_told() {
    check(
        documents::MISPRINT,
        "second time",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              A1 Cuire
              C1 Régler le four [A1]
              C2 Contrôler la cuisson [A1]
              = Mise en situation (C1)
                CE1.1 La température est relevée [C1]
                CE1.2 Le four est propre [C1]
              = Mise en situation (C2)
                CE2.1 La croûte est dorée [C2]
                CE2.2 La mie est souple [C2]
                C2/1 Le pain sonne creux [C2]
            B2 Vendre
              A2 Vendre
              C3 Tenir la caisse [A2]
              = Mise en situation (C3)
                CE3.1 Le compte est bon [C3]
            ! criterion code a second time; numbered instead: CE2.2
        "#]],
    );
}

#[test]
fn activities_may_be_numbered_anew_in_each_bloc() {
    check(
        documents::RESTART,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              A1 Pétrir
              A2 Cuire
              C1 Peser la farine [A1]
              C2 Régler le four [A2]
              = Mise en situation (C1)
                C1/1 La pesée est juste. [C1]
              = Mise en situation (C2)
                C2/1 La température est juste. [C2]
            B2 Vendre
              A1 Accueillir
              A2 Encaisser
              C3 Saluer la clientèle [A1]
              C4 Rendre la monnaie [A2]
              = Mise en situation (C3)
                C3/1 Le salut est audible. [C3]
              = Mise en situation (C4)
                C4/1 Le compte est bon. [C4]
        "#]],
    );
}

#[test]
fn a_table_of_contents_makes_no_bloc() {
    check(
        documents::CONTENTS,
        "table of contents",
        expect![[r#"
            Boulanger
            B1 CUIRE
              1.1 Cuire
              1.1.1 Régler le four [1.1]
              = Mise en situation (1.1.1)
                1.1.1/1 Le four est réglé. [1.1.1]
            B2 VENDRE (optionnel)
              2.1 Vendre
              2.1.1 Tenir la caisse [2.1]
              = Mise en situation (2.1.1)
                2.1.1/1 Le compte est bon. [2.1.1]
            B3 LIVRER (optionnel)
              3.1 Livrer
              3.1.1 Charger la voiture [3.1]
              = Mise en situation (3.1.1)
                3.1.1/1 Rien ne tombe. [3.1.1]
            ! table of contents: Bloc optionnel : VENDRE | Bloc optionnel : LIVRER
        "#]],
    );
}

#[test]
fn footnote_calls_escapes_and_links_leave_only_their_words() {
    check(
        documents::NOTES,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              A1 Cuire
              C1 Régler le four d'un fournil de 12 m² [A1]
              = Mise en situation. (C1)
                C1/1 La chaleur est régulière. [C1]
                C1/2 Le relevé suit le guide (V2). [C1]
            terme Levain: pâte qui fermente depuis longtemps
            note Four à sole uniquement.
            note Mesurée au cœur.
        "#]],
    );
}

#[test]
fn a_last_row_may_have_fewer_columns() {
    check(
        documents::FEWER_COLUMNS,
        "cut",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              A1 Cuire
              A2 Ranger
              C1 Régler le four [A1]
              C2 Ranger le fournil [A2]
              = Mise en situation. (C1)
                C1/1 Le four est réglé. [C1]
              = Mise en situation. (C2, Individual)
                - Travail individuel.
                C2/1 Le sol est propre. [C2]
            épreuve Mise en situation.: Travail individuel.
            ! the text may be cut: the last row has fewer cells than the one above
        "#]],
    );
}

#[test]
fn assessments_of_the_same_words_in_two_blocs_stay_two() {
    check(
        documents::TWINS,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              A1 Cuire
              C1 Régler le four [A1]
              = Mise en situation : le candidat travaille seul. (C1, Individual)
                C1/1 Le four est réglé. [C1]
            B2 Vendre
              A2 Vendre
              C2 Tenir la caisse [A2]
              = Mise en situation : le candidat travaille seul. (C2, Individual)
                C2/1 Le compte est bon. [C2]
        "#]],
    );
}

#[test]
fn only_the_candidates_own_disability_is_a_right() {
    check(
        documents::HANDICAP,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Encadrer
              A1 Encadrer
              C1 Accueillir un collègue [A1]
              C2 Animer une équipe [A1]
              = Mise en situation (C1)
                C1/1 Le poste d'un collègue en situation de handicap est adapté. [C1]
              = Mise en situation (C2)
                C2/1 La réunion a un ordre du jour. [C2]
              qualité patience
              qualité écoute
            aménagement Tout candidat peut demander un temps supplémentaire. []
            aménagement La demande est faite par écrit. []
            aménagement Ce critère ne compte pas pour les candidats en situation de handicap qui le demandent. [C1]
            validation La certification est obtenue si tous les blocs sont validés.
        "#]],
    );
}

#[test]
fn pipes_separate_cells_as_tabs_do() {
    check(
        documents::PIPES,
        "",
        expect![[r#"
            Boulanger
            B1 Cuire
              A1 Cuire
              C1 Régler le four [A1]
              C2 Contrôler la cuisson [A1]
              = Mise en situation (C1 C2)
                C1/1 Le four est réglé. [C1]
                C1/2 L'écran affiche jour | nuit. [C1]
                C2/1 La croûte est dorée. [C2]
        "#]],
    );
}

#[test]
fn without_codes_they_are_generated_and_marked() {
    check(
        documents::WITHOUT_CODES,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Cuire le pain
              ~ Conduite de la cuisson
              ~ Réglage du four < Conduite de la cuisson
              ~ Contrôle de la cuisson < Conduite de la cuisson
              B1.C1 Régler le four selon la recette [Conduite de la cuisson]
              B1.C2 Contrôler la cuisson du pain [Conduite de la cuisson]
              = Mise en situation (B1.C1 B1.C2, Individual)
                - Travail individuel
                B1.C1/1 Le réglage du four suit la recette [B1.C1]
                B1.C2/1 La cuisson est contrôlée et la croûte est dorée [B1.C2]
            B2 Vendre le pain (optionnel)
              ~ Accueil
              B2.C1 Accueillir la clientèle [Accueil]
              = Jeu de rôle (B2.C1)
                B2.C1/1 Le sourire est là [B2.C1]
            épreuve Mise en situation: Travail individuel
        "#]],
    );
    let referentiel = read(documents::WITHOUT_CODES).referentiel;
    assert!(referentiel.competencies().all(|(_, c)| c.code_genere));
}

#[test]
fn a_competency_that_ended_above_a_page_answers_nothing_below_it() {
    check(
        documents::ENDED_ABOVE,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Cuire le pain
              ~ Cuisson
              B1.C1 Peser la farine du pain [Cuisson]
              B1.C2 Doser le sel du pain [Cuisson]
              B1.C3 Régler le four à pain [Cuisson]
              B1.C4 Contrôler la croûte du pain en la regardant de près [Cuisson]
              B1.C5 Ranger le fournil [Cuisson]
              B1.C6 Laver le sol du fournil [Cuisson]
              = Mise en situation (B1.C1 B1.C2 B1.C3 B1.C4 B1.C5 B1.C6)
                B1.C1/1 La farine est pesée [B1.C1]
                B1.C2/1 Le sel est dosé [B1.C2]
                B1.C3/1 Le dosage du sel tient compte du four [B1.C3]
                B1.C3/2 Le réglage est noté [B1.C3]
                B1.C4/1 La croûte est contrôlée [B1.C4]
                B1.C4/2 La croûte est dorée et contrôlée de près [B1.C4]
                B1.C5/1 Le rangement du fournil suit le plan [B1.C5]
                B1.C6/1 Le sol du fournil est lavé [B1.C6]
        "#]],
    );
}

#[test]
fn parts_beside_several_competencies_leave_the_whole_to_tie_them_to() {
    check(
        documents::PARTS,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              A1 Pétrir
              A1-1 Peser < A1
              A1-2 Doser < A1
              A1-3 Façonner < A1
              A2 Cuire
              T1 Réglage du four < A2
              A3 Vendre
              T1 Accueil de la clientèle < A3
              T2 Tenue de la caisse < A3
              T3 Rangement < A3
              C1 Peser la farine [A1]
              C2 Doser le sel [A1]
              C3 Façonner le pain [A1-3]
              C4 Régler le four [A2]
              C5 Accueillir la clientèle [A3]
              C6 Ranger la boutique [A3]
              = Mise en situation (C1 C2 C3 C4 C5 C6)
                C1/1 La pesée est juste. [C1]
                C2/1 Le dosage est juste. [C2]
                C3/1 La forme est régulière. [C3]
                C4/1 Le four est réglé. [C4]
                C5/1 Le sourire est là. [C5]
                C6/1 La boutique est rangée. [C6]
        "#]],
    );
}

#[test]
fn a_column_that_serves_all_assessments_alike_goes_to_the_first() {
    check(
        documents::UNDIVIDED,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              A1 Pétrir
              A2 Cuire
              C1 Peser la farine [A1]
              C2 Doser le sel [A1]
              C3 Régler le four [A2]
              = Évaluation 1 : Cas pratique (C1 C2 C3)
                C1/1 La pesée est juste. [C1]
                C2/1 Le dosage est juste. [C2]
                C3/1 Le four est réglé. [C3]
              = Évaluation 2 : Dossier (C1 C2 C3)
        "#]],
    );
}

#[test]
fn items_are_given_with_what_announces_them() {
    check(
        documents::LEAD_INS,
        "said of",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              A1 Cuire
              C1 Régler le four [A1]
              = Mise en situation (C1)
                - À partir d'une recette présentant : la farine ; le sel
                - Le candidat doit :
                - rédiger une fiche
                - défendre sa fiche devant le jury
                - Le candidat présente :
                - Son pain à un jury de deux boulangers.
                C1/1 Le four est réglé : à temps ; sans fumée. [C1]
            B2 Vendre
              A2 Vendre
              C2 Tenir la caisse [A2]
              = Mise en situation (C2)
                C2/1 Le compte est bon. [C2]
            B3 Livrer
              A3 Livrer
              C3 Charger la voiture [A3]
              = Mise en situation (C3)
                C3/1 Rien ne tombe. [C3]
            épreuve Mise en situation: Relative à l'activité 1.1. | Les détails de l'épreuve sont dans le règlement. | Le candidat doit : rédiger une fiche ; défendre sa fiche devant le jury | Le candidat présente : Son pain à un jury de deux boulangers.
            épreuve Mise en situation: Relative à l'activité 2.1. | Les détails de l'épreuve sont dans le règlement.
            ! said of the same exam before: Relative à l'activité 2.1.
            ! said of the same exam before: Les détails de l'épreuve sont dans le règlement.
        "#]],
    );
}

#[test]
fn a_row_about_the_whole_certification_makes_one_exam() {
    check(
        documents::GENERAL_ROW,
        "",
        expect![[r#"
            made-up (not stated)
            B1 Cuire
              A1 Cuire
              A2 Vendre
              C1 Régler le four [A1]
              C2 Tenir la caisse [A2]
              = Mise en situation (C1)
                C1/1 Le four est réglé. [C1]
              = Mise en situation (C2)
                C2/1 Le compte est bon. [C2]
            épreuve Dossier professionnel: Dix pages | Travail individuel | Soutenance orale | Durée : 20 mn | Le dossier porte sur les activités suivantes : A1 - Cuire le pain ; A2 – Vendre le pain
        "#]],
    );
}

#[test]
fn every_word_of_the_made_up_documents_is_in_the_result_or_in_the_report() {
    for (name, document) in documents::ALL {
        let report = read(document).report;
        let lost: Vec<_> = report.left_aside.iter().filter(|l| l.reason.contains("no part")).collect();
        assert!(lost.is_empty(), "{name}: {lost:?}");
    }
}

#[test]
fn what_is_read_is_a_file_without_defects() {
    for (name, document) in documents::ALL {
        let referentiel = read(document).referentiel;
        assert_eq!(file::parse(name, &file::write(&referentiel)), Ok(referentiel));
    }
}

#[test]
fn a_document_is_read_the_same_each_time_and_with_every_kind_of_line_end() {
    for (name, document) in documents::ALL {
        let first = read(document).referentiel;
        let mut other = read(&format!("\u{feff}{}", document.replace('\n', "\r\n"))).referentiel;
        other.source = first.source.clone();
        assert_eq!(first, other, "{name}");
    }
}
