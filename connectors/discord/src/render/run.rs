//! One line of Discord's Markdown, as runs that remember what they are.
//!
//! Markup is written from runs only once it is known where lines and pages end, so that none is cut through. Marks never
//! touch white space nor each other: Discord would show `****` or ` **` as it is.

use super::escape::{Place, escape};

/// How words stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Plain,
    Strong,
    Emphasis,
    Code,
}

/// Words of one kind, or markup that is already written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// Words as they were given.
    Words(Mark, String),
    /// Discord's own markup, short and never cut: a link, a mention, an instant, a command to tap.
    Fixed(String),
}

/// A line, without line ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Runs(Vec<Run>);

impl Runs {
    pub(super) fn runs(&self) -> &[Run] {
        &self.0
    }

    /// Whether nothing would be seen.
    pub(super) fn is_blank(&self) -> bool {
        self.0.iter().all(|run| matches!(run, Run::Words(_, words) if words.trim().is_empty()))
    }

    /// Adds markup that is already written.
    pub(super) fn fixed(&mut self, shown: String) {
        self.0.push(Run::Fixed(shown));
    }

    /// Adds a run of either kind.
    pub(super) fn push(&mut self, run: Run) {
        match run {
            Run::Words(mark, words) => self.words(mark, &words),
            Run::Fixed(shown) => self.fixed(shown),
        }
    }

    /// Adds words, the white space at their ends without marks.
    pub(super) fn words(&mut self, mark: Mark, words: &str) {
        let core = words.trim();
        if mark == Mark::Plain || core.is_empty() {
            return self.join(Mark::Plain, words);
        }
        // Words of one kind keep the white space between them.
        let joined = matches!(self.0.last(), Some(Run::Words(last, _)) if *last == mark);
        let before = if joined { 0 } else { words.len() - words.trim_start().len() };
        let core = words[before..].trim_end();
        self.join(Mark::Plain, &words[..before]);
        self.join(mark, core);
        self.join(Mark::Plain, &words[before + core.len()..]);
    }

    /// Adds words to the last run where they are of its kind. Where two kinds of stars would touch, the second kind goes.
    fn join(&mut self, mark: Mark, words: &str) {
        if words.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(Run::Words(last, before)) if *last == mark => before.push_str(words),
            Some(Run::Words(Mark::Strong | Mark::Emphasis, _)) if matches!(mark, Mark::Strong | Mark::Emphasis) => {
                self.0.push(Run::Words(Mark::Plain, words.to_owned()));
            }
            _ => self.0.push(Run::Words(mark, words.to_owned())),
        }
    }

    /// The line without the white space at its end.
    pub(super) fn trimmed_end(mut self) -> Self {
        while let Some(Run::Words(_, words)) = self.0.last_mut() {
            words.truncate(words.trim_end().len());
            if !words.is_empty() {
                break;
            }
            self.0.pop();
        }
        self
    }

    /// The line in Discord's Markdown.
    pub(super) fn markdown(&self) -> String {
        let mut out = String::new();
        for (rank, run) in self.0.iter().enumerate() {
            let place = if out.trim().is_empty() { Place::LineStart } else { Place::Within };
            let follows = self.0.get(rank + 1).and_then(Run::first);
            match run {
                Run::Fixed(shown) => out.push_str(shown),
                Run::Words(mark, words) => mark.write(words, place, follows, &mut out),
            }
        }
        out
    }
}

impl Run {
    fn first(&self) -> Option<char> {
        match self {
            Self::Words(_, text) | Self::Fixed(text) => text.chars().next(),
        }
    }
}

impl Mark {
    fn write(self, words: &str, place: Place, follows: Option<char>, out: &mut String) {
        let star = match self {
            Self::Plain => "",
            Self::Strong => "**",
            Self::Emphasis => "*",
            Self::Code => match fenced(words) {
                Some(code) => return out.push_str(&code),
                None => "",
            },
        };
        out.push_str(star);
        escape(words, place, follows, out);
        out.push_str(star);
    }
}

/// Words in a fence that isn't found in them. Three backticks would make a block: `None` where only they would do.
fn fenced(words: &str) -> Option<String> {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = match longest {
        0 => "`",
        1 => "``",
        _ => return None,
    };
    let pad = |beside: bool| if beside { " " } else { "" };
    Some(format!("{fence}{}{words}{}{fence}", pad(words.starts_with('`')), pad(words.ends_with('`'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(runs: &[(Mark, &str)], markdown: &str) {
        let mut line = Runs::default();
        for (mark, words) in runs {
            line.words(*mark, words);
        }
        assert_eq!(line.markdown(), markdown);
    }

    #[test]
    fn marks_touch_neither_white_space_nor_each_other() {
        use Mark::{Code, Emphasis, Plain, Strong};
        check(&[(Plain, "a"), (Strong, " b "), (Emphasis, "c")], "a **b** *c*");
        check(&[(Strong, "a"), (Emphasis, "b"), (Strong, "c")], "**a**b**c**");
        check(&[(Strong, "a"), (Strong, " b"), (Strong, " ")], "**a b** ");
        check(&[(Code, "a"), (Code, "b"), (Strong, "c")], "`ab`**c**");
        check(&[(Strong, ""), (Emphasis, " \u{a0}")], " \u{a0}");
        check(&[(Strong, "a*"), (Plain, "*b")], r"**a\***\*b");
    }

    #[test]
    fn code_is_shown_to_the_letter() {
        check(&[(Mark::Code, "*a* :b: c")], "`*a* :b: c`");
        check(&[(Mark::Code, "a`b")], "``a`b``");
        check(&[(Mark::Code, "`a`")], "`` `a` ``");
        check(&[(Mark::Code, "```a")], r"\`\`\`a");
        check(&[(Mark::Plain, "`"), (Mark::Code, "a")], r"\``a`");
    }

    #[test]
    fn a_line_begins_with_words_whatever_their_mark() {
        check(&[(Mark::Plain, " "), (Mark::Strong, "- a"), (Mark::Plain, "- b")], r" **\- a**- b");
    }
}
