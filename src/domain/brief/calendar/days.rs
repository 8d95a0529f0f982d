//! Days that a date lends its month: "les 3 et 4 décembre", "du 2 au 27 novembre".

use super::super::FoundDate;
use regex::Regex;
use std::sync::LazyLock;

/// Before a date, days of the same month.
static LENT: LazyLock<Regex> = LazyLock::new(|| {
    const DAY: &str = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?\d{1,2}(?:er)?";
    Regex::new(&format!(
        r"(?i)\b(?:du|les?|entre le)\s+(?P<days>{DAY}(?:\s*,\s*(?:le\s+)?{DAY}){{0,5}})\s*(?:au|et|ou|-)?(?:\s+(?:les?|au))?\s*$"
    ))
    .expect("the pattern is constant")
});

static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d{1,2}").expect("the pattern is constant"));

/// The dates, each after the days that it lends its month to. Those have no hour of their own: they end with the day.
pub(super) fn with_lent(line: &str, dates: Vec<FoundDate>) -> Vec<FoundDate> {
    let mut all: Vec<FoundDate> = Vec::with_capacity(dates.len());
    for date in dates {
        let from = all.last().map_or(0, |last| last.range.end);
        let lead = super::lead(line.get(date.range.clone()).unwrap_or_default());
        let before = line.get(from..date.range.start + lead.len()).unwrap_or_default();
        if let Some(days) = LENT.captures(before).and_then(|found| found.name("days")) {
            for number in NUMBER.find_iter(days.as_str()) {
                let day = number.as_str().parse::<i8>().ok().filter(|day| *day < date.civil.day());
                let civil = day.and_then(|day| date.civil.date().with().day(day).build().ok());
                if let Some(civil) = civil {
                    let start = from + days.start() + number.start();
                    let range = start..start + number.as_str().len();
                    all.push(FoundDate { range, civil: civil.at(23, 59, 0, 0), doubtful: date.doubtful.clone() });
                }
            }
        }
        all.push(date);
    }
    all
}
