//! What a run came to.

use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// A reminder that reaches somebody once.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    /// The number in its words.
    pub(super) number: u32,
    /// The account of whom it is for.
    pub(super) to: String,
    /// When it falls due.
    pub(super) due: Timestamp,
}

/// A reminder that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heard {
    /// The number in its words.
    pub(super) number: u32,
    /// The account of whom it is for.
    pub(super) to: String,
}

/// What a run came to.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) network: &'static str,
    pub(super) kills: u64,
    pub(super) reminders: usize,
    pub(super) faults: String,
    /// Those that nobody read.
    pub(super) lost: Vec<u32>,
    /// Messages of the bot that arrived and that their reader can't decrypt.
    pub(super) unreadable: usize,
    /// Those that arrived more than once.
    pub(super) doubled: Vec<u32>,
    /// Those that arrived after one that was due later, for the same person.
    pub(super) disordered: Vec<u32>,
    pub(super) took: Duration,
    pub(super) seed: u64,
}

/// What the words of a reminder begin with; five digits follow.
pub(super) const WORDS: &str = "Rappel de l’essai ";

/// The number in the words of a message, if it is one of ours.
pub(super) fn number(words: &str) -> Option<u32> {
    let (_, rest) = words.split_once(WORDS)?;
    rest.get(..5)?.parse().ok()
}

impl Report {
    /// Counts what arrived, in the order of its arrival at each place.
    pub(super) fn count(&mut self, expected: &[Expected], heard: &[Heard]) {
        let mut times: BTreeMap<(&str, u32), usize> = BTreeMap::new();
        for one in heard {
            *times.entry((&one.to, one.number)).or_default() += 1;
        }
        let due: BTreeMap<(&str, u32), Timestamp> =
            expected.iter().map(|one| ((one.to.as_str(), one.number), one.due)).collect();
        self.reminders = expected.len();
        self.lost = due.keys().filter(|key| !times.contains_key(*key)).map(|(_, number)| *number).collect();
        // One that nobody should have had is one too many.
        let too_many = times.iter().filter(|(key, times)| **times > usize::from(due.contains_key(*key)));
        self.doubled = too_many.map(|((_, number), _)| *number).collect();
        let mut last: BTreeMap<&str, Timestamp> = BTreeMap::new();
        self.disordered.clear();
        for one in heard {
            let Some(due) = due.get(&(one.to.as_str(), one.number)) else { continue };
            let latest = last.entry(&one.to).or_insert(*due);
            if *due < *latest {
                self.disordered.push(one.number);
            }
            *latest = (*latest).max(*due);
        }
    }

    /// Fails unless each arrived once, in order, and nothing arrived that can't be read.
    #[track_caller]
    pub(super) fn assert_exact(&self) {
        let exact = self.lost.is_empty() && self.doubled.is_empty() && self.disordered.is_empty();
        assert!(exact && self.unreadable == 0, "{self}\n{self:?}");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "crash test on {}: {} kills, {} reminders, {}; not read {}, undecryptable {}, doubled {}, out of order {}; {} s (seed {})",
            self.network,
            self.kills,
            self.reminders,
            self.faults,
            self.lost.len(),
            self.unreadable,
            self.doubled.len(),
            self.disordered.len(),
            self.took.as_secs(),
            self.seed
        )
    }
}

#[test]
fn what_is_lost_doubled_or_late_is_counted() {
    let at = |second| Timestamp::from_second(second).expect("an instant");
    let one = |number, due| Expected { number, to: "alice".to_owned(), due: at(due) };
    let heard = |number| Heard { number, to: "alice".to_owned() };
    let mut report = Report::default();
    let expected = [one(1, 10), one(2, 20), one(3, 30), one(4, 40)];
    report.count(&expected, &[heard(1), heard(3), heard(2), heard(2)]);
    assert_eq!((report.lost, report.doubled, report.disordered), (vec![4], vec![2], vec![2, 2]));
    assert_eq!(number("Rappel personnel\nRappel de l’essai 00042."), Some(42));
}
