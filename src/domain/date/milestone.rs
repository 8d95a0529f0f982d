//! Days counted from the brief's deadline or from the defence.

use super::grammar::Grammar;
use super::phrase::{Anchor, Day, Span};

impl Grammar<'_> {
    /// `J-7`, `jour J`, `la veille de la soutenance`, `3 jours avant le rendu`.
    pub(super) fn milestone(&self, at: usize) -> Option<(Day, usize)> {
        self.countdown(at).or_else(|| self.beside(self.article(at))).or_else(|| self.away(at))
    }

    /// `J-7`, `J+1`, `J moins 7`, `jour J`.
    fn countdown(&self, at: usize) -> Option<(Day, usize)> {
        let from_deadline = |days: i32| Day::Milestone { anchor: Anchor::Deadline, from: Span::Days(days) };
        let day = self.article(at);
        if let Some(end) = self.follows_one_of(day, &[&["jour", "j"], &["jour", "-", "j"]]) {
            return Some((from_deadline(0), end));
        }
        if !self.is(at, "j") {
            return None;
        }
        let sign = if self.mark(at + 1, '-') || self.is(at + 1, "moins") {
            -1
        } else if self.mark(at + 1, '+') || self.is(at + 1, "plus") {
            1
        } else {
            return None;
        };
        let days = self.number(at + 2).filter(|days| days.digits <= 3)?;
        Some((from_deadline(sign * i32::try_from(days.value).ok()?), days.end))
    }

    /// `veille de la soutenance`, `avant-veille`, `lendemain du rendu`, `jour de la soutenance`.
    fn beside(&self, at: usize) -> Option<(Day, usize)> {
        let (days, next) = match self.word(at)? {
            "veille" => (-1, at + 1),
            "avant" => (-2, self.follows_one_of(at, &[&["avant", "-", "veille"], &["avant", "veille"]])?),
            "jour" => (0, at + 1),
            "lendemain" => (1, at + 1),
            "surlendemain" => (2, at + 1),
            _ => return None,
        };
        let of = [&["de", "la"][..], &["de", "l", "'"], &["de"], &["du"], &["d", "'"]];
        let of_which = self.follows_one_of(next, &of).and_then(|noun| self.anchor(noun));
        let (anchor, end) = match of_which {
            Some(found) => found,
            None if days < 0 => (Anchor::Either, next),
            None => return None,
        };
        Some((Day::Milestone { anchor, from: Span::Days(days) }, end))
    }

    /// `3 jours avant le rendu`, `2 h après la soutenance`.
    fn away(&self, at: usize) -> Option<(Day, usize)> {
        let (span, next) = self.span(at)?;
        let from = match self.word(next)? {
            "avant" => span.back(),
            "apres" => span,
            _ => return None,
        };
        let noun = self.article(next + 1);
        let (anchor, end) = self.anchor(noun).filter(|_| noun > next + 1)?;
        Some((Day::Milestone { anchor, from }, end))
    }

    fn anchor(&self, at: usize) -> Option<(Anchor, usize)> {
        match self.word(at)? {
            "soutenance" | "oral" | "jury" => Some((Anchor::Defence, at + 1)),
            "rendu" | "echeance" | "livraison" | "remise" | "deadline" => Some((Anchor::Deadline, at + 1)),
            "date" => self.follows(at, &["date", "limite"]).map(|end| (Anchor::Deadline, end)),
            _ => None,
        }
    }
}
