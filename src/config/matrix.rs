//! Settings of Matrix.

mod allowed;
mod homeserver;
mod user;
mod wrong;

pub use allowed::{Allowed, Pattern, WrongPattern};
pub use homeserver::{Homeserver, WrongHomeserver};
pub use user::{MatrixUser, WrongUser};
pub use wrong::{MatrixDoubt, WrongMatrix};

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use std::path::PathBuf;

/// Numbers that can be offered as reactions: from 1️⃣ to 🔟.
const MOST_REACTIONS: u8 = 10;

/// Settings of Matrix. It is configured when there is a homeserver.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MatrixSettings {
    /// Address of the homeserver's client API.
    pub homeserver: Option<Homeserver>,
    /// The account. Needed with a password; with a token it is only checked.
    pub user: Option<MatrixUser>,
    /// Its password, for homeservers that take one.
    #[serde(deserialize_with = "super::secret::quoted")]
    pub password: Option<SecretString>,
    /// A token made beforehand, for homeservers with single sign-on.
    #[serde(deserialize_with = "super::secret::quoted")]
    pub access_token: Option<SecretString>,
    /// The device that the token was made for.
    pub device_id: Option<String>,
    /// Recovery key or passphrase of the account, with which a new device takes part in its encrypted rooms.
    #[serde(deserialize_with = "super::secret::quoted")]
    pub recovery_key: Option<SecretString>,
    /// Who may invite the bot.
    pub allowed: Allowed,
    /// What a command begins with in a room of several people.
    pub prefix: String,
    /// Name under which the bot is seen.
    pub display_name: String,
    /// File of its picture. The account keeps the one that it has when absent.
    pub avatar: Option<PathBuf>,
    /// Power level from which somebody counts as a trainer. Nobody does by power level when absent.
    pub trainer_level: Option<i64>,
    /// Power level from which somebody counts as an administrator.
    pub administrator_level: i64,
    /// What the connector's own files are encrypted with. Drawn at random and kept beside them when absent.
    #[serde(deserialize_with = "super::secret::quoted")]
    pub store_passphrase: Option<SecretString>,
    /// Which devices may read what the bot says in encrypted rooms.
    pub trust: Trust,
    /// How many actions of a message are offered as reactions, 10 at most. The others are pressed by their number.
    pub reactions: u8,
}

/// Which devices may read what the bot says in encrypted rooms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// Those that their owner has signed.
    #[default]
    CrossSigned,
    /// All those of the people in the room, also of clients that can't sign.
    All,
}

impl Default for MatrixSettings {
    fn default() -> Self {
        Self {
            homeserver: None,
            user: None,
            password: None,
            access_token: None,
            device_id: None,
            recovery_key: None,
            allowed: Allowed::default(),
            prefix: "!vigie".to_owned(),
            display_name: "Vigie".to_owned(),
            avatar: None,
            trainer_level: None,
            administrator_level: 100,
            store_passphrase: None,
            trust: Trust::default(),
            reactions: 5,
        }
    }
}

/// An account that can be logged in to, as far as settings tell.
#[derive(Debug, Clone)]
pub struct MatrixAccount {
    /// Where.
    pub homeserver: Homeserver,
    /// How.
    pub login: MatrixLogin,
}

/// How an account is logged in to.
#[derive(Debug, Clone)]
pub enum MatrixLogin {
    /// By password, which makes a new device the first time.
    Password {
        /// Who.
        user: MatrixUser,
        /// The password.
        password: SecretString,
    },
    /// By a token made beforehand, as the device that it was made for.
    Token {
        /// The token.
        token: SecretString,
        /// The device.
        device_id: String,
        /// Whose token it should be, when it is told.
        user: Option<MatrixUser>,
    },
}

impl MatrixSettings {
    /// The account; none when Matrix isn't configured.
    ///
    /// # Errors
    ///
    /// [`WrongMatrix`], which says what to change. Settings that were read have none.
    pub fn account(&self) -> Result<Option<MatrixAccount>, WrongMatrix> {
        let Some(homeserver) = self.homeserver.clone() else {
            return self.first_given().map_or(Ok(None), |key| Err(WrongMatrix::NoHomeserver(key)));
        };
        let user = self.user.clone();
        let device_id = self.device_id.clone().filter(|id| !id.trim().is_empty());
        let login = match (given(self.password.as_ref()), given(self.access_token.as_ref())) {
            (Some(_), Some(_)) => return Err(WrongMatrix::TwoLogins),
            (None, None) => return Err(WrongMatrix::NoLogin),
            (Some(_), None) if device_id.is_some() => return Err(WrongMatrix::DeviceOfPassword),
            (Some(password), None) => MatrixLogin::Password { user: user.ok_or(WrongMatrix::NoUser)?, password },
            (None, Some(token)) => {
                MatrixLogin::Token { token, device_id: device_id.ok_or(WrongMatrix::NoDevice)?, user }
            }
        };
        Ok(Some(MatrixAccount { homeserver, login }))
    }

    /// What works, but probably not as meant; nothing when Matrix isn't configured.
    #[must_use]
    pub fn doubts(&self) -> Vec<MatrixDoubt> {
        let Some(homeserver) = &self.homeserver else { return Vec::new() };
        let nobody = self.allowed.patterns().is_empty().then_some(MatrixDoubt::NobodyMayInvite);
        let readable = homeserver.is_readable_on_the_way().then_some(MatrixDoubt::ReadableOnTheWay);
        nobody.into_iter().chain(readable).collect()
    }

    /// What no type says.
    pub(super) fn check(&self) -> Result<(), WrongMatrix> {
        self.account()?;
        if self.prefix.is_empty() || self.prefix.starts_with('/') || self.prefix.contains(char::is_whitespace) {
            return Err(WrongMatrix::Prefix);
        }
        if self.display_name.trim().is_empty() {
            return Err(WrongMatrix::DisplayName);
        }
        if self.administrator_level < 1 {
            return Err(WrongMatrix::Level("administrator_level"));
        }
        match self.trainer_level {
            Some(..1) => return Err(WrongMatrix::Level("trainer_level")),
            Some(level) if level > self.administrator_level => return Err(WrongMatrix::Levels),
            _ => {}
        }
        if self.reactions > MOST_REACTIONS {
            return Err(WrongMatrix::Reactions(self.reactions));
        }
        Ok(())
    }

    /// The first key given among those that are of no use without a homeserver.
    fn first_given(&self) -> Option<&'static str> {
        let secret = |secret: &Option<SecretString>| given(secret.as_ref()).is_some();
        let keys = [
            ("user", self.user.is_some()),
            ("password", secret(&self.password)),
            ("access_token", secret(&self.access_token)),
            ("device_id", self.device_id.is_some()),
            ("recovery_key", secret(&self.recovery_key)),
            ("store_passphrase", secret(&self.store_passphrase)),
            ("allowed", !self.allowed.patterns().is_empty()),
            ("avatar", self.avatar.is_some()),
            ("trainer_level", self.trainer_level.is_some()),
        ];
        keys.into_iter().find_map(|(key, is_given)| is_given.then_some(key))
    }
}

/// A secret that says something: an empty one is as good as none, as for variables.
fn given(secret: Option<&SecretString>) -> Option<SecretString> {
    secret.filter(|secret| !secret.expose_secret().trim().is_empty()).cloned()
}

#[cfg(test)]
mod tests;
