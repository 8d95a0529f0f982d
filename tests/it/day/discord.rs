//! The fake Discord, as the connector's own tests stage it.

#[path = "../../../connectors/discord/tests/it/bot.rs"]
#[allow(dead_code, reason = "those tests need more of it")]
mod bot;
#[path = "../../../connectors/discord/tests/it/counts.rs"]
#[allow(dead_code, reason = "those tests need more of it")]
mod counts;
#[path = "../../../connectors/discord/tests/it/log.rs"]
#[allow(dead_code, reason = "those tests need more of it")]
mod log;
#[path = "../../../connectors/discord/tests/it/markdown.rs"]
mod markdown;
#[path = "../../../connectors/discord/tests/it/stage.rs"]
mod stage;
#[path = "../../../connectors/discord/tests/it/town.rs"]
#[allow(dead_code, reason = "those tests need more of it")]
mod town;

pub(super) use stage::DiscordStage;
