//! All that is due soon, in one message.

use super::super::moment::on_the_clock_of;
use super::{Said, named};
use crate::domain::occasion::OccasionKind;
use crate::store::{Occasion, Whose};
use jiff::SignedDuration;
use vigie_chat::{Draft, Item, List, Text};

/// How far ahead it looks.
const AHEAD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Things that are told one by one.
const MOST: usize = 15;

/// The message; none where nothing is due and nothing is late.
pub(super) fn digest(said: &Said<'_>) -> Option<Draft> {
    let now = said.now.timestamp();
    let (late, ahead): (Vec<&Occasion>, Vec<&Occasion>) = said
        .digest
        .iter()
        .filter(|one| one.when.at <= now + AHEAD && (one.thing.kind != OccasionKind::Defence || one.when.at > now))
        .partition(|one| one.when.at <= now);
    if late.is_empty() && ahead.is_empty() {
        return None;
    }
    let mut draft = Draft::reminder().title("Ce qui vous attend");
    if !late.is_empty() {
        draft = draft.heading("En retard").list(list(said, &late));
    }
    if !ahead.is_empty() {
        draft = draft.heading("Dans les sept jours").list(list(said, &ahead));
    }
    Some(draft.note("Pour ne plus recevoir ce bilan\u{a0}: /rappel reglages bilan:aucun"))
}

fn list(said: &Said<'_>, all: &[&Occasion]) -> List {
    let line = |one: &&Occasion| {
        let at = on_the_clock_of(one.when.at, said.now);
        let what = if one.thing.kind == OccasionKind::Defence { "soutenance".to_owned() } else { named(one) };
        let team = match &one.whose {
            Whose::Team(team) => format!(" (équipe {})", team.name),
            Whose::Own => String::new(),
        };
        Item::from(Text::from(format!("{what}{team}\u{a0}: {at}, {}", at.relative(said.now))))
    };
    let mut items: Vec<Item> = all.iter().take(MOST).map(line).collect();
    if all.len() > MOST {
        items.push(Item::from(format!("et {} autres", all.len() - MOST)));
    }
    List::bulleted(items)
}
