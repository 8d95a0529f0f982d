//! From a route to its endpoint.

use std::time::Instant;

use serde_json::Value;

use super::{
    body::ReadBody, callback, channels, commands, error::ApiError, events, followup, identity, messages, route::Route,
    threads,
};
use crate::hub::{Hub, State};

/// What is answered when all went well.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

impl Answer {
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body) }
    }

    pub(crate) fn created(body: Value) -> Self {
        Self { status: 201, body: Some(body) }
    }

    pub(crate) fn nothing() -> Self {
        Self { status: 204, body: None }
    }
}

/// A request at its endpoint.
#[derive(Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) hub: &'a Hub,
    pub(crate) body: &'a ReadBody,
    pub(crate) query: &'a str,
    /// When it was read.
    pub(crate) at: Instant,
}

impl Request<'_> {
    /// The JSON body.
    pub(crate) fn json(&self) -> Result<&Value, ApiError> {
        let json = self.body.json.as_ref().filter(|json| json.is_object());
        json.ok_or_else(|| ApiError::MALFORMED.complained("a JSON object was expected"))
    }

    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
            .map(|(_, value)| value)
    }

    pub(crate) fn asks(&self, name: &str) -> bool {
        matches!(self.parameter(name), Some("true" | "True" | "1"))
    }
}

/// Does what is asked.
pub(crate) fn perform(state: &mut State, method: &str, route: &Route, asked: Request<'_>) -> Result<Answer, ApiError> {
    match (method, route) {
        ("GET", Route::Gateway) => Ok(identity::gateway(asked)),
        ("GET", Route::GatewayBot) => Ok(identity::gateway_bot(asked, state)),
        ("GET", Route::Me) => identity::user(state, state.bot),
        ("GET", Route::User(id)) => identity::user(state, *id),
        ("GET", Route::Application) => Ok(identity::application(asked, state)),
        ("GET", Route::MyGuilds) => Ok(identity::my_guilds(state)),
        ("DELETE", Route::LeaveGuild(guild)) => identity::leave(state, *guild),
        ("POST", Route::OpenDirect) => channels::open_direct(asked, state),
        (_, Route::Commands { application, guild }) => commands::all(asked, state, method, *application, *guild),
        (_, Route::Command { application, guild, command }) => {
            commands::one(asked, state, method, (*application, *guild, *command))
        }
        ("POST", Route::Callback { interaction, token }) => callback::answer(asked, state, *interaction, token),
        (_, Route::Original { application, token }) => followup::original(asked, state, method, (*application, token)),
        ("POST", Route::Followups { application, token }) => followup::create(asked, state, (*application, token)),
        (_, Route::Followup { application, token, message }) => {
            followup::one(asked, state, method, (*application, token, *message))
        }
        ("POST", Route::Messages(channel)) => messages::create(asked, state, *channel),
        ("GET", Route::Messages(channel)) => messages::list(asked, state, *channel),
        ("GET", Route::Message(channel, message)) => messages::get(asked, state, *channel, *message),
        ("PATCH", Route::Message(channel, message)) => messages::edit(asked, state, *channel, *message),
        ("DELETE", Route::Message(channel, message)) => messages::delete(state, *channel, *message),
        ("POST", Route::Typing(channel)) => channels::typing(state, *channel),
        ("GET", Route::Channel(channel)) => channels::get(state, *channel),
        ("PATCH", Route::Channel(channel)) => threads::wake(asked, state, *channel),
        ("POST", Route::Threads(channel)) => threads::create(asked, state, *channel),
        ("PUT", Route::ThreadMember(channel, user)) => threads::add(state, *channel, *user),
        ("DELETE", Route::ThreadMember(channel, user)) => threads::remove(state, *channel, *user),
        ("GET", Route::GuildThreads(guild)) => threads::active(state, *guild),
        ("GET", Route::Events(guild)) => events::list(state, *guild),
        ("POST", Route::Events(guild)) => events::create(asked, state, *guild),
        ("GET", Route::Event(guild, event)) => events::get(state, *guild, *event),
        ("PATCH", Route::Event(guild, event)) => events::edit(asked, state, *guild, *event),
        ("DELETE", Route::Event(guild, event)) => events::delete(state, *guild, *event),
        ("GET", Route::Guild(guild)) => channels::guild(state, *guild),
        ("GET", Route::GuildChannels(guild)) => channels::of_guild(state, *guild),
        ("GET", Route::GuildRoles(guild)) => channels::roles(state, *guild),
        ("GET", Route::GuildMember(guild, user)) => channels::member(state, *guild, *user),
        _ => Err(no_such_method(method)),
    }
}

/// The refusal of a method that an endpoint doesn't have.
pub(crate) fn no_such_method(method: &str) -> ApiError {
    ApiError { status: 405, message: "405: Method Not Allowed".into(), ..ApiError::NO_SUCH_ROUTE }
        .complained(format!("{method} isn't known here"))
}
