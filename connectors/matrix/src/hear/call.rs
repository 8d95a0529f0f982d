//! How the bot is called in a room that it shares with others.
//!
//! By its mark (`!vigie chercher rgpd`), by one of its own commands (`!chercher rgpd`: other bots use `!` too, so any other
//! word leaves it alone), or by a mention. Only the plain body is read; a mention stands in it as the name that the client
//! shows, as the user id, or as a link to it.

use matrix_sdk::ruma::{UserId, events::Mentions};
use vigie_chat::{CommandPath, CommandSet, folded};

/// What the port's parser knows as the bot's own mark, whatever the configured one is.
const MARK: &str = "!vigie";

/// Where clients link to.
const LINKS: &str = "https://matrix.to/#/";

/// By what the bot is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Called<'a> {
    /// The bot.
    pub(crate) user: &'a UserId,
    /// The name under which the room knows it.
    pub(crate) name: &'a str,
    /// What a command begins with, such as `!vigie`.
    pub(crate) prefix: &'a str,
    /// The commands, which a `!` alone may come before.
    pub(crate) commands: &'a CommandSet,
}

impl Called<'_> {
    /// What is said to the bot, as a line for the port's parser; `None` when nothing calls it.
    pub(crate) fn line(&self, body: &str, mentions: Option<&Mentions>) -> Option<String> {
        let body = body.trim();
        if let Some(line) = self.marked(body) {
            return Some(line);
        }
        let rest = match mentions {
            Some(mentions) if mentions.user_ids.contains(self.user) => self.without_mention(body),
            Some(_) => return None,
            // A client from before mentions were told apart: the words are all there is.
            None => self.after_name(body).and_then(after_colon)?,
        };
        Some(self.marked(rest).unwrap_or_else(|| rest.to_owned()))
    }

    /// The line of something that is meant for the bot however it is said.
    pub(crate) fn bare_line(&self, body: &str, mentions: Option<&Mentions>) -> String {
        self.line(body, mentions).unwrap_or_else(|| body.trim().to_owned())
    }

    /// A line that begins with the mark or with one of the commands.
    fn marked(&self, body: &str) -> Option<String> {
        if let Some(rest) = after_folded(body, self.prefix).filter(|rest| ends_a_word(rest)) {
            let rest = rest.trim_start().trim_start_matches([':', ',']).trim_start();
            return Some(format!("{MARK} {rest}").trim_end().to_owned());
        }
        let words = body.strip_prefix('!')?;
        let end = words.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(words.len());
        let word = words[..end].trim_end_matches(['?', '!', '.', ',', '…']);
        self.commands.find(&CommandPath::new(word)).map(|_| body.to_owned())
    }

    /// The words of a message that mentions the bot, without the mention.
    fn without_mention<'b>(&self, body: &'b str) -> &'b str {
        if let Some(rest) = self.after_name(body).filter(|rest| ends_a_word(rest)) {
            return after_colon(rest).unwrap_or(rest).trim();
        }
        let before = [self.user.as_str(), self.name].into_iter().find_map(|name| before_folded(body, name));
        before.unwrap_or(body).trim()
    }

    /// What follows the bot's name, its id or a link to it.
    fn after_name<'b>(&self, body: &'b str) -> Option<&'b str> {
        let id = self.user.as_str();
        let percent = id.replace('@', "%40").replace(':', "%3A");
        let linked = |body: &'b str| {
            let rest = after_folded(body, LINKS)?;
            after_folded(rest, id).or_else(|| after_folded(rest, &percent))
        };
        let in_brackets = || {
            let label = after_folded(body.strip_prefix('[')?.trim_start_matches('@'), self.name)?;
            linked(label.strip_prefix("](")?)?.strip_prefix(')')
        };
        let in_angles = || linked(body.strip_prefix('<')?)?.strip_prefix('>');
        let by_name = || after_folded(body.strip_prefix('@').unwrap_or(body), self.name);
        after_folded(body, id).or_else(|| linked(body)).or_else(in_brackets).or_else(in_angles).or_else(by_name)
    }
}

/// What follows a colon or a comma with which somebody is addressed, white space before it allowed as French has it.
fn after_colon(rest: &str) -> Option<&str> {
    rest.trim_start().strip_prefix([':', ',']).map(str::trim_start)
}

/// Whether a word ends where `rest` begins.
fn ends_a_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ':' | ',' | '!' | '?' | '.' | '…'))
}

/// What follows `name` in `text`, case and accents aside. A name that says nothing is nowhere.
fn after_folded<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let name = folded(name);
    let mut left = name.as_str();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let part = folded(c.encode_utf8(&mut [0; 4]));
        let Some(after) = left.strip_prefix(part.as_str()).filter(|_| !left.is_empty() || part.is_empty()) else {
            break;
        };
        left = after;
        rest = &rest[c.len_utf8()..];
    }
    (left.is_empty() && !name.is_empty()).then_some(rest)
}

/// What comes before `name` at the end of `text`, where it is a word of its own.
fn before_folded<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let text = text.trim_end_matches(['?', '!', '.', '…']).trim_end();
    // Where a blank begins: looked at from each of its spaces, a long one would take as many times as long.
    let blanks = text.match_indices(char::is_whitespace).map(|(at, _)| at);
    blanks.rev().filter(|at| !text[..*at].ends_with(char::is_whitespace)).find_map(|at| {
        let last = text[at..].trim_start();
        let rest = after_folded(last.strip_prefix('@').filter(|_| !name.starts_with('@')).unwrap_or(last), name)?;
        rest.is_empty().then(|| text[..at].trim_end().trim_end_matches(','))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use matrix_sdk::ruma::user_id;
    use proptest::prelude::*;
    use vigie_chat::CommandSpec;

    fn with_called<T>(name: &str, work: impl FnOnce(Called<'_>) -> T) -> T {
        let commands = CommandSet::new(vec![CommandSpec::new("chercher", "Cherche"), CommandSpec::new("equipe", "…")]);
        work(Called { user: user_id!("@vigie:exemple.fr"), name, prefix: "!vigie", commands: &commands })
    }

    fn mentioned() -> Mentions {
        Mentions::with_user_ids([user_id!("@vigie:exemple.fr").to_owned()])
    }

    #[track_caller]
    fn check(bodies: &[&str], mentions: Option<&Mentions>, expected: &Expect) {
        let lines = with_called("Vigie Bot", |called| {
            bodies.iter().map(|body| format!("{body:?} → {:?}\n", called.line(body, mentions))).collect::<Vec<_>>()
        });
        expected.assert_eq(&lines.concat());
    }

    #[test]
    fn the_mark_and_the_commands_call_it() {
        let bodies = [
            "!vigie chercher rgpd",
            "!VIGIE: chercher rgpd",
            "  !Vigié, chercher : rgpd ",
            "!vigie",
            "!vigie C1.5\nsuite",
            "!vigies chercher",
            "!chercher rgpd",
            "!Équipe: voir",
            "!autre commande",
            "!",
            "chercher rgpd",
            "on dit !chercher rgpd",
        ];
        check(
            &bodies,
            Some(&Mentions::new()),
            &expect![[r#"
                "!vigie chercher rgpd" → Some("!vigie chercher rgpd")
                "!VIGIE: chercher rgpd" → Some("!vigie chercher rgpd")
                "  !Vigié, chercher : rgpd " → Some("!vigie chercher : rgpd")
                "!vigie" → Some("!vigie")
                "!vigie C1.5\nsuite" → Some("!vigie C1.5\nsuite")
                "!vigies chercher" → None
                "!chercher rgpd" → Some("!chercher rgpd")
                "!Équipe: voir" → Some("!Équipe: voir")
                "!autre commande" → None
                "!" → None
                "chercher rgpd" → None
                "on dit !chercher rgpd" → None
            "#]],
        );
    }

    #[test]
    fn a_mention_calls_it_and_goes() {
        let bodies = [
            "Vigie Bot: chercher rgpd",
            "vigie bot chercher rgpd",
            "@Vigie Bot : chercher rgpd",
            "@vigie:exemple.fr: chercher rgpd",
            "@vigie:exemple.fr !chercher rgpd",
            "[Vigie Bot](https://matrix.to/#/@vigie:exemple.fr) chercher rgpd",
            "https://matrix.to/#/%40vigie%3Aexemple.fr, chercher rgpd",
            "<https://matrix.to/#/@vigie:exemple.fr> chercher rgpd",
            "chercher rgpd, Vigie Bot ?",
            "chercher rgpd @vigie:exemple.fr",
            "Vigie Bot",
            "Vigie Bottes en caoutchouc",
            "et C1.6 ?",
        ];
        check(
            &bodies,
            Some(&mentioned()),
            &expect![[r#"
                "Vigie Bot: chercher rgpd" → Some("chercher rgpd")
                "vigie bot chercher rgpd" → Some("chercher rgpd")
                "@Vigie Bot : chercher rgpd" → Some("chercher rgpd")
                "@vigie:exemple.fr: chercher rgpd" → Some("chercher rgpd")
                "@vigie:exemple.fr !chercher rgpd" → Some("!chercher rgpd")
                "[Vigie Bot](https://matrix.to/#/@vigie:exemple.fr) chercher rgpd" → Some("chercher rgpd")
                "https://matrix.to/#/%40vigie%3Aexemple.fr, chercher rgpd" → Some("chercher rgpd")
                "<https://matrix.to/#/@vigie:exemple.fr> chercher rgpd" → Some("chercher rgpd")
                "chercher rgpd, Vigie Bot ?" → Some("chercher rgpd")
                "chercher rgpd @vigie:exemple.fr" → Some("chercher rgpd")
                "Vigie Bot" → Some("")
                "Vigie Bottes en caoutchouc" → Some("Vigie Bottes en caoutchouc")
                "et C1.6 ?" → Some("et C1.6 ?")
            "#]],
        );
    }

    #[test]
    fn without_told_mentions_a_name_and_a_colon_call_it() {
        let bodies = [
            "Vigie Bot: chercher rgpd",
            "vigie bot, chercher rgpd",
            "@vigie:exemple.fr: chercher rgpd",
            "Vigie Bot chercher rgpd",
            "merci @vigie:exemple.fr",
        ];
        check(
            &bodies,
            None,
            &expect![[r#"
                "Vigie Bot: chercher rgpd" → Some("chercher rgpd")
                "vigie bot, chercher rgpd" → Some("chercher rgpd")
                "@vigie:exemple.fr: chercher rgpd" → Some("chercher rgpd")
                "Vigie Bot chercher rgpd" → None
                "merci @vigie:exemple.fr" → None
            "#]],
        );
        check(
            &["Vigie Bot: chercher rgpd"],
            Some(&Mentions::new()),
            &expect![[r#"
            "Vigie Bot: chercher rgpd" → None
        "#]],
        );
    }

    #[test]
    fn a_bot_without_a_name_is_not_called_by_everything() {
        let line = with_called("", |called| called.line(": chercher", None));
        assert_eq!(line, None);
        let line = with_called("", |called| called.line("[](https://matrix.to) chercher", Some(&mentioned())));
        assert_eq!(line.as_deref(), Some("[](https://matrix.to) chercher"));
    }

    proptest! {
        #[test]
        fn no_body_breaks_it(body in "[!@\\[<]?(vigie|Vigie Bot|https://matrix.to/#/|\u{301})?\\PC{0,20}(Vigie Bot)?", name in "\\PC{0,8}") {
            with_called(&name, |called| {
                for mentions in [None, Some(&Mentions::new()), Some(&mentioned())] {
                    let line = called.line(&body, mentions);
                    prop_assert!(line.is_none_or(|line| line.len() <= body.len() + MARK.len() + 1));
                }
                Ok(())
            })?;
        }

        #[test]
        fn what_follows_a_name_is_found_however_it_is_written(name in "[A-Za-zàâçéèêëîïôùœ ]{1,8}[a-z]", rest in ":\\PC{0,8}") {
            let upper = format!("{}{rest}", name.to_uppercase());
            prop_assert_eq!(after_folded(&upper, &name), Some(rest.as_str()));
        }
    }
}
