//! The console conforms to what every network does.

#[path = "conformance/terminal.rs"]
mod terminal;

use terminal::Terminal;

vigie_testkit::conformance!(async |app| Terminal::open(app));
