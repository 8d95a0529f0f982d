//! What somebody will hear, and what became of what was sent to them.

use super::super::moment::on_the_clock_of;
use super::super::words;
use super::{TITLE, named};
use crate::domain::occasion::{OccasionKind, Thing};
use crate::domain::reminder::Rule;
use crate::store::{Alarm, Delivery, DeliveryState, Occasion, Reminder, Whose};
use jiff::{Timestamp, Zoned};
use std::collections::BTreeMap;
use vigie_chat::{Button, Draft, Invocation, Item, List, Press, Text};

/// What a reminder is about, in a line.
#[must_use]
pub fn name_of(occasion: &Occasion) -> String {
    let team = match &occasion.whose {
        Whose::Team(team) => format!(" (équipe {})", team.name),
        Whose::Own => String::new(),
    };
    match occasion.thing.kind {
        OccasionKind::Milestone | OccasionKind::Deliverable => format!("{}{team}", named(occasion)),
        OccasionKind::Defence => format!("soutenance{team}"),
        OccasionKind::Rights => "information à tous les candidats".to_owned(),
        OccasionKind::Asked => match &occasion.title {
            Some(what) => format!("«\u{a0}{}\u{a0}»{team}", words::shortened(what, TITLE)),
            None => format!("rappel {} sans texte{team}", occasion.number),
        },
        OccasionKind::Digest => "bilan de ce qui vous attend".to_owned(),
    }
}

/// What somebody asked for, in a line.
#[must_use]
pub fn own_name(reminder: &Reminder) -> String {
    match &reminder.draft.what {
        Some(what) => format!("rappel {}, «\u{a0}{}\u{a0}»", reminder.number, words::shortened(what, TITLE)),
        None => format!("rappel {}, sans texte", reminder.number),
    }
}

fn thing(of: Thing, occasions: &BTreeMap<Thing, Occasion>) -> String {
    match (occasions.get(&of), of.kind) {
        (Some(occasion), _) => name_of(occasion),
        (None, OccasionKind::Digest) => "bilan de ce qui vous attend".to_owned(),
        (None, _) => "ce qui est fait ou supprimé depuis".to_owned(),
    }
}

/// What comes next, what was asked for, what didn't go as it should.
#[must_use]
pub fn list(
    next: &[Alarm],
    asked: &[Reminder],
    sent: &[Delivery],
    (occasions, now): (&BTreeMap<Thing, Occasion>, &Zoned),
) -> Draft {
    let mut draft = Draft::answer().title("Vos rappels");
    draft = if next.is_empty() {
        draft.paragraph("Rien n’est prévu pour l’instant.")
    } else {
        let line = |alarm: &Alarm| {
            let at = alarm.look().map(|at| on_the_clock_of(at, now));
            let when = at.map(|at| format!("{at}, {}", at.relative(now))).unwrap_or_default();
            let again = if alarm.again.is_some() { " (reporté)" } else { "" };
            Item::from(Text::from(format!("{when}\u{a0}: {}{again}", thing(alarm.of.thing(), occasions))))
        };
        draft.heading("À venir").list(List::bulleted(next.iter().map(line)))
    };
    if !asked.is_empty() {
        let line = |one: &Reminder| {
            let rule = one.draft.rule.as_deref().and_then(Rule::from_stored);
            let when = match rule {
                Some(rule) => rule.to_string(),
                None => on_the_clock_of(one.draft.when.at, now).to_string(),
            };
            let team = if one.draft.team.is_some() { ", pour l’équipe" } else { "" };
            Item::from(Text::from(format!("{}{team}\u{a0}: {when}", own_name(one))))
        };
        draft = draft.heading("Ceux que vous avez demandés").list(List::bulleted(asked.iter().map(line)));
    }
    if !sent.is_empty() {
        let line = |one: &Delivery| {
            let at = on_the_clock_of(one.step, now);
            Item::from(Text::from(format!(
                "{at}\u{a0}: {}\u{a0}; {}",
                thing(one.of.thing(), occasions),
                state(one, now)
            )))
        };
        draft = draft.heading("Ce qui n’est pas arrivé comme prévu").list(List::bulleted(sent.iter().map(line)));
    }
    draft
        .button(Button::new("Simuler les prochaines semaines", Press::run(Invocation::new("rappel simuler"))))
        .button(Button::new("Réglages", Press::run(Invocation::new("rappel reglages"))))
}

/// What became of something, and why.
fn state(one: &Delivery, now: &Zoned) -> String {
    let why = one.why.as_deref().and_then(|why| why.split_whitespace().last()).map_or("", reason);
    let at = |at: Timestamp| on_the_clock_of(at, now).to_string();
    match one.state {
        DeliveryState::Failed => format!("il n’a pas pu être remis{why}"),
        DeliveryState::Held => format!("il attend la fin de vos heures calmes, le {}", at(one.try_at)),
        DeliveryState::Due | DeliveryState::Sending => format!("il sera essayé de nouveau le {}{why}", at(one.try_at)),
        DeliveryState::Sent => format!("il a été remis ailleurs qu’en message privé{why}"),
        DeliveryState::Dropped => "il n’avait plus lieu d’être".to_owned(),
    }
}

/// A word of the ledger, as people read it.
fn reason(word: &str) -> &'static str {
    match word {
        "direct_closed" => "\u{a0}: vos messages privés me sont fermés. Ouvrez-les, ou écrivez-moi d’abord en privé",
        "gone" => "\u{a0}: le salon n’existe plus",
        "forbidden" => "\u{a0}: je n’ai pas le droit d’y écrire",
        "rate_limited" => "\u{a0}: le réseau demande de patienter",
        "network" | "expired" => "\u{a0}: le réseau ne répond pas",
        "too_large" => "\u{a0}: le message est trop long pour le réseau",
        _ => "",
    }
}

/// What would be heard in so many weeks.
#[must_use]
pub fn simulated(found: &[(Timestamp, String)], more: usize, (weeks, tried): (i64, bool), now: &Zoned) -> Draft {
    let weeks =
        if weeks == 1 { "la semaine qui vient".to_owned() } else { format!("les {weeks}\u{a0}semaines qui viennent") };
    let mut draft = Draft::answer().title(format!("Ce que vous recevriez dans {weeks}"));
    if tried {
        draft = draft.paragraph("Avec les réglages que vous essayez\u{a0}; rien n’est enregistré.");
    }
    if found.is_empty() {
        return draft.paragraph("Rien.");
    }
    let line = |(at, name): &(Timestamp, String)| {
        Item::from(Text::from(format!("{}\u{a0}: {name}", on_the_clock_of(*at, now))))
    };
    draft = draft.list(List::bulleted(found.iter().map(line)));
    if more > 0 {
        draft = draft.note(format!("Et {more} de plus\u{a0}: demandez moins de semaines."));
    }
    draft.note("Ce qui est fait d’ici là ne sera plus rappelé.")
}
