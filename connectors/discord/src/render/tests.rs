//! What holds for any message, and how real ones look.

mod limits;
mod looks;
#[path = "../../tests/it/markdown.rs"]
mod markdown;
mod properties;
mod reader;
mod splitting;

use super::{CommandIds, Payload, message};
use vigie_chat::Sealed;

/// The one call of these tests, with the command `chercher` registered.
#[track_caller]
fn rendered(said: &Sealed) -> Vec<Payload> {
    let ids: CommandIds = [("chercher", "12")].into_iter().collect();
    message(said, &ids).expect("the files are small")
}
