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
    check(
        &message,
        &expect![[r#"
            Résultats pour «~rgpd~»

            2 résultats. Pour en lire un~: !vigie competence C1.5

            9. C1.5 — Auditer le RGPD
              - Data Engineer
            10. C2.3 — Tenir le registre (*art. 30*)

            Référentiel~: Data Engineer

            Le guide (https://ecole.example/guide)

            Actions~:

            1. Suite

            Ouvrir~:

            2. C1.5
            3. C2.3 — Chiffrer

            Pour choisir, réagissez avec un numéro, ou répondez par exemple «~2~» ou !vigie 2.

            <h3>Résultats pour «~rgpd~»</h3>
            <p>2 résultats. Pour en lire un~: <code>!vigie competence C1.5</code></p>
            <ol start="9"><li><strong>C1.5</strong> — Auditer le <strong>RGPD</strong><ul>
            <li>Data Engineer</li>
            </ul>
            </li>
            <li><strong>C2.3</strong> — Tenir le registre (*art. 30*)</li>
            </ol>
            <p><em>Référentiel~: Data Engineer</em></p>
            <p><a href="https://ecole.example/guide">Le guide</a></p>
            <p><strong>Actions~:</strong></p>
            <ol>
            <li>Suite</li>
            </ol>
            <p><strong>Ouvrir~:</strong></p>
            <ol start="2"><li>C1.5</li>
            <li>C2.3 — Chiffrer</li>
            </ol>
            <p><em>Pour choisir, réagissez avec un numéro, ou répondez par exemple «~2~» ou <code>!vigie 2</code>.</em></p>
            {"fr.vigie.offer":{"actions":[{"label":"Suite","token":"k1"},{"label":"C1.5","token":"k2"},{"label":"C2.3","token":"k3"}]},"m.mentions":{},"msgtype":"m.notice"}"#]],
    );
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
    check(
        &message,
        &expect![[r#"
            C1.5

            Bloc~: B1~: Cadrer
            Durée~: 3 h

            Échéances

            - Jalon~: Maquette~; Échéance~: vendredi
            18 h~; Qui~: —
            - Jalon~: Oral~; Échéance~: lundi~; Qui~: tous~; +1

            Critères

            - Le registre
              est à jour
              - complet
            - - La durée

            «~Le candidat audite.

            «~- bien
            - vite~»~»

            Image~: Trois jalons (planning.png)

            Voisines

            C1.4 (https://ecole.example/guide)

            Deux

            <h3>C1.5</h3>
            <p><strong>Bloc~:</strong> B1~: Cadrer<br><strong>Durée~:</strong> <strong>3 h</strong></p>
            <h4>Échéances</h4>
            <table><thead><tr><th>Jalon</th><th>Échéance</th><th>Qui</th></tr>
            </thead>
            <tbody><tr><td>Maquette</td><td>vendredi<br>18 h</td><td>—</td></tr>
            <tr><td>Oral</td><td>lundi</td><td>tous</td><td>+1</td></tr>
            </tbody></table>
            <h4>Critères</h4>
            <ul>
            <li>Le registre<br>est à jour<ul>
            <li>complet</li>
            </ul>
            </li>
            <li>- La durée</li>
            </ul>
            <blockquote>
            <p>Le candidat audite.</p>
            <blockquote>
            <ul>
            <li>bien</li>
            <li>vite</li>
            </ul>
            </blockquote>
            </blockquote>
            <p>Image~: Trois jalons (planning.png)</p>
            <details><summary>Voisines</summary>
            <p><a href="https://ecole.example/guide">C1.4</a></p>
            <p><em>Deux</em></p>
            </details>
            {"m.mentions":{},"msgtype":"m.notice"}

            Upload { name: "planning.png", media_type: "image/png", bytes: [], caption: "Trois jalons", shown: Picture(None) }"#]],
    );
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
    check(
        &message,
        &expect![[r#"
        Alice, le dossier est dû vendredi à 18~h.

        Fichier joint~: Les dates de l’équipe (équipe 1.ics)

        Actions~:

        1. C’est fait

        Pour choisir, réagissez avec le numéro 1, ou répondez «~1~» ou !vigie 1.

        <p><a href="https://matrix.to/#/@alice:ecole.example">Alice</a>, le dossier est dû vendredi à 18~h.</p>
        <p>Fichier joint~: Les dates de l’équipe (équipe 1.ics)</p>
        <p><strong>Actions~:</strong></p>
        <ol>
        <li>C’est fait</li>
        </ol>
        <p><em>Pour choisir, réagissez avec le numéro 1, ou répondez «~1~» ou <code>!vigie 1</code>.</em></p>
        {"fr.vigie.offer":{"actions":[{"label":"C’est fait","token":"k1"}]},"m.mentions":{"user_ids":["@alice:ecole.example"]},"msgtype":"m.text"}

        Upload { name: "équipe 1.ics", media_type: "text/calendar", bytes: [], caption: "Les dates de l’équipe", shown: File }"#]],
    );
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
    check(
        &message,
        &expect![[r#"
        Je n’ai pas compris

        Rien ne s’appelle @room `x`~: <b>**#1**</b> https://x.example &amp; @bob:x.

        Essayez !vigie chercher rgpd.

        <h3>Je n’ai pas compris</h3>
        <p>Rien ne s’appelle <code>@room `x`</code>~: &lt;b&gt;**#1**&lt;/b&gt; https://x.example &amp;amp; @bob:x.</p>
        <p>Essayez <code>!vigie chercher rgpd</code>.</p>
        {"m.mentions":{},"msgtype":"m.notice"}"#]],
    );
}
