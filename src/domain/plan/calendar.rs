//! How hours of work become calendar time.
//!
//! Nobody knows on which days a team works. The rule is the most that can be asked of anybody, the legal 35-hour week:
//! from the moment when work can begin, at most 7 h of work fit in each 24 hours and at most 35 h in each 7 days, and they
//! come as early as they can. So what is said not to fit doesn't fit on any calendar; what fits may still be tight.
//! Instants are measured in *minutes of work since an origin*, an axis on which plans are plain sums.

use jiff::{SignedDuration, Timestamp};

/// Most minutes of work in 24 hours.
pub const DAY: i64 = 7 * 60;
/// Most minutes of work in 7 days.
pub const WEEK: i64 = 35 * 60;

const CALENDAR_DAY: i64 = 24 * 60;
const CALENDAR_WEEK: i64 = 7 * CALENDAR_DAY;

/// Minutes of work of one person that fit between two instants, in whole minutes; negative when the second is before the
/// first. Less than a minute either way is none, as a date is the whole of its minute.
#[must_use]
pub fn room(from: Timestamp, until: Timestamp) -> i64 {
    let minutes = (until.as_millisecond() - from.as_millisecond()) / 60_000;
    if minutes < 0 { -work_in(-minutes) } else { work_in(minutes) }
}

/// The first instant at which so many minutes of work fit since `from`, as far as instants go.
#[must_use]
pub fn after(from: Timestamp, work: i64) -> Timestamp {
    let minutes = if work < 0 { -calendar_of(-work) } else { calendar_of(work) };
    let (end, last) = if work < 0 { (Timestamp::MIN, i64::MIN) } else { (Timestamp::MAX, i64::MAX) };
    let seconds = minutes.checked_mul(60).unwrap_or(last);
    from.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(end)
}

fn work_in(minutes: i64) -> i64 {
    let (weeks, rest) = (minutes / CALENDAR_WEEK, minutes % CALENDAR_WEEK);
    let in_week = rest / CALENDAR_DAY * DAY + (rest % CALENDAR_DAY).min(DAY);
    weeks * WEEK + in_week.min(WEEK)
}

/// The inverse: least calendar minutes in which the work fits.
fn calendar_of(work: i64) -> i64 {
    if work == 0 {
        return 0;
    }
    let (weeks, rest) = ((work - 1) / WEEK, (work - 1) % WEEK);
    let (days, rest) = (rest / DAY, rest % DAY);
    weeks.saturating_mul(CALENDAR_WEEK).saturating_add(days * CALENDAR_DAY + rest + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seven_hours_a_day_and_thirty_five_a_week() {
        for (calendar, work) in [(0, 0), (90, 90), (420, 420), (1_440, 420), (1_441, 421), (6 * 1_440, 2_100)] {
            assert_eq!(work_in(calendar), work, "{calendar}");
        }
        assert_eq!(work_in(CALENDAR_WEEK + 60), 2_160);
        assert_eq!(calendar_of(421), 1_441);
        assert_eq!(calendar_of(2_101), CALENDAR_WEEK + 1);
    }

    #[test]
    fn instants_have_an_end() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(after(now, i64::from(u32::MAX) * 5_000), Timestamp::MAX);
        assert_eq!(after(now, i64::MAX), Timestamp::MAX);
        assert_eq!(after(now, -i64::MAX), Timestamp::MIN);
    }

    proptest! {
        #[test]
        fn the_two_ways_agree(work in 0i64..1_000_000) {
            let calendar = calendar_of(work);
            prop_assert_eq!(work_in(calendar), work);
            prop_assert!(calendar == 0 || work_in(calendar - 1) < work);
        }

        #[test]
        fn more_time_is_never_less_room(from in -50_000i64..50_000, until in -50_000i64..50_000, more in 0i64..20_000) {
            let at = |minute: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute);
            prop_assert!(room(at(from), at(until)) <= room(at(from), at(until + more)));
        }
    }
}
