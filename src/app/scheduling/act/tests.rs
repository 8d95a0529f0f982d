use super::*;
use crate::domain::duration::Minutes;
use crate::domain::key::DefenceKey;
use crate::store::Showing;
use crate::views;
use vigie_chat::Scheduled;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).expect("an instant")
}

fn event(hours: i64) -> Scheduled {
    views::scheduled::defence(("Vannes", "Fuites"), None, at(3_600 * hours), Minutes::new(50))
}

fn row() -> ScheduledEvent {
    let (connector, space) = (ConnectorName::new("test"), SpaceId::new("a"));
    let row = ScheduledEvent::new(Showing { defence: DefenceKey(1), connector, space });
    ScheduledEvent { wanted: Some(event(24)), try_at: Some(at(0)), ..row }
}

/// The row as it is while somebody is at it.
fn held(one: &ScheduledEvent) -> ScheduledEvent {
    let said = if one.event.is_none() && one.said.is_none() { one.wanted.clone() } else { one.said.clone() };
    ScheduledEvent { said, owner: Some("o".to_owned()), try_at: Some(at(600)), ..one.clone() }
}

#[track_caller]
fn check(
    before: &ScheduledEvent,
    outcome: &Outcome,
    expected: Option<Step>,
    in_seconds: Option<i64>,
) -> ScheduledEvent {
    let one = after(held(before), before, outcome, at(1)).expect("something is left of it");
    let wait = one.try_at.map(|at_| at_.duration_since(at(1)).as_secs());
    assert_eq!((step(&one).filter(|_| wait.is_some()), wait, &one.owner), (expected, in_seconds, &None), "{one:?}");
    one
}

fn id() -> ScheduledId {
    ScheduledId::new("7")
}

fn failed(error: SendError) -> Outcome {
    Outcome::Failed(error)
}

#[test]
fn what_was_made_stands_and_what_nobody_heard_of_is_looked_for() {
    check(&row(), &Outcome::Stands(id()), None, None);
    let unheard = check(&row(), &failed(SendError::Network("cut".to_owned())), Some(Step::Find), Some(5));
    assert_eq!(unheard.said, Some(event(24)));
    let again = check(&unheard, &failed(SendError::Network("cut".to_owned())), Some(Step::Find), Some(10));
    check(&again, &Outcome::Found(id()), None, None);
    let never = check(&again, &Outcome::Nothing, Some(Step::Make), Some(0));
    assert_eq!((never.failures, never.why), (0, None));
}

#[test]
fn what_was_refused_was_not_made_and_waits_a_day() {
    let refused = SendError::Forbidden("no right".to_owned());
    let one = check(&row(), &failed(refused), Some(Step::Make), Some(86_400));
    assert_eq!(one.why.as_deref(), Some("forbidden"));
    let limited = SendError::RateLimited { retry_after: Duration::from_secs(40) };
    check(&row(), &failed(limited), Some(Step::Make), Some(40));
    check(&row(), &Outcome::NotBegun, Some(Step::Make), Some(0));
}

#[test]
fn what_changed_while_somebody_was_at_it_is_done_next() {
    let moved = ScheduledEvent { wanted: Some(event(48)), ..held(&row()) };
    let one = after(moved, &row(), &Outcome::Stands(id()), at(1)).expect("it stands");
    assert_eq!((step(&one), one.said, one.try_at), (Some(Step::Change), Some(event(24)), Some(at(1))));
    let cancelled = ScheduledEvent { wanted: None, ..held(&row()) };
    let one = after(cancelled.clone(), &row(), &Outcome::Stands(id()), at(1)).expect("it stands");
    assert_eq!((step(&one), one.try_at), (Some(Step::Remove), Some(at(1))));
    let unheard = failed(SendError::Network("cut".to_owned()));
    let one = after(cancelled.clone(), &row(), &unheard, at(1)).expect("it may stand");
    assert_eq!(step(&one), Some(Step::Find));
    assert_eq!(after(cancelled, &row(), &failed(SendError::Forbidden(String::new())), at(1)), None);
}

#[test]
fn what_somebody_deleted_is_made_again_once_the_defence_changes() {
    let stood = ScheduledEvent { event: Some(id()), said: Some(event(24)), wanted: Some(event(48)), ..row() };
    check(&stood, &Outcome::Nothing, Some(Step::Make), Some(0));
    let unwanted = ScheduledEvent { wanted: None, ..stood };
    assert_eq!(after(held(&unwanted), &unwanted, &Outcome::Nothing, at(1)), None);
}

#[test]
fn waits_grow_up_to_half_an_hour() {
    let waits: Vec<i64> = [1, 2, 3, 9, 10, 4_000_000_000].map(|failures| wait_after(failures).as_secs()).to_vec();
    assert_eq!(waits, [5, 10, 20, 1_280, 1_800, 1_800]);
}

#[test]
fn what_another_process_found_first_is_not_taken_twice() {
    let other = |space: &str| {
        let of = Showing { defence: DefenceKey(2), connector: ConnectorName::new("test"), space: SpaceId::new(space) };
        ScheduledEvent { of, event: Some(id()), ..row() }
    };
    assert!(is_anothers(&Outcome::Found(id()), &row(), &[row(), other("a")]));
    assert!(!is_anothers(&Outcome::Found(ScheduledId::new("8")), &row(), &[row(), other("a")]));
    assert!(!is_anothers(&Outcome::Found(id()), &row(), &[row(), other("b")]), "another space counts by itself");
    assert!(!is_anothers(&Outcome::Found(id()), &other("a"), &[row(), other("a")]), "it is its own");
}
