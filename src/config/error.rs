//! Settings that can't be used, in sentences for the operator. None quotes a secret.

use super::WrongMatrix;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Settings that can't be used, with where they come from.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file was named but isn't there.
    #[error("the settings file {0} does not exist")]
    Missing(PathBuf),
    /// A key or a value that isn't understood.
    #[error("settings: {0}")]
    Wrong(Box<figment::Error>),
    /// The time zone has no such name.
    #[error("settings: `{0}` is not a time zone; expected an IANA name such as Europe/Paris or Indian/Reunion")]
    TimeZone(String),
    /// A secret is given both ways.
    #[error("settings: {0} and {0}_FILE are both set; keep one of them")]
    Twice(&'static str),
    /// The file of a secret can't be read.
    #[error("settings: the file {file} that {variable}_FILE names can't be read: {cause}", file = file.display())]
    SecretFile {
        /// The variable, without `_FILE`.
        variable: &'static str,
        /// The file.
        file: PathBuf,
        /// Why.
        cause: String,
    },
    /// The counts would be open to everybody.
    #[error(
        "settings: metrics_listen is {0}, which other machines can reach; give an address of this machine only, such as 127.0.0.1:9464, and let a proxy in front of it decide who may read"
    )]
    OpenMetrics(SocketAddr),
    /// Calendars are served nowhere, or nobody can be told where.
    #[error(
        "settings: {0} is missing, which goes with {1}: calendars are served at one, and people are given the other"
    )]
    HalfWeb(&'static str, &'static str),
    /// What is for people would be for the operator alone, or the other way round.
    #[error(
        "settings: web_listen and metrics_listen are both {0}; give them two addresses, since people reach the first alone"
    )]
    SameAddress(SocketAddr),
    /// A Discord server is named by its number.
    #[error("settings: discord.commands_in is the number of a server (developer mode, then Copy Server ID), not `{0}`")]
    CommandsIn(String),
    /// Settings of Matrix that don't go together.
    #[error("settings: {0}")]
    Matrix(#[from] WrongMatrix),
}
