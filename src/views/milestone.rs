//! Milestones (jalons): a list, one of them, what was done to them, and why something isn't.
//!
//! Titles, names and reasons are people's own words: spans, cut to a length that any screen takes.

mod form;
mod refusal;
#[cfg(test)]
mod tests;

pub use form::{ask_dates, how_to_add, lines_form};
pub use refusal::{
    Wrong, asked_twice, cycle, gone, half_empty, needs_itself, no_such, not_asked, not_deleted, nothing_to_change,
    of_brief, overtaken, several, too_late, unknown_deliverable, unknown_person, unsure_person, wrong_lines,
};

use form::change_form;

use super::moment::{in_full, on_the_clock_of};
use super::words;
use crate::domain::key::MilestoneKey;
use crate::domain::permission::Leave;
use crate::domain::person::PersonKey;
use crate::domain::plan::is_for_defence;
use crate::domain::timing::{Lapse, is_past};
use crate::store::{Milestone, Progress};
use jiff::{Timestamp, Zoned};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use vigie_chat::{Button, Draft, Invocation, Item, List, Press, Text};

/// Longest title that is repeated, in characters.
pub(super) const TITLE: usize = 100;
/// Milestones on one page of a list.
const PAGE: usize = 8;
/// Most milestones that can be marked done from a list.
const TO_MARK: usize = 3;
/// Most milestones that an answer repeats one by one.
const REPEATED: usize = 10;

/// What milestones are told with.
#[derive(Debug, Clone, Copy)]
pub struct Board<'a> {
    /// The team, as a value of `equipe`.
    pub team: &'a str,
    /// What people are called.
    pub names: &'a BTreeMap<PersonKey, String>,
    /// The number of each milestone.
    pub numbers: &'a HashMap<MilestoneKey, u32>,
    /// Now, on the clock of whoever reads.
    pub now: &'a Zoned,
    /// When all must be done.
    pub deadline: Option<Timestamp>,
    /// When the team defends it.
    pub defence: Option<Timestamp>,
    /// Whether whoever reads may change the team's work.
    pub leave: Leave,
}

impl Board<'_> {
    fn run(&self, command: &str, number: u32) -> Invocation {
        Invocation::new(command).with("jalon", number.to_string()).with("equipe", self.team)
    }

    fn people(&self, people: &[PersonKey]) -> Vec<String> {
        people.iter().map(|person| self.name(*person).to_owned()).collect()
    }

    fn name(&self, person: PersonKey) -> &str {
        self.names.get(&person).map_or("une personne qui n’est plus là", String::as_str)
    }

    fn buttons(&self, draft: Draft, buttons: impl IntoIterator<Item = Button<Press>>) -> Draft {
        if self.leave == Leave::MayNot { draft } else { buttons.into_iter().fold(draft, Draft::button) }
    }
}

/// `le jalon 3 « Maquette »`, without the article.
#[must_use]
pub fn named(number: u32, title: &str) -> Text {
    Text::from(format!("jalon\u{a0}{number} «\u{a0}")).emphasis(words::shortened(title, TITLE)).plain("\u{a0}»")
}

fn due(milestone: &Milestone, now: &Zoned) -> Option<Text> {
    let due = milestone.draft.due.as_ref()?;
    Some(in_full(&on_the_clock_of(due.at, now), now))
}

fn is_late(milestone: &Milestone, now: &Zoned) -> bool {
    let is_done = matches!(milestone.progress, Progress::Done { .. });
    !is_done && milestone.draft.due.as_ref().is_some_and(|due| is_past(due.at, now.timestamp()))
}

/// A milestone in one item: what it is, how far, for when; then who, how long, after what.
fn item(milestone: &Milestone, board: &Board<'_>) -> Item {
    let now = board.now;
    let mut text = Text::from(format!("Jalon\u{a0}{}, ", milestone.number))
        .strong(words::shortened(&milestone.draft.title, TITLE))
        .plain("\u{a0}: ");
    let dated = due(milestone, now);
    text = match (&milestone.progress, &milestone.draft.due) {
        (Progress::Done { at, by }, _) => {
            text.plain(format!("fait {} par {}", on_the_clock_of(*at, now).short(), board.name(*by)))
        }
        (_, Some(due)) if is_late(milestone, now) => {
            text.plain(format!("en retard de {}, prévu ", Lapse::between(due.at, now.timestamp())))
        }
        _ => text.plain("à faire"),
    };
    let is_done = matches!(milestone.progress, Progress::Done { .. });
    text = match dated {
        _ if is_done => text,
        Some(dated) if is_late(milestone, now) => text.then(dated),
        Some(dated) => text.plain(" pour ").then(dated),
        None => text.plain(", sans date"),
    };
    if let Progress::Blocked { why } = &milestone.progress {
        text = match why.as_str() {
            "" => text.plain(". Bloqué"),
            why => text.plain(". Bloqué\u{a0}: ").plain(why),
        };
    }
    let rest = rest(milestone, board);
    if rest.is_empty() { Item::from(text) } else { Item::with(text, [Text::from(rest.join("\u{a0}; "))]) }
}

/// Who, how long, after what, for what.
fn rest(milestone: &Milestone, board: &Board<'_>) -> Vec<String> {
    let draft = &milestone.draft;
    let mut rest = Vec::new();
    if !draft.people.is_empty() {
        rest.push(words::and(&board.people(&draft.people)));
    }
    rest.extend(draft.minutes.map(|minutes| format!("{minutes} de travail")));
    let mut needs: Vec<u32> = draft.needs.iter().filter_map(|need| board.numbers.get(need).copied()).collect();
    needs.sort_unstable();
    let needs: Vec<String> = needs.iter().map(u32::to_string).collect();
    match needs.as_slice() {
        [] => {}
        [one] => rest.push(format!("après le jalon\u{a0}{one}")),
        several => rest.push(format!("après les jalons {}", words::and(several))),
    }
    rest.extend(draft.deliverable.map(|number| format!("pour le livrable\u{a0}{number}")));
    if !draft.criteria.is_empty() {
        rest.push(format!("critères {}", words::and(&draft.criteria)));
    }
    if milestone.brief_key.is_some() {
        rest.push("date fixée par le sujet".to_owned());
    }
    rest
}

/// Milestones as lists tell them: late ones first, then by date, then those without one, then those that are done.
#[must_use]
pub fn in_order<'a>(milestones: &'a [Milestone], now: &Zoned) -> Vec<&'a Milestone> {
    let mut sorted: Vec<&Milestone> = milestones.iter().collect();
    sorted.sort_by_key(|milestone| {
        let due = milestone.draft.due.as_ref().map_or(Timestamp::MAX, |due| due.at);
        match milestone.progress {
            Progress::Done { at, .. } => (2, Timestamp::MAX, Reverse(at), milestone.number),
            _ => (u8::from(!is_late(milestone, now)), due, Reverse(Timestamp::MAX), milestone.number),
        }
    });
    sorted
}

/// `12 jalons : 2 en retard, 7 à faire et 3 faits.`
fn counted(milestones: &[&Milestone], now: &Zoned) -> String {
    let of = |is: &dyn Fn(&Milestone) -> bool| milestones.iter().filter(|milestone| is(milestone)).count();
    let done = of(&|milestone| matches!(milestone.progress, Progress::Done { .. }));
    let late = of(&|milestone| is_late(milestone, now));
    let blocked = of(&|milestone| matches!(milestone.progress, Progress::Blocked { .. }));
    let open = milestones.len() - done - late;
    let parts: Vec<String> = [(late, "en retard", "en retard"), (open, "à faire", "à faire"), (done, "fait", "faits")]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, several)| words::counted(count, one, several))
        .collect();
    let all = words::counted(milestones.len(), "jalon", "jalons");
    let blocked = match blocked {
        0 => String::new(),
        count => format!(" Parmi eux, {}.", words::counted(count, "est bloqué", "sont bloqués")),
    };
    // Where all are alike, their number is said once.
    let told = match (parts.as_slice(), milestones.len()) {
        ([_], 1) => format!(
            "{all}, {}",
            if late > 0 {
                "en retard"
            } else if open > 0 {
                "à faire"
            } else {
                "fait"
            }
        ),
        ([_], _) => format!(
            "{all}, tous {}",
            if late > 0 {
                "en retard"
            } else if open > 0 {
                "à faire"
            } else {
                "faits"
            }
        ),
        _ => format!("{all}\u{a0}: {}", words::and(&parts)),
    };
    format!("{told}.{blocked}")
}

/// The milestones of a team, one page of them; `before` is said first.
#[must_use]
pub fn list(before: Option<Text>, milestones: &[Milestone], page: usize, board: &Board<'_>) -> Draft {
    let sorted = in_order(milestones, board.now);
    let mut draft = Draft::answer().title("Jalons de l’équipe");
    if let Some(before) = before {
        draft = draft.paragraph(before);
    }
    if sorted.is_empty() {
        let add = Button::primary("Ajouter des jalons", Press::open(lines_form(board.team, None)));
        let empty =
            Text::from("Aucun jalon pour l’instant. ").command("jalon ajouter").plain(" en ajoute, un par ligne.");
        return board.buttons(draft.paragraph(empty), [add]);
    }
    let pages = sorted.len().div_ceil(PAGE);
    let page = page.clamp(1, pages);
    let shown: Vec<&Milestone> = sorted.iter().copied().skip((page - 1) * PAGE).take(PAGE).collect();
    draft = draft.paragraph(counted(&sorted, board.now));
    let heading = |milestone: &&Milestone| match (is_done(milestone), is_late(milestone, board.now)) {
        (true, _) => "Faits",
        (false, true) => "En retard",
        (false, false) => "À faire",
    };
    // They are sorted, so that each heading is said once.
    for group in shown.chunk_by(|one, next| heading(one) == heading(next)) {
        let items = group.iter().map(|milestone| item(milestone, board));
        draft = draft.heading(group.first().map_or("", heading)).list(List::bulleted(items));
    }
    let open = shown.iter().filter(|milestone| !is_done(milestone)).take(TO_MARK);
    let mark = open.map(|milestone| {
        let run = board.run("jalon fait", milestone.number).with("page", i64::try_from(page).unwrap_or(1));
        Button::success(format!("Fait\u{a0}: {}", milestone.number), Press::run(run).replacing())
    });
    draft = board.buttons(draft, mark.collect::<Vec<_>>());
    if pages > 1 {
        draft = draft.note(format!("Page {page} sur {pages}."));
        let turn = |to: usize| {
            let to = i64::try_from(to).unwrap_or(1);
            Press::run(Invocation::new("jalon liste").with("page", to).with("equipe", board.team)).replacing()
        };
        if page > 1 {
            draft = draft.button(Button::new("Page précédente", turn(page - 1)));
        }
        if page < pages {
            draft = draft.button(Button::new("Page suivante", turn(page + 1)));
        }
    }
    draft
}

fn is_done(milestone: &Milestone) -> bool {
    matches!(milestone.progress, Progress::Done { .. })
}

/// What was added, each with its date in full.
#[must_use]
pub fn added(new: &[&Milestone], board: &Board<'_>) -> Draft {
    let said = match new {
        [_] => "Le jalon est ajouté.".to_owned(),
        several => format!("{} sont ajoutés.", words::counted(several.len(), "jalon", "jalons")),
    };
    let items = new.iter().take(REPEATED).map(|milestone| item(milestone, board));
    let mut draft = Draft::answer().paragraph(said).list(List::bulleted(items));
    if new.len() > REPEATED {
        let rest = words::counted(new.len() - REPEATED, "autre", "autres");
        draft = draft.paragraph(Text::from(format!("Et {rest}, que montre ")).command("jalon liste").plain("."));
    }
    draft = after_deadline(draft, new, board);
    let mut buttons = Vec::new();
    if let [one] = new {
        buttons.push(Button::new("Modifier", Press::open(change_form(one, board))));
        buttons.push(Button::danger("Annuler l’ajout", Press::run(board.run("jalon supprimer", one.number))));
    }
    buttons.push(Button::new("Ajouter d’autres jalons", Press::open(lines_form(board.team, None))));
    buttons.push(see_plan(board));
    board.buttons(draft, buttons)
}

/// Says which dates are after the brief's, and not for the defence.
fn after_deadline(draft: Draft, milestones: &[&Milestone], board: &Board<'_>) -> Draft {
    let Some(deadline) = board.deadline else { return draft };
    let after = |milestone: &&&Milestone| {
        let due = milestone.draft.due.as_ref().map(|due| due.at).filter(|due| is_past(deadline, *due));
        due.is_some_and(|due| !is_for_defence(due, board.deadline, board.defence))
    };
    let numbers: Vec<String> = milestones.iter().filter(after).map(|milestone| milestone.number.to_string()).collect();
    let said = match numbers.as_slice() {
        [] => return draft,
        [one] => format!("La date du jalon\u{a0}{one} est après l’échéance du sujet, "),
        several => format!("Les dates des jalons {} sont après l’échéance du sujet, ", words::and(several)),
    };
    draft.paragraph(Text::from(said).then(in_full(&on_the_clock_of(deadline, board.now), board.now)).plain("."))
}

fn see_plan(board: &Board<'_>) -> Button<Press> {
    Button::new("Voir le planning", Press::run(Invocation::new("planning").with("equipe", board.team)))
}

/// What became of one milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It says something else than before.
    Changed,
    /// It is done.
    Done,
    /// It was already.
    DoneAlready,
    /// It isn't done any more, or not blocked any more.
    Reopened,
    /// It was open already.
    OpenAlready,
    /// It is blocked.
    Blocked,
    /// It was deleted, and is there again.
    Restored,
}

/// What became of a milestone, in one sentence.
#[must_use]
pub fn in_short(outcome: Outcome, milestone: &Milestone) -> Text {
    let of = Text::from("Le ").then(named(milestone.number, &milestone.draft.title));
    match outcome {
        Outcome::Changed => of.plain(" est modifié."),
        Outcome::Done => of.plain(" est fait. Bravo\u{a0}!"),
        Outcome::DoneAlready => of.plain(" était déjà fait\u{a0}: rien ne change."),
        Outcome::Reopened => of.plain(" est de nouveau à faire."),
        Outcome::OpenAlready => of.plain(" était déjà à faire\u{a0}: rien ne change."),
        Outcome::Blocked => of.plain(" est marqué bloqué. Dès que c’est réglé, rouvrez-le."),
        Outcome::Restored => of.plain(" est rétabli."),
    }
}

/// What became of a milestone, and how it is now.
#[must_use]
pub fn told(outcome: Outcome, milestone: &Milestone, board: &Board<'_>) -> Draft {
    let said = in_short(outcome, milestone);
    let draft = Draft::answer().paragraph(said).list(List::bulleted([item(milestone, board)]));
    let draft = if outcome == Outcome::Changed { after_deadline(draft, &[milestone], board) } else { draft };
    let run = |label: &str, command: &str| Button::new(label, Press::run(board.run(command, milestone.number)));
    let next = match outcome {
        Outcome::Done | Outcome::DoneAlready => vec![run("Rouvrir", "jalon rouvrir")],
        Outcome::Blocked => vec![run("C’est débloqué", "jalon rouvrir"), run("C’est fait", "jalon fait")],
        _ => vec![
            Button::new("Modifier", Press::open(change_form(milestone, board))),
            run("C’est fait", "jalon fait"),
            see_plan(board),
        ],
    };
    let list = Invocation::new("jalon liste").with("equipe", board.team);
    board.buttons(draft, next.into_iter().chain([Button::new("Voir les jalons", Press::run(list))]))
}

/// A milestone was deleted.
#[must_use]
pub fn deleted(milestone: &Milestone, needed_by: &[u32], board: &Board<'_>) -> Draft {
    let mut draft = Draft::answer()
        .paragraph(Text::from("Le ").then(named(milestone.number, &milestone.draft.title)).plain(" est supprimé."));
    let needed: Vec<String> = needed_by.iter().map(u32::to_string).collect();
    if let [_, ..] = needed.as_slice() {
        let noun = if needed.len() < 2 { "Le jalon" } else { "Les jalons" };
        let depends = if needed.len() < 2 { "n’en dépend plus" } else { "n’en dépendent plus" };
        draft = draft.paragraph(format!("{noun}\u{a0}{} {depends}.", words::and(&needed)));
    }
    let undo = Press::run(board.run("jalon retablir", milestone.number));
    board.buttons(
        draft.note(
            Text::from("Il peut être rétabli pendant un jour, par le bouton ou avec ")
                .command(format!("jalon retablir {}", milestone.number))
                .plain("."),
        ),
        [Button::new("Rétablir", undo)],
    )
}
