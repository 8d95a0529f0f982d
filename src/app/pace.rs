//! How fast one person may ask: nobody takes the answers of others by asking without end.
//!
//! A person may ask many things at once, then about one a second for as long as they like. Who asks faster is told once
//! when to try again, and isn't answered until then. What counts is when a thing was asked, not when it is answered: who
//! asked while the bot was away isn't hindered.
//!
//! When a thing was asked is their network's word, and on a federated one the word of a server that may be theirs: whoever
//! says that they asked long ago would never be too fast. So what arrives is counted too, by our own clock and more freely.
//! What is suggested while somebody types has a pace of its own. Nothing here reads the clock.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use vigie_chat::{ConnectorName, Origin, PersonId};

/// How fast something may be asked.
#[derive(Debug, Clone, Copy)]
struct Rate {
    /// How many may be asked at once.
    at_once: i32,
    /// After how long one more may be asked.
    each: SignedDuration,
}

/// By when things were asked. A class that discovers the bot presses everything in sight.
const ASKED: Rate = Rate { at_once: 20, each: SignedDuration::from_secs(1) };

/// By when they arrive: what was asked during an hour's absence may come in a minute.
const ARRIVED: Rate = Rate { at_once: 100, each: SignedDuration::from_millis(500) };

/// What is suggested: a network asks at each pause in what is typed.
const TYPED: Rate = Rate { at_once: 40, each: SignedDuration::from_millis(250) };

/// For how long somebody who asked too fast isn't answered. As many things as it has seconds may be asked then.
const PAUSE: SignedDuration = SignedDuration::from_secs(10);

/// People remembered before those who may again ask everything at once are forgotten: some hundred kilobytes.
const MANY: usize = 1_000;

/// What to do with what somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// To answer it.
    Answer,
    /// To say that they may try again after this time.
    Tell(SignedDuration),
    /// To leave it: they were told.
    Leave,
}

/// How fast each person asked of late.
#[derive(Debug, Default)]
pub(super) struct Pace {
    asked: People,
    arrived: People,
    typed: People,
}

type People = Mutex<HashMap<(ConnectorName, PersonId), Asked>>;

/// How fast one person asked.
#[derive(Debug, Clone, Copy)]
struct Asked {
    /// When everything may be asked at once again: each thing asked moves it on by what its rate says.
    rested_at: Timestamp,
    /// Until when they aren't answered.
    paused_until: Timestamp,
}

impl Pace {
    /// Notes that somebody asks something, and says what to do with it.
    ///
    /// The instant is the network's word: one that is yet to come is taken for `now`.
    pub(super) fn asks(&self, origin: &Origin, now: Timestamp) -> Verdict {
        match noted(&self.arrived, origin, ARRIVED, (now, now)) {
            Verdict::Answer => noted(&self.asked, origin, ASKED, (origin.at.min(now), now)),
            too_fast => too_fast,
        }
    }

    /// Notes that somebody types, and says whether something is to be suggested. Nobody is told that nothing is.
    pub(super) fn types(&self, origin: &Origin, now: Timestamp) -> bool {
        noted(&self.typed, origin, TYPED, (now, now)) == Verdict::Answer
    }
}

/// Notes that somebody asks at an instant, as of now.
fn noted(people: &People, origin: &Origin, rate: Rate, (at, now): (Timestamp, Timestamp)) -> Verdict {
    let mut people = people.lock().unwrap_or_else(PoisonError::into_inner);
    if people.len() >= MANY {
        people.retain(|_, asked| asked.rested_at.max(asked.paused_until) > now);
    }
    let who = (origin.connector.clone(), origin.person.id.clone());
    people.entry(who).or_insert(Asked { rested_at: at, paused_until: at }).asks(at, rate)
}

impl Asked {
    fn asks(&mut self, at: Timestamp, rate: Rate) -> Verdict {
        if at < self.paused_until {
            return Verdict::Leave;
        }
        let rested_at = self.rested_at.max(at) + rate.each;
        if rested_at.duration_since(at) > rate.each * rate.at_once {
            self.paused_until = at + PAUSE;
            return Verdict::Tell(PAUSE);
        }
        self.rested_at = rested_at;
        Verdict::Answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(milliseconds: i64) -> Timestamp {
        let start: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
        start + SignedDuration::from_millis(milliseconds)
    }

    /// What is done with what one person asks at these instants, in milliseconds.
    fn verdicts(instants: impl IntoIterator<Item = i64>) -> Vec<Verdict> {
        let mut asked = Asked { rested_at: at(0), paused_until: at(0) };
        instants.into_iter().map(|instant| asked.asks(at(instant), ASKED)).collect()
    }

    #[test]
    fn a_burst_is_answered_then_told_once_then_left() {
        let mut expect = vec![Verdict::Answer; 20];
        expect.extend([Verdict::Tell(PAUSE), Verdict::Leave, Verdict::Leave]);
        assert_eq!(verdicts([0; 23]), expect);
    }

    #[test]
    fn after_the_pause_there_is_room_again() {
        let burst = std::iter::repeat_n(0, 21).chain([9_999]).chain(std::iter::repeat_n(10_000, 11));
        let after = verdicts(burst).split_off(21);
        let mut expect = vec![Verdict::Leave];
        expect.extend([Verdict::Answer; 10]);
        expect.push(Verdict::Tell(PAUSE));
        assert_eq!(after, expect);
    }

    #[test]
    fn an_instant_that_goes_back_is_no_way_around() {
        let mut instants = vec![5_000; 20];
        instants.push(0);
        assert_eq!(verdicts(instants).pop(), Some(Verdict::Tell(PAUSE)));
    }

    proptest! {
        #[test]
        fn one_a_second_is_always_answered(gaps in proptest::collection::vec(1_000..5_000_i64, 1..200)) {
            let instants = gaps.iter().scan(0, |now, gap| { *now += gap; Some(*now) });
            prop_assert!(verdicts(instants).iter().all(|verdict| *verdict == Verdict::Answer));
        }

        #[test]
        fn no_more_than_what_is_allowed_is_answered(gaps in proptest::collection::vec(0..2_000_i64, 1..300)) {
            let instants: Vec<i64> = gaps.iter().scan(0, |now, gap| { *now += gap; Some(*now) }).collect();
            let answered = verdicts(instants.iter().copied()).iter().filter(|v| **v == Verdict::Answer).count();
            let allowed = 20 + usize::try_from(instants.last().expect("one at least") / 1_000).expect("not negative");
            prop_assert!(answered <= allowed, "{answered} of {allowed}");
        }
    }
}
