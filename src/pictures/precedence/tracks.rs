//! By which ways arrows pass the rows between their boxes: straight down, in a gutter beside the columns, or through empty
//! places. Each takes the shortest way that is free, or a longer one if it crosses less of what is already laid.

use super::place::{COLUMNS, Place, Places};
use super::routes::{GAP, LANE, Link, PORT, SIDE, centre, left};
use crate::pictures::shapes::times;

/// A vertical way past some rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Track {
    /// Through the middle of a column in which nothing stands between the two boxes.
    Straight,
    /// A lane beside the columns or through an empty place.
    At(f64),
}

/// A stretch of a lane from one row to another, and the box whose arrows have it.
type Stretch = (f64, f64, usize);

/// A lane beside the columns or in one of them, by its rank, and where it runs.
type Lane = (usize, f64);

/// Which stretches of lanes are taken.
#[derive(Debug)]
struct Taken(Vec<Vec<Stretch>>);

impl Taken {
    /// Whether the arrows of `source` may have this stretch of a lane.
    fn is_free(&self, lane: usize, (from, to): (f64, f64), source: usize) -> bool {
        self.0[lane].iter().all(|(start, end, whose)| *whose == source || *end + 5.0 < from || to + 5.0 < *start)
    }
}

/// How each link passes the rows between its boxes, if there is a free way.
pub(super) fn tracks(links: &[(Link, Place, Place)], places: &Places) -> Vec<Option<Track>> {
    let mut standing = vec![[false; COLUMNS]; places.rows];
    for place in places.of.iter().flatten() {
        standing[place.row][place.column] = true;
    }
    let gutters = gutters();
    let beside: Vec<Lane> = (0..COLUMNS * BESIDE.len())
        .map(|rank| {
            let (column, lane) = (rank / BESIDE.len(), BESIDE[rank % BESIDE.len()]);
            (gutters.len() + rank, centre(column) + lane * PORT)
        })
        .collect();
    let mut taken = Taken(vec![Vec::new(); gutters.len() + beside.len()]);
    let is_empty =
        |(from, to): (Place, Place), column: usize| standing[from.row + 1..to.row].iter().all(|row| !row[column]);
    let mut found: Vec<Option<Track>> = links
        .iter()
        .map(|(_, from, to)| {
            if from.column == to.column && is_empty((*from, *to), from.column) {
                return Some(Track::Straight);
            }
            (from.row + 1 == to.row).then(|| Track::At(centre(from.column)))
        })
        .collect();
    let mut passing = Passing(vec![Vec::new(); places.rows]);
    for ((link, from, to), track) in links.iter().zip(&found) {
        if track.is_some() {
            passing.add((*from, *to), centre(from.column), link.0);
        }
    }
    for (((source, _), from, to), found) in links.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
        let stretch = (row_of(from.row), row_of(to.row - 1));
        let empty: [bool; COLUMNS] = std::array::from_fn(|column| is_empty((*from, *to), column));
        let through = beside.iter().filter(|(lane, _)| empty[(lane - gutters.len()) / BESIDE.len()]);
        let free = gutters.iter().chain(through).filter(|(lane, _)| taken.is_free(*lane, stretch, *source));
        let mut best: Option<(f64, Lane)> = None;
        for (lane, x) in free {
            let far = (x - centre(from.column)).abs() + (x - centre(to.column)).abs();
            // What is farther than the best way with its crossings can't be better.
            if best.is_some_and(|(least, _)| least <= far) {
                continue;
            }
            let cost = far + DETOUR * times(passing.crossed((*from, *to), *x, *source));
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, (*lane, *x)));
            }
        }
        if let Some((_, (lane, x))) = best {
            *found = Some(Track::At(x));
            taken.0[lane].push((stretch.0, stretch.1, *source));
            passing.add((*from, *to), x, *source);
        }
    }
    found
}

/// How far an arrow may go sideways so as not to cross another, in pixels.
const DETOUR: f64 = 600.0;

/// Where the arrows that are already laid come into each channel and where they leave it, about; and whose they are.
struct Passing(Vec<Vec<Stretch>>);

impl Passing {
    /// An arrow that passes the rows between its boxes at `x`, as it comes into each channel and leaves it.
    fn through((from, to): (Place, Place), x: f64) -> impl Iterator<Item = (usize, f64, f64)> {
        (from.row..to.row).map(move |row| {
            let top = if row == from.row { centre(from.column) } else { x };
            (row, top, if row + 1 == to.row { centre(to.column) } else { x })
        })
    }

    fn add(&mut self, ends: (Place, Place), x: f64, source: usize) {
        for (row, top, bottom) in Self::through(ends, x) {
            self.0[row].push((top, bottom, source));
        }
    }

    /// How many arrows of other boxes change sides with one that passes at `x`.
    fn crossed(&self, ends: (Place, Place), x: f64, source: usize) -> usize {
        Self::through(ends, x)
            .map(|(row, top, bottom)| {
                let others = self.0[row].iter().filter(|(_, _, whose)| *whose != source);
                others.filter(|(other, below, _)| (top - other) * (bottom - below) < 0.0).count()
            })
            .sum()
    }
}

/// The lanes of an empty place, in heads from its middle, which arrows straight down have.
const BESIDE: [f64; 6] = [-1.0, 1.0, -2.0, 2.0, -3.0, 3.0];

/// Rows as lengths, so that two arrows of which one ends in the channel where the other begins still don't share a lane.
fn row_of(row: usize) -> f64 {
    times(row) * 10.0
}

/// The lanes beside the columns.
fn gutters() -> Vec<Lane> {
    let mut lanes = Vec::new();
    for gutter in 0..=COLUMNS {
        let (middle, count) = if gutter == 0 {
            (SIDE / 2.0 - 1.0, 3)
        } else if gutter == COLUMNS {
            (left(COLUMNS) - GAP + SIDE / 2.0 + 1.0, 3)
        } else {
            (left(gutter) - GAP / 2.0, 5)
        };
        for lane in 0..count {
            let off = times(lane) - times(count - 1) / 2.0;
            lanes.push((lanes.len(), middle + off * LANE));
        }
    }
    lanes
}
