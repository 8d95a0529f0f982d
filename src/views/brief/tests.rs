//! What both views say of a brief of every shape.

use super::*;
use crate::config::ReferentHandicap;
use crate::domain::brief::{
    Assessed, BlocChoice, Brief, BriefMilestone, DefaultUsed, Expected, Field, How, Jury, Need, ReferentielChoice,
    Remark, TeamSize, WallTime, difference,
};
use expect_test::{Expect, expect};
use jiff::civil::date;
use vigie_chat::{Block, Draft, Privacy, plain};

fn at(day: i8, hour: i8, minute: i8) -> WallTime {
    WallTime { civil: date(2026, 11, day).at(hour, minute, 0, 0), zone: "Europe/Paris".to_owned() }
}

fn expected(number: u32, title: &str) -> Expected {
    Expected { number, title: title.to_owned(), details: String::new(), required: Need::Required, due: None }
}

fn brief() -> Brief {
    let mut video = expected(2, "Vidéo");
    (video.required, video.due, video.details) =
        (Need::Optional, Some(at(20, 18, 0)), "- 3 minutes\n- sous-titrée".to_owned());
    let assessed = |code: Option<&str>, wording: &str, confidence, how| Assessed {
        code: code.map(str::to_owned),
        wording: wording.to_owned(),
        confidence,
        how,
    };
    Brief {
        title: "Prévoir les fuites".to_owned(),
        referentiel: Some(ReferentielChoice::Known("projet-ia".to_owned())),
        bloc: Some(BlocChoice::Known("A2".to_owned())),
        competencies: vec![
            assessed(Some("A2C1"), "Analyser le corpus", 100, How::ByCode),
            assessed(Some("A2C3"), "Modéliser l’architecture", 62, How::ByWording),
            assessed(None, "Travailler en mode projet", 0, How::Free),
        ],
        context: "La régie perd de l’eau.".to_owned(),
        deliverables: vec![expected(1, "Dossier @everyone"), video],
        preparation_minutes: Some(1_800),
        team: Some(TeamSize { least: 4, most: 4, most_if_odd: Some(5) }),
        oral_minutes: Some(20),
        jury: Some(Jury { people: Some(2), words: Some("deux professionnels".to_owned()) }),
        deadline: Some(at(27, 18, 0)),
        defences: vec![at(30, 23, 59)],
        resources: vec!["Un extrait".to_owned()],
        milestones: vec![BriefMilestone {
            key: "point".to_owned(),
            title: "Point".to_owned(),
            due: Some(at(13, 14, 0)),
        }],
        ..Brief::default()
    }
}

#[track_caller]
fn check(draft: &Draft, expected: &Expect) {
    assert_eq!(draft.check(), Vec::new());
    expected.assert_eq(&shown(draft));
}

/// The words of a message, block by block.
fn shown(draft: &Draft) -> String {
    let sealed = draft.clone().seal(|_| vigie_chat::Token::new("t"));
    plain(&sealed)
}

#[test]
fn what_was_understood() {
    let remarks = [Remark::Missing(Field::Interview), Remark::Ignored("Divers".to_owned())];
    let defaults = [DefaultUsed { field: Field::Preparation, said: "Durée de préparation : 30h".to_owned() }];
    let draft = understood(&brief(), &remarks, &defaults, &vigie_referentiels::embedded());
    assert_eq!(draft.privacy, Privacy::Private);
    check(
        &draft,
        &expect![[r"
        Ce que j’ai compris du sujet

        Rien n’est publié tant que vous ne confirmez pas. Chaque champ se corrige séparément.

        À vérifier

        - Je n’ai pas trouvé la durée de l’entretien.
        - La partie « Divers » n’a été rangée dans aucun champ.

        Champs

        Titre : Prévoir les fuites
        Référentiel : Projet IA
        Bloc : A2 — Conception d'une solution Intelligence Artificielle (IA) (Architecture des données– Apprentissage et test – infrastructure)
        Préparation : 30 h (d’après le référentiel)
        Équipe : 4 personnes, 5 si l’effectif ne tombe pas juste
        Oral : 20 min
        Entretien : non précisé
        Jury : 2 personnes (« deux professionnels »)
        Début : non précisé
        Date limite : vendredi 27 novembre 2026 à 18 h 00
        Soutenances : lundi 30 novembre 2026
        Jalons : Point (vendredi 13 novembre 2026 à 14 h 00)
        Modalités : non précisé

        Compétences évaluées

        - A2C1 Analyser le corpus
        - A2C3 Modéliser l’architecture (reconnue à ses mots, à 62 %)
        - Travailler en mode projet (non reconnue, gardée telle quelle)

        Livrables

        1. Dossier @everyone
        2. Vidéo (facultatif), pour le vendredi 20 novembre 2026 à 18 h 00
          - 3 minutes
          - sous-titrée

        Contexte

        La régie perd de l’eau.

        Ressources

        - Un extrait"]],
    );
}

#[test]
fn nothing_was_understood() {
    let draft = understood(&Brief::default(), &[], &[], &[]);
    check(
        &draft,
        &expect![[r"
        Ce que j’ai compris du sujet

        Pour publier, il manque encore : le titre, les livrables et la date limite.

        Champs

        Titre : non précisé
        Référentiel : non précisé
        Bloc : non précisé
        Compétences évaluées : non précisé
        Contexte : non précisé
        Livrables : non précisé
        Préparation : non précisé
        Équipe : non précisé
        Oral : non précisé
        Entretien : non précisé
        Jury : non précisé
        Début : non précisé
        Date limite : non précisé
        Soutenances : non précisé
        Jalons : non précisé
        Ressources : non précisé
        Modalités : non précisé"]],
    );
}

#[test]
fn what_everybody_reads() {
    let contact = ReferentHandicap {
        nom: "Mission handicap".to_owned(),
        courriel: Some("handicap@centre.example".to_owned()),
        telephone: None,
        lieu: None,
    };
    let draft = published(&brief(), &vigie_referentiels::embedded(), Some(&contact));
    assert_eq!(draft.privacy, Privacy::Public);
    check(
        &draft,
        &expect![[r"
        Prévoir les fuites

        La régie perd de l’eau.

        Référentiel : Projet IA
        Bloc : A2 — Conception d'une solution Intelligence Artificielle (IA) (Architecture des données– Apprentissage et test – infrastructure)
        Date limite : vendredi 27 novembre 2026 à 18 h 00 (heure de Paris)
        Soutenances : lundi 30 novembre 2026
        Équipe : 4 personnes, 5 si l’effectif ne tombe pas juste
        Préparation : 30 h
        Oral : 20 min
        Jury : 2 personnes (« deux professionnels »)

        À rendre

        1. Dossier @everyone
        2. Vidéo (facultatif), pour le vendredi 20 novembre 2026 à 18 h 00
          - 3 minutes
          - sous-titrée

        Jalons

        - Point : vendredi 13 novembre 2026 à 14 h 00

        Compétences évaluées

        3 compétences évaluées

        - A2C1 Analyser le corpus
        - A2C3 Modéliser l’architecture
        - Travailler en mode projet

        Ressources

        - Un extrait

        Aménagements

        Tout candidat en situation de handicap ou ayant un trouble de santé invalidant a droit, à sa demande, à un aménagement des épreuves. La démarche, en privé : /amenagement procedure projet-ia. À qui s’adresser : Mission handicap (handicap@centre.example)."]],
    );
}

#[test]
fn everybody_is_told_of_accommodation_whatever_the_brief() {
    let free = Brief { referentiel: Some(ReferentielChoice::Free("Autre".to_owned())), ..brief() };
    for brief in [Brief { title: "X".to_owned(), ..Brief::default() }, free] {
        let said = shown(&published(&brief, &[], None));
        assert!(said.contains("/amenagement procedure") && said.contains("a droit, à sa demande"), "{said}");
    }
}

#[test]
fn long_lists_are_folded() {
    let many = Brief { deliverables: (1..=30).map(|n| expected(n, "Rapport")).collect(), ..brief() };
    let draft = published(&many, &[], None);
    let is_folded = draft
        .blocks
        .iter()
        .any(|block| matches!(block, Block::Fold { summary, .. } if summary.words() == "30\u{a0}livrables"));
    assert!(is_folded);
}

#[test]
fn what_changes() {
    let new = Brief { deadline: Some(at(30, 18, 0)), ..brief() };
    check(
        &changes("Prévoir les fuites", &difference(&brief(), &new)),
        &expect![[r"
        Ce qui change : Prévoir les fuites

        - Date limite : vendredi 27 novembre 2026 à 18 h 00 → lundi 30 novembre 2026 à 18 h 00

        Les dates des équipes qui viennent du sujet seront déplacées, et les équipes prévenues."]],
    );
    check(
        &changes("Prévoir les fuites", &[]),
        &expect![[r"
        Ce qui change : Prévoir les fuites

        Rien ne change par rapport à la version publiée."]],
    );
}
