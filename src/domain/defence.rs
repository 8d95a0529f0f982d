//! Defences (soutenances): the timetable of a day, and criteria to rehearse.
//!
//! Commands give the teams and keep the slots; the store refuses two in one room, or before one jury, at a time. A slot may
//! be longer than the others: nothing here, nor anywhere else, knows why.

use super::brief::Brief;
use super::coverage::Coverage;
use super::duration::Minutes;
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, ToSpan};

/// When a day of defences is over, where nothing else is said: juries go home.
pub const END_OF_DAY: Time = Time::constant(19, 0, 0, 0);

/// How the defences of several teams follow one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    /// When the first one begins.
    pub starts: DateTime,
    /// How long each lasts, in all.
    pub minutes: Minutes,
    /// Minutes between two.
    pub pause_minutes: u32,
    /// When nobody defends: lunch.
    pub lunch: Option<(Time, Time)>,
    /// Days that follow, should the first not do. Each begins at the hour of the first.
    pub next_days: Vec<Date>,
}

/// The days don't do for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    /// How many of the teams they do for.
    pub fit: usize,
}

/// When each of so many teams begins, in order.
///
/// # Errors
///
/// [`TooMany`] when the last one would end after [`END_OF_DAY`] of the last day.
pub fn timetable(plan: &Timetable, teams: usize) -> Result<Vec<DateTime>, TooMany> {
    let lasts = SignedDuration::from_mins(plan.minutes.get().into());
    let pause = SignedDuration::from_mins(plan.pause_minutes.into());
    let later: Vec<Date> = plan.next_days.iter().copied().filter(|day| *day > plan.starts.date()).collect();
    let mut days = later.into_iter();
    let mut slots = Vec::with_capacity(teams);
    let mut next = plan.starts;
    while slots.len() < teams {
        let start = after_lunch(next, lasts, plan.lunch);
        let end = start.saturating_add(lasts);
        let day = start.date();
        // A day may begin late: then its first defence is held all the same.
        let first = slots.last().is_none_or(|last: &DateTime| last.date() != next.date());
        let over = end.date() != next.date() || (end.time() > END_OF_DAY && !(first && day == next.date()));
        if !over {
            slots.push(start);
            next = end.saturating_add(pause);
            // A pause may lead past midnight.
            if next.date() == day {
                continue;
            }
        }
        if slots.len() < teams {
            let Some(day) = days.next() else { return Err(TooMany { fit: slots.len() }) };
            next = day.to_datetime(plan.starts.time());
        }
    }
    Ok(slots)
}

/// The same start, or the end of lunch where lunch would interrupt.
fn after_lunch(start: DateTime, lasts: SignedDuration, lunch: Option<(Time, Time)>) -> DateTime {
    let Some((from, to)) = lunch else { return start };
    let end = start.saturating_add(lasts);
    let (from, to) = (start.date().to_datetime(from), start.date().to_datetime(to));
    if start < to && end > from { to } else { start }
}

/// Reads two hours such as `12h30-13h30` or `12 h à 13 h 30`.
#[must_use]
pub fn lunch(text: &str) -> Option<(Time, Time)> {
    let folded = vigie_chat::folded(text);
    let (from, to) = folded.split_once(['-', '–', 'a'])?;
    let (from, to) = (hour(from)?, hour(to)?);
    (from < to).then_some((from, to))
}

fn hour(text: &str) -> Option<Time> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (hour, minute) = text.split_once(['h', ':']).unwrap_or((&text, ""));
    let minute = if minute.is_empty() { 0 } else { minute.parse().ok()? };
    Time::new(hour.parse().ok()?, minute, 0, 0).ok()
}

/// How long the brief says that a defence lasts, in all.
#[must_use]
pub fn usual(brief: &Brief) -> Option<Minutes> {
    let minutes = brief.oral_minutes.unwrap_or(0).saturating_add(brief.interview_minutes.unwrap_or(0));
    Minutes::new(minutes)
}

/// Whether everybody may know the hours of the defences of one brief on one day, which last so long each. Where one lasts
/// longer than another, the next begins later: the hours together would tell whose it is. Those of a team alone tell nothing.
#[must_use]
pub fn hours_tell_no_length(minutes: &[Minutes]) -> bool {
    minutes.windows(2).all(|two| two[0] == two[1])
}

/// A slot and when it ends.
#[must_use]
pub fn end(start: DateTime, minutes: Minutes) -> DateTime {
    start.saturating_add(i64::from(minutes.get()).minutes())
}

/// Picks criteria to rehearse, each at most once, by their ranks: what isn't covered comes up three times as often as what
/// is, what is in progress twice. The same seed picks the same.
#[must_use]
pub fn rehearsed(coverage: &[Coverage], count: usize, seed: u64) -> Vec<usize> {
    let weight = |coverage: Coverage| match coverage {
        Coverage::Todo => 3,
        Coverage::InProgress => 2,
        Coverage::Covered => 1,
    };
    let mut left: Vec<(usize, u64)> = coverage.iter().map(|one| weight(*one)).enumerate().collect();
    let mut picked = Vec::new();
    let mut state = seed;
    while picked.len() < count && !left.is_empty() {
        let total: u64 = left.iter().map(|(_, weight)| weight).sum();
        let mut at = mixed(&mut state) % total;
        let chosen = left.iter().position(|(_, weight)| {
            let here = at < *weight;
            at = at.saturating_sub(*weight);
            here
        });
        picked.push(left.remove(chosen.unwrap_or(0)).0);
    }
    picked
}

/// The next number of a sequence that looks random (the finaliser of `SplitMix64`).
fn mixed(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn plan(minutes: u32, pause: u32, noon: Option<&str>) -> Timetable {
        Timetable {
            starts: date(2026, 12, 3).at(9, 0, 0, 0),
            minutes: Minutes::new(minutes).expect("a duration"),
            pause_minutes: pause,
            lunch: noon.map(|text| lunch(text).expect("two hours")),
            next_days: vec![date(2026, 12, 3), date(2026, 12, 4)],
        }
    }

    #[track_caller]
    fn check(plan: &Timetable, teams: usize, expected: &[&str]) {
        let slots = timetable(plan, teams).expect("the days do");
        let shown: Vec<String> = slots.iter().map(|slot| slot.strftime("%d %H:%M").to_string()).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn teams_follow_one_another_around_lunch() {
        check(&plan(50, 10, None), 3, &["03 09:00", "03 10:00", "03 11:00"]);
        check(&plan(50, 10, Some("12h-13h30")), 5, &["03 09:00", "03 10:00", "03 11:00", "03 13:30", "03 14:30"]);
        check(
            &plan(45, 0, Some("12 h 30 à 13 h 30")),
            6,
            &["03 09:00", "03 09:45", "03 10:30", "03 11:15", "03 13:30", "03 14:15"],
        );
    }

    #[test]
    fn what_a_day_cannot_hold_goes_to_the_next() {
        check(&plan(240, 0, None), 4, &["03 09:00", "03 13:00", "04 09:00", "04 13:00"]);
        assert_eq!(timetable(&plan(240, 0, None), 5), Err(TooMany { fit: 4 }));
        let late = Timetable { starts: date(2026, 12, 3).at(18, 30, 0, 0), ..plan(60, 0, None) };
        check(&late, 2, &["03 18:30", "04 18:30"]);
        let night = Timetable { starts: date(2026, 12, 3).at(23, 30, 0, 0), ..plan(60, 0, None) };
        assert_eq!(timetable(&night, 1), Err(TooMany { fit: 0 }));
    }

    #[test]
    fn hours_are_everybodys_where_all_last_the_same() {
        let check = |minutes: &[u32], expected: bool| {
            let minutes: Vec<Minutes> = minutes.iter().filter_map(|minutes| Minutes::new(*minutes)).collect();
            assert_eq!(hours_tell_no_length(&minutes), expected, "{minutes:?}");
        };
        check(&[], true);
        check(&[80], true);
        check(&[50, 50, 50], true);
        check(&[50, 80, 50], false);
        check(&[50, 50, 80], false);
    }

    #[test]
    fn lunch_is_two_hours_in_order() {
        for wrong in ["midi", "13h-12h", "12h30", "25h-26h", "12h99-13h", ""] {
            assert_eq!(lunch(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_missing_is_rehearsed_first_and_nothing_twice() {
        let coverage = [Coverage::Covered, Coverage::Todo, Coverage::InProgress, Coverage::Covered];
        let mut first = [0; 4];
        for seed in 0..4_000 {
            let picked = rehearsed(&coverage, 10, seed);
            let mut ranks = picked.clone();
            ranks.sort_unstable();
            assert_eq!(ranks, [0, 1, 2, 3]);
            first[picked[0]] += 1;
        }
        assert!(first[1] > first[2] && first[2] > first[0].max(first[3]) && first[0].min(first[3]) > 200, "{first:?}");
        assert_eq!(rehearsed(&coverage, 2, 7), rehearsed(&coverage, 2, 7));
        assert_eq!(rehearsed(&[], 3, 7), Vec::<usize>::new());
    }
}
