//! Why a text isn't a rule.

use super::{LONGEST, MOST_WEEKS};
use crate::domain::date::NotADate;
use jiff::civil::Date;

const EXAMPLES: &str = "Exemples\u{a0}: tous les lundis 9h, chaque jour ouvré, un mardi sur deux, le 1er du mois, le dernier vendredi du mois 17h.";

/// How many characters of what was typed are shown back.
const SHOWN: usize = 40;

/// What a rule goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Minutes or hours.
    Hours,
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

/// A text is no rule that a reminder can follow. Its text is a French sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotARule {
    /// Nothing was written.
    #[error("Il manque le rythme. {EXAMPLES}")]
    Empty,
    /// Longer than [`LONGEST`].
    #[error("C’est trop long pour un rythme\u{a0}: écrivez {LONGEST}\u{a0}caractères au plus. {EXAMPLES}")]
    TooLong,
    /// A letter of another alphabet, which may look like a Latin one.
    #[error("Il y a un caractère qui n’a pas sa place dans un rythme (U+{:04X}). Retapez-le au clavier. {EXAMPLES}", u32::from(*.0))]
    Foreign(char),
    /// Nothing of it reads as a rule. Holds its beginning.
    #[error("«\u{a0}{0}\u{a0}» n’est pas un rythme que je comprends. {EXAMPLES}")]
    Unknown(String),
    /// The beginning of a rule, and something after it.
    #[error(
        "J’ai compris «\u{a0}{understood}\u{a0}», mais pas la suite\u{a0}: «\u{a0}{}\u{a0}». {EXAMPLES}",
        shown(rest)
    )]
    Rest {
        /// The part that reads as a rule.
        understood: String,
        /// What follows it.
        rest: String,
    },
    /// One date, and nothing that makes it come round.
    #[error(
        "Rien ne dit que ce rappel revient. Écrivez par exemple «\u{a0}tous les lundis\u{a0}», «\u{a0}le 15 de chaque mois\u{a0}» ou «\u{a0}chaque année le 12\u{a0}mars\u{a0}»."
    )]
    Once,
    /// A week, month or year, and no day in it.
    #[error("{}", which_day(*.0))]
    WhichDay(Unit),
    /// Days of the week in a month, and not which of them; or a number of days that doesn't go with it.
    #[error(
        "Je ne sais pas de quels jours il s’agit. Exemples\u{a0}: tous les lundis, le premier lundi du mois, le 15 de chaque mois."
    )]
    Unclear,
    /// « Jour ouvrable » counts Saturdays, which most who write it don't mean.
    #[error(
        "Un jour ouvrable compte le samedi. Écrivez «\u{a0}chaque jour ouvré\u{a0}», ou «\u{a0}du lundi au samedi\u{a0}»."
    )]
    Ouvrable,
    /// A fifth day of that name, which many months lack.
    #[error("Tous les mois n’ont pas cinq fois ce jour. Écrivez «\u{a0}le dernier\u{a0}», ou du premier au quatrième.")]
    Fifth,
    /// A number of weeks that is none, or too many.
    #[error("Je compte de 1 à {MOST_WEEKS}\u{a0}semaines, pas {0}. Pour plus long, choisissez un jour du mois.")]
    TooManyWeeks(u32),
    /// Every so many hours, days, months or years.
    #[error("{}", interval(*.0))]
    Interval(Unit),
    /// No month has this day.
    #[error("Aucun mois n’a de jour {0}\u{a0}: les jours vont de 1 à 31.")]
    NoSuchDay(u32),
    /// A date or an hour that doesn't exist.
    #[error(transparent)]
    Date(#[from] NotADate),
    /// The last day comes before the first time, or is over.
    #[error("Ce rappel ne viendrait jamais\u{a0}: il s’arrête le {}. Donnez une date de fin plus tardive.", super::written::date(*.until))]
    Over {
        /// The last day as typed.
        until: Date,
    },
}

impl NotARule {
    pub(super) fn unknown(text: &str) -> Self {
        Self::Unknown(shown(text))
    }
}

fn which_day(unit: Unit) -> &'static str {
    match unit {
        Unit::Months => {
            "Quel jour du mois\u{a0}? Par exemple «\u{a0}tous les mois le 15\u{a0}» ou «\u{a0}le dernier vendredi du mois\u{a0}»."
        }
        Unit::Years => "Quel jour de l’année\u{a0}? Par exemple «\u{a0}chaque année le 12\u{a0}mars\u{a0}».",
        _ => "Quel jour de la semaine\u{a0}? Par exemple «\u{a0}toutes les deux semaines le mardi\u{a0}».",
    }
}

fn interval(unit: Unit) -> &'static str {
    match unit {
        Unit::Hours => {
            "Un rappel revient une fois par jour au plus. Écrivez par exemple «\u{a0}tous les jours à 8\u{a0}h\u{a0}»."
        }
        Unit::Days => {
            "Je ne compte pas en jours\u{a0}: choisissez des jours de la semaine, par exemple «\u{a0}lundis et jeudis\u{a0}»."
        }
        Unit::Weeks => "Je compte les semaines de 1 à 8, par exemple «\u{a0}toutes les deux semaines le mardi\u{a0}».",
        Unit::Months => {
            "Je ne compte pas en mois\u{a0}: choisissez un jour de chaque mois, par exemple «\u{a0}le 15 de chaque mois\u{a0}»."
        }
        Unit::Years => {
            "Je ne compte pas en années\u{a0}: choisissez un jour de chaque année, par exemple «\u{a0}chaque année le 12\u{a0}mars\u{a0}»."
        }
    }
}

fn shown(text: &str) -> String {
    let text = text.trim();
    let most: String = text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if most.len() < text.len() { format!("{}…", most.trim_end()) } else { most }
}
