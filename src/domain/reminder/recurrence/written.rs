//! Rules in French, as they read back.

use super::{Pattern, Rule, WeekDays};
use crate::domain::date::vocabulary::{month_name, ordinal, weekday_name};
use crate::domain::reminder::clock::said;
use jiff::civil::Date;
use std::fmt;

impl fmt::Display for Rule {
    /// `tous les lundis et jeudis à 18 h`, `un mardi sur deux à 9 h, à partir du 1er décembre 2026, jusqu’au 12 mars 2027`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} à {}", days(self.pattern), said(self.at))?;
        if let Some(from) = self.from {
            write!(f, ", à partir du {}", date(from))?;
        }
        if let Some(until) = self.until {
            write!(f, ", jusqu’au {}", date(until))?;
        }
        Ok(())
    }
}

/// `12 mars 2027`.
pub(super) fn date(day: Date) -> String {
    format!("{}\u{a0}{}\u{a0}{}", ordinal(day.day()), month_name(day.month()), day.year())
}

fn days(pattern: Pattern) -> String {
    match pattern {
        Pattern::Daily => "tous les jours".to_owned(),
        Pattern::WorkingDays => "chaque jour ouvré".to_owned(),
        Pattern::Weekly { days: WeekDays::WEEK, every: 1 } => "du lundi au vendredi".to_owned(),
        Pattern::Weekly { days, every: 1 } => format!("tous les {}", named(days)),
        Pattern::Weekly { days, every } => {
            let several = days.iter().nth(1).is_some();
            let number = ["deux", "trois", "quatre", "cinq", "six", "sept", "huit"];
            let number = number.get(usize::from(every).saturating_sub(2)).copied().unwrap_or("deux");
            match days.iter().next() {
                Some(day) if !several => format!("un {} sur {number}", weekday_name(day)),
                _ => format!("toutes les {number} semaines les {}", named(days)),
            }
        }
        Pattern::Monthly { day } => format!("le {} de chaque mois", ordinal(day)),
        Pattern::LastDay => "le dernier jour de chaque mois".to_owned(),
        Pattern::Nth { nth, weekday } => {
            let rank = ["premier", "deuxième", "troisième", "quatrième"];
            let rank = rank.get(usize::from(nth.unsigned_abs()).saturating_sub(1)).copied().unwrap_or("premier");
            format!("le {rank} {} de chaque mois", weekday_name(weekday))
        }
        Pattern::Last { weekday } => format!("le dernier {} de chaque mois", weekday_name(weekday)),
        Pattern::Yearly { month, day } => format!("chaque année le {}\u{a0}{}", ordinal(day), month_name(month)),
    }
}

/// `lundis, mardis et jeudis`.
fn named(days: WeekDays) -> String {
    let names: Vec<String> = days.iter().map(|day| format!("{}s", weekday_name(day))).collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} et {last}", first.join(", ")),
        _ => names.concat(),
    }
}
