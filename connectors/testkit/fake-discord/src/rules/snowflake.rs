//! Snowflakes: Discord's ids.

use serde_json::Value;

use super::finding::Findings;
use super::place::Place;

/// A text of digits that fits 64 bits, without leading zero, or such an integer.
pub(super) fn is_snowflake(value: &Value) -> bool {
    match value {
        Value::String(text) => is_snowflake_text(text),
        other => other.is_u64(),
    }
}

/// The same, in a path.
pub(super) fn is_snowflake_text(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse::<u64>().is_ok()
        && (text == "0" || !text.starts_with('0'))
}

impl Place<'_> {
    /// What is at `key`, when it is there, is a snowflake.
    pub(super) fn snowflake(&self, key: &str, findings: &mut Findings) {
        if let Some(id) = self.get(key) {
            id.is_id(findings);
        }
    }

    /// The elements of the list at `key` are snowflakes, each once.
    pub(super) fn snowflakes(&self, key: &str, most: usize, findings: &mut Findings) {
        self.count_within(key, 0..=most, findings);
        let mut seen = Vec::new();
        for id in self.items(key) {
            id.is_id(findings);
            if seen.contains(&id.value) {
                findings.add(id.path, "SET_TYPE_CONTAINS_DUPLICATES", "This is in the list already.");
            } else {
                seen.push(id.value);
            }
        }
    }

    fn is_id(&self, findings: &mut Findings) {
        if !is_snowflake(self.value) {
            findings.add(self.path.clone(), "NUMBER_TYPE_COERCE", "This is not a snowflake.");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn digits_and_integers_are_snowflakes() {
        for good in [json!("1200000000000000000"), json!(12), json!("0"), json!(0)] {
            assert!(is_snowflake(&good), "{good}");
        }
        for bad in
            [json!("01"), json!(""), json!("+1"), json!("12a"), json!(-1), json!(1.5), json!("99999999999999999999")]
        {
            assert!(!is_snowflake(&bad), "{bad}");
        }
    }
}
