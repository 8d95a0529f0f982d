//! The ways back to whoever did something.

mod interaction;
mod message;

pub(crate) use interaction::{InteractionReply, Phase, Source};
pub(crate) use message::MessageReply;

use crate::{render::TooLarge, wire::Wire};
use vigie_chat::{Attachment, SendError};

/// Reads a file that came with an event.
async fn fetch(wire: &Wire, attachment: &Attachment, max_bytes: u64) -> Result<Vec<u8>, SendError> {
    // Not its name, which is its sender's own text and may end in a log.
    let too_large = || SendError::TooLarge(format!("a file of {} bytes", attachment.size));
    if attachment.size > max_bytes {
        return Err(too_large());
    }
    let bytes = wire.rest.download(&attachment.source, max_bytes).await?;
    bytes.ok_or_else(too_large)
}

fn too_large(error: &TooLarge) -> SendError {
    SendError::TooLarge(error.to_string())
}
