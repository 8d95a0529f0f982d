//! Référentiel files: written and read back the same, and refused with every defect at once.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use vigie_referentiels::{Referentiel, embedded, file};

/// A file that has everything and no defect.
const WHOLE: &str = r#"slug = "jardin"
titre = "Jardinier"
titre_dans_document = true
niveau = 4
validation = ["Tout est validé."]

[source]
fichier = "jardin.txt"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

[[blocs]]
code = "B1"
titre = "Semer"
optionnel = false

[[blocs.activites]]
code = "A1"
titre = "Préparer"

[[blocs.competences]]
code = "C1.1"
code_genere = false
activite = "A1"
intitule = "Choisir les graines"

[[blocs.evaluations]]
competences = ["C1.1"]
modalite = "Mise en situation"
travail = "individuel"

[[blocs.evaluations.criteres]]
id = "C1.1/1"
texte = "Les graines conviennent."
competences = ["C1.1"]
"#;

/// The defects of [`WHOLE`] after each `from` became `to`.
#[track_caller]
fn check(changes: &[(&str, &str)], expect: Expect) {
    let text = changes.iter().fold(WHOLE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from:?}");
        text.replacen(from, to, 1)
    });
    let told = match file::parse("jardin.toml", &text) {
        Ok(_) => "no defect".to_owned(),
        Err(defects) => defects.to_string(),
    };
    expect.assert_eq(&told);
}

#[test]
fn control_characters_are_defects_and_line_ends_and_tabs_are_not() {
    check(
        &[("Les graines conviennent.", r"Les\u007F graines"), ("Préparer", r"Pré\u0085parer"), ("Tout", r"Tout\u001B")],
        expect![[r#"
            jardin.toml:5: `validation` holds the control character U+001B
            jardin.toml:18: `titre` holds the control character U+0085
            jardin.toml:33: `texte` holds the control character U+007F"#]],
    );
    check(&[("Les graines conviennent.", r"Les\tgraines\nconviennent.")], expect!["no defect"]);
}

#[test]
fn a_whole_file_has_no_defect() {
    check(&[], expect!["no defect"]);
}

#[test]
fn all_defects_are_told_at_once_each_with_its_line() {
    check(
        &[
            ("slug = \"jardin\"", "slug = \"Jardin !\""),
            ("niveau = 4", "niveau = 12"),
            ("code = \"A1\"", "couleur = \"vert\""),
            ("intitule = \"Choisir les graines\"", "intitule = \"  \""),
            ("competences = [\"C1.1\"]", "competences = [\"C1.2\"]"),
            ("\"individuel\"", "\"seul\""),
            ("texte = \"Les graines conviennent.\"", "texte = 3"),
        ],
        expect![[r#"
            jardin.toml:1: `Jardin !` can't be a slug; expected lower-case letters, digits and dashes
            jardin.toml:4: `niveau` must be a whole number from 3 to 8
            jardin.toml:17: unknown key `couleur`; the keys here are code, titre, parent
            jardin.toml:23: `A1` is no activity of this bloc
            jardin.toml:24: `intitule` is empty
            jardin.toml:27: an assessment is tied to `C1.2`, which is no competency of this file
            jardin.toml:29: `seul`: travail is "individuel", "equipe" or "individuel ou groupe"
            jardin.toml:33: `texte` is of type integer; expected a text"#]],
    );
}

#[test]
fn codes_are_canonical_and_used_once() {
    check(&[("code = \"C1.1\"", "code = \"c1-1\"")], expect!["jardin.toml:21: `c1-1` is not canonical; write `C1.1`"]);
    check(
        &[("code = \"C1.1\"", "code = \"compétence\"")],
        expect![[r"
            jardin.toml:21: `compétence` is not a competency code (expected something like C1.5, A2C4, 3.2.1 or B2.C3)
            jardin.toml:27: an assessment is tied to `C1.1`, which is no competency of this file
            jardin.toml:34: a criterion is tied to `C1.1`, which is no competency of this file"]],
    );
    let twice = "[[blocs.competences]]\ncode = \"C1.1\"\nintitule = \"Encore\"\n\n[[blocs.evaluations]]";
    check(&[("[[blocs.evaluations]]", twice)], expect!["jardin.toml:27: competency `C1.1` a second time"]);
    let twice =
        "texte = \"Oui.\"\ncompetences = [\"C1.1\"]\n\n[[blocs.evaluations.criteres]]\nid = \"C1.1/1\"\ntexte = ";
    check(&[("texte = ", twice)], expect!["jardin.toml:37: criterion `C1.1/1` a second time"]);
    let twice = "\n[[blocs]]\ncode = \"B1\"\n[[blocs.competences]]\ncode = \"C2\"\nintitule = \"Arroser\"\n";
    check(
        &[(
            "\"Les graines conviennent.\"\ncompetences = [\"C1.1\"]\n",
            &format!("\"X\"\ncompetences = [\"C1.1\"]\n{twice}"),
        )],
        expect!["jardin.toml:37: bloc `B1` a second time"],
    );
}

#[test]
fn what_is_missing_is_told_where_it_should_be() {
    check(
        &[("titre = \"Jardinier\"\n", ""), ("sha256", "md5"), ("id = \"C1.1/1\"\n", "")],
        expect![[r#"
            jardin.toml:1: `titre` is missing
            jardin.toml:6: `sha256` is missing
            jardin.toml:8: unknown key `md5`; the keys here are fichier, sha256
            jardin.toml:30: `id` is missing"#]],
    );
    check(
        &[("texte = \"Les graines conviennent.\"\ncompetences = [\"C1.1\"]", "texte = \"Oui.\"")],
        expect!["jardin.toml:32: criterion `C1.1/1` is tied to no competency"],
    );
}

#[test]
fn a_syntax_error_hides_no_other_defect() {
    check(
        &[("titre = \"Jardinier\"", "titre = Jardinier"), ("code = \"C1.1\"", "code = \"c1.1\"")],
        expect![[r#"
            jardin.toml:2: not valid TOML: string values must be quoted, expected literal string
            jardin.toml:21: `c1.1` is not canonical; write `C1.1`"#]],
    );
    check(&[("slug = ", "slug = \"a\"\nslug = ")], expect!["jardin.toml:2: not valid TOML: duplicate key"]);
}

#[test]
fn a_file_of_nothing_and_a_file_of_something_else_say_what_is_missing() {
    let told = |text: &str| file::parse("x.toml", text).unwrap_err().list.len();
    assert!(told("") >= 4, "slug, title, source and blocs are missing");
    assert!(told("[package]\nname = \"x\"") >= 5);
}

#[test]
fn the_embedded_files_read_back_the_same() {
    for referentiel in embedded() {
        let written = file::write(&referentiel);
        assert_eq!(file::parse("again.toml", &written).as_ref(), Ok(&referentiel));
    }
}

/// A text that a référentiel may hold, with all that TOML could stumble over.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zé'’\"\\\\ #=\\[\\]]{0,20}[a-zé]",
        Just("x = []\n".to_owned()),
        Just("a\n\nnotes = []\n'''\"\"\"".to_owned()),
        "\\PC{1,12}x",
    ]
}

prop_compose! {
    /// A référentiel with these texts in the places where any text may stand.
    fn referentiel()(
        texts in prop::collection::vec(text(), 8),
        validation in prop::collection::vec(text(), 0..3),
        stated in any::<bool>(),
    ) -> Referentiel {
        let mut referentiel = file::parse("jardin.toml", WHOLE).unwrap();
        let [titre, bloc, activity, competency, assessment, attendu, criterion, quality] =
            <[String; 8]>::try_from(texts).unwrap();
        referentiel.titre = titre;
        referentiel.titre_dans_document = stated;
        referentiel.validation = validation;
        let first = &mut referentiel.blocs[0];
        first.titre = if stated { bloc } else { String::new() };
        first.activites[0].titre = activity;
        first.competences[0].intitule = competency;
        first.evaluations[0].modalite = if stated { assessment } else { String::new() };
        first.evaluations[0].attendus = vec![attendu];
        first.evaluations[0].criteres[0].texte = criterion;
        first.qualites = vec![quality];
        referentiel
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(referentiel in referentiel()) {
        prop_assert_eq!(file::parse("x.toml", &file::write(&referentiel)), Ok(referentiel));
    }

    #[test]
    fn a_mangled_file_is_read_or_refused_with_lines(cuts in prop::collection::vec((0usize..2000, "\\PC{0,3}|\n|\"|\\[\\[|="), 1..6)) {
        let mut text = WHOLE.to_owned();
        for (at, put) in cuts {
            let at = text.floor_char_boundary(at % text.len());
            let end = text.floor_char_boundary((at + 2).min(text.len()));
            text.replace_range(at.min(end)..end, &put);
        }
        if let Err(defects) = file::parse("x.toml", &text) {
            prop_assert!(!defects.list.is_empty());
            prop_assert!(defects.list.iter().all(|d| d.line >= 1 && d.line <= text.lines().count() + 1));
        }
    }
}
