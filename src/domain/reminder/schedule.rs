//! When something is said of a thing: the steps before a deadline, an hour that somebody asked for, a rule that comes round.
//!
//! Planning, sending, listing and simulating all ask here, so that what is shown is what is sent.

use super::{Habits, Policy, Rule, Step, may_be_sent, steps};
use jiff::{SignedDuration, Timestamp};

/// The occurrences that are counted at most between two instants: what was missed for longer is one more.
const MOST_COUNTED: usize = 100;

/// How often somebody who hasn't seen a reminder is told again, once a working day.
const MOST_NAGS: usize = 5;

/// Each working day at nine, as `Rule::to_stored` writes it.
const MORNINGS: &str = "b@09:00";

/// Further than quiet hours can move anything.
const A_DAY: SignedDuration = SignedDuration::from_hours(26);

/// When something is said.
#[derive(Debug, Clone)]
pub enum Schedule {
    /// The steps of a policy around a deadline, until it is done.
    Deadline {
        /// When it is due.
        due: Timestamp,
        /// The steps.
        policy: Policy,
    },
    /// The steps of a policy before something that begins, and is over then.
    Event {
        /// When it begins.
        starts: Timestamp,
        /// The steps, of which those after it say nothing.
        policy: Policy,
    },
    /// Once.
    Once {
        /// When somebody asked for it.
        at: Timestamp,
    },
    /// Once, then each working day at nine to who hasn't seen it, five times.
    UntilSeen {
        /// When somebody asked for it.
        at: Timestamp,
    },
    /// Again and again.
    Recurring {
        /// Nothing comes before.
        from: Timestamp,
        /// The rule.
        rule: Rule,
    },
}

impl Schedule {
    /// Past what nothing is of use any more; what must be said before it may come at any hour.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        match self {
            Self::Deadline { due, .. } => Some(*due),
            Self::Event { starts, .. } => Some(*starts),
            Self::Once { .. } | Self::UntilSeen { .. } | Self::Recurring { .. } => None,
        }
    }

    /// The first instant from `now` on at which what is said may go. What somebody asked for comes on the day that they asked
    /// for, a closed one too: only quiet hours keep it.
    #[must_use]
    pub fn may_be_sent(&self, now: Timestamp, habits: &Habits) -> Timestamp {
        match self.deadline() {
            Some(deadline) => may_be_sent(now, Some(deadline), habits),
            None => habits.quiet.next_open(now, &habits.zone),
        }
    }

    /// The first instant strictly after another at which something is said.
    #[must_use]
    pub fn next(&self, habits: &Habits, after: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Recurring { from, rule } => {
                let mut at = (*from - SignedDuration::from_millis(1)).max(after - A_DAY);
                loop {
                    at = rule.next(at, &habits.zone, &habits.calendar)?;
                    let open = habits.quiet.next_open(at, &habits.zone);
                    if open > after {
                        return Some(open);
                    }
                }
            }
            _ => self.few(habits).into_iter().find(|at| *at > after),
        }
    }

    /// The instants after one and up to another at which something is said, the first first; a hundred at most, the last
    /// of them among them.
    #[must_use]
    pub fn between(&self, habits: &Habits, after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let mut all = Vec::new();
        let mut last = after;
        while let Some(next) = self.next(habits, last).filter(|next| *next <= until) {
            if all.len() == MOST_COUNTED {
                all.pop();
            }
            all.push(next);
            last = next;
        }
        all
    }

    /// All instants, where they are few.
    fn few(&self, habits: &Habits) -> Vec<Timestamp> {
        match self {
            Self::Deadline { due, policy } => steps(policy, *due, habits).into_iter().map(|step| step.at).collect(),
            Self::Event { starts, policy } => {
                let before = |step: &Step| matches!(step, Step::Before { .. } | Step::Days { before: 0.., .. });
                let all = steps(policy, *starts, habits).into_iter();
                all.filter(|step| before(&step.step) && step.at < *starts).map(|step| step.at).collect()
            }
            Self::Once { at } => vec![habits.quiet.next_open(*at, &habits.zone)],
            Self::UntilSeen { at } => {
                let first = habits.quiet.next_open(*at, &habits.zone);
                let mut all = vec![first];
                let mornings = Rule::from_stored(MORNINGS);
                let next = |last: Timestamp| {
                    let morning = mornings.as_ref()?.next(last, &habits.zone, &habits.calendar)?;
                    Some(habits.quiet.next_open(morning, &habits.zone))
                };
                let again = std::iter::successors(Some(first), |last| next(*last));
                all.extend(again.skip(1).take(MOST_NAGS));
                all
            }
            Self::Recurring { .. } => Vec::new(),
        }
    }
}

#[cfg(test)]
mod properties;
