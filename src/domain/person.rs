//! A person, as the school's rules see one: somebody who isn't somebody else.

use serde::{Deserialize, Serialize};

/// The store's key of a person. The rules compare it and hand it back; what it is made of is the store's affair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonKey(pub i64);
