//! What can't be decrypted: read again when its key comes, and said once in each room.

use crate::{
    send::{self, Post, Relation},
    wire::Wire,
};
use jiff::{SignedDuration, Timestamp};
use matrix_sdk::{Room, deserialized_responses::UnableToDecryptReason};
use ruma::EventId;
use std::collections::{HashMap, HashSet};
use vigie_chat::{Arrival, Draft, RoomId, Token};

/// How long a key may take before the room is told.
const KEY_TAKES: SignedDuration = SignedDuration::from_secs(15);
/// How long something unreadable waits for its key.
const WAITS: SignedDuration = SignedDuration::from_hours(24);
/// How often all of it is tried without a new key.
const NOW_AND_THEN: SignedDuration = SignedDuration::from_mins(1);
/// Most things that wait in one room; whoever can't be read stops writing before.
const MOST: usize = 50;

/// What waits for its key, by room.
#[derive(Debug, Default)]
pub(crate) struct Unreadable {
    waiting: HashMap<RoomId, Vec<Waiting>>,
    /// When all of it was tried last.
    tried: Option<Timestamp>,
    /// Rooms that were told, or seen to have been.
    told: HashSet<RoomId>,
}

#[derive(Debug, Clone)]
struct Waiting {
    arrival: Arrival,
    since: Timestamp,
    reason: Reason,
}

/// Why something can't be read, as far as people can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The device that it came from isn't signed by its owner.
    UnsignedDevice,
    /// The key didn't come.
    NoKey,
}

impl From<UnableToDecryptReason> for Reason {
    fn from(reason: UnableToDecryptReason) -> Self {
        match reason {
            UnableToDecryptReason::SenderIdentityNotTrusted(_) => Self::UnsignedDevice,
            _ => Self::NoKey,
        }
    }
}

/// Something to tell a room.
pub(crate) struct Telling {
    pub(crate) room: RoomId,
    pub(crate) arrival: Arrival,
    pub(crate) reason: Reason,
}

impl Unreadable {
    /// Lets something wait; what there is no more place for comes back.
    pub(crate) fn wait(&mut self, arrival: Arrival, reason: Reason, since: Timestamp) -> Option<Arrival> {
        let waiting = self.waiting.entry(arrival.room.clone()).or_default();
        waiting.push(Waiting { arrival, since, reason });
        (waiting.len() > MOST).then(|| waiting.remove(0).arrival)
    }

    /// Everything that waits, to be tried again.
    pub(crate) fn again(&mut self) -> Vec<(Arrival, Timestamp)> {
        let all = std::mem::take(&mut self.waiting);
        all.into_values().flatten().map(|waiting| (waiting.arrival, waiting.since)).collect()
    }

    /// The same, unless it was a moment ago.
    pub(crate) fn again_now_and_then(&mut self, now: Timestamp) -> Vec<(Arrival, Timestamp)> {
        if self.tried.is_some_and(|tried| now.duration_since(tried) < NOW_AND_THEN) {
            return Vec::new();
        }
        self.tried = Some(now);
        self.again()
    }

    /// What waits for so long that its room is to be told: one thing a room, once.
    pub(crate) fn late(&mut self, now: Timestamp) -> Vec<Telling> {
        let late = |waiting: &&Waiting| now.duration_since(waiting.since) >= KEY_TAKES;
        let telling = |(room, all): (&RoomId, &Vec<Waiting>)| {
            let first = all.iter().find(late)?.clone();
            Some(Telling { room: room.clone(), arrival: first.arrival, reason: first.reason })
        };
        let news = self.waiting.iter().filter(|(room, _)| !self.told.contains(*room));
        let late: Vec<Telling> = news.filter_map(telling).collect();
        self.told.extend(late.iter().map(|telling| telling.room.clone()));
        late
    }

    /// Gives up what waited too long.
    pub(crate) fn give_up(&mut self, now: Timestamp) -> Vec<Arrival> {
        let mut given_up = Vec::new();
        for waiting in self.waiting.values_mut() {
            let (over, kept) = std::mem::take(waiting).into_iter().partition(|w| now.duration_since(w.since) >= WAITS);
            *waiting = kept;
            given_up.extend(over.into_iter().map(|waiting: Waiting| waiting.arrival));
        }
        self.waiting.retain(|_, waiting| !waiting.is_empty());
        given_up
    }
}

/// Tells a room, once for good, that something there can't be read and what helps.
pub(crate) async fn tell(wire: &Wire, room: &Room, arrival: &Arrival, reason: Reason) {
    let note = format!("unreadable {}", arrival.room);
    match wire.options.notebook.read(&note).await {
        Ok(None) => {}
        // Silence rather than saying it each time.
        _ => return,
    }
    let Ok(event) = EventId::parse(arrival.id.as_str()) else { return };
    let message = words(reason).seal(|()| Token::new(""));
    let key = format!("unreadable {}", arrival.room);
    let relation = Relation::answer(event, None);
    let said = send::post(wire, &message, &Post { room, key: &key, relation: Some(&relation) }).await;
    let noted = match said {
        Ok(_) => wire.options.notebook.write(&note, "told").await.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    if let Err(why) = noted {
        tracing::warn!(why, "a room could not be told that something there can't be read");
    }
}

fn words(reason: Reason) -> vigie_chat::Message<()> {
    let draft = Draft::notice();
    let (what, helps) = match reason {
        Reason::UnsignedDevice => (
            "Je ne peux pas lire ce message\u{a0}: il vient d’un appareil qui n’est pas vérifié.",
            "Dans votre application, ouvrez les paramètres, puis «\u{a0}Chiffrement\u{a0}» ou «\u{a0}Sessions\u{a0}», \
             vérifiez cet appareil avec un autre ou avec votre clé de récupération, et écrivez à nouveau votre message.",
        ),
        Reason::NoKey => (
            "Je ne peux pas lire ce message\u{a0}: il est chiffré, et sa clé ne m’est pas parvenue.",
            "Écrivez-le à nouveau. Si cela ne suffit pas, vérifiez votre appareil dans les paramètres de votre application, \
             ou écrivez-moi depuis un autre appareil.",
        ),
    };
    draft.paragraph(what).paragraph(helps).seal(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_chat::EventId as PortEventId;

    fn arrival(id: &str) -> Arrival {
        Arrival { id: PortEventId::new(id), room: RoomId::new("!r"), content: Vec::new() }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn a_key_has_some_time_to_come() {
        let mut unreadable = Unreadable::default();
        assert_eq!(unreadable.wait(arrival("$1"), Reason::NoKey, at(100)), None);
        assert!(unreadable.late(at(114)).is_empty());
        assert_eq!(unreadable.late(at(115)).len(), 1);
        assert!(unreadable.late(at(116)).is_empty(), "a room is told once");
        assert_eq!(unreadable.again(), vec![(arrival("$1"), at(100))]);
        assert!(unreadable.late(at(200)).is_empty(), "what is tried again waits no more");
    }

    #[test]
    fn nothing_waits_for_ever_nor_without_end() {
        let mut unreadable = Unreadable::default();
        for n in 0..50 {
            assert_eq!(unreadable.wait(arrival(&format!("${n}")), Reason::NoKey, at(n)), None);
        }
        assert_eq!(unreadable.wait(arrival("$50"), Reason::NoKey, at(50)), Some(arrival("$0")));
        assert_eq!(unreadable.give_up(at(24 * 3600 + 10)).len(), 10);
    }
}
