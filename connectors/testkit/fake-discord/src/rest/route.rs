//! Which endpoint a path is.

use crate::id::Id;

/// An endpoint with its identifiers.
#[derive(Clone, Debug)]
pub(crate) enum Route {
    Gateway,
    GatewayBot,
    Me,
    MyGuilds,
    LeaveGuild(Id),
    User(Id),
    Application,
    OpenDirect,
    Commands { application: Id, guild: Option<Id> },
    Command { application: Id, guild: Option<Id>, command: Id },
    Callback { interaction: Id, token: String },
    Original { application: Id, token: String },
    Followups { application: Id, token: String },
    Followup { application: Id, token: String, message: Id },
    Messages(Id),
    Message(Id, Id),
    Typing(Id),
    Threads(Id),
    ThreadMember(Id, Id),
    Channel(Id),
    Guild(Id),
    GuildChannels(Id),
    GuildRoles(Id),
    GuildThreads(Id),
    GuildMember(Id, Id),
    Events(Id),
    Event(Id, Id),
}

impl Route {
    /// Reads a path without `/api/v10`; `None` when no endpoint of the fake is there.
    pub(crate) fn read(path: &str) -> Option<(Self, &'static str)> {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let id = Id::parse;
        Some(match parts.as_slice() {
            ["gateway"] => (Self::Gateway, "/gateway"),
            ["gateway", "bot"] => (Self::GatewayBot, "/gateway/bot"),
            ["users", "@me"] => (Self::Me, "/users/@me"),
            ["users", "@me", "guilds"] => (Self::MyGuilds, "/users/@me/guilds"),
            ["users", "@me", "guilds", guild] => (Self::LeaveGuild(id(guild)?), "/users/@me/guilds/{guild}"),
            ["users", "@me", "channels"] => (Self::OpenDirect, "/users/@me/channels"),
            ["users", user] => (Self::User(id(user)?), "/users/{user}"),
            ["applications", "@me"] => (Self::Application, "/applications/@me"),
            ["oauth2", "applications", "@me"] => (Self::Application, "/oauth2/applications/@me"),
            ["applications", application, rest @ ..] => Self::read_commands(id(application)?, rest)?,
            ["interactions", interaction, token, "callback"] => (
                Self::Callback { interaction: id(interaction)?, token: (*token).to_owned() },
                "/interactions/{interaction}/{token}/callback",
            ),
            ["webhooks", application, token, rest @ ..] => {
                Self::read_webhook(id(application)?, (*token).to_owned(), rest)?
            }
            ["channels", channel, rest @ ..] => Self::read_channel(id(channel)?, rest)?,
            ["guilds", guild] => (Self::Guild(id(guild)?), "/guilds/{guild}"),
            ["guilds", guild, "channels"] => (Self::GuildChannels(id(guild)?), "/guilds/{guild}/channels"),
            ["guilds", guild, "roles"] => (Self::GuildRoles(id(guild)?), "/guilds/{guild}/roles"),
            ["guilds", guild, "threads", "active"] => {
                (Self::GuildThreads(id(guild)?), "/guilds/{guild}/threads/active")
            }
            ["guilds", guild, "scheduled-events"] => (Self::Events(id(guild)?), "/guilds/{guild}/scheduled-events"),
            ["guilds", guild, "scheduled-events", event] => {
                (Self::Event(id(guild)?, id(event)?), "/guilds/{guild}/scheduled-events/{event}")
            }
            ["guilds", guild, "members", user] => {
                (Self::GuildMember(id(guild)?, id(user)?), "/guilds/{guild}/members/{user}")
            }
            _ => return None,
        })
    }

    fn read_commands(application: Id, rest: &[&str]) -> Option<(Self, &'static str)> {
        let id = Id::parse;
        Some(match rest {
            ["commands"] => (Self::Commands { application, guild: None }, "/applications/{application}/commands"),
            ["commands", command] => (
                Self::Command { application, guild: None, command: id(command)? },
                "/applications/{application}/commands/{command}",
            ),
            ["guilds", guild, "commands"] => (
                Self::Commands { application, guild: Some(id(guild)?) },
                "/applications/{application}/guilds/{guild}/commands",
            ),
            ["guilds", guild, "commands", command] => (
                Self::Command { application, guild: Some(id(guild)?), command: id(command)? },
                "/applications/{application}/guilds/{guild}/commands/{command}",
            ),
            _ => return None,
        })
    }

    fn read_webhook(application: Id, token: String, rest: &[&str]) -> Option<(Self, &'static str)> {
        Some(match rest {
            [] => (Self::Followups { application, token }, "/webhooks/{application}/{token}"),
            ["messages", "@original"] => {
                (Self::Original { application, token }, "/webhooks/{application}/{token}/messages/@original")
            }
            ["messages", message] => (
                Self::Followup { application, token, message: Id::parse(message)? },
                "/webhooks/{application}/{token}/messages/{message}",
            ),
            _ => return None,
        })
    }

    fn read_channel(channel: Id, rest: &[&str]) -> Option<(Self, &'static str)> {
        Some(match rest {
            [] => (Self::Channel(channel), "/channels/{channel}"),
            ["typing"] => (Self::Typing(channel), "/channels/{channel}/typing"),
            ["threads"] => (Self::Threads(channel), "/channels/{channel}/threads"),
            ["thread-members", user] => {
                (Self::ThreadMember(channel, Id::parse(user)?), "/channels/{channel}/thread-members/{user}")
            }
            ["messages"] => (Self::Messages(channel), "/channels/{channel}/messages"),
            ["messages", message] => {
                (Self::Message(channel, Id::parse(message)?), "/channels/{channel}/messages/{message}")
            }
            _ => return None,
        })
    }

    /// Whether the path holds its own credential.
    pub(crate) fn needs_no_token(&self) -> bool {
        matches!(
            self,
            Self::Callback { .. }
                | Self::Original { .. }
                | Self::Followups { .. }
                | Self::Followup { .. }
                | Self::Gateway
        )
    }
}
