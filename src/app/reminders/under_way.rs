//! Messages that are under way: each goes on by itself, so that a network that takes its time holds up nothing but what goes
//! to it, and each is noted as it ends.

use super::send::Sent;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt as _, StreamExt as _};

/// Under way at once.
const CAPACITY: usize = 500;

/// Claimed at once, as soon as there is room for so many.
const AT_ONCE: u16 = 250;

/// Messages that are under way, and what came of those that ended and isn't noted yet.
#[derive(Default)]
pub(super) struct UnderWay<'a> {
    sends: FuturesUnordered<BoxFuture<'a, Sent>>,
    ended: Vec<Sent>,
}

impl<'a> UnderWay<'a> {
    /// How many more may be claimed.
    pub(super) fn room(&self) -> u16 {
        if self.sends.len() + usize::from(AT_ONCE) <= CAPACITY { AT_ONCE } else { 0 }
    }

    /// Begins.
    pub(super) fn begin(&mut self, sends: impl IntoIterator<Item = BoxFuture<'a, Sent>>) {
        self.sends.extend(sends);
    }

    /// Does something while messages go on.
    pub(super) async fn beside<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                Some(sent) = self.sends.next() => self.ended.push(sent),
            }
        }
    }

    /// Waits until one ends, if any is under way; never, if none is.
    pub(super) async fn one_ends(&mut self) {
        if !self.ended.is_empty() {
            return;
        }
        match self.sends.next().await {
            Some(sent) => self.ended.push(sent),
            None => std::future::pending().await,
        }
        // Those that end at the same time are noted together.
        while let Some(Some(sent)) = self.sends.next().now_or_never() {
            self.ended.push(sent);
        }
    }

    /// Waits until all have ended.
    pub(super) async fn all_end(&mut self) {
        while let Some(sent) = self.sends.next().await {
            self.ended.push(sent);
        }
    }

    /// What came of those that ended, and isn't noted.
    pub(super) fn ended(&mut self) -> Vec<Sent> {
        std::mem::take(&mut self.ended)
    }

    /// What couldn't be noted, to be noted later.
    pub(super) fn unnoted(&mut self, ended: Vec<Sent>) {
        self.ended.splice(0..0, ended);
    }
}
