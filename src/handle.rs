//! The index that searches use now, replaced as a whole while they go on.
//!
//! A search holds the index it began with; the next one sees the new. Whoever reloads the référentiels builds an
//! [`Index`] aside and calls [`IndexHandle::replace`] only if that worked, so a defect leaves the one in force.

use crate::Index;
use arc_swap::ArcSwap;
use std::sync::Arc;

/// A shared, replaceable [`Index`]. Cloning it gives another handle to the same one.
#[derive(Debug, Clone)]
pub struct IndexHandle(Arc<ArcSwap<Index>>);

impl IndexHandle {
    /// A handle to this index.
    #[must_use]
    pub fn new(index: Index) -> Self {
        Self(Arc::new(ArcSwap::from_pointee(index)))
    }

    /// The index in force.
    #[must_use]
    pub fn current(&self) -> Arc<Index> {
        self.0.load_full()
    }

    /// Puts another index in force and gives back the former.
    pub fn replace(&self, index: Index) -> Arc<Index> {
        self.0.swap(Arc::new(index))
    }
}
