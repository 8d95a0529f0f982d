//! Texts that people can write and that could break a network, a screen or a reader.

use std::sync::LazyLock;
use vigie_chat::{Block, Button, Draft, Field, Invocation, Item, List, Press, Table, Text};

/// Texts, each with its name. All are on one line, as people can type them.
pub(crate) static HOSTILE: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let texts = [
        ("mentions", "@everyone @here @room <@1> <@!1> <@&1> <#1> @alice @alice:ecole.example </repete:1> <t:0:F>"),
        (
            "markdown",
            "**gras** __sous__ _it_ *it* ~~non~~ ||spoiler|| `code` ```bloc``` > cite # titre -# petit - un 1. un",
        ),
        (
            "links",
            "[ici](https://mal.example) <https://mal.example> [x]: https://mal.example ![y](https://mal.example)",
        ),
        (
            "html",
            "<b>gras</b> &amp; <script>alert(1)</script> <mx-reply>x</mx-reply> <a href=\"https://mal.example\">x</a>",
        ),
        ("escapes", "\\*a\\* \\\\ \\` \\_ :smile: <:nom:1> a\\"),
        ("right to left", "abc\u{202e}cod.exe\u{202c} \u{2067}שלום\u{2069} \u{200f}a\u{200e} العربية"),
        ("zero width", "a\u{200b}b\u{200c}c\u{200d}d\u{2060}e\u{feff}f \u{ad}g"),
        ("four bytes", "👩\u{200d}🏫 𝒱𝒾𝑔𝒾𝑒 🇫🇷 𠜎 👍🏽 \u{10ffff}"),
        ("control", "a\u{7}b\u{8}c\u{1b}[31mrouge\u{1b}[0m\u{1b}]0;titre\u{7}d"),
        ("brackets", "{{#if}} ${HOME} $(ls) %s %n '; drop table x; -- \" ' ` « » “ ”"),
    ];
    let mut texts = texts.map(|(name, text)| (name, text.to_owned())).to_vec();
    texts.push(("combining marks", format!("z{}fin", "\u{301}".repeat(10_000))));
    texts.push(("one long word", "a".repeat(6_000)));
    texts.push(("backticks", "`".repeat(3_000)));
    texts
});

/// As much of a text as is said more than once.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A message that says the text of this rank everywhere, between words that can be found.
pub(super) fn message(rank: usize) -> Draft {
    let text = HOSTILE.get(rank).map_or("", |(_, text)| text.as_str());
    let short = short(text);
    let said = |before: &str| Text::from(before).plain(&short);
    Draft::answer()
        .title(said("Titre "))
        .paragraph(Text::from("Clair ").plain(text))
        .paragraph(Text::from("Fort ").strong(&short).plain(" code ").code(&short))
        .paragraph(Text::from("Dit ").emphasis(&short).plain(" trouvé ").matched(&short))
        .list(List::bulleted([Item::with(said("Point "), [said("Sous-point ")])]))
        .fields([Field::new(said("Champ "), said("Valeur "))])
        .table(Table::new(["Colonne"]).row([said("Case ")]))
        .quote(said("Citation "))
        .fold("Pli", [Block::Paragraph(said("Dedans "))])
        .paragraph("Fin du texte hostile.")
        .note(said("Note "))
        .button(Button::new(format!("Bouton {short}"), Press::run(Invocation::new("merci"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_can_write_them_and_networks_take_their_buttons() {
        for (rank, (name, text)) in HOSTILE.iter().enumerate() {
            assert!(!text.contains('\n'), "{name}");
            assert_eq!(message(rank).check(), [], "{name}");
        }
    }
}
