//! One event of a message, sent once however often it is tried.

use super::Relation;
use crate::{failure::Failure, render, wire::Wire};
use matrix_sdk::Room;
use ruma::{EventId, OwnedEventId, OwnedTransactionId};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// Length of a transaction id, in hexadecimal digits.
const LENGTH: usize = 32;

/// Where an event stands in what is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) key: &'a str,
    pub(super) rank: usize,
    pub(super) relation: Option<&'a Relation>,
}

impl Said<'_> {
    /// Sends words.
    pub(super) async fn words(
        self,
        wire: &Wire,
        room: &Room,
        mut content: Map<String, Value>,
    ) -> Result<OwnedEventId, Failure> {
        if let Some(relation) = self.relation {
            relation.put(&mut content);
        }
        send(wire, room, "m.room.message", content.into(), &transaction(self.key, self.rank)).await
    }
}

/// Shows the numbers that can be pressed, as reactions of the bot's own. Nobody waits for them, and what fails is no
/// loss: the words say how to answer.
pub(super) fn offer_reactions(wire: &Wire, room: &Room, event: &EventId, choices: usize) {
    let shown = choices.min(wire.options.reactions);
    if shown == 0 {
        return;
    }
    let (room, event) = (room.clone(), event.to_owned());
    wire.aside(async move {
        for number in 1..=shown {
            let key = render::key(number);
            let content = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": event, "key": key } });
            let once = transaction(event.as_str(), number);
            let sent = room.send_raw("m.reaction", content).with_transaction_id(&once).await;
            if let Err(error) = sent.map_err(Failure::from) {
                // An edited message shows some of them already.
                tracing::debug!(%error, "a number is not shown as a reaction");
            }
        }
    });
}

/// Sends an event.
pub(super) async fn send(
    wire: &Wire,
    room: &Room,
    kind: &str,
    content: Value,
    transaction: &OwnedTransactionId,
) -> Result<OwnedEventId, Failure> {
    let mut waits = wire.options.patience.between(TRIES);
    loop {
        let failure = match room.send_raw(kind, content.clone()).with_transaction_id(transaction).await {
            Ok(sent) => return Ok(sent.response.event_id),
            Err(error) => Failure::from(error),
        };
        // The transaction makes a repetition the same event.
        match waits.next().filter(|_| failure.passes()) {
            Some(wait) => tokio::time::sleep(wait).await,
            None => return Err(failure),
        }
    }
}

/// How often an event is tried while the homeserver can't be reached. Whoever wants more tries the whole message again.
const TRIES: usize = 3;

/// The name that the homeserver knows an event by, for this device.
pub(crate) fn transaction(key: &str, rank: usize) -> OwnedTransactionId {
    let digest = Sha256::digest(format!("{key}\n{rank}"));
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let name: String = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).take(LENGTH).collect();
    name.into()
}

#[cfg(test)]
mod tests {
    use super::transaction;

    #[test]
    fn each_event_has_its_own_transaction_for_good() {
        assert_eq!(transaction("answer $1 0", 0).as_str(), "e64d2869d5514150f212fe3a15e5c253");
        assert_ne!(transaction("answer $1 0", 0), transaction("answer $1 0", 1));
    }
}
