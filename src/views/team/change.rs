//! A team changes: somebody leaves or takes a place, it has another name or captain, it ends.

use super::join::notified;
use super::{Who, named, see, see_all, value};
use crate::store::{Brief, Released, Remaining, Team};
use crate::views::words;
use vigie_chat::limits::{MOST_OPTIONS, WORDS};
use vigie_chat::{Button, Draft, Invocation, Item, List, Press, Select, Text};

/// Milestones with a button of their own.
const BUTTONS: usize = 4;
/// Milestones that are named.
const LISTED: usize = 8;

/// Who reads what is said of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// The team, or whoever asks alone.
    Team,
    /// Others too: what it works on isn't theirs to read.
    Others,
}

/// What somebody leaves behind.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    /// Who is still there.
    pub remaining: Remaining,
    /// The new captain, if there is one.
    pub captain: Option<&'a Who>,
    /// Milestones that they were responsible for and that aren't done.
    pub released: &'a [Released],
    /// Who reads it.
    pub before: Before,
}

/// Somebody left.
#[must_use]
pub fn left(team: &Team, brief: &Brief, who: &Who, left: Left<'_>) -> Draft {
    let text = named(who.begins().plain(" ne fait plus partie de "), team).plain(".");
    let draft = Draft::answer().paragraph(text);
    match left.remaining {
        Remaining::Dissolved => draft
            .paragraph("Il n’y restait personne et rien n’y était commencé\u{a0}: elle est dissoute.")
            .button(Button::new("Voir les autres équipes", see_all(brief))),
        Remaining::Nobody => draft
            .paragraph(
                "Il n’y reste personne. Son travail est gardé\u{a0}: la prochaine personne qui la rejoint en sera capitaine, \
                 sans accord à demander.",
            )
            .button(Button::new("Voir les autres équipes", see_all(brief))),
        Remaining::Others | Remaining::NewCaptain(_) => offered(with_captain(draft, left.captain), team, brief, left),
    }
}

/// Somebody took the place of another.
#[must_use]
pub fn replaced(team: &Team, brief: &Brief, gone: &Who, by: &Who, left: Left<'_>) -> Draft {
    let text = named(gone.said(by.begins().plain(" prend la place de ")).plain(" dans "), team).plain(".");
    let draft = notified(Draft::answer().paragraph(text), by);
    offered(with_captain(draft, left.captain), team, brief, left)
}

fn with_captain(draft: Draft, captain: Option<&Who>) -> Draft {
    match captain {
        Some(captain) => notified(draft.paragraph(captain.begins().plain(" en est maintenant capitaine.")), captain),
        None => draft,
    }
}

/// Offers the others what nobody is responsible for any more, then what is left to fewer; before others than the team, says
/// how much that is, not what.
fn offered(draft: Draft, team: &Team, brief: &Brief, left: Left<'_>) -> Draft {
    let Left { released, before, .. } = left;
    let see = Button::new(format!("Voir l’équipe\u{a0}{}", team.number), see(team, brief));
    if released.is_empty() {
        return draft.button(see);
    }
    let mut released: Vec<&Released> = released.iter().collect();
    released.sort_by_key(|one| (one.others > 0, one.milestone.number));
    let count = words::counted(released.len(), "jalon à reprendre", "jalons à reprendre");
    let items = released.iter().take(LISTED).map(|one| {
        let text = Text::new().strong(format!("J{}", one.milestone.number)).plain(" ").plain(one.title.as_str());
        Item::from(match one.others {
            0 => text.plain("\u{a0}: plus personne ne s’en charge"),
            others => text.plain(format!(
                "\u{a0}: {} encore",
                words::counted(
                    usize::try_from(others).unwrap_or(usize::MAX),
                    "autre s’en charge",
                    "autres s’en chargent"
                )
            )),
        })
    });
    let draft = match before {
        // By their numbers, under the buttons, and no more.
        Before::Others => draft.paragraph(
            Text::from(format!("Il reste {count}, que les membres voient avec ")).command("jalon liste").plain("."),
        ),
        Before::Team => draft.heading(count).list(List::bulleted(items)),
    };
    let draft = match before {
        Before::Team if released.len() > LISTED => draft.note(Text::from("Les autres\u{a0}: ").command("jalon liste")),
        Before::Team | Before::Others => draft,
    };
    let take = |one: &Released| {
        let milestone = one.milestone.number.to_string();
        Press::run(
            Invocation::new("jalon modifier")
                .with("jalon", milestone)
                .with("qui", "moi")
                .with("equipe", value(team, brief)),
        )
    };
    let draft = released.iter().take(BUTTONS).fold(draft, |draft, one| {
        draft.button(Button::new(format!("Prendre le jalon\u{a0}{}", one.milestone.number), take(one)))
    });
    let more: Vec<&&Released> = released.iter().skip(BUTTONS).take(MOST_OPTIONS).collect();
    let draft = draft.button(see);
    if more.is_empty() || before == Before::Others {
        return draft;
    }
    let select = more.into_iter().fold(Select::new("Prendre un autre jalon"), |select, one| {
        select.option(words::shortened(&format!("J{} — {}", one.milestone.number, one.title), WORDS), take(one))
    });
    draft.select(select)
}

/// Somebody no longer asks to come in.
#[must_use]
pub fn withdrawn(team: &Team) -> Draft {
    Draft::answer().paragraph(named(Text::from("Votre demande de rejoindre "), team).plain(" est retirée."))
}

/// Somebody is captain.
#[must_use]
pub fn captain(team: &Team, who: &Who) -> Draft {
    notified(
        Draft::answer().paragraph(named(who.begins().plain(" est maintenant capitaine de "), team).plain(".")),
        who,
    )
}

/// A team has another name.
#[must_use]
pub fn renamed(team: &Team, former: &str, name: &str) -> Draft {
    Draft::answer().paragraph(
        Text::from(format!("L’équipe\u{a0}{} s’appelle maintenant «\u{a0}", team.number))
            .plain(words::shortened(name, super::NAME))
            .plain("\u{a0}»\u{a0}; elle s’appelait «\u{a0}")
            .plain(words::shortened(former, super::NAME))
            .plain("\u{a0}»."),
    )
}

/// Asks whether a team is to end.
#[must_use]
pub fn confirm_dissolution(team: &Team, confirmed: Invocation) -> Draft {
    let members = words::counted(team.members.len(), "membre", "membres");
    Draft::answer()
        .title("Dissoudre cette équipe\u{202f}?")
        .paragraph(named(Text::from("Il s’agit de "), team).plain(format!(", {members}.")))
        .paragraph(
            "Ses membres seront libres d’en rejoindre une autre. Son travail restera lisible et ne changera plus. Une équipe \
             dissoute ne revient pas.",
        )
        .button(Button::danger(format!("Dissoudre l’équipe\u{a0}{}", team.number), Press::run(confirmed)))
}

/// A team ended.
#[must_use]
pub fn dissolved(team: &Team, brief: &Brief) -> Draft {
    Draft::answer()
        .paragraph(named(Text::from("C’est fait\u{a0}: "), team).plain(" est dissoute. Son travail est gardé."))
        .button(Button::new("Voir les autres équipes", see_all(brief)))
}
