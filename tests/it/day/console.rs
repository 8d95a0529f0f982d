//! The console, as the connector's own tests stage it.

#[path = "../../../connectors/console/tests/conformance/terminal.rs"]
mod terminal;

pub(super) use terminal::Terminal;
