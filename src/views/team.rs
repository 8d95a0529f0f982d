//! Teams: what is said when one is founded, joined, left, changed, shown, or isn't.
//!
//! A name of a team or a person is always their own words, in a span. Buttons say the number of a team, not its name: names
//! may be long, and numbers are what people type.

mod change;
mod join;
mod refuse;
mod room;
mod show;

pub use change::{Before, Left, captain, confirm_dissolution, dissolved, left, renamed, replaced, withdrawn};
pub use join::{Made, asked, asked_already, declined, founded, joined, numbered, waiting};
pub use refuse::{
    captain_only, name_taken, never_met, nobody_called, not_asked, not_in, refusal, several_called, their_refusal,
    they_are_not_in, too_many,
};
pub use room::{in_their_room, no_room, room_from_a_room, room_name, room_opened, still_in_its_room};
pub use show::{Listed, Next, Shown, list, shown};

use super::words;
use crate::domain::team::{Fit, TeamSize};
use crate::store::{Brief, Entry, Rank, Team};
use vigie_chat::{Invocation, Person, Press, Text};

/// Longest name of a team or a brief that is repeated, in characters.
const NAME: usize = 60;

/// Somebody, as far as this network knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// By their account on it.
    Here(Person),
    /// By name: their account is on another.
    Elsewhere(String),
    /// They asked to be erased.
    Nameless,
}

impl Who {
    /// Adds them to a sentence.
    fn said(&self, text: Text) -> Text {
        match self {
            Self::Here(person) => text.mention(person.clone()),
            Self::Elsewhere(name) => text.strong(words::shortened(name, NAME)),
            Self::Nameless => text.plain("une personne effacée"),
        }
    }

    /// A sentence that begins with them.
    fn begins(&self) -> Text {
        match self {
            Self::Nameless => Text::from("Une personne effacée"),
            _ => self.said(Text::new()),
        }
    }

    /// Their name alone, to be put on a button.
    fn name(&self) -> &str {
        match self {
            Self::Here(person) => &person.name,
            Self::Elsewhere(name) => name,
            Self::Nameless => "une personne effacée",
        }
    }
}

/// The name of somebody alone.
#[must_use]
pub fn name_of(who: &Who) -> &str {
    who.name()
}

/// `l’équipe 2 « Les Éclaireurs »`, after what is said.
fn named(text: Text, team: &Team) -> Text {
    text.plain(format!("l’équipe\u{a0}{} «\u{a0}", team.number))
        .plain(words::shortened(&team.name, NAME))
        .plain("\u{a0}»")
}

/// `le sujet 1 « Supervision d’un entrepôt »`, as a value of its own.
fn subject(brief: &Brief) -> Text {
    let number = brief.number.map(|number| format!("{number}, ")).unwrap_or_default();
    Text::from(number).plain(words::shortened(&brief.title, NAME))
}

/// How a button says which team: the brief's number and the team's.
#[must_use]
pub fn value(team: &Team, brief: &Brief) -> String {
    match brief.number {
        Some(number) => format!("{number}.{}", team.number),
        None => team.number.to_string(),
    }
}

/// How many seats are taken, and how many are left.
fn seats(team: &Team, size: TeamSize) -> String {
    let members = u32::try_from(team.members.len()).unwrap_or(u32::MAX);
    let taken = words::counted(team.members.len(), "membre", "membres");
    let left =
        |seats: u32| words::counted(usize::try_from(seats).unwrap_or(usize::MAX), "place libre", "places libres");
    match size.fit(members, None) {
        Fit::TooFew { missing } => {
            let missing = words::counted(usize::try_from(missing).unwrap_or(usize::MAX), "personne", "personnes");
            format!("{taken}, {}\u{a0}; il manque {missing} pour le minimum du sujet", left(size.most() - members))
        }
        Fit::Open { seats } | Fit::ByTolerance { seats } => format!("{taken}, {}", left(seats)),
        Fit::Full => format!("{taken}, complète"),
        Fit::TooMany { .. } if size.most_if_odd().is_some_and(|most| members <= most) => {
            format!("{taken}, complète, par la tolérance du sujet")
        }
        Fit::TooMany { .. } => format!("{taken}, pour {} au plus selon le sujet", size.most()),
    }
}

/// Whether somebody could still sit.
fn has_seat(team: &Team, size: TeamSize) -> bool {
    u32::try_from(team.members.len()).is_ok_and(|members| members < size.most())
}

/// Whether whoever comes in must be let in.
fn is_asked(team: &Team) -> bool {
    team.entry == Entry::Asked && !team.members.is_empty()
}

/// How one comes in.
fn entry(team: &Team) -> &'static str {
    if is_asked(team) { "sur accord du capitaine" } else { "ouverte, sans accord" }
}

/// What the button that takes a seat says.
fn join_label(team: &Team) -> String {
    if is_asked(team) {
        format!("Demander à rejoindre l’équipe\u{a0}{}", team.number)
    } else {
        format!("Rejoindre l’équipe\u{a0}{}", team.number)
    }
}

fn join(team: &Team, brief: &Brief) -> Press {
    Press::run(Invocation::new("equipe rejoindre").with("equipe", value(team, brief)))
}

fn see(team: &Team, brief: &Brief) -> Press {
    Press::run(Invocation::new("equipe voir").with("equipe", value(team, brief)))
}

fn see_all(brief: &Brief) -> Press {
    Press::run(Invocation::new("equipe voir").with_some("sujet", brief.number.map(|number| number.to_string())))
}

/// Whether whoever asks is offered a seat: trainers place people, and need none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// They are.
    Seats,
    /// They aren't.
    Nothing,
}

/// The members by name, the captain first.
fn members(team: &Team) -> Vec<Text> {
    let mut members: Vec<_> = team.members.iter().collect();
    members.sort_by_key(|member| member.rank != Rank::Captain);
    let told = members.into_iter().map(|member| {
        let name = match &member.name {
            Some(name) => Text::from(words::shortened(name, NAME)),
            None => Text::from("une personne effacée"),
        };
        if member.rank == Rank::Captain { name.plain(", capitaine") } else { name }
    });
    told.collect()
}
