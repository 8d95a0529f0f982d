//! The life of one web socket: HELLO, then what comes in and what goes out.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{
    Connection, Out,
    identify::{identify, refuse, resume},
};
use crate::{clock::ms, hub::Hub, hub::State, record::GatewayFrame};

/// Discord's limit on what a client sends.
const FRAMES_A_MINUTE: usize = 120;
/// Discord's limit on one frame.
const FRAME_BYTES: usize = 4096;
/// How late a heartbeat may be before the connection is given up.
const HEARTBEAT_GRACE_MS: i64 = 3000;

/// Serves one connection until either side ends it.
pub(crate) async fn serve(hub: Arc<Hub>, mut socket: WebSocket) {
    let (out, mut outgoing) = mpsc::unbounded_channel();
    let id = hub.change(|state| {
        let gateway = &mut state.gateway;
        gateway.last_connection += 1;
        gateway.connections.insert(gateway.last_connection, Connection::new(out, Instant::now()));
        gateway.last_connection
    });
    let interval_ms = ms(hub.settings.heartbeat);
    let hello = json!({ "heartbeat_interval": interval_ms, "_trace": ["fake"] });
    hub.look(|state| state.gateway.send(id, Out::op(10, &hello)));
    loop {
        tokio::select! {
            incoming = socket.recv() => match incoming {
                Some(Ok(Message::Text(text))) => hub.change(|state| receive(state, &hub, id, text.as_str())),
                Some(Ok(Message::Binary(_))) => {
                    hub.change(|state| refuse(state, id, 4002, "Error while decoding payload.", "a binary frame"));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(frame))) => {
                    hub.change(|state| closed_by_client(state, id, frame.map_or(1005, |frame| frame.code)));
                    break;
                }
                Some(Err(_)) | None => break,
            },
            out = outgoing.recv() => match out {
                Some(Out::Frame(text)) => {
                    if socket.send(Message::Text(text.into())).await.is_err() {
                        break;
                    }
                }
                Some(Out::Close(code, reason)) => {
                    hub.change(|state| end_session_if_final(state, id, code));
                    let frame = CloseFrame { code, reason: reason.into() };
                    let _ = socket.send(Message::Close(Some(frame))).await;
                    // Wait for the client's own close frame, but not for ever.
                    let _ = tokio::time::timeout(Duration::from_millis(200), socket.recv()).await;
                    break;
                }
                Some(Out::Cut) | None => break,
            },
            () = tokio::time::sleep(Duration::from_millis(500)) => {
                hub.change(|state| check_heartbeat(state, id, interval_ms));
            }
        }
    }
    hub.change(|state| {
        state.gateway.connections.remove(&id);
        for session in state.gateway.sessions.values_mut().filter(|session| session.connection == Some(id)) {
            session.connection = None;
        }
    });
}

fn receive(state: &mut State, hub: &Hub, id: u64, text: &str) {
    let now_ms = state.now_ms();
    let Some(connection) = state.gateway.connections.get_mut(&id) else { return };
    connection.received_ms.retain(|at_ms| now_ms - at_ms < 60_000);
    connection.received_ms.push(now_ms);
    if connection.received_ms.len() > FRAMES_A_MINUTE {
        return refuse(state, id, 4008, "Rate limited.", "more than 120 frames in a minute");
    }
    let (has_a_session, is_silent) = (connection.session.is_some(), connection.is_silent);
    if text.len() > FRAME_BYTES {
        return refuse(state, id, 4002, "Error while decoding payload.", "a frame of more than 4096 bytes");
    }
    let parsed = serde_json::from_str::<Value>(text).ok();
    let Some((op, data)) = parsed.and_then(|frame| Some((frame.get("op")?.as_u64()?, frame.get("d")?.clone()))) else {
        return refuse(state, id, 4002, "Error while decoding payload.", &format!("a malformed frame: {text}"));
    };
    state.frames.push(GatewayFrame { op, data: data.clone(), connection: id, at: Instant::now() });
    if is_silent {
        return;
    }
    match (op, has_a_session) {
        (1, _) => heartbeat(state, id, &data),
        (2, false) => identify(state, &hub.settings, id, &data),
        (6, false) => resume(state, id, &data),
        (2 | 6, true) => refuse(state, id, 4005, "Already authenticated.", "a second IDENTIFY or RESUME"),
        (3, true) => presence(state, id, &data),
        (3, false) => refuse(state, id, 4003, "Not authenticated.", "a frame before IDENTIFY"),
        _ => refuse(state, id, 4001, "Unknown opcode.", &format!("opcode {op}, which isn't known here")),
    }
}

fn heartbeat(state: &mut State, id: u64, data: &Value) {
    let Some(connection) = state.gateway.connections.get_mut(&id) else { return };
    connection.last_heartbeat_at = Instant::now();
    let acknowledges = connection.acknowledges;
    let session = connection.session.as_ref().and_then(|key| state.gateway.sessions.get(key));
    let last = session.map_or(0, super::Session::last);
    match data {
        Value::Null => {}
        Value::Number(seq) if session.is_none() || seq.as_u64().is_some_and(|seq| seq <= last) => {}
        _ => return refuse(state, id, 4007, "Invalid seq.", &format!("a heartbeat with {data}, the last is {last}")),
    }
    if acknowledges {
        state.gateway.send(id, Out::op(11, &Value::Null));
    }
}

fn presence(state: &mut State, id: u64, data: &Value) {
    let known = ["online", "dnd", "idle", "invisible", "offline"];
    let status = data.get("status").and_then(Value::as_str).is_some_and(|status| known.contains(&status));
    let activities = data.get("activities").is_some_and(Value::is_array);
    if !(status && activities && data.get("afk").is_some_and(Value::is_boolean)) {
        refuse(state, id, 4002, "Error while decoding payload.", &format!("a malformed presence: {data}"));
    }
}

fn check_heartbeat(state: &mut State, id: u64, interval_ms: i64) {
    let Some(connection) = state.gateway.connections.get(&id) else { return };
    let late_ms = ms(connection.last_heartbeat_at.elapsed());
    if late_ms > interval_ms + HEARTBEAT_GRACE_MS && connection.acknowledges && !connection.is_silent {
        refuse(state, id, 4009, "Session timed out.", &format!("no heartbeat for {late_ms} ms"));
    }
}

/// A client that says goodbye with 1000 or 1001 doesn't mean to resume.
fn closed_by_client(state: &mut State, id: u64, code: u16) {
    if matches!(code, 1000 | 1001) {
        forget_session(state, id);
    }
}

/// Codes after which Discord has forgotten the session.
fn end_session_if_final(state: &mut State, id: u64, code: u16) {
    if matches!(code, 1000 | 1001 | 4003 | 4004 | 4007 | 4009..=4014) {
        forget_session(state, id);
    }
}

fn forget_session(state: &mut State, id: u64) {
    state.gateway.sessions.retain(|_, session| session.connection != Some(id));
}
