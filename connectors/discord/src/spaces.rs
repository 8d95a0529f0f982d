//! Servers that the bot joins and leaves: who is told, and where a newcomer may speak.

use crate::{
    NAME,
    gateway::Plan,
    send::{self, Post},
    wire::Wire,
};
use serenity::all::{ChannelId, ChannelType, Guild, GuildChannel, GuildId, Permissions, UserId};
use std::collections::HashSet;
use vigie_chat::{App, ConnectorName, SendError, Space, SpaceId};

/// What it takes to welcome people in a channel.
const SPEAKS: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES).union(Permissions::EMBED_LINKS);
/// Channels tried before the welcome is given up.
const TRIES: usize = 3;

/// A server as the gateway described it, without what isn't needed: many may wait for their turn.
pub(crate) struct Arrival {
    space: Space,
    /// What makes a welcome this one for good.
    key: String,
    /// Where the bot may speak, the best room first.
    places: Vec<ChannelId>,
}

impl Arrival {
    /// What matters of a server to this bot.
    pub(crate) fn of(guild: &Guild, bot: UserId) -> Self {
        let mut places = places(guild, bot);
        places.truncate(TRIES);
        Self {
            space: Space { id: SpaceId::new(guild.id.to_string()), name: guild.name.clone() },
            key: format!("welcome {} {}", guild.id, guild.joined_at.unix_timestamp()),
            places,
        }
    }

    /// Tells the application of the server, and welcomes it if it is new.
    pub(crate) async fn joined(self, wire: &Wire, app: &dyn App) {
        let Some(welcome) = app.joined(&ConnectorName::new(NAME), &self.space).await else { return };
        for channel in self.places {
            match send::post(wire, &welcome, &Post { channel, key: &self.key, answers: None }).await {
                Ok(_) => return,
                // Permissions may have changed since; the next one may be open.
                Err(SendError::Forbidden(_) | SendError::Gone) => {}
                Err(error) => {
                    tracing::warn!(%error, "a welcome could not be said");
                    return;
                }
            }
        }
        tracing::info!("there is no room in which to welcome a new server");
    }
}

/// Tells the application of the servers that the bot left while it was away.
pub(crate) async fn left_meanwhile(app: &dyn App, plan: &Plan, present: &HashSet<GuildId>) {
    let name = ConnectorName::new(NAME);
    for space in app.spaces(&name).await {
        let Ok(id) = space.as_str().parse::<u64>() else { continue };
        if id != 0 && plan.serves(id) && !present.contains(&GuildId::new(id)) {
            app.left(&name, &space).await;
        }
    }
}

/// The channels where the bot may speak: where the server greets people first, then in the order that people see.
fn places(guild: &Guild, bot: UserId) -> Vec<ChannelId> {
    let Some(member) = guild.members.get(&bot) else { return guild.system_channel_id.into_iter().collect() };
    let open = |channel: &&GuildChannel| {
        channel.kind == ChannelType::Text && guild.user_permissions_in(channel, member).contains(SPEAKS)
    };
    let mut channels: Vec<&GuildChannel> = guild.channels.values().filter(open).collect();
    channels.sort_by_key(|channel| (Some(channel.id) != guild.system_channel_id, channel.position, channel.id));
    channels.into_iter().map(|channel| channel.id).collect()
}
