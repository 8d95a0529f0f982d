//! Answers about reminders that somebody asks for.

use super::super::moment::{in_full, on_the_clock_of};
use crate::domain::reminder::Rule;
use crate::store::{Nags, Reminder};
use jiff::{Timestamp, Zoned};
use vigie_chat::{Button, Draft, Invocation, Press, Text};

/// What was noted: by whom it is heard, and when first.
#[must_use]
pub fn noted(reminder: &Reminder, rule: Option<&Rule>, (first, team): (Timestamp, Option<&str>), now: &Zoned) -> Draft {
    let mut draft = Draft::answer().title(format!("Rappel {} noté", reminder.number));
    if let Some(what) = &reminder.draft.what {
        draft = draft.quote(what.as_str());
    }
    let at = on_the_clock_of(first, now);
    draft = match rule {
        Some(rule) => draft
            .paragraph(Text::from("Quand\u{a0}: ").strong(rule.to_string()).plain("."))
            .paragraph(Text::from("La première fois\u{a0}: le ").then(in_full(&at, now)).plain(".")),
        None => draft.paragraph(Text::from("Il arrivera le ").then(in_full(&at, now)).plain(".")),
    };
    if rule.is_none() && first != reminder.draft.when.at {
        let asked = on_the_clock_of(reminder.draft.when.at, now);
        draft = draft.paragraph(format!(
            "Vous aviez demandé le {asked}\u{a0}: c’est pendant vos heures calmes. Pour les changer\u{a0}: /rappel reglages calme:…"
        ));
    }
    draft = draft.paragraph(match team {
        Some(team) if reminder.draft.nags == Nags::UntilSeen => format!(
            "Chaque membre de l’équipe {team} le recevra en privé\u{a0}; qui n’aura pas dit l’avoir vu le recevra de nouveau."
        ),
        Some(team) => format!("Chaque membre de l’équipe {team} le recevra en privé."),
        None => "Il arrivera en message privé.".to_owned(),
    });
    let number = i64::from(reminder.number);
    draft
        .button(Button::new(
            "Supprimer ce rappel",
            Press::run(Invocation::new("rappel supprimer").with("numero", number)).by_owner(),
        ))
        .button(Button::new("Mes rappels", Press::run(Invocation::new("rappel liste"))))
}

/// What is said in the direct room to see whether it is open.
#[must_use]
pub fn here_they_come() -> Draft {
    Draft::notice().paragraph(
        "Vos rappels arriveront ici, en privé. Pour les voir et les régler\u{a0}: /rappel liste, /rappel reglages.",
    )
}

/// The answer, to somebody who can't be written to.
#[must_use]
pub fn closed(draft: Draft) -> Draft {
    draft.paragraph(Text::new().strong("Attention\u{a0}: je ne peux pas vous écrire en privé.").plain(
        " Ce rappel n’arriverait pas. Autorisez les messages privés des membres de ce serveur dans ses paramètres de \
         confidentialité, ou écrivez-moi d’abord en privé\u{a0}; rien d’autre n’est à refaire.",
    ))
}

/// It is seen.
#[must_use]
pub fn seen() -> Draft {
    Draft::answer().paragraph("C’est noté\u{a0}: ce rappel ne reviendra pas.")
}

/// It is seen, and comes again.
#[must_use]
pub fn seen_and_recurs() -> Draft {
    Draft::answer()
        .paragraph("C’est noté. Ce rappel reviendra à son jour\u{a0}; pour l’arrêter\u{a0}: /rappel supprimer.")
}

/// What it is about is done, deleted, or over.
#[must_use]
pub fn over_already() -> Draft {
    Draft::answer().paragraph("Il n’y a plus rien à rappeler\u{a0}: c’est fait, supprimé ou terminé.")
}

/// It is put off.
#[must_use]
pub fn put_off(asked: Timestamp, again: Timestamp, now: &Zoned) -> Draft {
    let at = on_the_clock_of(again, now);
    let draft = Draft::answer().paragraph(Text::from("Je vous le rappelle le ").then(in_full(&at, now)).plain("."));
    if asked == again {
        return draft;
    }
    draft.paragraph(format!("Le {} tombe pendant vos heures calmes.", on_the_clock_of(asked, now)))
}

/// It is deleted.
#[must_use]
pub fn deleted(reminder: &Reminder) -> Draft {
    let number = i64::from(reminder.number);
    let undo = Press::run(Invocation::new("rappel retablir").with("numero", number)).by_owner();
    Draft::answer()
        .paragraph(format!("Le rappel {number} est supprimé. Vous pouvez le rétablir pendant un jour."))
        .button(Button::new("Rétablir", undo))
}

/// It is there again.
#[must_use]
pub fn restored(number: u32) -> Draft {
    Draft::answer().paragraph(format!("Le rappel {number} est rétabli."))
}
