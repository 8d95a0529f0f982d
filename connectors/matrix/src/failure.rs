//! What can go wrong with a homeserver, told apart by what is of use then.

use matrix_sdk::{Error, HttpError};
use ruma::api::error::{ErrorKind, FromHttpResponseError, RetryAfter};
use std::time::{Duration, SystemTime};
use vigie_chat::SendError;

/// How long to wait when the homeserver asks for patience and doesn't say how much.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a request came to nothing. Its text never holds what people said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// The access token is no longer valid.
    #[error("the homeserver no longer knows this session")]
    LoggedOut {
        /// Whether the same device may log in again.
        soft: Soft,
    },
    /// The homeserver asks for patience, and was obeyed for as long as anybody can wait.
    #[error("the homeserver asks to wait {} s", .0.as_secs())]
    Limited(Duration),
    /// The account may not do this.
    #[error("not allowed: {0}")]
    Forbidden(String),
    /// The person takes no invitations.
    #[error("the person refuses invitations")]
    Uninvitable,
    /// What is asked about isn't there, or no longer.
    #[error("not there")]
    Gone,
    /// The content is larger than the homeserver takes.
    #[error("too large: {0}")]
    TooLarge(String),
    /// The homeserver refuses for another reason; trying again is of no use.
    #[error("refused: {0}")]
    Refused(String),
    /// The homeserver couldn't be reached, or failed; trying again is of use.
    #[error("{0}")]
    Network(String),
}

/// Whether a session that is over can be taken up again by the same device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Soft {
    /// By logging in with the same device.
    Yes,
    /// The device is gone.
    No,
}

impl Failure {
    /// Whether trying again is of use, without anybody's doing.
    pub(crate) fn passes(&self) -> bool {
        matches!(self, Self::Network(_) | Self::Limited(_))
    }

    fn of_kind(kind: &ErrorKind, said: String) -> Self {
        match kind {
            ErrorKind::UnknownToken(data) => {
                Self::LoggedOut { soft: if data.soft_logout { Soft::Yes } else { Soft::No } }
            }
            ErrorKind::LimitExceeded(data) => Self::Limited(match data.retry_after {
                Some(RetryAfter::Delay(delay)) => delay,
                Some(RetryAfter::DateTime(at)) => at.duration_since(SystemTime::now()).unwrap_or_default(),
                None => PATIENCE,
            }),
            // Synapse still uses the name of the proposal (MSC4155).
            kind if kind.errcode().as_str().ends_with("INVITE_BLOCKED") => Self::Uninvitable,
            ErrorKind::Forbidden => Self::Forbidden(said),
            ErrorKind::NotFound => Self::Gone,
            ErrorKind::TooLarge => Self::TooLarge(said),
            _ => Self::Refused(said),
        }
    }
}

impl From<&HttpError> for Failure {
    fn from(error: &HttpError) -> Self {
        if let Some(api) = error.as_client_api_error() {
            let said = api.to_string();
            return match (api.status_code.as_u16(), error.client_api_error_kind()) {
                (500.., _) => Self::Network(said),
                (_, Some(kind)) => Self::of_kind(kind, said),
                (413, None) => Self::TooLarge(said),
                (404, None) => Self::Gone,
                (_, None) => Self::Refused(said),
            };
        }
        match error {
            HttpError::Cached(error) => Self::from(error.as_ref()),
            // A proxy's page, a truncated answer: whoever is in between may get better.
            HttpError::Reqwest(error) => Self::Network(causes(error)),
            HttpError::Api(error) => match error.as_ref() {
                FromHttpResponseError::Deserialization(_) => {
                    Self::Network("the answer can't be read; is this a Matrix homeserver?".to_owned())
                }
                error => Self::Network(error.to_string()),
            },
            error => Self::Refused(error.to_string()),
        }
    }
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        Self::from(&error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match &error {
            Error::Http(http) => Self::from(http.as_ref()),
            Error::WrongRoomState(_) => Self::Gone,
            // Keys that can't be had yet, a store that is busy or full: it may get better.
            Error::ConcurrentRequestFailed
            | Error::OlmError(_)
            | Error::CryptoStoreError(_)
            | Error::StateStore(_)
            | Error::EventCacheStore(_)
            | Error::MediaStore(_) => Self::Network(error.to_string()),
            Error::UnknownError(cause) => {
                cause.downcast_ref::<HttpError>().map_or_else(|| Self::Refused(error.to_string()), Self::from)
            }
            _ => Self::Refused(error.to_string()),
        }
    }
}

impl From<Failure> for SendError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Limited(retry_after) => Self::RateLimited { retry_after },
            Failure::Forbidden(why) | Failure::Refused(why) => Self::Forbidden(why),
            Failure::Uninvitable => Self::DirectClosed,
            Failure::Gone => Self::Gone,
            Failure::TooLarge(why) => Self::TooLarge(why),
            Failure::Network(why) => Self::Network(why),
            Failure::LoggedOut { .. } => Self::Network(failure.to_string()),
        }
    }
}

/// An error with what caused it: a connection says only at the end why it failed. The address, which names rooms and people,
/// is left out.
fn causes(error: &matrix_sdk::reqwest::Error) -> String {
    let mut said = error.to_string();
    if let (Some(from), Some(url)) = (said.find(" for url ("), error.url()) {
        let to = from + " for url ()".len() + url.as_str().len();
        said.replace_range(from..to.min(said.len()), "");
    }
    let error: &dyn std::error::Error = error;
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !said.contains(&more) {
            said = format!("{said}: {more}");
        }
        cause = error.source();
    }
    said
}
