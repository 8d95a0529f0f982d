//! Options of a command: parameters, subcommands, and groups of subcommands.

use std::collections::HashSet;

use super::command_name::{self, NameStyle, localizations};
use super::finding::Findings;
use super::parameter;
use super::place::Place;

const KEYS: &[&str] = &[
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "choices",
    "options",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "autocomplete",
];
const MOST_OPTIONS: usize = 25;
const SUBCOMMAND: i64 = 1;
const GROUP: i64 = 2;
const LAST: i64 = 11;

/// Whose options they are, which decides what may stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Command,
    Group,
    Subcommand,
}

/// The options of a command.
pub(super) fn check_top(command: &Place<'_>, findings: &mut Findings) {
    list(command, Owner::Command, findings);
}

fn list(owner: &Place<'_>, kind: Owner, findings: &mut Findings) {
    owner.count_within("options", 0..=MOST_OPTIONS, findings);
    let options = owner.items("options");
    let nests = |option: &Place<'_>| matches!(option.integer("type"), Some(SUBCOMMAND | GROUP));
    if options.iter().any(nests) && !options.iter().all(nests) {
        let message = "Subcommands and parameters can't stand beside each other.";
        findings.add(owner.under("options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    let mut names = HashSet::new();
    let mut has_optional = false;
    for option in options {
        one(&option, kind, findings);
        if option.text("name").is_some_and(|name| !names.insert(name)) {
            let message = "Another option here has this name.";
            findings.add(option.under("name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message);
        }
        if option.is_true("required") && has_optional && !nests(&option) {
            let message = "Required options must come before optional ones.";
            findings.add(option.path.clone(), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        has_optional |= !option.is_true("required");
    }
}

fn one(option: &Place<'_>, owner: Owner, findings: &mut Findings) {
    option.only(KEYS, findings);
    option.needs("type", findings);
    option.integer_within("type", SUBCOMMAND..=LAST, findings);
    option.needs("name", findings);
    command_name::check(option, NameStyle::Slash, findings);
    option.needs_text("description", 1..=100, findings);
    localizations(option, "description_localizations", 1..=100, findings);
    option.boolean("required", findings);
    option.boolean("autocomplete", findings);
    let kind = option.integer("type").unwrap_or_default();
    let is_allowed = match owner {
        Owner::Command => true,
        Owner::Group => kind == SUBCOMMAND,
        Owner::Subcommand => kind > GROUP,
    };
    if !is_allowed {
        let message = "A command nests groups, then subcommands, then parameters.";
        findings.add(option.under("type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    match kind {
        SUBCOMMAND => list(option, Owner::Subcommand, findings),
        GROUP => list(option, Owner::Group, findings),
        _ => option.forbids("options", "A parameter has no options.", findings),
    }
    if kind <= GROUP {
        option.forbids("required", "A subcommand is neither required nor optional.", findings);
    }
    parameter::check(option, kind, findings);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, long};

    fn options(options: &Value) -> Attempt {
        Attempt::command(json!({ "name": "a", "description": "x", "options": options }))
    }

    fn option(kind: u8, name: &str) -> Value {
        json!({ "type": kind, "name": name, "description": "x" })
    }

    fn with(kind: u8, extra: &Value) -> Attempt {
        let mut option = option(kind, "a");
        for (key, value) in extra.as_object().expect("an object") {
            option[key] = value.clone();
        }
        options(&json!([option]))
    }

    #[test]
    fn twenty_five_options_with_names_that_differ() {
        let many: Vec<Value> = (0..26).map(|n| option(3, &format!("o{n}"))).collect();
        options(&json!(many[..25])).accepted();
        options(&json!(many)).refused(&["options: BASE_TYPE_BAD_LENGTH"]);
        options(&json!([option(3, "a"), option(4, "a")]))
            .refused(&["options/1/name: APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"]);
        with(3, &json!({ "name": "A" })).refused(&["options/0/name: APPLICATION_COMMAND_INVALID_NAME"]);
        with(3, &json!({ "description": long(101) })).refused(&["options/0/description: BASE_TYPE_BAD_LENGTH"]);
        with(12, &json!({})).refused(&["options/0/type: NUMBER_TYPE_MAX"]);
        with(3, &json!({ "hint": "x" })).refused(&["options/0/hint: UNKNOWN_FIELD"]);
    }

    #[test]
    fn required_comes_before_optional() {
        let mut required = option(3, "b");
        required["required"] = json!(true);
        options(&json!([required, option(3, "a")])).accepted();
        options(&json!([option(3, "a"), required]))
            .refused(&["options/1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"]);
    }

    #[test]
    fn builders_may_say_nothing_at_length() {
        let noise = json!({
            "required": false, "choices": [], "options": [], "channel_types": [], "min_value": null, "max_value": null,
            "min_length": null, "max_length": null, "autocomplete": false
        });
        for kind in 1..=11 {
            with(kind, &noise).accepted();
        }
    }

    #[test]
    fn two_levels_of_subcommands() {
        let nested = |outer: u8, inner: u8, leaf: u8| {
            let mut deep = option(inner, "b");
            deep["options"] = json!([option(leaf, "c")]);
            let mut top = option(outer, "a");
            top["options"] = json!([deep]);
            options(&json!([top]))
        };
        nested(2, 1, 3).accepted();
        nested(2, 2, 1).refused(&["options/0/options/0/type: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"]);
        nested(1, 1, 3).refused(&["options/0/options/0/type: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"]);
        options(&json!([option(1, "a"), option(3, "b")]))
            .refused(&["options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"]);
        with(1, &json!({ "required": true })).refused(&["options/0/required: BASE_TYPE_FORBIDDEN"]);
    }
}
