//! What a trainer has under way: how to begin, what can be done with a draft, what a change would change.
//!
//! All of it is private. The buttons carry the version that is shown, so that nothing else is published than what was read.

use super::changes as changed;
use crate::domain::brief::{Brief, Change, Field, Remark, Wrong};
use crate::domain::duration::Minutes;
use crate::domain::key::BriefKey;
use crate::store;
use crate::views::words;
use vigie_chat::limits::{FIELD_VALUE, WORDS};
use vigie_chat::{Button, Draft, Form, FormField, Invocation, List, Press, Room, Select, Text};

/// The fields of the form, by the parameter that each fills.
pub const FORM: [(&str, Field); 5] = [
    ("titre", Field::Title),
    ("echeance", Field::Deadline),
    ("taille", Field::Team),
    ("preparation", Field::Preparation),
    ("livrables", Field::Deliverables),
];

/// A draft as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// Its key, which people say as its number.
    pub key: BriefKey,
    /// The version that is shown.
    pub version: i64,
    /// What it says.
    pub brief: &'a Brief,
}

/// Whether a draft can be published, and where.
#[derive(Debug, Clone, Copy)]
pub enum Ready<'a> {
    /// In the room in which it is asked.
    Here(&'a Room),
    /// In another room, which was chosen.
    There(&'a Room),
    /// It could be, if a room were chosen: this is a private conversation.
    Nowhere,
    /// Something that is required is missing.
    Lacking,
}

/// How a brief begins: by a file, a text or the form; and what is already under way.
#[must_use]
pub fn how_to_begin(drafts: &[store::Brief]) -> Draft {
    let draft = Draft::answer()
        .private()
        .title("Publier un sujet")
        .paragraph(
            "Envoyez de nouveau la commande en y joignant votre sujet, en texte (.txt) ou en Markdown (.md), d’un Mo au plus. \
             Écrivez-le comme d’habitude\u{a0}: je montre ce que j’en comprends, vous corrigez, et rien n’est publié avant \
             votre confirmation.",
        )
        .paragraph(Text::from("Sur un salon de texte, vous pouvez aussi le coller\u{a0}: ").command("brief publier").plain(", puis le texte."));
    let blank = form(Invocation::new("brief modifier").with("brouillon", 0), &Brief::default());
    let draft = draft.button(Button::primary("Remplir un formulaire", Press::open(blank)));
    if drafts.is_empty() {
        return draft;
    }
    let summary = words::counted(drafts.len(), "brouillon en cours", "brouillons en cours");
    let items = drafts.iter().map(|one| format!("Brouillon {}\u{a0}: {}", one.key.0, titled(&one.title)));
    let select = drafts.iter().take(vigie_chat::limits::MOST_OPTIONS).fold(
        Select::new("Reprendre un brouillon"),
        |select, one| {
            let label = words::shortened(&format!("{} — {}", one.key.0, titled(&one.title)), WORDS);
            select.option(label, Press::run(Invocation::new("brief publier").with("brouillon", one.key.0)))
        },
    );
    draft.heading(summary).list(List::bulleted(items)).select(select)
}

fn titled(title: &str) -> &str {
    if title.trim().is_empty() { "sans titre" } else { title }
}

/// The form that corrects what is asked most, holding what is known.
#[must_use]
pub fn form(submit: Invocation, brief: &Brief) -> Form<Invocation> {
    FORM.iter().fold(Form::new("Le sujet", submit), |form, (param, field)| {
        let label = match field {
            Field::Team => "Équipe",
            Field::Preparation => "Durée de préparation",
            Field::Deliverables => "Livrables, un par ligne",
            field => field.name(),
        };
        let blank = if *field == Field::Deliverables {
            FormField::paragraph(*param, label)
        } else {
            FormField::line(*param, label)
        };
        let blank = if field.is_required() { blank } else { blank.optional() };
        let known = typed_for(*field, brief);
        let fits = !known.is_empty() && known.chars().count() <= FIELD_VALUE;
        form.field(if fits { blank.holding(known) } else { blank })
    })
}

/// What is typed in the form for what a field already says: given back untouched, it changes nothing.
#[must_use]
pub fn typed_for(field: Field, brief: &Brief) -> String {
    match field {
        Field::Title => brief.title.clone(),
        Field::Deadline => brief.deadline.as_ref().map(ToString::to_string).unwrap_or_default(),
        Field::Team => brief.team.map(|team| team.to_string()).unwrap_or_default(),
        Field::Preparation => {
            brief.preparation_minutes.and_then(Minutes::new).map(|m| m.to_string()).unwrap_or_default()
        }
        Field::Deliverables => {
            let titles: Vec<&str> = brief.deliverables.iter().map(|expected| expected.title.as_str()).collect();
            titles.join("\n")
        }
        _ => String::new(),
    }
}

/// What was understood, with what can be done next.
#[must_use]
pub fn with_next_steps(draft: Draft, held: Held<'_>, ready: Ready<'_>) -> Draft {
    let publish = |room: &Room| {
        let invocation = Invocation::new("brief publier")
            .with("brouillon", held.key.0)
            .with("relue", held.version)
            .with("salon", room.clone());
        Press::run(invocation).by_owner()
    };
    let draft = match ready {
        Ready::Here(room) => draft.button(Button::primary("Publier dans ce salon", publish(room))),
        Ready::There(room) => draft.button(Button::primary("Publier dans le salon choisi", publish(room))),
        Ready::Nowhere => draft.paragraph(
            Text::from("Pour le publier, écrivez dans le salon où il doit paraître\u{a0}: ")
                .command(format!("brief publier brouillon:{}", held.key.0))
                .plain("."),
        ),
        Ready::Lacking => draft,
    };
    let draft = draft
        .button(Button::new("Corriger…", Press::open(form(of_draft(held), held.brief)).by_owner()))
        .button(discard(held));
    draft.note(
        Text::from(format!("Brouillon {}. Un autre champ se corrige avec ", held.key.0))
            .command(format!("brief modifier brouillon:{} champ:… valeur:…", held.key.0))
            .plain(", par exemple ")
            .code("champ:soutenances")
            .plain("."),
    )
}

fn of_draft(held: Held<'_>) -> Invocation {
    Invocation::new("brief modifier").with("brouillon", held.key.0)
}

fn discard(held: Held<'_>) -> Button<Press> {
    let press = Press::run(Invocation::new("brief abandonner").with("brouillon", held.key.0)).by_owner();
    Button::danger("Abandonner", press)
}

/// What a change of a published brief (its number and the version that it was made from) would change.
#[must_use]
pub fn amendment((number, from): (i64, i64), held: Held<'_>, changes: &[Change], remarks: &[Remark]) -> Draft {
    let mut draft = changed(&held.brief.title, changes);
    if !remarks.is_empty() {
        draft = draft.heading("À vérifier").list(List::bulleted(remarks.iter().take(10).map(ToString::to_string)));
    }
    let lacking: Vec<&str> = crate::domain::brief::missing(held.brief).into_iter().map(Field::with_article).collect();
    if !lacking.is_empty() {
        let text = Text::from("Avant de l’appliquer, il manque\u{a0}: ").strong(words::and(&lacking)).plain(".");
        draft = draft.paragraph(text);
    } else if !changes.is_empty() {
        let apply = Invocation::new("brief appliquer").with("sujet", number.to_string()).with("version", from);
        let label = format!("Appliquer (version {})", from + 1);
        draft = draft
            .paragraph("Rien ne change tant que vous n’avez pas appliqué.")
            .button(Button::primary(label, Press::run(apply).by_owner()));
    }
    draft
        .button(Button::new("Corriger…", Press::open(form(of_draft(held), held.brief)).by_owner()))
        .button(discard(held))
        .note(format!("Changement du sujet {number}, à partir de sa version {from}. Brouillon {}.", held.key.0))
}

/// A change that was made from an older version, as it is now, with who came first and what both changed.
#[must_use]
pub fn overtaken(draft: Draft, by: Option<&str>, both: &[Field]) -> Draft {
    let text = match by {
        Some(name) => Text::from("Entre-temps, ").strong(name).plain(" a changé ce sujet."),
        None => Text::from("Entre-temps, quelqu’un a changé ce sujet."),
    };
    let text = text.plain(" Votre changement est reporté sur la nouvelle version, rien n’est perdu.");
    let text = match both.iter().map(|field| field.with_article()).collect::<Vec<_>>().as_slice() {
        [] => text,
        fields => text.plain(format!(
            " Vous avez tous deux changé {}\u{a0}: c’est votre valeur qui serait gardée.",
            words::and(fields)
        )),
    };
    Draft { blocks: [vec![vigie_chat::Block::Paragraph(text)], draft.blocks].concat(), ..draft }
}

/// A draft after a form of which some fields could not be taken: they are as before.
#[must_use]
pub fn partly(draft: Draft, wrong: &[Wrong]) -> Draft {
    if wrong.is_empty() {
        return draft;
    }
    let kept = vigie_chat::Block::Paragraph("Le reste du formulaire est gardé. À reprendre\u{a0}:".into());
    let items = vigie_chat::Block::List(List::bulleted(wrong.iter().map(ToString::to_string)));
    Draft { blocks: [vec![kept, items], draft.blocks].concat(), ..draft }
}

/// How a published brief is changed.
#[must_use]
pub fn how_to_change(brief: &store::Brief, content: &Brief) -> Draft {
    let number = brief.number.unwrap_or_default();
    let keys: Vec<&str> = Field::ALL.iter().map(|field| field.key()).collect();
    Draft::answer()
        .private()
        .title(format!("Modifier le sujet {number}\u{a0}: {}", brief.title))
        .paragraph(
            Text::from("Par le formulaire, ou champ par champ\u{a0}: ")
                .command(format!("brief modifier sujet:{number} champ:echeance valeur:27 novembre 2026 à 18h"))
                .plain(". Vous verrez la différence avant que quoi que ce soit change."),
        )
        .note(format!("Champs\u{a0}: {}.", keys.join(", ")))
        .button(Button::new(
            "Corriger…",
            Press::open(form(Invocation::new("brief modifier").with("sujet", number.to_string()), content)).by_owner(),
        ))
}

/// A draft that was thrown away.
#[must_use]
pub fn discarded(key: i64) -> Draft {
    Draft::answer().private().paragraph(format!("Le brouillon {key} est abandonné. Rien n’a été publié ni modifié."))
}

/// No draft of theirs has this number.
#[must_use]
pub fn no_such_draft() -> Text {
    Text::from("Ce brouillon n’existe pas, ou n’existe plus. Vos brouillons\u{a0}: ")
        .command("brief publier")
        .plain(".")
}

/// They have as many drafts as they may.
#[must_use]
pub fn too_many_drafts(most: u16) -> Text {
    Text::from(format!(
        "Vous avez déjà {most}\u{a0}brouillons, c’est le maximum. Publiez-en un ou abandonnez-en un avec "
    ))
    .command("brief publier")
    .plain(".")
}

/// The draft isn't any more what was shown.
#[must_use]
pub fn draft_changed(key: BriefKey) -> Text {
    Text::from("Ce brouillon a changé entre-temps. Relisez-le avec ")
        .command(format!("brief publier brouillon:{}", key.0))
        .plain(", puis confirmez.")
}

/// A value without its field.
#[must_use]
pub fn which_field() -> Text {
    Text::from("Dites quel champ reçoit cette valeur avec ").code("champ").plain(".")
}

/// A field without its value.
#[must_use]
pub fn which_value(field: Field) -> Text {
    Text::from(format!("Donnez la nouvelle valeur pour {} avec ", field.with_article())).code("valeur").plain(".")
}

/// No version is given.
#[must_use]
pub fn which_version() -> Text {
    Text::from("Il manque ")
        .code("version")
        .plain("\u{a0}: appuyez plutôt sur le bouton sous le changement que vous avez relu.")
}

/// Nothing was prepared.
#[must_use]
pub fn nothing_to_apply(number: i64) -> Text {
    Text::from(format!("Vous n’avez pas de changement en préparation pour le sujet {number}. Préparez-en un avec "))
        .command(format!("brief modifier sujet:{number}"))
        .plain(".")
}

/// A brief is announced where several people read.
#[must_use]
pub fn not_in_private() -> Text {
    Text::from("Un sujet se publie dans un salon, pas dans un message privé. Choisissez un salon de votre espace.")
}

/// The room isn't known to be of this space.
#[must_use]
pub fn room_elsewhere() -> Text {
    Text::from("Je ne peux pas publier dans ce salon depuis ici\u{a0}: rien ne me dit qu’il fait partie de cet espace. Écrivez ")
        .command("brief publier")
        .plain(" dans ce salon même et reprenez votre brouillon\u{a0}; il n’est pas perdu.")
}
