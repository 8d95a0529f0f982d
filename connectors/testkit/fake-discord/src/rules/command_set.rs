//! All commands of an application, written over at once.

use std::collections::HashSet;

use super::Refusal;
use super::command;
use super::finding::Findings;
use super::place::Place;
use super::subject::CommandKind;

const MOST_TYPED: usize = 100;
const MOST_OF_A_MENU: usize = 15;

pub(super) fn check(body: &Place<'_>, findings: &mut Findings) {
    if !body.value.is_array() {
        findings.add(body.path.clone(), "LIST_TYPE_CONVERT", "This is not a list of commands.");
    }
    let mut names = HashSet::new();
    for command in body.elements() {
        command::check(CommandKind::Overwrite, &command, findings);
        if command.text("name").is_some_and(|name| !names.insert((command::kind_of(&command), name))) {
            let message = "Another command of this type has this name.";
            findings.add(command.under("name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
    }
}

/// # Errors
///
/// 30032 when there are more commands of a type than Discord keeps.
pub(super) fn few_enough(body: &Place<'_>) -> Result<(), Refusal> {
    let kinds: Vec<i64> = body.elements().iter().map(command::kind_of).collect();
    for kind in &kinds {
        let most = if *kind == command::CHAT_INPUT { MOST_TYPED } else { MOST_OF_A_MENU };
        if kinds.iter().filter(|other| *other == kind).count() > most {
            return Err(Refusal::too_many_commands(most));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::Attempt;

    fn all(commands: &Value) -> Attempt {
        Attempt::new("PUT", "/applications/1/commands", commands.clone())
    }

    #[test]
    fn a_hundred_typed_commands_at_most() {
        let commands: Vec<Value> =
            (0..101).map(|n| json!({ "name": format!("c{n}"), "description": "x", "id": "1" })).collect();
        all(&json!([])).accepted();
        all(&json!(commands[..100])).accepted();
        assert_eq!(all(&json!(commands)).refusal().code, 30032);
    }

    #[test]
    fn names_differ_within_a_type() {
        let typed = json!({ "name": "a", "description": "x" });
        all(&json!([typed, { "name": "a", "type": 2 }])).accepted();
        all(&json!([typed, typed])).refused(&["1/name: APPLICATION_COMMANDS_DUPLICATE_NAME"]);
        all(&json!([{ "name": "a" }])).refused(&["0/description: BASE_TYPE_REQUIRED"]);
        all(&json!({ "name": "a" })).refused(&[": LIST_TYPE_CONVERT"]);
    }
}
