//! What a rule says, clause by clause and in any order: which days, how often, at what hour, from when, until when.
//!
//! Each clause looks at a few tokens from a place on, and each place is looked at once. What the clauses mean together
//! is for [`assembly`](super::assembly).

use super::{Unit, WeekDays};
use crate::domain::date::grammar::Grammar;
use crate::domain::date::phrase::{Clock, Day, Part, Phrase};
use crate::domain::date::vocabulary::{Written, weekday, weekday_near};
use jiff::civil::Weekday;

/// The clauses of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clauses {
    pub(super) days: Option<(Days, Said)>,
    pub(super) period: Option<Period>,
    pub(super) clock: Option<Clock>,
    /// `tous les soirs`.
    pub(super) part: Option<Part>,
    pub(super) from: Option<Tokens>,
    pub(super) until: Option<Tokens>,
    /// The token after the last clause.
    pub(super) end: usize,
}

/// Tokens from one place to before another.
pub(super) type Tokens = (usize, usize);

/// Days as written. Numbers are as typed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Days {
    Week(WeekDays),
    Working,
    Ouvrable,
    Nth(u32, Weekday),
    Last(Weekday),
    LastDay,
    OfMonth(u32),
    OfYear { day: u32, month: u32 },
}

/// Whether the words for the days already say that they come round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// `tous les`, `chaque`, `les`, or a plural.
    Each,
    /// `le lundi`, which may be one Monday.
    One,
}

/// Every so many of a unit; the number is as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) every: u32,
    pub(super) unit: Unit,
}

impl Period {
    fn each(unit: Unit) -> Self {
        Self { every: 1, unit }
    }
}

impl Clauses {
    /// The clauses that stand from the first token on.
    pub(super) fn read(grammar: Grammar<'_>) -> Self {
        let mut clauses = Self { days: None, period: None, clock: None, part: None, from: None, until: None, end: 0 };
        let reader = Reader { grammar };
        loop {
            let at = if clauses.end > 0 { grammar.comma(clauses.end) } else { 0 };
            match clauses.clause(reader, at) {
                Some(end) if end > at => clauses.end = end,
                _ => return clauses,
            }
        }
    }

    /// Takes the clause that stands here, unless one of its kind was read before; the place after it.
    fn clause(&mut self, reader: Reader<'_>, at: usize) -> Option<usize> {
        if let Some((bound, start, phrase)) = reader.bound(at) {
            let slot = if bound == Edge::From { &mut self.from } else { &mut self.until };
            if slot.is_some() {
                return None;
            }
            *slot = Some((start, phrase.end));
            // « À partir du 3 mars à 9 h »: the hour is that of every time.
            self.clock = self.clock.or(phrase.clock);
            return Some(phrase.end);
        }
        if let Some((days, said, end)) = reader.days(at).filter(|_| self.days.is_none()) {
            self.days = Some((days, said));
            if matches!(days, Days::LastDay) && said == Said::Each {
                self.period = self.period.or(Some(Period::each(Unit::Months)));
            }
            return Some(end);
        }
        if let Some((part, end)) = reader.parts(at).filter(|_| self.period.is_none()) {
            (self.part, self.period) = (Some(part), Some(Period::each(Unit::Days)));
            return Some(end);
        }
        let weeks = matches!(self.days, Some((Days::Week(_), _)));
        if let Some((period, end)) = reader.period(at).or_else(|| reader.out_of(at).filter(|_| weeks)) {
            // « Chaque mois, le 15 du mois »: once more is once.
            let again = self.period.is_none_or(|before| before == period);
            self.period = Some(period);
            return again.then_some(end);
        }
        let (clock, end) = reader.grammar.clock(at).filter(|_| self.clock.is_none())?;
        self.clock = Some(clock);
        Some(end)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    From,
    Until,
}

#[derive(Debug, Clone, Copy)]
struct Reader<'t> {
    grammar: Grammar<'t>,
}

impl Reader<'_> {
    /// `à partir du 3 mars`, `jusqu’au 12 mars 2027`: which end, where its date begins, and the date.
    fn bound(self, at: usize) -> Option<(Edge, usize, Phrase)> {
        let grammar = self.grammar;
        if grammar.is(at, "jusqu") {
            return grammar.phrase(at).filter(|phrase| phrase.day.is_some()).map(|phrase| (Edge::Until, at, phrase));
        }
        let starts: [&[&str]; 4] = [&["a", "partir"], &["a", "compter"], &["des"], &["depuis"]];
        let start = grammar.follows_one_of(at, &starts)?;
        let start = grammar.follows_one_of(start, &[&["d", "'"], &["de"]]).unwrap_or(start);
        let phrase = grammar.phrase(start).filter(|phrase| phrase.day.is_some())?;
        Some((Edge::From, start, phrase))
    }

    /// `tous les`, `chaque`, `les`; `le`, `un`.
    fn prefix(self, at: usize) -> Option<(Said, usize)> {
        let grammar = self.grammar;
        if let Some(end) = self.all(at).or_else(|| grammar.follows(at, &["les"])) {
            return Some((Said::Each, end));
        }
        grammar.is_one_of(at, &["le", "la", "un", "une"]).then_some((Said::One, at + 1))
    }

    /// `tous les`, `toutes les`, `chaque`.
    fn all(self, at: usize) -> Option<usize> {
        let at = self.grammar.follows(at, &["a", "chaque"]).map_or(at, |next| next - 1);
        self.grammar.follows_one_of(at, &[&["tous", "les"], &["toutes", "les"], &["chaque"]])
    }

    fn days(self, at: usize) -> Option<(Days, Said, usize)> {
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
    fn weekday(self, at: usize) -> Option<(Weekday, bool, usize)> {
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
        // A number alone is no day.
        let said = said?;
        if grammar.is_one_of(at, &["premier", "premiers"]) {
            return Some((Days::OfMonth(1), said, at + 1));
        }
        let number = grammar.number(at).filter(|number| number.digits <= 2 && grammar.clock(at).is_none())?;
        let ordinal = grammar.glued(number.end) && grammar.is(number.end, "er");
        let end = if ordinal { number.end + 1 } else { number.end };
        // « Les deux lundis » isn't the second.
        let counts = self.unit(end).is_some() || self.weekday(end).is_some();
        (!counts).then_some((Days::OfMonth(number.value), said, end))
    }

    /// `tous les soirs`, `chaque matin`.
    fn parts(self, at: usize) -> Option<(Part, usize)> {
        let next = self.all(at)?;
        match self.grammar.word(next)? {
            "matins" => Some((Part::Morning, next + 1)),
            "soirs" => Some((Part::Evening, next + 1)),
            _ => self.grammar.part(next),
        }
    }

    /// `chaque mois`, `toutes les deux semaines`, `une semaine sur deux`, `de chaque mois`, `du mois`, `par an`.
    fn period(self, at: usize) -> Option<(Period, usize)> {
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
    fn out_of(self, at: usize) -> Option<(Period, usize)> {
        self.out_of_number(at).map(|(every, end)| (Period { every, unit: Unit::Weeks }, end))
    }

    fn out_of_number(self, at: usize) -> Option<(u32, usize)> {
        let number = self.grammar.is(at, "sur").then(|| self.grammar.number(at + 1)).flatten()?;
        Some((number.value, number.end))
    }

    /// A unit of time, how many of it the word means, and the place after it.
    fn unit(self, at: usize) -> Option<(Unit, u32, usize)> {
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
