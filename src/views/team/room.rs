//! The room of a team's own.

use super::{NAME, named};
use crate::domain::person::PersonKey;
use crate::store::Team;
use crate::views::words;
use vigie_chat::{Draft, Text};

/// The name of a team's room.
#[must_use]
pub fn room_name(team: &Team) -> String {
    format!("Équipe {} {}", team.number, words::shortened(&team.name, NAME))
}

/// The room is there. `absent` are those who could not be let in.
#[must_use]
pub fn room_opened(team: &Team, absent: &[PersonKey]) -> Draft {
    let draft = Draft::answer().paragraph(
        named(Text::from("Le salon de "), team)
            .plain(" est ouvert\u{a0}: ses membres y sont, et personne d’autre n’y est invité."),
    );
    let names: Vec<&str> = team
        .members
        .iter()
        .filter(|member| absent.contains(&member.person))
        .map(|member| member.name.as_deref().unwrap_or("une personne"))
        .collect();
    match names.len() {
        0 => draft,
        1 => draft.note(
            Text::from(words::and(&names)).plain(" n’a pas pu y entrer\u{a0}: l’invitation attend, ou est refusée."),
        ),
        _ => draft.note(
            Text::from(words::and(&names)).plain(" n’ont pas pu y entrer\u{a0}: l’invitation attend, ou est refusée."),
        ),
    }
}

/// What is said first in a team's room.
#[must_use]
pub fn in_their_room(team: &Team) -> Draft {
    Draft::notice().paragraph(
        named(Text::from("Ce salon est celui de "), team)
            .plain(". Ici, les commandes comme ")
            .command("planning")
            .plain(", ")
            .command("livrable liste")
            .plain(" ou ")
            .command("grille voir")
            .plain(" parlent de cette équipe, et répondent à tous."),
    )
}

/// Somebody who left the team may still read its room.
#[must_use]
pub fn still_in_its_room() -> Text {
    Text::from(
        "Je n’ai pas pu faire sortir du salon de l’équipe la personne qui n’en fait plus partie\u{a0}: elle peut encore le lire. \
         Retirez-la vous-même, ou demandez-le à l’administration de l’espace.",
    )
}

/// The network lets the bot make no room.
#[must_use]
pub fn no_room() -> Text {
    Text::from(
        "Je ne peux pas ouvrir de salon ici\u{a0}: il me manque une permission, ou ce réseau n’en a pas. Demandez à \
         l’administration de l’espace\u{a0}; en attendant, les commandes répondent à chacun en privé.",
    )
}

/// A team's room is made beside another.
#[must_use]
pub fn room_from_a_room() -> Text {
    Text::from("Faites cette demande dans un salon de l’espace\u{a0}: celui de l’équipe s’ouvre à côté.")
}
