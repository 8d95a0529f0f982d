//! How French says a time of day.

use jiff::civil::Time;

/// `9 h`, `9 h 30`, `0 h`: the hour alone where no minute goes with it. It reads back as the same time.
pub(super) fn said(time: Time) -> String {
    match time.minute() {
        0 => format!("{}\u{a0}h", time.hour()),
        minute => format!("{}\u{a0}h\u{a0}{minute:02}", time.hour()),
    }
}
