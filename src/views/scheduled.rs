//! A defence as everybody in a space sees it, in the calendar of a network.
//!
//! Nobody is named, no jury, and no length but the one that the brief gives for all: a slot that lasts longer looks like the
//! others. Where the hours together would tell (see `domain::defence`), the caller shows nothing.

use super::words;
use crate::domain::duration::Minutes;
use jiff::{SignedDuration, Timestamp};
use vigie_chat::Scheduled;

/// How long a defence is shown to last where the brief says nothing, in minutes: the shorter of what the documents have.
const UNSAID: u32 = 20;

/// Longest name, in characters, so that a calendar shows whose defence it is: networks take 100 or more.
const NAME: usize = 100;

/// The defence of a team. `usual` is how long the brief says that they all last.
#[must_use]
pub fn defence(
    (team, title): (&str, &str),
    room: Option<&str>,
    starts_at: Timestamp,
    usual: Option<Minutes>,
) -> Scheduled {
    let minutes = usual.map_or(UNSAID, Minutes::get);
    Scheduled {
        name: words::shortened(&format!("Soutenance de l’équipe {team}\u{a0}: {title}"), NAME),
        about: format!("Équipe «\u{a0}{team}\u{a0}», sujet «\u{a0}{title}\u{a0}». L’heure de fin est indicative."),
        place: room.unwrap_or("Salle à préciser").to_owned(),
        starts_at,
        // Before the end of time there is no defence.
        ends_at: starts_at.saturating_add(SignedDuration::from_mins(minutes.into())).unwrap_or(starts_at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_sees_the_team_the_subject_the_room_and_the_usual_length() {
        let at: Timestamp = "2026-12-03T09:00:00Z".parse().expect("an instant");
        let shown = defence(("Vannes", "Fuites d’eau"), Some("B12"), at, Minutes::new(50));
        expect_test::expect![[r#"
            Scheduled {
                name: "Soutenance de l’équipe Vannes\u{a0}: Fuites d’eau",
                about: "Équipe «\u{a0}Vannes\u{a0}», sujet «\u{a0}Fuites d’eau\u{a0}». L’heure de fin est indicative.",
                place: "B12",
                starts_at: 2026-12-03T09:00:00Z,
                ends_at: 2026-12-03T09:50:00Z,
            }
        "#]]
        .assert_debug_eq(&shown);
        let long = defence((&"V".repeat(60), &"mot ".repeat(25)), None, at, None);
        assert!(long.name.chars().count() <= NAME && long.name.ends_with('…'), "{}", long.name);
        assert_eq!(
            (long.place.as_str(), long.ends_at.to_string().as_str()),
            ("Salle à préciser", "2026-12-03T09:20:00Z")
        );
    }
}
