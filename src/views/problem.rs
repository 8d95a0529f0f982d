//! What is said when something can't be done: what was typed, what is refused, what is our fault.

use super::words;
use crate::domain::handin::Size;
use crate::domain::permission::{Deed, HATS, Hat, may};
use vigie_chat::{Action, Block, Button, Draft, Invocation, Item, List, Message, Misread, Press, Sealed, Text, Token};

/// Longest name of a file that is repeated, in characters.
const FILE_NAME: usize = 60;

/// A typed command that can't be read: what is wrong, how to write it, an example, and what was likely meant.
#[must_use]
pub fn misread(misread: &Misread) -> Draft {
    let mut draft = Draft::error().paragraph(misread.explanation());
    if let Some(usage) = &misread.usage {
        draft = draft.paragraph(Text::from("S’écrit\u{a0}: ").command(usage.as_str()));
    }
    if let Some(example) = &misread.example {
        draft = draft.paragraph(Text::from("Par exemple\u{a0}: ").command(example.as_str()));
    }
    match misread.nearest() {
        Some(path) => {
            let help = Invocation::new("aide").with("commande", path.as_str());
            draft.button(Button::new(format!("Aide sur /{path}"), Press::run(help)))
        }
        None => draft,
    }
}

/// A value that a command can't read, with the command's usage and example.
#[must_use]
pub fn wrong_value(explanation: Text, usage: Option<&str>, example: Option<&str>) -> Draft {
    let mut draft = Draft::error().paragraph(explanation);
    if let Some(usage) = usage {
        draft = draft.paragraph(Text::from("S’écrit\u{a0}: ").command(usage));
    }
    if let Some(example) = example {
        draft = draft.paragraph(Text::from("Par exemple\u{a0}: ").command(example));
    }
    draft
}

/// A refusal: the sentence says what to do next.
#[must_use]
pub fn refused(sentence: Text) -> Draft {
    Draft::error().paragraph(sentence)
}

/// Somebody who asks faster than people are answered, and for how many seconds they now aren't.
#[must_use]
pub fn too_fast(seconds: i64) -> Draft {
    refused(Text::from(format!(
        "Vous m’avez envoyé beaucoup de demandes en peu de temps. Réessayez dans {seconds}\u{a0}secondes\u{a0}; \
         d’ici là, je ne réponds pas aux suivantes."
    )))
}

/// Our fault. The reference is also in the log.
#[must_use]
pub fn fault(reference: &str) -> Draft {
    Draft::error().title("Une erreur de ma part").paragraph(
        Text::from("Je n’ai pas pu répondre, et ce n’est pas de votre faute. Réessayez dans un instant\u{a0}; si cela continue, \
                    donnez cette référence à la personne qui s’occupe de Vigie\u{a0}: ")
            .code(reference)
            .plain("."),
    )
}

/// The same answer without what could be pressed, which couldn't be made. The reference is also in the log.
#[must_use]
pub fn without_buttons<P>(mut message: Message<P>, reference: &str) -> Message<P> {
    message.actions.retain(|action| matches!(action, Action::Link { .. }));
    message.note(
        Text::from("Les boutons de ce message ne sont pas disponibles pour l’instant\u{a0}; les commandes fonctionnent. Référence\u{a0}: ")
            .code(reference)
            .plain("."),
    )
}

/// A button that no longer leads anywhere.
#[must_use]
pub fn expired() -> Draft {
    refused(
        Text::from("Ce bouton a expiré. Refaites la demande\u{a0}; ").command("aide").plain(" rappelle les commandes."),
    )
}

/// A form that no longer leads anywhere.
#[must_use]
pub fn form_expired() -> Draft {
    refused(Text::from(
        "Ce formulaire a expiré ou a déjà été envoyé. S’il n’a pas été pris en compte, rouvrez-le et remplissez-le de \
         nouveau.",
    ))
}

/// A form that could not be opened while the network still waited for it.
#[must_use]
pub fn form_too_late() -> Draft {
    refused(Text::from("Le formulaire n’a pas pu s’ouvrir à temps. Appuyez de nouveau sur le bouton."))
}

/// A button made for somebody else.
#[must_use]
pub fn not_yours() -> Draft {
    refused(Text::from("Ce bouton est réservé à la personne à qui ce message répond. Faites votre propre demande."))
}

/// Said where everybody reads when a private answer can't be delivered: it reveals nothing of what was asked.
#[must_use]
pub fn direct_closed() -> Draft {
    Draft::answer().paragraph(
        "Je ne peux pas vous répondre en privé. Autorisez les messages privés des membres de cet espace dans vos réglages \
         de confidentialité, puis refaites votre demande.",
    )
}

/// What somebody may not do, and who may.
#[must_use]
pub fn may_not(deed: Deed) -> Text {
    let whom = HATS.iter().filter(|hat| may(**hat, deed)).map(|hat| match hat {
        Hat::Administrator => "à l’administration de cet espace",
        Hat::Trainer => "aux formateurs",
        Hat::Teammate => "aux membres de l’équipe",
        Hat::Member => "aux membres de cet espace",
        Hat::Stranger => "à tout le monde",
    });
    let mut whom: Vec<&str> = whom.collect();
    // Whoever administers may nearly everything: it goes without saying where others may too.
    if whom.len() > 1 {
        whom.remove(0);
    }
    let whom = words::and(&whom);
    Text::from(format!("C’est réservé {whom}. Adressez-vous à un formateur si cela vous manque."))
}

/// A command that an earlier version had.
#[must_use]
pub fn no_such_command() -> Text {
    Text::from("Cette action n’existe plus dans cette version. ").command("aide").plain(" montre les commandes.")
}

/// Somebody whose space isn't known.
#[must_use]
pub fn no_space() -> Text {
    Text::from(
        "Je ne sais pas de quel espace il s’agit. Faites cette demande une première fois dans un salon de votre espace\u{a0}; \
         ensuite, je vous répondrai ici aussi.",
    )
}

/// A demand that the network told twice.
#[must_use]
pub fn done_already() -> Text {
    Text::from("Cette demande a déjà été prise en compte\u{a0}: je ne l’ai pas faite une seconde fois.")
}

/// A file that is too large.
#[must_use]
pub fn file_too_large(max_bytes: u64) -> Text {
    let most = max_bytes.div_ceil(1_000_000);
    Text::from(format!(
        "Ce fichier est trop gros\u{a0}: {most}\u{a0}Mo au plus. Réduisez-le, ou déposez-le ailleurs et donnez-en le lien."
    ))
}

/// A file that the network no longer gives.
#[must_use]
pub fn file_gone() -> Text {
    Text::from("Je ne peux plus lire ce fichier. Joignez-le de nouveau à votre demande.")
}

/// The same answer without its files, which the network doesn't take: its words, a receipt for instance, are of use without
/// them. Each is named with its size, and who else may have it.
#[must_use]
pub fn without_files(mut answer: Sealed) -> Sealed {
    let files = std::mem::take(&mut answer.files);
    if files.is_empty() {
        return too_large_here().seal(|_| Token::new(""));
    }
    let named = files.iter().map(|file| {
        let size = Size(u64::try_from(file.bytes.len()).unwrap_or(u64::MAX));
        Item::from(Text::from(words::shortened(&file.name, FILE_NAME)).plain(format!(", {size}")))
    });
    answer.blocks.push(Block::Paragraph(Text::from(
        "Ce réseau ne prend pas de fichier aussi gros\u{a0}: je ne peux pas l’envoyer ici. Demandez-le à la personne qui l’a \
         déposé, ou à celle qui s’occupe de Vigie, en donnant ce qui précède\u{a0}:",
    )));
    answer.blocks.push(Block::List(List::bulleted(named)));
    answer
}

/// An answer whose picture, or all that it says, the network doesn't take.
fn too_large_here() -> Draft {
    refused(Text::from(
        "Ce fichier est trop gros pour être envoyé ici. Demandez-le à la personne qui l’a déposé, ou à celle qui s’occupe de \
         Vigie.",
    ))
}
