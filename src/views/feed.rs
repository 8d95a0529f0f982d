//! The address of somebody's own calendar: given once, in private, with how to use it.

use super::moment::on_the_clock_of;
use crate::store::Feed;
use jiff::Zoned;
use vigie_chat::{Button, Draft, Invocation, List, Press, Text};

const COMMAND: &str = "rappel calendrier";

fn press(action: &str) -> Press {
    Press::run(Invocation::new(COMMAND).with("action", action)).by_owner()
}

/// A new address. `replaced` says whether another led there before.
#[must_use]
pub fn made(address: &str, replaced: Replaced) -> Draft {
    let mut draft = Draft::answer()
        .private()
        .title("L’adresse de votre calendrier")
        .paragraph(Text::new().code(address))
        .paragraph(
            "Dans votre agenda, choisissez «\u{a0}S’abonner à un calendrier\u{a0}» (ou «\u{a0}Ajouter par URL\u{a0}») et collez cette \
             adresse. Vos dates y suivront d’elles-mêmes\u{a0}; selon le logiciel, en une heure ou en une journée.",
        )
        .list(List::bulleted([
            "Elle n’est affichée qu’une fois\u{a0}: perdue, demandez-en une autre.",
            "Qui l’a lit vos dates\u{a0}: ne la donnez à personne.",
            "Les rappels sans texte n’y sont jamais, ni ceux qui parlent de santé.",
        ]));
    if replaced == Replaced::Former {
        draft = draft.paragraph("L’adresse précédente ne marche plus.");
    }
    draft.button(Button::new("Retirer cette adresse", press("retirer")))
}

/// Whether a new address takes the place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// There was none.
    Nothing,
    /// The former one leads nowhere any more.
    Former,
}

/// There is an address; it can't be shown again.
#[must_use]
pub fn known(feed: Feed, now: &Zoned) -> Draft {
    let made = on_the_clock_of(feed.made_at, now);
    let read = match feed.read_on {
        Some(day) => {
            let day = day.at(12, 0, 0, 0);
            format!(
                "Un agenda l’a lue en dernier le {}.",
                crate::domain::date::Moment::new(day, now.time_zone().clone()).day()
            )
        }
        None => "Aucun agenda ne l’a encore lue.".to_owned(),
    };
    Draft::answer()
        .private()
        .title("L’adresse de votre calendrier")
        .paragraph(format!("Vous en avez une depuis le {}. {read}", made.day()))
        .paragraph("Je n’en garde qu’une empreinte\u{a0}: je ne peux pas la redire. Une nouvelle adresse prend la place de celle-ci.")
        .button(Button::new("Une nouvelle adresse", press("nouveau")))
        .button(Button::new("Retirer l’adresse", press("retirer")))
}

/// There is none.
#[must_use]
pub fn none() -> Draft {
    Draft::answer()
        .private()
        .paragraph("Vous n’avez pas d’adresse de calendrier.")
        .button(Button::new("Obtenir une adresse", press("nouveau")))
}

/// It leads nowhere any more.
#[must_use]
pub fn withdrawn() -> Draft {
    Draft::answer().private().paragraph(
        "L’adresse de votre calendrier est retirée\u{a0}: elle ne mène plus à rien. Supprimez l’abonnement dans votre agenda.",
    )
}

/// The centre doesn't offer it.
#[must_use]
pub fn not_offered() -> Text {
    Text::from(
        "Votre centre ne propose pas l’abonnement au calendrier. /planning donne les dates de votre équipe dans un fichier que tout \
         agenda ouvre.",
    )
}
