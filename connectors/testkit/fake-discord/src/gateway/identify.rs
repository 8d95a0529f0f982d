//! IDENTIFY and RESUME: how a session begins or goes on, and what refuses it.

use serde_json::{Value, json};

use super::{Hearers, Out, Session, intents};
use crate::{hub::State, payload, settings::Settings};

/// IDENTIFY may come once in this time, for each of `max_concurrency` buckets.
const BETWEEN_IDENTIFIES_MS: i64 = 5000;
const DAY_MS: i64 = 24 * 3600 * 1000;

/// Handles IDENTIFY on a connection that has no session yet.
pub(crate) fn identify(state: &mut State, settings: &Settings, connection: u64, data: &Value) {
    let Some((shard, shards)) = shard(data) else {
        return refuse(state, connection, 4010, "Invalid shard.", &format!("IDENTIFY with a bad shard: {data}"));
    };
    let Some(intents) = data.get("intents").and_then(Value::as_u64) else {
        return refuse(state, connection, 4013, "Invalid intent(s).", "IDENTIFY without intents");
    };
    if let Some(missing) = ["token", "properties"].iter().find(|key| data.get(**key).is_none()) {
        let what = format!("IDENTIFY without {missing}");
        return refuse(state, connection, 4002, "Error while decoding payload.", &what);
    }
    if !count_start(state, connection, shard) {
        return;
    }
    if !knows_the_token(state, connection, data) {
        return;
    }
    if intents & intents::PRIVILEGED != 0 {
        let what = format!("IDENTIFY with privileged intents, which the application doesn't have: {intents}");
        return refuse(state, connection, 4014, "Disallowed intent(s).", &what);
    }
    let key = format!("session{:x}", state.new_id().get());
    // A session whose connection is gone and whose shard begins anew won't come back.
    state.gateway.sessions.retain(|_, old| old.connection.is_some() || (old.shard, old.shards) != (shard, shards));
    state.gateway.sessions.insert(key.clone(), Session::new((shard, shards), intents, connection));
    if let Some(connection) = state.gateway.connections.get_mut(&connection) {
        connection.session = Some(key.clone());
    }
    announce(state, settings, connection, &key, data);
}

/// READY, then the guilds one by one.
fn announce(state: &mut State, settings: &Settings, connection: u64, key: &str, data: &Value) {
    let Some((shard, shards)) = shard(data) else { return };
    let guilds = state.world.guilds.values();
    let here = guilds.filter(|guild| guild.members.contains_key(&state.bot) && guild.id.shard(shards) == shard);
    let here = here.map(|guild| guild.id).collect::<Vec<_>>();
    let mut ready = json!({
        "v": 10,
        "user": payload::user(&state.world.users[&state.bot]),
        "guilds": here.iter().copied().map(payload::unavailable).collect::<Vec<_>>(),
        "session_id": key,
        "resume_gateway_url": settings.gateway_url(),
        "application": { "id": state.bot, "flags": 1 << 23 },
        "session_type": "normal",
        "private_channels": [],
        "relationships": [],
        "_trace": ["fake"],
    });
    if data.get("shard").is_some() {
        ready["shard"] = json!([shard, shards]);
    }
    state.emit("READY", Hearers::Connection(connection), intents::NONE, &ready);
    for id in here {
        let guild = &state.world.guilds[&id];
        if guild.is_available {
            let value = payload::guild_create(&state.world, guild, state.bot, state.now_ms());
            state.emit("GUILD_CREATE", Hearers::Connection(connection), intents::GUILDS, &value);
        }
    }
}

/// Handles RESUME on a connection that has no session yet.
pub(crate) fn resume(state: &mut State, connection: u64, data: &Value) {
    let fields = (data.get("session_id").and_then(Value::as_str), data.get("seq").and_then(Value::as_u64));
    let (Some(key), Some(seq)) = fields else {
        let what = format!("RESUME without session or sequence: {data}");
        return refuse(state, connection, 4002, "Error while decoding payload.", &what);
    };
    if !knows_the_token(state, connection, data) {
        return;
    }
    let Some(session) = state.gateway.sessions.get_mut(key) else {
        state.gateway.send(connection, Out::op(9, &json!(false)));
        return;
    };
    if seq > session.last() {
        let what = format!("RESUME after event {seq}, but only {} were sent", session.last());
        return refuse(state, connection, 4007, "Invalid seq.", &what);
    }
    let before = session.connection.replace(connection);
    let missed = session.missed(seq);
    if let Some(before) = before.filter(|before| *before != connection) {
        state.gateway.send(before, Out::Close(4000, "The session was resumed elsewhere."));
        if let Some(before) = state.gateway.connections.get_mut(&before) {
            before.session = None;
        }
    }
    if let Some(connection) = state.gateway.connections.get_mut(&connection) {
        connection.session = Some(key.to_owned());
        for frame in missed {
            connection.send(Out::Frame(frame));
        }
    }
    state.emit("RESUMED", Hearers::Connection(connection), intents::NONE, &json!({ "_trace": ["fake"] }));
}

fn shard(data: &Value) -> Option<(u64, u64)> {
    let Some(shard) = data.get("shard") else { return Some((0, 1)) };
    let pair = shard.as_array().filter(|pair| pair.len() == 2)?;
    let (id, total) = (pair[0].as_u64()?, pair[1].as_u64()?);
    (id < total).then_some((id, total))
}

/// Counts a start of the day and the pace of starts; refuses what is too much.
fn count_start(state: &mut State, connection: u64, shard: u64) -> bool {
    let now_ms = state.now_ms();
    let concurrency = u64::from(state.gateway.starts.max_concurrency.max(1));
    let before_ms = state.gateway.identified_ms.insert(shard % concurrency, now_ms);
    if let Some(since_ms) = before_ms.map(|before_ms| now_ms - before_ms).filter(|ms| *ms < BETWEEN_IDENTIFIES_MS) {
        state.complain(format!("IDENTIFY only {since_ms} ms after the one before; 5 s are asked"));
        state.gateway.send(connection, Out::op(9, &json!(false)));
        return false;
    }
    if state.gateway.starts_end_ms.is_none_or(|end_ms| end_ms <= now_ms) {
        let renewed = state.gateway.starts_end_ms.is_some();
        state.gateway.starts_end_ms = Some(now_ms + DAY_MS);
        if renewed {
            state.gateway.starts.remaining = state.gateway.starts.total;
        }
    }
    if state.gateway.starts.remaining == 0 {
        state.token.is_revoked = true;
        refuse(
            state,
            connection,
            4004,
            "Authentication failed.",
            "IDENTIFY beyond the day's limit: the token is reset",
        );
        return false;
    }
    state.gateway.starts.remaining -= 1;
    true
}

fn knows_the_token(state: &mut State, connection: u64, data: &Value) -> bool {
    let given = data.get("token").and_then(Value::as_str).unwrap_or_default();
    let is_right = given.trim_start_matches("Bot ") == state.token.value;
    if is_right && !state.token.is_revoked {
        return true;
    }
    if is_right {
        state.gateway.send(connection, Out::Close(4004, "Authentication failed."));
    } else {
        refuse(state, connection, 4004, "Authentication failed.", "a wrong token on the gateway");
    }
    false
}

/// Closes the connection and complains.
pub(super) fn refuse(state: &mut State, connection: u64, code: u16, reason: &'static str, what: &str) {
    state.complain(format!("gateway closed with {code}: {what}"));
    state.gateway.send(connection, Out::Close(code, reason));
}
