//! Who is a trainer in a space.

use crate::store::Trainer;
use crate::views::words;
use vigie_chat::{Button, Draft, Invocation, Item, List, Press, Text};

/// Longest name that is repeated, in characters.
const NAME: usize = 60;
/// Trainers that are named among other things.
const FEW: usize = 5;

/// The trainers, among other settings.
pub(super) fn all(trainers: &[Trainer]) -> Text {
    if trainers.is_empty() {
        return Text::from("qui porte le rôle «\u{a0}formateur\u{a0}»");
    }
    let text = trainers
        .iter()
        .take(FEW)
        .enumerate()
        .fold(Text::new(), |text, (rank, trainer)| named(if rank == 0 { text } else { text.plain(", ") }, trainer));
    if trainers.len() > FEW { text.plain(format!(" et {} de plus", trainers.len() - FEW)) } else { text }
}

fn named(text: Text, trainer: &Trainer) -> Text {
    match trainer {
        Trainer::Role { label, .. } => text.plain("le rôle ").strong(words::shortened(label, NAME)),
        Trainer::Person { name: Some(name), .. } => text.strong(words::shortened(name, NAME)),
        Trainer::Person { name: None, .. } => text.plain("une personne effacée"),
    }
}

/// The trainers of a space.
#[must_use]
pub fn trainers(all: &[Trainer]) -> Draft {
    listed(Draft::answer().private().title("Formateurs de cet espace"), all)
}

fn listed(draft: Draft, all: &[Trainer]) -> Draft {
    let by_role = all.iter().any(|trainer| matches!(trainer, Trainer::Role { .. }));
    let mut draft = if all.is_empty() {
        draft
    } else {
        draft.list(List::bulleted(all.iter().map(|trainer| Item::from(named(Text::new(), trainer)))))
    };
    if !by_role {
        draft =
            draft.paragraph("Aucun rôle n’est choisi\u{a0}: qui porte le rôle «\u{a0}formateur\u{a0}» est formateur.");
    }
    draft.note(Text::from("Ajouter ou retirer\u{a0}: ").command("config formateur").plain(", avec role ou personne."))
}

/// Somebody is a trainer now, and who else.
#[must_use]
pub fn trainer_added(added: &Trainer, all: &[Trainer]) -> Draft {
    let text = named(Text::from("C’est fait\u{a0}: "), added);
    let text = match added {
        Trainer::Role { .. } => text.plain(" fait de qui le porte un formateur."),
        Trainer::Person { .. } => text.plain(" est maintenant formateur dans cet espace."),
    };
    let undo = undo(added);
    let draft = listed(Draft::answer().private().paragraph(text), all);
    match undo {
        Some(press) => draft.button(Button::new("Annuler", press)),
        None => draft,
    }
}

/// The way back from adding a role.
fn undo(added: &Trainer) -> Option<Press> {
    match added {
        Trainer::Role { role, .. } => {
            Some(Press::run(Invocation::new("config formateur").with("role", role.as_str()).with("action", "retirer")))
        }
        Trainer::Person { .. } => None,
    }
}

/// Somebody is no longer a trainer, and who still is.
#[must_use]
pub fn trainer_removed(gone: &Trainer, all: &[Trainer]) -> Draft {
    let text = named(Text::from("C’est fait\u{a0}: "), gone);
    let text = match gone {
        Trainer::Role { .. } => text.plain(" ne fait plus de formateurs."),
        Trainer::Person { .. } => text.plain(" n’est plus désigné parmi les formateurs de cet espace."),
    };
    listed(Draft::answer().private().paragraph(text), all)
}

/// Already a trainer.
#[must_use]
pub fn trainer_already(trainer: &Trainer) -> Text {
    named(Text::from("C’était déjà le cas\u{a0}: "), trainer).plain(" est parmi les formateurs de cet espace.")
}

/// Not among the trainers.
#[must_use]
pub fn not_a_trainer(trainer: &Trainer) -> Text {
    named(Text::from("Rien à retirer\u{a0}: "), trainer)
        .plain(" n’est pas parmi les formateurs de cet espace. Pour les voir\u{a0}: ")
        .command("config formateur")
        .plain(".")
}

/// As many as there can be.
#[must_use]
pub fn too_many_trainers(most: u16) -> Text {
    Text::from(format!(
        "Cet espace a déjà {most}\u{a0}rôles et personnes parmi ses formateurs, le plus qu’il puisse en avoir. Un rôle en réunit \
         autant qu’il faut."
    ))
}

/// Both were given.
#[must_use]
pub fn role_or_person() -> Text {
    Text::from("Donnez un rôle ou une personne, pas les deux à la fois.")
}

/// No role is meant by this.
#[must_use]
pub fn no_such_role(typed: &str) -> Text {
    Text::from("Je ne vois pas le rôle ")
        .code(words::shortened(typed, NAME))
        .plain(" parmi les vôtres. Donnez-vous ce rôle, ou écrivez son identifiant, un nombre que le réseau montre.")
}

/// Several roles are called so.
#[must_use]
pub fn several_roles(typed: &str) -> Text {
    Text::from("Plusieurs rôles s’appellent ")
        .code(words::shortened(typed, NAME))
        .plain("\u{a0}: donnez l’identifiant de l’un d’eux.")
}
