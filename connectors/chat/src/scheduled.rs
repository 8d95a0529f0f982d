//! What a network shows its people in a calendar of its own: something that begins and ends, at a place.
//!
//! The application says what is to be seen, and the connector of a network that has such a thing shows it. Whoever is in the
//! space sees all of it: nothing goes in here that one person alone, or one team alone, may know. It holds plain words; what
//! could be markup somewhere is the connector's to disarm, and what is too long there is the connector's to cut.

use crate::id::opaque;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

opaque! {
    /// An event in the calendar of a space, as the network names it: known within its space only.
    ScheduledId
}

/// An event as the people of a space see it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scheduled {
    /// What it is, in a few words.
    pub name: String,
    /// One or two sentences about it.
    pub about: String,
    /// Where, in words.
    pub place: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends, after it begins.
    pub ends_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_an_event_is_read_back() {
        let at = |text: &str| text.parse().expect("an instant");
        let event = Scheduled {
            name: "Soutenance".to_owned(),
            about: "« Vannes »".to_owned(),
            place: "B12".to_owned(),
            starts_at: at("2026-12-03T09:00:00Z"),
            ends_at: at("2026-12-03T09:50:00Z"),
        };
        let kept = serde_json::to_string(&event).expect("it is written");
        assert_eq!(serde_json::from_str::<Scheduled>(&kept).expect("it is read"), event);
    }
}
