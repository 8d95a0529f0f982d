//! Hours of preparation: what was noted, what each person and the team have spent, against what the brief gives.

use super::plan::{budget, in_all};
use super::words;
use crate::domain::date::Moment;
use crate::domain::permission::Leave;
use crate::domain::person::PersonKey;
use crate::domain::plan::Plan;
use crate::store::Hours;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use vigie_chat::{Button, Draft, Field, Invocation, Item, List, Press, Text};

/// Longest description that is repeated, in characters.
const WHAT: usize = 120;
/// Entries on one page.
const PAGE: usize = 8;

/// What hours are told with.
#[derive(Debug, Clone, Copy)]
pub struct Log<'a> {
    /// The team, as a value of `equipe`.
    pub team: &'a str,
    /// Its plan, for the budget.
    pub plan: &'a Plan,
    /// What people are called.
    pub names: &'a BTreeMap<PersonKey, String>,
    /// All entries, the oldest day first.
    pub entries: &'a [Hours],
    /// Whether whoever reads may change the team's work.
    pub leave: Leave,
}

impl Log<'_> {
    fn name(&self, person: PersonKey) -> &str {
        self.names.get(&person).map_or("Une personne qui n’est plus là", String::as_str)
    }

    fn minutes(&self, of: impl Fn(&Hours) -> bool) -> u64 {
        self.entries.iter().filter(|entry| of(entry)).map(|entry| u64::from(entry.entry.minutes.get())).sum()
    }

    fn run(&self, command: &str) -> Invocation {
        Invocation::new(command).with("equipe", self.team)
    }
}

/// `lundi 23 novembre 2026`.
#[must_use]
pub fn day(date: Date) -> String {
    Moment::new(date.at(0, 0, 0, 0), TimeZone::UTC).day()
}

fn item(entry: &Hours, log: &Log<'_>) -> Text {
    let said = Text::from(format!("Saisie\u{a0}{}, {}\u{a0}: ", entry.key.0, day(entry.entry.spent_on)))
        .strong(log.name(entry.person))
        .plain(format!(", {}", entry.entry.minutes));
    let said = match entry.entry.milestone {
        Some(number) => said.plain(format!(", jalon\u{a0}{number}")),
        None => said,
    };
    match &entry.entry.what {
        Some(what) => said.plain(", ").plain(words::shortened(&what.replace('\n', " "), WHAT)),
        None => said,
    }
}

/// Hours were noted.
#[must_use]
pub fn noted(entry: &Hours, log: &Log<'_>) -> Draft {
    let theirs = log.minutes(|other| other.person == entry.person);
    let undo = log.run("heures retirer").with("numero", entry.key.0);
    Draft::answer()
        .paragraph("C’est noté.")
        .list(List::bulleted([item(entry, log)]))
        .paragraph(format!("{} a noté {} en tout.", log.name(entry.person), in_all(theirs)))
        .paragraph(budget(log.plan, log.minutes(|_| true)))
        .button(Button::danger("Retirer cette saisie", Press::run(undo)))
        .button(Button::new("Voir les heures", Press::run(log.run("heures voir"))))
}

/// The hours of a team: in all, by person, then the entries, the newest first.
#[must_use]
pub fn log(log: &Log<'_>, page: usize) -> Draft {
    let mut draft = Draft::answer().title("Heures de préparation").paragraph(budget(log.plan, log.minutes(|_| true)));
    if log.entries.is_empty() {
        let how = Text::from("Personne n’a encore noté d’heures. ").command("heures ajouter 1h30").plain(" en note.");
        return draft.paragraph(how);
    }
    let mut people: Vec<PersonKey> = log.plan.members.clone();
    people.extend(log.entries.iter().map(|entry| entry.person));
    people.sort_unstable();
    people.dedup();
    // By name: an order by hours would be a ranking.
    people.sort_by_cached_key(|person| vigie_chat::folded(log.name(*person)));
    let fields = people.iter().map(|person| {
        let gone = if log.plan.members.contains(person) { "" } else { " (a quitté l’équipe)" };
        let name = format!("{}{gone}", log.name(*person));
        Field::new(name, in_all(log.minutes(|entry| entry.person == *person)))
    });
    draft = draft.heading("Par personne").fields(fields);
    let pages = log.entries.len().div_ceil(PAGE);
    let page = page.clamp(1, pages);
    let shown = log.entries.iter().rev().skip((page - 1) * PAGE).take(PAGE);
    draft = draft
        .heading("Saisies, les dernières d’abord")
        .list(List::bulleted(shown.map(|entry| Item::from(item(entry, log)))));
    if log.leave == Leave::May {
        draft = draft.note(
            Text::from("Pour en retirer une des vôtres\u{a0}: ").command("heures retirer").plain(" et son numéro."),
        );
    }
    if pages > 1 {
        draft = draft.note(format!("Page {page} sur {pages}."));
    }
    let turn = |to: usize| Press::run(log.run("heures voir").with("page", i64::try_from(to).unwrap_or(1))).replacing();
    if page > 1 {
        draft = draft.button(Button::new("Plus récentes", turn(page - 1)));
    }
    if page < pages {
        draft = draft.button(Button::new("Plus anciennes", turn(page + 1)));
    }
    draft
}

/// An entry was taken away.
#[must_use]
pub fn removed(entry: &Hours, log: &Log<'_>) -> Draft {
    let back = log.run("heures retirer").with("numero", entry.key.0).with("action", "remettre");
    Draft::answer()
        .paragraph("La saisie est retirée.")
        .list(List::bulleted([item(entry, log)]))
        .paragraph(budget(log.plan, log.minutes(|other| other.key != entry.key)))
        .note("Elle peut être remise pendant un jour.")
        .button(Button::new("Remettre cette saisie", Press::run(back)))
}

/// An entry is there again.
#[must_use]
pub fn restored(entry: &Hours, log: &Log<'_>) -> Draft {
    Draft::answer()
        .paragraph("La saisie est remise.")
        .list(List::bulleted([item(entry, log)]))
        .paragraph(budget(log.plan, log.minutes(|_| true)))
        .button(Button::new("Voir les heures", Press::run(log.run("heures voir"))))
}

/// Hours of a day to come.
#[must_use]
pub fn in_the_future(date: Date) -> Text {
    Text::from(format!(
        "Le {} n’est pas encore passé\u{a0}: on ne note que du travail déjà fait. Donnez un autre jour, par exemple «\u{a0}hier\u{a0}».",
        day(date)
    ))
}

/// Hours of long before the brief.
#[must_use]
pub fn too_old(date: Date, first: Date) -> Text {
    Text::from(format!(
        "Le {} est trop loin avant ce sujet\u{a0}: le premier jour qui peut être noté est le {}. Vérifiez l’année.",
        day(date),
        day(first)
    ))
}

/// A day has no room for so much.
#[must_use]
pub fn day_full(date: Date, already: u32) -> Text {
    let left = u64::from((24 * 60_u32).saturating_sub(already));
    Text::from(match (already, left) {
        (0, _) => format!(
            "Un jour n’a que 24\u{a0}h. Notez au plus 24\u{a0}h pour le {}, ou répartissez sur plusieurs jours.",
            day(date)
        ),
        (_, 0) => format!("Vous avez déjà noté 24\u{a0}h pour le {}\u{a0}: ce jour est plein.", day(date)),
        (already, left) => format!(
            "Vous avez déjà noté {} pour le {}\u{a0}: il n’y reste que {}. Vérifiez la durée ou le jour.",
            in_all(already.into()),
            day(date),
            in_all(left)
        ),
    })
}

/// No such entry in this team, or not any more.
#[must_use]
pub fn no_such(number: i64) -> Text {
    Text::from(format!("Je ne connais pas la saisie\u{a0}{number} dans cette équipe. "))
        .command("heures voir")
        .plain(" montre les numéros.")
}

/// Somebody else's entry.
#[must_use]
pub fn not_yours(name: &str) -> Text {
    Text::from("Cette saisie est celle de ")
        .strong(words::shortened(name, WHAT))
        .plain("\u{a0}: seule cette personne la retire, tant qu’elle est dans l’équipe.")
}

/// It can't be brought back any more.
#[must_use]
pub fn too_late() -> Text {
    Text::from("Cette saisie a été retirée il y a plus d’un jour\u{a0}: notez-la de nouveau avec ")
        .command("heures ajouter")
        .plain(".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plan::{Budget, Task};

    #[test]
    fn a_full_day_says_what_is_left() {
        let on = jiff::civil::date(2026, 11, 1);
        let said = |already| day_full(on, already).words().replace('\u{a0}', " ");
        assert!(said(0).starts_with("Un jour n’a que 24 h. Notez au plus 24 h pour le dimanche 1er novembre 2026"));
        assert!(said(1_440).ends_with(" : ce jour est plein."), "{}", said(1_440));
        assert!(said(1_395).contains("déjà noté 23 h 15") && said(1_395).contains("il n’y reste que 45 min."));
    }

    #[test]
    fn a_budget_is_told_only_where_there_is_one() {
        let task = Task { number: 1, minutes: Some(180), ..Task::default() };
        let plan = Plan { tasks: vec![task], budget: Some(Budget::Team(1_800)), ..Plan::default() };
        let said = budget(&plan, 90).replace('\u{a0}', " ");
        assert_eq!(
            said,
            "Le sujet prévoit 30 h de préparation pour l’équipe. Planifié : 3 h, soit 10 %. Déjà passé : 1 h 30, soit 5 %."
        );
        for none in [None, Some(Budget::Team(0))] {
            let said = budget(&Plan { budget: none, ..plan.clone() }, 0).replace('\u{a0}', " ");
            assert!(said.ends_with("Planifié : 3 h. Déjà passé : 0 h."), "{said}");
        }
    }
}
