//! Events of a server's calendar: external ones, which Discord begins and ends by itself at their hours.
//!
//! Discord knows no nonce for them, so one whose creation nobody heard of is looked for among the server's, of which there are
//! a hundred at most. Everybody in the server sees them. A bot that may create events may change and delete its own.
//!
//! Source: Discord's "Guild Scheduled Event" and "Permissions" pages (API v10).

use crate::{
    render::{escaped, shortened},
    rest::{Call, Failure},
    wire::Wire,
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{GuildId, ScheduledEventId, UserId};
use serenity::http::Route;
use vigie_chat::{Scheduled, ScheduledId, SendError};

/// Longest name, and longest place, in characters.
const NAME: usize = 100;
/// Characters of a description before its marks are disarmed, which at most doubles them: Discord takes 1,000.
const ABOUT: usize = 500;
/// Discord's number for an event that is outside of it; 1 and 2 are stages and voice channels.
const EXTERNAL: u8 = 3;
/// Discord's number for an event that only its server sees, the only one there is.
const SERVER_ONLY: u8 = 2;
/// Discord's numbers for an event that isn't over: it waits for its hour, or is going on.
const NOT_OVER: [u8; 2] = [1, 2];

/// Discord's code for an event that isn't there.
const UNKNOWN_EVENT: u32 = 10_070;
/// Discord's code for a server with as many events as it may have.
const TOO_MANY: u32 = 30_038;
/// Discord's code for something that the bot can't see.
const MISSING_ACCESS: u32 = 50_001;
/// Discord's code for a permission that the bot lacks.
const MISSING_PERMISSIONS: u32 = 50_013;

/// Of an event that Discord describes, what matters here.
#[derive(Deserialize)]
struct Listed {
    id: ScheduledEventId,
    name: String,
    creator_id: Option<UserId>,
    scheduled_start_time: Timestamp,
    status: u8,
}

#[derive(Deserialize)]
struct Made {
    id: ScheduledEventId,
}

/// Makes an event, or changes one.
pub(crate) async fn schedule(
    wire: &Wire,
    guild_id: GuildId,
    event: &Scheduled,
    known: Option<&ScheduledId>,
) -> Result<ScheduledId, SendError> {
    let body = body(event);
    let made: Result<Made, Failure> = match known {
        Some(known) => {
            let event_id = id(known)?;
            wire.rest.ask(Call::patch(Route::GuildScheduledEvent { guild_id, event_id }).json(&body)).await
        }
        None => wire.rest.ask(Call::post(Route::GuildScheduledEvents { guild_id }).json(&body)).await,
    };
    made.map(|made| ScheduledId::new(made.id.to_string())).map_err(told)
}

/// The event that the bot made as this one, unless it is one of `others`.
pub(crate) async fn find(
    wire: &Wire,
    guild_id: GuildId,
    event: &Scheduled,
    others: &[ScheduledId],
) -> Result<Option<ScheduledId>, SendError> {
    let me = wire.me().ok_or_else(|| SendError::Network("not logged in".to_owned()))?;
    let call = Call::get(Route::GuildScheduledEvents { guild_id });
    let all: Vec<Listed> = wire.rest.ask(call).await.map_err(told)?;
    let name = shortened(&event.name, NAME);
    let is_it = |one: &Listed| {
        one.creator_id == Some(me.user)
            && is_named(&one.name, &name)
            && one.scheduled_start_time == event.starts_at
            && NOT_OVER.contains(&one.status)
    };
    let mut found = all.iter().filter(|one| is_it(one)).map(|one| ScheduledId::new(one.id.to_string()));
    Ok(found.find(|id| !others.contains(id)))
}

/// Whether a name is the one that was given: Discord may give back other spaces than it was given.
fn is_named(name: &str, given: &str) -> bool {
    name.split_whitespace().eq(given.split_whitespace())
}

/// Deletes an event, or finds it deleted.
pub(crate) async fn unschedule(wire: &Wire, guild_id: GuildId, event: &ScheduledId) -> Result<(), SendError> {
    let event_id = id(event)?;
    match wire.rest.tell(Call::delete(Route::GuildScheduledEvent { guild_id, event_id })).await {
        Err(failure) if failure.code() == UNKNOWN_EVENT => Ok(()),
        done => done.map_err(told),
    }
}

/// The same for a new event and a changed one. Only the description has markup.
fn body(event: &Scheduled) -> Value {
    json!({
        "name": shortened(&event.name, NAME),
        "description": escaped(&shortened(&event.about, ABOUT)),
        "scheduled_start_time": event.starts_at.to_string(),
        "scheduled_end_time": event.ends_at.to_string(),
        "privacy_level": SERVER_ONLY,
        "entity_type": EXTERNAL,
        "entity_metadata": { "location": shortened(&event.place, NAME) },
    })
}

fn id(event: &ScheduledId) -> Result<ScheduledEventId, SendError> {
    event.as_str().parse().map_err(|_| SendError::Gone)
}

fn told(failure: Failure) -> SendError {
    match failure.code() {
        MISSING_PERMISSIONS => SendError::Forbidden("it needs the permission CREATE_EVENTS in the server".to_owned()),
        MISSING_ACCESS => SendError::Forbidden("it isn't in the server".to_owned()),
        TOO_MANY => SendError::Forbidden("the server has as many events as it may have (100)".to_owned()),
        _ => failure.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_again_whatever_its_spaces_are() {
        let given = "Soutenance de l’équipe Vannes\u{a0}: MSPR";
        assert!(is_named(given, given));
        assert!(is_named("Soutenance de l’équipe Vannes : MSPR", given));
        assert!(is_named(" Soutenance  de l’équipe\u{202f}Vannes\u{a0}: MSPR ", given));
        assert!(!is_named("Soutenance de l’équipe Vannes: MSPR", given));
        assert!(!is_named("Soutenance de l’équipe Sondes : MSPR", given));
    }
}
