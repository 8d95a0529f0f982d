//! Why a request failed, in Discord's words, and what that means for whoever asked.
//!
//! Source of the codes: Discord's "JSON Error Codes" page (API v10).

use reqwest::StatusCode;
use serde::Deserialize;
use std::time::Duration;
use vigie_chat::SendError;

/// Discord's code for the token of an interaction that is over.
const INVALID_WEBHOOK_TOKEN: u32 = 50_027;

/// After how long an old message may be edited again.
const AN_HOUR: Duration = Duration::from_hours(1);

/// Discord's code for a message that is gone.
const UNKNOWN_MESSAGE: u32 = 10_008;

/// What became of a request that didn't succeed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// Discord refused it.
    #[error("{status}, code {code}: {message}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Discord's own code, 0 when it gives none.
        code: u32,
        /// Discord's sentence. It says nothing of what was sent.
        message: String,
    },
    /// Discord asks to wait, for longer than it is worth here.
    #[error("asked to wait {} ms", .0.as_millis())]
    RateLimited(Duration),
    /// It can't be sent at all: the token, the address or the content is wrong.
    #[error("it can't be sent: {0}")]
    Unsendable(String),
    /// It never reached Discord.
    #[error("not sent: {0}")]
    NotSent(String),
    /// It was sent, and nobody knows what became of it.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// An earlier try, which seemed lost, had arrived.
    #[error("done by an earlier try")]
    DoneBefore,
    /// Discord itself failed.
    #[error("Discord failed with {0}")]
    Server(u16),
    /// The answer isn't what Discord's description says.
    #[error("the answer can't be read: {0}")]
    Unreadable(String),
}

/// The error that Discord writes. Its `errors` tree is left out: it may quote what was sent.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Body {
    #[serde(default)]
    pub(crate) code: u32,
    #[serde(default)]
    pub(crate) message: String,
}

impl Failure {
    /// What an answer that isn't a success means.
    pub(crate) fn of(status: StatusCode, body: Body) -> Self {
        if status.is_server_error() {
            return Self::Server(status.as_u16());
        }
        Self::Refused { status: status.as_u16(), code: body.code, message: body.message }
    }

    /// Discord's own code, if it refused.
    pub(crate) fn code(&self) -> u32 {
        match self {
            Self::Refused { code, .. } => *code,
            _ => 0,
        }
    }

    /// Whether the bot's token is no longer good for anything. That of one interaction, which ends after 15 minutes, has
    /// the same status.
    pub(crate) fn is_unauthorized(&self) -> bool {
        matches!(self, Self::Refused { status: 401, code, .. } if *code != INVALID_WEBHOOK_TOKEN)
    }

    /// Whether the message that it was about is gone.
    pub(crate) fn is_missing_message(&self) -> bool {
        self.code() == UNKNOWN_MESSAGE
    }

    /// Whether the same request may succeed a moment later. `repeatable`: doing it twice does no harm.
    pub(crate) fn is_passing(&self, repeatable: bool) -> bool {
        match self {
            Self::NotSent(_) | Self::Server(500 | 503) => true,
            // Of these nobody knows whether it was done.
            Self::Server(_) | Self::NoAnswer(_) => repeatable,
            Self::Refused { .. }
            | Self::Unsendable(_)
            | Self::RateLimited(_)
            | Self::DoneBefore
            | Self::Unreadable(_) => false,
        }
    }
}

impl From<Failure> for SendError {
    fn from(failure: Failure) -> Self {
        let words = failure.to_string();
        match failure {
            Failure::RateLimited(retry_after) => Self::RateLimited { retry_after },
            Failure::Refused { code, status, .. } => match (code, status) {
                // No direct messages; no server in common.
                (50_007 | 50_278, _) => Self::DirectClosed,
                // Edits of old messages are few an hour.
                (30_046, _) => Self::RateLimited { retry_after: AN_HOUR },
                // Unknown channel, guild, message, user.
                (10_003 | 10_004 | UNKNOWN_MESSAGE | 10_013, _) => Self::Gone,
                // Unknown interaction, already answered, unknown or expired webhook token.
                (10_062 | 40_060 | 10_015 | INVALID_WEBHOOK_TOKEN, _) => Self::Expired,
                (40_005, _) | (_, 413) => Self::TooLarge(words),
                (_, 404) => Self::Gone,
                _ => Self::Forbidden(words),
            },
            Failure::Unsendable(_) => Self::Forbidden(words),
            Failure::NotSent(_)
            | Failure::NoAnswer(_)
            | Failure::DoneBefore
            | Failure::Server(_)
            | Failure::Unreadable(_) => Self::Network(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: u16, code: u32, expected: &SendError) {
        let status = StatusCode::from_u16(status).expect("a status");
        let told = SendError::from(Failure::of(status, Body { code, message: "x".to_owned() }));
        assert_eq!(std::mem::discriminant(&told), std::mem::discriminant(expected), "{status} {code}: {told}");
    }

    #[test]
    fn refusals_are_told_as_what_they_are() {
        let forbidden = SendError::Forbidden(String::new());
        check(403, 50_007, &SendError::DirectClosed);
        check(403, 50_013, &forbidden);
        check(403, 50_001, &forbidden);
        check(404, 10_003, &SendError::Gone);
        check(404, 10_008, &SendError::Gone);
        check(404, 10_062, &SendError::Expired);
        check(400, 40_060, &SendError::Expired);
        check(401, INVALID_WEBHOOK_TOKEN, &SendError::Expired);
        check(413, 0, &SendError::TooLarge(String::new()));
        check(400, 50_035, &forbidden);
        check(503, 0, &SendError::Network(String::new()));
    }
}
