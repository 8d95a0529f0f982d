//! The pieces of an axis: stretches of time laid in proportion, between which long empty stretches are cut out.

use crate::pictures::shapes::times;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

const DAY: i64 = 24 * 3_600;
/// Shortest axis.
const SHORTEST: i64 = 5 * DAY;
/// Shortest empty stretch that is cut out.
const EMPTY: i64 = 21 * DAY;
/// Most stretches that are cut out.
const CUTS: usize = 4;
/// Width of what stands for a stretch that was cut out, in pixels.
const CUT: f64 = 24.0;
/// Least width of a piece, in pixels: a day's name and its half on either side.
const NARROWEST: f64 = 72.0;
/// Room before the first instant of an axis without cuts, in pixels: half of a day's name, so that the first day can be named
/// where it begins.
const BEFORE: f64 = 26.0;

/// A stretch of time and its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    /// In seconds since 1970.
    pub(super) from: i64,
    /// Later than `from`.
    pub(super) to: i64,
    /// In pixels.
    pub(super) left: f64,
    /// In pixels.
    pub(super) right: f64,
}

impl Piece {
    /// Where an instant stands, which is held between the ends.
    pub(super) fn place(&self, second: i64) -> f64 {
        let part = double(second.clamp(self.from, self.to) - self.from) / double(self.to - self.from);
        self.left + (self.right - self.left) * part
    }

    /// Width of a day, in pixels.
    pub(super) fn day(&self) -> f64 {
        (self.right - self.left) * double(DAY) / double(self.to - self.from)
    }

    /// First and last day, which it may hold in part.
    pub(super) fn days(&self, zone: &TimeZone) -> (Date, Date) {
        let day = |second: i64| {
            let end = if second < 0 { Timestamp::MIN } else { Timestamp::MAX };
            zone.to_datetime(Timestamp::from_second(second).unwrap_or(end)).date()
        };
        (day(self.from), day(self.to))
    }

    /// The day whose beginning is nearest to the middle.
    pub(super) fn middle_day(&self, zone: &TimeZone) -> Option<Date> {
        let middle = Timestamp::from_second(i64::midpoint(self.from, self.to) + DAY / 2).ok()?;
        Some(zone.to_datetime(middle).date())
    }
}

/// Lays instants, in ascending order and each once, between two places.
pub(super) fn laid(seconds: &[i64], (left, right): (f64, f64)) -> Vec<Piece> {
    let cuts = cuts(seconds);
    let mut spans: Vec<(i64, i64)> = Vec::new();
    let mut first = seconds.first().copied().unwrap_or(0);
    for rank in &cuts {
        spans.push((first, seconds[*rank]));
        first = seconds[rank + 1];
    }
    spans.push((first, seconds.last().copied().unwrap_or(0)));
    let long: i64 = spans.iter().map(|(from, to)| to - from).sum();
    let lacks = (SHORTEST - long).max(0) / 2;
    // Room on both sides of every piece, so that what ends there can be seen.
    let room = if cuts.is_empty() { (long / 40).max(DAY / 4) + lacks } else { (long / 20).clamp(DAY, EMPTY / 3) };
    let before = if cuts.is_empty() { room.max(share(long + room, BEFORE / (right - left - BEFORE))) } else { room };
    let first = spans.first().map(|(from, _)| *from);
    let start = |from: i64| if Some(from) == first { from - before } else { from - room };
    let spans: Vec<(i64, i64)> = spans.into_iter().map(|(from, to)| (start(from), to + room)).collect();
    let widths = widths(&spans, right - left - CUT * times(cuts.len()));
    let mut at = left;
    let laid = spans.into_iter().zip(widths).map(|((from, to), width)| {
        let piece = Piece { from, to, left: at, right: at + width };
        at += width + CUT;
        piece
    });
    laid.collect()
}

/// Widths in proportion to the time, of which none is too narrow.
fn widths(spans: &[(i64, i64)], room: f64) -> Vec<f64> {
    let long = |(from, to): &(i64, i64)| double(to - from);
    let whole: f64 = spans.iter().map(long).sum();
    let share = |span: &(i64, i64)| room * long(span) / whole;
    let wide: f64 = spans.iter().filter(|span| share(span) >= NARROWEST).map(long).sum();
    let narrow = spans.iter().filter(|span| share(span) < NARROWEST).map(|_| NARROWEST).sum::<f64>();
    let width = |span: &(i64, i64)| {
        if share(span) < NARROWEST { NARROWEST } else { (room - narrow) * long(span) / wide }
    };
    spans.iter().map(width).collect()
}

/// Ranks of the instants after which a stretch is cut out, in order: the longest ones, if without them what is left gets
/// at least three times as much room.
fn cuts(seconds: &[i64]) -> Vec<usize> {
    let mut gaps: Vec<(i64, usize)> =
        seconds.iter().zip(seconds.iter().skip(1)).enumerate().map(|(rank, (one, next))| (next - one, rank)).collect();
    let total: i64 = gaps.iter().map(|(gap, _)| gap).sum();
    gaps.sort_unstable_by(|one, other| other.cmp(one));
    for count in (1..=CUTS.min(gaps.len().saturating_sub(2))).rev() {
        let top: i64 = gaps[..count].iter().map(|(gap, _)| gap).sum();
        let each = 3 * (total - top) / i64::try_from(count).unwrap_or(1);
        if gaps[count - 1].0 >= each.max(EMPTY) {
            let mut ranks: Vec<usize> = gaps[..count].iter().map(|(_, rank)| *rank).collect();
            ranks.sort_unstable();
            return ranks;
        }
    }
    Vec::new()
}

/// The place of an instant on all pieces.
pub(super) fn place(pieces: &[Piece], second: i64) -> f64 {
    let next = pieces.partition_point(|piece| piece.to < second);
    match (pieces.get(next), next.checked_sub(1).and_then(|before| pieces.get(before))) {
        // Within a stretch that was cut out, in its middle.
        (Some(piece), Some(before)) if second < piece.from => f64::midpoint(before.right, piece.left),
        (Some(piece), _) => piece.place(second),
        (None, Some(last)) => last.right,
        (None, None) => 0.0,
    }
}

/// Seconds between two instants as a floating-point number.
#[expect(clippy::cast_precision_loss, reason = "all of jiff's calendar is under 2^40 seconds")]
fn double(seconds: i64) -> f64 {
    seconds as f64
}

/// A part of so many seconds, in whole ones.
#[expect(clippy::cast_possible_truncation, reason = "a part of a number of seconds is one too")]
fn share(seconds: i64, part: f64) -> i64 {
    (double(seconds) * part) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(days: &[i64]) -> Vec<i64> {
        days.iter().map(|day| day * DAY).collect()
    }

    #[test]
    fn what_is_far_away_squashes_nothing() {
        assert_eq!(cuts(&days(&[0, 2, 5, 9, 14])), [0; 0]);
        assert_eq!(cuts(&days(&[0, 2, 5, 9, 5_000])), [3]);
        assert_eq!(cuts(&days(&[0, 2, 5, 400, 5_000])), [2, 3]);
        // Two dates far apart squash nothing between them.
        assert_eq!(cuts(&days(&[0, 5_000])), [0; 0]);
        assert_eq!(cuts(&days(&[0, 1_000, 2_000, 3_000])), [0; 0]);
        assert_eq!(laid(&days(&[0, 2, 5, 9, 5_000]), (0.0, 500.0)).len(), 2);
    }

    #[test]
    fn one_instant_has_an_axis() {
        let pieces = laid(&[0], (100.0, 500.0));
        assert_eq!(pieces.len(), 1);
        assert!((place(&pieces, 0) - 300.0).abs() < 1e-9);
        assert!(pieces[0].to - pieces[0].from >= SHORTEST);
    }

    proptest! {
        #[test]
        fn later_is_never_further_left(mut seconds in prop::collection::vec(-300_000_000_000i64..200_000_000_000, 1..60)) {
            seconds.sort_unstable();
            seconds.dedup();
            let pieces = laid(&seconds, (300.0, 790.0));
            let places: Vec<f64> = seconds.iter().map(|second| place(&pieces, *second)).collect();
            prop_assert!(places.is_sorted());
            prop_assert!(places.iter().all(|x| (300.0..=790.0 + 1e-6).contains(x)));
            let ends = pieces.last().map(|piece| piece.right);
            prop_assert!(ends.is_some_and(|end| (end - 790.0).abs() < 1e-6));
        }
    }
}
