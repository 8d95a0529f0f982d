//! Markdown's marks inside a line, taken away: emphasis, code, links, escapes, entities.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// Longest line in which marks are looked for, in bytes. A longer one is no line that a person wrote with marks.
const LONGEST: usize = 4_000;

/// Put before a line, so that nothing at its beginning is taken for a mark of a block.
const GUARD: &str = "x ";

/// The words of a line, an address after the words that lead to it.
pub(super) fn words(line: &str) -> Cow<'_, str> {
    if line.len() > LONGEST || !line.contains(['*', '_', '`', '[', '<', '&', '\\', '~']) {
        return Cow::Borrowed(line);
    }
    let guarded = format!("{GUARD}{line}");
    let mut out = String::with_capacity(line.len());
    let mut addresses: Vec<(usize, String)> = Vec::new();
    for event in Parser::new_ext(&guarded, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) => out.push(' '),
            Event::Start(Tag::Link { dest_url, .. }) => addresses.push((out.len(), dest_url.into_string())),
            Event::End(TagEnd::Link) => {
                if let Some((from, address)) = addresses.pop()
                    && !address.is_empty()
                    && !address.ends_with(out[from..].trim())
                {
                    out.push_str(" (");
                    out.push_str(&address);
                    out.push(')');
                }
            }
            _ => {}
        }
    }
    Cow::Owned(out.strip_prefix(GUARD).unwrap_or(&out).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn marks_go_and_words_stay() {
        assert_eq!(words("**Équipe :** _4 personnes_"), "Équipe : 4 personnes");
        assert_eq!(
            words("Le [dépôt](https://forge.example/x), `nom_de_fichier`"),
            "Le dépôt (https://forge.example/x), nom_de_fichier"
        );
        assert_eq!(words("1986. *Une* année\\*"), "1986. Une année*");
        assert_eq!(words("<https://a.example> &amp; a<br>b"), "https://a.example & a b");
        assert_eq!(words("# rien d’un titre *"), "# rien d’un titre *");
    }
}
