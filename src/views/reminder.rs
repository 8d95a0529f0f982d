//! Reminders as they are read: what is due, for whom, when, and what can be done about it.
//!
//! What is somebody's own has neutral words in its title, which a locked screen shows, and says of a reminder without words
//! nothing but that there is one: what it is about is known to whoever asked for it.

mod answer;
mod digest;
mod list;
pub mod presses;
mod refusal;
mod settings;

pub use answer::{closed, deleted, here_they_come, noted, over_already, put_off, restored, seen, seen_and_recurs};
pub use list::{list, name_of, own_name, simulated};
pub use refusal::{
    full, nags_once_only, nags_teams_only, never, no_such, none_received, not_at_that_level, not_deleted, not_yours,
    nothing_to_tick, past, too_late, which_cohort, which_region, wrong_weeks,
};
pub use settings::{Held, settings, settings_changed};

use super::moment::{in_full, on_the_clock_of};
use super::words;
use crate::config::ReferentHandicap;
use crate::domain::occasion::OccasionKind;
use crate::domain::person::PersonKey;
use crate::store::{Occasion, OfTeam, Whose};
use jiff::{Timestamp, Zoned};
use vigie_chat::{Draft, PersonId, Text};

/// Longest title that is repeated, in characters.
const TITLE: usize = 100;

/// Whom a reminder speaks to.
#[derive(Debug, Clone, Copy)]
pub enum Addressee<'a> {
    /// The person reminded.
    Person,
    /// Their team, in its room.
    Team {
        /// Who can't be written to, on that network.
        notify: Option<&'a PersonId>,
    },
    /// The trainer, since nobody of the team could be told.
    Trainer,
}

/// What is said, to whom, and when it should have been.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    /// What kind of thing.
    pub kind: OccasionKind,
    /// The thing; none for a digest.
    pub occasion: Option<&'a Occasion>,
    /// What a digest tells, what is due first first.
    pub digest: &'a [Occasion],
    /// Who reads it.
    pub addressee: Addressee<'a>,
    /// Who is reminded.
    pub person: PersonKey,
    /// What people are called.
    pub name: &'a (dyn Fn(PersonKey) -> Option<&'a str> + Sync),
    /// Steps that it stands for besides its own.
    pub missed: u32,
    /// When it should have come, where it is late.
    pub late_since: Option<Timestamp>,
    /// Now, on the clock of the person.
    pub now: &'a Zoned,
    /// The name of the reminder in what its buttons do.
    pub token: &'a str,
    /// Who at the centre answers about accommodation.
    pub contact: Option<&'a ReferentHandicap>,
}

/// The message; none where there is nothing to say.
#[must_use]
pub fn reminder(said: &Said<'_>) -> Option<Draft> {
    let draft = match (said.kind, said.occasion) {
        (OccasionKind::Digest, _) => digest::digest(said)?,
        (OccasionKind::Asked, Some(occasion)) => asked(said, occasion),
        (OccasionKind::Rights, Some(occasion)) => rights(said, occasion),
        (OccasionKind::Milestone | OccasionKind::Deliverable | OccasionKind::Defence, Some(occasion)) => {
            due(said, occasion)
        }
        (_, None) => return None,
    };
    Some(late(said, draft))
}

/// Says that it comes late, and what it stands for.
fn late(said: &Said<'_>, draft: Draft) -> Draft {
    let Some(since) = said.late_since else { return draft };
    let should = on_the_clock_of(since, said.now);
    let mut text = Text::from("En retard\u{a0}: ce rappel devait arriver le ").plain(should.to_string()).plain(".");
    if said.missed > 0 {
        let several = if said.missed == 1 {
            "Un autre rappel manqué est réuni ici."
        } else {
            "D’autres rappels manqués sont réunis ici."
        };
        text = text.plain(" ").plain(several);
    }
    draft.note(text)
}

fn named(occasion: &Occasion) -> String {
    let title = words::shortened(occasion.title.as_deref().unwrap_or_default(), TITLE);
    let kind = match occasion.thing.kind {
        OccasionKind::Deliverable => "livrable",
        _ => "jalon",
    };
    format!("{kind}\u{a0}{}, {title}", occasion.number)
}

fn of_team(team: &OfTeam) -> String {
    format!(
        "équipe {} (n°\u{a0}{}), sujet {}, {}",
        team.name,
        team.number,
        team.brief_number,
        words::shortened(&team.brief_title, TITLE)
    )
}

/// A milestone, a deliverable, a defence.
fn due(said: &Said<'_>, occasion: &Occasion) -> Draft {
    let at = on_the_clock_of(occasion.when.at, said.now);
    let when = in_full(&at, said.now);
    let over = occasion.when.at <= said.now.timestamp();
    let (title, sentence) = match (occasion.thing.kind, over) {
        (OccasionKind::Defence, _) => {
            let place = occasion.title.as_deref().map(|room| format!(", salle {}", words::shortened(room, TITLE)));
            (
                "Rappel\u{a0}: votre soutenance".to_owned(),
                Text::from("Elle commence le ").then(when).plain(place.unwrap_or_default()).plain("."),
            )
        }
        (OccasionKind::Deliverable, false) => {
            (format!("Rappel\u{a0}: {}", named(occasion)), Text::from("À déposer pour le ").then(when).plain("."))
        }
        (OccasionKind::Deliverable, true) => (
            format!("Rappel\u{a0}: {}", named(occasion)),
            Text::from("Il devait être déposé pour le ").then(when).plain(" et ne l’est pas encore."),
        ),
        (_, false) => {
            (format!("Rappel\u{a0}: {}", named(occasion)), Text::from("À terminer pour le ").then(when).plain("."))
        }
        (_, true) => (
            format!("Rappel\u{a0}: {}", named(occasion)),
            Text::from("Il devait être terminé pour le ").then(when).plain(" et n’est pas marqué comme fait."),
        ),
    };
    let mut draft = Draft::reminder().title(title).paragraph(sentence);
    if let Whose::Team(team) = &occasion.whose {
        draft = draft.paragraph(Text::from(format!("Pour l’{}.", of_team(team))));
    }
    draft = draft.paragraph(for_whom(said, occasion));
    match said.addressee {
        Addressee::Person => presses::under(draft, said),
        Addressee::Team { notify } => {
            let draft = match notify {
                Some(person) => draft.notify(person.clone()),
                None => draft,
            };
            presses::for_the_team(draft, said)
        }
        Addressee::Trainer => draft.note(
            "Ce rappel vous arrive parce que l’équipe n’a pas pu être jointe\u{a0}: ni en message privé, ni dans son salon.",
        ),
    }
}

fn for_whom(said: &Said<'_>, occasion: &Occasion) -> Text {
    if let Addressee::Trainer = said.addressee {
        return Text::from("Personne de l’équipe n’en est prévenu pour l’instant.");
    }
    let name = |person: &PersonKey| (said.name)(*person).unwrap_or("un membre").to_owned();
    let people: Vec<String> = occasion.people.iter().map(name).collect();
    let all = occasion.thing.kind != OccasionKind::Milestone || people.len() > 3;
    if all {
        Text::from("Qui\u{a0}: toute l’équipe.")
    } else {
        Text::from("Qui\u{a0}: ").plain(words::and(&people)).plain(".")
    }
}

/// The right to accommodation, told to every candidate alike.
fn rights(said: &Said<'_>, occasion: &Occasion) -> Draft {
    let at = on_the_clock_of(occasion.when.at, said.now);
    let contact = match said.contact {
        Some(contact) => {
            let ways: Vec<&str> = [&contact.courriel, &contact.telephone, &contact.lieu]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            let ways = if ways.is_empty() { String::new() } else { format!(" ({})", ways.join(", ")) };
            format!("À qui s’adresser\u{a0}: {}{ways}.", contact.nom)
        }
        None => "Votre formateur ou l’accueil du centre vous dira qui est le référent handicap.".to_owned(),
    };
    let draft = Draft::reminder()
        .title("Information à tous les candidats")
        .paragraph(Text::from("Votre soutenance commence le ").then(in_full(&at, said.now)).plain("."))
        .paragraph(
            "Tout candidat en situation de handicap ou ayant un trouble de santé invalidant a droit, à sa demande, à un \
             aménagement des épreuves. La démarche, en privé\u{a0}: /amenagement procedure.",
        )
        .paragraph(contact)
        .note("Ce message est envoyé à chaque candidat avant chaque soutenance.");
    match said.addressee {
        Addressee::Team { notify: Some(person) } => draft.notify(person.clone()),
        _ => draft,
    }
}

/// What somebody asked for.
fn asked(said: &Said<'_>, occasion: &Occasion) -> Draft {
    let own = matches!(occasion.whose, Whose::Own);
    let title = if own { "Rappel personnel".to_owned() } else { "Rappel de l’équipe".to_owned() };
    let mut draft = Draft::reminder().title(title);
    draft = match occasion.title.as_deref() {
        Some(what) => draft.paragraph(what),
        None => draft.paragraph("Vous avez demandé ce rappel, sans y mettre de texte."),
    };
    if let Whose::Team(team) = &occasion.whose {
        draft = draft.paragraph(Text::from(format!("Pour l’{}.", of_team(team))));
    }
    match said.addressee {
        Addressee::Person => presses::under(draft, said),
        Addressee::Team { notify } => {
            let draft = match notify {
                Some(person) => draft.notify(person.clone()),
                None => draft,
            };
            presses::for_the_team(draft, said)
        }
        Addressee::Trainer => draft,
    }
}
