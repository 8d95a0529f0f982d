//! Which places of a text stand within parentheses: nothing is split there.

/// The outermost parentheses and brackets of a text.
pub(super) struct Parentheses(Vec<(usize, usize)>);

impl Parentheses {
    /// Finds them; one that is left open covers the rest of the text.
    pub(super) fn of(text: &str) -> Self {
        let mut open = Vec::new();
        let mut spans: Vec<(usize, usize)> = Vec::new();
        let mut add = |from: usize, to: usize| {
            // What was found inside of this pair adds nothing to it.
            while spans.last().is_some_and(|(inner, _)| *inner > from) {
                spans.pop();
            }
            spans.push((from, to));
        };
        for (at, c) in text.char_indices() {
            match c {
                '(' | '[' => open.push(at),
                ')' | ']' => {
                    if let Some(from) = open.pop() {
                        add(from, at);
                    }
                }
                _ => {}
            }
        }
        if let Some(from) = open.first() {
            add(*from, text.len());
        }
        Self(spans)
    }

    /// Whether this place is between two of them.
    pub(super) fn within(&self, at: usize) -> bool {
        let next = self.0.partition_point(|(from, _)| *from <= at);
        next.checked_sub(1).is_some_and(|index| at < self.0[index].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expect` has `x` under every place that is within parentheses.
    #[track_caller]
    fn check(text: &str, expect: &str) {
        let parentheses = Parentheses::of(text);
        let found: String = text.char_indices().map(|(at, _)| if parentheses.within(at) { 'x' } else { ' ' }).collect();
        assert_eq!(found.trim_end(), expect, "{text}");
    }

    #[test]
    fn the_outermost_count() {
        check("a (b (c) d) e (f)", "  xxxxxxxx    xx");
        check("(a)(b) c", "xx xx");
    }

    #[test]
    fn what_is_left_open_covers_the_rest() {
        check("a (b [c] d", "  xxxxxxxx");
        check("a ) b ( c", "      xxx");
    }
}
