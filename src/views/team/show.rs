//! One team, or those of a brief.

use super::{Offer, entry, has_seat, join, join_label, members, named, seats, see, see_all, subject, value};
use crate::domain::date::Moment;
use crate::domain::person::PersonKey;
use crate::domain::team::TeamSize;
use crate::store::{Brief, BriefState, Team, TeamState};
use crate::views::words;
use jiff::Zoned;
use vigie_chat::limits::{MOST_OPTIONS, WORDS};
use vigie_chat::{Button, Draft, Field, Invocation, Item, List, Press, Select, Text};

/// Teams on a page.
const PER_PAGE: usize = 8;
/// Teams with a button of their own.
const BUTTONS: usize = 5;

/// A date that a team is to meet.
#[derive(Debug, Clone)]
pub struct Next {
    /// The number of the milestone.
    pub number: u32,
    /// Its people's own words.
    pub title: String,
    /// When.
    pub due: Moment,
}

/// A team, as whoever asks may see it.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The team.
    pub team: &'a Team,
    /// What it works on.
    pub brief: &'a Brief,
    /// How many people it may have.
    pub size: TeamSize,
    /// How many wait for the captain's answer; 0 for whoever isn't to know.
    pub requests: usize,
    /// Its next dates; none for whoever may not see its work.
    pub next: Option<&'a [Next]>,
    /// When the work of the brief is due.
    pub deadline: Option<&'a Moment>,
    /// Whether whoever asks is offered a seat.
    pub offer: Offer,
}

/// One team.
#[must_use]
pub fn shown(shown: &Shown<'_>, now: &Zoned) -> Draft {
    let Shown { team, brief, size, .. } = *shown;
    let mut draft =
        Draft::answer().title(Text::from(format!("Équipe\u{a0}{}\u{a0}: ", team.number)).plain(team.name.as_str()));
    let mut fields = vec![Field::new("Sujet", subject(brief))];
    match (team.state, brief.state) {
        (TeamState::Dissolved, _) => fields.push(Field::new("État", "dissoute\u{a0}; son travail est gardé")),
        (_, BriefState::Closed) => fields.push(Field::new("État", "le sujet est clôturé, rien ne change plus")),
        _ => fields.extend([Field::new("Places", seats(team, size)), Field::new("Entrée", entry(team))]),
    }
    if let Some(deadline) = shown.deadline {
        fields.push(Field::new(
            "À rendre",
            Text::new().time(deadline.at(), format!("{deadline}, {}", deadline.relative(now))),
        ));
    }
    draft = draft.fields(fields);
    if !team.members.is_empty() {
        draft = draft.heading("Membres").list(List::bulleted(members(team)));
    }
    if let Some(next) = shown.next {
        draft = dates(draft.heading("Prochaines échéances"), next, now);
    }
    if shown.requests > 0 {
        let waiting = words::counted(
            shown.requests,
            "demande d’entrée attend une réponse",
            "demandes d’entrée attendent une réponse",
        );
        draft = draft.note(waiting).button(Button::primary(
            "Voir les demandes",
            Press::run(Invocation::new("equipe accepter").with("equipe", value(team, brief))),
        ));
    }
    let works = team.state == TeamState::Active && brief.state == BriefState::Published;
    if works && shown.offer == Offer::Seats && has_seat(team, size) {
        draft = draft.button(Button::new(join_label(team), join(team, brief)));
    }
    if shown.next.is_some() {
        let of = |path: &str| Press::run(Invocation::new(path).with("equipe", value(team, brief)));
        draft = draft
            .button(Button::new("Jalons", of("jalon liste")))
            .button(Button::new("Livrables", of("livrable liste")));
    }
    draft.button(Button::new("Toutes les équipes", see_all(brief)))
}

fn dates(draft: Draft, next: &[Next], now: &Zoned) -> Draft {
    if next.is_empty() {
        return draft.paragraph(Text::from("Aucun jalon daté à venir. ").command("jalon ajouter").plain(" en ajoute."));
    }
    let items = next.iter().map(|one| {
        let past = if one.due.at() < now.timestamp() { ", en retard" } else { "" };
        Item::from(
            Text::new()
                .strong(format!("J{}", one.number))
                .plain(" ")
                .plain(one.title.as_str())
                .plain("\u{a0}: ")
                .time(one.due.at(), format!("{}, {}", one.due, one.due.relative(now)))
                .plain(past),
        )
    });
    draft.list(List::bulleted(items))
}

/// The teams of a brief.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// What they work on.
    pub brief: &'a Brief,
    /// All of them.
    pub teams: &'a [Team],
    /// How many people each may have.
    pub size: TeamSize,
    /// Whether whoever asks is offered a seat, where they have none.
    pub offer: Offer,
}

/// The teams of a brief, those with a seat to be joined by whoever has none.
#[must_use]
pub fn list(listed: &Listed<'_>, me: PersonKey, page: usize) -> Draft {
    let Listed { brief, teams, size, offer } = *listed;
    let draft = Draft::answer().title(Text::from("Équipes du sujet ").then(subject(brief)));
    let found = Invocation::new("equipe creer");
    if teams.is_empty() {
        return draft.paragraph(
            Text::from("Il n’y en a pas encore. ")
                .command(found.path.as_str())
                .plain(" en crée une, avec le nom que vous lui donnez."),
        );
    }
    let free: Vec<&Team> = teams.iter().filter(|team| has_seat(team, size)).collect();
    let own = teams.iter().find(|team| team.members.iter().any(|member| member.person == me));
    let summary = format!(
        "{}, dont {} avec une place libre. Taille\u{a0}: {size}.",
        words::counted(teams.len(), "équipe", "équipes"),
        free.len()
    );
    let pages = teams.len().div_ceil(PER_PAGE);
    let page = page.min(pages);
    let shown = teams.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
    let items = shown.map(|team| {
        let text =
            Text::new().strong(team.number.to_string()).plain(" ").plain(words::shortened(&team.name, super::NAME));
        let text = text.plain(format!("\u{a0}: {}, {}", seats(team, size), entry(team)));
        Item::from(if own.is_some_and(|own| own.key == team.key) { text.plain(" (la vôtre)") } else { text })
    });
    let mut draft = draft.paragraph(summary).list(List::bulleted(items));
    if pages > 1 {
        draft = draft.note(format!("Page {page} sur {pages}."));
    }
    draft = match own {
        Some(own) => draft.button(Button::new(format!("Voir l’équipe\u{a0}{}", own.number), see(own, brief))),
        None if offer == Offer::Seats && brief.state == BriefState::Published => joinable(draft, &free, brief),
        None => draft,
    };
    let turn = |to: usize| {
        let number = brief.number.map(|number| number.to_string());
        let to = i64::try_from(to).unwrap_or(i64::MAX);
        Press::run(Invocation::new("equipe voir").with_some("sujet", number).with("page", to)).replacing()
    };
    if page > 1 {
        draft = draft.button(Button::new("Page précédente", turn(page - 1)));
    }
    if page < pages {
        draft = draft.button(Button::new("Page suivante", turn(page + 1)));
    }
    draft
}

/// A button for each of the first teams that have a seat, and a choice among the others.
fn joinable(draft: Draft, free: &[&Team], brief: &Brief) -> Draft {
    let draft = free
        .iter()
        .take(BUTTONS)
        .fold(draft, |draft, team| draft.button(Button::new(join_label(team), join(team, brief))));
    let more: Vec<&&Team> = free.iter().skip(BUTTONS).take(MOST_OPTIONS).collect();
    if more.is_empty() {
        return draft;
    }
    let select = more.into_iter().fold(Select::new("Rejoindre une autre équipe"), |select, team| {
        let label = named(Text::new(), team).words();
        select.option(words::shortened(&label, WORDS), join(team, brief))
    });
    draft.select(select)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::key::{BriefKey, TeamKey};
    use crate::store::Entry;
    use vigie_chat::{Action, plain};

    fn brief() -> Brief {
        Brief {
            key: BriefKey(1),
            number: Some(2),
            state: BriefState::Published,
            version: 1,
            title: "MSPR".to_owned(),
            deadline_at: None,
            cohort: None,
            author: PersonKey(1),
            room: None,
            message: None,
            published_at: None,
        }
    }

    fn teams(count: i64) -> Vec<Team> {
        let team = |number| Team {
            key: TeamKey(number),
            brief: BriefKey(1),
            number,
            name: format!("Nom {number} {}", "très ".repeat(20)),
            entry: Entry::Asked,
            room: None,
            state: TeamState::Active,
            members: Vec::new(),
        };
        (1..=count).map(team).collect()
    }

    /// The words on the buttons, and how many options there are to choose from.
    fn actions(draft: &Draft) -> (Vec<String>, usize) {
        let (mut labels, mut options) = (Vec::new(), 0);
        for action in &draft.actions {
            match action {
                Action::Button(button) => labels.push(button.label.replace('\u{a0}', " ")),
                Action::Select(select) => options += select.options.len(),
                Action::Link { .. } => {}
            }
        }
        (labels, options)
    }

    #[test]
    fn many_teams_are_paged_and_all_can_be_joined() {
        let (brief, teams) = (brief(), teams(60));
        let listed = Listed { brief: &brief, teams: &teams, size: TeamSize::default(), offer: Offer::Seats };
        let first = list(&listed, PersonKey(1), 1);
        assert_eq!(first.check(), Vec::new());
        let (labels, options) = actions(&first);
        assert_eq!(labels.first().map(String::as_str), Some("Rejoindre l’équipe 1"), "nobody is there to agree");
        assert_eq!(
            (labels.len(), labels.last().map(String::as_str), options),
            (6, Some("Page suivante"), MOST_OPTIONS)
        );
        let last = plain(&list(&listed, PersonKey(1), 99)).replace('\u{a0}', " ");
        assert!(last.contains("60 Nom 60") && last.contains("Page 8 sur 8") && !last.contains("Nom 56 "), "{last}");
        let nothing = Listed { offer: Offer::Nothing, ..listed };
        assert_eq!(actions(&list(&nothing, PersonKey(1), 1)), (vec!["Page suivante".to_owned()], 0));
    }
}
