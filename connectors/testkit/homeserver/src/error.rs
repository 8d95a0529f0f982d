//! Why there is no homeserver, and what a server answers when it refuses.

use std::{fmt, io, path::PathBuf, time::Duration};

use serde_json::Value;

/// What this machine lacks. Tests that meet it say so in one line and pass, or fail where everything is required.
#[derive(Debug, thiserror::Error)]
pub enum Missing {
    /// No Python at all.
    #[error("python3 is not on this machine (apt-get install python3 python3-venv)")]
    Python,
    /// A Python for which there is no Synapse.
    #[error("{found} is too old for Synapse, which wants Python 3.10 or newer")]
    OldPython {
        /// What `python3 --version` says.
        found: String,
    },
    /// Python without the modules that make a virtual environment.
    #[error("python3 can't make virtual environments (apt-get install python3-venv)")]
    Venv,
    /// Synapse could not be had: no network, or no wheel for this machine.
    #[error("pip could not install Synapse: {0}")]
    Synapse(String),
}

/// Why the homeserver doesn't run.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The machine lacks something.
    #[error(transparent)]
    Missing(#[from] Missing),
    /// A file or a program could not be used.
    #[error("{what}: {source}")]
    System {
        /// What was tried, and on what.
        what: String,
        /// What the system said.
        source: io::Error,
    },
    /// Synapse ended while it was starting.
    #[error("Synapse ended while starting; the end of its log:\n{0}")]
    Ended(String),
    /// Synapse didn't answer.
    #[error("Synapse did not answer within {}s; the end of its log:\n{log}", waited.as_secs())]
    Silent {
        /// How long it was given.
        waited: Duration,
        /// The end of its log.
        log: String,
    },
}

impl StartError {
    pub(crate) fn system(what: &str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let what = format!("{what} {}", path.into().display());
        move |source| Self::System { what, source }
    }
}

/// What the server, or one's own client, refused to do.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The server answered with an error.
    #[error("{status} {answer}")]
    Server {
        /// The HTTP status.
        status: u16,
        /// The answer's body, whose `errcode` says what is wrong.
        answer: Value,
    },
    /// The client could not do it, or the server refused it to the client.
    #[error(transparent)]
    Client(Box<matrix_sdk::Error>),
    /// It could not be done, for a reason that is neither of these.
    #[error("{0}")]
    Undone(String),
    /// The request didn't get through.
    #[error("the server can't be reached: {0}")]
    Unreached(String),
}

impl Refusal {
    /// Matrix's own name for what is wrong, such as `M_LIMIT_EXCEEDED`.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        match self {
            Self::Server { answer, .. } => answer["errcode"].as_str().map(str::to_owned),
            Self::Client(error) => error.client_api_error_kind().map(|kind| kind.errcode().to_string()),
            Self::Undone(_) | Self::Unreached(_) => None,
        }
    }

    /// The HTTP status, when the server answered.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Server { status, .. } => Some(*status),
            Self::Client(error) => error.as_client_api_error().map(|answer| answer.status_code.as_u16()),
            Self::Undone(_) | Self::Unreached(_) => None,
        }
    }

    pub(crate) fn undone(why: &impl fmt::Display) -> Self {
        Self::Undone(why.to_string())
    }

    pub(crate) fn unreached(error: &impl fmt::Display) -> Self {
        Self::Unreached(error.to_string())
    }
}

impl From<matrix_sdk::Error> for Refusal {
    fn from(error: matrix_sdk::Error) -> Self {
        Self::Client(Box::new(error))
    }
}

impl From<matrix_sdk::HttpError> for Refusal {
    fn from(error: matrix_sdk::HttpError) -> Self {
        matrix_sdk::Error::from(error).into()
    }
}
