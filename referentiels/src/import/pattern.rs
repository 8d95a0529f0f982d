//! Regular expressions that are compiled once, at their first use.

/// Declares a constant regular expression.
macro_rules! pattern {
    ($visibility:vis $name:ident, $pattern:expr) => {
        $visibility static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($pattern).expect("the pattern is constant"));
    };
}

pub(crate) use pattern;
