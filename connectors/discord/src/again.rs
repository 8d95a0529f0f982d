//! Messages that may have left already: looked for where they would be, before they are sent again.
//!
//! Discord knows a nonce for "the past few minutes" and promises no more. Within two of them a message is simply sent again
//! under its nonce. After that the bot reads what it wrote itself since the first try, and takes up what it finds: the rest
//! of a message in several parts, or nothing at all.
//!
//! Where the bot may not read what was written before (`READ_MESSAGE_HISTORY`), Discord shows it an empty channel. The
//! message is sent then: what comes twice after a crash is better than what never comes.
//!
//! Source: Discord's "Get Channel Messages" (API v10).

use crate::{
    render::{Payload, token},
    rest::{Call, Failure},
    send::{self, Opened},
    wire::Wire,
};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use serenity::all::{ChannelId, MessageId, UserId};
use serenity::http::Route;
use std::collections::HashSet;
use vigie_chat::{MessageRef, Sealed, SendError};

/// How long a nonce is surely known.
const KNOWN: SignedDuration = SignedDuration::from_mins(2);

/// How much the clocks here and at Discord may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// Messages of one page: the most that Discord gives.
const PAGE: usize = 100;

/// Pages that are read at most. Where more was said since, the message is sent without looking further.
const MOST_PAGES: usize = 20;

/// When Discord's ids begin, in milliseconds since 1970.
const EPOCH: i64 = 1_420_070_400_000;

/// Whether Discord surely knows the nonce of what was sent at `since` or later.
pub(crate) fn is_still_known(since: Timestamp, now: Timestamp) -> bool {
    (SignedDuration::ZERO..KNOWN).contains(&now.duration_since(since))
}

/// Posts in a person's direct room what isn't there yet.
pub(crate) async fn direct(
    wire: &Wire,
    person: UserId,
    message: &Sealed,
    (key, since): (&str, Timestamp),
) -> Result<MessageRef, SendError> {
    let (channel, opened) = send::direct_room(wire, person, None).await?;
    match post(wire, channel, message, (key, since)).await {
        // What was in a room that is gone can't be found.
        Err(SendError::Gone) if opened == Opened::Before => send::direct(wire, person, message, key).await,
        sent => sent,
    }
}

/// Posts in a channel what isn't there yet of a message that was tried at `since` or later.
pub(crate) async fn post(
    wire: &Wire,
    channel: ChannelId,
    message: &Sealed,
    (key, since): (&str, Timestamp),
) -> Result<MessageRef, SendError> {
    let payloads = send::payloads(wire, message)?;
    let me = wire.me().ok_or_else(|| SendError::Network("not logged in".to_owned()))?;
    let _turn = wire.turn(channel).await;
    let there = recognised(&payloads, &written(wire, channel, me.user, since).await?);
    let mut ids = Vec::with_capacity(payloads.len());
    for (rank, (payload, there)) in payloads.iter().zip(there).enumerate() {
        ids.push(match there {
            Some(id) => id,
            None => send::create(wire, channel, payload, &send::nonce(key, rank), None).await?,
        });
    }
    Ok(send::named(channel, &ids))
}

/// A message in a channel.
#[derive(Debug, Deserialize)]
struct Written {
    id: MessageId,
    author: Author,
    #[serde(default)]
    content: String,
    #[serde(default)]
    embeds: Vec<Shown>,
    #[serde(default)]
    components: Vec<Value>,
}

#[derive(Debug, Deserialize)]
struct Author {
    id: UserId,
}

#[derive(Debug, Deserialize)]
struct Shown {
    title: Option<String>,
    description: Option<String>,
}

/// What the bot wrote in a channel since an instant, oldest first.
async fn written(wire: &Wire, channel_id: ChannelId, me: UserId, since: Timestamp) -> Result<Vec<Written>, Failure> {
    let mut after = first_id(since);
    let mut all: Vec<Written> = Vec::new();
    for _ in 0..MOST_PAGES {
        let call = Call::get(Route::ChannelMessages { channel_id });
        let call = call.param("after", after.to_string()).param("limit", PAGE.to_string());
        let page: Vec<Written> = match wire.rest.ask(call).await {
            Ok(page) => page,
            // Whether it may write there is told by writing.
            Err(Failure::Refused { status: 403, .. }) => return Ok(Vec::new()),
            Err(failure) => return Err(failure),
        };
        let (count, last) = (page.len(), page.iter().map(|message| message.id.get()).max());
        all.extend(page.into_iter().filter(|message| message.author.id == me));
        let Some(last) = last.filter(|_| count == PAGE) else { break };
        after = last;
    }
    all.sort_unstable_by_key(|message| message.id);
    Ok(all)
}

/// An id that no message from an instant on is below, by Discord's clock.
fn first_id(since: Timestamp) -> u64 {
    let ms = since.as_millisecond().saturating_sub(EPOCH + i64::try_from(SKEW.as_millis()).unwrap_or_default());
    // Discord takes no 0.
    (u64::try_from(ms).unwrap_or_default() << 22).max(1)
}

/// Of each part of a message, which of the bot's own messages it is.
///
/// The parts follow each other without anything of the bot's between them. So where one of them is known for sure, by what
/// can be pressed under it, those before it are what the bot wrote just before, whatever they say.
fn recognised(parts: &[Payload], written: &[Written]) -> Vec<Option<MessageId>> {
    let (parts_there, end) = pressable(parts, written).or_else(|| worded(parts, written)).unwrap_or((0, 0));
    let id = |rank: usize| {
        let from_end = parts_there.checked_sub(rank).filter(|left| *left > 0)?;
        written.get(end.checked_sub(from_end)?).map(|message| message.id)
    };
    (0..parts.len()).map(id).collect()
}

/// How many parts were written up to the last that has something to press, and the place after it.
fn pressable(parts: &[Payload], written: &[Written]) -> Option<(usize, usize)> {
    let held: Vec<HashSet<String>> = written.iter().map(Written::tokens).collect();
    parts.iter().enumerate().rev().find_map(|(rank, part)| {
        // Tokens are drawn anew for each message: one in common says enough, also when others were added since.
        let tokens: HashSet<String> = part.tokens().into_iter().collect();
        let at = held.iter().position(|others| !others.is_disjoint(&tokens))?;
        Some((rank + 1, at + 1))
    })
}

/// How many of the first parts were written word for word, one after the other, and the place after the last of them.
fn worded(parts: &[Payload], written: &[Written]) -> Option<(usize, usize)> {
    let first = parts.first()?;
    let begins = written.iter().position(|message| message.says(first))?;
    let alike = parts.iter().zip(&written[begins..]).take_while(|(part, message)| message.says(part));
    let count = alike.count();
    Some((count, begins + count))
}

impl Written {
    /// What can be pressed or chosen under it.
    fn tokens(&self) -> HashSet<String> {
        let mut found = HashSet::new();
        let rows = self.components.iter().filter_map(|row| row["components"].as_array());
        for component in rows.flatten() {
            let options = component["options"].as_array().into_iter().flatten();
            let ids = options.map(|option| &option["value"]).chain([&component["custom_id"]]);
            found.extend(ids.filter_map(Value::as_str).filter_map(token).map(|token| token.to_string()));
        }
        found
    }

    /// Whether it says what a part without anything to press says. Discord leaves out the white space around texts.
    fn says(&self, part: &Payload) -> bool {
        let embed = self.embeds.first();
        let title = embed.and_then(|embed| embed.title.as_deref());
        let description = embed.and_then(|embed| embed.description.as_deref());
        let same = |here: Option<&str>, there: Option<&str>| {
            here.unwrap_or_default().trim() == there.unwrap_or_default().trim()
        };
        let asked = part.embeds.first();
        part.tokens().is_empty()
            && self.tokens().is_empty()
            && same(Some(&self.content), part.content.as_deref())
            && same(title, asked.and_then(|embed| embed.title.as_deref()))
            && same(description, asked.and_then(|embed| embed.description.as_deref()))
    }
}
