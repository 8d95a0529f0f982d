//! How somebody wants answers shown, and answers in words only.

use crate::domain::display::{Display, Pictures, Theme};
use vigie_chat::{Block, Button, Draft, Field, Invocation, Press};

/// What is in force for somebody.
#[must_use]
pub fn display(display: Display) -> Draft {
    told(Draft::answer().title("Votre affichage"), display)
}

/// What is in force once they chose.
#[must_use]
pub fn display_chosen(display: Display) -> Draft {
    told(Draft::answer().paragraph("C’est noté\u{a0}: vos prochaines réponses seront ainsi."), display)
}

fn told(draft: Draft, display: Display) -> Draft {
    let (pictures, theme) = (display.pictures(), display.theme());
    let draft = draft
        .private()
        .fields([
            Field::new(
                "Réponses",
                match pictures {
                    Pictures::With => "des images, avec le même contenu en mots",
                    Pictures::Without => "texte seul, sans aucune image",
                },
            ),
            Field::new(
                "Fond des images",
                match theme {
                    Theme::Light => "clair",
                    Theme::Dark => "sombre",
                },
            ),
        ])
        .note("Le choix vaut pour tous vos comptes reliés dans cet espace.");
    let (pictures, words) = match pictures {
        Pictures::With => (Pictures::Without, "Texte seul"),
        Pictures::Without => (Pictures::With, "Avec des images"),
    };
    let (theme, background) = match theme {
        Theme::Light => (Theme::Dark, "Fond sombre"),
        Theme::Dark => (Theme::Light, "Fond clair"),
    };
    let other = |param: &str, value: &str| {
        Press::run(Invocation::new("compte affichage").with(param, value)).by_owner().replacing()
    };
    draft
        .button(Button::new(words, other("images", pictures.name())))
        .button(Button::new(background, other("theme", theme.name())))
}

/// The same answer without any picture: in the place of each stand its words. A file that was asked for, such as a picture
/// that a team handed in, is a file.
#[must_use]
pub fn in_words(mut draft: Draft) -> Draft {
    draft.blocks = draft.blocks.into_iter().map(block_in_words).collect();
    draft
}

fn block_in_words(block: Block) -> Block {
    let all = |blocks: Vec<Block>| blocks.into_iter().map(block_in_words).collect();
    match block {
        Block::Picture(file) => Block::Paragraph(String::from(file.description).into()),
        Block::Quote(blocks) => Block::Quote(all(blocks)),
        Block::Fold { summary, blocks } => Block::Fold { summary, blocks: all(blocks) },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_chat::{AltText, File};

    fn file(name: &str, media_type: &str) -> File {
        File::new(name, media_type, [1, 2, 3], AltText::new(format!("Ce que dit {name}")).expect("words"))
    }

    #[test]
    fn in_words_no_picture_is_left_wherever_it_was() {
        let picture = || Block::Picture(file("a.png", "image/png"));
        let draft = Draft::answer()
            .paragraph("Avant")
            .block(picture())
            .block(Block::Quote(vec![picture()]))
            .fold("Plus", [Block::Quote(vec![picture()])])
            .file(file("maquette.png", "image/png"));
        assert_eq!(draft.all_files().len(), 4);
        let words = in_words(draft);
        let left: Vec<&str> = words.all_files().into_iter().map(|file| file.name.as_str()).collect();
        assert_eq!(left, ["maquette.png"]);
        let said = vigie_chat::plain(&words.seal(|_| vigie_chat::Token::new("t")));
        assert_eq!(said.matches("Ce que dit a.png").count(), 3, "{said}");
    }
}
