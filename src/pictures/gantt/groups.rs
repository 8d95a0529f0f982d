//! Milestones under the headings of a chart.

use super::{Bar, Group, Grouping, Span};
use crate::domain::duration::hours;
use crate::domain::person::PersonKey;
use crate::domain::plan::{Task, calendar};
use crate::pictures::lettering::drawable;
use crate::pictures::needs::links;
use crate::pictures::planned::{Planned, joined};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A heading in the order of headings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Heading<'a> {
    /// A deliverable, by its rank in the brief.
    Deliverable(usize, String),
    /// Somebody, in the order of names; whoever has none comes last.
    Person(bool, &'a str, PersonKey),
    /// Several people.
    Shared,
    /// Nobody, or no deliverable.
    None(&'static str),
}

/// Milestones under their headings, in order.
pub(super) fn of(planned: &Planned<'_>, grouping: Grouping) -> Vec<Group> {
    let mut dues: HashMap<u32, Timestamp> = HashMap::new();
    for task in &planned.plan.tasks {
        if let Some(due) = task.due {
            dues.entry(task.number).or_insert(due);
        }
    }
    let mut known = HashSet::new();
    let first: Vec<&Task> = planned.plan.tasks.iter().filter(|task| known.insert(task.number)).collect();
    let mut needs: HashMap<u32, Vec<u32>> = HashMap::new();
    for (from, to) in links(&first) {
        needs.entry(first[to].number).or_default().push(first[from].number);
    }
    let mut tasks: Vec<&Task> = planned.plan.tasks.iter().collect();
    tasks.sort_by_key(|task| (task.due.unwrap_or(Timestamp::MAX), task.number));
    let mut found: BTreeMap<Heading<'_>, Vec<Bar>> = BTreeMap::new();
    if grouping == Grouping::Person {
        // Whoever only shares milestones has a heading too, to say how many hours.
        let people = tasks.iter().flat_map(|task| &task.people);
        found.extend(people.map(|person| (someone(planned, *person), Vec::new())));
    }
    for task in tasks {
        let heading = heading(planned, task, grouping);
        let mut bar = bar(planned, task, &dues);
        bar.is_critical = planned.schedule.row(task.number).is_some_and(|row| task.is_open() && row.is_critical);
        bar.needs = needs.get(&task.number).cloned().unwrap_or_default();
        if matches!(heading, Heading::Deliverable(..) | Heading::Shared | Heading::None(_)) {
            let mut known = HashSet::new();
            let people = task.people.iter().filter(|person| known.insert(**person));
            bar.people = joined(&people.map(|person| name(planned, *person)).collect::<Vec<_>>());
        }
        found.entry(heading).or_default().push(bar);
    }
    found.into_iter().map(|(heading, bars)| group(planned, heading, bars)).collect()
}

fn group(planned: &Planned<'_>, heading: Heading<'_>, bars: Vec<Bar>) -> Group {
    let (heading, load) = match heading {
        Heading::Deliverable(_, heading) => (heading, String::new()),
        Heading::Person(_, name, person) => (name.to_owned(), load(planned, person)),
        Heading::Shared => ("À plusieurs".to_owned(), "heures à parts égales".to_owned()),
        Heading::None(heading) => (heading.to_owned(), String::new()),
    };
    Group { heading, load, bars }
}

/// The heading under which a milestone stands.
fn heading<'a>(planned: &Planned<'a>, task: &Task, grouping: Grouping) -> Heading<'a> {
    match grouping {
        Grouping::Deliverable => {
            let wanted = task.deliverable.and_then(|number| {
                planned.plan.deliverables.iter().enumerate().find(|(_, wanted)| wanted.number == number)
            });
            wanted.map_or(Heading::None("Sans livrable"), |(rank, wanted)| {
                let title = drawable(&wanted.title);
                let colon = if title.is_empty() { "" } else { "\u{a0}: " };
                Heading::Deliverable(rank, format!("Livrable {}{colon}{title}", wanted.number))
            })
        }
        Grouping::Person => match people(task).into_iter().collect::<Vec<_>>().as_slice() {
            [] => Heading::None("Sans responsable"),
            [person] => someone(planned, *person),
            _ => Heading::Shared,
        },
    }
}

fn someone<'a>(planned: &Planned<'a>, person: PersonKey) -> Heading<'a> {
    let is_gone = !planned.people.contains_key(&person);
    Heading::Person(is_gone, name(planned, person), person)
}

/// What somebody is called, or what stands for a name of which no font has a letter.
fn name<'a>(planned: &Planned<'a>, person: PersonKey) -> &'a str {
    match planned.people.get(&person) {
        Some(name) if drawable(name).is_empty() => "(nom sans lettre lisible)",
        Some(name) => name,
        None => "quelqu’un qui n’est plus là",
    }
}

fn people(task: &Task) -> BTreeSet<PersonKey> {
    task.people.iter().copied().collect()
}

/// The planned hours of somebody: `10 h`, `12 h 45, dont 2 h 45 à plusieurs`.
fn load(planned: &Planned<'_>, person: PersonKey) -> String {
    let (mut all, mut shared) = (0, 0);
    for task in &planned.plan.tasks {
        let people = people(task);
        if people.contains(&person) {
            let each = each(task).unwrap_or(0);
            all += each;
            shared += if people.len() > 1 { each } else { 0 };
        }
    }
    match (all, shared) {
        (0, _) => String::new(),
        (all, 0) => hours(all),
        (all, shared) if all == shared => format!("{} à plusieurs", hours(shared)),
        (all, shared) => format!("{}, dont {} à plusieurs", hours(all), hours(shared)),
    }
}

/// The planned minutes of each of a milestone's people.
fn each(task: &Task) -> Option<i64> {
    let people = i64::try_from(people(task).len()).unwrap_or(1).max(1);
    task.minutes.map(|minutes| (i64::from(minutes) + people - 1) / people).filter(|minutes| *minutes > 0)
}

fn bar(planned: &Planned<'_>, task: &Task, dues: &HashMap<u32, Timestamp>) -> Bar {
    let span = task.due.map(|due| {
        let work_from = each(task).map(|minutes| calendar::after(due, -minutes));
        let needed = task.needs.iter().filter_map(|need| dues.get(need)).max().copied();
        let free_from = needed.max(planned.plan.starts_at);
        let free_from = free_from.filter(|free| work_from.is_some_and(|work| *free < work));
        Span { free_from, work_from, due }
    });
    let date = task.due.map_or("sans date".to_owned(), |due| planned.day(due));
    let work = task.minutes.map(|minutes| hours(i64::from(minutes)));
    let facts: Vec<String> = [Some(date), work].into_iter().flatten().collect();
    Bar {
        number: task.number,
        title: task.title.clone(),
        facts: facts.join(" · "),
        people: String::new(),
        status: planned.status(task),
        is_critical: false,
        needs: Vec::new(),
        span,
    }
}
