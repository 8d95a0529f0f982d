//! The time zone of a space.

use crate::views::words;
use jiff::Zoned;
use vigie_chat::{Draft, Text};

/// Longest text that is repeated, in characters.
const REPEATED: usize = 40;

/// A space has this zone, where it is now so late.
#[must_use]
pub fn zone(name: &str, now: &Zoned) -> Draft {
    let text = Text::from("Les dates de cet espace sont maintenant à l’heure du fuseau ").code(name);
    Draft::answer()
        .paragraph(text.plain(format!(", où il est {}.", clock(now))))
        .note("Les dates déjà enregistrées gardent l’heure et le fuseau dans lesquels elles ont été données.")
}

/// What a clock shows: `9 h 00`.
#[must_use]
pub fn clock(now: &Zoned) -> String {
    format!("{}\u{a0}h\u{a0}{:02}", now.hour(), now.minute())
}

/// What was typed names no zone.
#[must_use]
pub fn not_a_zone(typed: &str, near: &[String]) -> Text {
    let text = Text::from("Je ne connais pas le fuseau ").code(words::shortened(typed, REPEATED)).plain(". ");
    if near.is_empty() {
        return text
            .plain("Donnez son nom, comme ")
            .code("Europe/Paris")
            .plain(" ou ")
            .code("Indian/Reunion")
            .plain(".");
    }
    let last = near.len() - 1;
    let text = near.iter().enumerate().fold(text.plain("Vouliez-vous dire "), |text, (rank, name)| {
        let before = if rank == 0 {
            ""
        } else if rank == last {
            " ou "
        } else {
            ", "
        };
        text.plain(before).code(name.as_str())
    });
    text.plain("\u{202f}?")
}
