//! What the operator chose for Matrix.

use crate::hear::{Pattern, Thresholds};
use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use jiff::Timestamp;
use secrecy::SecretString;
use std::{num::NonZeroU32, path::PathBuf, sync::Arc, time::Duration};
use vigie_chat::{Inbox, Notebook};

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Tells the operator what no log may hold. Once it succeeded, the same thing isn't told again.
pub type TellOperator = Arc<dyn Fn(&SecretNote) -> std::io::Result<()> + Send + Sync>;

/// What is told to the operator, and nowhere else.
#[derive(Debug, Clone)]
pub enum SecretNote {
    /// The recovery key of the account, which was just created.
    RecoveryKey(SecretString),
}

/// How the bot proves that the account is its own.
#[derive(Debug, Clone)]
pub enum Login {
    /// By password, where the homeserver takes one.
    Password {
        /// The account: `@vigie:ecole.example`, or its first part only.
        user: String,
        /// Its password.
        password: SecretString,
    },
    /// By an access token that was made for a device, where people sign in elsewhere (single sign-on).
    Token {
        /// The access token.
        token: SecretString,
        /// The device that it was made for.
        device_id: String,
    },
}

/// To whose devices the bot gives the keys of what it says, and whose messages it reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Trust {
    /// Devices that their owners have signed, as Matrix 1.18 asks (MSC4153).
    #[default]
    Signed,
    /// Any device, also of clients that don't know how to sign.
    All,
}

/// What the account shows of itself. What is absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// Display name.
    pub name: Option<String>,
    /// Picture file (PNG, JPEG or WebP).
    pub avatar: Option<PathBuf>,
}

/// Messages a second that nobody asked for just now, unless set.
const SENDS_PER_SECOND: NonZeroU32 = NonZeroU32::new(10).expect("not zero");

/// Everything that the connector needs to start.
#[derive(Clone)]
pub struct Options {
    pub(crate) homeserver: String,
    pub(crate) login: Login,
    /// Folder of the session and of the keys.
    pub(crate) folder: PathBuf,
    pub(crate) notebook: Arc<dyn Notebook>,
    pub(crate) inbox: Arc<dyn Inbox>,
    pub(crate) clock: Clock,
    pub(crate) recovery_key: Option<SecretString>,
    pub(crate) passphrase: Option<SecretString>,
    pub(crate) allowed: Vec<Pattern>,
    pub(crate) prefix: String,
    pub(crate) profile: Profile,
    pub(crate) levels: Thresholds,
    pub(crate) trust: Trust,
    pub(crate) reactions: usize,
    pub(crate) patience: Patience,
    pub(crate) sends_per_second: NonZeroU32,
    pub(crate) tell_operator: TellOperator,
}

/// How long to wait between tries of what fails, each time about twice as long as before, by chance a little more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    first: Duration,
    longest: Duration,
}

impl Patience {
    /// Waits of somebody who never gives up.
    pub(crate) fn endless(self) -> ExponentialBackoff {
        self.waits().without_max_times().build()
    }

    /// Waits between so many tries.
    pub(crate) fn between(self, tries: usize) -> ExponentialBackoff {
        self.waits().with_max_times(tries.saturating_sub(1)).build()
    }

    /// The longest wait.
    pub(crate) fn longest(self) -> Duration {
        self.longest
    }

    fn waits(self) -> ExponentialBuilder {
        ExponentialBuilder::default().with_min_delay(self.first).with_max_delay(self.longest).with_jitter()
    }
}

impl Options {
    /// A bot with this account on this homeserver (`https://matrix.ecole.example`), which keeps its session and its keys in
    /// `folder`.
    #[must_use]
    pub fn new(
        homeserver: impl Into<String>,
        login: Login,
        folder: impl Into<PathBuf>,
        memory: (Arc<dyn Notebook>, Arc<dyn Inbox>),
        clock: Clock,
    ) -> Self {
        Self {
            homeserver: homeserver.into(),
            login,
            folder: folder.into(),
            notebook: memory.0,
            inbox: memory.1,
            clock,
            recovery_key: None,
            passphrase: None,
            allowed: Vec::new(),
            prefix: "!vigie".to_owned(),
            profile: Profile::default(),
            levels: Thresholds { administrator: 100, trainer: None },
            trust: Trust::Signed,
            reactions: 5,
            patience: Patience { first: Duration::from_secs(1), longest: Duration::from_secs(30) },
            sends_per_second: SENDS_PER_SECOND,
            tell_operator: Arc::new(|_| Ok(())),
        }
    }

    /// The recovery key or passphrase of the account. When the account has none yet, this one becomes its passphrase.
    #[must_use]
    pub fn recovery_key(mut self, key: SecretString) -> Self {
        self.recovery_key = Some(key);
        self
    }

    /// The passphrase of the store of keys. Without one a key drawn at random lies beside it, in the session's file.
    #[must_use]
    pub fn passphrase(mut self, passphrase: SecretString) -> Self {
        self.passphrase = Some(passphrase);
        self
    }

    /// Who may invite the bot. Nobody unless set.
    #[must_use]
    pub fn allowed(mut self, allowed: impl IntoIterator<Item = Pattern>) -> Self {
        self.allowed = allowed.into_iter().collect();
        self
    }

    /// What calls the bot in a room: `!vigie` unless set.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// What the account shows of itself.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// From which power level on somebody counts as what: administrator from 100, trainer never, unless set.
    #[must_use]
    pub fn levels(mut self, levels: Thresholds) -> Self {
        self.levels = levels;
        self
    }

    /// To whose devices keys are given.
    #[must_use]
    pub fn trust(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }

    /// How many numbers the bot offers as reactions of its own, 5 unless set. Each is an event of its own, which counts
    /// against the homeserver's limits; the numbers beyond are answered in words.
    #[must_use]
    pub fn reactions(mut self, reactions: usize) -> Self {
        self.reactions = reactions;
        self
    }

    /// Waits so long before trying again what failed, and at most `longest` after many failures: 1 s and 30 s unless set.
    /// What the homeserver itself asks to wait is obeyed whatever is set here.
    #[must_use]
    pub fn patience(mut self, first: Duration, longest: Duration) -> Self {
        self.patience = Patience { first, longest };
        self
    }

    /// Says so many messages a second, of those that nobody asked for just now: 10 unless set. What the
    /// homeserver itself asks to wait is obeyed whatever is set here: Synapse's own limit is far lower (`rc_message`), unless
    /// its operator lifts it for the bot.
    #[must_use]
    pub fn sends_per_second(mut self, a_second: NonZeroU32) -> Self {
        self.sends_per_second = a_second;
        self
    }

    /// Tells the operator what no log may hold, such as a recovery key that was just created.
    #[must_use]
    pub fn tell_operator(mut self, tell: TellOperator) -> Self {
        self.tell_operator = tell;
        self
    }
}
