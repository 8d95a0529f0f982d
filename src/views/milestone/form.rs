//! Adding several milestones at once: how it is written, the forms, and dates to confirm.

use super::{Board, TITLE};
use crate::domain::date::Reading;
use crate::store::Milestone;
use crate::views::moment::{in_full, on_the_clock_of};
use crate::views::words;
use jiff::Zoned;
use vigie_chat::{Button, Draft, Form, FormField, Invocation, Item, List, Press, Text};

/// Most dates that are asked about at once.
const ASKED: usize = 10;

/// The form in which milestones are written, one a line.
#[must_use]
pub fn lines_form(team: &str, initial: Option<&str>) -> Form<Invocation> {
    let field = FormField::paragraph("titre", "Un jalon par ligne");
    let field = match initial.filter(|text| text.chars().count() <= vigie_chat::limits::FIELD_VALUE) {
        Some(text) => field.holding(text),
        None => field,
    };
    Form::new("Ajouter des jalons", Invocation::new("jalon ajouter").with("equipe", team)).field(field)
}

/// The form in which a milestone is changed, as it is now. Who sends it says which state they saw.
pub(super) fn change_form(milestone: &Milestone, board: &Board<'_>) -> Form<Invocation> {
    let draft = &milestone.draft;
    let submit = board.run("jalon modifier", milestone.number).with("vu", milestone.revision.0);
    let holding = |field: FormField, initial: Option<String>| match initial {
        Some(initial) => field.optional().holding(initial),
        None => field.optional(),
    };
    let people = Some(board.people(&draft.people).join(", ")).filter(|people| !people.is_empty());
    let qui = holding(FormField::line("qui", "Qui (noms, moi, tous, ou personne)"), people);
    let title = format!("Modifier le jalon {}", milestone.number);
    if milestone.brief_key.is_some() {
        return Form::new(title, submit).field(qui);
    }
    let due = draft.due.as_ref().map(|due| on_the_clock_of(due.at, board.now).to_string());
    let needs: Vec<String> =
        draft.needs.iter().filter_map(|need| board.numbers.get(need).map(u32::to_string)).collect();
    Form::new(title, submit)
        .field(FormField::line("titre", "Titre").holding(draft.title.as_str()))
        .field(holding(FormField::line("echeance", "Date (ou aucune)"), due))
        .field(qui)
        .field(holding(FormField::line("duree", "Durée (ou aucune)"), draft.minutes.map(|minutes| minutes.to_string())))
        .field(holding(
            FormField::line("apres", "Après quels jalons (ou aucun)"),
            Some(needs.join(", ")).filter(|needs| !needs.is_empty()),
        ))
}

/// How milestones are added, for who typed the command alone.
#[must_use]
pub fn how_to_add(team: &str) -> Draft {
    Draft::answer()
        .paragraph("Écrivez un jalon par ligne\u{a0}: son titre, puis sa date, et si vous voulez qui, la durée et ce qu’il suit.")
        .list(List::bulleted([
            Text::new().code("Cadrage du besoin, mercredi 18h"),
            Text::new().code("Maquette : lundi 12h (bob, 3h)"),
            Text::new().code("Tests, 4 décembre (moi, 2h, après Maquette, L1)"),
        ]))
        .button(Button::primary("Écrire les jalons", Press::open(lines_form(team, None))))
}

/// Dates of several milestones that may not be what was meant: for each, its line, its title and what was understood.
/// `again` says the same with these dates confirmed; `message` is what was written.
#[must_use]
pub fn ask_dates(
    doubtful: &[(usize, String, Reading)],
    again: Invocation,
    (message, team): (&str, &str),
    now: &Zoned,
) -> Draft {
    let items = doubtful.iter().take(ASKED).map(|(line, title, reading)| {
        let text = Text::from(format!("Ligne {line}, «\u{a0}"))
            .emphasis(words::shortened(title, TITLE))
            .plain("\u{a0}»\u{a0}: ")
            .then(in_full(&reading.moment, now));
        Item::with(text, reading.doubts.iter().map(|doubt| Text::from(doubt.to_string())))
    });
    let (one, several) = ("Une date est à confirmer", "dates sont à confirmer");
    let said = if doubtful.len() == 1 { one.to_owned() } else { format!("{} {several}", doubtful.len()) };
    let mut draft =
        Draft::answer().paragraph(format!("{said}\u{a0}: rien n’est encore enregistré.")).list(List::bulleted(items));
    if doubtful.len() > ASKED {
        let rest =
            words::counted(doubtful.len() - ASKED, "autre date est à confirmer", "autres dates sont à confirmer");
        draft = draft.paragraph(format!("{rest}\u{a0}: envoyez moins de jalons à la fois pour toutes les voir."));
        return draft;
    }
    let yes = if doubtful.len() == 1 { "Oui, c’est cette date" } else { "Oui, ce sont ces dates" };
    draft = draft.button(Button::primary(yes, Press::run(again).by_owner()));
    if message.chars().count() > vigie_chat::limits::FIELD_VALUE {
        return draft;
    }
    draft.button(Button::new("Non, corriger", Press::open(lines_form(team, Some(message)))))
}
