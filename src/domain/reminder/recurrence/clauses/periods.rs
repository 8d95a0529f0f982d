//! How often a rule comes, as French says it.

use super::{Period, Reader};
use crate::domain::date::phrase::Part;
use crate::domain::reminder::recurrence::Unit;

impl Reader<'_> {
    /// `tous les soirs`, `chaque matin`.
    pub(super) fn parts(self, at: usize) -> Option<(Part, usize)> {
        let next = self.all(at)?;
        match self.grammar.word(next)? {
            "matins" => Some((Part::Morning, next + 1)),
            "soirs" => Some((Part::Evening, next + 1)),
            _ => self.grammar.part(next),
        }
    }

    /// `chaque mois`, `toutes les deux semaines`, `une semaine sur deux`, `de chaque mois`, `du mois`, `par an`.
    pub(super) fn period(self, at: usize) -> Option<(Period, usize)> {
        let grammar = self.grammar;
        let adverb = match grammar.word(at)? {
            "quotidien" | "quotidiennement" => Some(Unit::Days),
            "hebdomadaire" | "hebdo" => Some(Unit::Weeks),
            "mensuel" | "mensuellement" => Some(Unit::Months),
            "annuel" | "annuellement" => Some(Unit::Years),
            _ => None,
        };
        if let Some(unit) = adverb {
            return Some((Period::each(unit), at + 1));
        }
        let once = grammar.follows(at, &["une", "fois"]).unwrap_or(at);
        let of: [&[&str]; 4] = [&["de", "chaque"], &["de", "l", "'"], &["du"], &["par"]];
        if let Some(next) = grammar.follows_one_of(once, &of) {
            let (unit, each, end) = self.unit(next)?;
            return Some((Period { every: each, unit }, end));
        }
        if let Some(next) = grammar.is_one_of(at, &["un", "une"]).then_some(at + 1) {
            let (unit, each, end) = self.unit(next)?;
            let (every, end) = self.out_of_number(end)?;
            return Some((weeks_of(every.saturating_mul(each), unit), end));
        }
        let next = self.all(once)?;
        let number = grammar.number(next);
        let (unit, each, end) = self.unit(number.map_or(next, |number| number.end))?;
        Some((weeks_of(number.map_or(1, |number| number.value).saturating_mul(each), unit), end))
    }

    /// `sur deux`, after a day of the week.
    pub(super) fn out_of(self, at: usize) -> Option<(Period, usize)> {
        self.out_of_number(at).map(|(every, end)| (Period { every, unit: Unit::Weeks }, end))
    }

    fn out_of_number(self, at: usize) -> Option<(u32, usize)> {
        let number = self.grammar.is(at, "sur").then(|| self.grammar.number(at + 1)).flatten()?;
        Some((number.value, number.end))
    }

    /// A unit of time, how many of it the word means, and the place after it.
    pub(super) fn unit(self, at: usize) -> Option<(Unit, u32, usize)> {
        let (unit, each) = match self.grammar.word(at)? {
            "minute" | "minutes" | "min" | "heure" | "heures" | "h" => (Unit::Hours, 1),
            "jour" | "jours" | "j" => (Unit::Days, 1),
            "semaine" | "semaines" => (Unit::Weeks, 1),
            "quinzaine" | "quinzaines" => (Unit::Weeks, 2),
            "mois" => (Unit::Months, 1),
            "trimestre" | "trimestres" => (Unit::Months, 3),
            "semestre" | "semestres" => (Unit::Months, 6),
            "an" | "ans" | "annee" | "annees" => (Unit::Years, 1),
            _ => return None,
        };
        Some((unit, each, at + 1))
    }
}

/// Days that are weeks, as French counts them too: « tous les huit jours », « tous les quinze jours ».
fn weeks_of(every: u32, unit: Unit) -> Period {
    match (unit, every) {
        (Unit::Days, 8) => Period { every: 1, unit: Unit::Weeks },
        (Unit::Days, 15) => Period { every: 2, unit: Unit::Weeks },
        (Unit::Days, days) if days > 0 && days.is_multiple_of(7) => Period { every: days / 7, unit: Unit::Weeks },
        _ => Period { every, unit },
    }
}
