//! How often arrows cross, counted on their ways as they are drawn.
//!
//! Arrows of one box are branches of a tree and don't cross each other. Two lines that lie one on the other are worse than a
//! crossing: nobody can tell where each goes.

use super::routes::{Height, Routes};
use crate::pictures::shapes::times;

/// Lines nearer to each other than this look like one, in pixels.
const ALIKE: f64 = 3.0;
/// What a lie of one line on another counts.
const COVERED: usize = 3;

/// A level stretch: its lane, its ends, whose it is.
type Level = (f64, f64, f64, usize);
/// An upright stretch: where, from which lane to which, whose it is.
type Upright = (f64, f64, f64, usize);

/// The stretches of a channel.
#[derive(Debug, Default, Clone)]
struct Channel {
    levels: Vec<Level>,
    uprights: Vec<Upright>,
}

/// How often the arrows of different boxes cross.
pub(super) fn crossings(routes: &Routes, rows: usize) -> usize {
    let mut channels = vec![Channel::default(); rows];
    for route in &routes.ways {
        let source = route.link.0;
        for pair in route.through.windows(2) {
            let [(x, from), (to_x, to)] = *pair else { continue };
            let ((row, start), (last, end)) = (at(from), at(to));
            if (x - to_x).abs() > f64::EPSILON {
                channels[row].level((start, x.min(to_x), x.max(to_x), source));
                continue;
            }
            for (between, channel) in channels.iter_mut().enumerate().take(last + 1).skip(row) {
                let top = if between == row { start } else { ABOVE };
                let bottom = if between == last { end } else { BELOW };
                channel.upright((x, top, bottom, source));
            }
        }
    }
    channels.iter().map(Channel::crossings).sum()
}

const ABOVE: f64 = -1.0;
const BELOW: f64 = f64::MAX;

/// The channel in which a height is, and how far down.
fn at(height: Height) -> (usize, f64) {
    match height {
        Height::Under(row) => (row, ABOVE),
        Height::Lane(row, lane) => (row, times(lane)),
        Height::Over(row) => (row.saturating_sub(1), BELOW),
    }
}

impl Channel {
    /// Adds a stretch; one of the same box in the same lane is made longer.
    fn level(&mut self, (lane, from, to, source): Level) {
        let same = |one: &&mut Level| one.3 == source && (one.0 - lane).abs() < 0.5 && one.1 <= to && from <= one.2;
        match self.levels.iter_mut().find(same) {
            Some(one) => (one.1, one.2) = (one.1.min(from), one.2.max(to)),
            None => self.levels.push((lane, from, to, source)),
        }
    }

    fn upright(&mut self, (x, top, bottom, source): Upright) {
        let same = |one: &&mut Upright| one.3 == source && (one.0 - x).abs() < 0.01 && one.1 <= bottom && top <= one.2;
        match self.uprights.iter_mut().find(same) {
            Some(one) => (one.1, one.2) = (one.1.min(top), one.2.max(bottom)),
            None => self.uprights.push((x, top, bottom, source)),
        }
    }

    fn crossings(&self) -> usize {
        let mut count = 0;
        for (rank, (x, top, bottom, source)) in self.uprights.iter().enumerate() {
            let crossed = self.levels.iter().filter(|(lane, from, to, other)| {
                other != source && top < lane && lane < bottom && from - ALIKE < *x && *x < to + ALIKE
            });
            let covered = self.uprights[rank + 1..].iter().filter(|(other_x, from, to, other)| {
                other != source && (other_x - x).abs() < ALIKE && top.max(*from) < bottom.min(*to)
            });
            count += crossed.count() + COVERED * covered.count();
        }
        count
    }
}
