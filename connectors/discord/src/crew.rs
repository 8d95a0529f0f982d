//! Handing what the gateway tells to the application, and the answers back.

use crate::{
    NAME,
    body::{self, Callback},
    gateway::Plan,
    hear::{
        interaction as asked,
        message::{Named, said_to},
        origin::{self, Asked},
        servers::Servers,
    },
    lanes::Lanes,
    render,
    reply::{InteractionReply, MessageReply, Phase, Source},
    rest::Call,
    spaces::{self, Arrival},
    wire::Wire,
};
use jiff::Timestamp;
use serde_json::json;
use serenity::all::{
    ChannelId, CommandInteraction, ComponentInteraction, Event, GuildId, Interaction, Message, MessageFlags,
    ModalInteraction, UserId,
};
use serenity::http::Route;
use std::{collections::HashSet, sync::Arc};
use tokio::sync::Mutex;
use vigie_chat::{
    App, CompletionQuery, ConnectorName, Event as PortEvent, Origin, Privacy, Reply, SpaceId, Visibility, limits, read,
};

/// Whoever does something somewhere is answered in order: what they press apart from what they ask, since a form must open
/// while Discord waits for it.
type Lane = (ChannelId, UserId, Way);

/// How somebody does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Way {
    Asks,
    Presses,
}

/// Everything that is being answered.
pub(crate) struct Crew {
    wire: Arc<Wire>,
    app: Arc<dyn App>,
    servers: Servers,
    lanes: Lanes<Lane>,
    /// Tells of joined and left servers, one at a time: who left meanwhile is told apart from who comes right now.
    spaces: Lanes<()>,
}

impl Crew {
    pub(crate) fn new(wire: Arc<Wire>, app: Arc<dyn App>) -> Self {
        Self { wire, app, servers: Servers::default(), lanes: Lanes::new(), spaces: Lanes::new() }
    }

    /// Takes up an event. Only what can be done at once is done here: the next event waits.
    pub(crate) fn take(&mut self, event: Event, plan: &Plan, at: Timestamp) {
        match event {
            Event::InteractionCreate(event) => self.interaction(event.interaction, at),
            Event::MessageCreate(event) => self.message(&event.message, at),
            Event::Ready(event) => {
                tracing::info!(servers = event.ready.guilds.len(), shard = ?event.ready.shard, "connected to Discord");
                let present: HashSet<GuildId> = event.ready.guilds.iter().map(|guild| guild.id).collect();
                let (app, plan) = (Arc::clone(&self.app), plan_of(plan, event.ready.shard.map(|shard| shard.id.0)));
                self.spaces.run((), async move { spaces::left_meanwhile(app.as_ref(), &plan, &present).await });
            }
            Event::GuildCreate(event) => {
                self.servers.know(&event.guild);
                self.counted();
                let Some(me) = self.wire.me() else { return };
                let (wire, app) = (Arc::clone(&self.wire), Arc::clone(&self.app));
                let arrival = Arrival::of(&event.guild, me.user);
                self.spaces.run((), async move { arrival.joined(&wire, app.as_ref()).await });
            }
            // An outage of Discord's isn't a departure.
            Event::GuildDelete(event) if !event.guild.unavailable => {
                self.servers.forget(event.guild.id);
                self.counted();
                let (app, id) = (Arc::clone(&self.app), event.guild.id);
                self.spaces.run((), async move {
                    app.left(&ConnectorName::new(NAME), &SpaceId::new(id.to_string())).await;
                });
            }
            Event::GuildUpdate(event) => self.servers.owned(event.guild.id, event.guild.owner_id),
            Event::GuildRoleCreate(event) => self.servers.role(event.role.guild_id, &event.role),
            Event::GuildRoleUpdate(event) => self.servers.role(event.role.guild_id, &event.role),
            Event::GuildRoleDelete(event) => self.servers.no_role(event.guild_id, event.role_id),
            Event::Unknown(event) => {
                // Its content may be what somebody said.
                metrics::counter!("vigie_discord_unreadable_events_total", "kind" => event.kind.clone()).increment(1);
                tracing::warn!(kind = event.kind, "an event of Discord's can't be read");
            }
            _ => {}
        }
    }

    /// Waits until everything that was taken up is answered.
    pub(crate) async fn drain(self) {
        self.lanes.drain().await;
        self.spaces.drain().await;
    }

    fn counted(&self) {
        // Losing precision past 2^52 servers does no harm.
        #[allow(clippy::cast_precision_loss)]
        metrics::gauge!("vigie_discord_servers").set(self.servers.count() as f64);
    }

    fn interaction(&mut self, interaction: Interaction, at: Timestamp) {
        match interaction {
            Interaction::Command(asked) => self.command(&asked, at),
            Interaction::Autocomplete(asked) => self.complete(&asked, at),
            Interaction::Component(asked) => self.component(&asked, at),
            Interaction::Modal(asked) => self.modal(&asked, at),
            _ => {}
        }
    }

    fn command(&mut self, command: &CommandInteraction, at: Timestamp) {
        let common = asked::of_command(command);
        let (invocation, _) = asked::command(&command.data);
        let mut origin = common.origin(&self.servers, at);
        origin.attachments = command.data.resolved.attachments.values().map(origin::attachment).collect();
        let spec = self.app.commands().find(&invocation.path);
        let private = spec.is_some_and(|spec| spec.visibility == Visibility::Private);
        let privacy = if private { Privacy::Private } else { Privacy::Public };
        let reply = self.reply(&common, &command.token, Source::Command);
        self.answer(&common, PortEvent::Command { invocation, origin }, reply, privacy);
    }

    fn component(&mut self, component: &ComponentInteraction, at: Timestamp) {
        let common = asked::of_component(component);
        // Nothing that this bot sends holds no token.
        let Some(token) = asked::pressed(component) else { return };
        let origin = common.origin(&self.servers, at);
        let reply = self.reply(&common, &component.token, source(Some(&component.message)));
        self.answer(&common, PortEvent::Press { token, origin }, reply, Privacy::Public);
    }

    fn modal(&mut self, modal: &ModalInteraction, at: Timestamp) {
        let common = asked::of_modal(modal);
        let Some((token, fields)) = asked::submitted(modal) else { return };
        let origin = common.origin(&self.servers, at);
        let reply = self.reply(&common, &modal.token, source(modal.message.as_deref()));
        self.answer(&common, PortEvent::Submit { token, fields, origin }, reply, Privacy::Private);
    }

    fn reply(&self, common: &Asked<'_>, token: &str, source: Source) -> Arc<InteractionReply> {
        Arc::new(InteractionReply {
            wire: Arc::clone(&self.wire),
            application: common.application,
            id: common.id,
            token: token.to_owned(),
            channel: common.channel,
            source,
            shared: common.guild.is_some(),
            phase: Mutex::new(Phase::Waiting),
        })
    }

    fn answer(&mut self, common: &Asked<'_>, event: PortEvent, reply: Arc<InteractionReply>, privacy: Privacy) {
        reply.watch(privacy);
        let way = if matches!(event, PortEvent::Press { .. }) { Way::Presses } else { Way::Asks };
        self.hand_over((common.channel, common.user.id, way), event, reply);
    }

    fn message(&mut self, message: &Message, at: Timestamp) {
        let Some(me) = self.wire.me() else { return };
        let Some(words) = said_to(me.user, message) else { return };
        let origin = origin::of_message(message, &self.servers, at);
        let attachments = origin.attachments.clone();
        let event = read(self.app.commands(), &words, &Named(message), &attachments).into_event(origin);
        let lane = (message.channel_id, message.author.id, Way::Asks);
        self.hand_over(lane, event, Arc::new(MessageReply::new(Arc::clone(&self.wire), message)));
    }

    fn hand_over(&mut self, lane: Lane, event: PortEvent, reply: Arc<dyn Reply>) {
        let app = Arc::clone(&self.app);
        self.lanes.run(lane, async move {
            app.handle(event, reply).await;
        });
    }

    /// Completion can't be announced and keeps nobody in order: whatever comes too late is of no use.
    fn complete(&self, command: &CommandInteraction, at: Timestamp) {
        let common = asked::of_command(command);
        let (invocation, typing) = asked::command(&command.data);
        let Some(typing) = typing else { return };
        let origin: Origin = common.origin(&self.servers, at);
        let query = CompletionQuery { invocation, param: typing.param, typed: typing.typed, origin };
        let (wire, app) = (Arc::clone(&self.wire), Arc::clone(&self.app));
        let (interaction_id, token) = (common.id, command.token.clone());
        tokio::spawn(async move {
            let suggestions = app.complete(query).await;
            let choices: Vec<_> = suggestions
                .iter()
                .filter(|suggestion| fits(&suggestion.value) && !suggestion.label.trim().is_empty())
                .take(limits::MOST_OPTIONS)
                .map(|suggestion| json!({ "name": render::shortened(&suggestion.label, limits::WORDS), "value": suggestion.value }))
                .collect();
            let body = body::callback(Callback::Autocomplete, Some(json!({ "choices": choices })));
            let route = Route::InteractionResponse { interaction_id, token: &token };
            if let Err(failure) = wire.rest.tell(Call::post(route).json(&body).hurried()).await {
                tracing::debug!(%failure, "a completion came to nothing");
            }
        });
    }
}

/// What a component belongs to.
fn source(message: Option<&Message>) -> Source {
    message.map_or(Source::Command, |message| Source::Component {
        message: message.id,
        ephemeral: message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL)),
    })
}

/// The part of a plan that one connection serves.
fn plan_of(plan: &Plan, shard: Option<u32>) -> Plan {
    shard.map_or_else(|| plan.clone(), |shard| Plan { first: shard, last: shard, ..plan.clone() })
}

fn fits(value: &str) -> bool {
    !value.is_empty() && value.chars().count() <= limits::WORDS
}
