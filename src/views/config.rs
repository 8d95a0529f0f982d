//! A space: its rooms, its settings, and the codes by which rooms join it.

use super::words;
use crate::config::ReferentHandicap;
use crate::domain::belonging::Belonging;
use crate::domain::joining::JoiningCode;
use crate::store::Trainer;
use vigie_chat::{Button, ConnectorName, Draft, Field, Invocation, Item, List, Person, Press, Text};

mod trainers;
mod zone;

pub use trainers::{
    no_such_role, not_a_trainer, role_or_person, several_roles, too_many_trainers, trainer_added, trainer_already,
    trainer_removed, trainers,
};
pub use zone::{clock, not_a_zone, zone};

/// A room of a space.
#[derive(Debug, Clone)]
pub struct Room {
    /// The network's own id, shown where there is no name.
    pub id: String,
    /// Its people's own text.
    pub name: Option<String>,
    /// Whether it is the one in which it is asked.
    pub is_here: bool,
}

/// The settings in force.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'a> {
    /// The person to contact for accommodation.
    pub referent: Option<&'a ReferentHandicap>,
    /// IANA name of the zone of dates and hours.
    pub time_zone: &'a str,
    /// Who is a trainer.
    pub trainers: &'a [Trainer],
}

/// Longest name of a room, in characters.
const NAME: usize = 80;

/// A space, as it is.
#[must_use]
pub fn space(belonging: Belonging, rooms: &[Room], in_force: &InForce<'_>) -> Draft {
    let mut draft = Draft::answer().private().title("Réglages de cet espace").heading("Salons");
    if belonging == Belonging::OfNetwork {
        draft = draft.paragraph("Tous ceux du serveur ou de l’espace dont ce salon fait partie.");
    }
    if !rooms.is_empty() {
        draft = draft.list(List::bulleted(rooms.iter().map(|room| Item::from(named(room)))));
    }
    let referent = in_force.referent.map_or("non indiqué", |referent| referent.nom.as_str());
    draft = draft
        .heading("Réglages en vigueur")
        .fields([
            Field::new("Référent handicap", referent),
            Field::new("Fuseau horaire", in_force.time_zone),
            Field::new("Formateurs", trainers::all(in_force.trainers)),
        ])
        .note("Le référent handicap se change dans la configuration du programme, par la personne qui s’en occupe.");
    let mut ways = vec![
        Text::new().command("config formateur").plain("\u{a0}: dire qui est formateur"),
        Text::new().command("config fuseau").plain("\u{a0}: le fuseau horaire des dates"),
        Text::new().command("config code").plain("\u{a0}: un code pour rattacher un autre salon à cet espace"),
    ];
    match belonging {
        // One that others joined stays with them.
        Belonging::Alone if rooms.len() > 1 => {}
        Belonging::Alone => ways.push(
            Text::new()
                .command("config rattacher")
                .plain("\u{a0}: rattacher ce salon à un autre espace, avec son code"),
        ),
        Belonging::Joined => {
            ways.push(Text::new().command("config detacher").plain("\u{a0}: refaire de ce salon un espace à lui seul"));
        }
        Belonging::OfNetwork | Belonging::Direct => {}
    }
    draft.heading("Ce que vous pouvez changer").list(List::bulleted(ways))
}

fn named(room: &Room) -> Text {
    let text = match &room.name {
        Some(name) => Text::from(words::shortened(name, NAME)),
        None => Text::new().code(room.id.as_str()),
    };
    if room.is_here { text.plain(" (ce salon)") } else { text }
}

/// A code, for the one who asked for it, and for how many minutes it is of use.
#[must_use]
pub fn code(code: &JoiningCode, minutes: i64, belonging: Belonging) -> Draft {
    let say = format!("config rattacher {}", code.shown());
    let mut draft = Draft::answer()
        .private()
        .title("Rattacher un salon à cet espace")
        .paragraph(Text::from("Votre code\u{a0}: ").code(code.shown()).plain("."))
        .paragraph(Text::from("Dans le salon à rattacher, une personne qui l’administre écrit\u{a0}: ").command(say));
    if belonging == Belonging::OfNetwork {
        draft = draft.paragraph(
            "Un salon qui appartient à un autre serveur ou à un autre espace ne peut pas être rattaché, et ceux de celui-ci \
             le sont déjà.",
        );
    }
    draft = draft.paragraph(
        "Sur un autre réseau, Discord ou Matrix, le même code fait de l’autre espace et de celui-ci un seul espace\u{a0}: la \
         personne qui l’administre y écrit la même commande.",
    );
    draft.note(format!(
        "Il sert une seule fois, pendant {minutes}\u{a0}minutes, et remplace le code précédent. Les personnes qui administrent \
         le salon rattaché administreront aussi cet espace."
    ))
}

/// The room joined, said there to all.
#[must_use]
pub fn joined(space: Option<&str>) -> Draft {
    let text = Text::from("Ce salon fait maintenant partie de ");
    let text = match space {
        Some(name) => {
            text.plain("l’espace «\u{a0}").plain(words::shortened(name, NAME)).plain("\u{a0}», dont il partage")
        }
        None => text.plain("l’espace qui a donné le code, et en partage"),
    };
    Draft::answer()
        .paragraph(text.plain(" les réglages."))
        .note(
            Text::from("Les boutons des messages d’avant n’y répondent plus. Pour revenir en arrière\u{a0}: ")
                .command("config detacher"),
        )
        .button(Button::new("Annuler le rattachement", Press::run(Invocation::new("config detacher"))))
}

/// A room joined, said where the code was asked for.
#[must_use]
pub fn has_joined(room: Option<&str>, by: &Person) -> Draft {
    let text = match room {
        Some(name) => Text::from("Le salon «\u{a0}").plain(words::shortened(name, NAME)).plain("\u{a0}»"),
        None => Text::from("Un salon"),
    };
    Draft::notice()
        .paragraph(text.plain(" fait maintenant partie de cet espace. Rattaché par ").mention(by.clone()).plain("."))
        .note(Text::from("Voir les salons de cet espace\u{a0}: ").command("config voir"))
}

/// The room is a space of its own again.
#[must_use]
pub fn released() -> Draft {
    Draft::answer()
        .paragraph("Ce salon est de nouveau un espace à lui seul, avec ses propres réglages.")
        .note("Les boutons des messages d’avant n’y répondent plus.")
}

/// Asks whether a space is to be separated from that of another network.
#[must_use]
pub fn ask_to_separate(confirmed: Invocation) -> Draft {
    Draft::answer()
        .private()
        .title("Séparer cet espace de celui de l’autre réseau\u{202f}?")
        .paragraph(
            "Ici, je recommencerai à zéro\u{a0}: sans sujet, sans équipe, sans formateur choisi. Tout cela reste à l’autre réseau, \
             où rien ne change.",
        )
        .button(Button::danger("Séparer les deux espaces", Press::run(confirmed).by_owner()))
}

/// A space is no longer one with that of another network.
#[must_use]
pub fn separated() -> Draft {
    Draft::answer()
        .paragraph("Cet espace est séparé de celui de l’autre réseau, et recommence à zéro.")
        .note("Les boutons des messages d’avant n’y répondent plus.")
}

/// Two spaces of two networks are one.
#[must_use]
pub fn linked() -> Draft {
    Draft::answer()
        .paragraph(
            "Cet espace et celui qui a donné le code, sur un autre réseau, n’en font plus qu’un\u{a0}: mêmes sujets, mêmes \
             équipes, mêmes réglages.",
        )
        .note(
            Text::from("Qui a un compte sur chaque réseau les relie avec ")
                .command("compte code")
                .plain(" sur l’un, puis ")
                .command("compte relier")
                .plain(" sur l’autre. Les boutons des messages d’avant n’y répondent plus."),
        )
}

/// A space of another network joined, said where the code was asked for.
#[must_use]
pub fn has_linked(space: Option<&str>, network: &ConnectorName, by: &Person) -> Draft {
    let text = match space {
        Some(name) => Text::from("L’espace «\u{a0}").plain(words::shortened(name, NAME)).plain("\u{a0}»"),
        None => Text::from("Un espace"),
    };
    let network = words::network(network);
    // Whoever did it is on the other network, and can't be mentioned from here.
    let text = text
        .plain(format!(" de {network} et celui-ci n’en font plus qu’un\u{a0}: mêmes sujets, mêmes équipes, mêmes réglages. Relié par "))
        .plain(words::shortened(&by.name, NAME))
        .plain(".");
    Draft::notice().paragraph(text).note(
        Text::from("Qui a un compte sur chaque réseau les relie avec ")
            .command("compte code")
            .plain(" sur l’un, puis ")
            .command("compte relier")
            .plain(" sur l’autre."),
    )
}

/// Both spaces are one already.
#[must_use]
pub fn known_space() -> Text {
    Text::from("Cet espace et celui qui a donné ce code n’en font déjà qu’un. Le code reste valable pour un autre.")
}

/// The space has things of its own, which would be left behind.
#[must_use]
pub fn space_holds() -> Text {
    Text::from(
        "Cet espace a déjà des sujets, des équipes, des promotions ou des formateurs à lui, qui seraient perdus. Faites \
         l’inverse\u{a0}: demandez un code ici avec ",
    )
    .command("config code")
    .plain(" et dites-le dans l’autre espace.")
}

/// It must be asked in a room.
#[must_use]
pub fn in_a_room() -> Text {
    Text::from("Un message privé n’appartient à aucun espace. Refaites la demande dans un salon de l’espace à régler.")
}

/// The network says to which space the room belongs.
#[must_use]
pub fn of_network() -> Text {
    Text::from(
        "Ce salon appartient déjà à un serveur ou à un espace\u{a0}: c’est lui qui réunit ses salons, et je ne peux pas l’en \
         séparer. Seul un salon qui n’est dans aucun espace peut être rattaché ou détaché ici.",
    )
}

/// What was typed can't be a code.
#[must_use]
pub fn not_a_code() -> Text {
    Text::from("Un code a huit lettres, comme ").code("BCDF-GHJK").plain(".")
}

/// No such code, or no longer: which of the two isn't told.
#[must_use]
pub fn no_such_code() -> Text {
    Text::from("Ce code n’est pas valable, ou ne l’est plus\u{a0}: un code sert une fois, pendant 15\u{a0}minutes. Demandez-en un autre avec ")
        .command("config code")
        .plain(" dans l’espace à rejoindre.")
}

/// Too many wrong codes.
#[must_use]
pub fn too_many_codes(minutes: i64) -> Text {
    let wait = words::counted(usize::try_from(minutes).unwrap_or(1), "minute", "minutes");
    Text::from(format!(
        "Trop de codes erronés. Réessayez dans {wait}, avec un code que l’administration de l’autre espace vient d’obtenir."
    ))
}

/// The room already belongs to the space of the code.
#[must_use]
pub fn known() -> Text {
    Text::from("Ce salon fait déjà partie de l’espace qui a donné ce code. Le code reste valable pour un autre salon.")
}

/// Other rooms belong to this one.
#[must_use]
pub fn holds() -> Text {
    Text::from("D’autres salons sont rattachés à celui-ci. Détachez-les d’abord, avec ")
        .command("config detacher")
        .plain(" dans chacun, puis rattachez-les avec celui-ci.")
}

/// The room joined no space.
#[must_use]
pub fn not_joined() -> Text {
    Text::from("Ce salon n’est rattaché à aucun autre espace. Pour le rattacher à l’un d’eux\u{a0}: ")
        .command("config rattacher")
        .plain(" avec le code de cet espace.")
}
