//! The bot's commands on Discord: made the same as the definitions, and left alone when they already are.

use crate::{
    register,
    render::CommandIds,
    rest::{Call, Failure},
    wire::{Me, Wire},
};
use serde_json::{Value, json};
use serenity::all::GuildId;
use serenity::http::Route;
use vigie_chat::CommandSet;

/// Where in the notebook it is written where commands were registered last.
const NOTE: &str = "commands registered in";
/// What is written for all servers.
const EVERYWHERE: &str = "everywhere";

/// Registers the commands in all servers, or in one for development; returns their ids.
pub(crate) async fn register(
    wire: &Wire,
    me: Me,
    set: &CommandSet,
    server: Option<u64>,
) -> Result<CommandIds, Failure> {
    let place = server.map_or_else(|| EVERYWHERE.to_owned(), |server| server.to_string());
    clear_former(wire, me, &place).await?;
    let route = route(me, server);
    let ours = register::commands(set);
    let mut theirs: Value = wire.rest.ask(Call::get(route)).await?;
    if register::same(&ours, &theirs) {
        tracing::debug!(place, "the commands are registered already");
    } else {
        theirs = wire.rest.ask(Call::put(route).json(&ours)).await?;
        tracing::info!(place, commands = ours.len(), "the commands were registered");
    }
    if let Err(error) = wire.notebook.write(NOTE, &place).await {
        tracing::warn!(%error, "where the commands are registered is not noted");
    }
    Ok(register::ids(&theirs))
}

/// Takes the commands away from the server where they were for development, lest people see each of them twice.
async fn clear_former(wire: &Wire, me: Me, place: &str) -> Result<(), Failure> {
    let former = wire.notebook.read(NOTE).await.ok().flatten();
    let former = former.filter(|former| former != place && former != EVERYWHERE);
    let Some(server) = former.and_then(|former| former.parse().ok()) else { return Ok(()) };
    match wire.rest.tell(Call::put(route(me, Some(server))).json(&json!([]))).await {
        // The server may be gone, or the bot may have left it: nobody sees the commands there then.
        Ok(()) | Err(Failure::Refused { .. }) => Ok(()),
        Err(failure) => Err(failure),
    }
}

fn route(me: Me, server: Option<u64>) -> Route<'static> {
    match server {
        None => Route::Commands { application_id: me.application },
        Some(server) => Route::GuildCommands { application_id: me.application, guild_id: GuildId::new(server) },
    }
}
