//! The real program on a fake Discord, as its users meet it.
//!
//! The fake refuses what Discord refuses and fails the test on anything against the rules or unknown; where Discord's own
//! description lies beside the checkout (`../shared/discord/openapi.json`), every body is checked against it.

mod days;
mod lives;
mod program;
