//! What the understudy says.

mod hostile;
mod long;

pub(crate) use hostile::{HOSTILE, short};
pub(crate) use long::{PARAGRAPHS, WORDS};

use vigie_chat::{
    AltText, Attachment, Button, Draft, File, Form, FormField, Invocation, PersonId, Press, Select, SendError,
    Suggestion, folded,
};

/// How many options there are to choose among, on three pages.
pub(crate) const OPTIONS: usize = 60;

/// Options of one page: as many as every network takes.
const PAGE: usize = vigie_chat::limits::MOST_OPTIONS;

/// What can be searched for.
const KNOWN: [&str; 4] = ["registre", "règlement", "réseau", "sauvegarde"];

/// What a command that says only one thing says.
pub(super) fn said(invocation: &Invocation) -> Draft {
    let text = |param| invocation.text(param).unwrap_or_default().to_owned();
    let number = |param| invocation.integer(param).unwrap_or_default();
    match invocation.path.as_str() {
        "repete" => Draft::answer().paragraph(format!("Vous dites\u{a0}: {}", text("texte"))),
        "compte" => Draft::answer().paragraph(format!("Nombre\u{a0}: {}.", number("nombre"))),
        "couleur" => Draft::answer().paragraph(format!("Couleur\u{a0}: {}.", text("teinte"))),
        "cherche" => Draft::answer().paragraph(format!("Vous cherchez\u{a0}: {}.", text("mot"))),
        "previens" => match invocation.person("personne") {
            Some(person) => warning(&person.id),
            None => Draft::error().paragraph(super::refusals::UNKNOWN),
        },
        "secret" => Draft::answer().title("Secret").paragraph("Le mot de passe est sésame."),
        "boutons" => buttons(number("fois")),
        "merci" => Draft::answer().paragraph("Merci d’avoir appuyé."),
        "choix" => choices(invocation.integer("page").unwrap_or(1)),
        "formulaire" => {
            Draft::answer().paragraph("Un sujet à créer\u{a0}?").button(Button::primary("Remplir", Press::open(form())))
        }
        "sujet" => subject(&text("titre"), invocation.integer("heures"), &text("texte")),
        "planning" => Draft::answer().title("Planning").paragraph("Voici le planning.").picture(picture()),
        "article" | "confidence" => long::article(),
        "pave" => long::block(),
        "hostile" => hostile::message(usize::try_from(number("rang")).unwrap_or_default()),
        _ => Draft::error().paragraph(super::refusals::UNKNOWN),
    }
}

/// A message that draws the attention of one person, whatever its words say.
fn warning(person: &PersonId) -> Draft {
    Draft::notice().paragraph("@everyone @here @room, lisez ceci.").notify(person.clone())
}

/// A button for anyone, one for the owner, and a counter that replaces its message.
fn buttons(times: i64) -> Draft {
    let thanks = || Press::run(Invocation::new("merci"));
    let more = Press::run(Invocation::new("boutons").with("fois", times + 1)).replacing();
    Draft::answer()
        .paragraph(format!("Compteur\u{a0}: {times}."))
        .button(Button::new("Pour tous", thanks()))
        .button(Button::success("Pour moi", thanks().by_owner()))
        .button(Button::primary("Compter", more))
}

/// One page of the options, with a button for the next.
fn choices(page: i64) -> Draft {
    let page = usize::try_from(page).unwrap_or(1).max(1);
    let first = (page - 1) * PAGE + 1;
    let last = (first + PAGE - 1).min(OPTIONS);
    let select = (first..=last).fold(Select::new("Choisir"), |select, rank| {
        let run = Invocation::new("repete").with("texte", format!("choix {rank}"));
        select.option(format!("Option {rank}"), Press::run(run))
    });
    let draft = Draft::answer().paragraph(format!("Options {first} à {last} sur {OPTIONS}.")).select(select);
    if last == OPTIONS {
        return draft;
    }
    let next = Invocation::new("choix").with("page", i64::try_from(page + 1).unwrap_or(1));
    draft.button(Button::new("Suite", Press::run(next).replacing()))
}

/// A form for a subject.
pub(super) fn form() -> Form<Invocation> {
    Form::new("Nouveau sujet", Invocation::new("sujet"))
        .field(FormField::line("titre", "Titre du sujet"))
        .field(FormField::line("heures", "Heures").optional())
        .field(FormField::paragraph("texte", "Texte").optional())
}

fn subject(title: &str, hours: Option<i64>, text: &str) -> Draft {
    let hours = hours.map_or_else(|| "sans durée".to_owned(), |hours| format!("{hours} h"));
    Draft::answer().paragraph(format!("Sujet créé\u{a0}: {title}, {hours}. {text}"))
}

/// A picture with its alternative text: one grey pixel.
pub(crate) fn picture() -> File {
    let alt = AltText::new("Trois jalons en deux semaines : le « sujet », la maquette & l’oral")
        .expect("the alternative text says something");
    File::new("planning.png", "image/png", PIXEL, alt)
}

const PIXEL: [u8; 67] = [
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0,
    0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82, 0,
    0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// What is said before the end is known; `long` makes it of several parts where messages are short.
pub(super) fn halfway(invocation: &Invocation) -> Draft {
    let begun = Draft::answer().paragraph("C’est commencé.");
    if invocation.text("taille") == Some("long") { begun.blocks(long::article().blocks) } else { begun }
}

/// What takes its place.
pub(super) fn finished() -> Draft {
    Draft::answer().paragraph("C’est terminé.")
}

/// What a file holds, or that it holds too much.
pub(super) fn read(file: &Attachment, bytes: Result<Vec<u8>, SendError>) -> Draft {
    match bytes {
        Ok(bytes) => Draft::answer().paragraph(format!("{} dit\u{a0}: {}", file.name, String::from_utf8_lossy(&bytes))),
        Err(SendError::TooLarge(_)) => Draft::error().paragraph("Ce fichier est trop gros."),
        Err(error) => Draft::error().paragraph(format!("Ce fichier ne se lit pas\u{a0}: {error}.")),
    }
}

/// What could be meant by what is typed.
pub(super) fn suggestions(typed: &str) -> Vec<Suggestion> {
    let typed = folded(typed);
    let found = KNOWN.iter().filter(|word| folded(word).starts_with(&typed));
    found.map(|word| Suggestion { label: (*word).to_owned(), value: (*word).to_owned() }).collect()
}
