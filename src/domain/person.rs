//! Who a person is within a space, whatever the network they speak on.

use serde::{Deserialize, Serialize};

/// A person in one space: the number that the store gave them. It says nothing in another space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonKey(pub i64);
