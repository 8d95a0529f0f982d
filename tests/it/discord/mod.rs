//! The real program on a fake Discord, as its users meet it.
//!
//! The fake refuses what Discord refuses and fails the test on anything against the rules or unknown; where Discord's own
//! description lies beside the checkout (`../shared/discord/openapi.json`), every body is checked against it.

mod days;
mod events;
mod lives;
mod served;

use crate::program::Program;
use fake_discord::FakeDiscord;
use std::path::Path;

/// Starts the program against a fake, with these settings beside.
pub(crate) fn start(discord: &FakeDiscord, data: &Path, settings: &[(&str, &str)]) -> Program {
    let (token, base) = (discord.token(), discord.base_url());
    let account = [("DISCORD_TOKEN", token.as_str()), ("VIGIE_DISCORD_API_BASE", base.as_str())];
    Program::start(data, &[&account, settings].concat())
}
