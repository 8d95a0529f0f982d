//! Bounds: lengths, counts, numbers and known keys.
//!
//! Every limit of the other files is checked through one of these, which also say what is wrong in Discord's manner.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::finding::Findings;
use super::place::Place;

impl Place<'_> {
    /// The text at `key`, when it is there, is this long (in code points).
    pub(super) fn text_within(&self, key: &str, length: RangeInclusive<usize>, findings: &mut Findings) {
        let Some(place) = self.get(key) else { return };
        let Some(text) = place.value.as_str() else {
            findings.add(place.path, "STRING_TYPE_CONVERT", "This is not a text.");
            return;
        };
        if length.contains(&text.chars().count()) {
            return;
        }
        let (least, most) = (length.start(), length.end());
        let (code, message) = if *least == 0 {
            ("BASE_TYPE_MAX_LENGTH", format!("Must have {most} characters at most."))
        } else {
            ("BASE_TYPE_BAD_LENGTH", format!("Must have {least} to {most} characters."))
        };
        findings.add(place.path, code, message);
    }

    /// The text at `key` is there, and this long.
    pub(super) fn needs_text(&self, key: &str, length: RangeInclusive<usize>, findings: &mut Findings) {
        self.needs(key, findings);
        self.text_within(key, length, findings);
    }

    /// Something is at `key`.
    pub(super) fn needs(&self, key: &str, findings: &mut Findings) {
        if !self.has(key) {
            findings.add(self.under(key), "BASE_TYPE_REQUIRED", "This field is needed.");
        }
    }

    /// Nothing is at `key`, or nothing that says anything (an empty list, `false`).
    pub(super) fn forbids(&self, key: &str, why: &str, findings: &mut Findings) {
        if self.fills(key) {
            findings.add(self.under(key), "BASE_TYPE_FORBIDDEN", why);
        }
    }

    /// The list at `key`, when it is there, has this many elements.
    pub(super) fn count_within(&self, key: &str, count: RangeInclusive<usize>, findings: &mut Findings) {
        let Some(place) = self.get(key) else { return };
        let Some(items) = place.value.as_array() else {
            findings.add(place.path, "LIST_TYPE_CONVERT", "This is not a list.");
            return;
        };
        if !count.contains(&items.len()) {
            let message = format!("Must have {} to {} elements.", count.start(), count.end());
            findings.add(place.path, "BASE_TYPE_BAD_LENGTH", message);
        }
    }

    /// The number at `key`, when it is there, is an integer in this range.
    pub(super) fn integer_within(&self, key: &str, range: RangeInclusive<i64>, findings: &mut Findings) {
        let Some(place) = self.get(key) else { return };
        let Some(number) = place.value.as_i64() else {
            findings.add(place.path, "NUMBER_TYPE_COERCE", "This is not an integer.");
            return;
        };
        if number < *range.start() {
            findings.add(place.path, "NUMBER_TYPE_MIN", format!("Must be {} or more.", range.start()));
        } else if number > *range.end() {
            findings.add(place.path, "NUMBER_TYPE_MAX", format!("Must be {} or less.", range.end()));
        }
    }

    /// Two integers, when both are there, are in order.
    pub(super) fn ordered(&self, least: &str, most: &str, findings: &mut Findings) {
        let number = |key| self.value.get(key).and_then(Value::as_f64);
        if let (Some(low), Some(high)) = (number(least), number(most))
            && low > high
        {
            findings.add(self.under(most), "NUMBER_TYPE_MIN", format!("Must not be below `{least}`."));
        }
    }

    /// This is an object, with no other keys than these. A key that holds `null` says nothing and is let pass.
    pub(super) fn only(&self, keys: &[&str], findings: &mut Findings) {
        let Some(fields) = self.value.as_object() else {
            findings.add(self.path.clone(), "DICT_TYPE_CONVERT", "This is not an object.");
            return;
        };
        for (key, value) in fields {
            if !value.is_null() && !keys.contains(&key.as_str()) {
                findings.add(self.under(key), "UNKNOWN_FIELD", "Discord knows no such field here.");
            }
        }
    }

    /// The value at `key`, when it is there, is `true` or `false`.
    pub(super) fn boolean(&self, key: &str, findings: &mut Findings) {
        if let Some(place) = self.get(key)
            && !place.value.is_boolean()
        {
            findings.add(place.path, "BOOLEAN_TYPE_CONVERT", "This is neither true nor false.");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lengths_are_counted_in_code_points() {
        let body = json!({ "name": "é".repeat(4), "family": "👨‍👩‍👧" });
        let mut findings = Findings::default();
        Place::root(&body).text_within("name", 1..=4, &mut findings);
        Place::root(&body).text_within("family", 5..=5, &mut findings);
        assert!(findings.into_refusal().is_none());
    }

    #[test]
    fn a_null_is_absent_and_an_unknown_key_is_not() {
        let body = json!({ "name": null, "other": null, "more": 1 });
        let mut findings = Findings::default();
        Place::root(&body).only(&["name"], &mut findings);
        Place::root(&body).needs("name", &mut findings);
        let errors = findings.into_refusal().expect("two findings").errors;
        assert_eq!(errors["more"]["_errors"][0]["code"], "UNKNOWN_FIELD");
        assert_eq!(errors["name"]["_errors"][0]["code"], "BASE_TYPE_REQUIRED");
        assert!(errors.get("other").is_none());
    }
}
