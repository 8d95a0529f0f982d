//! A team begins, somebody comes in or asks to.

use super::{Who, entry, is_asked, join, join_label, named, seats, see, see_all, subject, value};
use crate::domain::person::PersonKey;
use crate::domain::team::TeamSize;
use crate::store::{Brief, Rank, Team};
use crate::views::words;
use vigie_chat::{Button, Draft, Field, Invocation, Item, List, Person, Press, Text};

/// Longest name on a button, in characters.
const ON_BUTTON: usize = 40;
/// People with buttons of their own among those who wait.
const ANSWERED: usize = 2;

/// What a new team got from its brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Milestones.
    pub milestones: usize,
    /// Deliverables.
    pub deliverables: usize,
}

/// A team was founded.
#[must_use]
pub fn founded(team: &Team, brief: &Brief, size: TeamSize, made: Made, by: &Person) -> Draft {
    let got = match made {
        Made { milestones: 0, deliverables: 0 } => "rien pour l’instant, le sujet n’en fixe pas".to_owned(),
        Made { milestones, deliverables } => {
            let milestones = (milestones > 0).then(|| words::counted(milestones, "jalon", "jalons"));
            let deliverables = (deliverables > 0).then(|| words::counted(deliverables, "livrable", "livrables"));
            words::and(&milestones.into_iter().chain(deliverables).collect::<Vec<_>>())
        }
    };
    let draft = Draft::answer()
        .title(format!("Équipe\u{a0}{} créée", team.number))
        .paragraph(
            Text::new()
                .mention(by.clone())
                .plain(" a créé ")
                .then(named(Text::new(), team))
                .plain(" et en est capitaine."),
        )
        .fields([
            Field::new("Sujet", subject(brief)),
            Field::new("Places", seats(team, size)),
            Field::new("Taille", size.to_string()),
            Field::new("Entrée", entry(team)),
            Field::new("Reçu du sujet", got),
        ])
        .note(
            Text::from("La suite\u{a0}: ")
                .command("jalon ajouter")
                .plain(" ajoute vos propres étapes, ")
                .command("planning")
                .plain(" les vérifie."),
        );
    draft
        .button(Button::primary(join_label(team), join(team, brief)))
        .button(Button::new(format!("Voir l’équipe\u{a0}{}", team.number), see(team, brief)))
        .button(Button::new("Toutes les équipes", see_all(brief)))
}

/// Somebody came in.
#[must_use]
pub fn joined(team: &Team, brief: &Brief, size: TeamSize, rank: Rank, who: &Who) -> Draft {
    let text = named(who.begins().plain(" fait maintenant partie de "), team);
    let text = if rank == Rank::Captain { text.plain(" et en est capitaine.") } else { text.plain(".") };
    let draft = Draft::answer()
        .paragraph(text)
        .fields([Field::new("Sujet", subject(brief)), Field::new("Places", seats(team, size))]);
    notified(draft, who).button(Button::new(format!("Voir l’équipe\u{a0}{}", team.number), see(team, brief)))
}

/// Somebody asked to come in; the captain is notified.
#[must_use]
pub fn asked(team: &Team, brief: &Brief, captain: &Who, by: &Person) -> Draft {
    let text = named(Text::new().mention(by.clone()).plain(" demande à rejoindre "), team).plain(". ");
    let draft = Draft::answer().paragraph(captain.said(text.plain("C’est à ")).plain(", capitaine, de répondre."));
    let draft = answers(notified(draft, captain), team, brief, &Who::Here(by.clone()), Labels::Bare);
    draft.note(
        Text::from("Pour retirer la demande\u{a0}: ").command(format!("equipe quitter equipe:{}", value(team, brief))),
    )
}

/// They had asked already: nobody is notified a second time.
#[must_use]
pub fn asked_already(team: &Team, brief: &Brief, captain: &Who, by: &Person) -> Draft {
    let text = named(Text::new().mention(by.clone()).plain(" a déjà demandé à rejoindre "), team).plain(". ");
    let draft = Draft::answer().paragraph(captain.said(text.plain("La réponse est à ")).plain(", capitaine."));
    answers(draft, team, brief, &Who::Here(by.clone()), Labels::Bare)
}

/// Whether buttons say who is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Labels {
    Bare,
    Named,
}

/// Somebody who waits for an answer, by their number: another may come to have the same name.
#[must_use]
pub fn numbered(person: PersonKey) -> String {
    format!("#{}", person.0)
}

/// The buttons of the captain's answer about somebody who is here.
fn answers(draft: Draft, team: &Team, brief: &Brief, who: &Who, labels: Labels) -> Draft {
    match who {
        Who::Here(person) => answering(draft, (team, brief), who, labels, |run| run.with("personne", person.clone())),
        Who::Elsewhere(_) | Who::Nameless => draft,
    }
}

/// The buttons of the captain's answer, about somebody whom an invocation is made to name.
fn answering(
    draft: Draft,
    (team, brief): (&Team, &Brief),
    who: &Who,
    labels: Labels,
    naming: impl Fn(Invocation) -> Invocation,
) -> Draft {
    let run = naming(Invocation::new("equipe accepter").with("equipe", value(team, brief)));
    let whom = match labels {
        Labels::Named => format!(" {}", words::shortened(who.name(), ON_BUTTON)),
        Labels::Bare => String::new(),
    };
    draft
        .button(Button::success(format!("Accepter{whom}"), Press::run(run.clone())))
        .button(Button::new(format!("Refuser{whom}"), Press::run(run.with("reponse", "non"))))
}

/// Those who wait for the captain's answer.
#[must_use]
pub fn waiting(team: &Team, brief: &Brief, people: &[(PersonKey, Who)]) -> Draft {
    if people.is_empty() {
        let text = named(Text::from("Personne n’attend de réponse pour rejoindre "), team).plain(".");
        let draft = Draft::answer().paragraph(text);
        let how = if is_asked(team) { "On y entre sur votre accord." } else { "On y entre sans accord." };
        return draft.note(how);
    }
    let count = words::counted(people.len(), "personne demande", "personnes demandent");
    let order = if people.len() > 1 { ", la plus ancienne demande d’abord." } else { "." };
    let draft = Draft::answer()
        .paragraph(named(Text::from(count).plain(" à rejoindre "), team).plain(order))
        .list(List::numbered(1, people.iter().map(|(_, who)| Item::from(who.begins()))));
    let draft = people.iter().take(ANSWERED).fold(draft, |draft, (person, who)| {
        answering(draft, (team, brief), who, Labels::Named, |run| run.with("demande", numbered(*person)))
    });
    if people.len() > ANSWERED {
        draft.note(
            Text::from("Pour les suivantes\u{a0}: ").command("equipe accepter").plain(" avec le nom de la personne."),
        )
    } else {
        draft
    }
}

/// The captain said no.
#[must_use]
pub fn declined(team: &Team, brief: &Brief, who: &Who) -> Draft {
    let text = who.said(Text::from("La demande de ")).plain(" de rejoindre ");
    let draft = Draft::answer().paragraph(named(text, team).plain(" n’est pas acceptée."));
    notified(draft, who).button(Button::new("Voir les autres équipes", see_all(brief)))
}

/// Has the network notify whoever has an account on it.
pub(super) fn notified(draft: Draft, who: &Who) -> Draft {
    match who {
        Who::Here(person) => draft.notify(person.id.clone()),
        _ => draft,
    }
}
