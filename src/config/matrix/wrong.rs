//! Settings of Matrix that don't go together, and those that probably aren't meant: in sentences for the operator.

use super::MOST_REACTIONS;

/// Settings of Matrix that don't go together. None quotes a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WrongMatrix {
    /// A key without the one that switches Matrix on.
    #[error(
        "matrix.{0} is set but matrix.homeserver isn't; give the address of the homeserver (VIGIE_MATRIX_HOMESERVER), or remove matrix.{0}"
    )]
    NoHomeserver(&'static str),
    /// No way to log in.
    #[error(
        "matrix.homeserver is set without a way to log in; give matrix.password, or matrix.access_token with matrix.device_id where people sign in through another site"
    )]
    NoLogin,
    /// Two ways to log in.
    #[error("matrix.password and matrix.access_token are both set; keep one of them")]
    TwoLogins,
    /// A password without whose it is.
    #[error("matrix.password is set without matrix.user; give the account, such as @vigie:ecole.example")]
    NoUser,
    /// A token without its device.
    #[error(
        "matrix.access_token is set without matrix.device_id; give the device that the token was made for: encrypted rooms know the bot by it"
    )]
    NoDevice,
    /// A device without its token.
    #[error(
        "matrix.device_id goes with matrix.access_token; with a password the device is made at the first login: remove it"
    )]
    DeviceOfPassword,
    /// A prefix that nobody could type.
    #[error(
        "matrix.prefix is one word such as !vigie, which doesn't begin with / (clients keep those commands for themselves)"
    )]
    Prefix,
    /// A name that isn't one.
    #[error("matrix.display_name is empty; give the name under which the bot is seen")]
    DisplayName,
    /// A level that everybody has.
    #[error(
        "matrix.{0} is a power level of 1 or more: people have 0 unless the room gives them another, so that everybody would count"
    )]
    Level(&'static str),
    /// Trainers above administrators.
    #[error("matrix.trainer_level is above matrix.administrator_level; administrators may do what trainers may")]
    Levels,
    /// More reactions than numbers.
    #[error("matrix.reactions is {0}; at most {MOST_REACTIONS} numbers can be offered")]
    Reactions(u8),
}

/// What works, but probably not as meant. The operator is told at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MatrixDoubt {
    /// Nobody may invite.
    #[error("nobody may invite the bot on Matrix; matrix.allowed says who, such as *:ecole.example")]
    NobodyMayInvite,
    /// What is secret travels readable.
    #[error(
        "matrix.homeserver is reached by http on another machine: the password, the token and what isn't encrypted can be read on the way; give its https address unless the way is private"
    )]
    ReadableOnTheWay,
}
