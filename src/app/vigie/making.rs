//! Making the application, and what works beside it over the same store, clock and networks.

use super::Vigie;
use crate::app::buttons::Buttons;
use crate::app::chance;
use crate::app::clock::{self, Clock};
use crate::app::pace::Pace;
use crate::app::reminders::{Means, Reminders};
use crate::app::scheduling::Scheduling;
use crate::app::shelf::Shelf;
use crate::app::web::Feeds;
use crate::commands::{self, Cabinet, Chance, Tried};
use crate::config::{PublicUrl, Settings};
use crate::store::Store;
use jiff::tz::TimeZone;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use vigie_chat::Connector;

impl Vigie {
    /// The application over these référentiels, settings and store, by the machine's clock.
    #[must_use]
    pub fn new(shelf: Shelf, settings: Settings, store: Store) -> Self {
        Self {
            shelf: Arc::new(shelf),
            cabinet: Cabinet::temporary(commands::quotas(&settings)),
            settings: Arc::new(settings),
            commands: Arc::new(commands::set()),
            buttons: Arc::new(Buttons::new(store.clone())),
            store,
            clock: clock::machine(),
            pace: None,
            chance: Arc::new(chance::number),
            tried: Tried::default(),
            networks: Arc::default(),
            reminders: OnceLock::new(),
            scheduling: OnceLock::new(),
        }
    }

    /// The same, with what teams hand in kept in a folder; otherwise it goes with the process.
    #[must_use]
    pub fn keeping_files_in(mut self, folder: &Path) -> Self {
        self.cabinet = Cabinet::in_folder(folder, commands::quotas(&self.settings));
        self
    }

    /// The same by another clock. What people do has its own instant; this one is for what nobody in particular does.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The same, for networks: nobody is answered at the cost of the others (see `pace`).
    #[must_use]
    pub fn at_a_pace(mut self) -> Self {
        self.pace = Some(Pace::default());
        self
    }

    /// The same with another source of chance for what people copy by hand, such as codes. Tokens are always drawn anew.
    #[must_use]
    pub fn with_chance(mut self, chance: Chance) -> Self {
        self.chance = chance;
        self
    }

    /// The same on these networks, where it may say what nobody there asked for.
    #[must_use]
    pub fn on(mut self, networks: impl IntoIterator<Item = Arc<dyn Connector>>) -> Self {
        self.networks = networks.into_iter().collect();
        self
    }

    /// What reminds people, over the same store, clock and networks.
    #[must_use]
    pub fn reminders(&self) -> Arc<Reminders> {
        let made = || {
            Arc::new(Reminders::new(Means {
                store: self.store.clone(),
                networks: Arc::clone(&self.networks),
                clock: Arc::clone(&self.clock),
                zone: self.settings.zone().unwrap_or(TimeZone::UTC),
                contact: self.settings.referent_handicap.clone(),
            }))
        };
        Arc::clone(self.reminders.get_or_init(made))
    }

    /// The calendars that people read at their own addresses, over the same store, clock and networks.
    #[must_use]
    pub fn feeds(&self) -> Feeds {
        let standard = self.settings.zone().unwrap_or(TimeZone::UTC);
        let prefix = self.settings.feeds_at().map_or("", PublicUrl::path);
        let (clock, networks) = (Arc::clone(&self.clock), Arc::clone(&self.networks));
        let believed = self.settings.web_trusted_proxies.clone();
        Feeds::new(self.store.clone(), networks, clock, (standard, prefix), believed)
    }

    /// What keeps the calendars of the networks, over the same store and clock.
    #[must_use]
    pub fn scheduling(&self) -> Arc<Scheduling> {
        let made = || Arc::new(Scheduling::new(self.store.clone(), &self.networks, Arc::clone(&self.clock)));
        Arc::clone(self.scheduling.get_or_init(made))
    }
}
