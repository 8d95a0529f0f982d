//! The hours of preparation that are left, day by day, against an even pace from the first day to the deadline.
//!
//! `/planning heures` asks for it. Where the brief gives no hours, the line rises instead: it is what was spent. Past the
//! budget, the line goes below nothing, over a crossed area that says so in words. Days and instants are those of the reader's
//! zone; what is logged on a day is spent at its end, and what is logged today, now. The line's end, today's mark and the words
//! are of one instant, so that none contradicts another.

mod axis;
mod pace;
mod words;

use super::frame::{MARGIN, SIDES, head};
use super::legend::{self, DEADLINE, Sample, TODAY};
use super::lettering::{Line, Size, Type};
use super::{Anchor, Area, Dash, Fill, Ink, Paper, Pattern, Picture, Point, Stroke, Theme};
use crate::domain::duration::hours;
use axis::{Days, Hours};
use jiff::civil::{Date, DateTime};
use pace::Pace;
use std::collections::BTreeMap;

/// Left and right of the drawing, in pixels.
const LEFT: f64 = 84.0;
const RIGHT: f64 = 776.0;
/// Height of the drawing.
const HEIGHT: f64 = 320.0;

/// What is drawn. Work is in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The team's name.
    pub team: String,
    /// What the brief gives the team; none where it says nothing.
    pub budget: Option<u32>,
    /// The first day of the work, where it is known.
    pub starts: Option<Date>,
    /// When all must be done, on the reader's clock.
    pub deadline: Option<DateTime>,
    /// Now, on the reader's clock.
    pub now: DateTime,
    /// What was logged, in any order: the day and the minutes.
    pub logged: Vec<(Date, u32)>,
}

/// The same, counted.
struct Counted {
    /// What was spent until the end of each day on which something was, the earliest first.
    spent: Vec<(Date, i64)>,
    budget: Option<i64>,
    pace: Option<Pace>,
    /// Where the line begins.
    begins: Date,
    first: Date,
    last: Date,
}

impl Counted {
    fn of(chart: &Chart) -> Self {
        let mut by_day: BTreeMap<Date, i64> = BTreeMap::new();
        for (day, minutes) in &chart.logged {
            *by_day.entry(*day).or_default() += i64::from(*minutes);
        }
        let mut all = 0;
        let spent: Vec<(Date, i64)> = by_day
            .into_iter()
            .map(|(day, minutes)| {
                all += minutes;
                (day, all)
            })
            .collect();
        let (today, deadline) = (chart.now.date(), chart.deadline.map(DateTime::date));
        let logged = spent.first().map(|(day, _)| *day);
        let known = [chart.starts, logged, Some(today), deadline];
        let first = known.iter().flatten().min().copied().unwrap_or(today);
        let known = [deadline, spent.last().map(|(day, _)| *day), Some(today)];
        let last = known.iter().flatten().max().copied().unwrap_or(today);
        let starts = chart.starts.or(logged).unwrap_or(today);
        let begins = if deadline > Some(starts) { starts } else { first };
        let begins = logged.map_or(begins, |logged| begins.min(logged));
        let budget = chart.budget.filter(|budget| *budget > 0).map(i64::from);
        let pace = chart.deadline.zip(budget).and_then(|(deadline, budget)| Pace::new(starts, deadline, budget));
        Self { spent, budget, pace, begins, first, last }
    }

    fn in_all(&self) -> i64 {
        self.spent.last().map_or(0, |(_, all)| *all)
    }

    /// What the line shows once so much was spent: what is left, or what was spent.
    fn shown(&self, spent: i64) -> i64 {
        self.budget.map_or(spent, |budget| budget - spent)
    }

    /// How far the line is above an even pace at an instant; below it, less than nothing. None where there is no pace to keep,
    /// or no hours left to keep it with.
    fn behind(&self, at: DateTime) -> Option<i64> {
        let left = self.budget? - self.in_all();
        Some(left - self.pace?.left(at)?).filter(|_| left >= 0)
    }
}

impl Chart {
    /// The picture.
    #[must_use]
    pub fn draw(&self, theme: Theme) -> Picture {
        let counted = Counted::of(self);
        let mut paper = Paper::new(theme);
        let title = if counted.budget.is_some() {
            "Heures de préparation restantes"
        } else {
            "Heures de préparation notées"
        };
        let below = words::below(self, &counted);
        let y = head(&mut paper, title, &below.each_ref().map(String::as_str));
        // Two lines of words stand above the drawing: today's, and the deadline's.
        let top = legend::draw(&mut paper, &signs(&counted), y, SIDES) + 48.0;
        let days = Days::new((counted.first, counted.last), (LEFT, RIGHT));
        let least = counted.shown(counted.in_all()).min(0);
        let most = counted.budget.unwrap_or_else(|| counted.in_all());
        let hours = Hours::new((least, most), (top + HEIGHT, top));
        let sheet = Sheet { counted: &counted, days: &days, hours: &hours, top };
        sheet.grid(&mut paper);
        let points = sheet.steps(self.now);
        sheet.over(&mut paper, &points);
        sheet.pace(&mut paper);
        let marked = sheet.marks(&mut paper, self);
        if points.len() > 1 {
            paper.line(&points, SPENT);
        }
        sheet.end(&mut paper, &points, &marked);
        paper.finish(top + HEIGHT + 40.0, words::words(self, &counted))
    }
}

fn signs(counted: &Counted) -> Vec<(Sample, &'static str)> {
    let shown = if counted.budget.is_some() { "heures qui restent" } else { "heures notées" };
    let mut signs = vec![(Sample::Line(SPENT), shown)];
    if counted.pace.is_some() {
        signs.push((Sample::Line(PACE), "rythme régulier jusqu’à l’échéance, sans les week-ends"));
    }
    if counted.shown(counted.in_all()) < 0 {
        signs.push((Sample::Bar(OVER, Stroke::new(Ink::Late, 1.2)), "dépassement"));
    }
    signs
}

const SPENT: Stroke = Stroke::new(Ink::Open, 3.0);
const PACE: Stroke = Stroke::new(Ink::Quiet, 1.8).broken(Dash::Dashed);
const OVER: Fill = Fill::Patterned(Pattern::Crossed, Ink::Late);

/// The drawing itself.
struct Sheet<'a> {
    counted: &'a Counted,
    days: &'a Days,
    hours: &'a Hours,
    top: f64,
}

impl Sheet<'_> {
    /// Lines of hours and days, with their words.
    fn grid(&self, paper: &mut Paper) {
        let small = Type::regular(Size::Small);
        let bottom = self.top + HEIGHT;
        for minutes in self.hours.ticks() {
            let y = self.hours.y(minutes);
            let stroke = if minutes == 0 { Stroke::new(Ink::Quiet, 1.4) } else { Stroke::new(Ink::Rule, 1.0) };
            paper.line(&[Point::new(LEFT, y), Point::new(RIGHT, y)], stroke);
            paper.text(&Line::new(&hours(minutes), small), Point::new(LEFT - 8.0, y + 4.0), Anchor::End, Ink::Quiet);
        }
        let mut free = MARGIN;
        for (day, words) in self.days.ticks() {
            let line = Line::new(&words, small);
            let x = self.days.morning(day);
            paper.line(&[Point::new(x, bottom), Point::new(x, bottom + 5.0)], Stroke::new(Ink::Quiet, 1.2));
            let from = (x - line.width() / 2.0).min(RIGHT - line.width());
            if from >= free {
                paper.text(&line, Point::new(from, bottom + 20.0), Anchor::Start, Ink::Quiet);
                free = from + line.width() + 10.0;
            }
        }
    }

    /// What is past the budget.
    fn over(&self, paper: &mut Paper, points: &[Point]) {
        let zero = self.hours.y(0);
        let below: Vec<Point> = points.iter().map(|point| Point::new(point.x, point.y.max(zero))).collect();
        let (Some(first), Some(last)) = (below.first().copied(), below.last().copied()) else { return };
        if last.y <= zero + 0.5 {
            return;
        }
        let mut corners = vec![Point::new(first.x, zero)];
        corners.extend(below);
        corners.push(Point::new(last.x, zero));
        paper.polygon(&corners, OVER, None);
    }

    /// The even pace.
    fn pace(&self, paper: &mut Paper) {
        if let Some(pace) = &self.counted.pace {
            let corners = pace.corners().into_iter();
            let through: Vec<Point> =
                corners.map(|(at, left)| Point::new(self.days.at(at), self.hours.y(left))).collect();
            paper.line(&through, PACE);
        }
    }

    /// Today and the deadline, each a line with its words above; gives where the words stand.
    fn marks(&self, paper: &mut Paper, chart: &Chart) -> Vec<Area> {
        let bottom = self.top + HEIGHT;
        let mut areas = Vec::new();
        let today = (chart.now, "Aujourd’hui", TODAY, self.top - 28.0);
        let deadline = chart.deadline.map(|at| (at, "Échéance", DEADLINE, self.top - 6.0));
        for (at, what, stroke, above) in [Some(today), deadline].into_iter().flatten() {
            let x = self.days.at(at);
            let line = Line::new(&format!("{what}\u{a0}: {}", self.days.named(at.date())), Type::bold(Size::Small));
            let from = Point::new(x, above + 3.0);
            paper.line(&[from, Point::new(x, bottom)], stroke);
            let left = (x - line.width() / 2.0).clamp(LEFT, (RIGHT - line.width()).max(LEFT));
            paper.label(&line, Point::new(left, above), Anchor::Start, (stroke.ink, Ink::Background));
            areas.push(Area::new(left, above - 10.0, line.width(), 13.0));
        }
        areas
    }

    /// Where the line ends, and what it says there.
    fn end(&self, paper: &mut Paper, points: &[Point], marked: &[Area]) {
        let Some(last) = points.last().copied() else { return };
        paper.circle(last, 5.0, Fill::Solid(Ink::Open), Some(Stroke::new(Ink::Background, 1.5)));
        let line = Line::new(&words::end(self.counted), Type::bold(Size::Body));
        let right = last.x + 12.0 + line.width() <= RIGHT;
        let left = if right { last.x + 12.0 } else { (last.x - 12.0 - line.width()).max(LEFT) };
        // Above the line's end, unless that is the room of today's words.
        let above = Area::new(left, last.y - 23.0, line.width(), 15.0);
        let taken = marked.iter().any(|area| area.covers(&above));
        let y = if taken { last.y + 20.0 } else { last.y - 12.0 };
        paper.label(&line, Point::new(left, y), Anchor::Start, (Ink::Text, Ink::Background));
    }

    /// The corners of the line: it is level until the evening of a day on which hours were logged, or until now if that is
    /// today, and falls there. What is logged for later is shown where it is logged.
    fn steps(&self, now: DateTime) -> Vec<Point> {
        let counted = self.counted;
        let mut points = vec![Point::new(self.days.morning(counted.begins), self.hours.y(counted.shown(0)))];
        let mut level = points[0].y;
        for (day, spent) in &counted.spent {
            let x = if *day == now.date() { self.days.at(now) } else { self.days.evening(*day) };
            points.push(Point::new(x, level));
            level = self.hours.y(counted.shown(*spent));
            points.push(Point::new(x, level));
        }
        let x = self.days.at(now);
        if points.last().is_some_and(|last| x > last.x) {
            points.push(Point::new(x, level));
        }
        points
    }
}

#[cfg(test)]
mod tests;
