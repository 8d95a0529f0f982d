//! What is said when something can't be done: what was typed, what is refused, what is our fault.

use vigie_chat::{Action, Audience, Button, Draft, Invocation, Message, Misread, Press, Text};

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

/// A command that the person may not use.
#[must_use]
pub fn not_allowed(who: Audience) -> Draft {
    let whom = match who {
        Audience::Everyone => "tout le monde",
        Audience::Staff => "l’équipe de formation",
        Audience::Administrators => "l’administration de cet espace",
    };
    refused(Text::from(format!(
        "Cette commande est réservée à {whom}. Adressez-vous à un formateur si elle vous manque."
    )))
}
