//! How real messages look.

use super::{LIMITS, rendered};
use crate::render::Part;
use expect_test::{Expect, expect};
use serde_json::Value;
use vigie_chat::{
    AltText, Block, Button, Field, File, Item, List, Person, PersonId, Sealed, Select, Table, Text, Token, WebLink,
};

/// Shows each part: what an event says in both ways, then what else it holds. `~` stands for a space that doesn't break.
#[track_caller]
fn check(message: &Sealed, expected: &Expect) {
    let shown = rendered(message, &LIMITS).into_iter().map(|part| match part {
        Part::Words(mut words) => {
            let mut take = |key| match words.content.remove(key) {
                Some(Value::String(text)) => text,
                other => panic!("{key} is {other:?}"),
            };
            let (body, html) = (take("body"), lines(&take("formatted_body")));
            words.content.remove("format");
            format!("{body}\n\n{html}\n{}", Value::Object(words.content))
        }
        Part::File(mut upload) => {
            upload.bytes.clear();
            format!("{upload:?}")
        }
    });
    let shown = shown.collect::<Vec<_>>().join("\n\n").replace("&nbsp;", "~").replace(['\u{a0}', '\u{202f}'], "~");
    expected.assert_eq(&shown);
}

/// The HTML with a line end after each block, to be read.
fn lines(html: &str) -> String {
    let ends = [
        "</h3>",
        "</h4>",
        "</p>",
        "</li>",
        "</tr>",
        "</summary>",
        "<ul>",
        "<ol>",
        "</ul>",
        "</ol>",
        "</thead>",
        "<blockquote>",
        "</blockquote>",
        "</table>",
        "</details>",
    ];
    ends.iter().fold(html.to_owned(), |html, end| html.replace(end, &format!("{end}\n"))).trim_end().to_owned()
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
        .title("Résultats pour «\u{a0}rgpd\u{a0}»")
        .paragraph(Text::from("2 résultats. Pour en lire un\u{a0}: ").command("competence C1.5"))
        .list(List::numbered(9, results))
        .note("Référentiel\u{a0}: Data Engineer")
        .button(Button::primary("Suite", Token::new("k1")))
        .link("Le guide", guide())
        .select(Select::new("Ouvrir").described("C1.5", "Auditer le RGPD", Token::new("k2")).described(
            "C2.3",
            "Chiffrer",
            Token::new("k3"),
        ));
    check(&message, &expect![[""]]);
}

#[test]
fn a_sheet() {
    let chart = File::new("planning.png", "image/png", [1], AltText::new("Trois jalons").expect("it says something"));
    let message = Sealed::answer()
        .title("C1.5")
        .fields([Field::new("Bloc", "B1\u{a0}: Cadrer"), Field::new("Durée\u{a0}:", Text::new().strong("3 h"))])
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
        .picture(chart)
        .fold("Voisines", [Block::Paragraph(Text::new().link("C1.4", guide())), Block::Note("Deux".into())]);
    check(&message, &expect![[""]]);
}

#[test]
fn a_reminder_notifies_whom_it_means() {
    let at = "2026-11-27T17:00:00Z".parse().expect("an instant");
    let calendar = AltText::new("Les dates de l’équipe").expect("it says something");
    let alice = Person::new("@alice:ecole.example", "Alice");
    let message = Sealed::reminder()
        .paragraph(Text::new().mention(alice).plain(", le dossier est dû ").time(at, "vendredi à 18\u{a0}h").plain("."))
        .notify(PersonId::new("@alice:ecole.example"))
        .notify(PersonId::new("@alice:ecole.example"))
        .button(Button::success("C’est fait", Token::new("k1")))
        .file(File::new("équipe 1.ics", "text/calendar", [1], calendar));
    check(&message, &expect![[""]]);
}

#[test]
fn an_error() {
    let message = Sealed::error()
        .title("Je n’ai pas compris")
        .paragraph(
            Text::from("Rien ne s’appelle ")
                .code("@room `x`")
                .plain("\u{a0}: <b>**#1**</b> https://x.example &amp; @bob:x."),
        )
        .paragraph(Text::from("Essayez ").command("chercher rgpd").plain("."));
    check(&message, &expect![[""]]);
}
