//! A person's own calendar: what is theirs to do in all their teams, and what they asked to be reminded of.
//!
//! Theirs is what they are reminded of: the milestones that they are responsible for or that nobody is, each deliverable,
//! each defence. Alarms ring when the bot would remind them. Reminders without words are left out, since some of them are
//! about accommodation and nothing tells which; so are those whose words may tell of somebody's health.

use super::brief::BriefDates;
use super::date::{Own, Reader, entry};
use super::entry::{Entry, Span, Standing};
use super::recurrence::left_out;
use super::uid::{Mark, Uid};
use super::zone::is_utc;
use crate::domain::accommodation::may_tell_of_health;
use crate::domain::key::CohortKey;
use crate::domain::occasion::OccasionKind;
use crate::domain::person::PersonKey;
use crate::domain::reminder::{Habits, Rule, Schedule};
use crate::store::{Circle, Dated, DatedKind, Recipient, Reminder, Stands, Wishes};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Before and after a date, as far as steps of a policy lie.
const FAR: SignedDuration = SignedDuration::from_hours(24 * 500);

/// Longest title of a reminder, in characters.
const TITLE: usize = 100;

/// Whose calendar it is.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The tenant.
    pub mark: Mark,
    /// Who they are.
    pub key: PersonKey,
    /// How they, their teams and their space want reminders.
    pub wishes: &'a Wishes,
    /// Their own zone.
    pub recipient: &'a Recipient,
    /// The zone where nobody chose one.
    pub standard: &'a TimeZone,
}

/// A team of theirs.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// What it is called.
    pub team: String,
    /// Its brief.
    pub brief: BriefDates,
    /// The cohort that the brief is for.
    pub cohort: Option<CohortKey>,
    /// All that has a date in it.
    pub dates: Vec<Dated>,
}

/// The entries of somebody's calendar.
#[must_use]
pub fn of_person(person: Person<'_>, sittings: &[Sitting], reminders: &[Reminder]) -> Vec<Entry> {
    let of_teams = sittings.iter().flat_map(|sitting| sitting_of(person, sitting));
    of_teams.chain(reminders.iter().filter_map(|reminder| asked(person, reminder))).collect()
}

fn sitting_of(person: Person<'_>, sitting: &Sitting) -> Vec<Entry> {
    let usual = sitting.brief.usual();
    let (team, brief, said_at) = (&sitting.team, &sitting.brief.says.title, sitting.brief.said_at);
    let own = Own { mark: person.mark, team, brief, usual, said_at, reader: Reader::Teammate };
    let theirs = |dated: &&Dated| dated.people.is_empty() || dated.people.contains(&person.key);
    // A subscription takes the place of all that it said before: what is no more needs no word, and nobody knows whose it was.
    let stands = |dated: &&Dated| dated.stands != Stands::Gone;
    let dates = sitting.dates.iter().filter(stands).filter(theirs).map(|dated| {
        let alarms = alarms(person, sitting, dated);
        Entry { alarms, ..entry(own, dated) }
    });
    dates.chain(sitting.brief.deadline()).collect()
}

/// When somebody is reminded of a date; never of what is done.
fn alarms(person: Person<'_>, sitting: &Sitting, dated: &Dated) -> Vec<Timestamp> {
    if dated.stands != Stands::Open {
        return Vec::new();
    }
    let mark = person.mark;
    let circle =
        Circle { tenant: mark.tenant, person: Some(person.key), team: Some(dated.team), cohort: sitting.cohort };
    let habits = person.wishes.habits(circle, person.recipient, person.standard);
    let at = dated.when.at;
    let schedule = match dated.kind {
        DatedKind::Defence => {
            Schedule::Event { starts: at, policy: person.wishes.policy(circle, OccasionKind::Defence) }
        }
        DatedKind::Milestone | DatedKind::Deliverable => {
            Schedule::Deadline { due: at, policy: person.wishes.policy(circle, OccasionKind::Milestone) }
        }
    };
    around(&schedule, &habits, at)
}

fn around(schedule: &Schedule, habits: &Habits, at: Timestamp) -> Vec<Timestamp> {
    let from = at.checked_sub(FAR).unwrap_or(Timestamp::MIN);
    schedule.between(habits, from, at.checked_add(FAR).unwrap_or(Timestamp::MAX))
}

/// What somebody asked for; none of what may tell of their health.
fn asked(person: Person<'_>, reminder: &Reminder) -> Option<Entry> {
    let what = reminder.draft.what.as_deref().filter(|what| !may_tell_of_health(what))?;
    let circle =
        Circle { tenant: person.mark.tenant, person: Some(person.key), team: reminder.draft.team, cohort: None };
    let habits = person.wishes.habits(circle, person.recipient, person.standard);
    let (span, alarms) = if let Some(rule) = &reminder.draft.rule {
        recurring(Rule::from_stored(rule)?, reminder.draft.when.at, &habits)?
    } else {
        let at = reminder.draft.when.at;
        let first = reminder.draft.schedule()?.next(&habits, at.checked_sub(SignedDuration::from_secs(1)).ok()?);
        (Span::Point { at, zone: told_in(&habits) }, first.into_iter().collect())
    };
    let title: String = what.chars().take(TITLE).collect();
    let details = if what.chars().nth(TITLE).is_some() { what.to_owned() } else { String::new() };
    Some(Entry {
        uid: Uid::of_row(person.mark, "reminder", reminder.key.0),
        sequence: 0,
        changed_at: reminder.made_at,
        title: format!("Rappel\u{a0}: {title}"),
        details,
        place: None,
        span,
        standing: Standing::Stands,
        alarms,
    })
}

/// What comes round, from an instant on: its first time, and when it rings then, later only where nobody may be disturbed.
fn recurring(rule: Rule, from: Timestamp, habits: &Habits) -> Option<(Span, Vec<Timestamp>)> {
    let zone = told_in(habits);
    let at = rule.next(from.checked_sub(SignedDuration::from_secs(1)).ok()?, &zone, &habits.calendar)?;
    let day = zone.to_datetime(at).date();
    let first = day.to_datetime(rule.at());
    let left_out = left_out(&rule, day, &habits.calendar);
    let alarm = habits.quiet.next_open(at, &habits.zone);
    Some((Span::Recurring { first, zone, rule, left_out }, vec![alarm]))
}

/// The zone of somebody's clock, where it has a name.
fn told_in(habits: &Habits) -> TimeZone {
    let named = habits.zone.iana_name().is_some_and(|name| !is_utc(name));
    if named { habits.zone.clone() } else { TimeZone::UTC }
}
