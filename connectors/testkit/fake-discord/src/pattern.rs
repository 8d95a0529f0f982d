//! How a test names requests: `"POST /channels/*/messages"`.
//!
//! `*` stands for one part of the path, `**` at the end for any number, `*` as the method for any. Paths are without
//! `/api/v10`.

use std::fmt;

/// A set of requests, by method and path.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    method: String,
    path: String,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Panics
    ///
    /// When it isn't a method and a path.
    pub(crate) fn read(text: &str) -> Self {
        let (method, path) = text.split_once(' ').expect("a pattern is a method and a path, such as \"GET /gateway\"");
        assert!(path.starts_with('/'), "the path of a pattern starts with a slash: {text}");
        Self { method: method.to_owned(), path: path.to_owned() }
    }

    pub(crate) fn any() -> Self {
        Self::read("* /**")
    }

    pub(crate) fn matches(&self, method: &str, path: &str) -> bool {
        (self.method == "*" || self.method == method) && parts_match(&self.path, path)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

fn parts_match(pattern: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    for wanted in pattern.split('/') {
        if wanted == "**" {
            return true;
        }
        match parts.next() {
            Some(part) if wanted == "*" || wanted == part => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[track_caller]
    fn check(pattern: &str, request: &str, expected: bool) {
        let (method, path) = request.split_once(' ').expect("a method and a path");
        assert_eq!(Pattern::read(pattern).matches(method, path), expected, "{pattern} on {request}");
    }

    #[test]
    fn a_star_is_one_part() {
        check("POST /channels/*/messages", "POST /channels/1/messages", true);
        check("POST /channels/*/messages", "POST /channels/1/messages/2", false);
        check("POST /channels/*/messages", "GET /channels/1/messages", false);
    }

    #[test]
    fn two_stars_are_the_rest() {
        check("* /webhooks/**", "PATCH /webhooks/1/abc/messages/@original", true);
        check("* /**", "GET /gateway", true);
    }
}
