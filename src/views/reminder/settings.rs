//! How somebody is reminded, as it holds for them.

use crate::domain::reminder::{Policy, QuietHours, Region, Rule};
use jiff::tz::TimeZone;
use vigie_chat::{Button, Draft, Field, Invocation, Press};

/// What holds.
#[derive(Debug, Clone)]
pub struct Held {
    /// The steps.
    pub policy: Policy,
    /// Hours at which nothing comes.
    pub quiet: QuietHours,
    /// The region whose public holidays are without reminders; none: they are days as any other.
    pub holidays: Option<Region>,
    /// When everything at once is told; none: never.
    pub digest: Option<Rule>,
    /// The zone of these hours.
    pub zone: TimeZone,
}

fn fields(held: &Held) -> Vec<Field> {
    let quiet = if held.quiet == QuietHours::NONE { "aucune".to_owned() } else { held.quiet.to_string() };
    vec![
        Field::new("Étapes avant et après une échéance", held.policy.to_string()),
        Field::new("Heures sans rappel", quiet),
        Field::new(
            "Jours fériés",
            held.holidays.map_or_else(
                || "comme les autres jours".to_owned(),
                |region| format!("sans rappel ({})", region.name()),
            ),
        ),
        Field::new("Bilan", held.digest.as_ref().map_or_else(|| "aucun".to_owned(), Rule::to_string)),
        Field::new("Fuseau horaire", held.zone.iana_name().unwrap_or("UTC")),
    ]
}

/// What holds for whoever asks, or where they ask about.
#[must_use]
pub fn settings(held: &Held, of: Option<&str>) -> Draft {
    let title = of.map_or_else(|| "Vos réglages de rappel".to_owned(), |of| format!("Réglages de rappel pour {of}"));
    Draft::answer()
        .title(title)
        .fields(fields(held))
        .note("Exemple\u{a0}: /rappel reglages etapes:7 j, 1 j à 9 h, 2 h avant")
        .button(Button::new("Simuler les prochaines semaines", Press::run(Invocation::new("rappel simuler"))))
}

/// The same once it was changed.
#[must_use]
pub fn settings_changed(held: &Held, of: Option<&str>) -> Draft {
    let start =
        of.map_or_else(|| "C’est enregistré pour vous.".to_owned(), |of| format!("C’est enregistré pour {of}."));
    Draft::answer()
        .paragraph(format!("{start} Voici ce qui vaut maintenant pour vous\u{a0}:"))
        .fields(fields(held))
        .button(Button::new("Simuler les prochaines semaines", Press::run(Invocation::new("rappel simuler"))))
}
