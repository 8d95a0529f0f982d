//! The ways of the arrows between boxes.
//!
//! Between two rows runs a channel, with as many lanes as its arrows need; beside the columns run gutters, with a few lanes
//! each, for arrows that pass rows by. Arrows from one box share their lanes, as a tree does; those of two boxes never do, so
//! that no two lines lie one on the other. Where all gutters are full an arrow isn't drawn: its boxes say it in words.

use super::Network;
use super::place::{COLUMNS, Place, Places};
use crate::pictures::shapes::times;
use std::collections::{HashMap, HashSet};

/// Width of a box, in pixels.
pub(super) const BOX: f64 = 212.0;
/// Room between two columns, in pixels.
const GAP: f64 = 50.0;
/// Room at the sides of the picture, in pixels.
pub(super) const SIDE: f64 = 32.0;
/// From one lane to the next, in pixels.
const LANE: f64 = 7.0;
/// Room above the first lane of a channel, and below its last, for the arrow's head, in pixels.
const ABOVE: f64 = 9.0;
const BELOW: f64 = 15.0;
/// From one arrow's head to the next on a box, in pixels.
const PORT: f64 = 13.0;
/// Most heads on either half of a box.
const PORTS: usize = 6;

/// The left side of a column.
pub(super) fn left(column: usize) -> f64 {
    SIDE + (BOX + GAP) * times(column)
}

fn centre(column: usize) -> f64 {
    left(column) + BOX / 2.0
}

/// How high something stands, before rows have their heights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Height {
    /// The lower side of a row's boxes.
    Under(usize),
    /// A lane of the channel below a row.
    Lane(usize, usize),
    /// The upper side of a row's boxes.
    Over(usize),
}

/// The way of an arrow.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Route {
    /// Ranks of the boxes.
    pub(super) link: (usize, usize),
    pub(super) through: Vec<(f64, Height)>,
}

/// The ways of all arrows.
#[derive(Debug)]
pub(super) struct Routes {
    pub(super) ways: Vec<Route>,
    /// Lanes of the channel below each row.
    lanes: Vec<usize>,
    /// How many arrows aren't drawn.
    pub(super) left_out: usize,
}

/// A vertical way past some rows.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Track {
    /// Through the middle of a column in which nothing stands between the two boxes.
    Straight,
    /// A lane beside the columns or through an empty place.
    At(f64),
}

/// From one box to another, by their ranks.
type Link = (usize, usize);

/// A lane of a channel or of a gutter, by their ranks.
type Lane = (usize, usize);

/// A stretch of a lane from one place to another, and the box whose arrows have it.
type Stretch = (f64, f64, usize);

/// Which stretches of lanes are taken.
#[derive(Debug, Default)]
struct Taken(HashMap<Lane, Vec<Stretch>>);

impl Taken {
    /// Whether the arrows of `source` may have this stretch of a lane.
    fn is_free(&self, lane: Lane, (from, to): (f64, f64), source: usize) -> bool {
        self.0.get(&lane).is_none_or(|taken| {
            taken.iter().all(|(start, end, whose)| *whose == source || *end + 5.0 < from || to + 5.0 < *start)
        })
    }

    fn take(&mut self, lane: Lane, (from, to): (f64, f64), source: usize) {
        self.0.entry(lane).or_default().push((from, to, source));
    }
}

impl Routes {
    /// Finds the ways; those of the critical path first, so that they are the straightest.
    pub(super) fn of(network: &Network, places: &Places) -> Self {
        let mut links: Vec<(Link, Place, Place)> = network
            .links
            .iter()
            .filter_map(|&(from, to)| Some(((from, to), places.of[from]?, places.of[to]?)))
            .collect();
        let is_critical = |(from, to): (usize, usize)| network.nodes[from].is_critical && network.nodes[to].is_critical;
        links.sort_by_key(|(link, from, to)| (!is_critical(*link), to.row - from.row, *link));
        let tracks = tracks(&links, places);
        let ports = ports(&links, &tracks);
        let mut channels = Taken::default();
        let mut lanes = vec![0; places.rows];
        let mut ways = Vec::new();
        for ((link, from, to), track) in links.iter().zip(&tracks) {
            let (Some(track), Some(port)) = (track, ports.get(link)) else { continue };
            let (start, last) = (centre(from.column), to.row - 1);
            let mut lane = |row: usize, one: f64, other: f64| {
                let stretch = (one.min(other), one.max(other));
                let free = (0..=links.len()).find(|lane| channels.is_free((row, *lane), stretch, link.0)).unwrap_or(0);
                channels.take((row, free), stretch, link.0);
                lanes[row] = lanes[row].max(free + 1);
                Height::Lane(row, free)
            };
            let mut through = vec![(start, Height::Under(from.row))];
            match track {
                Track::Straight => {}
                Track::At(x) if from.row == last => {
                    debug_assert!((x - start).abs() < f64::EPSILON, "neighbours need no track");
                    let lane = lane(last, start, *port);
                    through.extend([(start, lane), (*port, lane)]);
                }
                Track::At(x) => {
                    let (first, second) = (lane(from.row, start, *x), lane(last, *x, *port));
                    through.extend([(start, first), (*x, first), (*x, second), (*port, second)]);
                }
            }
            through.push((*port, Height::Over(to.row)));
            ways.push(Route { link: *link, through });
        }
        let left_out = network.links.len() - ways.len();
        Self { ways, lanes, left_out }
    }

    /// Height of the channel below a row, in pixels.
    pub(super) fn channel(&self, row: usize) -> f64 {
        let lanes = self.lanes.get(row).copied().unwrap_or(0);
        ABOVE + BELOW + LANE * times(lanes.max(1))
    }

    /// How far below its row a lane of a channel runs, in pixels.
    pub(super) fn lane(lane: usize) -> f64 {
        ABOVE + LANE * times(lane)
    }
}

/// How each link passes the rows between its boxes, if there is a free way.
fn tracks(links: &[(Link, Place, Place)], places: &Places) -> Vec<Option<Track>> {
    let standing: HashSet<Place> = places.of.iter().flatten().copied().collect();
    let mut taken = Taken::default();
    let mut found = Vec::new();
    for ((source, _), from, to) in links {
        let mut between = from.row + 1..to.row;
        let is_empty = |column: usize| (from.row + 1..to.row).all(|row| !standing.contains(&Place { row, column }));
        if from.column == to.column && is_empty(from.column) {
            found.push(Some(Track::Straight));
            continue;
        }
        if between.next().is_none() {
            found.push(Some(Track::At(centre(from.column))));
            continue;
        }
        let stretch = (row_of(from.row), row_of(to.row - 1));
        let mut ways: Vec<(Lane, f64)> = gutters();
        for column in (0..COLUMNS).filter(|column| is_empty(*column)) {
            // Beside the middle, which arrows straight down have.
            let lanes = [-1.0, 1.0, -2.0, 2.0, -3.0, 3.0];
            let beside =
                (0..).zip(lanes).map(|(lane, rank)| ((100 + column, lane), centre(column) + rank * 2.0 * LANE));
            ways.extend(beside);
        }
        let far = |x: f64| (x - centre(from.column)).abs() + (x - centre(to.column)).abs();
        ways.sort_by(|one, other| far(one.1).total_cmp(&far(other.1)));
        let way = ways.into_iter().find(|(lane, _)| taken.is_free(*lane, stretch, *source));
        found.push(way.map(|(lane, x)| {
            taken.take(lane, stretch, *source);
            Track::At(x)
        }));
    }
    found
}

/// Rows as lengths, so that two arrows of which one ends in the channel where the other begins still don't share a lane.
fn row_of(row: usize) -> f64 {
    times(row) * 10.0
}

/// The lanes beside the columns.
fn gutters() -> Vec<(Lane, f64)> {
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
            lanes.push(((gutter, lane), middle + off * LANE));
        }
    }
    lanes
}

/// Where each arrow's head stands on its box: in the middle what comes straight down, on either side what comes from there.
fn ports(links: &[(Link, Place, Place)], tracks: &[Option<Track>]) -> HashMap<Link, f64> {
    let mut arriving: HashMap<usize, Vec<(Link, f64, Place)>> = HashMap::new();
    let mut ports = HashMap::new();
    for ((link, _, to), track) in links.iter().zip(tracks) {
        match track {
            Some(Track::Straight) => {
                ports.insert(*link, centre(to.column));
            }
            Some(Track::At(x)) => arriving.entry(link.1).or_default().push((*link, *x, *to)),
            None => {}
        }
    }
    for coming in arriving.values_mut() {
        // The nearest to the middle first.
        coming.sort_by(|one, other| {
            let far = |(_, x, to): &(_, f64, Place)| (x - centre(to.column)).abs();
            far(other).total_cmp(&far(one)).then(one.0.cmp(&other.0)).reverse()
        });
        let (mut before, mut after) = (0, 0);
        for (link, x, to) in coming.iter() {
            let middle = centre(to.column);
            let (side, count) = if *x < middle { (-1.0, &mut before) } else { (1.0, &mut after) };
            *count = PORTS.min(*count + 1);
            ports.insert(*link, middle + side * PORT * times(*count));
        }
    }
    ports
}
