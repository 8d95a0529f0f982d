//! Reading the files that come with a command.

use super::context::Problem;
use crate::views;
use std::fmt;
use std::sync::Arc;
use vigie_chat::{Attachment, Reply, SendError};

/// The files of the event that is answered. They stay on the network until they are asked for.
#[derive(Clone)]
pub struct Files(Arc<dyn Reply>);

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Files")
    }
}

impl Files {
    /// Those of the event that this answers.
    #[must_use]
    pub fn of(reply: Arc<dyn Reply>) -> Self {
        Self(reply)
    }

    /// The bytes of a file, if it has at most `max_bytes`.
    ///
    /// # Errors
    ///
    /// [`Problem::Refused`] with what to do when it is larger or no longer there, [`Problem::Fault`] when the network fails.
    pub async fn read(&self, file: &Attachment, max_bytes: u64) -> Result<Vec<u8>, Problem> {
        if file.size > max_bytes {
            return Err(Problem::Refused(views::problem::file_too_large(max_bytes)));
        }
        self.0.fetch(file, max_bytes).await.map_err(|error| match error {
            SendError::TooLarge(_) => Problem::Refused(views::problem::file_too_large(max_bytes)),
            SendError::Gone | SendError::Expired | SendError::Forbidden(_) => {
                Problem::Refused(views::problem::file_gone())
            }
            error => Problem::Fault(error.to_string()),
        })
    }
}
