//! Rooms that the bot opens: private threads of a channel, to which only the bot adds people.
//!
//! Discord knows no key for a thread, so the notebook does: what was begun is noted before it is asked for, and a thread
//! whose creation nobody heard of is found again by its name. A thread is put aside after a week without a word; whatever
//! is to be changed in it takes it out again, which Discord lets anybody do who may write there.
//!
//! Sources: Discord's "Threads" page and "Channels Resource" (API v10).

use crate::{
    rest::{Call, Failure},
    wire::Wire,
};
use serde::Deserialize;
use serde_json::json;
use serenity::all::{ChannelId, GuildId, UserId};
use serenity::http::Route;
use sha2::{Digest, Sha256};
use vigie_chat::{IdempotencyKey, NotebookError, Opened, PersonId, RoomId, SendError, room_name};

/// Discord's number for a private thread; 10 and 11 are the others.
const PRIVATE_THREAD: u8 = 12;
/// After how many minutes without a word Discord puts a thread aside: the longest that it offers.
const PUT_ASIDE: u32 = 10_080;
/// Milliseconds by which the clocks here and at Discord may differ.
const SKEW: i64 = 300_000;
/// How the note of a thread begins that was asked for and isn't known yet; the time in milliseconds follows.
const BEGUN: &str = "begun ";

/// Discord's code for a member of a server who isn't one.
const UNKNOWN_MEMBER: u32 = 10_007;
/// Discord's code for a user who isn't one.
const UNKNOWN_USER: u32 = 10_013;
/// Discord's code for a user whom the server shut out.
const BANNED: u32 = 40_007;
/// Discord's code for a channel that somebody can't see.
const MISSING_ACCESS: u32 = 50_001;
/// Discord's code for a permission that somebody lacks.
const MISSING_PERMISSIONS: u32 = 50_013;
/// Discord's code for a thread that was put aside.
const ARCHIVED: u32 = 50_083;

/// A channel, as far as it matters here.
#[derive(Deserialize)]
struct Channel {
    id: ChannelId,
    #[serde(rename = "type")]
    kind: u8,
    guild_id: Option<GuildId>,
    parent_id: Option<ChannelId>,
    owner_id: Option<UserId>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Active {
    threads: Vec<Channel>,
}

/// Opens a thread in a channel, or in the channel of a thread, for these people.
pub(crate) async fn open(
    wire: &Wire,
    near: ChannelId,
    name: &str,
    people: &[PersonId],
    key: &IdempotencyKey,
) -> Result<Opened, SendError> {
    let thread = {
        let _opening = wire.threads.lock().await;
        let wanted = Wanted { near, name: room_name(name), key: hashed(key) };
        wanted.thread(wire).await?
    };
    let absent = let_in(wire, thread, people).await?;
    Ok(Opened { room: RoomId::new(thread.to_string()), absent })
}

/// A thread that is asked for.
struct Wanted {
    near: ChannelId,
    name: String,
    key: String,
}

impl Wanted {
    /// The thread of this key if there is one, or a new one.
    async fn thread(&self, wire: &Wire) -> Result<ChannelId, SendError> {
        let note = format!("room {}", self.key);
        let before = wire.notebook.read(&note).await.map_err(unnoted)?;
        let known = before.as_deref().and_then(|before| before.parse().ok());
        if let Some(known) = known {
            match look(wire, known).await {
                Ok(_) => return Ok(known),
                // Somebody deleted it, or took the bot out of it.
                Err(failure)
                    if failure.code() == MISSING_ACCESS || SendError::from(failure.clone()) == SendError::Gone => {}
                Err(failure) => return Err(failure.into()),
            }
        }
        let (guild, parent) = self.parent(wire).await?;
        let begun = before.as_deref().and_then(|before| before.strip_prefix(BEGUN)?.parse().ok());
        let lost = match begun {
            Some(begun) => self.lost(wire, (guild, parent), begun).await?,
            None => None,
        };
        let thread = if let Some(thread) = lost {
            thread
        } else {
            let now = (wire.clock)().as_millisecond();
            wire.notebook.write(&note, &format!("{BEGUN}{now}")).await.map_err(unnoted)?;
            self.create(wire, parent).await?
        };
        wire.notebook.write(&of(thread), &self.key).await.map_err(unnoted)?;
        wire.notebook.write(&note, &thread.to_string()).await.map_err(unnoted)?;
        Ok(thread)
    }

    /// The channel that threads are made in, and its server.
    async fn parent(&self, wire: &Wire) -> Result<(GuildId, ChannelId), SendError> {
        let near = look(wire, self.near).await.map_err(|failure| match failure.code() {
            MISSING_ACCESS => lacking("VIEW_CHANNEL"),
            _ => failure.into(),
        })?;
        let Some(guild) = near.guild_id else {
            return Err(SendError::Forbidden("a direct room has no rooms beside it".to_owned()));
        };
        let is_a_thread = (10..=12).contains(&near.kind);
        Ok((guild, near.parent_id.filter(|_| is_a_thread).unwrap_or(near.id)))
    }

    /// The thread that was made for this key without anybody hearing of it, if there is one.
    async fn lost(
        &self,
        wire: &Wire,
        (guild_id, parent): (GuildId, ChannelId),
        begun: i64,
    ) -> Result<Option<ChannelId>, SendError> {
        let me = wire.me().map(|me| me.user);
        let active: Active = wire.rest.ask(Call::get(Route::GuildThreadsActive { guild_id })).await?;
        let is_it = |thread: &Channel| {
            thread.kind == PRIVATE_THREAD
                && thread.parent_id == Some(parent)
                && thread.owner_id == me
                && thread.name.as_deref() == Some(&*self.name)
                && thread.id.created_at().unix_timestamp() * 1_000 >= begun - SKEW
        };
        for thread in active.threads.iter().filter(|thread| is_it(thread)) {
            // Another room of the same name is somebody else's.
            if wire.notebook.read(&of(thread.id)).await.map_err(unnoted)?.is_none() {
                return Ok(Some(thread.id));
            }
        }
        Ok(None)
    }

    async fn create(&self, wire: &Wire, channel_id: ChannelId) -> Result<ChannelId, SendError> {
        let body = json!({
            "name": self.name, "type": PRIVATE_THREAD, "invitable": false, "auto_archive_duration": PUT_ASIDE,
        });
        match wire.rest.ask::<Channel>(Call::post(Route::ChannelThreads { channel_id }).json(&body)).await {
            Ok(thread) => Ok(thread.id),
            Err(failure) => Err(match failure.code() {
                MISSING_ACCESS => lacking("VIEW_CHANNEL"),
                MISSING_PERMISSIONS => lacking("CREATE_PRIVATE_THREADS"),
                _ => failure.into(),
            }),
        }
    }
}

/// Adds people to a thread; returns those who can't be.
pub(crate) async fn let_in(wire: &Wire, thread: ChannelId, people: &[PersonId]) -> Result<Vec<PersonId>, SendError> {
    let mut absent = Vec::new();
    for person in people {
        let is_in = match person.as_str().parse() {
            Ok(user_id) => add(wire, thread, user_id).await?,
            Err(_) => false,
        };
        if !is_in {
            absent.push(person.clone());
        }
    }
    if people.is_empty() {
        look(wire, thread).await?;
    }
    Ok(absent)
}

/// Adds somebody; false when they left the server, or can't see the thread's channel.
async fn add(wire: &Wire, channel_id: ChannelId, user_id: UserId) -> Result<bool, SendError> {
    let call = Call::put(Route::ChannelThreadMember { channel_id, user_id });
    let Err(failure) = awake(wire, channel_id, call).await else { return Ok(true) };
    match failure.code() {
        UNKNOWN_MEMBER | UNKNOWN_USER | BANNED => Ok(false),
        // It says so of whoever is added and of the bot alike.
        MISSING_ACCESS => Ok(look(wire, channel_id).await.map(|_| false)?),
        MISSING_PERMISSIONS => Err(lacking("SEND_MESSAGES_IN_THREADS")),
        _ => Err(failure.into()),
    }
}

/// Removes people from a thread.
pub(crate) async fn take_out(wire: &Wire, channel_id: ChannelId, people: &[PersonId]) -> Result<(), SendError> {
    for user_id in people.iter().filter_map(|person| person.as_str().parse().ok()) {
        let call = Call::delete(Route::ChannelThreadMember { channel_id, user_id });
        let Err(failure) = awake(wire, channel_id, call).await else { continue };
        match failure.code() {
            UNKNOWN_MEMBER | UNKNOWN_USER => {}
            MISSING_PERMISSIONS => return Err(lacking("MANAGE_THREADS")),
            _ => return Err(failure.into()),
        }
    }
    Ok(())
}

/// Sends a request whose answer says nothing; takes the thread that it is about out again if it was put aside.
async fn awake(wire: &Wire, thread: ChannelId, call: Call<'_>) -> Result<(), Failure> {
    match wire.rest.tell(call.clone()).await {
        Err(failure) if is_aside(&failure) => {
            wake(wire, thread).await?;
            wire.rest.tell(call).await
        }
        done => done,
    }
}

/// Whether a request failed because it was about a thread that was put aside.
pub(crate) fn is_aside(failure: &Failure) -> bool {
    failure.code() == ARCHIVED
}

/// Takes a thread out again that was put aside.
pub(crate) async fn wake(wire: &Wire, channel_id: ChannelId) -> Result<(), Failure> {
    wire.rest.tell(Call::patch(Route::Channel { channel_id }).json(&json!({ "archived": false }))).await
}

async fn look(wire: &Wire, channel_id: ChannelId) -> Result<Channel, Failure> {
    wire.rest.ask(Call::get(Route::Channel { channel_id })).await
}

/// The note that says which key a thread belongs to.
fn of(thread: ChannelId) -> String {
    format!("thread {thread}")
}

fn hashed(key: &IdempotencyKey) -> String {
    let digest = Sha256::digest(key.as_str());
    let digits = digest.iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

fn lacking(permission: &str) -> SendError {
    SendError::Forbidden(format!("it needs the permission {permission} in the channel"))
}

/// Without its notes the bot would open a room twice; the application tries again.
#[expect(clippy::needless_pass_by_value, reason = "what maps an error is given it")]
fn unnoted(error: NotebookError) -> SendError {
    SendError::Network(error.to_string())
}
