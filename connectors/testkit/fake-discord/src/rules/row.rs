//! A row: one to five buttons, or one select, never both.

use super::component::{kind, wrong_kind};
use super::finding::Findings;
use super::place::Place;
use super::{button, select};

const MOST_BUTTONS: usize = 5;

pub(super) fn check(row: &Place<'_>, findings: &mut Findings) {
    row.only(&["type", "id", "components"], findings);
    row.needs("components", findings);
    row.count_within("components", 1..=MOST_BUTTONS, findings);
    let children = row.items("components");
    let (mut buttons, mut selects) = (0, 0);
    for child in &children {
        match child.integer("type") {
            Some(kind::BUTTON) => {
                buttons += 1;
                button::check(child, findings);
            }
            Some(number) if select::is_select(number) => {
                selects += 1;
                select::check(child, findings);
            }
            _ => wrong_kind(child, "A row holds buttons or a select.", findings),
        }
    }
    if selects > 1 || (selects == 1 && buttons > 0) {
        let message = "A row holds up to five buttons or one select, never both.";
        findings.add(row.under("components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::Attempt;

    fn row(children: &Value) -> Attempt {
        Attempt::components(&json!([{ "type": 1, "components": children }]))
    }

    fn button(id: usize) -> Value {
        json!({ "type": 2, "style": 2, "custom_id": id.to_string(), "label": "Oui" })
    }

    #[test]
    fn one_to_five_buttons() {
        row(&json!((0..5).map(button).collect::<Vec<_>>())).accepted();
        row(&json!([])).refused(&["components/0/components: BASE_TYPE_BAD_LENGTH"]);
        row(&json!((0..6).map(button).collect::<Vec<_>>())).refused(&["components/0/components: BASE_TYPE_BAD_LENGTH"]);
    }

    #[test]
    fn or_one_select() {
        let people = json!({ "type": 5, "custom_id": "qui" });
        row(&json!([people])).accepted();
        row(&json!([people, button(0)])).refused(&["components/0/components: COMPONENT_LAYOUT_WIDTH_EXCEEDED"]);
        row(&json!([people, { "type": 6, "custom_id": "role" }]))
            .refused(&["components/0/components: COMPONENT_LAYOUT_WIDTH_EXCEEDED"]);
    }

    #[test]
    fn and_nothing_else() {
        let input = json!({ "type": 4, "custom_id": "a", "style": 1, "label": "x" });
        row(&json!([input])).refused(&["components/0/components/0/type: UNION_TYPE_CHOICES"]);
        Attempt::components(&json!([{ "type": 1, "components": [button(0)], "style": 1 }]))
            .refused(&["components/0/style: UNKNOWN_FIELD"]);
    }
}
