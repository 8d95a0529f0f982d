//! What the account looks like from outside, for `vigie doctor`: what any other client sees of it.
//!
//! Only questions are asked, with the token of the session, and the store of the bot is never opened: while the bot runs it
//! is the bot's alone. Nothing is made, uploaded or signed here. Signatures are verified, not believed: a server may hold
//! one that no client accepts.

mod access;
mod account;
mod keys;
mod server;
mod signature;
#[cfg(test)]
mod tests;

pub use access::{Access, access};

use server::Server;
use std::fmt;

/// What the account looks like.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Checkup {
    /// Whose account it is.
    pub user: String,
    /// The device that the token belongs to.
    pub device: Option<String>,
    /// What was found, one thing after the other.
    pub findings: Vec<Finding>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// What was looked at.
    pub about: About,
    /// How it is.
    pub verdict: Verdict,
    /// The same in words.
    pub says: String,
    /// What the operator can do about it.
    pub advice: Option<&'static str>,
}

/// What can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The keys of the device, without which nothing encrypted reaches it.
    Device,
    /// The cross-signing identity of the account.
    Identity,
    /// Whether the identity vouches for the device: people's clients keep their messages from one for which it doesn't.
    Signature,
    /// The backup of the keys of messages.
    Backup,
    /// The recovery key: what brings the identity back when the store is lost.
    Recovery,
    /// The rooms.
    Rooms,
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Device => "device keys",
            Self::Identity => "cross-signing identity",
            Self::Signature => "device signature",
            Self::Backup => "key backup",
            Self::Recovery => "recovery",
            Self::Rooms => "rooms",
        })
    }
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Good,
    /// It keeps people from talking to the bot, or will.
    Bad,
    /// It couldn't be told.
    Unknown,
}

impl Finding {
    fn good(about: About, says: impl Into<String>) -> Self {
        Self { about, verdict: Verdict::Good, says: says.into(), advice: None }
    }

    fn bad(about: About, says: impl Into<String>, advice: &'static str) -> Self {
        Self { about, verdict: Verdict::Bad, says: says.into(), advice: Some(advice) }
    }

    fn unknown(about: About, error: &CheckupError) -> Self {
        Self { about, verdict: Verdict::Unknown, says: error.to_string(), advice: None }
    }
}

/// The account can't be looked at, with what the operator should know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckupError {
    /// The address can't be one.
    #[error("`{0}` is not the address of a homeserver; expected one such as https://matrix.example.org")]
    Address(String),
    /// Nothing answers there.
    #[error(
        "the homeserver {homeserver} can't be reached: {cause}. Check its address, and the network of this machine"
    )]
    Unreachable {
        /// Where.
        homeserver: String,
        /// What the network says.
        cause: String,
    },
    /// What answers isn't a homeserver.
    #[error(
        "{0} doesn't answer as a Matrix homeserver does. Check the address: it is that of the homeserver itself, not of a client"
    )]
    NotAHomeserver(String),
    /// The session was ended.
    #[error(
        "the homeserver refuses the token of the session: it was logged out, or the account was closed. Log in again by starting Vigie with a password or a new token"
    )]
    TokenRefused,
    /// The homeserver answered otherwise than it should.
    #[error("the homeserver answered {status}{code}")]
    Failed {
        /// The HTTP status.
        status: u16,
        /// Matrix's own code in parentheses, or nothing.
        code: String,
    },
}

/// Looks at the account.
///
/// # Errors
///
/// [`CheckupError`] when not even the keys of the account can be read. What else can't be read is
/// [`Verdict::Unknown`] in the answer.
pub async fn checkup(access: &Access) -> Result<Checkup, CheckupError> {
    let server = Server::new(access)?;
    let (user, device) = server.who_am_i().await?;
    let keys = server.keys(&user).await?;
    let mut findings = keys::findings(&user, device.as_deref(), &keys);
    let backup = server.get(&["v3", "room_keys", "version"]).await;
    findings.push(match backup {
        Ok(backup) => account::backup(&user, device.as_deref(), &keys, backup.as_ref()),
        Err(error) => Finding::unknown(About::Backup, &error),
    });
    let recovery = account::recovery(&server, &user).await;
    findings.push(recovery.unwrap_or_else(|error| Finding::unknown(About::Recovery, &error)));
    let rooms = account::rooms(&server).await;
    findings.push(rooms.unwrap_or_else(|error| Finding::unknown(About::Rooms, &error)));
    Ok(Checkup { user, device, findings })
}
