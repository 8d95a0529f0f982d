//! The ways of the arrows between boxes.
//!
//! Between two rows runs a channel, with as many lanes as its arrows need; rows are passed by on tracks. Arrows from one box
//! share their lanes, as a tree does; those of two boxes never do, so that no two lines lie one on the other. Where all tracks
//! are taken an arrow isn't drawn: its boxes say it in words.

use super::Network;
use super::lanes::{Net, arrange};
use super::place::{Place, Places};
use super::tracks::{Track, tracks};
use crate::pictures::shapes::times;

/// Width of a box, in pixels.
pub(super) const BOX: f64 = 212.0;
/// Room between two columns, in pixels.
pub(super) const GAP: f64 = 50.0;
/// Room at the sides of the picture, in pixels.
pub(super) const SIDE: f64 = 32.0;
/// From one lane to the next, in pixels.
pub(super) const LANE: f64 = 7.0;
/// Room above the first lane of a channel, and below its last, for the arrow's head, in pixels.
const ABOVE: f64 = 9.0;
const BELOW: f64 = 15.0;
/// From one arrow's head to the next on a box, in pixels.
pub(super) const PORT: f64 = 2.0 * LANE;
/// Most heads on either half of a box.
const PORTS: usize = 6;

/// The left side of a column.
pub(super) fn left(column: usize) -> f64 {
    SIDE + (BOX + GAP) * times(column)
}

pub(super) fn centre(column: usize) -> f64 {
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

/// From one box to another, by their ranks.
pub(super) type Link = (usize, usize);

impl Routes {
    /// Finds the ways; those of the critical path first, so that they are the straightest.
    pub(super) fn of(network: &Network, places: &Places) -> Self {
        let mut links: Vec<(Link, Place, Place)> = network
            .links
            .iter()
            .filter_map(|&(from, to)| Some(((from, to), places.of[from]?, places.of[to]?)))
            .collect();
        let is_critical = |link: Link| network.critical.contains(&link);
        links.sort_by_key(|(link, from, to)| (!is_critical(*link), to.row - from.row, *link));
        let tracks = tracks(&links, places);
        let ports = ports(&links, &tracks);
        let drawn: Vec<(&(Link, Place, Place), Track, f64)> = links
            .iter()
            .zip(tracks.iter().zip(&ports))
            .filter_map(|(link, (track, port))| Some((link, (*track)?, *port)))
            .collect();
        let mut nets: Vec<Vec<Net>> = vec![Vec::new(); places.rows];
        for ((link, from, to), track, port) in &drawn {
            for (row, top, bottom) in levels((*from, *to), *track, *port) {
                match nets[row].iter_mut().find(|net| net.source == link.0 && is_same(net.top, top)) {
                    Some(net) => net.bottoms.push(bottom),
                    None => nets[row].push(Net { source: link.0, top, bottoms: vec![bottom], lane: 0 }),
                }
            }
        }
        let lanes = nets.iter_mut().map(|nets| arrange(nets)).collect();
        let ways = drawn.iter().map(|((link, from, to), track, port)| {
            let mut through = vec![(centre(from.column), Height::Under(from.row))];
            for (row, top, bottom) in levels((*from, *to), *track, *port) {
                let net = nets[row].iter().find(|net| net.source == link.0 && is_same(net.top, top));
                let lane = Height::Lane(row, net.map_or(0, |net| net.lane));
                through.extend([(top, lane), (bottom, lane)]);
            }
            through.push((*port, Height::Over(to.row)));
            Route { link: *link, through }
        });
        let ways: Vec<Route> = ways.collect();
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

fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.01
}

/// Where an arrow goes sideways: below which rows, from where and to where.
fn levels((from, to): (Place, Place), track: Track, port: f64) -> impl Iterator<Item = (usize, f64, f64)> {
    let (start, last) = (centre(from.column), to.row - 1);
    let levels = match track {
        Track::Straight => [None, None],
        Track::At(_) if from.row == last => [Some((last, start, port)), None],
        Track::At(x) => [Some((from.row, start, x)), Some((last, x, port))],
    };
    levels.into_iter().flatten().filter(|(_, top, bottom)| !is_same(*top, *bottom))
}

/// Where each arrow's head stands on its box: in the middle what comes straight down, on either side what comes from there.
fn ports(links: &[(Link, Place, Place)], tracks: &[Option<Track>]) -> Vec<f64> {
    let mut ports: Vec<f64> = links.iter().map(|(_, _, to)| centre(to.column)).collect();
    let mut coming: Vec<(Link, f64, usize)> = Vec::with_capacity(links.len());
    for (rank, ((link, ..), track)) in links.iter().zip(tracks).enumerate() {
        if let Some(Track::At(x)) = track {
            coming.push((*link, *x, rank));
        }
    }
    // For each box, the nearest to its middle first.
    let far = |(_, x, rank): &(Link, f64, usize)| (x - ports[*rank]).abs();
    coming.sort_by(|one, other| {
        let by_box = one.0.1.cmp(&other.0.1);
        by_box.then(far(one).total_cmp(&far(other))).then(other.0.cmp(&one.0))
    });
    for of_box in coming.chunk_by(|one, other| one.0.1 == other.0.1) {
        let (mut before, mut after) = (0, 0);
        for (_, x, rank) in of_box {
            let middle = ports[*rank];
            let (side, count) = if *x < middle { (-1.0, &mut before) } else { (1.0, &mut after) };
            *count = PORTS.min(*count + 1);
            ports[*rank] = middle + side * PORT * times(*count);
        }
    }
    ports
}
