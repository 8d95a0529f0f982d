//! What comes before what, without what needs no saying.
//!
//! Both pictures of a plan draw an arrow for each of these links and for no other: one that follows from two others would
//! only hide them.

use crate::domain::plan::{Task, order};
use std::collections::{BTreeSet, HashMap};

/// The links among milestones, by their ranks, from what is needed: those of a cycle that would close it are left out, and
/// so are those that others imply.
pub(super) fn links(tasks: &[&Task]) -> Vec<(usize, usize)> {
    let owned: Vec<Task> =
        tasks.iter().map(|task| Task { number: task.number, needs: task.needs.clone(), ..Task::default() }).collect();
    let sequence: Vec<u32> = order::sorted(&owned).unwrap_or_else(|_| owned.iter().map(|task| task.number).collect());
    let ranks: HashMap<u32, usize> = tasks.iter().enumerate().map(|(rank, task)| (task.number, rank)).collect();
    let position: HashMap<u32, usize> = sequence.iter().enumerate().map(|(at, number)| (*number, at)).collect();
    // Everything that comes before each, as bits, in the order in which it is known.
    let words = tasks.len().div_ceil(64);
    let mut before: Vec<Vec<u64>> = vec![vec![0; words]; tasks.len()];
    let mut links = Vec::new();
    for number in &sequence {
        let Some(&rank) = ranks.get(number) else { continue };
        let own: BTreeSet<(usize, usize)> = tasks[rank]
            .needs
            .iter()
            .filter_map(|need| Some((*position.get(need)?, *ranks.get(need)?)))
            .filter(|(at, _)| Some(at) < position.get(number))
            .collect();
        let mut all = vec![0; words];
        // The nearest first: what comes before it is already said by it.
        for (_, need) in own.iter().rev() {
            if all[need / 64] >> (need % 64) & 1 == 0 {
                links.push((*need, rank));
                for (mine, theirs) in all.iter_mut().zip(&before[*need]) {
                    *mine |= theirs;
                }
                all[need / 64] |= 1 << (need % 64);
            }
        }
        before[rank] = all;
    }
    links.sort_unstable();
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(number: u32, needs: &[u32]) -> Task {
        Task { number, needs: needs.to_vec(), ..Task::default() }
    }

    #[track_caller]
    fn check(tasks: &[Task], expected: &[(usize, usize)]) {
        assert_eq!(links(&tasks.iter().collect::<Vec<_>>()), expected);
    }

    #[test]
    fn what_others_imply_is_not_drawn() {
        check(&[task(1, &[]), task(2, &[1]), task(3, &[1, 2])], &[(0, 1), (1, 2)]);
        check(&[task(1, &[]), task(2, &[1, 1, 9])], &[(0, 1)]);
        check(&[task(1, &[1]), task(2, &[])], &[]);
    }

    #[test]
    fn a_cycle_is_cut_somewhere() {
        check(&[task(1, &[2]), task(2, &[1])], &[(0, 1)]);
    }
}
