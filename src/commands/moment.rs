//! Dates that people type, read against their own clock and the dates of their brief.
//!
//! A date without a doubt counts at once, and the answer repeats it in full. One with a doubt changes nothing: the answer
//! (see `views::moment`) asks, and its button says the date again as [`CONFIRMED`] does.

use super::context::{Context, Problem};
use super::plan::content;
use super::which::Meant;
use crate::domain::date::{self, Frame, Moment, NotADate, Reading};
use crate::store::When;
use crate::views::moment::CONFIRMED;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// What dates such as `J-7` and `la veille de la soutenance` count from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Anchors {
    /// When the work of the brief is due.
    pub(super) deadline: Option<Timestamp>,
    /// When the defence begins.
    pub(super) defence: Option<Timestamp>,
}

impl Anchors {
    /// Those of a team: its own slot, where it has one, before the days that the brief gives.
    ///
    /// # Errors
    ///
    /// [`Problem::Fault`] when the store fails.
    pub(super) async fn of(context: &Context, meant: &Meant) -> Result<Self, Problem> {
        let said = content(context, &meant.brief).await?;
        let at = |wall: &crate::domain::brief::WallTime| instant(wall);
        let slot = context.scope()?.defence_of(meant.brief.key, meant.team.key).await?;
        let defence = slot.map(|defence| defence.slot.starts.at).or_else(|| said.defences.first().and_then(at));
        Ok(Self { deadline: said.deadline.as_ref().and_then(at).or(meant.brief.deadline_at), defence })
    }

    /// Reads a date at this moment.
    ///
    /// # Errors
    ///
    /// [`NotADate`].
    pub(super) fn read(&self, typed: &str, now: &Zoned) -> Result<Reading, NotADate> {
        let wall = |at: Timestamp| now.time_zone().to_datetime(at);
        let frame = Frame { now, deadline: self.deadline.map(wall), defence: self.defence.map(wall) };
        match confirmed(typed) {
            Some(date) => Ok(Reading { doubts: Vec::new(), ..date::read(date, &frame)? }),
            None => date::read(typed, &frame),
        }
    }
}

/// The date of a text that says it in full and that it is meant: `2026-11-27T18:00 oui`.
pub(super) fn confirmed(typed: &str) -> Option<&str> {
    let date = typed.trim().strip_suffix(CONFIRMED)?;
    let in_full = date.len() == "2026-11-27T18:00".len() && date.parse::<jiff::civil::DateTime>().is_ok();
    in_full.then_some(date)
}

/// The instant at which clocks show this, if their zone is known.
pub(super) fn instant(wall: &crate::domain::brief::WallTime) -> Option<Timestamp> {
    let zone = TimeZone::get(&wall.zone).ok()?;
    Some(Moment::new(wall.civil, zone).at())
}

/// A moment as the store keeps it.
pub(super) fn kept(moment: &Moment) -> When {
    match moment.iana() {
        Some(zone) => When { wall: moment.civil(), zone: zone.to_owned(), at: moment.at() },
        None => When { wall: TimeZone::UTC.to_datetime(moment.at()), zone: "UTC".to_owned(), at: moment.at() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_is_confirmed_raises_no_doubt() {
        let zone = TimeZone::get("Europe/Paris").expect("the database of zones is in the program");
        let now = "2026-11-23T09:00:00+01:00[Europe/Paris]".parse::<Zoned>().expect("a time").with_time_zone(zone);
        let doubts = |typed: &str| Anchors::default().read(typed, &now).map(|read| read.doubts.len());
        assert_eq!(doubts("2026-11-20T18:00"), Ok(1), "it is over");
        assert_eq!(doubts("2026-11-20T18:00 oui"), Ok(0));
        assert!(doubts("vendredi oui").is_err() && doubts("oui").is_err());
        let anchors = Anchors { deadline: Some("2026-12-18T17:00:00Z".parse().expect("an instant")), defence: None };
        let read = anchors.read("J-7", &now).expect("a date").moment.day().replace('\u{a0}', " ");
        assert_eq!(read, "vendredi 11 décembre 2026");
    }
}
