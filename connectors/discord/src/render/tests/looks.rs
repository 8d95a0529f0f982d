//! How real messages look.

use super::{limits::assert_accepted, rendered};
use crate::render::modal;
use expect_test::{Expect, expect};
use vigie_chat::{
    AltText, Block, Button, Field, File, Form, FormField, Item, List, Person, PersonId, Sealed, Select, Table, Text,
    Token, WebLink,
};

#[track_caller]
fn check(message: &Sealed, expected: &Expect) {
    let payloads = rendered(message);
    assert_accepted(&payloads);
    let json = serde_json::to_string_pretty(&payloads).expect("payloads are always JSON");
    expected.assert_eq(&json.replace(['\u{a0}', '\u{202f}'], "~"));
}

/// The text alone, where the rest of the JSON says nothing new.
#[track_caller]
fn check_text(message: &Sealed, expected: &Expect) {
    let payloads = rendered(message);
    assert_accepted(&payloads);
    let texts = payloads.iter().flat_map(|payload| &payload.embeds).filter_map(|embed| embed.description.as_deref());
    expected.assert_eq(&texts.collect::<Vec<_>>().join("\n=====\n").replace(['\u{a0}', '\u{202f}'], "~"));
}

fn guide() -> WebLink {
    "https://ecole.example/guide".parse().expect("a valid address")
}

#[test]
fn the_answer_to_a_search() {
    let results = [
        Item::with(Text::new().strong("C1.5").plain(" — Auditer le ").matched("RGPD"), ["Data Engineer"]),
        Text::new().strong("C2.3").plain(" — Tenir le registre (*art. 30*)").into(),
    ];
    let message = Sealed::answer()
        .title("Résultats pour « rgpd »")
        .paragraph(Text::from("2 résultats. Pour en lire un : ").command("fiche code:C1.5"))
        .list(List::numbered(9, results))
        .note("Référentiel : Data Engineer")
        .button(Button::primary("Suite", Token::new("k1")))
        .link("Le guide", guide())
        .select(Select::new("Ouvrir").described("C1.5", "Auditer le RGPD", Token::new("k2")));
    check(
        &message,
        &expect![[r#"
            [
              {
                "embeds": [
                  {
                    "title": "Résultats pour « rgpd »",
                    "description": "2 résultats. Pour en lire un : `/fiche code:C1.5`\n\n9. **C1.5** — Auditer le **RGPD**\n  - Data Engineer\n10. **C2.3** — Tenir le registre (\\*art. 30\\*)\n\n-# Référentiel : Data Engineer",
                    "color": 5793266
                  }
                ],
                "components": [
                  {
                    "type": 1,
                    "components": [
                      {
                        "type": 2,
                        "style": 1,
                        "label": "Suite",
                        "custom_id": "0:k1"
                      },
                      {
                        "type": 2,
                        "style": 5,
                        "label": "Le guide",
                        "url": "https://ecole.example/guide"
                      }
                    ]
                  },
                  {
                    "type": 1,
                    "components": [
                      {
                        "type": 3,
                        "custom_id": "s2",
                        "placeholder": "Ouvrir",
                        "options": [
                          {
                            "label": "C1.5",
                            "value": "1:k2",
                            "description": "Auditer le RGPD"
                          }
                        ]
                      }
                    ]
                  }
                ],
                "allowed_mentions": {
                  "parse": [],
                  "replied_user": false
                },
                "attachments": []
              }
            ]"#]],
    );
}

#[test]
fn a_sheet() {
    let chart = File::new("planning.png", "image/png", [1], AltText::new("Trois jalons").expect("it says something"));
    let message = Sealed::answer()
        .title("C1.5")
        .fields([Field::new("Bloc", "B1 : Cadrer"), Field::new("Durée :", Text::new().strong("3 h"))])
        .heading("Échéances")
        .table(
            Table::new(["Jalon", "Échéance", "Qui"])
                .row(["Maquette", "vendredi\n18 h"])
                .row(["Oral", "lundi", "tous", "+1"]),
        )
        .heading("Critères")
        .list(List::bulleted([Item::with("Le registre\nest à jour", ["complet"]), "- La durée".into()]))
        .block(Block::Quote(vec![
            Block::Paragraph("Le candidat audite.".into()),
            Block::Quote(vec![Block::List(List::bulleted(["bien", "vite"]))]),
        ]))
        .quote("Il rend compte.")
        .picture(chart)
        .fold("Voisines", [Block::Paragraph(Text::new().link("C1.4", guide())), Block::Note("Deux".into())]);
    check_text(
        &message,
        &expect![[r"
        **Bloc~:** B1 : Cadrer
        **Durée :** **3 h**
        ### Échéances
        - Jalon~: **Maquette**~; Échéance~: vendredi
          18 h~; Qui~: —
        - Jalon~: **Oral**~; Échéance~: lundi~; Qui~: tous~; +1
        ### Critères
        - Le registre
          est à jour
          - complet
        - \- La durée

        > Le candidat audite.
        > 
        > - bien
        > - vite

        > Il rend compte.

        -# Image~: planning.png

        **Voisines**
        [C1.4](<https://ecole.example/guide>)

        -# Deux"]],
    );
}

#[test]
fn a_reminder_notifies_whom_it_means() {
    let at = "2026-11-27T17:00:00Z".parse().expect("an instant");
    let calendar = AltText::new("Les dates de l’équipe").expect("it says something");
    let message = Sealed::reminder()
        .paragraph(
            Text::new().mention(Person::new("42", "Alice")).plain(", le dossier est dû ").time(at, "vendredi à 18 h"),
        )
        .notify(PersonId::new("42"))
        .notify(PersonId::new("42"))
        .file(File::new("équipe 1.ics", "text/calendar", [1], calendar));
    check(
        &message,
        &expect![[r#"
        [
          {
            "content": "<@42>",
            "embeds": [
              {
                "description": "<@42>, le dossier est dû vendredi à 18 h (<t:1795798800:F>)\n\nFichier joint~: Les dates de l’équipe (équipe 1.ics)",
                "color": 15774258
              }
            ],
            "components": [],
            "allowed_mentions": {
              "parse": [],
              "users": [
                "42"
              ],
              "replied_user": false
            },
            "attachments": [
              {
                "id": 0,
                "filename": "équipe 1.ics",
                "description": "Les dates de l’équipe"
              }
            ]
          }
        ]"#]],
    );
}

#[test]
fn an_error() {
    let message = Sealed::error()
        .title("Je n’ai pas compris")
        .paragraph(
            Text::from("Rien ne s’appelle ").code("@everyone `x`").plain(" : **#1** https://x.example :smile: <@1>."),
        )
        .paragraph(Text::from("Essayez ").command("chercher texte:rgpd").plain("."));
    check_text(
        &message,
        &expect![[r"
        Rien ne s’appelle ``@everyone `x` `` : \*\*#1\*\* https\://x.example \:smile: \<\@1\>.

        Essayez </chercher:12> `texte:rgpd`."]],
    );
}

#[test]
fn a_form() {
    let form = Form::new("Déposer un dossier", Token::new("k9"))
        .field(FormField::line("titre", "Titre").holding("Dossier\n1"))
        .field(FormField::paragraph("texte", "Ce que vous avez fait, en quelques phrases complètes").optional());
    let json = serde_json::to_string_pretty(&modal(&form)).expect("a modal is always JSON");
    expect![[r#"
        {
          "custom_id": "0:k9",
          "title": "Déposer un dossier",
          "components": [
            {
              "type": 1,
              "components": [
                {
                  "type": 4,
                  "custom_id": "titre",
                  "label": "Titre",
                  "style": 1,
                  "required": true,
                  "max_length": 4000,
                  "value": "Dossier 1"
                }
              ]
            },
            {
              "type": 1,
              "components": [
                {
                  "type": 4,
                  "custom_id": "texte",
                  "label": "Ce que vous avez fait, en quelques phrases c…",
                  "style": 2,
                  "required": false,
                  "max_length": 4000,
                  "placeholder": "Ce que vous avez fait, en quelques phrases complètes"
                }
              ]
            }
          ]
        }"#]]
    .assert_eq(&json);
}
