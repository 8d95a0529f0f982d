//! Hours by week, against the budget of preparation.

use super::{Pages, Planning, What, budget, in_all};
use crate::store::Hours;
use crate::views::hours::day;
use crate::views::illustrated::Sheet;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;
use vigie_chat::{Draft, Table, Text};

/// What was logged week by week, the last week first.
#[must_use]
pub fn weeks(told: &Planning<'_>, entries: &[Hours], sheet: Sheet) -> Draft {
    let weeks = by_week(entries);
    let pages = Pages::of(weeks.len(), &sheet);
    let draft = Draft::answer().title(told.title("Heures")).paragraph(budget(told.plan, told.spent));
    let mut draft = sheet.put(draft);
    draft = if weeks.is_empty() {
        let how = Text::from("Personne n’a encore noté d’heures. ").command("heures ajouter 1h30").plain(" en note.");
        draft.paragraph(how)
    } else {
        let shown = table(told, pages.shown(weeks.into_iter().rev()));
        pages.noted(draft.heading("Semaines, la dernière d’abord").table(shown))
    };
    let draft = pages.turned(draft, &told.asked(What::Hours));
    told.elsewhere(draft, What::Hours)
}

/// Minutes of a week and of all until its end, from the first week to the last. A week without any isn't there.
pub(super) fn by_week(entries: &[Hours]) -> Vec<(Date, u64, u64)> {
    let mut weeks: BTreeMap<Date, u64> = BTreeMap::new();
    for entry in entries {
        let on = entry.entry.spent_on;
        let into = i64::from(on.weekday().to_monday_zero_offset());
        *weeks.entry(on.saturating_sub(into.days())).or_default() += u64::from(entry.entry.minutes.get());
    }
    let mut all = 0;
    let running = weeks.into_iter().map(|(monday, minutes)| {
        all += minutes;
        (monday, minutes, all)
    });
    running.collect()
}

/// Weeks as a table.
pub(super) fn table(told: &Planning<'_>, weeks: impl IntoIterator<Item = (Date, u64, u64)>) -> Table {
    let given = told.plan.budget.map(|budget| u64::from(budget.total(told.plan.members.len()))).filter(|all| *all > 0);
    let left = |all: u64| match given {
        None => "—".to_owned(),
        Some(given) if all > given => format!("dépassé de {}", in_all(all - given)),
        Some(given) => in_all(given - all),
    };
    let header = Table::new(["Semaine du", "Heures", "En tout", "Reste"]);
    weeks.into_iter().fold(header, |table, (monday, minutes, all)| {
        table.row([day(monday), in_all(minutes), in_all(all), left(all)].map(Text::from))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::duration::Minutes;
    use crate::domain::key::{HoursKey, TeamKey};
    use crate::domain::person::PersonKey;
    use crate::store::HoursEntry;
    use jiff::Timestamp;

    fn entry(day: &str, minutes: u32) -> Hours {
        Hours {
            key: HoursKey(1),
            team: TeamKey(1),
            person: PersonKey(1),
            entry: HoursEntry {
                minutes: Minutes::new(minutes).expect("some"),
                spent_on: day.parse().expect("a day"),
                what: None,
                milestone: None,
            },
            logged_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_week_goes_from_monday_to_sunday() {
        let entries =
            [entry("2026-11-23", 60), entry("2026-11-29", 30), entry("2026-11-30", 90), entry("2027-01-03", 15)];
        let told: Vec<(String, u64, u64)> =
            by_week(&entries).into_iter().map(|(monday, week, all)| (monday.to_string(), week, all)).collect();
        let weeks = [("2026-11-23", 90, 90), ("2026-11-30", 90, 180), ("2026-12-28", 15, 195)];
        assert_eq!(told, weeks.map(|(monday, week, all)| (monday.to_owned(), week, all)));
        assert_eq!(by_week(&[]), []);
    }

    #[test]
    fn the_ends_of_the_calendar_are_weeks_too() {
        assert_eq!(by_week(&[entry("-009999-01-01", 1), entry("9999-12-31", 1)]).len(), 2);
    }
}
