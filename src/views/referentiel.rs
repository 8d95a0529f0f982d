//! The list of référentiels, the summary of one, the list of its blocs.

use super::{choice, words};
use crate::library::Library;
use vigie_chat::limits::MOST_OPTIONS;
use vigie_chat::{Block, Button, Draft, Field, Invocation, Item, List, Press, Select, Text};
use vigie_referentiels::{Bloc, Referentiel};

/// The référentiels that are known.
#[must_use]
pub fn list(library: &Library) -> Draft {
    let all = &library.referentiels;
    Draft::answer()
        .title("Les référentiels")
        .list(List::bulleted(all.iter().map(|r| {
            Text::new()
                .strong(words::title(r))
                .plain(" (")
                .code(r.slug.as_str())
                .plain(format!(")\u{a0}: {}", counts(r)))
        })))
        .select(choice::referentiels(all, "referentiel"))
}

/// Summary: blocs, exams, rules to pass, rights.
#[must_use]
pub fn summary(referentiel: &Referentiel) -> Draft {
    let slug = referentiel.slug.as_str();
    let mut fields = vec![Field::new("Contenu", counts(referentiel))];
    if let Some(level) = referentiel.niveau {
        fields.push(Field::new("Niveau", level.to_string()));
    }
    if !referentiel.titre_dans_document {
        fields.push(Field::new("Titre", "donné par Vigie\u{a0}: le document ne le dit pas"));
    }
    let mut draft = Draft::answer().title(words::title(referentiel)).fields(fields).heading("Blocs");
    draft = draft.list(List::bulleted(referentiel.blocs.iter().map(bloc_line)));
    if !referentiel.epreuves.is_empty() {
        draft = draft.heading("Épreuves");
        draft = draft.list(List::bulleted(
            referentiel.epreuves.iter().map(|e| Item::with(e.nom.as_str(), e.faits.iter().map(String::as_str))),
        ));
    }
    draft = draft.heading("Règles de réussite");
    draft = if referentiel.validation.is_empty() {
        draft.paragraph("Le document ne les donne pas.")
    } else {
        draft.list(List::bulleted(referentiel.validation.iter().map(String::as_str)))
    };
    draft = draft.heading("Aménagements");
    draft = if referentiel.amenagements.is_empty() {
        draft.paragraph("Le document n’en parle pas.")
    } else {
        draft.paragraph(
            Text::from(
                "Le document prévoit des aménagements pour les candidats en situation de handicap. La démarche\u{a0}: ",
            )
            .command(format!("amenagement procedure {slug}")),
        )
    };
    if !referentiel.textes_legaux.is_empty() {
        let texts = referentiel.textes_legaux.iter().map(|text| Block::Paragraph(text.as_str().into()));
        draft = draft.fold("Textes cités par le document", texts);
    }
    if !referentiel.notes.is_empty() {
        draft = draft
            .fold("Notes du document", [Block::List(List::bulleted(referentiel.notes.iter().map(String::as_str)))]);
    }
    if !referentiel.lexique.is_empty() {
        let press = Press::run(Invocation::new("lexique").with("referentiel", slug));
        draft = draft.button(Button::new(format!("Lexique ({})", referentiel.lexique.len()), press));
    }
    draft.select(open_blocs(referentiel)).note(source(referentiel))
}

/// The blocs of a référentiel.
#[must_use]
pub fn blocs(referentiel: &Referentiel) -> Draft {
    Draft::answer()
        .title(format!("Blocs — {}", words::title(referentiel)))
        .list(List::bulleted(referentiel.blocs.iter().map(bloc_line)))
        .select(open_blocs(referentiel))
        .button(Button::new("Le référentiel", words::open_referentiel(&referentiel.slug)))
        .note(source(referentiel))
}

fn bloc_line(bloc: &Bloc) -> Text {
    let optional = if bloc.optionnel { ", optionnel" } else { "" };
    let count = words::counted(bloc.competences.len(), "compétence", "compétences");
    Text::new().strong(bloc.code.as_str()).plain(format!(" {} ({count}{optional})", bloc.titre))
}

fn open_blocs(referentiel: &Referentiel) -> Select<Press> {
    let mut select = Select::new("Ouvrir un bloc");
    for bloc in referentiel.blocs.iter().take(MOST_OPTIONS) {
        let press = words::open_bloc(&referentiel.slug, &bloc.code);
        select = select.option(format!("Bloc {}", bloc.code), press);
    }
    select
}

fn counts(referentiel: &Referentiel) -> String {
    let optional = referentiel.blocs.iter().filter(|bloc| bloc.optionnel).count();
    let optional = if optional > 0 {
        format!(" (dont {})", words::counted(optional, "optionnel", "optionnels"))
    } else {
        String::new()
    };
    format!(
        "{}{optional}, {}, {}",
        words::counted(referentiel.blocs.len(), "bloc", "blocs"),
        words::counted(referentiel.competencies().count(), "compétence", "compétences"),
        words::counted(referentiel.criteria().count(), "critère", "critères"),
    )
}

fn source(referentiel: &Referentiel) -> Text {
    Text::from(format!("Source\u{a0}: référentiel {} ({}).", words::title(referentiel), referentiel.source.fichier))
}
