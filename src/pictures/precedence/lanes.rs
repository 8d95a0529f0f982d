//! In which order the level stretches of arrows lie between two rows of boxes.
//!
//! A *net* is all that comes down at one place into a channel and leaves it at one or more others: the arrows of one box share
//! it, as a tree. Nets that overlap lie one above the other; which above which decides how often they cross, since what comes
//! from above crosses the nets above its own, and what goes down those below.

/// Nets nearer to each other than this don't share a lane, in pixels.
const NEAR: f64 = 5.0;
/// Lines nearer to each other than this look like one, in pixels.
const ALIKE: f64 = 4.0;
/// How often every net is tried in every place.
const PASSES: usize = 4;

/// Level stretches that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Net {
    /// Rank of the box that its arrows come from.
    pub(super) source: usize,
    /// Where it comes from above.
    pub(super) top: f64,
    /// Where it goes on below.
    pub(super) bottoms: Vec<f64>,
    /// The lane in which it lies, the highest being 0.
    pub(super) lane: usize,
}

impl Net {
    /// From its left end to its right.
    fn extent(&self) -> (f64, f64) {
        self.bottoms.iter().fold((self.top, self.top), |(low, high), x| (low.min(*x), high.max(*x)))
    }

    fn overlaps(&self, other: &Self) -> bool {
        let ((low, high), (from, to)) = (self.extent(), other.extent());
        low <= to + NEAR && from <= high + NEAR
    }

    /// How many crossings there are if this one lies above the other. Two lines that would lie one on the other are worse.
    fn above(&self, other: &Self) -> usize {
        let within = |x: f64, (low, high): (f64, f64)| low <= x && x <= high;
        let down = self.bottoms.iter().filter(|x| within(**x, other.extent())).count();
        let up = usize::from(within(other.top, self.extent()));
        let alike = self.bottoms.iter().filter(|x| (**x - other.top).abs() < ALIKE).count();
        down + up + 3 * alike
    }
}

/// Gives the nets of a channel their lanes, so that they cross as little as the trial of many orders finds; returns how many
/// lanes there are.
pub(super) fn arrange(nets: &mut [Net]) -> usize {
    let count = nets.len();
    let meets: Vec<Vec<bool>> = nets.iter().map(|one| nets.iter().map(|other| one.overlaps(other)).collect()).collect();
    // What it costs that the first lies above the second.
    let costs: Vec<Vec<usize>> = (0..count)
        .map(|one| (0..count).map(|other| if meets[one][other] { nets[one].above(&nets[other]) } else { 0 }).collect())
        .collect();
    let mut order: Vec<usize> = (0..count).collect();
    for _ in 0..PASSES {
        let mut is_better = false;
        for at in 0..count {
            is_better |= settle(&mut order, at, &costs);
        }
        if !is_better {
            break;
        }
    }
    let mut lanes = 0;
    for at in 0..count {
        let above = order[..at].iter().filter(|other| meets[order[at]][**other]);
        let lane = above.map(|other| nets[*other].lane + 1).max().unwrap_or(0);
        nets[order[at]].lane = lane;
        lanes = lanes.max(lane + 1);
    }
    lanes
}

/// Moves one net to the place in the order where it costs least; whether that is another.
fn settle(order: &mut Vec<usize>, at: usize, costs: &[Vec<usize>]) -> bool {
    let net = order.remove(at);
    let above: usize = order.iter().map(|other| costs[net][*other]).sum();
    let mut cost = above;
    let mut all = vec![cost];
    for other in order.iter() {
        cost = cost + costs[*other][net] - costs[net][*other];
        all.push(cost);
    }
    let best = (0..all.len()).min_by_key(|place| (all[*place], place.abs_diff(at))).unwrap_or(at);
    order.insert(best, net);
    all[best] < all[at]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(source: usize, top: f64, bottoms: &[f64]) -> Net {
        Net { source, top, bottoms: bottoms.to_vec(), lane: 0 }
    }

    #[track_caller]
    fn check(mut nets: Vec<Net>, lanes: &[usize]) {
        arrange(&mut nets);
        assert_eq!(nets.iter().map(|net| net.lane).collect::<Vec<_>>(), lanes);
    }

    #[test]
    fn what_goes_the_same_way_does_not_cross() {
        check(vec![net(0, 0.0, &[60.0]), net(1, 30.0, &[90.0])], &[1, 0]);
        check(vec![net(0, 60.0, &[0.0]), net(1, 90.0, &[30.0])], &[0, 1]);
    }

    #[test]
    fn what_lies_apart_shares_a_lane() {
        check(vec![net(0, 0.0, &[20.0]), net(1, 50.0, &[90.0]), net(2, 24.0, &[30.0])], &[0, 0, 1]);
    }

    #[test]
    fn no_line_lies_on_another() {
        // The first goes down where the second comes from above.
        check(vec![net(0, 0.0, &[50.0]), net(1, 50.0, &[90.0])], &[1, 0]);
    }
}
