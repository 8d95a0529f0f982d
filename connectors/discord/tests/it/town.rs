//! A fake Discord with a server, and what outlives the bot there.

use super::{bot::Bot, counts, log};
use fake_discord::{Builder, Channel, FakeDiscord, Guild, Person};
use jiff::Timestamp;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use vigie_chat::App;
use vigie_discord::{Clock, Options};
use vigie_testkit::Memory;

/// How many towns there were.
static TOWNS: AtomicU64 = AtomicU64::new(0);

/// One server with one channel, where alice is. Dropping it fails the test when an event could not be read.
pub(crate) struct Town {
    pub(crate) discord: FakeDiscord,
    pub(crate) guild: Guild,
    pub(crate) general: Channel,
    pub(crate) alice: Person,
    pub(crate) memory: Arc<Memory>,
    /// How far the bot's clock is ahead, in milliseconds.
    ahead: Arc<AtomicU64>,
}

impl Town {
    pub(crate) async fn open() -> Self {
        Self::of(FakeDiscord::builder()).await
    }

    /// A town on a Discord with other settings.
    pub(crate) async fn of(builder: Builder) -> Self {
        Self::on(builder.start().await)
    }

    /// A town on this Discord.
    pub(crate) fn on(discord: FakeDiscord) -> Self {
        counts::begin();
        log::begin();
        // Ids come of the time, and the log is of all tests: no two towns live in the same minute.
        discord.pass(Duration::from_mins(TOWNS.fetch_add(1, Ordering::Relaxed)));
        let guild = discord.guild("École");
        let (general, alice) = (guild.channel("general"), guild.member("alice"));
        Self { discord, guild, general, alice, memory: Arc::default(), ahead: Arc::default() }
    }

    /// The bot's clock, which time passed here moves too.
    pub(crate) fn clock(&self) -> Clock {
        let ahead = Arc::clone(&self.ahead);
        Arc::new(move || Timestamp::now() + Duration::from_millis(ahead.load(Ordering::Relaxed)))
    }

    pub(crate) fn options(&self) -> Options {
        self.settings().api_base(&self.discord.base_url())
    }

    /// The options of a bot that takes the fake for discord.com.
    pub(crate) fn settings(&self) -> Options {
        Options::new(self.discord.token().into(), Arc::clone(&self.memory) as _, self.clock())
    }

    /// Passes time for Discord and for the bot.
    pub(crate) fn passes(&self, time: Duration) {
        self.discord.pass(time);
        self.ahead.fetch_add(u64::try_from(time.as_millis()).expect("a test is short"), Ordering::Relaxed);
    }

    /// A bot that is connected and whose commands are registered.
    pub(crate) async fn bot(&self, app: Arc<dyn App>) -> Bot {
        let bot = Bot::start(self.options(), app);
        self.discord.until_connected().await;
        self.discord.until_commands_registered().await;
        bot
    }

    /// A bot that starts after another ended.
    pub(crate) async fn next_bot(&self, app: Arc<dyn App>) -> Bot {
        self.passes(Duration::from_secs(6));
        self.bot(app).await
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(counts::unreadable(false), 0, "events could not be read");
        }
    }
}
