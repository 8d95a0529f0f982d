use super::*;
use crate::{
    command::{Alternative, ParamKind, ParamSpec},
    event::RoomKind,
    id::RoomId,
    invocation::Value,
};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::fmt::Write;

/// A network where `@name` is a person and `#name` a room.
struct Class;

impl Directory for Class {
    fn person(&self, typed: &str) -> Option<Person> {
        let name = typed.strip_prefix('@').filter(|name| !name.is_empty())?;
        Some(Person::new(name, name))
    }

    fn room(&self, typed: &str) -> Option<Room> {
        let name = typed.strip_prefix('#').filter(|name| !name.is_empty())?;
        Some(Room { id: RoomId::new(name), kind: RoomKind::Shared })
    }
}

fn commands() -> CommandSet {
    let text = |name: &str| ParamSpec::new(name, format!("Le {name}"), ParamKind::Text);
    let kinds = [Alternative::new("competence", "competence"), Alternative::new("critere", "critere").also("exigence")];
    let referentiel = || text("referentiel").completed();
    let search = CommandSpec::new("chercher", "Cherche dans les référentiels")
        .param(text("texte").required())
        .param(referentiel())
        .param(ParamSpec::new("type", "Le type", ParamKind::Choice(kinds.to_vec())))
        .param(ParamSpec::new("page", "La page", ParamKind::Integer { min: 1, max: 99 }))
        .example(Invocation::new("chercher").with("texte", "plan de sauvegarde"));
    let code = || ParamSpec::new("code", "Le code", ParamKind::Code);
    let add = CommandSpec::new("ajouter", "Ajoute un jalon")
        .param(text("titre").required())
        .param(ParamSpec::new("date", "Date limite", ParamKind::Date).required())
        .param(ParamSpec::new("qui", "Qui s’en charge", ParamKind::Person));
    let brief = ParamSpec::new("fichier", "Le sujet", ParamKind::Attachment).required();
    CommandSet::new(vec![
        search,
        CommandSpec::new("competence", "Montre").param(code().required()).param(referentiel()),
        CommandSpec::new("bloc", "Montre").param(code()).param(referentiel()),
        CommandSpec::new("aide", "Aide").param(text("commande")),
        CommandSpec::new("planning", "Planning"),
        CommandSpec::new("jalon", "Jalons")
            .subcommand(add)
            .subcommand(CommandSpec::new("liste", "Liste").param(ParamSpec::new("salon", "Le salon", ParamKind::Room))),
        CommandSpec::new("équipe", "Équipes")
            .subcommand(CommandSpec::new("rejoindre", "Rejoint").param(text("nom").required())),
        CommandSpec::new("brief", "Sujet").subcommand(CommandSpec::new("publier", "Publie").param(brief)),
    ])
    .reading_dates(|words| matches!(words, "demain" | "vendredi" | "vendredi 18h" | "lundi prochain 9h30"))
}

fn shown(reading: &Reading) -> String {
    match reading {
        Reading::Command(invocation) => {
            let mut out = format!("{}", invocation.path);
            for (name, value) in &invocation.args {
                let value = match value {
                    Value::Text(text) => format!("{text:?}"),
                    Value::Integer(number) => number.to_string(),
                    Value::Person(person) => format!("@{}", person.id),
                    Value::Room(room) => format!("#{}", room.id),
                    Value::Attachment(file) => format!("file {}", file.name),
                };
                write!(out, " {name}={value}").expect("writing to a string succeeds");
            }
            out
        }
        Reading::Misread(misread) => {
            let (explanation, command) = (misread.explanation().words(), |line: &Option<String>| line.clone());
            [Some(explanation), command(&misread.usage), command(&misread.example)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" | ")
                .replace(['\u{a0}', '\u{202f}'], "~")
        }
        Reading::NotACommand(text) => format!("« {text} »"),
    }
}

#[track_caller]
fn check(line: &str, expected: &Expect) {
    expected.assert_eq(&shown(&read(&commands(), line, &Class, &[])));
}

#[track_caller]
fn check_all(lines: &[&str], expected: &Expect) {
    let all: Vec<String> = lines.iter().map(|line| shown(&read(&commands(), line, &Class, &[]))).collect();
    assert!(all.iter().all(|reading| *reading == all[0]), "{all:#?}");
    expected.assert_eq(&all[0]);
}

#[test]
fn one_command_is_typed_in_many_ways() {
    let lines = [
        "/chercher rgpd",
        "!chercher rgpd",
        "!vigie chercher rgpd",
        "!Vigie chercher rgpd",
        "/VIGIE: chercher rgpd",
        "/Chercher: rgpd",
        "chercher : rgpd",
        "CHERCHER rgpd",
        "/chercher texte:rgpd",
        "/chercher texte = rgpd",
        "/chercher «\u{a0}rgpd\u{a0}»",
        "/chercher “rgpd”",
        "/chercher \"rgpd\"",
        "/chercher \"rgpd",
        "  / chercher   rgpd  ",
    ];
    check_all(&lines, &expect![[r#"chercher texte="rgpd""#]]);
}

#[test]
fn the_last_free_text_takes_all_that_is_left() {
    check("/chercher droit à l'oubli et rgpd", &expect![[r#"chercher texte="droit à l'oubli et rgpd""#]]);
    check("/chercher le \"droit à l'oubli\"", &expect![[r#"chercher texte="le \"droit à l'oubli\"""#]]);
    check("/chercher ligne un\n  ligne deux", &expect![[r#"chercher texte="ligne un\n  ligne deux""#]]);
    check("/chercher https://x.example/?a=b", &expect![[r#"chercher texte="https://x.example/?a=b""#]]);
}

#[test]
fn named_values_stand_anywhere() {
    let lines = [
        "/chercher rgpd et cnil referentiel:data engineer page:2",
        "/chercher page=2 referentiel:\"data engineer\" rgpd et cnil",
        "/chercher texte:rgpd et cnil Référentiel : data engineer",
    ];
    check(lines[0], &expect![[r#"chercher page=2 referentiel="data engineer" texte="rgpd et cnil""#]]);
    check(lines[1], &expect![[r#"chercher page=2 referentiel="data engineer" texte="rgpd et cnil""#]]);
    check(lines[2], &expect![[r#"chercher referentiel="data engineer" texte="rgpd et cnil""#]]);
    check("/chercher referentiel:cil rgpd et cnil", &expect![[r#"chercher referentiel="cil" texte="rgpd et cnil""#]]);
    check("/chercher rgpd type:crit", &expect![[r#"chercher texte="rgpd" type="critere""#]]);
    check("/chercher rgpd type:Exigence", &expect![[r#"chercher texte="rgpd" type="critere""#]]);
    check("/chercher rgpd type:", &expect![[r#"chercher texte="rgpd""#]]);
    check("/chercher cnil page:2 rgpd", &expect![[r#"chercher page=2 texte="cnil rgpd""#]]);
}

#[test]
fn codes_take_the_words_that_belong_to_them() {
    check("/competence c1 5 data engineer", &expect![[r#"competence code="c1 5" referentiel="data engineer""#]]);
    check("/compétence C 5", &expect![[r#"competence code="C 5""#]]);
    check("/competence code:C5 - 2 cil", &expect![[r#"competence code="C5 - 2" referentiel="cil""#]]);
    check("/competence gestion de projet", &expect![[r#"competence code="gestion de projet""#]]);
    check("/bloc data-engineer", &expect![[r#"bloc referentiel="data-engineer""#]]);
    check("/bloc b2 data-engineer", &expect![[r#"bloc code="b2" referentiel="data-engineer""#]]);
}

#[test]
fn a_text_in_the_middle_leaves_the_others_what_they_read() {
    let expected = &expect![[r#"jalon ajouter date="vendredi 18h" qui=@bob titre="Maquette du site""#]];
    check("/jalon ajouter Maquette du site vendredi 18h @bob", expected);
    check(
        "/jalon ajouter titre: Maquette date: lundi prochain 9h30",
        &expect![[r#"jalon ajouter date="lundi prochain 9h30" titre="Maquette""#]],
    );
    check(
        "/jalon ajouter \"Rendu de demain\" demain",
        &expect![[r#"jalon ajouter date="demain" titre="Rendu de demain""#]],
    );
    // What isn't a date for the port may still be one for the application, which answers better.
    check(
        "/jalon ajouter Maquette bientôt peut-être",
        &expect![[r#"jalon ajouter date="bientôt peut-être" titre="Maquette""#]],
    );
}

#[test]
fn mistakes_come_with_a_way_out() {
    check("/", &expect!["Que voulez-vous faire~? Tapez /aide pour voir les commandes."]);
    check("/chrecher rgpd", &expect!["La commande chrecher n’existe pas. Voulez-vous dire /chercher~?"]);
    check("/comp c1", &expect!["La commande comp n’existe pas. Voulez-vous dire /competence~?"]);
    check("!rejoindre lynx", &expect!["La commande rejoindre n’existe pas. Voulez-vous dire /équipe rejoindre~?"]);
    check("/xyzzy", &expect!["La commande xyzzy n’existe pas. Tapez /aide pour voir celles qui existent."]);
    check(
        "/chercher",
        &expect![
            "Il manque texte~: le texte. | chercher texte [referentiel] [type] [page] | chercher plan de sauvegarde"
        ],
    );
    check("/jalon", &expect!["Précisez ce que vous voulez faire~: ajouter, liste. | jalon ajouter | liste"]);
    check(
        "/jalon ajoter x",
        &expect!["Je ne connais pas ajoter ici. Voulez-vous dire /jalon ajouter~? | jalon ajouter | liste"],
    );
    check(
        "/jalon zzz",
        &expect!["Je ne connais pas zzz ici. Choisissez parmi~: ajouter, liste. | jalon ajouter | liste"],
    );
    check("/jalon ajouter Maquette", &expect!["Il manque date~: date limite. | jalon ajouter titre date [qui]"]);
    check(
        "/chercher rgpd page:0",
        &expect![
            "Pour page, je n’ai pas compris «~0~»~: il faut un nombre entier de 1 à 99. | chercher texte [referentiel] [type] [page] | chercher plan de sauvegarde"
        ],
    );
    check(
        "/chercher a type:x",
        &expect![
            "Pour type, je n’ai pas compris «~x~»~: il faut l’une de ces valeurs~: competence, critere. | chercher texte [referentiel] [type] [page] | chercher plan de sauvegarde"
        ],
    );
    check(
        "/jalon liste general",
        &expect![
            "Pour salon, je n’ai pas compris «~general~»~: il faut un salon, par exemple #general. | jalon liste [salon]"
        ],
    );
    check("/planning demain", &expect!["Je ne sais pas quoi faire de «~demain~». | planning"]);
    check(
        "/aide commande:a commande:b",
        &expect!["commande est donné deux fois~: gardez une seule valeur. | aide [commande]"],
    );
    check("/brief publier", &expect!["Il manque fichier~: le sujet. | brief publier fichier"]);
}

#[test]
fn unmarked_text_is_a_command_only_without_doubt() {
    check("bloc 2", &expect![[r#"bloc code="2""#]]);
    check("planning ?", &expect!["planning"]);
    check("jalon liste", &expect!["jalon liste"]);
    check("aide", &expect!["aide"]);
    check("compétence c1.5", &expect![[r#"competence code="c1.5""#]]);
    check("bloc : de compétences", &expect![[r#"bloc referentiel="de compétences""#]]);
    for phrase in [
        "bloc de compétences",
        "bloc d’activités",
        "compétence gestion de projet",
        "jalon du sujet",
        "planning demain",
        "chrecher rgpd",
        "jalon",
        "chercher",
        "quels sont les critères de c1.5 ?",
        "question : c’est quoi",
        "!!!",
        "",
        "aide au logement",
    ] {
        assert_eq!(read(&commands(), phrase, &Class, &[]), Reading::NotACommand(phrase.to_owned()));
    }
}

#[test]
fn files_fill_the_parameters_that_take_them() {
    let file = Attachment { source: "1".into(), name: "Sujet.md".into(), media_type: None, size: 3 };
    let reading = read(&commands(), "/brief publier", &Class, std::slice::from_ref(&file));
    let expected = Invocation::new("brief publier").with("fichier", file);
    assert_eq!(reading, Reading::Command(expected));
}

fn invocations() -> impl Strategy<Value = Invocation> {
    let text = || prop_oneof![r#"[ a-z"\\«»:=“”'é\n-]{0,24}"#, r"\PC{0,12}", Just("texte: x page=2".to_owned())];
    let kind = prop_oneof![Just("competence"), Just("critere")];
    let search = (text(), proptest::option::of(text()), proptest::option::of(kind), proptest::option::of(1..=99_i64))
        .prop_map(|(texte, referentiel, kind, page)| {
            Invocation::new("chercher")
                .with("texte", texte)
                .with_some("referentiel", referentiel)
                .with_some("type", kind)
                .with_some("page", page)
        });
    let add = (text(), text(), proptest::option::of("[a-z0-9]{1,8}")).prop_map(|(titre, date, qui)| {
        let qui = qui.map(|id| Person::new(id.clone(), id));
        Invocation::new("jalon ajouter").with("titre", titre).with("date", date).with_some("qui", qui)
    });
    prop_oneof![search, add, text().prop_map(|nom| Invocation::new("équipe rejoindre").with("nom", nom))]
}

proptest! {
    #[test]
    fn reading_never_panics(line in r#"[/!]?(chercher|jalon ajouter|bloc|vigie)?[ :](\PC|texte:|page=|["«»\\\n]){0,40}"#) {
        let _ = read(&commands(), &line, &Class, &[]);
    }

    #[test]
    fn anything_at_all_can_be_read(line in any::<String>()) {
        let _ = read(&commands(), &line, &Class, &[]);
    }

    #[test]
    fn what_is_written_reads_back(invocation in invocations()) {
        let line = format!("/{}", invocation.to_typed(&commands()));
        prop_assert_eq!(read(&commands(), &line, &Class, &[]), Reading::Command(invocation), "{}", line);
    }
}

#[test]
fn a_line_has_a_longest_length() {
    let long = |mark: &str| format!("{mark}chercher {}", "«".repeat(LONGEST_LINE));
    check(
        &long("/"),
        &expect!["C’est trop long~: écrivez 4~000 caractères au plus, ou envoyez le texte dans un fichier."],
    );
    assert!(matches!(read(&commands(), &long(""), &Class, &[]), Reading::NotACommand(_)));
    let longest = format!("/aide {}", "é".repeat(LONGEST_LINE - 6));
    assert!(matches!(read(&commands(), &longest, &Class, &[]), Reading::Command(_)));
}
