//! The hours of preparation that are left, day by day, against an even pace from the first day to the deadline.
//!
//! `/planning heures` asks for it. Where the brief gives no hours, the line rises instead: it is what was spent. Past the
//! budget, the line goes below nothing, over a crossed area that says so in words. Days are civil days of the reader's zone;
//! what is logged on a day is spent at its end.

mod axis;
mod words;

use super::frame::{MARGIN, SIDES, head};
use super::legend::{self, DEADLINE, Sample, TODAY};
use super::lettering::{Line, Size, Type};
use super::{Anchor, Area, Dash, Fill, Ink, Paper, Pattern, Picture, Point, Stroke, Theme};
use axis::{Days, Hours};
use jiff::civil::Date;
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
    /// The day by which all must be done.
    pub deadline: Option<Date>,
    /// The reader's day.
    pub today: Date,
    /// What was logged, in any order: the day and the minutes.
    pub logged: Vec<(Date, u32)>,
}

/// The same, counted.
struct Counted {
    /// What was spent until the end of each day on which something was, the earliest first.
    spent: Vec<(Date, i64)>,
    budget: Option<i64>,
    /// The first and the last day of an even pace.
    pace: Option<(Date, Date)>,
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
        let logged = spent.first().map(|(day, _)| *day);
        let known = [chart.starts, logged, Some(chart.today), chart.deadline];
        let first = known.iter().flatten().min().copied().unwrap_or(chart.today);
        let known = [chart.deadline, spent.last().map(|(day, _)| *day), Some(chart.today)];
        let last = known.iter().flatten().max().copied().unwrap_or(chart.today);
        let begins = chart.starts.or(logged).unwrap_or(chart.today);
        let pace = chart.deadline.filter(|deadline| *deadline > begins).map(|deadline| (begins, deadline));
        Self { spent, budget: chart.budget.filter(|budget| *budget > 0).map(i64::from), pace, first, last }
    }

    fn in_all(&self) -> i64 {
        self.spent.last().map_or(0, |(_, all)| *all)
    }

    /// What the line shows once so much was spent: what is left, or what was spent.
    fn shown(&self, spent: i64) -> i64 {
        self.budget.map_or(spent, |budget| budget - spent)
    }

    /// What an even pace would have left at the end of a day.
    fn even(&self, day: Date) -> Option<i64> {
        let (budget, (begins, ends)) = (self.budget?, self.pace?);
        let days = |from: Date, to: Date| i64::from(axis::days(from, to));
        // The last day is one of work too.
        let (done, all) = (days(begins, day) + 1, days(begins, ends) + 1);
        Some(budget - budget * done.clamp(0, all) / all)
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
        let below = [format!("Équipe «\u{a0}{}\u{a0}»", self.team), words::state(&counted)];
        let y = head(&mut paper, title, &below.each_ref().map(String::as_str));
        // Two lines of words stand above the drawing: today's, and the deadline's.
        let top = legend::draw(&mut paper, &signs(&counted), y, SIDES) + 48.0;
        let days = Days::new((counted.first, counted.last), (LEFT, RIGHT));
        let least = counted.shown(counted.in_all()).min(0);
        let most = counted.budget.unwrap_or_else(|| counted.in_all());
        let hours = Hours::new((least, most), (top + HEIGHT, top));
        let sheet = Sheet { counted: &counted, days: &days, hours: &hours, top };
        sheet.grid(&mut paper);
        sheet.over(&mut paper, self.today);
        sheet.pace(&mut paper);
        let marked = sheet.marks(&mut paper, self);
        sheet.spent(&mut paper, self.today);
        sheet.end(&mut paper, self.today, &marked);
        paper.finish(top + HEIGHT + 40.0, words::words(self, &counted))
    }
}

fn signs(counted: &Counted) -> Vec<(Sample, &'static str)> {
    let shown = if counted.budget.is_some() { "heures qui restent" } else { "heures notées" };
    let mut signs = vec![(Sample::Line(SPENT), shown)];
    if counted.budget.is_some() && counted.pace.is_some() {
        signs.push((Sample::Line(PACE), "rythme régulier jusqu’à l’échéance"));
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
            paper.text(
                &Line::new(&words::hours(minutes), small),
                Point::new(LEFT - 8.0, y + 4.0),
                Anchor::End,
                Ink::Quiet,
            );
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
    fn over(&self, paper: &mut Paper, today: Date) {
        let zero = self.hours.y(0);
        let points = self.steps(today);
        let below: Vec<Point> = points.into_iter().map(|point| Point::new(point.x, point.y.max(zero))).collect();
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
        if let (Some(budget), Some((begins, ends))) = (self.counted.budget, self.counted.pace) {
            let from = Point::new(self.days.morning(begins), self.hours.y(budget));
            let to = Point::new(self.days.evening(ends), self.hours.y(0));
            paper.line(&[from, to], PACE);
        }
    }

    /// Today and the deadline, each a line with its words above; gives where the words stand.
    fn marks(&self, paper: &mut Paper, chart: &Chart) -> Vec<Area> {
        let bottom = self.top + HEIGHT;
        let mut areas = Vec::new();
        let today = (chart.today, "Aujourd’hui", TODAY, self.top - 28.0);
        let deadline = chart.deadline.map(|day| (day, "Échéance", DEADLINE, self.top - 6.0));
        for (day, what, stroke, above) in [Some(today), deadline].into_iter().flatten() {
            let x = if stroke.ink == Ink::Deadline { self.days.evening(day) } else { self.days.noon(day) };
            let line = Line::new(&format!("{what}\u{a0}: {}", self.days.named(day)), Type::bold(Size::Small));
            let from = Point::new(x, above + 3.0);
            paper.line(&[from, Point::new(x, bottom)], stroke);
            let left = (x - line.width() / 2.0).clamp(LEFT, (RIGHT - line.width()).max(LEFT));
            paper.label(&line, Point::new(left, above), Anchor::Start, (stroke.ink, Ink::Background));
            areas.push(Area::new(left, above - 10.0, line.width(), 13.0));
        }
        areas
    }

    /// What was spent, until now.
    fn spent(&self, paper: &mut Paper, today: Date) {
        let points = self.steps(today);
        if points.len() > 1 {
            paper.line(&points, SPENT);
        }
    }

    /// Where the line ends, and what it says there.
    fn end(&self, paper: &mut Paper, today: Date, marked: &[Area]) {
        let Some(last) = self.steps(today).last().copied() else { return };
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

    /// The corners of the line: it is level until the evening of a day on which hours were logged, and falls there. What is
    /// logged after `until` is shown where it is logged.
    fn steps(&self, until: Date) -> Vec<Point> {
        let counted = self.counted;
        let begins = counted.pace.map_or(counted.first, |(begins, _)| begins);
        let begins = counted.spent.first().map_or(begins, |(day, _)| begins.min(*day));
        let mut points = vec![Point::new(self.days.morning(begins), self.hours.y(counted.shown(0)))];
        let mut level = points[0].y;
        for (day, spent) in &counted.spent {
            let x = self.days.evening(*day);
            points.push(Point::new(x, level));
            level = self.hours.y(counted.shown(*spent));
            points.push(Point::new(x, level));
        }
        let x = self.days.noon(until);
        if points.last().is_some_and(|last| x > last.x) {
            points.push(Point::new(x, level));
        }
        points
    }
}

#[cfg(test)]
mod tests;
