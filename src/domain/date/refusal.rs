//! Why a text isn't a date.

use super::doubt::clock;
use super::vocabulary::{month_name, ordinal, weekday_name};
use jiff::civil::{Date, Time, Weekday};

const EXAMPLES: &str =
    "Exemples\u{a0}: vendredi 18\u{a0}h, demain midi, le 12\u{a0}mars à 14\u{a0}h, 12/03/2027, dans 3\u{a0}jours, J-7.";

/// How many characters of what was typed are shown back.
const SHOWN: usize = 40;

/// A text isn't a date, or is one that doesn't exist. Its text is a French sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotADate {
    /// Nothing was written.
    #[error("Il manque une date. {EXAMPLES}")]
    Empty,
    /// Longer than [`LONGEST`](super::LONGEST).
    #[error("C’est trop long pour une date\u{a0}: écrivez {longest}\u{a0}caractères au plus. {EXAMPLES}", longest = super::LONGEST)]
    TooLong,
    /// Nothing of it reads as a date. Holds its beginning.
    #[error("«\u{a0}{0}\u{a0}» n’est pas une date que je comprends. {EXAMPLES}")]
    Unknown(String),
    /// A date, and something after it.
    #[error(
        "J’ai compris «\u{a0}{understood}\u{a0}», mais pas la suite\u{a0}: «\u{a0}{}\u{a0}». Écrivez la date seule. {EXAMPLES}",
        shown(rest)
    )]
    Rest {
        /// The part that reads as a date.
        understood: String,
        /// What follows it.
        rest: String,
    },
    /// A letter of another alphabet, which may look like a Latin one.
    #[error("Il y a un caractère qui n’a pas sa place dans une date ({}). Retapez la date au clavier. {EXAMPLES}", code(*.0))]
    Foreign(char),
    /// A week, month or year, and no day in it.
    #[error(
        "«\u{a0}{0}\u{a0}» ne dit pas quel jour. Exemples\u{a0}: vendredi prochain, fin de semaine prochaine, le 12 du mois prochain."
    )]
    Vague(String),
    /// The month has fewer days.
    #[error("Le {day}\u{a0}{month} n’existe pas\u{a0}: {month} n’a que {last}\u{a0}jours.")]
    NoSuchDay {
        /// Number of the day as typed.
        day: u32,
        /// Name of the month.
        month: &'static str,
        /// Number of its last day.
        last: i8,
    },
    /// A day zero.
    #[error("Il n’y a pas de jour 0\u{a0}: les jours d’un mois vont de 1 à 31.")]
    DayZero,
    /// 29 February of a common year.
    #[error(
        "Le 29\u{a0}février\u{a0}{year} n’existe pas\u{a0}: {year} n’est pas bissextile. Le prochain sera en\u{a0}{next}."
    )]
    NotLeap {
        /// The year as typed.
        year: i16,
        /// The next leap year.
        next: i16,
    },
    /// No month has this number.
    #[error(
        "Il n’y a pas de mois {month}. En français le jour vient avant le mois\u{a0}: le 12\u{a0}mars s’écrit 12/03."
    )]
    NoSuchMonth {
        /// Number of the month as typed.
        month: u32,
    },
    /// Hours go up to 24 and minutes to 59.
    #[error("{hour}\u{a0}h\u{a0}{minute:02} n’existe pas\u{a0}: les heures vont de 0 à 23, les minutes de 00 à 59.")]
    NoSuchHour {
        /// Hour as typed.
        hour: u32,
        /// Minute as typed.
        minute: u32,
    },
    /// An hour that isn't in the part of the day that is said.
    #[error("{} n’est pas {part}. Écrivez l’heure seule, par exemple «\u{a0}demain 18\u{a0}h\u{a0}».", clock(*.time))]
    NotThen {
        /// The hour.
        time: Time,
        /// The part of the day: `le matin`.
        part: &'static str,
    },
    /// The date isn't that day of the week.
    #[error("Le {} est un {}, pas un {}. Corrigez l’un ou l’autre.", in_full(*.date), weekday_name(date.weekday()), weekday_name(*.typed))]
    WrongWeekday {
        /// The date.
        date: Date,
        /// The day of the week as typed.
        typed: Weekday,
    },
    /// Counted from a deadline that isn't set.
    #[error(
        "Aucune date limite n’est fixée ici, et c’est d’elle que cette date se compte. Écrivez une date, par exemple «\u{a0}vendredi 18\u{a0}h\u{a0}»."
    )]
    NoDeadline,
    /// Counted from a defence that isn't set.
    #[error(
        "Aucune soutenance n’est fixée ici, et c’est d’elle que cette date se compte. Écrivez une date, par exemple «\u{a0}vendredi 18\u{a0}h\u{a0}»."
    )]
    NoDefence,
    /// Outside the years that make sense here.
    #[error("Cette date est trop loin\u{a0}: je compte de 1970 à 2199.")]
    TooFar,
}

impl NotADate {
    pub(super) fn unknown(text: &str) -> Self {
        Self::Unknown(shown(text))
    }
}

fn shown(text: &str) -> String {
    let text = text.trim();
    let most: String = text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if most.len() < text.len() { format!("{}…", most.trim_end()) } else { most }
}

fn code(character: char) -> String {
    let seen = if character.is_control() { String::new() } else { format!("«\u{a0}{character}\u{a0}», ") };
    format!("{seen}U+{:04X}", u32::from(character))
}

fn in_full(date: Date) -> String {
    format!("{}\u{a0}{}\u{a0}{}", ordinal(date.day()), month_name(date.month()), date.year())
}
