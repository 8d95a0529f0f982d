//! The days of a rule, as French names them.

use super::{Days, Reader, Said};
use crate::domain::date::phrase::Day;
use crate::domain::date::vocabulary::{Written, weekday, weekday_near};
use crate::domain::reminder::recurrence::WeekDays;
use jiff::civil::Weekday;

impl Reader<'_> {
    /// Days that stand here, and whether the words for them say that they come round.
    pub(super) fn days(self, at: usize) -> Option<(Days, Said, usize)> {
        if let Some((days, end)) = self.span_of_week(at) {
            return Some((days, Said::Each, end));
        }
        // « À la fin de chaque mois ».
        let at = self.grammar.follows(at, &["a", "la", "fin"]).map_or(at, |_| at + 1);
        let (said, next) = self.prefix(at).map_or((None, at), |(said, next)| (Some(said), next));
        self.working(said, next)
            .or_else(|| self.ranked(said, next))
            .or_else(|| self.week(said, next))
            .or_else(|| self.numbered(said, next))
    }

    /// `en semaine`, `du lundi au vendredi`.
    fn span_of_week(self, at: usize) -> Option<(Days, usize)> {
        let grammar = self.grammar;
        if let Some(end) = grammar.follows(at, &["en", "semaine"]) {
            return Some((Days::Week(WeekDays::WEEK), end));
        }
        let start = grammar.is_one_of(at, &["du", "de"]).then_some(at + 1)?;
        let (first, _, next) = self.weekday(start)?;
        let to = grammar.is_one_of(next, &["au", "a"]).then_some(next + 1)?;
        let (last, _, end) = self.weekday(to)?;
        Some((Days::Week(WeekDays::range(first, last)), end))
    }

    /// `jour ouvré`, `jours ouvrables`, `jours de semaine`, `week-ends`.
    fn working(self, said: Option<Said>, at: usize) -> Option<(Days, Said, usize)> {
        let grammar = self.grammar;
        let ends: [&[&str]; 3] = [&["week", "-", "ends"], &["week", "ends"], &["weekends"]];
        let end: [&[&str]; 3] = [&["week", "-", "end"], &["week", "end"], &["weekend"]];
        if let Some(next) = grammar.follows_one_of(at, &ends) {
            return Some((Days::Week(WeekDays::WEEK_END), Said::Each, next));
        }
        if let Some((said, next)) = said.zip(grammar.follows_one_of(at, &end)) {
            return Some((Days::Week(WeekDays::WEEK_END), said, next));
        }
        let said = match grammar.word(at)? {
            "jour" => said?,
            "jours" => Said::Each,
            _ => return None,
        };
        let days = match grammar.word(at + 1)? {
            "ouvre" | "ouvres" => Days::Working,
            "ouvrable" | "ouvrables" => Days::Ouvrable,
            "de" => {
                let end = grammar.follows_one_of(at + 1, &[&["de", "semaine"], &["de", "la", "semaine"]])?;
                return Some((Days::Week(WeekDays::WEEK), said, end));
            }
            _ => return None,
        };
        Some((days, said, at + 2))
    }

    /// `premier lundi`, `2e jeudi`, `dernier vendredi`, `dernier jour`, `fin de mois`.
    fn ranked(self, said: Option<Said>, at: usize) -> Option<(Days, Said, usize)> {
        let grammar = self.grammar;
        let one = said.unwrap_or(Said::One);
        if grammar.is_one_of(at, &["fin", "fins"]) && one == Said::Each {
            return grammar.follows(at + 1, &["de", "mois"]).map(|end| (Days::LastDay, one, end));
        }
        if grammar.is(at, "fin") {
            // « Fin du mois » is a date; « la fin de chaque mois » isn't.
            return grammar.follows(at + 1, &["de", "chaque", "mois"]).map(|end| (Days::LastDay, Said::Each, end));
        }
        if grammar.is_one_of(at, &["dernier", "derniers"]) {
            let said = if grammar.is(at, "derniers") { Said::Each } else { one };
            if grammar.is_one_of(at + 1, &["jour", "jours"]) && !grammar.is_one_of(at + 2, &["ouvre", "ouvres"]) {
                return Some((Days::LastDay, if said == Said::Each { said } else { one }, at + 2));
            }
            let (day, _, end) = self.weekday(at + 1)?;
            return Some((Days::Last(day), said, end));
        }
        let (rank, next) = self.rank(at)?;
        let (day, plural, end) = self.weekday(next)?;
        Some((Days::Nth(rank, day), if plural { Said::Each } else { one }, end))
    }

    /// `premier`, `1er`, `deuxième`, `2e`.
    fn rank(self, at: usize) -> Option<(u32, usize)> {
        let rank = match self.grammar.word(at) {
            Some("premier" | "premiers") => 1,
            Some("deuxieme" | "deuxiemes" | "second" | "seconds") => 2,
            Some("troisieme" | "troisiemes") => 3,
            Some("quatrieme" | "quatriemes") => 4,
            Some("cinquieme" | "cinquiemes") => 5,
            Some(_) => return None,
            None => {
                let number = self.grammar.number(at).filter(|number| (1..=5).contains(&number.value))?;
                let ending = self.grammar.glued(number.end)
                    && self.grammar.is_one_of(number.end, &["er", "e", "eme", "nd", "ers", "es", "emes"]);
                return ending.then_some((number.value, number.end + 1));
            }
        };
        Some((rank, at + 1))
    }

    /// `lundis et jeudis`, `lundi, mardi et le jeudi`.
    fn week(self, said: Option<Said>, at: usize) -> Option<(Days, Said, usize)> {
        let (first, plural, mut end) = self.weekday(at)?;
        let mut days = WeekDays::only(first);
        let mut said = if plural { Said::Each } else { said.unwrap_or(Said::One) };
        loop {
            let comma = self.grammar.comma(end);
            let next = if self.grammar.is(comma, "et") { comma + 1 } else { comma };
            if next == end {
                break;
            }
            let (again, next) = self.prefix(next).unwrap_or((Said::One, next));
            let Some((day, plural, after)) = self.weekday(next) else { break };
            days = days.and(WeekDays::only(day));
            if plural || again == Said::Each {
                said = Said::Each;
            }
            end = after;
        }
        Some((Days::Week(days), said, end))
    }

    /// The name of a day, one or many, with at most one letter wrong; whether it is a plural.
    pub(super) fn weekday(self, at: usize) -> Option<(Weekday, bool, usize)> {
        let word = self.grammar.word(at)?;
        let exact = weekday(word).map(|name| (name, false));
        let singular = word.strip_suffix('s');
        let plural =
            || singular.and_then(weekday).filter(|name| name.written == Written::InFull).map(|name| (name, true));
        let near = || weekday_near(word).map(|name| (name, false));
        let near_plural = || singular.and_then(weekday_near).map(|name| (name, true));
        let (name, plural) = exact.or_else(plural).or_else(near).or_else(near_plural)?;
        let pointed =
            name.written == Written::Abbreviated && self.grammar.mark(at + 1, '.') && self.grammar.glued(at + 1);
        Some((name.value, plural, if pointed { at + 2 } else { at + 1 }))
    }

    /// `15`, `1er`, `12 mars`.
    fn numbered(self, said: Option<Said>, at: usize) -> Option<(Days, Said, usize)> {
        let grammar = self.grammar;
        if let Some(read) = grammar.calendar(at) {
            let Day::Dated { day, month, year: None, .. } = read.day else { return None };
            return Some((Days::OfYear { day, month }, said.unwrap_or(Said::One), read.end));
        }
        if grammar.is_one_of(at, &["premier", "premiers"]) {
            return Some((Days::OfMonth(1), self.of_month(said, at + 1)?, at + 1));
        }
        let number = grammar.number(at).filter(|number| number.digits <= 2 && grammar.clock(at).is_none())?;
        let ordinal = grammar.glued(number.end) && grammar.is(number.end, "er");
        let end = if ordinal { number.end + 1 } else { number.end };
        // « Les deux lundis » isn't the second.
        let counts = self.unit(end).is_some() || self.weekday(end).is_some();
        (!counts).then_some((Days::OfMonth(number.value), self.of_month(said, end)?, end))
    }

    /// A number alone is no day: an article stands before it, or a month after it.
    fn of_month(self, said: Option<Said>, end: usize) -> Option<Said> {
        said.or_else(|| self.period(end).map(|_| Said::One))
    }
}
