//! From what was chosen to the rules that hold: when to remind somebody of something, and at what hours.
//!
//! What is kept is read leniently: a value of a later version, which this one doesn't know, is as if it weren't there.

use super::wishes::{Recipient, WishLevel, Wishes};
use crate::domain::key::{CohortKey, TeamKey, TenantKey};
use crate::domain::occasion::OccasionKind;
use crate::domain::person::PersonKey;
use crate::domain::reminder::{Calendar, Habits, Policy, QuietHours, Region, Respect, Rule};
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

    /// The days on which nothing of a team comes.
    fn calendar(&self, circle: Circle, zone: &TimeZone) -> Calendar {
        let said = self.said(circle, HOLIDAYS);
        let region = said.and_then(Region::from_stored);
        let respect = if region.is_some() { Respect::Kept } else { Respect::Ignored };
        let region = region.or_else(|| zone.iana_name().and_then(Region::of_zone)).unwrap_or_default();
        let weeks = circle.cohort.and_then(|cohort| self.at(circle.tenant, WishLevel::Cohort(cohort), WEEKS));
        Calendar::new(region, respect, weeks.map(weeks_of).unwrap_or_default())
    }

    /// When somebody wants to hear of everything at once.
    #[must_use]
    pub fn digest(&self, circle: Circle) -> Option<Rule> {
        let person = circle.person?;
        self.at(circle.tenant, WishLevel::Person(person), DIGEST).and_then(Rule::from_stored)
    }
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
