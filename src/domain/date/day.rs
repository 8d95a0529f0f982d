//! Days, as French names them.

use super::grammar::{DayRead, Grammar, Number, Slips, longest};
use super::phrase::{Bound, Clock, Day, Form, Month, Slip, Span, Week, Which};
use super::vocabulary::{Name, Written, month, month_near, weekday, weekday_near};
use jiff::civil::Weekday;

/// After « d’ici », from so many minutes on hours are those of a clock, and not a length of time.
const HOURS_OF_A_DAY_FROM: i32 = 7 * 60;
/// After « d’ici », from so many minutes on hours are a length of time again.
const HOURS_OF_A_DAY_TO: i32 = 24 * 60;

impl Grammar<'_> {
    /// The longest day that begins here.
    pub(super) fn day(&self, at: usize, bound: Bound) -> Option<DayRead> {
        let plain = |found: Option<(Day, usize)>| found.map(|(day, end)| DayRead::new(day, end));
        let all = [
            plain(self.near_today(at)),
            plain(self.after_now(at, bound)),
            plain(self.end_of(at)),
            plain(self.milestone(at)),
            plain(self.vague(at)),
            self.iso(self.article(at)),
            self.calendar(self.article(at)),
            plain(self.of_month(at)),
            self.named_day(at),
        ];
        longest(all, |read| read.end)
    }

    /// `aujourd’hui`, `demain`, `après-demain`, `hier`, `ce soir`, each with its `en huit`.
    fn near_today(&self, at: usize) -> Option<(Day, usize)> {
        let (days, end) = match self.word(at)? {
            "demain" => (1, at + 1),
            "hier" => (-1, at + 1),
            "aujourdhui" => (0, at + 1),
            "maintenant" => return Some((Day::After(Span::Minutes(0)), at + 1)),
            "aujourd" => (0, self.follows_one_of(at, &[&["aujourd", "'", "hui"], &["aujourd", "hui"]])?),
            "apres" => (2, self.follows_one_of(at, &[&["apres", "-", "demain"], &["apres", "demain"]])?),
            "avant" => (-2, self.follows_one_of(at, &[&["avant", "-", "hier"], &["avant", "hier"]])?),
            "ce" | "cet" | "cette" => {
                let part = self.part(at + 1).is_some() || self.is(at + 1, "midi");
                // The part of the day is left for the hour.
                let end = if part { Some(at + 1) } else { self.follows(at, &["ce", "jour"]) };
                return Some((Day::After(Span::Days(0)), end?));
            }
            _ => return None,
        };
        let (weeks, end) = self.weeks_later(end).unwrap_or((0, end));
        Some((Day::After(Span::Days(days + 7 * weeks)), end))
    }

    /// `en huit`, `en quinze`.
    fn weeks_later(&self, at: usize) -> Option<(i32, usize)> {
        let number = self.is(at, "en").then(|| self.number(at + 1)).flatten()?;
        match number.value {
            8 => Some((1, number.end)),
            15 => Some((2, number.end)),
            _ => None,
        }
    }

    /// `dans 3 jours`, `sous huitaine`, `d’ici une semaine`, `il y a 2 jours`.
    fn after_now(&self, at: usize, bound: Bound) -> Option<(Day, usize)> {
        if self.is_one_of(at, &["dans", "sous"]) {
            return self.span(at + 1).map(|(span, end)| (Day::After(span), end));
        }
        if let Some(next) = self.follows(at, &["il", "y", "a"]) {
            return self.span(next).map(|(span, end)| (Day::After(span.back()), end));
        }
        let (span, end) = (bound == Bound::Within).then(|| self.span(at)).flatten()?;
        // « d’ici 18 h » is an hour of the day; « d’ici 2 h » isn't.
        let is_an_hour =
            matches!(span, Span::Minutes(HOURS_OF_A_DAY_FROM..HOURS_OF_A_DAY_TO)) && self.hour(at).is_some();
        (!is_an_hour).then_some((Day::After(span), end))
    }

    /// A day of the week and what makes clear which one.
    fn named_day(&self, at: usize) -> Option<DayRead> {
        let this = self.is(at, "ce");
        let at = if this { at + 1 } else { self.article(at) };
        let (name, next) = self.named(at, weekday, weekday_near)?;
        let slip = slip(&name, at);
        let pointed = next > at + 1;
        let which = match name.written {
            _ if this => Which::This,
            Written::Abbreviated if !pointed => Which::Abbreviated,
            _ => Which::Plain,
        };
        let plain = DayRead { slips: [slip, None], ..DayRead::new(Day::Weekday { weekday: name.value, which }, next) };
        let told = self.which(next).map(|(which, end)| DayRead {
            day: Day::Weekday { weekday: name.value, which },
            end,
            ..plain
        });
        let date = self.article(self.comma(next));
        let dated = self.iso(date).or_else(|| self.calendar(date)).or_else(|| self.of_month_after(date));
        let dated = dated.map(|read| DayRead { day: on(read.day, name.value), slips: [slip, read.slips[0]], ..read });
        longest([Some(plain), told, dated], |read| read.end)
    }

    /// `prochain`, `dernier`, `en huit`, `de la semaine prochaine`.
    fn which(&self, at: usize) -> Option<(Which, usize)> {
        if let Some((weeks, end)) = self.weeks_later(at) {
            return Some((Which::Later(weeks), end));
        }
        if let Some(end) = self.follows_one_of(at, &[&["de", "la", "semaine", "prochaine"], &["semaine", "prochaine"]])
        {
            return Some((Which::InWeek(1), end));
        }
        if let Some(end) = self.follows(at, &["de", "cette", "semaine"]) {
            return Some((Which::InWeek(0), end));
        }
        if let Some(end) = self.follows_one_of(at, &[&["qui", "vient"], &["a", "venir"]]) {
            return Some((Which::This, end));
        }
        if self.is(at, "prochain") {
            return Some((Which::Next, at + 1));
        }
        self.follows_one_of(at, &[&["dernier"], &["passe"]]).map(|end| (Which::Last, end))
    }

    /// `le 12`, `le 12 du mois prochain`.
    fn of_month(&self, at: usize) -> Option<(Day, usize)> {
        let date = self.article(at);
        let read = self.of_month_after(date)?;
        // A number alone is no date.
        let said = date > at || !matches!(read.day, Day::OfMonth { month: Month::Coming, .. });
        said.then_some((read.day, read.end))
    }

    /// The number of a day, which no hour begins with.
    fn of_month_after(&self, at: usize) -> Option<DayRead> {
        let day = self.day_number(at)?;
        if self.hour(at).is_some() || self.glued(day.end) && !self.mark(day.end, ',') && !self.mark(day.end, '.') {
            return None;
        }
        let (month, end) = if let Some(end) = self.follows(day.end, &["du", "mois", "prochain"]) {
            (Month::Next, end)
        } else if let Some(end) = self.follows_one_of(day.end, &[&["de", "ce", "mois"], &["du", "mois"]]) {
            (Month::This, end)
        } else {
            (Month::Coming, day.end)
        };
        Some(DayRead::new(Day::OfMonth { weekday: None, day: day.value, month }, end))
    }

    /// `12`, `1er`, `premier`, `douze`.
    fn day_number(&self, at: usize) -> Option<Number> {
        if self.is(at, "premier") {
            return Some(Number { value: 1, digits: 0, end: at + 1 });
        }
        let day = self.number(at).filter(|day| day.digits <= 2)?;
        let ordinal = day.digits > 0 && self.glued(day.end) && self.is_one_of(day.end, &["er", "ere", "re"]);
        Some(Number { end: if ordinal { day.end + 1 } else { day.end }, ..day })
    }

    /// `12 mars`, `1er mars 2027`, `12/03`, `12/03/2027`, `12-03-2027`, `12.03.2027`.
    pub(in crate::domain) fn calendar(&self, at: usize) -> Option<DayRead> {
        let day = self.day_number(at)?;
        let Some((name, next)) = self.named(day.end, month, month_near) else { return self.in_numbers(day) };
        let month = u32::from(name.value.unsigned_abs());
        let slips = [slip(&name, day.end), None];
        let (year, end) = match self.year(next) {
            Some((year, end)) => (Some(year), end),
            None if self.is(next, "prochain") => (None, next + 1),
            None => (None, next),
        };
        let day = Day::Dated { weekday: None, day: day.value, month, year, form: Form::Words };
        Some(DayRead { slips, ..DayRead::new(day, end) })
    }

    /// Four digits that nothing belongs to.
    pub(super) fn year(&self, at: usize) -> Option<(u32, usize)> {
        let year = self.number(at).filter(|year| year.digits == 4)?;
        let alone = !self.glued(year.end) || self.word(year.end).is_none();
        alone.then_some((year.value, year.end))
    }

    fn in_numbers(&self, day: Number) -> Option<DayRead> {
        let mark = ['/', '-', '.'].into_iter().find(|mark| self.mark(day.end, *mark) && self.glued(day.end))?;
        let month = self.glued_digits(day.end + 1).filter(|month| day.digits > 0 && month.digits <= 2)?;
        let joined = self.mark(month.end, mark) && self.glued(month.end);
        let year = joined.then(|| self.glued_digits(month.end + 1)).flatten();
        let (value, digits, end) = match year {
            Some(Number { value, digits: 2, end }) => (Some(2000 + value), 2, end),
            Some(Number { value, digits: 4, end }) => (Some(value), 4, end),
            Some(_) => return None,
            None => (None, 0, month.end),
        };
        let form = match mark {
            '/' => Form::Slashes { month_digits: month.digits },
            '-' => Form::Hyphens,
            // `12.03` is a number of a chapter or of a version.
            _ if digits == 0 => return None,
            _ => Form::Points { year_digits: digits },
        };
        let day = Day::Dated { weekday: None, day: day.value, month: month.value, year: value, form };
        Some(DayRead::new(day, end))
    }

    /// `2026-11-27`, `2026-11-27T18:00`, `2026-11-27T18:00:00+01:00`; a space may stand for the `T`.
    fn iso(&self, at: usize) -> Option<DayRead> {
        let year = self.number(at).filter(|year| year.digits == 4)?;
        let mark = ['-', '/'].into_iter().find(|mark| self.mark(year.end, *mark) && self.glued(year.end))?;
        let month = self.two_digits(year.end + 1)?;
        let joined = self.mark(month.end, mark) && self.glued(month.end);
        let day = joined.then(|| self.two_digits(month.end + 1)).flatten()?;
        let dated = Day::Dated {
            weekday: None,
            day: day.value,
            month: month.value,
            year: Some(year.value),
            form: Form::Hyphens,
        };
        let alone = DayRead::new(dated, day.end);
        let by_letter = self.glued(day.end) && self.is(day.end, "t") && self.glued(day.end + 1);
        let clock = if by_letter { day.end + 1 } else { day.end };
        let Some(([hour, minute], next)) = self.hour(clock) else { return Some(alone) };
        let part_of_second = self.mark(next, '.').then(|| self.glued_digits(next + 1)).flatten();
        let next = part_of_second.map_or(next, |part| part.end);
        if let Some((offset_minutes, end)) = self.offset(next) {
            let date = [year.value, month.value, day.value];
            return Some(DayRead::new(Day::Instant { date, time: [hour, minute], offset_minutes }, end));
        }
        let clock = Clock::Hour { hour, minute, part: None };
        Some(if by_letter { DayRead { clock: Some(clock), end: next, ..alone } } else { alone })
    }

    /// `Z`, `+01:00`, `-0330`, `+01`, in minutes.
    fn offset(&self, at: usize) -> Option<(i32, usize)> {
        if !self.glued(at) {
            return None;
        }
        if self.is(at, "z") {
            return Some((0, at + 1));
        }
        let sign = if self.mark(at, '+') { 1 } else { -i32::from(self.mark(at, '-')) };
        let number = self.glued_digits(at + 1).filter(|_| sign != 0)?;
        let (hours, minutes, end) = match number.digits {
            2 if self.mark(number.end, ':') => {
                let minutes = self.two_digits(number.end + 1)?;
                (number.value, minutes.value, minutes.end)
            }
            2 => (number.value, 0, number.end),
            4 => (number.value / 100, number.value % 100, number.end),
            _ => return None,
        };
        (hours <= 24 && minutes < 60)
            .then(|| i32::try_from(hours * 60 + minutes).ok())
            .flatten()
            .map(|all| (sign * all, end))
    }

    /// `fin de semaine`, `la fin du mois`, `fin mars 2027`, `ce week-end`.
    fn end_of(&self, at: usize) -> Option<(Day, usize)> {
        if let Some(found) = self.weekend(at) {
            return Some(found);
        }
        let at = self.follows_one_of(at, &[&["a", "la"], &["en"], &["la"]]).unwrap_or(at);
        let at = self.is(at, "fin").then_some(at + 1)?;
        let at =
            self.follows_one_of(at, &[&["de", "la"], &["de", "l", "'"], &["d", "'"], &["de"], &["du"]]).unwrap_or(at);
        let at = if self.is_one_of(at, &["ce", "cette"]) { at + 1 } else { at };
        let next = self.is_one_of(at + 1, &["prochain", "prochaine"]);
        let end = if next { at + 2 } else { at + 1 };
        match self.word(at)? {
            "semaine" => Some((Day::EndOfWeek(if next { Week::Next } else { Week::This }), end)),
            "mois" => Some((Day::EndOfMonth(if next { Month::Next } else { Month::This }), end)),
            "annee" if !next => Some((Day::EndOfYear, end)),
            _ => {
                let (name, next) = self.named(at, month, |_| None)?;
                let (year, end) = self.year(next).map_or((None, next), |(year, end)| (Some(year), end));
                Some((Day::EndOf { month: u32::from(name.value.unsigned_abs()), year }, end))
            }
        }
    }

    fn weekend(&self, at: usize) -> Option<(Day, usize)> {
        let at = if self.is(at, "ce") { at + 1 } else { self.article(at) };
        let end = self.follows_one_of(at, &[&["week", "-", "end"], &["week", "end"], &["weekend"]])?;
        let next = self.is(end, "prochain");
        Some((Day::Weekend(if next { Week::Next } else { Week::This }), if next { end + 1 } else { end }))
    }

    /// `la semaine prochaine`, `le mois prochain`: in them, but when?
    fn vague(&self, at: usize) -> Option<(Day, usize)> {
        const ALL: [&[&str]; 6] = [
            &["semaine", "prochaine"],
            &["mois", "prochain"],
            &["annee", "prochaine"],
            &["cette", "semaine"],
            &["ce", "mois"],
            &["cette", "annee"],
        ];
        self.follows_one_of(self.article(at), &ALL).map(|end| (Day::Vague, end))
    }

    /// A name by its spelling or, where slips are understood, by one a letter away; and the place after its point.
    fn named<T: Copy>(
        &self,
        at: usize,
        exact: impl Fn(&str) -> Option<Name<T>>,
        near: impl Fn(&str) -> Option<Name<T>>,
    ) -> Option<(Name<T>, usize)> {
        let word = self.word(at)?;
        let name = exact(word).or_else(|| (self.slips == Slips::Understood).then(|| near(word)).flatten())?;
        let pointed = name.written == Written::Abbreviated && self.mark(at + 1, '.') && self.glued(at + 1);
        Some((name, if pointed { at + 2 } else { at + 1 }))
    }
}

fn slip<T>(name: &Name<T>, token: usize) -> Option<Slip> {
    match name.written {
        Written::Misspelt(meant) => Some(Slip { token, meant }),
        _ => None,
    }
}

/// The day, which is said to be this day of the week.
fn on(day: Day, weekday: Weekday) -> Day {
    let weekday = Some(weekday);
    match day {
        Day::Dated { day, month, year, form, .. } => Day::Dated { weekday, day, month, year, form },
        Day::OfMonth { day, month, .. } => Day::OfMonth { weekday, day, month },
        other => other,
    }
}
