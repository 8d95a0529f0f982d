//! Why a team doesn't change, and what to do then.

use super::{NAME, Who, named, value};
use crate::store::{Brief, Refusal, Team};
use crate::views::{which, words};
use vigie_chat::{Person, Text};

/// Why whoever asks can't sit, or a team can't change.
#[must_use]
pub fn refusal(refusal: Refusal, brief: &Brief, team: Option<&Team>) -> Text {
    match refusal {
        Refusal::AlreadyIn { team: theirs, .. } if team.is_some_and(|team| team.key == theirs) => {
            Text::from("Vous êtes déjà dans cette équipe.")
        }
        Refusal::AlreadyIn { number, .. } => {
            Text::from(format!("Vous êtes déjà dans l’équipe\u{a0}{number} pour ce sujet. Quittez-la d’abord\u{a0}: "))
                .command(format!("equipe quitter equipe:{}{number}", prefix(brief)))
                .plain(".")
        }
        other => shared(other, brief),
    }
}

/// Why somebody else can't sit.
#[must_use]
pub fn their_refusal(refusal: Refusal, brief: &Brief, team: &Team, who: &Who) -> Text {
    match refusal {
        Refusal::AlreadyIn { team: theirs, .. } if team.key == theirs => {
            who.begins().plain(" est déjà dans cette équipe.")
        }
        Refusal::AlreadyIn { number, .. } => who
            .begins()
            .plain(format!(
                " est déjà dans l’équipe\u{a0}{number} pour ce sujet. Pour en changer, il faut d’abord la quitter."
            ))
            .plain(" Un formateur peut l’en retirer avec ")
            .command("equipe membre")
            .plain("."),
        other => shared(other, brief),
    }
}

fn shared(refusal: Refusal, brief: &Brief) -> Text {
    match refusal {
        Refusal::NotThere => which::no_brief(),
        Refusal::NoSuchPerson => Text::from("Je ne connais pas cette personne dans cet espace."),
        Refusal::Closed => which::closed(brief),
        Refusal::Dissolved => Text::from("Cette équipe est dissoute\u{a0}: choisissez-en une autre avec ")
            .command("equipe voir")
            .plain("."),
        Refusal::Full { most } => Text::from(format!(
            "Cette équipe est complète\u{a0}: {} au plus. Voyez celles qui ont une place avec ",
            words::counted(usize::from(most), "membre", "membres")
        ))
        .command("equipe voir")
        .plain("."),
        Refusal::AlreadyIn { number, .. } => Text::from(format!("Déjà dans l’équipe\u{a0}{number} pour ce sujet.")),
    }
}

fn prefix(brief: &Brief) -> String {
    brief.number.map(|number| format!("{number}.")).unwrap_or_default()
}

/// Another team has that name.
#[must_use]
pub fn name_taken(number: i64) -> Text {
    Text::from(format!(
        "L’équipe\u{a0}{number} de ce sujet porte déjà ce nom, aux accents et aux majuscules près. Choisissez-en un autre."
    ))
}

/// The brief has as many teams as it can have.
#[must_use]
pub fn too_many(most: u16) -> Text {
    Text::from(format!("Ce sujet a déjà {most}\u{a0}équipes, le plus qu’il puisse avoir. Rejoignez-en une avec "))
        .command("equipe voir")
        .plain(".")
}

/// Only the captain, or a trainer, may.
#[must_use]
pub fn captain_only(team: &Team) -> Text {
    let captain = team.members.iter().find(|member| member.rank == crate::store::Rank::Captain);
    let name = captain.and_then(|member| member.name.as_deref());
    let text = named(Text::from("C’est au capitaine de "), team);
    match name {
        Some(name) => text.plain(", ").plain(words::shortened(name, NAME)).plain(", ou à un formateur de le faire."),
        None => text.plain(" ou à un formateur de le faire."),
    }
}

/// Whoever asks isn't in the team.
#[must_use]
pub fn not_in(team: &Team) -> Text {
    named(Text::from("Vous n’êtes pas dans "), team).plain(".")
}

/// Somebody isn't in the team.
#[must_use]
pub fn they_are_not_in(team: &Team, who: &Who) -> Text {
    named(who.begins().plain(" n’est pas dans "), team).plain(".")
}

/// Nobody of that account asked, or no longer.
#[must_use]
pub fn not_asked(team: &Team, brief: &Brief) -> Text {
    named(Text::from("Cette personne ne demande pas, ou plus, à rejoindre "), team)
        .plain(". Les demandes en attente\u{a0}: ")
        .command(format!("equipe accepter equipe:{}", value(team, brief)))
        .plain(".")
}

/// Somebody whom nobody knows here.
#[must_use]
pub fn never_met(person: &Person) -> Text {
    Text::from("Je n’ai jamais rencontré ")
        .mention(person.clone())
        .plain(
            " dans cet espace. Faites la demande dans un salon de l’espace dont cette personne est membre, ou dites-lui de m’y \
             écrire d’abord.",
        )
}

/// No request under that name.
#[must_use]
pub fn nobody_called(name: &str) -> Text {
    Text::from("Aucune demande en attente au nom de ")
        .code(words::shortened(name, NAME))
        .plain(". ")
        .command("equipe accepter")
        .plain(" les montre toutes.")
}

/// Two requests under one name.
#[must_use]
pub fn several_called() -> Text {
    Text::from(
        "Deux personnes de ce nom attendent une réponse. Désignez celle que vous voulez dire par son compte, avec ",
    )
    .code("personne")
    .plain(".")
}
