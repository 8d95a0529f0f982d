//! From what was chosen to the rules that hold: when to remind somebody of something, and at what hours.
//!
//! What is kept is read leniently: a value of a later version, which this one doesn't know, is as if it weren't there.

use super::occasions::{Nags, Occasion, Whose};
use super::reminders::ReminderDraft;
use super::wishes::{Recipient, WishLevel, Wishes};
use crate::domain::key::{CohortKey, TeamKey, TenantKey};
use crate::domain::occasion::OccasionKind;
use crate::domain::person::PersonKey;
use crate::domain::reminder::{Calendar, Habits, Policy, QuietHours, Region, Respect, Rule, Schedule};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Under which the steps of reminders are kept.
pub const POLICY: &str = "policy";

/// Under which a space keeps the steps at which the right to accommodation is told before a defence.
pub const RIGHTS: &str = "rights";

/// Under which quiet hours are kept.
pub const QUIET: &str = "quiet";

/// Under which public holidays are: a region's word where they are respected, [`IGNORED`] where they aren't.
pub const HOLIDAYS: &str = "holidays";

/// Public holidays are days as any other.
pub const IGNORED: &str = "ignored";

/// Under which a cohort keeps its weeks in a company: `2026-12-07/2026-12-11`, separated by spaces.
pub const WEEKS: &str = "weeks";

/// Under which a person keeps when they want to hear of everything at once.
pub const DIGEST: &str = "digest";

/// When the right to accommodation is told, where a space says nothing else: 30 and 15 days before each defence.
pub const STANDARD_RIGHTS: &str = "-30d@09:00 -15d@09:00";

/// For whom, and about what, it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circle {
    /// The space.
    pub tenant: TenantKey,
    /// The person; none: whoever it is.
    pub person: Option<PersonKey>,
    /// The team that it is about.
    pub team: Option<TeamKey>,
    /// The cohort that the team's brief is for.
    pub cohort: Option<CohortKey>,
}

impl Circle {
    /// For a person, about something that is theirs or a team's.
    #[must_use]
    pub fn of(tenant: TenantKey, whose: &Whose, person: PersonKey) -> Self {
        let (team, cohort) = match whose {
            Whose::Team(team) => (Some(team.key), team.cohort),
            Whose::Own => (None, None),
        };
        Self { tenant, person: Some(person), team, cohort }
    }

    /// The levels that may say, the nearest to the person first.
    #[must_use]
    pub fn levels(self) -> Vec<WishLevel> {
        let own = [
            self.person.map(WishLevel::Person),
            self.team.map(WishLevel::Team),
            self.cohort.map(WishLevel::Cohort),
            Some(WishLevel::Space),
        ];
        own.into_iter().flatten().collect()
    }
}

impl Wishes {
    fn said(&self, circle: Circle, key: &str) -> Option<&str> {
        self.nearest(circle.tenant, &circle.levels(), key)
    }

    /// The steps at which somebody is reminded.
    #[must_use]
    pub fn policy(&self, circle: Circle, kind: OccasionKind) -> Policy {
        if kind == OccasionKind::Rights {
            // Told to all alike: nobody sets it for themselves.
            let said = self.at(circle.tenant, WishLevel::Space, RIGHTS).unwrap_or(STANDARD_RIGHTS);
            return Policy::from_stored(said).unwrap_or_else(Policy::none);
        }
        self.said(circle, POLICY).and_then(Policy::from_stored).unwrap_or_else(Policy::standard)
    }

    /// When somebody may be disturbed.
    #[must_use]
    pub fn habits(&self, circle: Circle, recipient: &Recipient, standard: &TimeZone) -> Habits {
        let name = recipient.zone.as_deref().or_else(|| self.zone(circle.tenant));
        let zone = name.and_then(|name| TimeZone::get(name).ok()).unwrap_or_else(|| standard.clone());
        let quiet = self.said(circle, QUIET).and_then(QuietHours::from_stored).unwrap_or_default();
        Habits { calendar: self.calendar(circle, &zone), zone, quiet }
    }

    /// The days on which nothing of a team comes. Holidays of no region in particular are those of the zone.
    #[must_use]
    pub fn calendar(&self, circle: Circle, zone: &TimeZone) -> Calendar {
        let said = self.said(circle, HOLIDAYS);
        let region = said.and_then(Region::from_stored);
        let respect = if region.is_some() { Respect::Kept } else { Respect::Ignored };
        let region = region.or_else(|| zone.iana_name().and_then(Region::of_zone)).unwrap_or_default();
        let weeks = circle.cohort.and_then(|cohort| self.at(circle.tenant, WishLevel::Cohort(cohort), WEEKS));
        Calendar::new(region, respect, weeks.map(weeks_of).unwrap_or_default())
    }

    /// When somebody is told of something. None of a digest, which is about whatever else there is.
    #[must_use]
    pub fn schedule(&self, occasion: &Occasion, circle: Circle) -> Option<Schedule> {
        let (kind, at) = (occasion.thing.kind, occasion.when.at);
        Some(match kind {
            OccasionKind::Milestone | OccasionKind::Deliverable => {
                Schedule::Deadline { due: at, policy: self.policy(circle, kind) }
            }
            OccasionKind::Defence | OccasionKind::Rights => {
                Schedule::Event { starts: at, policy: self.policy(circle, kind) }
            }
            OccasionKind::Asked => asked(at, occasion.rule.as_deref(), occasion.nags)?,
            OccasionKind::Digest => return None,
        })
    }

    /// When somebody wants to hear of everything at once.
    #[must_use]
    pub fn digest(&self, circle: Circle) -> Option<Rule> {
        let person = circle.person?;
        self.at(circle.tenant, WishLevel::Person(person), DIGEST).and_then(Rule::from_stored)
    }
}

impl ReminderDraft {
    /// When it is said; none where its rule is of a version that this one doesn't know.
    #[must_use]
    pub fn schedule(&self) -> Option<Schedule> {
        asked(self.when.at, self.rule.as_deref(), self.nags)
    }
}

fn asked(at: Timestamp, rule: Option<&str>, nags: Nags) -> Option<Schedule> {
    Some(match (rule, nags) {
        (Some(rule), _) => Schedule::Recurring { from: at, rule: Rule::from_stored(rule)? },
        (None, Nags::No) => Schedule::Once { at },
        (None, Nags::UntilSeen) => Schedule::UntilSeen { at },
    })
}

/// Weeks as a cohort keeps them.
#[must_use]
pub fn weeks_of(stored: &str) -> Vec<(Date, Date)> {
    let week = |word: &str| -> Option<(Date, Date)> {
        let (from, to) = word.split_once('/')?;
        Some((from.parse().ok()?, to.parse().ok()?))
    };
    stored.split_whitespace().filter_map(week).collect()
}

/// Weeks as they are kept.
#[must_use]
pub fn weeks_stored(weeks: &[(Date, Date)]) -> String {
    weeks.iter().map(|(from, to)| format!("{from}/{to}")).collect::<Vec<_>>().join(" ")
}
