//! Spans of the port as lines of runs.

use super::{
    command_ids::CommandIds,
    measure::units,
    run::{Mark, Runs},
};
use vigie_chat::{Span, Text, WebLink, clean};

/// Longest link that is kept whole; a longer one is told in words, which can be split.
const LONGEST_LINK: usize = 1_000;

/// The lines of a text; there is at least one.
pub(super) fn lines(text: &Text, commands: &CommandIds) -> Vec<Runs> {
    let mut lines = Lines { done: Vec::new(), line: Runs::default() };
    for span in text.spans() {
        lines.span(span, commands);
    }
    lines.done.push(lines.line.trimmed_end());
    lines.done
}

/// The same text with all its words standing out.
pub(super) fn strong(text: &Text) -> Text {
    let stronger = text.spans().iter().map(|span| match span {
        Span::Plain(words) | Span::Emphasis(words) | Span::Match(words) => Span::Strong(words.clone()),
        other => other.clone(),
    });
    stronger.collect()
}

/// The id, if it is one of Discord's.
pub(super) fn snowflake(id: &str) -> Option<u64> {
    let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    id.parse().ok().filter(|number| digits && *number != 0)
}

struct Lines {
    done: Vec<Runs>,
    line: Runs,
}

impl Lines {
    fn span(&mut self, span: &Span, commands: &CommandIds) {
        match span {
            Span::Plain(words) => self.words(Mark::Plain, words),
            Span::Strong(words) | Span::Match(words) => self.words(Mark::Strong, words),
            Span::Emphasis(words) => self.words(Mark::Emphasis, words),
            Span::Code(words) => self.words(Mark::Code, words),
            Span::Command(words) => self.command(words, commands),
            Span::Link { label, url } => self.link(&clean(label), url),
            Span::Mention(person) => match snowflake(person.id.as_str()) {
                Some(id) => self.line.fixed(format!("<@{id}>")),
                None => self.words(Mark::Plain, &person.name),
            },
            Span::Time { at, words } => {
                self.words(Mark::Plain, words);
                self.line.fixed(format!(" (<t:{}:F>)", at.as_second()));
            }
        }
    }

    /// Adds words, each line of them to a line of its own.
    fn words(&mut self, mark: Mark, words: &str) {
        for (rank, part) in clean(words).split('\n').enumerate() {
            if rank > 0 {
                self.done.push(std::mem::take(&mut self.line).trimmed_end());
            }
            self.line.words(mark, part);
        }
    }

    fn command(&mut self, words: &str, commands: &CommandIds) {
        let words = clean(words);
        match commands.begun(&words) {
            Some((id, path, rest)) => {
                self.line.fixed(format!("</{path}:{id}>"));
                self.words(Mark::Code, rest);
            }
            None => self.words(Mark::Code, &format!("/{words}")),
        }
    }

    fn link(&mut self, label: &str, url: &WebLink) {
        let address = url.as_str();
        let followed = !address.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
        let short = units(address) + 2 * units(label) + 8 <= LONGEST_LINK;
        if !followed || !short {
            self.words(Mark::Plain, label);
            if label != address {
                self.words(Mark::Plain, &format!(" ({address})"));
            }
        } else if label == address || label.trim().is_empty() {
            self.line.fixed(format!("<{address}>"));
        } else if label.contains(['[', ']', '\n']) || label.contains("://") {
            // Discord finds the end of such a label elsewhere, or takes the link for a trap and shows its markup.
            self.words(Mark::Plain, label);
            self.line.fixed(format!(" (<{address}>)"));
        } else {
            let mut shown = Runs::default();
            shown.words(Mark::Plain, label.trim());
            let address = address.replace('(', "%28").replace(')', "%29");
            self.line.words(Mark::Plain, &label[..label.len() - label.trim_start().len()]);
            self.line.fixed(format!("[{}](<{address}>)", shown.markdown()));
            self.line.words(Mark::Plain, &label[label.trim_end().len()..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_chat::Person;

    #[track_caller]
    fn check(text: &Text, markdown: &str) {
        let ids = [("chercher", "12")].into_iter().collect();
        let lines: Vec<String> = lines(text, &ids).iter().map(Runs::markdown).collect();
        assert_eq!(lines.join("\n"), markdown);
    }

    fn link(label: &str, url: &str) -> Text {
        Text::new().link(label, url.parse().expect("a valid address"))
    }

    #[test]
    fn commands_can_be_tapped_once_registered() {
        check(&Text::new().command("chercher"), "</chercher:12>");
        check(&Text::new().command("chercher texte:rgpd"), "</chercher:12> `texte:rgpd`");
        check(&Text::new().command("fiche C1.5"), "`/fiche C1.5`");
    }

    #[test]
    fn links_show_where_they_lead() {
        check(&link(" Le guide", "https://a.example/b(c)"), " [Le guide](<https://a.example/b%28c%29>)");
        check(&link("https://a.example", "https://a.example"), "<https://a.example>");
        check(&link("", "https://a.example"), "<https://a.example>");
        check(&link("[a]", "https://a.example"), r"\[a\] (<https://a.example>)");
        check(&link("https://b.example", "https://a.example"), r"https\://b.example (<https://a.example>)");
        check(&link("Référent", "mailto:handicap@a.example"), r"Référent (mailto\:handicap\@a.example)");
    }

    #[test]
    fn people_and_instants_are_discords_own() {
        check(&Text::new().mention(Person::new("42", "Alice")), "<@42>");
        check(&Text::new().mention(Person::new("@alice:matrix.example", "*Alice*")), r"\*Alice\*");
        let at = "2026-11-27T17:00:00Z".parse().expect("an instant");
        check(&Text::new().time(at, "vendredi à 18 h"), "vendredi à 18 h (<t:1795798800:F>)");
    }

    #[test]
    fn each_line_has_marks_of_its_own() {
        check(&Text::new().strong("a\nb").code("c\n"), "**a**\n**b**`c`\n");
    }
}
