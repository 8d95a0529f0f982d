//! What one person does in one place is answered in its order; different people don't wait for each other.

use std::{collections::HashMap, hash::Hash};
use tokio::{sync::oneshot, task::JoinSet};

/// Lanes looked through for those that are over once there are so many.
const MANY: usize = 256;

/// Tasks in lanes: within a lane one after the other, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Lanes<K> {
    last: HashMap<K, oneshot::Receiver<()>>,
    tasks: JoinSet<()>,
}

impl<K: Eq + Hash> Lanes<K> {
    /// No lane yet.
    pub(crate) fn new() -> Self {
        Self { last: HashMap::new(), tasks: JoinSet::new() }
    }

    /// Runs a task after those that are already in its lane.
    pub(crate) fn run(&mut self, lane: K, task: impl Future<Output = ()> + Send + 'static) {
        while self.tasks.try_join_next().is_some() {}
        if self.last.len() >= MANY {
            self.last.retain(|_, over| matches!(over.try_recv(), Err(oneshot::error::TryRecvError::Empty)));
        }
        // Dropped at the end of the task, also when it panics; that is what the next one waits for.
        let (running, over) = oneshot::channel::<()>();
        let before = self.last.insert(lane, over);
        self.tasks.spawn(async move {
            let _running = running;
            if let Some(before) = before {
                let _ = before.await;
            }
            task.await;
        });
    }

    /// Waits until every task is over.
    pub(crate) async fn drain(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn each_lane_keeps_its_order() {
        let mut lanes = Lanes::new();
        let done = Arc::new(Mutex::new(Vec::new()));
        for n in 0..1_000_u32 {
            let done = Arc::clone(&done);
            lanes.run(n % 3, async move {
                tokio::task::yield_now().await;
                done.lock().expect("nobody panicked").push(n);
            });
        }
        lanes.drain().await;
        let done = done.lock().expect("nobody panicked");
        assert_eq!(done.len(), 1_000);
        for lane in 0..3 {
            let of_lane: Vec<u32> = done.iter().copied().filter(|n| n % 3 == lane).collect();
            assert!(of_lane.is_sorted(), "{of_lane:?}");
        }
    }

    #[tokio::test]
    async fn a_panic_holds_nobody_up() {
        let mut lanes = Lanes::new();
        lanes.run((), async { panic!("on purpose") });
        let (tell, told) = oneshot::channel();
        lanes.run((), async { tell.send(()).expect("somebody listens") });
        told.await.expect("the second task ran");
        lanes.drain().await;
    }
}
