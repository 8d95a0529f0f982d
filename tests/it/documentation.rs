//! The documentation that is made from the code is up to date.

use expect_test::expect_file;

#[test]
fn the_page_of_commands_is_what_the_definitions_say() {
    expect_file!["../../docs/commands.md"].assert_eq(&vigie::commands::documentation());
}
