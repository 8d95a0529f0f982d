//! What comes before what: the order of milestones by their needs, and the cycles that must not be.

use super::Task;
use petgraph::algo::{astar, kosaraju_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::HashMap;

/// Milestones as a graph: from each to those that need it. Needs that aren't in the plan are left out.
#[derive(Debug)]
pub(super) struct Needs {
    graph: DiGraph<u32, ()>,
    of_number: HashMap<u32, NodeIndex>,
}

impl Needs {
    /// The graph of these milestones, in which node `n` is the `n`th.
    pub(super) fn of<'a>(tasks: impl Iterator<Item = &'a Task> + Clone) -> Self {
        let mut graph = DiGraph::new();
        let mut of_number = HashMap::new();
        for task in tasks.clone() {
            let node = graph.add_node(task.number);
            of_number.entry(task.number).or_insert(node);
        }
        for (rank, task) in tasks.enumerate() {
            for need in task.needs.iter().filter_map(|need| of_number.get(need)) {
                graph.update_edge(*need, NodeIndex::new(rank), ());
            }
        }
        Self { graph, of_number }
    }

    /// Ranks in an order in which each comes after what it needs, and the cycles, whose members come in any order.
    pub(super) fn sorted(&self) -> (Vec<usize>, Vec<Vec<usize>>) {
        let (mut order, mut cycles) = (Vec::with_capacity(self.graph.node_count()), Vec::new());
        for component in kosaraju_scc(&self.graph).into_iter().rev() {
            let is_cycle = component.len() > 1 || component.iter().any(|node| self.graph.contains_edge(*node, *node));
            let ranks: Vec<usize> = component.into_iter().map(NodeIndex::index).collect();
            if is_cycle {
                cycles.push(ranks.clone());
            }
            order.extend(ranks);
        }
        (order, cycles)
    }

    /// A shortest way from one milestone, through those that need it, to another.
    fn way(&self, from: u32, to: u32) -> Option<Vec<u32>> {
        let (from, to) = (self.of_number.get(&from)?, self.of_number.get(&to)?);
        let (_, nodes) = astar(&self.graph, *from, |node| node == *to, |_| 1u32, |_| 0)?;
        Some(nodes.into_iter().map(|node| self.graph[node]).collect())
    }
}

/// The cycle that would be, if `from` came to need `needs` as well: its milestones in order, each needed by the next and
/// the last needed by the first, which is `needs`. `None` when there would be none, and for milestones that aren't there.
///
/// It is a shortest one, so that the refusal names no more than it has to.
#[must_use]
pub fn cycle_by_adding(tasks: &[Task], from: u32, needs: u32) -> Option<Vec<u32>> {
    let graph = Needs::of(tasks.iter());
    // `needs` must come before `from`: that is a cycle if `from` already comes before `needs`.
    let mut way = graph.way(from, needs)?;
    let last = way.pop()?;
    way.insert(0, last);
    Some(way)
}

/// Numbers in an order in which each comes after what it needs, or the cycles that make one impossible.
///
/// # Errors
///
/// The cycles: for each, the numbers that need each other, in ascending order.
pub fn sorted(tasks: &[Task]) -> Result<Vec<u32>, Vec<Vec<u32>>> {
    let (order, cycles) = Needs::of(tasks.iter()).sorted();
    let numbers = |ranks: Vec<usize>| -> Vec<u32> { ranks.into_iter().map(|rank| tasks[rank].number).collect() };
    if cycles.is_empty() {
        return Ok(numbers(order));
    }
    let cycles = cycles.into_iter().map(numbers).map(|mut cycle| {
        cycle.sort_unstable();
        cycle
    });
    Err(cycles.collect())
}
