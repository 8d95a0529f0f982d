//! The crate from outside: what documents become, what files may hold, what is refused and how.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops")]

mod documents;
mod file;
mod official;
mod sources;
mod traps;
