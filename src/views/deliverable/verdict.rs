//! What a trainer said of a hand-in: to the team, and to the trainer.

use super::named;
use crate::store::{Deliverable, Handin, Judgement};
use crate::views::whose::Whose;
use vigie_chat::{Button, Draft, Person, Press, Text};

/// What became of telling the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It was told in its room.
    InItsRoom,
    /// It has none, and whoever handed it in was told in private.
    ToItsAuthor,
    /// Nobody could be told.
    NotReached,
}

/// The verdict as the team reads it. `author` is who handed in, where the network knows them.
#[must_use]
pub fn notice(
    whose: &Whose<'_>,
    deliverable: &Deliverable,
    handin: &Handin,
    verdict: (Judgement, Option<&str>),
    author: Option<&Person>,
) -> Draft {
    let (judgement, comment) = verdict;
    let mut text = Text::new();
    if let Some(author) = author {
        text = text.mention(author.clone()).plain("\u{a0}: ");
    }
    text = text.then(named(deliverable)).plain(format!(
        ", version\u{a0}{}, de l’{} {}.",
        handin.version,
        whose.named(),
        past(judgement)
    ));
    let mut draft = Draft::notice().paragraph(text);
    if let Some(comment) = comment {
        draft = draft.quote(comment);
    }
    if judgement == Judgement::SentBack {
        let next = match &deliverable.draft.due {
            Some(due) => Text::from("Une nouvelle version est attendue le ").then(whose.at(due.at)).plain(". "),
            None => Text::from("Une nouvelle version est attendue. "),
        };
        draft = draft.paragraph(next.plain("Pour la déposer\u{a0}: ").command("livrable deposer"));
    }
    if let Some(author) = author {
        draft = draft.notify(author.id.clone());
    }
    draft.button(Button::new("Voir les livrables", Press::run(whose.invocation("livrable liste"))))
}

fn past(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Accepted => "est validée",
        Judgement::SentBack => "est renvoyée\u{a0}: elle est à reprendre",
    }
}

/// The verdict as whoever gave it elsewhere than in the team's room reads it.
#[must_use]
pub fn answer(
    whose: &Whose<'_>,
    deliverable: &Deliverable,
    handin: &Handin,
    judgement: Judgement,
    told: Told,
) -> Draft {
    let said = Text::from("C’est noté\u{a0}: ").then(named(deliverable)).plain(format!(
        ", version\u{a0}{}, de l’{} {}.",
        handin.version,
        whose.named(),
        past(judgement)
    ));
    let team = match told {
        Told::InItsRoom => "L’équipe est prévenue dans son salon.",
        Told::ToItsAuthor => "L’équipe n’a pas de salon ici\u{a0}: j’ai prévenu en privé la personne qui l’a déposé.",
        Told::NotReached => "Je n’ai pas pu prévenir l’équipe\u{a0}: prévenez-la vous-même.",
    };
    Draft::answer()
        .private()
        .paragraph(said)
        .paragraph(team)
        .button(Button::new("Livrables de l’équipe", Press::run(whose.invocation("livrable liste"))))
}
