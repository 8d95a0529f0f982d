//! Which milestones stand in which row, and where in it.
//!
//! Each stands below all that it needs, three to a row. Rows are filled in the order of how much still follows, so that
//! long chains begin high up; then each row is laid so that arrows are short, and at last so that they cross as little as the
//! trial of other orders finds.

use super::Network;
use super::climb::climbed;

/// Boxes side by side.
pub(super) const COLUMNS: usize = 3;
/// How often rows are laid anew, downwards and upwards.
const SWEEPS: usize = 6;
/// The columns in which the boxes of a row begin.
const BEGINNINGS: [[usize; COLUMNS]; 4] = [[1, 0, 2], [1, 2, 0], [0, 1, 2], [2, 1, 0]];

/// Where a box stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// Where all boxes stand.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// By rank of the milestone; none for one that nothing is joined to.
    pub(super) of: Vec<Option<Place>>,
    pub(super) rows: usize,
    /// Those that nothing is joined to.
    pub(super) alone: Vec<usize>,
}

impl Places {
    /// Lays the boxes of a network.
    pub(super) fn of(network: &Network) -> Self {
        let (rows, begun) = Self::begun(network);
        let mut places = climbed(network, &rows, begun);
        let is_joined = |rank: &usize| network.links.iter().any(|(from, to)| from == rank || to == rank);
        places.alone = (0..network.nodes.len()).filter(|rank| !is_joined(rank)).collect();
        places
    }

    /// The rows, and the orders in which they settle if they begin differently.
    pub(super) fn begun(network: &Network) -> (Vec<Vec<usize>>, [Self; BEGINNINGS.len()]) {
        let count = network.nodes.len();
        let (mut needs, mut feeds) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for &(from, to) in &network.links {
            needs[to].push(from);
            feeds[from].push(to);
        }
        let rows = rows(network, &needs, &feeds);
        let begun = BEGINNINGS.map(|begun| Self::settled(&rows, begun, (&needs, &feeds)));
        (rows, begun)
    }

    /// Lays rows, whose boxes begin in these columns.
    fn settled(rows: &[Vec<usize>], begun: [usize; COLUMNS], (needs, feeds): (&[Vec<usize>], &[Vec<usize>])) -> Self {
        let mut places = Self { of: vec![None; needs.len()], rows: rows.len(), alone: Vec::new() };
        for (row, members) in rows.iter().enumerate() {
            for (column, rank) in begun.into_iter().zip(members) {
                places.of[*rank] = Some(Place { row, column });
            }
        }
        for sweep in 0..SWEEPS {
            let order: Vec<usize> =
                if sweep % 2 == 0 { (0..rows.len()).collect() } else { (0..rows.len()).rev().collect() };
            for row in order {
                places.settle(&rows[row], needs, feeds);
            }
        }
        places
    }

    fn column(&self, rank: usize) -> Option<usize> {
        self.of[rank].map(|place| place.column)
    }

    /// Gives the boxes of a row the columns that make their arrows shortest; where that is alike, the leftmost.
    fn settle(&mut self, members: &[usize], needs: &[Vec<usize>], feeds: &[Vec<usize>]) {
        let costs: Vec<[usize; COLUMNS]> = members
            .iter()
            .map(|rank| {
                let joined = needs[*rank].iter().chain(&feeds[*rank]);
                let columns: Vec<usize> = joined.filter_map(|other| self.column(*other)).collect();
                // Squared, so that one long arrow is worse than two short ones; the middle is preferred a little.
                std::array::from_fn(|column| {
                    let far: usize = columns.iter().map(|other| other.abs_diff(column).pow(2)).sum();
                    far * 4 + column.abs_diff(COLUMNS / 2)
                })
            })
            .collect();
        let best = arrangements(members.len())
            .into_iter()
            .min_by_key(|columns| columns.iter().zip(&costs).map(|(column, cost)| cost[*column]).sum::<usize>());
        for (rank, column) in members.iter().zip(best.unwrap_or_default()) {
            if let Some(place) = &mut self.of[*rank] {
                place.column = column;
            }
        }
    }
}

/// The rows, each with its boxes: below all they need, as high up as there is room.
fn rows(network: &Network, needs: &[Vec<usize>], feeds: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let count = network.nodes.len();
    let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
    let sequence = sequence(needs, feeds);
    let mut follows = vec![0usize; count];
    for rank in sequence.iter().rev() {
        follows[*rank] = feeds[*rank].iter().map(|next| follows[*next] + 1).max().unwrap_or(0);
    }
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let is_joined = |rank: usize| !needs[rank].is_empty() || !feeds[rank].is_empty();
    let mut ready: Vec<usize> = (0..count).filter(|rank| is_joined(*rank) && waiting[*rank] == 0).collect();
    while !ready.is_empty() {
        ready.sort_by_key(|rank| (std::cmp::Reverse(follows[*rank]), !network.nodes[*rank].is_critical, *rank));
        let row: Vec<usize> = ready.drain(..ready.len().min(COLUMNS)).collect();
        for rank in &row {
            for next in &feeds[*rank] {
                waiting[*next] -= 1;
                if waiting[*next] == 0 {
                    ready.push(*next);
                }
            }
        }
        rows.push(row);
    }
    rows
}

/// Ranks, each after what it needs.
fn sequence(needs: &[Vec<usize>], feeds: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut sequence: Vec<usize> = (0..needs.len()).filter(|rank| waiting[*rank] == 0).collect();
    let mut at = 0;
    while let Some(rank) = sequence.get(at).copied() {
        for next in &feeds[rank] {
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                sequence.push(*next);
            }
        }
        at += 1;
    }
    sequence
}

/// Every way to give so many boxes a column each.
pub(super) fn arrangements(boxes: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..boxes {
        all = all
            .into_iter()
            .flat_map(|taken: Vec<usize>| {
                let free: Vec<usize> = (0..COLUMNS).filter(|column| !taken.contains(column)).collect();
                free.into_iter().map(move |column| [taken.as_slice(), &[column]].concat())
            })
            .collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_arrangements_are_tried() {
        assert_eq!(arrangements(1).len(), 3);
        assert_eq!(arrangements(3).len(), 6);
        assert_eq!(arrangements(0), [Vec::<usize>::new()]);
    }
}
