//! The fake Discord, the connector and the scenarios are added in the next commits.

pub mod rules;
