//! How long and how hard a run is.

use std::time::Duration;

/// A run.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// How often the program is killed.
    pub(super) kills: u64,
    /// How many reminders reach somebody, each once.
    pub(super) reminders: u32,
    /// Within what time they fall due.
    pub(super) span: Duration,
    /// How often it stays away for longer than the network knows a key, with sends in flight.
    pub(super) absences: u64,
    /// How often the disk or the process stalls for some seconds.
    pub(super) stalls: u64,
    /// What chance comes of.
    pub(super) seed: u64,
}

/// How long the fake Discord knows a nonce here: no longer than the bot relies on it.
pub(super) const NONCES: Duration = Duration::from_secs(122);

/// How long an absence is: longer than that.
pub(super) const ABSENCE: Duration = Duration::from_secs(130);

impl Plan {
    /// What the environment asks for, or the short run that every `cargo test` makes.
    pub(super) fn from_environment(short: &Self) -> Self {
        let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
        let Some(kills) = number("VIGIE_CRASH_KILLS") else { return short.clone() };
        let reminders = number("VIGIE_CRASH_REMINDERS").and_then(|count| u32::try_from(count).ok());
        Self {
            kills,
            reminders: reminders.unwrap_or(short.reminders),
            span: number("VIGIE_CRASH_MINUTES").map_or(short.span, Duration::from_mins),
            absences: kills / 100,
            stalls: kills / 10,
            seed: number("VIGIE_CRASH_SEED").unwrap_or(short.seed),
        }
    }

    /// How long a life lasts on average, so that the kills are spread over the whole span.
    pub(super) fn life(&self) -> Duration {
        let absent = ABSENCE * u32::try_from(self.absences).unwrap_or_default();
        self.span.saturating_sub(absent) / u32::try_from(self.kills.max(1)).unwrap_or(u32::MAX)
    }
}
