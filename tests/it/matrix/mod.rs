//! The real program on a real Synapse, as its users and its operator meet it.
//!
//! Without python3 the tests say that they skip; they fail when `VIGIE_REQUIRE_ALL=1`.

mod days;
mod operator;
mod school;

pub(crate) use school::School;
