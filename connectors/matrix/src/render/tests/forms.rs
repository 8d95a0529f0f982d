//! How forms look, and what they carry.

use super::{
    LIMITS,
    limits::{assert_accepted, text},
    words,
};
use crate::{
    offer::Offer,
    render::{Part, Trouble, form},
};
use expect_test::{Expect, expect};
use serde_json::Value;
use vigie_chat::{Form, FormField, FormProgress, OpenForm, PersonId, SealedForm, Token};

fn brief() -> SealedForm {
    Form::new("Publier un sujet", Token::new("k9"))
        .field(FormField::line("titre", "Titre du sujet"))
        .field(FormField::paragraph("texte", "Texte"))
        .field(FormField::line("duree", "Durée : en heures").optional().holding("24\nh"))
}

#[track_caller]
fn rendered(open: &OpenForm, trouble: Option<&Trouble>) -> Vec<Part> {
    let parts = form(open, &PersonId::new("@a:ecole.example"), trouble, &LIMITS, "!vigie");
    assert_accepted(&parts, &LIMITS);
    parts
}

#[track_caller]
fn check(open: &OpenForm, trouble: Option<&Trouble>, expected: &Expect) {
    let parts = rendered(open, trouble);
    let both =
        words(&parts).into_iter().flat_map(|words| ["body", "formatted_body"].map(|key| text(&words.content, key)));
    let both = both.collect::<Vec<_>>().join("\n=====\n").replace('\u{a0}', "~").replace("&nbsp;", "~");
    expected.assert_eq(&both.replace("</p>", "</p>\n").replace("</li>", "</li>\n"));
}

/// The form that the last event carries.
#[track_caller]
fn carried(parts: &[Part]) -> OpenForm {
    let last = words(parts).last().map(|words| Value::Object(words.content.clone())).expect("there are words");
    match Offer::of(&last) {
        Some(Offer::Form { open, person }) if person.as_str() == "@a:ecole.example" => open,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_form_is_a_template_to_copy() {
    check(
        &OpenForm::new(brief()),
        None,
        &expect![[r"
            Publier un sujet

            - Titre du sujet (obligatoire)
            - Texte (obligatoire, sur plusieurs lignes au besoin)
            - Durée : en heures, à écrire duree (facultatif)

            Pour répondre, recopiez ces lignes, complétées, dans un seul message en réponse à celui-ci~:

            Titre du sujet~:
            Texte~:
            duree~: 24 h

            Pour abandonner, répondez «~annuler~».
            =====
            <h3>Publier un sujet</h3><ul><li><strong>Titre du sujet</strong> (obligatoire)</li>
            <li><strong>Texte</strong> (obligatoire, sur plusieurs lignes au besoin)</li>
            <li><strong>Durée : en heures</strong>, à écrire <code>duree</code> (facultatif)</li>
            </ul><p>Pour répondre, recopiez ces lignes, complétées, dans un seul message en réponse à celui-ci~:</p>
            <pre><code>Titre du sujet~:
            Texte~:
            duree~: 24 h</code></pre><p><em>Pour abandonner, répondez «~annuler~».</em></p>
        "]],
    );
}

#[test]
fn a_correction_names_what_is_missing() {
    let mut open = OpenForm::new(brief());
    let FormProgress::Missing(labels) = open.take_all("texte : un\ndeux") else { panic!("the title is missing") };
    let trouble = Trouble::Missing(labels);
    check(
        &open,
        Some(&trouble),
        &expect![[r"
            Publier un sujet

            Il manque~: Titre du sujet. Ce que vous avez déjà écrit est gardé.

            Pour répondre, recopiez ces lignes, complétées, dans un seul message en réponse à celui-ci~:

            Titre du sujet~:

            Pour abandonner, répondez «~annuler~».
            =====
            <h3>Publier un sujet</h3><p>Il manque~: <strong>Titre du sujet</strong>. Ce que vous avez déjà écrit est gardé.</p>
            <p>Pour répondre, recopiez ces lignes, complétées, dans un seul message en réponse à celui-ci~:</p>
            <p><code>Titre du sujet~:</code></p>
            <p><em>Pour abandonner, répondez «~annuler~».</em></p>
        "]],
    );
    let mut carried = carried(&rendered(&open, Some(&trouble)));
    let progress = carried.take_all("Titre du sujet\u{a0}: Data");
    assert!(matches!(progress, FormProgress::Complete { fields, .. } if fields["texte"] == "un\ndeux"));
}

#[test]
fn a_line_that_fits_no_field_is_told() {
    check(
        &OpenForm::new(brief()),
        Some(&Trouble::NoField),
        &expect![[r"
            Publier un sujet

            Une ligne ne correspond à aucun champ. Commencez chaque ligne par le nom d’un champ et deux-points.

            - Titre du sujet (obligatoire)
            - Texte (obligatoire, sur plusieurs lignes au besoin)
            - Durée : en heures, à écrire duree (facultatif)

            Pour répondre, recopiez ces lignes, complétées, dans un seul message en réponse à celui-ci~:

            Titre du sujet~:
            Texte~:
            duree~: 24 h

            Pour abandonner, répondez «~annuler~».
            =====
            <h3>Publier un sujet</h3><p>Une ligne ne correspond à aucun champ. Commencez chaque ligne par le nom d’un champ et deux-points.</p>
            <ul><li><strong>Titre du sujet</strong> (obligatoire)</li>
            <li><strong>Texte</strong> (obligatoire, sur plusieurs lignes au besoin)</li>
            <li><strong>Durée : en heures</strong>, à écrire <code>duree</code> (facultatif)</li>
            </ul><p>Pour répondre, recopiez ces lignes, complétées, dans un seul message en réponse à celui-ci~:</p>
            <pre><code>Titre du sujet~:
            Texte~:
            duree~: 24 h</code></pre><p><em>Pour abandonner, répondez «~annuler~».</em></p>
        "]],
    );
}

#[test]
fn the_template_is_read_again_as_it_is_shown() {
    let open = OpenForm::new(brief());
    let parts = rendered(&open, None);
    let body = text(&words(&parts)[0].content, "body");
    let lines: Vec<&str> = body.split("\n\n").nth(3).expect("the template").lines().collect();
    let filled = lines.iter().zip(["Data", "Un texte", ""]).map(|(line, value)| format!("{line}{value}"));
    let progress = carried(&parts).take_all(&filled.collect::<Vec<_>>().join("\n"));
    let FormProgress::Complete { fields, .. } = progress else { panic!("{progress:?}") };
    let values: Vec<String> = fields.iter().map(|(param, value)| format!("{param}={value}")).collect();
    assert_eq!(values, ["duree=24 h", "texte=Un texte", "titre=Data"]);
}

#[test]
fn an_answer_too_long_to_be_carried_is_asked_again() {
    let mut open = OpenForm::new(brief());
    let FormProgress::Missing(labels) = open.take_all(&format!("texte : {}", "é".repeat(15_000))) else {
        panic!("the title is missing")
    };
    let parts = rendered(&open, Some(&Trouble::Missing(labels)));
    assert!(text(&words(&parts)[0].content, "body").contains("trop longue pour être gardée"));
    assert_eq!(carried(&parts), OpenForm::new(brief()));
}

#[test]
fn a_form_that_holds_much_is_carried_without_it() {
    let long = brief().field(FormField::paragraph("a", "A").holding("é".repeat(4_000)));
    let longest = (0..4).fold(long, |form, n| {
        form.field(FormField::paragraph(format!("b{n}"), format!("B{n}")).holding("é".repeat(4_000)))
    });
    let parts = rendered(&OpenForm::new(longest), None);
    assert!(words(&parts).len() > 1);
    assert!(carried(&parts).form().fields.iter().all(|field| field.initial.is_none()));
}
