//! The crate from outside: what documents become, what files may hold, what is refused and how.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops")]
#![allow(clippy::needless_pass_by_value, reason = "an expectation is written where it is used")]
#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod bad_input;
mod cuts;
mod documents;
mod file;
mod mangled;
mod official;
mod scale;
mod sources;
mod traps;
