//! The search for an order of each row in which arrows cross least.
//!
//! From a first order, one row after the other takes the order that makes the picture plainest, as long as any does; where
//! none does, all rows below one are turned at once. Plainness is measured on the arrows as they would
//! be drawn, so that every detour counts. The search has a fixed amount of work and no chance in it: what it finds is always
//! the same, never worse than what it began with, and a large plan costs hardly more than a small one.

use super::Network;
use super::crossings::crossings;
use super::place::{COLUMNS, Places, arrangements};
use super::routes::Routes;

/// How many arrows may be laid in all, over all trials.
const WORK: usize = 4_000;

/// How many pixels an arrow may go sideways to let a box stand in the middle.
const MIDDLE: usize = 90;

/// How plain a picture is, the worst first: arrows left out, crossings, pixels by which arrows go sideways and boxes stand
/// beside the middle.
pub(super) type Cost = (usize, usize, usize);

/// How plain a network is with its boxes so laid.
pub(super) fn cost(network: &Network, places: &Places) -> Cost {
    let routes = Routes::of(network, places);
    let aside: usize = places.of.iter().flatten().map(|place| place.column.abs_diff(COLUMNS / 2) * MIDDLE).sum();
    let sideways: f64 =
        routes.ways.iter().flat_map(|route| route.through.windows(2).map(|pair| (pair[0].0 - pair[1].0).abs())).sum();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "lengths within a picture 800 wide, some thousands of them"
    )]
    let sideways = sideways.round() as usize;
    (routes.left_out, crossings(&routes, places.rows), sideways + aside)
}

/// The plainest order that is found from any of these.
pub(super) fn climbed<const N: usize>(network: &Network, rows: &[Vec<usize>], begun: [Places; N]) -> Places {
    let trials = WORK / (network.links.len() + 4);
    let mut search = Search { network, rows, left: 0 };
    let mut begun = begun.map(|places| (cost(network, &places), places));
    begun.sort_by_key(|(cost, _)| *cost);
    let mut best: Option<(Cost, Places)> = None;
    // Half of the work is shared by all; the rest goes to the best.
    for mut trial in begun {
        search.left += trials / (2 * N);
        while search.turn_rows(&mut trial) {}
        if best.as_ref().is_none_or(|(cost, _)| trial.0 < *cost) {
            best = Some(trial);
        }
    }
    search.left += trials / 2;
    let Some(mut best) = best else {
        return Places { of: vec![None; network.nodes.len()], rows: 0, alone: Vec::new() };
    };
    while search.turn_rows(&mut best) || (1..rows.len()).any(|row| search.turn_below(&mut best, row)) {}
    best.1
}

struct Search<'a> {
    network: &'a Network,
    rows: &'a [Vec<usize>],
    /// Trials that are left; without any, nothing becomes better.
    left: usize,
}

impl Search<'_> {
    /// Gives each row once the order that makes the picture plainest; whether any is another.
    fn turn_rows(&mut self, best: &mut (Cost, Places)) -> bool {
        let mut is_better = false;
        for row in 0..self.rows.len() {
            is_better |= self.turn_row(best, row);
        }
        is_better
    }

    /// Gives a row the order that makes the picture plainest; whether that is another.
    fn turn_row(&mut self, best: &mut (Cost, Places), row: usize) -> bool {
        let members = &self.rows[row];
        let mut is_better = false;
        for columns in arrangements(members.len()) {
            is_better |= self.attempt(best, |places| {
                for (rank, column) in members.iter().zip(&columns) {
                    if let Some(place) = &mut places.of[*rank] {
                        place.column = *column;
                    }
                }
            });
        }
        is_better
    }

    /// Turns all rows from one on, if that makes the picture plainer.
    fn turn_below(&mut self, best: &mut (Cost, Places), row: usize) -> bool {
        arrangements(COLUMNS).into_iter().any(|columns| {
            self.attempt(best, |places| {
                for place in places.of.iter_mut().flatten().filter(|place| place.row >= row) {
                    place.column = columns[place.column];
                }
            })
        })
    }

    /// Keeps a change that makes the picture plainer.
    fn attempt(&mut self, best: &mut (Cost, Places), change: impl FnOnce(&mut Places)) -> bool {
        if self.left == 0 {
            return false;
        }
        let mut trial = best.1.clone();
        change(&mut trial);
        if trial.of == best.1.of {
            return false;
        }
        self.left -= 1;
        let found = cost(self.network, &trial);
        let is_better = found < best.0;
        if is_better {
            *best = (found, trial);
        }
        is_better
    }
}
