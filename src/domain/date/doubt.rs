//! What to ask about before a date counts.

use super::{Moment, vocabulary::ordinal};
use jiff::civil::{DateTime, Time};
use std::fmt;

/// Why the date that was understood may not be the one that was meant. `Display` is a French sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The moment is over.
    Past {
        /// How long ago: `il y a 3 jours`.
        ago: String,
    },
    /// The words have two meanings.
    Ambiguous {
        /// The other one.
        other: Moment,
        /// What has two meanings.
        why: Why,
    },
    /// A name with one letter wrong.
    Typo {
        /// The word as typed.
        typed: String,
        /// The name it was taken for.
        understood: &'static str,
    },
    /// The time falls where clocks are put forward, and doesn't exist that day.
    GapHour {
        /// What was written.
        typed: DateTime,
        /// What was understood.
        understood: Moment,
    },
    /// The time falls where clocks are put back, and exists twice that day: the first counts.
    TwiceHour {
        /// The time.
        time: Time,
    },
    /// No year was written, and the day is over this year, or doesn't exist in it.
    YearAssumed {
        /// The day: `12 mars`.
        day: String,
        /// The year that was understood.
        year: i16,
    },
    /// No month was written, and the day is over this month, or doesn't exist in it.
    MonthAssumed {
        /// Number of the day.
        day: i8,
        /// The month that was understood: `décembre 2026`.
        month: String,
    },
    /// Only an hour was written, and it is over today.
    TomorrowAssumed,
}

/// What has two meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// `lundi`, on a Monday.
    SameWeekday,
    /// `ce lundi`, later in the week.
    ThisWeekday,
    /// `vendredi prochain`, earlier in the week.
    NextWeekday,
    /// `mardi en huit`, on a Tuesday.
    WeeksLater,
    /// `avant vendredi`.
    Before,
    /// `fin de semaine`: the end of work, or Sunday.
    EndOfWeek,
    /// `ce week-end à 10 h`: Saturday or Sunday.
    Weekend,
    /// `quinze jours`: two weeks, or fifteen days.
    Fortnight,
    /// `vendredi minuit`.
    Midnight,
    /// `la veille`, where there is a deadline and a defence.
    Eve,
}

impl Why {
    fn sentence(self) -> &'static str {
        match self {
            Self::SameWeekday => "C’est aujourd’hui le même jour de la semaine",
            Self::ThisWeekday => "Ce jour de la semaine est déjà passé cette semaine",
            Self::NextWeekday => "«\u{a0}Prochain\u{a0}» peut vouloir dire cette semaine ou la suivante",
            Self::WeeksLater => {
                "C’est aujourd’hui ce jour de la semaine, et «\u{a0}en\u{a0}» peut se compter d’aujourd’hui ou du suivant"
            }
            Self::Before => "«\u{a0}Avant\u{a0}» peut comprendre le jour dit ou non",
            Self::EndOfWeek => "La fin de la semaine peut être le vendredi ou le dimanche",
            Self::Weekend => "Le week-end a deux jours",
            Self::Fortnight => {
                "On dit «\u{a0}huit jours\u{a0}» pour une semaine et «\u{a0}quinze jours\u{a0}» pour deux"
            }
            Self::Midnight => "Minuit peut être la fin ou le début de ce jour",
            Self::Eve => "Il y a une date limite et une soutenance",
        }
    }
}

/// A time as French writes it.
pub(super) fn clock(time: Time) -> String {
    format!("{}\u{a0}h\u{a0}{:02}", time.hour(), time.minute())
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Past { ago } => write!(f, "C’est déjà passé ({ago})."),
            Self::Ambiguous { other, why } => write!(f, "{}\u{a0}: l’autre sens serait {other}.", why.sentence()),
            Self::Typo { typed, understood } => {
                write!(f, "J’ai compris «\u{a0}{understood}\u{a0}» pour «\u{a0}{typed}\u{a0}».")
            }
            // A zone may also leave a whole day out, to change sides of the date line.
            Self::GapHour { typed, understood } if typed.date() != understood.civil().date() => {
                write!(f, "Cette heure n’existe pas ce jour-là dans ce fuseau\u{a0}: j’ai compris {understood}.")
            }
            Self::GapHour { typed, understood } => write!(
                f,
                "Ce jour-là on avance les horloges, et {} n’existe pas\u{a0}: j’ai compris {}.",
                clock(typed.time()),
                clock(understood.civil().time())
            ),
            Self::TwiceHour { time } => write!(
                f,
                "Ce jour-là on retarde les horloges, et {} existe deux fois\u{a0}: je compte la première.",
                clock(*time)
            ),
            Self::YearAssumed { day, year } => {
                write!(f, "Sans année, j’ai compris le prochain {day}\u{a0}: celui de {year}.")
            }
            Self::MonthAssumed { day, month } => {
                write!(f, "Sans mois, j’ai compris le prochain {}\u{a0}: celui de {month}.", ordinal(*day))
            }
            Self::TomorrowAssumed => f.write_str("Cette heure est passée aujourd’hui\u{a0}: j’ai compris demain."),
        }
    }
}
