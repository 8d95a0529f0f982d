//! Whole briefs as trainers write them, what is understood of each, and what holds for any text.

use super::*;
use expect_test::{Expect, expect, expect_file};
use jiff::civil::date;
use regex::Regex;
use std::fmt::Write as _;
use std::sync::LazyLock;
use vigie_chat::folded;

mod properties;

static REFERENTIELS: LazyLock<Vec<Referentiel>> = LazyLock::new(vigie_referentiels::embedded);

/// Dates with their year, which is all that the briefs of these tests hold.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?P<day>\d{1,2})(?:/(?P<number>\d{1,2})/|(?:er)?\s+(?P<month>janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)\s+)(?P<year>\d{4})(?:\s+(?:à\s+)?(?P<hour>\d{1,2})\s*h(?:\s*(?P<minute>\d{2}))?)?",
    )
    .expect("the pattern is constant")
});

fn dates(text: &str) -> Vec<FoundDate> {
    const MONTHS: [&str; 12] = ["jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec"];
    let one = |found: regex::Captures<'_>| {
        let number = |name: &str| found.name(name).and_then(|n| n.as_str().parse::<i8>().ok());
        let named = found.name("month").map(|m| folded(m.as_str()));
        let month = named
            .and_then(|name| MONTHS.iter().position(|m| name.starts_with(m)))
            .and_then(|at| i8::try_from(at + 1).ok());
        let year = found["year"].parse().ok()?;
        let day = jiff::civil::Date::new(year, month.or_else(|| number("number"))?, number("day")?).ok()?;
        let civil = match number("hour").filter(|hour| *hour < 24) {
            Some(hour) => day.at(hour, number("minute").filter(|m| *m < 60).unwrap_or(0), 0, 0),
            None => day.at(23, 59, 0, 0),
        };
        Some(FoundDate { range: found.get(0)?.range(), civil, doubtful: None })
    };
    DATE.captures_iter(text).filter_map(one).collect()
}

/// Competencies that share most of their long words with a text.
fn matching(wording: &str, slug: Option<&str>) -> Vec<Match> {
    let words = |text: &str| -> Vec<String> {
        let folded = folded(text);
        folded.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 4).map(str::to_owned).collect()
    };
    let asked = words(wording);
    let mut found = Vec::new();
    for referentiel in REFERENTIELS.iter().filter(|r| slug.is_none_or(|slug| r.slug == slug)) {
        for (_, competency) in referentiel.competencies() {
            let theirs = words(&competency.intitule);
            let shared = asked.iter().filter(|word| theirs.contains(word)).count();
            let confidence = u8::try_from(shared * 100 / asked.len().max(1)).unwrap_or(0);
            found.push(Match { slug: referentiel.slug.clone(), code: competency.code.as_str().to_owned(), confidence });
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.confidence));
    found.truncate(3);
    found
}

fn world() -> World<'static> {
    World { referentiels: &REFERENTIELS, matching: &matching, dates: &dates, zone: "Europe/Paris" }
}

fn read_here(text: &str) -> Understood {
    read(text, &world())
}

#[track_caller]
fn check(bytes: &[u8], expected: &expect_test::ExpectFile) {
    let understood = read_here(&decode(bytes).expect("a text"));
    let mut shown = serde_json::to_string_pretty(&understood.brief).expect("a brief is always JSON");
    for remark in &understood.remarks {
        write!(shown, "\n{remark}").expect("a string takes everything");
    }
    expected.assert_eq(&(shown + "\n"));
    let stored = serde_json::to_string(&understood.brief).expect("a brief is always JSON");
    assert_eq!(serde_json::from_str::<Brief>(&stored).expect("what was written is read"), understood.brief);
}

#[test]
fn markdown_with_tables() {
    check(
        include_bytes!("../../../tests/briefs/projet-ia-fuites.md"),
        &expect_file!["../../../tests/briefs/projet-ia-fuites.understood"],
    );
}

#[test]
fn paste_from_a_word_processor() {
    check(
        include_bytes!("../../../tests/briefs/manager-parc.txt"),
        &expect_file!["../../../tests/briefs/manager-parc.understood"],
    );
}

#[test]
fn messy_draft() {
    check(
        include_bytes!("../../../tests/briefs/brouillon.md"),
        &expect_file!["../../../tests/briefs/brouillon.understood"],
    );
}

fn brief() -> Brief {
    read_here(include_str!("../../../tests/briefs/projet-ia-fuites.md")).brief
}

fn all_said<T: ToString>(things: &[T]) -> String {
    things.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn facts_from_prose_alone() {
    let text = "Cas Norval\n\nVous travaillerez par groupes de 4 (5 si l’effectif est impair). La préparation dure 30 heures, du 2 novembre 2026 au 27 novembre 2026 à 18 h. \
        L’oral de 20 min est suivi d’un entretien de 30 min devant deux professionnels, le 3 décembre 2026.";
    let read = read_here(text).brief;
    let team = TeamSize { least: 4, most: 4, most_if_odd: Some(5) };
    assert_eq!((read.team, read.preparation_minutes), (Some(team), Some(1_800)));
    assert_eq!((read.oral_minutes, read.interview_minutes), (Some(20), Some(30)));
    assert_eq!(read.jury.and_then(|jury| jury.people), Some(2));
    assert_eq!(read.starts.map(|at| at.civil), Some(date(2026, 11, 2).at(0, 0, 0, 0)));
    assert_eq!(read.deadline.map(|at| at.civil), Some(date(2026, 11, 27).at(18, 0, 0, 0)));
    assert_eq!(read.defences.len(), 1);
}

#[test]
fn days_share_a_month() {
    let text =
        "Cas Norval\n\nLe projet se déroule du lundi 2 au 27 novembre 2026. Soutenances les 3, 4 et 7 décembre 2026.";
    let read = read_here(text).brief;
    assert_eq!(read.starts.map(|at| at.civil), Some(date(2026, 11, 2).at(0, 0, 0, 0)));
    assert_eq!(read.deadline.map(|at| at.civil), Some(date(2026, 11, 27).at(23, 59, 0, 0)));
    let days: Vec<i8> = read.defences.iter().map(|at| at.civil.day()).collect();
    assert_eq!(days, [3, 4, 7]);
}

#[track_caller]
fn check_certification(text: &str, expected: &Expect) {
    let understood = read_here(text);
    let of_it = |remark: &&Remark| {
        matches!(remark.field(), Some(Field::Referentiel | Field::Bloc)) && !matches!(remark, Remark::Missing(_))
    };
    let remarks: Vec<&Remark> = understood.remarks.iter().filter(of_it).collect();
    let (referentiel, bloc) = (&understood.brief.referentiel, &understood.brief.bloc);
    expected.assert_eq(&format!("{referentiel:?} {bloc:?}\n{}", all_said(&remarks)));
}

#[test]
fn certifications_are_known_by_name_slug_code_or_number() {
    check_certification(
        "# X\n\nRéférentiel : data-engineer\nBloc n° 3",
        &expect![[r#"
        Some(Known("data-engineer")) Some(Known("B3"))
    "#]],
    );
    check_certification(
        "# X\n\nTitre visé : manager de projets informatiques, bloc 4",
        &expect![[r#"
        Some(Known("manager-projets-informatiques")) Some(Known("B4"))
    "#]],
    );
    check_certification(
        "# X\n\n## Compétences\n- A1C1\n- A1C4",
        &expect![[r#"
        Some(Known("projet-ia")) Some(Known("A1"))
        Référentiel : « Projet IA », c’est le seul référentiel qui a toutes ces compétences.
        Bloc : « A1 », je le déduis des compétences citées."#]],
    );
    check_certification(
        "# X\n\nCertification : RNCP n° 34567\nBloc : 9",
        &expect![[r#"
        Some(Free("RNCP n° 34567")) Some(Free("9"))
        Référentiel : « RNCP 34567 », aucun des documents que je connais ne donne ce numéro, je l’ai gardé tel quel."#]],
    );
    check_certification(
        "# X\n\nRéférentiel : Projet IA\nBloc : 9",
        &expect![[r#"
        Some(Known("projet-ia")) Some(Free("9"))
        Bloc : « 9 », ce référentiel a les blocs A1, A2, A3, A4, je l’ai gardé tel quel."#]],
    );
    check_certification(
        "# X\n\n## Compétences\n- C1.1\n- C2.1",
        &expect![[r#"
        Some(Known("data-engineer")) None
        Référentiel : « Data Engineer », c’est le seul référentiel qui a toutes ces compétences."#]],
    );
}

#[test]
fn defaults_come_from_the_document_and_the_brief_wins() {
    let of = |slug: &str| REFERENTIELS.iter().find(|r| r.slug == slug).expect("an embedded référentiel");
    let (filled, used) = with_defaults(Brief::default(), of("projet-ia"));
    assert_eq!((filled.preparation_minutes, filled.oral_minutes), (Some(1_800), Some(30)));
    assert_eq!(filled.team.map(|team| team.most), Some(4));
    assert_eq!(filled.jury.and_then(|jury| jury.people), Some(2));
    assert_eq!(used.len(), 4);
    let own = Brief { preparation_minutes: Some(1_440), ..Brief::default() };
    assert_eq!(with_defaults(own, of("projet-ia")).0.preparation_minutes, Some(1_440));
    // A document that states nothing gives nothing.
    assert_eq!(with_defaults(Brief::default(), of("cil")), (Brief::default(), Vec::new()));
    assert_eq!(with_defaults(Brief::default(), of("data-engineer")).0.jury.and_then(|jury| jury.people), Some(2));
}

#[test]
#[expect(clippy::too_many_lines, reason = "most of it is what comes out")]
fn each_field_is_corrected_by_itself() {
    let mut brief = brief();
    let world = world();
    let mut said = String::new();
    for (field, typed) in [
        (Field::Title, "  Un autre   titre "),
        (Field::Referentiel, "solutions informatiques"),
        (Field::Bloc, "3"),
        (Field::Competencies, "C18 et C19"),
        (Field::Deliverables, "Rapport : 20 pages\n- Code source (facultatif)"),
        (Field::Preparation, "24"),
        (Field::Team, "3 à 4"),
        (Field::Oral, "20 minutes"),
        (Field::Interview, "aucun"),
        (Field::Jury, "3"),
        (Field::Starts, "1er février 2027"),
        (Field::Deadline, "26 février 2027 à 18h"),
        (Field::Defences, "10 mars 2027\n2 mars 2027"),
        (Field::Milestones, "- Maquette : 12 février 2027"),
        (Field::Resources, "Un jeu de données\nhttps://exemple.fr"),
        (Field::Context, "Une mairie."),
        (Field::Modalities, "-"),
    ] {
        let remarks = set(&mut brief, field, typed, &world).expect("a value of the field");
        assert_eq!(Field::named(field.key()), Some(field));
        for remark in remarks {
            writeln!(said, "{remark}").expect("a string takes everything");
        }
    }
    expect![[r"
        Date limite : « vendredi 27 novembre 2026 à 18 h 00 », elle n’est pas après le début.
        Soutenances : « jeudi 3 décembre 2026 », c’est avant la date limite.
    "]]
    .assert_eq(&said);
    expect![[r#"
        {
          "title": "Un autre titre",
          "referentiel": {
            "known": "solutions-informatiques"
          },
          "bloc": {
            "known": "B3"
          },
          "competencies": [
            {
              "code": "C18",
              "wording": "Auditer la sécurité de la solution informatique au moyen de techniques de hacking (intrusion et attaque) ou d'outils de diagnostic (forensic) pour prévenir et contrer les fraudes et les cyberattaques en implémentant des techniques cryptographiques et/ou en développant des modules de sécurité spécifiques",
              "confidence": 100,
              "how": "by_code"
            },
            {
              "code": "C19",
              "wording": "Piloter la mise en production du projet pour installer et implanter les solutions informatiques dans l'organisation en suivant la méthode et le plan de déploiement définis en préproduction",
              "confidence": 100,
              "how": "by_code"
            }
          ],
          "context": "Une mairie.",
          "deliverables": [
            {
              "number": 1,
              "title": "Rapport",
              "details": "20 pages",
              "required": "required",
              "due": null
            },
            {
              "number": 2,
              "title": "Code source (facultatif)",
              "details": "",
              "required": "optional",
              "due": null
            }
          ],
          "preparation_minutes": 1440,
          "team": {
            "least": 3,
            "most": 4,
            "most_if_odd": null
          },
          "oral_minutes": 20,
          "interview_minutes": null,
          "jury": {
            "people": 3,
            "words": null
          },
          "starts": {
            "civil": "2027-02-01T00:00:00",
            "zone": "Europe/Paris"
          },
          "deadline": {
            "civil": "2027-02-26T18:00:00",
            "zone": "Europe/Paris"
          },
          "defences": [
            {
              "civil": "2027-03-02T23:59:00",
              "zone": "Europe/Paris"
            },
            {
              "civil": "2027-03-10T23:59:00",
              "zone": "Europe/Paris"
            }
          ],
          "resources": [
            "Un jeu de données",
            "https://exemple.fr"
          ],
          "milestones": [
            {
              "key": "maquette",
              "title": "Maquette",
              "due": {
                "civil": "2027-02-12T23:59:00",
                "zone": "Europe/Paris"
              }
            }
          ],
          "modalities": null
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&brief).expect("a brief is always JSON"));
}

#[test]
fn wrong_values_say_what_to_type_and_change_nothing() {
    let before = brief();
    let mut brief = before.clone();
    let mut said = Vec::new();
    for (field, typed) in [
        (Field::Title, ""),
        (Field::Deadline, "aucun"),
        (Field::Deadline, "bientôt"),
        (Field::Preparation, "beaucoup"),
        (Field::Preparation, "500 h"),
        (Field::Oral, "2 min"),
        (Field::Team, "plein"),
        (Field::Defences, "plus tard"),
    ] {
        said.push(set(&mut brief, field, typed, &world()).expect_err("no value of the field"));
    }
    said.push(set(&mut brief, Field::Title, &"a".repeat(200), &world()).expect_err("too long"));
    assert_eq!(brief, before);
    expect![[r"
        Un sujet ne peut pas se passer de son titre. Donnez une autre valeur.
        Un sujet ne peut pas se passer de sa date limite. Donnez une autre valeur.
        Date limite : je n’ai pas compris « bientôt ». Exemple : 27 novembre 2026 à 18 h.
        Préparation : je n’ai pas compris « beaucoup ». Exemple : 24 h.
        Préparation : il faut une valeur entre 1 h et 100 h.
        Oral : il faut une valeur entre 5 min et 4 h.
        Équipe : je n’ai pas compris « plein ». Exemple : 4 personnes, 5 si l’effectif est impair.
        Soutenances : je n’ai pas compris « plus tard ». Exemple : 10 et 11 décembre 2026.
        Titre : 150 caractères au plus."]]
    .assert_eq(&all_said(&said));
}

#[test]
fn differences_are_told_field_by_field() {
    let old = brief();
    let mut new = old.clone();
    let world = world();
    for (field, typed) in [
        (Field::Deadline, "30 novembre 2026 à 18 h"),
        (Field::Defences, "7 décembre 2026"),
        (Field::Interview, "20 min"),
        (Field::Team, "4, 5 si l’effectif est impair"),
        (Field::Competencies, "A2C1\nA2C2\nA2C3\nA2C9"),
        (Field::Milestones, "Point d’étape avec la régie : 16 novembre 2026"),
        (Field::Context, "Autre chose."),
    ] {
        set(&mut new, field, typed, &world).expect("a value of the field");
    }
    new.deliverables[0].due = None;
    new.deliverables.remove(3);
    new.deliverables[1].required = Need::Optional;
    let changes = difference(&old, &new);
    expect![[r"
        Compétences évaluées : ajout de A2C9
        Compétences évaluées : retrait de A2C5, A2C8
        Contexte : texte modifié
        Livrable 1 « Note de cadrage » : vendredi 6 novembre 2026 à 18 h 00 → à la date limite
        Livrable 2 « Dossier de conception » : obligatoire → facultatif
        Livrables : retrait de « Vidéo de démonstration »
        Équipe : de 3 à 4 personnes → 4 personnes, 5 si l’effectif ne tombe pas juste
        Entretien : non précisé → 20 min
        Date limite : vendredi 27 novembre 2026 à 18 h 00 → lundi 30 novembre 2026 à 18 h 00
        Soutenances : jeudi 3 décembre 2026, vendredi 4 décembre 2026 → lundi 7 décembre 2026
        Jalon « Point d’étape avec la régie » : vendredi 13 novembre 2026 à 14 h 00 → lundi 16 novembre 2026 à 23 h 59"]].assert_eq(&all_said(&changes));
    let moving: Vec<&Moving> = changes.iter().filter_map(|c| c.moved.as_ref()).map(|moved| &moved.moving).collect();
    let milestone = Moving::Milestone("point-d-etape-avec-la-regie".to_owned());
    assert_eq!(moving, [&Moving::Deliverable(1), &Moving::Deadline, &Moving::Defences, &milestone]);
    assert_eq!(difference(&old, &old), Vec::new());
}

#[test]
fn a_brief_is_ready_with_title_deadline_and_a_deliverable() {
    assert_eq!(missing(&Brief::default()), [Field::Title, Field::Deliverables, Field::Deadline]);
    assert_eq!(missing(&brief()), Vec::new());
}

#[test]
fn earlier_versions_are_still_read() {
    let read: Brief =
        serde_json::from_str(r#"{"title":"X","deliverables":[{"number":1,"title":"R"}],"later":1}"#).expect("a brief");
    assert_eq!((read.title.as_str(), read.deliverables[0].required), ("X", Need::Required));
}
