//! Hours of a day, and lengths of time.

use super::grammar::{Grammar, Number};
use super::phrase::{Clock, Part, Span};

/// The greatest number that a length of time takes, whatever its unit.
const MOST: u32 = 9_999;

impl Grammar<'_> {
    /// `à 18 h`, `18:30`, `midi et demi`, `minuit`, `matin`, `soir à 8 h`, `9 h du matin`.
    pub(in crate::domain) fn clock(&self, at: usize) -> Option<(Clock, usize)> {
        let at = if self.is(at, "a") { at + 1 } else { at };
        if let Some((part, next)) = self.part(at) {
            let hour = self.comma(next);
            let hour = if self.is(hour, "a") { hour + 1 } else { hour };
            return match self.hour(hour) {
                Some(([hour, minute], end)) => Some((Clock::Hour { hour, minute, part: Some(part) }, end)),
                None => Some((Clock::Part(part), next)),
            };
        }
        match self.word(at) {
            Some("minuit") => return Some((Clock::Midnight, at + 1)),
            Some("midi") => {
                let (minute, end) = self.minute(at + 1).unwrap_or((0, at + 1));
                return Some((Clock::Hour { hour: 12, minute, part: None }, end));
            }
            _ => {}
        }
        let ([hour, minute], end) = self.hour(at)?;
        let of_part = self.follows_one_of(end, &[&["du"], &["de", "l", "'"]]).and_then(|next| self.part(next));
        let (part, end) = of_part.map_or((None, end), |(part, end)| (Some(part), end));
        Some((Clock::Hour { hour, minute, part }, end))
    }

    /// `matin`, `après-midi`, `soir`.
    pub(in crate::domain) fn part(&self, at: usize) -> Option<(Part, usize)> {
        match self.word(at)? {
            "matin" | "matinee" => Some((Part::Morning, at + 1)),
            "soir" | "soiree" => Some((Part::Evening, at + 1)),
            "aprem" | "apresmidi" => Some((Part::Afternoon, at + 1)),
            "apres" => {
                let end = self.follows_one_of(at, &[&["apres", "-", "midi"], &["apres", "midi"]])?;
                Some((Part::Afternoon, end))
            }
            _ => None,
        }
    }

    /// Hour and minute.
    pub(super) fn hour(&self, at: usize) -> Option<([u32; 2], usize)> {
        let hour = self.number(at).filter(|hour| hour.digits <= 2)?;
        if hour.digits > 0 && self.mark(hour.end, ':') && self.glued(hour.end) {
            let minute = self.two_digits(hour.end + 1)?;
            // Seconds are read and count for nothing.
            let seconds = self.mark(minute.end, ':').then(|| self.two_digits(minute.end + 1)).flatten();
            return Some(([hour.value, minute.value], seconds.map_or(minute.end, |seconds| seconds.end)));
        }
        if !self.is_one_of(hour.end, &["h", "heure", "heures", "hr", "hrs"]) {
            return None;
        }
        let next = hour.end + 1;
        if let Some(less) = self.is(next, "moins").then(|| self.minutes_before(next + 1)).flatten() {
            let (minutes, end) = less;
            return Some(([hour.value.checked_sub(1)?, 60 - minutes], end));
        }
        let (minute, end) = self.minute(next).unwrap_or((0, next));
        Some(([hour.value, minute], end))
    }

    /// `le quart`, `dix`: what an hour lacks.
    fn minutes_before(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(end) = self.follows(at, &["le", "quart"]) {
            return Some((15, end));
        }
        self.number(at).filter(|minutes| (1..=30).contains(&minutes.value)).map(|minutes| (minutes.value, minutes.end))
    }

    /// What follows the `h`: `30`, `30 min`, `trente`, `et demie`, `et quart`.
    fn minute(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(end) = self.follows_one_of(at, &[&["et", "demie"], &["et", "demi"]]) {
            return Some((30, end));
        }
        if let Some(end) = self.follows(at, &["et", "quart"]) {
            return Some((15, end));
        }
        if self.is(at, "pile") {
            return Some((0, at + 1));
        }
        let minute = self.number(at).filter(|minute| matches!(minute.digits, 0 | 2))?;
        // `18 h 12 mars`, `18h 12/03`: the day follows.
        let begins_a_day = self.calendar(at).is_some();
        let end = if self.is_one_of(minute.end, &["min", "mn", "minutes"]) { minute.end + 1 } else { minute.end };
        (!begins_a_day).then_some((minute.value, end))
    }

    /// Two digits right after what is before them.
    pub(super) fn two_digits(&self, at: usize) -> Option<Number> {
        self.glued_digits(at).filter(|number| number.digits == 2)
    }

    /// `3 jours`, `quinze jours`, `une semaine`, `2 h 30`, `une demi-heure`.
    pub(in crate::domain) fn span(&self, at: usize) -> Option<(Span, usize)> {
        const HALF: [&[&str]; 4] =
            [&["une", "demi", "-", "heure"], &["une", "demi", "heure"], &["demi", "-", "heure"], &["demi", "heure"]];
        if let Some(end) = self.follows_one_of(at, &HALF) {
            return Some((Span::Minutes(30), end));
        }
        if let Some(end) = self.follows(at, &["un", "quart", "d", "'", "heure"]) {
            return Some((Span::Minutes(15), end));
        }
        if let Some(end) = self.follows(at, &["trois", "quarts", "d", "'", "heure"]) {
            return Some((Span::Minutes(45), end));
        }
        if let Some(end) = self.fortnight(at) {
            return Some(end);
        }
        let number = self.number(at).filter(|number| number.value <= MOST)?;
        let count = i32::try_from(number.value).ok()?;
        let next = number.end + 1;
        let span = match self.word(number.end)? {
            "jour" | "jours" | "j" => match (count, number.digits) {
                (8, 0) => Span::Idiom { days: 7, literal: 8 },
                (15, 0) => Span::Idiom { days: 14, literal: 15 },
                _ => Span::Days(count),
            },
            "semaine" | "semaines" | "sem" => Span::Days(count * 7),
            "mois" => Span::Months(count),
            "an" | "ans" | "annee" | "annees" => Span::Years(count),
            "minute" | "minutes" | "min" | "mn" => Span::Minutes(count),
            "heure" | "heures" | "h" => {
                let (minute, end) = self.minute(next).unwrap_or((0, next));
                let minute = i32::try_from(minute).ok().filter(|minute| *minute < 60)?;
                return Some((Span::Minutes(count * 60 + minute), end));
            }
            _ => return None,
        };
        Some((span, next))
    }

    /// `une quinzaine (de jours)`, `huitaine`.
    fn fortnight(&self, at: usize) -> Option<(Span, usize)> {
        let at = if self.is(at, "une") { at + 1 } else { at };
        let span = match self.word(at)? {
            "quinzaine" => Span::Idiom { days: 14, literal: 15 },
            "huitaine" => Span::Idiom { days: 7, literal: 8 },
            _ => return None,
        };
        Some((span, self.follows(at + 1, &["de", "jours"]).unwrap_or(at + 1)))
    }
}
